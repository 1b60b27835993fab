"""What of the findings matters in ordinary talk, which nobody asked to have checked.

People name each other, give dates and addresses and pass on links all day. Where a text is about to
be posted as a case, every finding counts; in a chat only what speaks of a patient does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where

_ALONE: Final = frozenset(
    {Kind.MRN, Kind.ACCESSION, Kind.HEALTH_ID, Kind.SSN, Kind.NATIONAL_ID, Kind.BIOMETRIC}
)
"""Nobody gives these of themselves in a chat."""
_WITH_A_PATIENT: Final = frozenset(
    {
        *(Kind.NAME, Kind.DATE, Kind.AGE, Kind.PHONE, Kind.FAX, Kind.EMAIL, Kind.ADDRESS),
        *(Kind.ACCOUNT, Kind.OTHER_ID, Kind.LICENCE, Kind.DEVICE_ID, Kind.VEHICLE, Kind.ZIP),
    }
)
_PATIENT: Final = re.compile(
    r"(?i)\b(?:patient(?!s\b)(?:'s|in|e)?|pts?|pat\.|paciente|dob|date of birth|geb(?:oren)?\.?|"
    r"n[ée]e? le|nacid[oa]|mrn|(?:\d{1,3}\s?-?\s?(?:y/?o|yr|years?[ -]old|jahre|ans|años))|"
    r"[1-9]\d\s?[mfw]|admitted|discharged|underwent|aufnahme|ingreso|hospitalis[ée]e?)\b"
)
_SELDOM_TELLING: Final = frozenset({Kind.DATE, Kind.DEVICE_ID, Kind.METADATA, Kind.URL, Kind.AGE})
"""In fields beside a picture: every photograph has them."""
_LOOK: Final = frozenset({Kind.FACE, Kind.BARCODE})
_NEAR: Final = 160


class Weight(IntEnum):
    """What a watched message is worth saying about."""

    NOTHING = 0
    DOUBT = 1
    """A person should look: its author is told, nothing else happens."""
    TELLS = 2
    """It tells who a patient is."""


def weight_of_text(text: str, findings: Iterable[Finding], *, typed: bool = True) -> Weight:
    """A line of talk. `typed`: its author wrote it or passed it on; else it is the preview of a
    link, where only numbers of patients count."""
    for finding in findings:
        if finding.doubtful:
            continue
        if finding.kind in _ALONE:
            return Weight.TELLS
        if typed and finding.kind in _WITH_A_PATIENT and _of_a_patient(text, finding):
            return Weight.TELLS
    return Weight.NOTHING


def weight_of_name(findings: Iterable[Finding]) -> Weight:
    """The name of a file."""
    telling = _ALONE | {Kind.NAME, Kind.OTHER_ID}
    found = any(one.kind in telling and not one.doubtful for one in findings)
    return Weight.TELLS if found else Weight.NOTHING


def weight_of_picture(findings: Iterable[Finding], *, linked: bool = False) -> Weight:
    """A picture or file. `linked`: the preview of a link; what is only doubtful there is not the
    author's."""
    worst = Weight.NOTHING
    for finding in findings:
        if finding.kind is Kind.UNREADABLE:
            continue
        beside = finding.where is Where.METADATA and finding.kind in _SELDOM_TELLING
        place = finding.kind in (Kind.FACILITY, Kind.CITY)
        if beside:
            continue
        if finding.doubtful or place or finding.kind in _LOOK:
            worst = max(worst, Weight.NOTHING if linked else Weight.DOUBT)
        elif linked and finding.kind not in _ALONE:
            continue
        else:
            return Weight.TELLS
    return worst


def _of_a_patient(text: str, finding: Finding) -> bool:
    """Whether the words around a finding, in the same paragraph, speak of a patient."""
    if finding.suggestion == "[colleague]":
        return False
    start, end = finding.start or 0, finding.end or 0
    begin = max(text.rfind("\n\n", 0, start), start - _NEAR, 0)
    stop = text.find("\n\n", end)
    stop = min(len(text) if stop < 0 else stop, end + _NEAR)
    return _PATIENT.search(text, begin, stop) is not None
