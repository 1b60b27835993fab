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
        [one for one in here if one.kind in _ALONE and not _is_own(text, one, own)]
        for text, here in looked
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


def _is_own(text: str, found: Finding, own: set[str]) -> bool:
    if found.kind is not Kind.NAME:
        return False
    words = list(plain_words(found.text or ""))
    if words and words[0] in _DOCTORS:
        return True
    if words and all(word in own or word in _TITLES for word in words):
        return True
    before, behind = text[: found.start or 0], text[found.end or 0 :]
    if len(words) == 1 and words[0] in _WEEKDAYS:
        return _PERSON_BEFORE.search(before) is None
    if _LOOKS_AT.search(before) or _POSSESSED.match(behind):
        return False
    return bool(_AT.search(before) or _FROM.search(before) or _TRAINS.match(behind))


_DOCTORS = frozenset({"dr", "doctor", "prof", "professor"})
"""Whoever is called so is a colleague."""
_TITLES = frozenset({"mr", "mrs", "ms", "md", "phd"})
_WEEKDAYS = frozenset(
    {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
)  # fmt: skip
"""Some are given names somewhere; in times that suit they are days."""
_PERSON_BEFORE = re.compile(r"\b(?:patient|pt|mr|mrs|ms|miss|named?|called)[.:]?\s+$", re.I)
_MORE = (
    r"(?:the\s+)?(?:(?:Mount|Mt\.?|MD|Memorial|St\.?|Saint|Royal|Beth|University|Uni|Universi\w+|"
    r"Hospital|Klinikum|Klinik|Clinic|College|Hôpital|Institut\w*|of|de|da)\s+){0,3}$"
)
_AT = re.compile(rf"\b[Aa]t\s+{_MORE}")
"""Mount Sinai, MD Anderson: many places of training are called like somebody; nobody is at a
person."""
_FROM = re.compile(
    r"(?i:\b(?:resident|fellow|intern|student|trainee|graduate|attending|faculty|alumn\w+|programme?|"
    rf"residency|fellowship)s?\s+(?:from|of|in)\s+){_MORE}"
)
_TRAINS = re.compile(
    r"(?:['’]s)?\s+(?:residents?|residency|fellows?|fellowship|interns?|programme?s?|faculty|"
    r"alumn\w+|medical school|school of medicine|IR|DR|ESIR)\b"
)
_LOOKS_AT = re.compile(rf"(?i:\b(?:look|glance|point|peek|stare|shout)\w*\s+at)\s+{_MORE}")
_POSSESSED = re.compile(
    r"['’]s\s+(?:bed|scan|ct|mri?|angio|imag|film|case|chart|file|home|house|result|lesion|bleed)",
    re.IGNORECASE,
)
"""At somebody's bedside, and other things that a person has."""
