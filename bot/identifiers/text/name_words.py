"""Which words can be part of a name, and where a name ends."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Reading

_ROMAN: Final = re.compile(r"^[ivx]{1,4}[a-d]?$")
PARTICLES: Final = frozenset(
    [
        "van", "von", "der", "den", "de", "del", "dela", "de-la", "la", "le", "el", "al", "bin", "ibn", "ben",
        "da", "dos", "das", "du", "di", "zu", "zur", "ter", "ten", "mac", "mc", "st", "san", "y", "e", "o'",
        "d'", "abu", "af", "av", "of",
    ]
)  # fmt: skip
STOP: Final = frozenset(
    [
        "the", "and", "or", "a", "an", "is", "was", "were", "has", "had", "have", "will", "would", "can",
        "could", "should", "may", "might", "i", "we", "he", "she", "they", "it", "in", "on", "at", "to",
        "for", "from", "with", "by", "of", "this", "that", "these", "those", "my", "your", "his", "her",
        "our", "their", "who", "whom", "which", "und", "oder", "der", "die", "das", "den", "dem", "ist",
        "war", "hat", "wird", "wurde", "im", "am", "zu", "mit", "von", "et", "ou", "le", "les", "un", "une",
        "est", "a", "eu", "sera", "dans", "avec", "par", "pour", "y", "el", "los", "las", "un", "una", "es",
        "fue", "ha", "con", "por", "para", "en", "se", "que", "qui", "not", "no", "yes", "please", "thanks",
        "today", "tomorrow", "yesterday", "said", "says", "md", "do", "np", "rn", "pa", "phd", "about", "as",
        "if", "but", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "kollege", "kollegin", "kollegen", "colleague", "colleagues", "confrere", "consoeur", "collega",
        "colega", "collegue", "iban", "buongiorno", "bonjour", "hola", "hallo", "hello", "dear",
    ]
)  # fmt: skip
_LABEL_WORDS: Final = frozenset(
    [
        "hosp", "no", "nr", "mrn", "dob", "acc", "id", "tel", "fax", "phone", "dos", "ssn", "nhs", "nhc",
        "ipp", "csn", "ref", "room", "bed", "age", "sex", "date", "name", "email", "pager", "ext", "number",
        "num", "nummer", "numero", "geb", "pat", "pt", "patient", "account", "encounter", "visit", "record",
        "vers", "versicherung", "provincia", "localidad", "krankenkasse", "kasse", "poa", "hcpoa", "chart", "study", "exam", "accession", "case", "plan", "dx", "hx",
    ]
)  # fmt: skip


def believable(reading: Reading, place: int) -> bool:
    """Whether a word behind a weak title can be a name at all."""
    word, folded = reading.seen.words[place], reading.seen.folded[place]
    if section(folded) == "abb" and word.family >= 2 and reading.tokens[place].text.istitle():
        return True  # Dr Rao, not the projection
    if (
        folded in STOP
        or section(folded) in ("abb", "tri")
        or (section(folded) in ("wor", "dev") and word.family < 3)
    ):
        return reading.tags[place].label == "N" and folded not in STOP
    if (
        reading.seen.case != "mix"
        and not (word.given or word.family)
        and reading.seen.frequency(place) >= 4
    ):
        return False  # mr imaging
    if reading.tags[place].label == "N" or (
        word.family >= 3 and word.listed != 2 and not CUE_OF.get(folded)
    ):
        return True
    if reading.tokens[place].has_capital and reading.seen.case == "mix":
        return word.listed not in (1, 2) or bool(word.given or word.family > 1)
    return (
        word.given + word.family > 0 and reading.seen.frequency(place) < 5 and word.listed == 0
    ) or not word.known


def name_end(reading: Reading, place: int, *, titled: bool) -> int:
    """One past the last token of the name that begins at a token: capitals, initials, particles."""
    tokens, folded = reading.tokens, reading.seen.folded
    low = reading.seen.case != "mix"
    stop = at = place
    while at < len(tokens) and at - place < 7:
        token = tokens[at]
        if at > place and token.start - tokens[at - 1].end > 1:
            break
        if (
            token.text == "."
            and at > place
            and len(tokens[at - 1].text) == 1
            and tokens[at - 1].has_capital | low
        ):
            stop = at + 1
        elif token.text in ("-", "'") and at > place:
            pass
        elif not token.is_word:
            break
        elif (
            folded[at] in PARTICLES
            and at + 1 < len(tokens)
            and (tokens[at + 1].is_word or tokens[at + 1].text == "'")
        ):
            if at > place and not (_namely(reading, at + 1, low) or folded[at + 1] in PARTICLES):
                break
        elif (
            _namely(reading, at, low)
            or (
                at == place
                and titled
                and token.has_capital
                and not low
                and (
                    folded[at] not in STOP
                    or (token.text.istitle() and reading.seen.words[at].family >= 2)
                )
            )
            or (low and titled and at == place and believable(reading, at))
        ):
            stop = at + 1
        else:
            break
        at += 1
    return stop


def _namely(reading: Reading, place: int, low: bool) -> bool:
    token, folded = reading.tokens[place], reading.seen.folded[place]
    if not token.is_word or folded in STOP:
        return False
    if folded in (
        "hospital",
        "clinica",
        "clinique",
        "klinik",
        "klinikum",
        "hopital",
        "centro",
        "chu",
    ):
        return False  # Dr. Nogueira do Hospital de Braga
    word, tag = reading.seen.words[place], reading.tags[place]
    if len(token.text) == 1:
        return tag.label == "N" or (
            token.has_capital and not low and reading.text[token.end : token.end + 1] == "."
        )
    if section(folded) == "abb" or folded in _LABEL_WORDS:
        return False
    if tag.label == "N":
        return True
    if low:
        return (
            word.listed == 0 and word.given + word.family > 0 and reading.seen.frequency(place) < 4
        )
    if not token.has_capital or section(folded) in (
        "abb",
        "wor",
        "dev",
        "dru",
        "deu",
        "fra",
        "esp",
    ):
        return False
    return (word.given + word.family > 0 or not word.known) and CUE_OF.get(folded) not in (
        "place",
        "doctor",
        "patient",
    )


def is_label(reading: Reading, place: int) -> bool:
    """Whether a token is a label, a sign or a numeral rather than a name."""
    folded = reading.seen.folded[place]
    abbreviation = section(folded) == "abb" and not (
        reading.tokens[place].text.istitle() and reading.seen.words[place].family >= 2
    )
    return (
        folded in _LABEL_WORDS
        or _ROMAN.match(folded) is not None
        or not reading.tokens[place].is_word
        or abbreviation
    )
