"""Looks for patient identifiers in what somebody writes to a colleague or to everybody.

What the people themselves are called is known to those who read it, and where they work is theirs
to say. Knows no feature.
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
_ADDRESSES = frozenset({Kind.EMAIL, Kind.PHONE, Kind.FAX, Kind.URL})
_BESIDE = frozenset({Kind.DATE, Kind.AGE, Kind.ADDRESS, Kind.ZIP})
"""Say who a patient is only together with something else; alone they are about the writer."""
_SOMEBODY = re.compile(
    r"\b(?:patient|man|woman|male|female|boy|girl|lady|gentleman|infant|newborn)\b", re.IGNORECASE
)
"""One person, who is not the writer: a date of theirs is told together with them."""


def identifiers(texts: Iterable[str], own_names: Iterable[str]) -> tuple[str, ...]:
    """What may identify a patient, as it stands there, each once; empty if nothing was found."""
    found = [one for each in findings(texts, own_names) for one in each]
    return tuple(dict.fromkeys(one.text or "" for one in found))


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Ways to reach somebody outside, as they stand there, each once: mail, telephone, the web."""
    found = [one for text in texts for one in engine.find(text) if one.kind in _ADDRESSES]
    return tuple(dict.fromkeys(one.text or "" for one in found))


def findings(texts: Iterable[str], own_names: Iterable[str]) -> tuple[tuple[Finding, ...], ...]:
    """What may identify a patient, for each of the texts. They are read together."""
    own = {word for name in own_names for word in plain_words(name)}
    looked = [(text, [one for one in engine.find(text) if not one.doubtful]) for text in texts]
    sure = [
        [one for one in here if one.kind in _ALONE and not _is_own(one, own)]
        for _text, here in looked
    ]
    anybody = any(sure)
    return tuple(
        tuple(
            one
            for one in here
            if one in alone
            or (one.kind in _BESIDE and (anybody or _SOMEBODY.search(text) is not None))
        )
        for (text, here), alone in zip(looked, sure, strict=True)
    )


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
