"""What stands around a word and shows that it is a thing: used, an old X, X 80 mg, X vs Y.

Knows nothing of lists of names or of things: the sentence alone decides."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.hits import Reading


def cued(reading: Reading, place: int) -> bool:
    """Whether a title, a label or a greeting leads to it."""
    cue = reading.seen.cue_before(place)
    return cue[:3] in ("tit", "doc", "lab", "gre") and cue.endswith("1")


_ARTICLES: Final = {"en": ("a", "an"), "de": ("ein", "eine", "einen", "einem"), "es": ("un", "una"), "fr": ("un", "une")}  # fmt: skip
_CALENDAR: Final = frozenset(
    [
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
        "spring",
        "winter",
        "autumn",
        "lundis",
        "mardis",
        "mercredis",
        "jeudis",
        "vendredis",
        "montags",
        "dienstags",
        "mittwochs",
        "donnerstags",
        "freitags",
    ]
)
_THING_BEFORE: Final = re.compile(
    r"(?:\b(?:no|without|negative|positive|denies|sin|sans|pas de|ohne|keine?[nr]?)|#\s?\d{1,2}|\b\d{1,2}-0|\b\d{1,2}\s?(?:fr|french|gauge|mm|mg|ml|cc)|\ban? \d{1,3})\s+$"
)
_THING_AFTER: Final = re.compile(
    r"^(?:\s(?:I{2,3}|IV|VI{1,3})\b|\s\d+(?:[.,]\d+)?\s?(?:mg|mcg|ml|g|cc|units?|%|mm|cm|fr|F|French|tablets?|atm)\b)"
)
_CAMEL: Final = re.compile(r"(?!Mc|Mac|De|Di|Da|Du|La|Le|Fitz|Van|O')[A-Z][a-z]+-?[A-Z][A-Za-z]+")


_HANDLED: Final = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|inject(?:ed|ing)?|deploy(?:ed|ing)?|switch(?:ed)? to|chang(?:e|ed) to|tried|trying|read|buy|bought|wears?|wearing|stock(?:ed)?|order(?:ed)? (?:an?|some|more)|versus|vs\.?|(?:better|worse|cheaper|quicker) than|instead of|rather than|statt|en lieu de|en vez de|"
    r"(?:class|grade|type|stage|grad|stadium|typ|grado|clase|stade) (?:[IVX]{1,4}|\d)[ab]?(?: \w+,)?|(?:(?:just )?an? )(?:old|older|new|newer|regular|plain|small|large|covered|bare|disposable)|comfortable|disposable|some|extra|another) $",
    re.IGNORECASE,
)
"""What is done with things alone, in a text of medicine: used, injected, read, preferred."""


_ENTITLED: Final = re.compile(r"\b(?:dr|prof|med|herrn?|frau|oa|pd|mr|mrs|ms|sra?|mme|m)\.? $")


def handled(reading: Reading, place: int, stop: int) -> bool:
    """Used X; better than X; class II X; an old X; German: stockings von X."""
    seen, tokens = reading.seen, reading.tokens
    words = [seen.words[at] for at in range(place, stop) if tokens[at].is_word]
    if seen.case != "mix" or any(word.given >= 4 for word in words):
        return False
    if _ENTITLED.search(reading.before(tokens[place].start, 12)):
        return False
    if seen.language == "de":
        if seen.folded[place] in ("von", "vom") and stop - place == 2:
            return True
        alone = stop - place == 1 and seen.cue_before(place)[:3] not in ("kin", "pat")
        if alone and reading.before(tokens[place].start, 5).endswith((" von ", " vom ")):
            return True
    return _HANDLED.search(reading.before(tokens[place].start, 40)) is not None


def reads_like_a_thing(reading: Reading, place: int, stop: int) -> bool:
    """What stands around it in a text of medicine is what stands around things: "no X", "4-0 X", "an X",
    "X 80 mg", "X II"; or it is written as only makers write: StentLock."""
    seen, tokens = reading.seen, reading.tokens
    if seen.case != "mix" or cued(reading, place) or seen.cue_before(place)[:3] in ("pat", "kin"):
        return False
    before = reading.before(tokens[place].start, 24)
    if stop - place == 1:
        called = max(seen.words[place].given, seen.words[place].family) >= 2
        joint = called and "-" in tokens[place].text and not seen.harmless[place]
        # Ferreira-Lund, neither Angio-Seal nor Miller-Abbott
        if seen.folded[place] in _CALENDAR or (not joint and _CAMEL.fullmatch(tokens[place].text)):
            return True
        if re.search(r"\d $", before) and seen.folded[place] in ("west", "east", "north", "south"):
            return True
        if (
            tokens[place].text.isupper()
            and reading.text[tokens[place].end :][:1] == ":"
            and seen.frequency(place) >= 3
        ):
            return True
        if seen.medical and _THING_AFTER.match(reading.text[tokens[place].end :][:24]):
            return True
    if seen.medical and _THING_BEFORE.search(before):
        return True
    articles = _ARTICLES.get(seen.language, ())
    words = before.split()
    return seen.medical and before.endswith(" ") and bool(words) and (
        words[-1] in articles or ((words[-1] in ("old", "new", "second") and words[-2:-1] == ["an"]) or (words[-2:-1] == ["a"] and words[-1] in ("new", "second")))
    )  # fmt: skip


def compared(reading: Reading, place: int, stop: int) -> bool:
    """Blalock vs Glenn vs Fontan: techniques and makes are held against each other, people are not."""
    if stop > place + 1:
        return False  # Ada Okoro vs. Tom Ito, before a court
    folded = reading.seen.folded
    before = folded[place - 1] if place else ""
    if before == "." and place > 1:
        before = folded[place - 2]
    behind = folded[stop] if stop < len(folded) else ""
    titled = place > 0 and reading.seen.cues[place - 1] in ("title", "doctor", "patient")
    return not titled and (before in _AGAINST or behind in _AGAINST)


_AGAINST: Final = ("vs", "versus", "contra")
