"""Hospitals that are named. "The hospital" and "a university hospital" are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading

_FAC_WORDS: Final = frozenset(
    [
        "hospital", "hospitals", "infirmary", "clinic", "klinik", "klinikum", "krankenhaus", "spital",
        "spitaler", "universitatsklinikum", "universitatsspital", "uniklinik", "uniklinikum",
        "kreiskrankenhaus", "kantonsspital", "marienhospital", "hopital", "hopitaux", "clinique",
        "polyclinique", "chu", "chru", "chr", "clinica", "policlinico", "policlinica", "sanatorio", "hospice",
        "nosocomio", "ziekenhuis", "ospedale", "sykehus", "sjukhus", "sygehus", "rehaklinik", "fachklinik",
        "medizinzentrum", "gesundheitszentrum", "mvz", "umc", "ambulatorio", "infirmerie", "hospitalier",
        "hospitalario", "hospitalar", "lkh", "asl", "gasthuis",
    ]
)  # fmt: skip


_FAC_PAIRS: Final = re.compile(
    r"\b(?:(?:medical|health|cancer|heart|surgical|surgery|trauma|imaging|care|vein|vascular|spine|dialysis|wellness|fertility|orthop(?:a)?edic|women's|children's|oncology|kidney|radiology|rehab(?:ilitation)?) (?:cent(?:er|re)|campus|system|institute|group)|nursing home|care home|assisted living|(?:renal|dialysis) (?:unit|clinic)|vein (?:and|&) vascular|(?-i:(?<=[a-z] )Children's)(?! (?:hosp|med|cent|hear|ward|book|nurs|hous))|(?:residencia|residenza|altenheim|seniorenheim|pflegeheim|seniorenresidenz|maison de retraite|rsa|verpleeghuis)(?= (?-i:[A-ZÀ-Þ][a-zà-ÿ]))|(?:family|medical|gp) practice|health ?care|(?-i:VA)\b|medical (?:school|college)|"
    r"centro de salud|centro m[ée]dico|complejo (?:hospitalario|asistencial|universitario)|centre hospitalier|centre m[ée]dical|memorial|healthcare|(?-i:General|GENERAL|(?<=[a-z] )general(?= hospital| infirmary))|clinic|(?-i:Trust)|nhs trust|institute|surgery center|skilled nursing|(?-i:(?<=[a-z] )Regional(?! (?:an|meet|lymph|wall|course|chapter|flow|node|differ)))|(?-i:CHU?R?(?= d[eu'] ?[A-ZÀ-Þ]| [A-ZÀ-Þ][a-zà-ÿ]{3})|K?KH(?= [A-ZÄÖÜ][a-zäöü])))\b",
    re.IGNORECASE,
)


_GENERIC: Final = frozenset(
    [
        "the", "a", "an", "our", "my", "your", "his", "her", "their", "this", "that", "local", "outside",
        "another", "other", "general", "regional", "community", "university", "teaching", "tertiary",
        "county", "district", "city", "state", "national", "children's", "childrens", "pediatric", "womens",
        "women's", "private", "public", "big", "small", "academic", "referring", "same", "every", "each",
        "any", "some", "new", "large", "rural", "and", "or", "at", "in", "from", "to", "of", "for", "with",
        "by", "das", "die", "der", "dem", "den", "im", "unser", "unsere", "unserer", "ein", "eine", "einer",
        "aus", "el", "la", "los", "las", "un", "una", "del", "nuestro", "le", "les", "une", "notre", "du",
        "au", "de", "medical", "health", "care", "examen", "examens", "exploracion", "evaluacion", "historia", "cas", "caso", "casos", "sesion", "estudio", "etude", "examens", "revue", "guide", "atelier", "guia",
        "informe", "ensayo", "essai", "tableau", "signe", "suivi", "anatomo", "emergency", "outpatient",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "afternoon",
        "evening", "weekly", "virtual", "monthly", "joint", "combined", "private", "whole", "next", "last",
        "day", "eye", "cancer", "heart", "vein", "vascular", "pain", "fibroid", "hhg", "radiology", "surgery",
        "surgical", "ir", "spine", "trauma", "rehab", "center", "centre", "clinic", "hospital", "surgeon",
        "radiologia", "universitario", "universitaire", "urgencias", "san", "st", "saint", "service",
        "departement", "department", "abteilung", "services", "system", "medicine", "school", "college", "va",
        "institute", "follow-up", "followup", "sie", "er",
    ]
)  # fmt: skip


_ARTICLES: Final = frozenset(
    [
        "the", "a", "an", "our", "my", "your", "his", "her", "their", "this", "that", "and", "or", "at", "in",
        "from", "to", "with", "by", "das", "die", "der", "dem", "den", "im", "unser", "unsere", "ein", "eine",
        "einer", "aus", "el", "los", "un", "una", "nuestro", "une", "notre", "au", "sie", "er", "same", "any",
        "some", "each", "every", "new", "another", "outside", "local",
    ]
)  # fmt: skip


_JOIN: Final = frozenset(
    [
        "of", "de", "di", "do", "da", "dos", "a", "del", "la", "las", "los", "le", "les", "du", "des", "der", "den", "dem", "am", "an",
        "in", "st", "st.", "saint", "san", "sta", "santa", "y", "e", "-", "'", ".", "&",
    ]
)  # fmt: skip


_FACILITY_WHY: Final = "A named hospital tied to a case narrows down who it is."


def find_facilities(reading: Reading) -> Iterator[Hit]:
    """Every named hospital, clinic or practice."""
    tokens, folded = reading.tokens, reading.seen.folded
    anchors = [
        (place, place)
        for place, word in enumerate(folded)
        if word in _FAC_WORDS
        or (
            word.endswith(
                ("klinikum", "klinik", "krankenhaus", "hospital", "spital", "ziekenhuis", "-stift")
            )
            and len(word) > 5
        )
    ]
    for match in _FAC_PAIRS.finditer(reading.text):
        anchors.append((reading.token_at(match.start()), reading.token_at(match.end() - 1)))
    for first, last in anchors:
        begin, stop, named = first, last, False
        low = reading.seen.case != "mix"
        step = first - 1
        while step >= 0 and first - step <= 5 and _joins(reading, step, step + 1, low):
            begin = step
            named = named or _proper(reading, step, low)
            step -= 1
        step = last + 1
        while (
            step < len(tokens)
            and step - last <= 5
            and _joins(reading, step - 1, step, low, right=True)
        ):
            if _proper(reading, step, low) or folded[step] in _FAC_WORDS:
                stop = step
                named = named or (
                    folded[step] not in _FAC_WORDS
                    and _proper(reading, step, low)
                    and not (first == last and folded[first] in _HOLLOW)
                )
            step += 1
        compound = (
            len(folded[first]) > 9 and folded[first] not in _FAC_WORDS and tokens[first].has_capital
        )
        while (
            begin < first
            and (folded[begin] in _GENERIC or not tokens[begin].is_word)
            and not _proper(reading, begin, low)
            and folded[begin] not in ("st", "saint", "san", "university", "royal")
        ):
            begin += 1
        if (
            (named or compound)
            and not reading.is_event(tokens[begin].start)
            and not _ward(reading, begin, first, stop)
        ):
            yield Hit(
                Kind.FACILITY, tokens[begin].start, tokens[stop].end, _FACILITY_WHY, 0.85, rank=6
            )

    yield from _saints(reading)


_CHAINS: Final = re.compile(
    r"\b(?:Asklepios|Helios|Sana|Vivantes|Ameos|AMEOS|Paracelsus|Agaplesion|AGAPLESION|Alexianer|Artemed|Knappschaft|SLK|RKH|ViDia|Marienhaus|Kloster|Kaiser(?: Permanente)?|Ascension|Banner|Baylor|Intermountain|Sutter|Kindred|Encompass|Nuffield|Spire|BUPA|Ramsay|Elsan|Vivalto|Quir[óo]n(?:salud)?|Vithas|HLA|Sanitas|HM|Virgen de(?: la| los| las)?)"
    r" (?:Klinik |Klinikum |Health |Hospital |Clinic |Clinique )?[A-ZÀ-Þ][a-zà-ÿ]{3,}(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?"
)
"""Owners of hospitals, with the town or the saint that tells which one."""
_SAINTS: Final = re.compile(
    r"(?i:\b(?:at|to|from|in|via|by) (?:the )?)((?:(?:Mount|Mt\.?) [A-Z][a-z]+ )?(?i:St\.?|Saint|Ste\.?) [^\W\d_][\w'-]{2,20}'s|(?:Good Samaritan|Mercy|Holy (?:Cross|Family|Name|Spirit)|Sacred Heart|Mount (?!Everest)[A-Z][a-z]{3,}(?! Everest)|Royal (?!College|Society|Navy|Academy|Mail|Air|Family|Flush)[A-Z][a-z]{3,}|Queen [A-Z][a-z]{3,}(?:'s)?|Mt\.? Sinai|Beth Israel|Mass General|Our Lady of [A-Z]\w+|Good Shepherd|Queen of the \w+|Sisters of \w+|(?-i:[A-Z][a-z]{3,}(?: [A-Z][a-z]+)? (?:Children's|Methodist|Baptist|Presbyterian|Lutheran|Adventist)))\b)(?=[\s.,;:)!?]|$)(?! (?:[Cc]hurch|[Ss]chool|[Pp]arish|[Ss]treet|[Cc]ollege|\w+ [Ss]chool))"
)


def _saints(reading: Reading) -> Iterator[Hit]:
    """What hospitals are called for short, behind a word of place: "at St Luke's"."""
    if not reading.seen.medical:
        return
    for match in _CHAINS.finditer(reading.text):
        if reading.seen.case == "mix" and not reading.is_event(match.start()):
            yield Hit(Kind.FACILITY, *match.span(), _FACILITY_WHY, 0.8, rank=5)
    for match in _SAINTS.finditer(reading.text):
        if not reading.is_event(match.start(1)):
            yield Hit(Kind.FACILITY, *match.span(1), _FACILITY_WHY, 0.8, rank=5)


def _ward(reading: Reading, begin: int, anchor: int, stop: int) -> bool:
    """A clinic for a device or a disease, or a verb in front of one: "LVAD clinic", "We do Clinic"."""
    tokens, seen = reading.tokens, reading.seen
    if seen.case != "mix" or stop != anchor or seen.folded[anchor] != "clinic":
        return False
    words = [at for at in range(begin, anchor) if tokens[at].is_word]
    return all(
        (tokens[at].text.isupper() and len(tokens[at].text) > 3)
        or seen.frequency(at) >= 6
        or section(seen.folded[at])
        for at in words
    )


def _proper(reading: Reading, place: int, low: bool) -> bool:
    token, word = reading.tokens[place], reading.seen.words[place]
    folded = reading.seen.folded[place]
    if (
        not token.is_word
        or folded in _GENERIC
        or folded in _JOIN
        or CUE_OF.get(folded) in ("doctor", "patient", "title")
    ):
        return False
    if section(folded) == "abb" or folded in ("lt", "rt"):
        return False
    if low and place and reading.seen.folded[place - 1] in ("san", "santa", "saint", "st", "sankt"):
        return True
    if _plain_word(reading, place):
        return False
    if low:
        return reading.tags[place].label in "FC" or (
            reading.seen.frequency(place) < 4
            and bool(word.town or word.family or word.given)
            and not word.listed
        )
    return token.has_capital and len(token.text) > 1


def _plain_word(reading: Reading, place: int) -> bool:
    """A word of the dictionary with a capital that only begins a sentence, stands in a heading, or
    is an abbreviation: Counsel hospital delivery, Hospital Infection, ANC clinic."""
    seen, token, word = reading.seen, reading.tokens[place], reading.seen.words[place]
    if seen.case != "mix" or max(word.given, word.family, word.town):
        return False
    beside = [at for at in (place - 1, place + 1) if 0 <= at < len(reading.tokens)]
    begin, _ = reading.sentence(token.start)
    front = reading.text[begin : token.start].rstrip(' "(-*')
    if word.listed in (1, 2):
        if seen.folded[min(place + 1, len(seen.folded) - 1)] in _HOLLOW:
            return True
        if not front or front[-1] in ":.?!;)":
            return not any(reading.tokens[at].has_capital for at in beside)
    if token.text.isupper() and len(token.text) < 5:
        follows = reading.tokens[min(place + 1, len(reading.tokens) - 1)].text
        return follows.islower() and not follows.startswith(("hosp", "med"))
    if (
        token.text.isupper()
        and len(token.text) < 4
        and place
        and reading.tokens[place - 1].text.islower()
    ):
        return True  # hospital ID
    return word.listed == 2 and place > 0 and bool(seen.folded[place - 1] in _FAC_WORDS | _HOLLOW)


_HOLLOW: Final = frozenset(["general", "regional", "memorial"])
"""Anchors that are words of every report as well: a name must stand in front of them."""


def _middle(reading: Reading, place: int) -> bool:
    """In small letters: a plain word between a proper one and the hospital (lark heights clinic)."""
    seen = reading.seen
    plain = seen.frequency(place) < 6 and seen.folded[place] not in _ARTICLES
    return (
        plain
        and place > 0
        and reading.tokens[place].start - reading.tokens[place - 1].end == 1
        and reading.tokens[place - 1].is_word
        and seen.cues[place] == ""
        and _proper(reading, place - 1, low=True)
    )


def _joins(reading: Reading, left: int, rest: int, low: bool, *, right: bool = False) -> bool:
    """Whether two neighbours can belong to one hospital's name."""
    tokens = reading.tokens
    if tokens[rest].start - tokens[left].end > 1:
        return False
    moving = rest if right else left
    token, folded = tokens[moving], reading.seen.folded[moving]
    if token.text in ("-", "'", ".", "&", "'s"):
        return token.text != "." or (
            moving > 0 and tokens[moving - 1].text.lower() in ("st", "sta", "dr")
        )
    if not token.is_word:
        return False
    return (
        folded in _JOIN
        or _proper(reading, moving, low)
        or (folded in _GENERIC and folded not in _ARTICLES and (token.has_capital or low))
        or (low and not right and _middle(reading, moving))
    )
