"""What the words around show to be a thing of the trade: a maker's model, one of a list of eponyms or
devices, the speaker of a lecture, a noun in German.

A title or "patient" in front is stronger, which the caller looks at.
"""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.compounds import put_together
from bot.identifiers.text.hits import Reading
from bot.identifiers.text.lexicon import look_up

_MAKER: Final = re.compile(
    r"\b(?:Siemens|Philips|GE|Canon|Toshiba|Shimadzu|Hitachi|Samsung|Mindray|Esaote|Ziehm|Terumo|Cook|Boston(?: Scientific)?|BSC|Medtronic|Abbott|Penumbra|Merit|Cordis|BD|Bard|Gore|Asahi|Inari|Balt|Microvention|Stryker|Guerbet|Bracco|Bayer|Varian|Angiodynamics|Biotronik|Teleflex|Arrow|"
    r"B\.? ?Braun|Argon|Bentley|Optimed|Sirtex|Covidien|Olympus|Fujifilm|Fuji|Agfa|Sectra|Intuitive|Dr[äa]ger|Getinge|Maquet|Baxter|Fresenius|Smiths|Vygon|Rocket|Pentax|Karl Storz|Storz|Zimmer|Depuy|Smith & Nephew|Edwards|Livanova|Endologix|Lombard|Rontis|Invatec|Ivascular|Hexacath|Alvimedica|"
    r"Dell|Apple|Samsung|Sony|Lenovo|Microsoft|Google|Ikea|Bosch|Toyota|Honda|Ford|Volvo|Nissan|Renault|Peugeot|Fiat|Opel|Skoda|Volkswagen|VW|BMW|Audi|Mercedes|Kia|Hyundai|Mazda|Tesla) (?:the |l'|el |der |das )?(?:[A-Z][\w-]+ ){0,2}$"
)
_SPEAKER: Final = re.compile(
    r"\b(?:webinars?|keynote|lectures?|podcast|episode|grand rounds (?:by|with)|speakers?|moderat\w+|panel(?:ist)?s?|faculty:|chaired|course director|book (?:by|of)|textbook|chapter|vortrag|vortr[äa]ge|referent(?:en|in)?|vorsitz|ponencia|ponente|conferenciante|moderador\w*|conf[ée]rence|orateurs?|intervenants?|mod[ée]rateur\w*)\b",
    re.IGNORECASE,
)
_JOINT: Final = frozenset(
    [",", "/", "and", "or", "&", "und", "oder", "y", "o", "e", "et", "ou", "vs", "versus", "plus", "bzw"]
)  # fmt: skip
_OF_TRADE: Final = ("epo", "dev", "tri", "dru")


def of_the_trade(reading: Reading, place: int, stop: int) -> bool:
    """Whether it is a model behind its maker, stands in a list of eponyms or devices, or is a German noun."""
    tokens, seen = reading.tokens, reading.seen
    begin = tokens[place].start
    if reading.is_allowed(begin, tokens[stop - 1].end):
        return True
    if seen.case == "mix" and _MAKER.search(reading.text[max(0, begin - 60) : begin]):
        return True
    if seen.medical and stop - place == 1 and _listed_with_things(reading, place):
        return True
    if stop - place != 1 or _cued(reading, place):
        return False
    return _noun(reading, place) if seen.language == "de" else _common_head(reading, place)


def speaks_in_public(reading: Reading, start: int) -> bool:
    """Whether a name stands in a sentence about a lecture, and no patient is spoken of there."""
    begin, end = reading.sentence(start)
    return _SPEAKER.search(reading.text[begin:end]) is not None and not reading.of_patient(start)


def _listed_with_things(reading: Reading, place: int) -> bool:
    """Dodd, Boyd and Cockett: of four words around it that commas join, two are eponyms, devices or
    drugs that nobody is called by, or one is its neighbour and another word of the list too."""
    seen, tokens = reading.seen, reading.tokens
    if seen.words[place].given >= 4 and seen.words[place].family < 3:
        return False
    found = 0
    for step in (-1, 1):
        at, words = place + step, 0
        while 0 <= at < len(tokens) and words < 4 and abs(at - place) < 14:
            if seen.folded[at] in _JOINT:
                at += step
                continue
            if not tokens[at].is_word or not tokens[at].has_capital:
                break
            if seen.cues[at] in ("title", "doctor", "patient", "kin"):
                return False
            words += 1
            word = seen.words[at]
            found += seen.harmless[at] in _OF_TRADE and word.given < 3 and word.family < 5
            at += step
            if 0 <= at < len(tokens) and seen.folded[at] not in _JOINT and tokens[at].is_word:
                break  # the list ends where two words stand side by side
    return found >= 2


def _cued(reading: Reading, place: int) -> bool:
    cue = reading.seen.cue_before(place)
    return (cue[:3] in ("tit", "doc", "pat", "kin", "lab", "gre") and cue.endswith("1")) or (
        place > 0 and reading.seen.words[place - 1].given >= 3
    )


def _noun(reading: Reading, place: int) -> bool:
    """Kaffeemaschine: in German every noun has a capital; known to the language, or inflected from such
    a word, and to no list of names."""
    word = reading.seen.words[place]
    if max(word.given, word.family, word.town) == 0:
        return word.german >= 2 or (not word.known and _inflected(reading.seen.folded[place]))
    tag = reading.tags[place]
    if tag.label == "N" and word.listed == 0:
        if word.given >= 3 and word.english >= 3 and tag.margin >= 20:
            return False  # Tobias, which the papers print often
        if word.family >= 3 and tag.margin >= 12:
            return False  # Baumann, likewise
    return word.german >= 4 and word.given < 4 and word.family < 4 and word.town < 3


def _inflected(folded: str) -> bool:
    for ending in ("en", "es", "er", "e", "n", "s"):
        stem = folded.removesuffix(ending)
        if stem != folded and len(stem) > 4:
            word = look_up(stem)
            built = word if word.known else put_together(stem)
            if built and max(built.given, built.family, built.town) == 0:
                if built.listed in (1, 2) or built.common >= 2:
                    return True
    return False


def _common_head(reading: Reading, place: int) -> bool:
    """Topic is venous stenting: a common word of the dictionary at the head of a sentence."""
    seen, word = reading.seen, reading.seen.words[place]
    if seen.case != "mix" or word.listed != 1 or word.given or word.family >= 4:
        return False
    begin, _ = reading.sentence(reading.tokens[place].start)
    head = not reading.text[begin : reading.tokens[place].start].strip(" \n\"'(-*•>–")
    return head and seen.frequency(place) >= 4
