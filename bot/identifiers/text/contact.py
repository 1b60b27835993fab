"""E-mail and web addresses, IP addresses, telephone and fax numbers of many countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.hits import Hit, Reading

_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]| at (?=[\w-]+ dot ))\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]| dot )\s?[A-Za-z][\w-]{0,62}){1,4}"
)
_URL: Final = re.compile(
    r"(?:https?|ftp)://[^\s<>\"')\]]+|(?<![\w@.])www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}[^\s<>\"')\]]*|(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}(?:com|org|net|edu|gov|co|uk|de|fr|es|me|io|health|us|ca|it|nl|ch|at|be|ie)/[^\s<>\"')\]]+",
    re.IGNORECASE,
)
_PUBLIC_SITE: Final = re.compile(
    r"(?:doi\.org|ncbi\.nlm\.nih\.gov|pubmed|nih\.gov|clinicaltrials\.gov|fda\.gov|cdc\.gov|who\.int|nejm\.org|jvir\.org|rsna\.org|radiopaedia\.org|sirweb\.org|cirse\.org|bsir\.org|springer|sciencedirect|thelancet|jamanetwork|bmj\.com|wiley|ahajournals|sagepub|tandfonline|nature\.com|"
    r"medtronic|bostonscientific|cookmedical|terumo|penumbra|cordis|goremedical|wikipedia|youtube|youtu\.be|vimeo|zoom\.us|teams\.microsoft|eventbrite|github|surveymonkey|forms\.gle|docs\.google|awmf|uptodate|statpearls|acr\.org|myesr\.org|sir\.|ema\.europa|nice\.org|arxiv|medrxiv|linkedin\.com/company|auntminnie|backtable|ajronline|pubs\.rsna|degir|sfr|seram|servei|asco|nccn|easl|aasld|esvs|scholar\.google|researchgate|crossref|orcid)",
    re.IGNORECASE,
)
_PERSONAL_PART: Final = re.compile(
    r"(?:[?&/#](?:acc(?:ession)?|mrn|pid|patient(?:id)?|study(?:uid)?|id|name|dob|uid|user)=)|gofundme|justgiving|caringbridge|facebook\.com/|instagram\.com/|linkedin\.com/in/|mychart|portal|pacs|viewer|dicom|obituar",
    re.IGNORECASE,
)
_IP: Final = re.compile(
    r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.]*\d)|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}:?){1,5}(?![\w:])",
    re.IGNORECASE,
)
_MAC: Final = re.compile(r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE)
_VERSION: Final = re.compile(r"(?:version|firmware|software|release|build|\bv)\s*$")
_PHONE: Final = re.compile(
    r"(?<![\w.,$€£/-])[+(]{0,2}\d(?:[ ./()-]{0,3}\d){6,16}(?: {0,2}(?:x|ext\.?|extension|durchwahl|poste) {0,2}\d{1,5})?(?![\w%]|[.,/-]\d)",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(
    r"(?<!\w)(?:ext(?:ension)?|pager|bleep|beeper|dect|durchwahl|poste|interne|apparat|toestel|int(?:erno)?)\.? ?(?:no\.?|number|nr\.?|is)?[:#]? ?(\d{4,6})(?![\w%]|[.,/-]\d| ?(?:mm|ml|mg|fr|units|euros?|usd)\b)",
    re.IGNORECASE,
)
_RUNG: Final = re.compile(
    r"\b(?:call|ring|page|bleep|phone|reach|text|get|dial) (?:(?:him|her|me|us|them|[A-Z]\w+) (?:back )?(?:on|at) )(\d{4,6})(?![\w%:]|[.,/-]\d| ?(?:mm|ml|mg|h\b|hours?|am|pm))",
    re.IGNORECASE,
)
_CUE: Final = re.compile(
    r"(?:\b(?:tel(?:efon|[ée]phone|[ée]fono|f)?|phone|ph|call(?:ed|back)?|cell|mobile|mob|handy|pager|page|beeper|bleep|ring|text|paged?|whatsapp|answer(?:s|ed|ing)?|registered|reach(?:ed|able|ing)?|contact|dial|number|m[óo]vil|portable|gsm|joignable|erreichbar|r[üu]ckruf|rufnummer|nummer|hotline|line|ext|durchwahl|dect|home|work|office|landline)\b[\w\s.,:#'()+-]{0,28}|☎\s*|\bt:?\s*|\bp:?\s*)$"
)
_FAX: Final = re.compile(r"\b(?:tele)?fax(?:ed|nummer|es)?\b[\w\s.:#'()+-]{0,24}$")
_FAX_AFTER: Final = re.compile(r"^\s*\(?fax\b")
_CUE_AFTER: Final = re.compile(
    r"^\s?[(/-]?\s?(?:mobile|cell|office|home|work|handy|m[óo]vil|portable)\b"
)
_STYLES: Final = re.compile(
    r"^(?:\+\d[\d\s().\-/]{6,20}|00\d[\d\s().\-/]{8,20}|\(?[2-9]\d{2}\)?[\s.-]\d{3}[.\s-]\d{4}|[2-9]\d-\d\d-\d\d-\d\d|\(\d{2,5}\) ?\d{3,6}[ -]?\d{3,4}(?:[ -]?\d{2,4})?|1[-. ]\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|0[1-9](?:[ .-]\d\d){4}|"
    r"0\d{4} \d{5,6}|0\d{3} \d{3} \d{4}|0\d{2} \d{4} \d{4}|\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,5}|0\d{2,5}[ /-]{1,3}\d{3,9}(?:-\d{1,4})?|0\d{2,5} ?/ ?\d{2,4}(?: \d{2,4}){1,3}|0\d{3,5} \d{2,4} \d{2,4}(?: \d{2,4})?|[6789]\d{2}(?: \d{3}){2}|[6789]\d{2}(?: \d\d){3}|[6789]\d [ \d]{7,10}|0\d{9,11})(?:\s*(?:x|ext).*)?$",
    re.IGNORECASE,
)
_ID_CUE: Final = re.compile(
    r"\b(?:nhs|mrn|ssn|acc\w*|chi|record|chart|member|account|encounter|csn|dni|nir|nhc|nass|id|fallnummer|npi|dea|serial|s/n|udi|pmid|study|medicare|insurance|iban|konto|cuenta|compte|bank)\b[\w\s.:#-]{0,14}$"
)

_DATED: Final = re.compile(
    r"(?:\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([/.-])\d{1,2}\2\d{1,2})$"
)
"""A day with its year, whichever word stands before it: "home on 03/13/2026"."""
_CLOSE_CUE: Final = re.compile(
    r"\b(?:tel|telefon|t[ée]l[ée]phone|tel[ée]fono|phone|call|page|pager|mobile|cell|fax|ring|text|handy|m[óo]vil|portable)\W{0,3}$"
)


_PAGED: Final = re.compile(
    r"\b(?:page|pager|paged|callback|call back|beeper|bleep|bip|dect|piepser|funk|busca|ext(?:ension)?|call(?= [A-Z])|ring(?= [A-Z])|reach(?: me| [A-Z]\w+)? (?:on|at))\b[^\n.;]{0,36}?(?<![\w.-])(x\d{4,5}|\d{1,2}-\d{4})(?![\w-]|[.,/]\d)",
    re.IGNORECASE,
)


def find_contact(reading: Reading) -> Iterator[Hit]:
    """Every address and number under which somebody can be reached."""
    text = reading.text
    for match in _EMAIL.finditer(text):
        yield Hit(
            Kind.EMAIL,
            match.start(),
            match.end(),
            "An e-mail address points to one person.",
            0.98,
            rank=9,
        )
    for match in _URL.finditer(text):
        end = match.end() - (len(match.group()) - len(match.group().rstrip(".,;:!?")))
        address = match.group()
        if _PUBLIC_SITE.search(address) and not _PERSONAL_PART.search(address):
            continue
        if (
            _PERSONAL_PART.search(address)
            or "/" in address.split("//")[-1].strip("/")
            or "?" in address
        ):
            yield Hit(
                Kind.URL,
                match.start(),
                end,
                "A link can lead to one person's page, images or records.",
                0.9,
                rank=9,
            )
    for pattern in (_IP, _MAC):
        for match in pattern.finditer(text):
            if not _VERSION.search(reading.before(match.start(), 16)):
                yield Hit(
                    Kind.IP,
                    match.start(),
                    match.end(),
                    "A network address can be traced to one place.",
                    0.93,
                    rank=8,
                )
    for match in _PHONE.finditer(text):
        yield from _phone(reading, match)
    for match in (
        *_EXTENSION.finditer(text),
        *_RUNG.finditer(text),
        *_PAGED.finditer(text),
    ):
        yield Hit(
            Kind.PHONE,
            match.start(1),
            match.end(1),
            "An extension or pager leads to one person or ward.",
            0.8,
            rank=4,
        )


def _phone(reading: Reading, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span()
    value = match.group()
    digits = sum(character.isdigit() for character in value)
    before = reading.before(start, 48)
    if not 7 <= digits <= 17 or _DATED.match(value):
        return
    fax = _FAX.search(before) is not None or _FAX_AFTER.match(reading.after(end)) is not None
    cue = fax or _CUE.search(before) is not None or _CUE_AFTER.match(reading.after(end)) is not None
    open_only = value[0] == "(" and ")" not in value
    styled = _STYLES.match(value[1:] if open_only else value) is not None
    if reading.is_allowed(start, end) and not cue and not value.startswith("+"):
        return
    other = _ID_CUE.search(before) is not None and _CLOSE_CUE.search(before) is None
    if not (styled or cue) or (other and not value.startswith("+")):
        return
    plain_run = value.strip("()").isdigit()
    if plain_run and not cue:
        return
    sure = 0.95 if cue and styled else 0.85
    if not cue and not value.startswith("+"):
        sure = 0.9 if _is_valid(value) else 0.75
    kind = Kind.FAX if fax else Kind.PHONE
    yield Hit(
        kind,
        start,
        end,
        f"A {kind.value} number points to one person or place.",
        sure,
        rank=6 if cue or value.startswith("+") else 5,
    )


_REGIONS: Final = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "BE", "CH", "AT", "IE", "PT", "AU")


def _is_valid(value: str) -> bool:
    """Whether the numbering plan of a country allows the number; makes surer, no more."""
    import phonenumbers

    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(value, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
