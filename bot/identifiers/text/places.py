"""Street addresses, postcodes, towns and hospitals that are tied to somebody.

Towns inside the names of criteria, classifications and meetings are allowed, and so is a hospital that
is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.allowed import is_event
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.facilities import find_facilities
from bot.identifiers.text.folding import fold
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.tokens import LETTER

_W: Final = rf"[{LETTER}][{LETTER}'.-]*"


_N: Final = r"\d{1,5}(?:[-/]\d{1,4})?\s?[A-Za-z]?"


_UNIT: Final = r"(?:[,\s]+(?:apt\.?|apartment|unit|suite|ste\.?|flat|room|floor|#|bldg\.?|appt\.?|bât\.?|piso|planta|portal|esc\.?|stock|etage|whg\.?|bus)\s?#?\s?[\w-]{1,5})?"


_EN_END: Final = r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|way|terrace|ter|close|crescent|cres|square|sq|highway|hwy|parkway|pkwy|circle|cir|trail|trl|row|grove|gardens|gdns|mews|hill|rise|alley|walk|quay|loop|pike|turnpike|plaza|crossing|bypass|freeway|esplanade|parade)"


_ADDRESS: Final = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.,/:-])(?:(?:flat|apt\.?|apartment|unit|suite)\s?\w{{1,5}},?\s+)?\d{{1,6}}[a-d]?,?\s+(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?\s+)?(?:(?:{_W}|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}?{_EN_END}\b\.?(?:\s+(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b)?{_UNIT}",
        rf"(?<![\w.,/-])\d{{1,6}}\s+(?:county road|state route|highway|route|cr|us-?\s?hwy|avenue|farm road|rural route|fm)\s+\w{{1,6}}\b{_UNIT}",
        r"(?<!\w)p\.?\s?o\.?\s?box\s?\d+|(?<!\w)(?:postfach|apartado(?: de correos)?|bo[îi]te postale|bp)\s?\d{2,6}\b",
        rf"(?<!\w)(?:[{LETTER}][{LETTER}.-]*[\s-]){{0,2}}?[{LETTER}-]*(?:stra(?:ß|ss)e|str\.|str(?=\s\d)|gasse|allee|platz|chaussee|damm|ufer|steig|ring(?=\s\d)|weg(?=\s\d)|straat|laan|plein|gracht|kade|vägen|gatan|gade|vej|veien)\s*{_N}(?!\w)(?!\s?(?:mm|cm|ml|fr|f|mg|kg)\b)",
        rf"(?<!\w)(?:am|an der|an den|auf der|auf dem|im|in der|in den|unter den|zum|zur|hinter der|vor dem)\s(?:alten |neuen |oberen |unteren |langen |hohen )?[A-ZÄÖÜ][{LETTER}-]{{3,}}\s\d{{1,3}}\s?[a-z]?(?=,|\s*$|\s+in\b|,?\s\d{{5}})",
        rf"(?<![\w.,/-])(?:n[°º]\s?)?\d{{1,4}}(?:\s?(?:bis|ter|quater|[a-d]))?,?\s+(?:rue|avenue|av\.?|boulevard|bd\.?|place|pl\.|chemin|all[ée]e|impasse|quai|route|cours|square|passage|faubourg|rte|r[ée]sidence)\s+(?:(?:de|du|des|de la|de l'|la|le|les|l'|d')\s*)?{_W}(?:[\s-](?:(?:de|du|des|la|le|les|et|d'|l')\s?)*{_W}){{0,3}}",
        rf"(?<!\w)(?:calle|c/|avda\b\.?|avd\b\.?|av\.|avenida\b|plaza\b|pza\b\.?|pl\.|paseo\b|pº|ctra\b\.?|carretera\b|camino|ronda|traves[íi]a|calzada|rambla|carrera|via|viale|piazza|corso|vicolo|rua|travessa|carrer)\b\s?(?:(?:de|del|de la|de los|de las|la|el|los)\s)*{_W}(?:\s(?:(?:de|del|la|los|las|y)\s)*{_W}){{0,4}}?(?:\s*,?\s*(?:n[ºo°.]?\s?|num\.?\s?|n[úu]mero\s?)?\d{{1,4}}(?!\w)(?:\s?,?\s?\d{{1,2}}\s?[ºª°]\s?[A-Za-z]?\b)?|\s*,?\s*s/n\b)",
    )
]


_ADDRESS_NOT: Final = re.compile(
    r"(?i)\b(?:french|fr|mm|cm|ml|mg|way stopcock|patients?|years?|months?|weeks?|days?|hours?|minutes?|cases?|percent|vessel|segments?|gauge|grade|type|zone|stent|wire|coil|sheath|and|the|this|that|is|was|were|are|has|had|in|to|for|with|on|at|from|we|i|he|she)\b"
)


_UK: Final = re.compile(
    r"(?<![\w-])(?:GIR ?0AA|(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?|[A-PR-UWYZ]\d[A-HJKPSTUW])(?: \d[A-Z]{2}|\d[ABD-HJLNP-UW-Z]{2}))(?![\w-])",
    re.IGNORECASE,
)


_CANADA: Final = re.compile(
    r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d(?![\w-])", re.IGNORECASE
)


_ZIP9: Final = re.compile(r"(?<![\w.-])\d{5}-\d{4}(?![\w-])")


_STATE: Final = r"A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|NSW|VIC|QLD"


_ZIP_STATE: Final = re.compile(
    rf"(?<!\w)(?:{_STATE})\.?,?\s+(\d{{5}}(?:-\d{{4}})?)(?!\w|[.,]\d)", re.IGNORECASE
)


_ZIP_LABEL: Final = re.compile(
    r"\b(?:zip(?:code)?|postal code|post ?code|plz|postleitzahl|c\.?p\.?|code postal|c[óo]digo postal|cap)\b\s*(?:code|is|:|=|#)?\s*((?=\w*\d)[A-Z0-9]{3,5}(?:[- ]?[A-Z0-9]{3,4})?)(?!\w)",
    re.IGNORECASE,
)


_ZIP_TOWN: Final = re.compile(
    rf"(?<![\w.,/-])(?:(?:D|A|CH|F|E|B|L|NL|I)-)?(\d{{4,5}}(?: [A-Z]{{2}}(?=\s))?)\s+(?=([A-ZÀ-Þ][{LETTER}'.-]+))"
)


_BARE_ZIP: Final = re.compile(r"^[\s,.;]{1,3}(\d{5})(?!\w|[.,/-]\d|\s*(?:mm|mg|ml|units|usd))")


_CITY_CUE: Final = re.compile(
    r"(?:\b(?:li(?:ves|ved|ving)|resid(?:es|ed|ing|ent)|home|born|raised|grew up|house|farm|based|works?|working|stays|back|seen|retired|vacation(?:ing)?) (?:in|at|near|outside|around|of|to)|\b(?:from|resident of|native of|mayor of|moved (?:to|from)|drives? (?:in )?(?:to|from)|drove (?:in )?(?:to|from)|transferred (?:to|from)|travel(?:l)?ed (?:to|from)|flown (?:in )?from|sent (?:over )?from|town of|city of|village of|outside of|near|up in|down in|over in)|"
    r"\b(?:lebt|wohnt|wohnhaft|wohnend|geboren|aufgewachsen|praxis [\w. ]{2,30}) in|\b(?:aus|nach|kommt aus|verlegt nach)|\b(?:vive|reside|residente|nacid[oa]|naci[óo]|ingresad[oa]|trabaja) en|\b(?:natural|procedente|vecin[oa]|originari[oa]|trasladad[oa]|residencia|hospital|alcalde|pueblo|ciudad) (?:de|desde)|\bdesde|\b(?:habite|vit|demeurant|domicili[ée]e?|n[ée]e?|r[ée]side|hospitalis[ée]e?|suivie?) (?:à|a|au)|\b(?:originaire|venant|transf[ée]r[ée]e?|arrive|adress[ée]e?) (?:de|du)|\b(?:localidad(?:/ ?provincia)?|provincia|ciudad|ville|ort|wohnort|city|town|hometown|residence|poblaci[óo]n)\s*[:=])\s*$",
    re.IGNORECASE,
)


def find_places(reading: Reading) -> Iterator[Hit]:
    """Addresses first, because they vouch for the postcodes and towns beside them."""
    text = reading.text
    found = list(_addresses(reading))
    yield from found
    ends = [hit.end for hit in found]
    facilities = list(find_facilities(reading))
    yield from facilities
    for match in _UK.finditer(text):
        if not reading.is_allowed(*match.span()) and (
            " " in match.group() or len(match.group()) >= 6
        ):
            yield Hit(Kind.ZIP, match.start(), match.end(), _ZIP_WHY, 0.9, rank=6)
    for pattern, group in ((_CANADA, 0), (_ZIP9, 0), (_ZIP_STATE, 1), (_ZIP_LABEL, 1)):
        for match in pattern.finditer(text):
            yield Hit(Kind.ZIP, match.start(group), match.end(group), _ZIP_WHY, 0.92, rank=7)
    for match in _ZIP_TOWN.finditer(text):
        town = reading.seen.words[reading.token_at(match.start(2))].town
        if (town or any(0 <= match.start() - end <= 4 for end in ends)) and not reading.is_allowed(
            *match.span(1)
        ):
            if len(match[1]) == 4 and re.match(r"19|20", match[1]) and not ends:
                continue
            yield Hit(Kind.ZIP, match.start(1), match.end(1), _ZIP_WHY, 0.9, rank=6)
            ends.append(match.end() + 0)
    cities = list(_towns(reading, ends))
    yield from cities
    for end in [*ends, *(hit.end for hit in cities)]:
        if match := _BARE_ZIP.match(text[end : end + 14]):
            yield Hit(Kind.ZIP, end + match.start(1), end + match.end(1), _ZIP_WHY, 0.9, rank=7)


_ZIP_WHY: Final = "A postcode narrows down where somebody lives."


_ADDRESS_WHY: Final = "A street address points to one household."


_CITY_WHY: Final = "A town tied to a patient narrows down who it is."


def _addresses(reading: Reading) -> Iterator[Hit]:
    for pattern in _ADDRESS:
        for match in pattern.finditer(reading.text):
            words = match.group()
            if "\n" in words or reading.is_allowed(*match.span()):
                continue
            inner = words if pattern is not _ADDRESS[0] else " ".join(words.split()[1:])
            if pattern is _ADDRESS[0] and (
                _ADDRESS_NOT.search(inner) or not _street_like(inner) or _trade(inner)
            ):
                continue
            yield Hit(Kind.ADDRESS, match.start(), match.end(), _ADDRESS_WHY, 0.9, rank=7)


def _trade(words: str) -> bool:
    """Whether the words in front of "St" or "Ct" are abbreviations of the trade, not a street."""
    return any(section(fold(part)) == "abb" for part in words.split())


def _street_like(words: str) -> bool:
    return (
        any(part[0].isupper() for part in words.split() if part)
        or re.search(
            r"(?i)\b(?:street|avenue|ave|road|lane|boulevard|blvd|st|rd|drive|dr|ct|court)\b", words
        )
        is not None
    )


def _towns(reading: Reading, address_ends: list[int]) -> Iterator[Hit]:
    tokens, words = reading.tokens, reading.seen.words
    place = 0
    while place < len(tokens):
        token = tokens[place]
        tag = reading.tags[place]
        if not token.is_word or len(token.text) < 3 or CUE_OF.get(fold(token.text)) == "title":
            place += 1
            continue
        last = _town_end(reading, place)
        town = max(words[number].town for number in range(place, last + 1))
        common = min(reading.seen.frequency(number) for number in range(place, last + 1))
        cue = _CITY_CUE.search(reading.before(token.start, 50)) is not None
        beside = any(0 <= token.start - end <= 3 for end in address_ends)
        capital = token.has_capital or reading.seen.case == "low"
        start, end = token.start, tokens[last].end
        state = (
            re.match(rf",?\s+(?:{_STATE})\b(?!\w)", reading.text[end : end + 8]) is not None
            and token.has_capital
        )
        tagged = tag.label == "C" and tag.margin > 2.0
        good = capital and (
            (
                cue
                and (town >= 1 or tag.label in "CF")
                and common < 6
                and not (token.text.islower() and common > 4 and town < 4)
            )
            or (beside and (town or token.has_capital) and common < 5)
            or (state and town >= 1 and common < 6)
            or (tagged and (town >= 1 or tag.margin > 8.0) and (token.has_capital or town >= 2))
        )
        if good and not _excused(reading, start, end):
            yield Hit(
                Kind.CITY, start, end, _CITY_WHY, 0.85 if cue or beside or state else 0.7, rank=4
            )
        place = last + 1
    return


def _town_end(reading: Reading, place: int) -> int:
    """The last token of a town of several words: Bad Hersfeld, St. Cloud, Santa Rosa, Clermont-Ferrand."""
    tokens = reading.tokens
    best = place
    for last in range(place + 1, min(place + 4, len(tokens))):
        if tokens[last].text == "\n" or tokens[last].start - tokens[last - 1].end > 1:
            break
        phrase = reading.text[tokens[place].start : tokens[last].end]
        if look_up(phrase).town:
            best = last
    while (
        best + 1 < len(tokens)
        and reading.tags[place].label == reading.tags[best + 1].label == "C"
        and tokens[best + 1].is_word
        and tokens[best + 1].start - tokens[best].end == 1
    ):
        best += 1
    return best


_EXCUSE_AFTER: Final = re.compile(
    r"^[\s-]*(?:\d{4}\s)?(?:criteria|classification|consensus|guidelines?|protocol|system|score|staging|statement|group|method|technique|trial|study|registry|angiography|kriterien|klassifikation|konsensus|criterios|clasificaci[óo]n|crit[èe]res|stent|catheter|and \w+ (?:criteria|guidelines?))\b",
    re.IGNORECASE,
)


_EXCUSE_BEFORE: Final = re.compile(
    r"(?:criteria|classification|clasificaci[óo]n|criterios|crit[èe]res|kriterien|guidelines?|versus|vs\.?)(?: of| de| von)?\s*$"
)


def _excused(reading: Reading, start: int, end: int) -> bool:
    if _EXCUSE_AFTER.match(reading.text[end : end + 40]) or _EXCUSE_BEFORE.search(
        reading.before(start, 30)
    ):
        return True
    begin, stop = reading.sentence(start)
    return is_event(reading.text[begin:stop], start - begin)
