"""Record, account, insurance, national, licence, device and vehicle numbers, by label and by form.

A label decides first ("MRN", "Fallnummer", "NHC"). Without one, forms with a known pattern count, and
any long number that nothing harmless explains. Check digits only raise confidence: a mistyped
number still points to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.checksums import has_valid_check
from bot.identifiers.text.hits import Hit, Reading

_VALUE: Final = r"(?P<value>(?=[\w.\-/^]*\d)[A-Za-z]{0,6}[-/.]?\d[\w\-/.]*(?: (?=[\d]{1,12}\b)\d[\d\-/.]*(?![\w:/-])){0,5})"
_LINK: Final = r"(?:[\s.:#=,(\-_]|\bn(?:o|r|um|umber|ummer|[úu]mero|um[ée]ro)?[°º.]?(?=[\s.:#=(]|$)|[°º]|\b(?:is|was|of|the|on|for|this|that|it|id|ist|lautet|es|est|son|the patient|at|de|del|du|und|and|code|her|his|one)\b){0,8}?"
# kind, labels (regular expressions), sentence for a person
_LABELS: Final[tuple[tuple[Kind, str, str], ...]] = (
    (Kind.SSN, r"ssn|soc(?:ial)?\.? sec(?:urity)?(?: (?:number|no|#))?|sozialversicherungs(?:nummer|nr)|svnr", "A social security number points to one person."),
    (Kind.HEALTH_ID, r"nhs|chi|mbi|medicare|medicaid|hic(?:n)?|member(?:ship)?(?: id)?|policy|polizze|insurance(?: id)?|insured id|subscriber(?: id)?|group(?: (?:no|number|id|#))|health (?:card|insurance|number|id)|hcn|ohip|phn|ihi|beneficiary|kvnr|krankenversicherten(?:nummer|nr)|kassen(?:nummer|nr)|versich(?:erten|erungs)?\.?-?(?:nummer|nr\.?)|vers\.?-?nr\.?|egk|nass|nuss|nss|n\.?[ºo]? ?ss|tarjeta sanitaria|cip(?:a)?|tsi|seguridad social|afiliaci[óo]n|p[óo]liza|aetna|cigna|humana|bcbs|anthem|tricare|uhc|adeslas|sanitas|muface|mutuelle|carte vitale|s[ée]curit[ée] sociale|assur[ée]|tessera sanitaria|verzekerings(?:nummer|nr)", "A health insurance or health service number points to one person."),
    (Kind.NATIONAL_ID, r"national id(?:entity)?|passport|passeport|pasaporte|reisepass|personalausweis|ausweis|identity card|id card|carte d'identit[ée]|dni|nif|nie|cuil|curp|rut|cpf|nir|insee|steuer-?(?:id|nr|nummer|identifikationsnummer)|idnr|tin|codice fiscale|cf|bsn|personnummer|cpr|hetu|f[øo]dselsnummer|pesel|ahv|avs|pps|nrn|rijksregister(?:nummer)?|ni number|nino|national insurance|aadhaar|cedula|c[ée]dula", "A national identity number points to one person."),
    (Kind.LICENCE, r"licen[cs]e|lic|(?-i:DL)(?= ?[#:]? ?[A-Z]\d)|dea|npi|gmc|nmc|hcpc|gdc|rpps|adeli|lanr|bsnr|arzt-?(?:nummer|nr\.?)|approbation|n[º°.o]* ?col(?:egiado)?|colegiad[oa]|matr[íi]cula profesional|driver'?s? licen[cs]e|driving licen[cs]e|f[üu]hrerschein|permis|certificate|cert|badge", "A licence number points to one person."),
    (Kind.ACCESSION, r"acc(?:ession|n)?|study(?: (?:id|number|no|#|uid))?|exam(?: (?:id|number|no|#))|order (?:id|number)|req(?:uest|uisition)?(?: (?:id|number|no|#))|specimen|auftrags(?:nummer|nr)|untersuchungs(?:nummer|nr)|histologie(?:-?nr)?|anforderungs(?:nummer|nr)|n[º°o.]* ?(?:de )?(?:petici[óo]n|estudio|solicitud)|estudio|petici[óo]n|examen|biopsia|num[ée]ro d'examen|study uid|job|report(?: (?:id|number|no|#))", "An accession or study number leads straight to the images in the archive."),
    (Kind.ACCOUNT, r"acc(?:oun)?t|account|encounter|visit|csn|fin|har|billing|claim|invoice|rechnungs(?:nummer|nr)|rechnung|factura|facture|konto(?:nummer|nr)?|cuenta|compte|iban|fall-?(?:nummer|nr\.?|zahl)|fall-?id|aufnahme-?(?:nummer|nr)|episodio|s[ée]jour|nda|venue|card(?: number)?|credit card|cc", "An account or visit number points to one person's stay."),
    (Kind.MRN, r"mrn|m\.r\.n|mr ?#|(?-i:MR)(?= ?[:#])|med(?:ical)?\.? rec(?:ord)?s?|medrec|record|chart|hospital|hosp|hn|urn|unit|ur|file|folder|emr|epi|mpi|patient(?:en)?-?(?:id|nummer|nr\.?|number|no|#)?|pat\.?-?(?:id|nr\.?|no)|pt(?:\.? ?id| ?#)|pid|piz|akten?-?(?:nummer|nr\.?|zeichen)|nhc|n\.?h\.?c|n[º°o.]* ?(?:de )?h(?:istoria|[ªa.])?(?: ?cl[íi]nica| ?c\.?)?|historia(?: cl[íi]nica)?|hc|expediente|registro|dossier|ipp|n[°º] ?ipp|nip|cartella|jahresnummer|archivnummer", "A record number leads straight to one patient's chart."),
    (Kind.DEVICE_ID, r"s/n|sn|serial|seriennummer|serien-?nr|serie|n[º°o.]* de serie|(?:num[ée]ro|n[°º.]) de s[ée]rie(?: d(?:e l[a']?|u|es?) ?[^\W\d_]{3,20})?|udi|device id|imei|implant(?: id)?", "A device serial number can be traced to the person who carries it."),
    (Kind.VEHICLE, r"vin(?: (?:no|number|#))?|chassis(?: (?:no|number))?|fahrgestell(?:nummer|nr)|fin-?nr|bastidor", "A vehicle number points to the owner."),
    (Kind.BIOMETRIC, r"fingerprint|finger ?print template|biometric|retina(?:l)?(?: scan)?|iris(?: scan)?|voice ?print|face ?id|palm ?print|template|fingerabdruck|huella|empreinte", "Biometric data points to one person."),
    (Kind.OTHER_ID, r"booking(?: ref(?:erence)?)?|reservation|confirmation(?: (?:code|number))?|pnr|(?:our|your|my|their) ref|id|i\.d|identifier|reference|ref\.? no|case (?:number|no|#|id)|ticket|tracking|order|bestellung|bestell-?nr|pedido|commande|employee(?: id)?|staff(?: (?:id|number))?|student(?: id)?|participant|subject|kunden(?:nummer|nr)|customer(?: id)?|client(?: id)?|personalnummer|legajo|matricule|pin|username|user", "A number given to one person or case can be looked up."),
)  # fmt: skip
_LABELLED: Final = [
    (kind, re.compile(rf"(?<![\w])(?:{labels})(?![a-zà-ÿ]){_LINK}{_VALUE}", re.IGNORECASE), why)
    for kind, labels, why in _LABELS
]
# Labels that are also ordinary words need a longer number behind them.
_WEAK: Final = re.compile(
    r"^(?:acc|hospital|hosp|unit|file|chart|record|policy|insurance|study|specimen|visit|bill|billing|claim|card|cc|fin|har|serie|id|ur|hn|cf|tin|user|order|template|examen|estudio|biopsia|job|"
    r"compte|cuenta|rechnung|group|implant|iris|retina|patient|patienten|historia|hc|dossier|registro|expediente|lic|cert|certificate|badge|permis|subject|participant|client|chi|case|folder|epi|cip|rut|nie|nip|ref|order|tracking|venue|pin|student|customer|reference)\b",
    re.IGNORECASE,
)
_FORMS: Final[tuple[tuple[Kind, str, float, str], ...]] = (
    (Kind.DEVICE_ID, r"\(01\)\s?\d{14}(?:\(\d{2,3}\)[\w\-/.]+)*", 0.97, "A unique device identifier can be traced to the person who carries it."),
    (Kind.SSN, r"(?!000|666)\d{3}-(?!00)\d\d-(?!0000)\d{4}", 0.95, "This has the form of a social security number."),
    (Kind.SSN, r"(?!000|666)\d{3} (?!00)\d\d (?!0000)\d{4}", 0.85, "This has the form of a social security number."),
    (Kind.HEALTH_ID, r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d\d", 0.95, "This has the form of a Medicare number."),
    (Kind.HEALTH_ID, r"\d\d/\d{7,8}/\d\d", 0.9, "This has the form of a health service number."),
    (Kind.NATIONAL_ID, r"[A-Z]\d{9}", 0.9, "This has the form of a national insurance number."),
    (Kind.NATIONAL_ID, r"\d{8}[- ]?[A-HJ-NP-TV-Z]", 0.9, "This has the form of a national identity number."),
    (Kind.NATIONAL_ID, r"[XYZ]-?\d{7}-?[A-Z]", 0.9, "This has the form of a national identity number."),
    (Kind.NATIONAL_ID, r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", 0.97, "This has the form of a tax code that holds name and date of birth."),
    (Kind.NATIONAL_ID, r"[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d\d)?", 0.9, "This has the form of a French social security number."),
    (Kind.NATIONAL_ID, r"756\.?\d{4}\.?\d{4}\.?\d\d", 0.97, "This has the form of a Swiss insurance number."),
    (Kind.NATIONAL_ID, r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", 0.97, "This has the form of a Belgian national number."),
    (Kind.NATIONAL_ID, r"(?:19|20)?\d{6}[-+A]\d{3}[\dA-Y]", 0.93, "This has the form of a Nordic personal number."),
    (Kind.NATIONAL_ID, r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]", 0.93, "This has the form of a UK National Insurance number."),
    (Kind.NATIONAL_ID, r"\d{7}[A-W][A-IW]?", 0.85, "This has the form of an Irish personal number."),
    (Kind.NATIONAL_ID, r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d", 0.95, "This has the form of a Mexican population code."),
    (Kind.NATIONAL_ID, r"\d{3}\.\d{3}\.\d{3}-\d\d", 0.95, "This has the form of a Brazilian tax number."),
    (Kind.NATIONAL_ID, r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", 0.95, "This has the form of a Chilean identity number."),
    (Kind.ACCOUNT, r"[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?", 0.93, "This has the form of a bank account number."),
    (Kind.ACCOUNT, r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}", 0.93, "This has the form of a card number."),
    (Kind.ACCESSION, r"[A-Z]{0,2}\d{2,4}-[A-Z]{1,4}-\d{3,8}", 0.93, "This has the form of an accession number."),
    (Kind.ACCESSION, r"(?:CT|CTA|MR|MRI|MRT|US|XR|XA|DX|CR|DR|NM|PET|IR|ANG|ANGIO|DSA|RX|RM|TC|IRM|ECO|A|R)[-_]?(?:20)?[12]\d[-/_]\d{3,8}", 0.88, "This has the form of an accession number."),
    (Kind.ACCESSION, r"[A-Z]{1,3}\d{2}-\d{3,8}", 0.85, "This has the form of a specimen or study number."),
    (Kind.ACCESSION, r"(?:1\d|2\d)-\d{5,7}", 0.75, "This has the form of a specimen or study number."),
    (Kind.HEALTH_ID, r"\d{3}[ -]\d{3}[ -]\d{4}", 0.8, "This has the form of a health service number."),
    (Kind.MRN, r"\d{3}-\d{3}-\d{3}", 0.9, "This has the form of a record number."),
    (Kind.MRN, r"\d\d-\d\d-\d\d", 0.75, "This has the form of a record number or a date."),
    (Kind.ACCOUNT, r"\d{3}-\d{5,7}", 0.85, "This has the form of an account number."),
    (Kind.VEHICLE, r"(?=[A-HJ-NPR-Z\d]*\d{4,})(?=\d*[A-HJ-NPR-Z])(?=[\dA-Z]*\d[\dA-Z]*[A-Z])[A-HJ-NPR-Z\d]{17}", 0.93, "This has the form of a vehicle identification number."),
    (Kind.OTHER_ID, r"[A-Z]{2,4}-[A-Z]{2,4}-\d{4,}", 0.85, "A code of this form usually belongs to one person or case."),
    (Kind.MRN, r"(?:[A-Z]{1,4}-?|(?-i:[A-Z]{1,4}) )\d{6,12}[A-Z]?", 0.85, "A code of this form is usually a record or accession number."),
    (Kind.OTHER_ID, r"[A-Z]{2,3}-?\d{5}[A-Z]?", 0.7, "A code of this form is usually a record or accession number."),
    (Kind.OTHER_ID, r"\d{6,10}[A-Z]{1,3}", 0.75, "A code of this form usually belongs to one person or case."),
    (Kind.MRN, r"\d{2,4}[ ]\d{2,3}[ ]\d{2,4}[ ]\d{2,5}", 0.7, "A long number usually belongs to one person."),
    (Kind.OTHER_ID, r"\d{2,5}[ -]\d{1,4}[ -]?\d{2,4}[ -]?\d{3,6}", 0.7, "A long number usually belongs to one person."),
    (Kind.OTHER_ID, r"\d{3,5}[ -]\d{5,9}(?:[ -]\d{2,4})?", 0.7, "A long number usually belongs to one person."),
    (Kind.MRN, r"\d{2,3}/\d{5,9}", 0.8, "This has the form of a record number."),
    (Kind.MRN, r"\d{7,20}", 0.8, "A long number with nothing harmless to explain it is usually a record or accession number."),
)  # fmt: skip
_FORM_PATTERNS: Final = [
    (
        kind,
        re.compile(rf"(?<![\w.^/$€£+-])(?<!\d[ ,])(?:{form})(?![\w]|[./-]\d|,\d)", re.IGNORECASE),
        sure,
        why,
    )
    for kind, form, sure, why in _FORMS
]
_SIX: Final = re.compile(r"(?<![\w.,/$€£+-])[A-Z]?\d{5,6}(?![\w%]|[.,/-]\d)", re.IGNORECASE)
_SIX_CUE: Final = re.compile(
    r"\b(?:mrn|record|chart|study|acc(?:ession)?|encounter|visit|file|pacs|pull(?: up)?|look (?:at|up)|images?|patient|pt|pat|paciente|case|fall|dossier|id|number|nummer|n[úu]mero|num[ée]ro)\b[^.\n]{0,18}$"
)
_PLATE: Final = re.compile(
    r"\b(?:(?:licen[cs]e |number )?plates?|registration|reg|tags?|kennzeichen|matr[íi]cula|immatricul[ée]+|plaque|targa|kenteken)\b[\s:#.]*(?:no\.?|number|was|is|of)?\s*(?P<value>(?=[A-Z0-9 -]*\d)(?=[A-Z0-9 -]*[A-Z])[A-Z0-9]{1,4}[ -]?[A-Z0-9]{1,4}(?:[ -]?(?:\d{1,4}|(?-i:[A-Z]{1,3})))?)(?![\w])",
    re.IGNORECASE,
)
_HARMLESS_AFTER: Final = re.compile(
    r"\s*(?:mm|cm|ml|mg|mcg|fr|f|gy|mgy|kg|%|units?|years?|yo|x|patients?|cases?|iu|µm|microns?|months?|weeks?|days?|hours?|usd|eur|dollars)\b"
)
_CAR: Final = re.compile(
    r"\b(?:car|truck|van|suv|pick-?up|vehicle|motorcycle|motorbike|auto|wagen|pkw|coche|moto|voiture|macchina|"
    r"toyota|honda|ford|subaru|bmw|audi|volkswagen|vw|renault|peugeot|citro[ëe]n|fiat|opel|skoda|kia|hyundai|nissan|mazda|volvo|tesla|chevrolet|jeep|mercedes|corolla|civic|golf)"
    r"(?: [a-z]{2,12})?[:,]? \(?(?P<value>(?-i:(?!\d{1,3} [A-Z])(?=[A-Z -]*\d)(?=[\d -]*[A-Z])(?:[A-Z]{2} )?[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4}))(?![\w-])",
    re.IGNORECASE,
)
_ENDS_WHY: Final = "A number given to one person or case can be looked up."
_PLATE_WHY: Final = "A number plate points to the owner."
_YEARLIKE: Final = re.compile(r"^(?:19|20)\d\d(?:[-/](?:\d\d|(?:19|20)\d\d))?$")


_LAST: Final = re.compile(
    r"\b(ssn|social|soc|mrn|medical record|chart|phone|card|dni|nhs|id)\b[\w ]{0,12}?(?:last (?:four|4|three|3)|ends? (?:in|with)|ending (?:in|with)?|endet auf|acaba en|termina en|finit par)[ :]*(?:is |are |digits )?(?P<value>\d{3,5})\b"
    r"|\blast (?:four|4)(?: (?:digits )?(?:of (?:the |his |her )?)?(?:ssn|social|mrn))?[ :]+(?:is |are )?(?P<bare>\d{4})\b",
    re.IGNORECASE,
)
"""The end of a number: SSN last four 4471."""
_BOOKED: Final = re.compile(
    r"\b(?:booking|reservation|confirmation|pnr)(?: (?:ref(?:erence)?|code|number|no\.?))*[ :#]*(?:is )?(?P<value>(?-i:(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{5,8}))\b",
    re.IGNORECASE,
)
_FRENCH_CAR: Final = re.compile(
    r"(?<![\w-])(?P<value>[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2})(?![\w-])"
)
_SPECIMEN: Final = re.compile(
    r"\b(?:spec(?:imen)?|path(?:ology)?|cyto(?:logy)?|histo(?:logie|logy)?|surg path)\b[ .:#no]{1,6}(?P<value>[A-Z]{1,3}\d{2}[:-]\d{2,7})\b",
    re.IGNORECASE,
)
_FIGURE: Final = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN: Final = re.compile(
    rf"\b{_FIGURE}(?:[ -](?:double |dash |triple )?{_FIGURE}){{4,14}}\b", re.IGNORECASE
)
"""A number said figure by figure, as in a dictation."""


def find_numbers(reading: Reading) -> Iterator[Hit]:
    """Numbers with a label, numbers of a known form, long numbers, numbers said figure by figure."""
    text = reading.text
    for match in _SPOKEN.finditer(text):
        yield Hit(Kind.MRN, match.start(), match.end(), _FORMS[-1][3], 0.75, rank=5)
    if not any(character.isdigit() for character in text):
        return
    for kind, pattern, why in _LABELLED:
        for match in pattern.finditer(text):
            yield from _labelled(reading, kind, match, why)
    for match in (*_PLATE.finditer(text), *_CAR.finditer(text)):
        start, end = match.span("value")
        mixed = re.search(r"\d", match["value"]) and re.search(r"[A-Za-z]", match["value"])
        least = 4 if match.re is _PLATE else 6
        if mixed and least <= len(match["value"].replace(" ", "").replace("-", "")) <= 10:
            yield Hit(Kind.VEHICLE, start, end, _PLATE_WHY, 0.93, rank=8)
    for match in _LAST.finditer(text):
        social = re.match(r"(?i)ssn|soc", match[1] or "ssn")
        kind = Kind.SSN if social else Kind.MRN
        yield Hit(kind, *match.span("value" if match["value"] else "bare"), _ENDS_WHY, 0.8, rank=6)
    for pattern, kind, sure in (
        (_BOOKED, Kind.OTHER_ID, 0.85),
        (_SPECIMEN, Kind.ACCESSION, 0.9),
        (_FRENCH_CAR, Kind.VEHICLE, 0.8),
    ):
        for match in pattern.finditer(text):
            if kind is Kind.OTHER_ID or not reading.is_allowed(*match.span("value")):
                yield Hit(
                    kind,
                    *match.span("value"),
                    _ENDS_WHY
                    if kind is Kind.OTHER_ID
                    else _PLATE_WHY
                    if kind is Kind.VEHICLE
                    else _FORMS[-1][3],
                    sure,
                    rank=7,
                )
    for kind, pattern, sure, why in _FORM_PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if reading.is_allowed(start, end) or _HARMLESS_AFTER.match(text, end):
                continue
            value = match.group()
            if kind is Kind.VEHICLE and value.isdigit():
                continue
            checked = has_valid_check(kind, value)
            yield Hit(
                kind,
                start,
                end,
                why,
                min(0.99, sure + (0.05 if checked else 0)),
                rank=9 if value.startswith("(01)") else 5 if checked else 4,
            )
    for match in _SIX.finditer(text):
        if (
            (_SIX_CUE.search(reading.before(match.start(), 45)) or _listed(reading, match))
            and not reading.is_allowed(*match.span())
            and not _HARMLESS_AFTER.match(text, match.end())
        ):
            yield Hit(Kind.MRN, match.start(), match.end(), _FORMS[-1][3], 0.7, rank=3)


def _listed(reading: Reading, match: re.Match[str]) -> bool:
    """A number in brackets behind a word with a capital, or alone between strokes."""
    before, after = reading.text[: match.start()][-24:], reading.text[match.end() : match.end() + 3]
    if before.endswith(("/ ", "| ")) and after[:2] in (" /", " |"):
        return True
    if before.endswith('"') and after[:1] == '"':
        return True
    return (
        after[:1] == ")"
        and re.search(r"(?:[A-ZÀ-Þ]['\w-]+|\b[a-zà-ÿ]+ [a-zà-ÿ]+) \((?:id |no\.? )?$", before)
        is not None
    )


def _labelled(reading: Reading, kind: Kind, match: re.Match[str], why: str) -> Iterator[Hit]:
    value = match["value"]
    start, end = match.span("value")
    trimmed = value.rstrip(".-/,^ ")
    end -= len(value) - len(trimmed)
    value = trimmed
    digits = sum(character.isdigit() for character in value)
    label = reading.text[match.start() : start]
    weak = _WEAK.match(label) is not None and not re.search(
        r"[#:°º]|\b(?:no|nr|number|nummer|id)\b", label, re.IGNORECASE
    )
    if digits < (5 if weak else 4) or "\n\n" in label:
        return
    if _YEARLIKE.match(value) or _HARMLESS_AFTER.match(reading.text, end):
        return
    orders = label.lower().startswith(("order", "ref", "part"))
    if (weak or (orders and reading.seen.medical)) and reading.is_allowed(start, end):
        return
    checked = has_valid_check(kind, value)
    yield Hit(kind, start, end, why, 0.98 if checked else 0.85 if weak else 0.95, rank=7)
