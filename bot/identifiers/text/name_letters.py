"""Names where letters and messages have them: behind a greeting, under a closing, as initials.

"Dear Imogen," and "Cheers, Tomasz" are names whatever the word list says; "Dear colleagues" is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.eponyms import CITED
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_things import vetoed
from bot.identifiers.text.name_words import STOP, is_label, name_end
from bot.identifiers.text.tokens import LETTER

_WHY_GREETED: Final = "A name in a greeting or under a letter points to one person."
_WHY_INITIALS: Final = "Initials beside a case can point to one person."
_WHY_SHORT: Final = "A name with an initial or an age points to one person."

_GREETING: Final = re.compile(
    r"(?:^|[\n.!?\"(]\s*)(?:dear|hi|hello|hey|hiya|hallo|liebe[rs]?|guten (?:tag|morgen)|moin|cher|chère|bonjour|bonsoir|salut|estimad[oa]|hola|querid[oa]|ciao|car[oa]|gentile|egregi[oa]|beste|hoi|geachte|olá|prezad[oa])"
    r"(?: (?:frau|herr|kollegin|kollege|ami|amie|collega))?,? (?=[^\W\d_])",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:\b(?:regards|thanks|thx|cheers|love|best|sincerely|yours|truly|faithfully|hugs|xoxo|gru(?:ß|ss)|gr(?:ü|ue)(?:ß|ss)en?|lg|vg|mfg|dank|danke|cordialement|amicalement|confraternellement|bises|bisous|merci|"
    r"saludos?|abrazos?|besos?|gracias|atentamente|groet(?:en|jes)?|saluti|grazie|cumprimentos|abraços?|obrigad[oa]))[,.!]?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_MYSELF: Final = re.compile(
    r"\b(?:my name is|i am called|called by|ich hei(?:ß|ss)e|mein name ist|(?:hier ist|ich bin) (?=[A-Z]\w+ [A-Z])|me llamo|mi nombre es|je m'appelle|je soussignée?|ici (?=[A-Z]\w+ [A-Z])|mi chiamo|io sottoscritt[oa]|mijn naam is|ik heet|"
    r"certif(?:ico|ie|y|iziert) (?:que|that|dass)|yo, |i, (?=[A-Z]\w+ [A-Z])|dass (?:herr|frau) )\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_AGED: Final = re.compile(
    rf"(?<![{LETTER}'-])([A-ZÀ-Þ][{LETTER}'-]{{2,}}),? \(?(?:\d{{1,3}} ?(?:ans|jahre|J\.|años|anni|jaar|anos|yo|y/o|[MF]\b))"
)
_END: Final = re.compile(r"[ ]?(?:[,!:;?]|\.?\s*$|\.?\n| -| –|\)|\.$)")
_EVERYBODY: Final = frozenset(
    [
        "all", "colleague", "colleagues", "team", "friends", "friend", "members", "member",
        "everyone", "everybody", "sir", "madam", "sirs", "doctor", "doctors", "folks", "guys",
        "there", "editor", "editors", "committee", "residents", "fellows", "trainees", "group",
        "community", "again", "world", "customer", "mum", "mom", "dad", "people", "y'all",
        "ladies", "kollegen", "kolleginnen", "kollege", "kollegin", "alle", "zusammen", "damen",
        "herren", "leute", "freunde", "mitglieder", "collegue", "collegues", "confrere",
        "confreres", "consoeur", "consoeurs", "tous", "toutes", "amis", "ami", "amie", "chers",
        "equipe", "docteur", "monsieur", "madame", "colega", "colegas", "companero",
        "companeros", "companera", "todos", "todas", "amigos", "amigo", "equipo", "doctora",
        "senor", "senora", "collega", "colleghi", "tutti", "colleghe", "dottore", "allemaal",
        "collegas", "iedereen", "mevrouw", "meneer", "a", "buenas", "buenos", "very", "so",
        "many", "for", "in", "you", "your", "advance", "help", "much", "sharing", "letting",
        "to", "wishes", "and", "mit", "freundlichen", "nous", "vos", "de", "por", "su",
    ]
)  # fmt: skip
_INITIALS: Final = re.compile(
    r"\b(?:initials|initial(?=:)|initialen|iniciales|initiales|iniziali)(?: (?:are|is|of|were)|:)? ?[\"'(]?([A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\b\.?)?)(?!\w)",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(
    r"(?:^|\n|\b(?:pt|patient|case|re)[ :]\(?)[ \t*-]*([A-Z]\.? ?[A-Z]\.?),? ?\(?(?=\d{1,3} ?(?:[MFmf]\b|yo|y/o|years|is a|J\.|ans|años))"
)
_SHORT: Final = re.compile(
    rf"(?<![\w.])(?:[A-ZÀ-Þ]\. ?){{1,2}}(?:(?:van|von|de|der|la|del|di|da|le|el|al|bin|O'|Mc|Mac)[ ]?){{0,2}}([A-ZÀ-Þ][{LETTER}'-]{{2,}})"
)


def by_letter(reading: Reading) -> Iterator[Hit]:
    """Names in greetings and closings, initials, and an initial in front of a family name."""
    text = reading.text
    for match in _MYSELF.finditer(text):
        place = reading.token_at(match.end())
        stop = name_end(reading, place, titled=True)
        if (
            stop > place
            and not vetoed(reading, place, stop)
            and (stop > place + 1 or reading.seen.words[place].given)
        ):
            yield Hit(
                Kind.NAME,
                reading.tokens[place].start,
                reading.tokens[stop - 1].end,
                _WHY_GREETED,
                0.85,
                rank=6,
            )
    for match in _AGED.finditer(text):
        place = reading.token_at(match.start(1))
        word = reading.seen.words[place]
        if (
            (word.given or word.family or not word.known)
            and not word.listed
            and reading.seen.frequency(place) < 5
        ):
            if not section(reading.seen.folded[place]) and not vetoed(reading, place, place + 1):
                yield Hit(Kind.NAME, match.start(1), match.end(1), _WHY_SHORT, 0.7, rank=4)
    for pattern, sure in ((_GREETING, 0.85), (_CLOSING, 0.8)):
        for match in pattern.finditer(text):
            yield from _addressed(reading, match.end(), sure, closing=pattern is _CLOSING)
    for pattern in (_INITIALS, _LISTED):
        for match in pattern.finditer(text):
            letters = match.group(1)
            if letters.upper() == letters and section(letters.lower()) == "":
                yield Hit(Kind.NAME, match.start(1), match.end(1), _WHY_INITIALS, 0.75, rank=6)
    if reading.seen.case == "mix":
        yield from _short(reading)


def _addressed(reading: Reading, start: int, sure: float, *, closing: bool) -> Iterator[Hit]:
    tokens, folded, words = reading.tokens, reading.seen.folded, reading.seen.words
    first = at = reading.token_at(start)
    if tokens[first].start != start:
        return
    low = reading.seen.case != "mix"
    stop = first
    while at < len(tokens) and at - first < 6:
        token, word = tokens[at], folded[at]
        joint = word in ("and", "und", "et", "y", "en", "e", "&") and stop > first
        if token.text in (".", "-", "'", "&") or joint:
            at += 1
            continue
        if (
            not token.is_word
            or word in _EVERYBODY
            or word in STOP
            or CUE_OF.get(word) in ("title", "doctor")
        ):
            break
        if token.start - tokens[at - 1].end > 1 and at > first:
            break
        plain = words[at].listed in (1, 2) or section(word) or reading.seen.frequency(at) >= 5
        if low or not token.has_capital:
            if not low or not (words[at].given >= 2 or not words[at].known) or plain:
                break
        elif plain and not (words[at].given >= 2 or words[at].family >= 3):
            break
        at += 1
        stop = at
    if stop == first or (
        words[first].given == 0 and words[first].known and stop == first + 1 and closing
    ):
        return
    end = tokens[stop - 1].end
    if _END.match(text := reading.text, end) or (not closing and text[end : end + 1] in ",;!"):
        yield Hit(Kind.NAME, start, end, _WHY_GREETED, sure, rank=6)


def _short(reading: Reading) -> Iterator[Hit]:
    for match in _SHORT.finditer(reading.text):
        place = reading.token_at(match.start(1))
        word, folded = reading.seen.words[place], reading.seen.folded[place]
        if reading.tokens[place].start != match.start(1) or section(folded) or CUE_OF.get(folded):
            continue
        if is_label(reading, place) or reading.seen.frequency(place) >= 5:
            continue
        if word.listed in (1, 2) and word.family < 3:
            continue
        if not (word.family or word.given or not word.known) or CITED.match(
            reading.text[match.end() :][:60]
        ):
            continue
        first = reading.token_at(match.start())
        if not vetoed(reading, first, place + 1) and not reading.is_allowed(*match.span()):
            yield Hit(Kind.NAME, match.start(), match.end(), _WHY_SHORT, 0.75, rank=4)
