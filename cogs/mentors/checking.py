"""Looks for patient identifiers in a request. What the two people themselves are called is known to
both, and where they work is theirs to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.search_words import plain_words
from bot.identifiers import text as engine
from bot.identifiers.findings import Finding, Kind

_ALONE = frozenset(
    {
        Kind.NAME,
        Kind.MRN,
        Kind.ACCESSION,
        Kind.ACCOUNT,
        Kind.OTHER_ID,
        Kind.HEALTH_ID,
        Kind.NATIONAL_ID,
        Kind.SSN,
        Kind.DEVICE_ID,
    }
)
_BESIDE = frozenset({Kind.DATE, Kind.AGE, Kind.ADDRESS, Kind.ZIP})
"""Say who a patient is only together with something else; alone they are about the writer."""
_SOMEBODY = re.compile(
    r"\b(?:patient|man|woman|male|female|boy|girl|lady|gentleman|infant|newborn)\b", re.IGNORECASE
)
"""One person, who is not the writer: a date of theirs is told together with them."""


def identifiers(texts: Iterable[str], own_names: Iterable[str]) -> tuple[str, ...]:
    """What may identify a patient, as it stands there, each once; empty if nothing was found."""
    own = {word for name in own_names for word in plain_words(name)}
    looked = [(text, tuple(engine.find(text))) for text in texts]
    found = [finding for _text, here in looked for finding in here]
    sure = [one for one in found if one.kind in _ALONE and not _is_own(one, own)]
    if any(not one.doubtful for one in sure):
        sure += [one for one in found if one.kind in _BESIDE]
    for text, here in looked:
        if _SOMEBODY.search(text):
            sure += [one for one in here if one.kind in _BESIDE]
    return tuple(dict.fromkeys(one.text or "" for one in sure if not one.doubtful))


def _is_own(found: Finding, own: set[str]) -> bool:
    if found.kind is not Kind.NAME:
        return False
    words = list(plain_words(found.text or ""))
    if words and words[0] in _DOCTORS:
        return True
    return bool(words) and all(word in own or word in _TITLES for word in words)


_DOCTORS = frozenset({"dr", "doctor", "prof", "professor"})
"""Whoever is called so is a colleague."""
_TITLES = frozenset({"mr", "mrs", "ms", "md", "phd"})
