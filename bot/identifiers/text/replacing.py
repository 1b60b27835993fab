"""What to write instead: an age band, a role, a word in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.identifiers.findings import Finding, Kind

_INSTEAD: Final = {
    Kind.NAME: "[name]",
    Kind.DATE: "[date]",
    Kind.AGE: "over 89",
    Kind.MRN: "[record number]",
    Kind.ACCESSION: "[accession number]",
    Kind.ACCOUNT: "[account number]",
    Kind.OTHER_ID: "[number]",
    Kind.HEALTH_ID: "[insurance number]",
    Kind.NATIONAL_ID: "[identity number]",
    Kind.SSN: "[social security number]",
    Kind.LICENCE: "[licence number]",
    Kind.DEVICE_ID: "[device number]",
    Kind.VEHICLE: "[vehicle number]",
    Kind.BIOMETRIC: "[biometric]",
    Kind.PHONE: "[phone]",
    Kind.FAX: "[fax]",
    Kind.EMAIL: "[e-mail]",
    Kind.URL: "[link]",
    Kind.IP: "[network address]",
    Kind.ADDRESS: "[address]",
    Kind.ZIP: "[postcode]",
    Kind.CITY: "[town]",
    Kind.FACILITY: "[hospital]",
}
_DOCTOR: Final = re.compile(
    r"(?i)^(?:dr|drs|doctor|prof|professor|dra|docteur|pr|oa)\b|,?\s(?:md|do|np|rn|pa)$"
)

_ADJECTIVE: Final = re.compile(r"(?i)-?year-?\s?old$")


def suggestion(kind: Kind, text: str) -> str:
    """What to write instead of one identifier."""
    if kind is Kind.NAME and _DOCTOR.search(text):
        return "[colleague]"
    if kind is Kind.NAME:
        return (
            "the patient"
            if re.match(r"(?i)(?:mr|mrs|ms|miss|herr|herrn|frau|mme|madame|monsieur|sra?)\b", text)
            else "[name]"
        )
    if kind is Kind.AGE and _ADJECTIVE.search(text):
        return "90-or-older"
    if kind is Kind.AGE:
        sex = re.search(r"(?i)[mfwh]$", text.strip())
        return "over 89" + (
            f", {sex.group().upper()}" if sex and text.strip()[-2:-1].isdigit() else ""
        )
    return _INSTEAD.get(kind, "[removed]")


def replacements(text: str, findings: Iterable[Finding]) -> str:
    """The text with every finding replaced by its suggestion. Findings without offsets are skipped."""
    pieces: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda one: one.start or 0):
        if finding.start is None or finding.end is None or finding.start < at:
            continue
        pieces += [
            text[at : finding.start],
            finding.suggestion or suggestion(finding.kind, finding.text or ""),
        ]
        at = finding.end
    return "".join([*pieces, text[at:]])
