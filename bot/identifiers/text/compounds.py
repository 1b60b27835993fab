"""Words that no list has, put together from words that are listed: nondistended, Überweisungsschein.

Nobody is called like that, so what is put together counts as a word of a dictionary. The parts must
not be what family names and towns end with (Baumgarten, Steinbach).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bot.identifiers.text.lexicon import Word, look_up

_PREFIX: Final = re.compile(
    r"^(?:non|un|normo|hypo|hyper|peri|anti|intra|extra|trans|retro|supra|infra|para|endo|poly|micro|macro|trans|inter|post|pre|multi|semi|hemi|re|de|dis|over|sub|ante|electro|neuro|cardio|angio|radio|naso|oro|thoraco|veno|arterio|chemo|thrombo)(?=\w{5})"
)
_NAMELIKE: Final = re.compile(
    r"(?:berg|dorf|burg|heim|hausen|haus|feld|bach|stein|hofe?r?|mann|müller|mueller|meie?r|mayr|bauer|th?al|au|wald|see|kirchen?|stadt|furt|brunn|baum|stern|holz|garten|gärtner|gartner|schmidt?|schneider|becker|horst|weiler|ingen|ried|rode|werth?|land|münde|hagen|loh|kamp|macher|wein|vogel|wolf|rath|beck|eck|egg|hardt|ert|ner)$"
)
_JOINT: Final = ("", "s", "n", "en", "es", "er")


def put_together(word: str) -> Word | None:
    """The record of a word of eight letters or more that is built of listed ones, else None."""
    return _built(word) if len(word) > 7 else None


@lru_cache(maxsize=20_000)
def _built(word: str) -> Word | None:
    if prefix := _PREFIX.match(word):
        rest = look_up(word[prefix.end() :])
        if rest.listed and not (rest.given or rest.town) and rest.family < 3:
            return replace(look_up(""), listed=1)
    if _NAMELIKE.search(word):
        return None
    for cut in range(len(word) - 4, 3, -1):
        if _part(word[cut:], _ends) and any(
            _part(word[: cut - len(joint)], _begins)
            for joint in _JOINT
            if joint == "" or word[:cut].endswith(joint)
        ):
            return replace(look_up(""), listed=1)
    return None


def _part(word: str, holds: Callable[[Word], bool]) -> bool:
    return len(word) > 3 and holds(look_up(word))


def _begins(word: Word) -> bool:
    return word.german >= 3


def _ends(word: Word) -> bool:
    return word.german >= 3 and not (word.family or word.given or word.town)
