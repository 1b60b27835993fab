"""Identifiers plain enough for a platform's own filter, which stops a text before it appears.

Each pattern is read by Rust's `regex` as well as by Python's `re`: no lookaround, no
back-references, at most 260 characters; ten at most, because that is what one rule of Discord's
AutoMod takes. They are few and strict: what they stop, nobody can argue about.
"""

from __future__ import annotations

from typing import Final

_LABEL_END: Final = r"[ \t]{0,2}[:#.=-]?[ \t]{0,2}"

PATTERNS: Final = (
    # a record number behind its label
    r"(?i)\b(?:mrn|medical record(?: number| no\.?)?|hospital (?:no\.?|number)|patient ?id)"
    + _LABEL_END
    + r"[a-z]{0,3}-?\d{5,10}\b",
    # an accession number behind its label
    r"(?i)\baccession(?: (?:no\.?|number))?" + _LABEL_END + r"[a-z]{0,4}-?\d{5,12}\b",
    # a date of birth behind its label
    r"(?i)\b(?:dob|d\.o\.b\.?|date of birth|geb(?:\.|oren am)|fecha de nacimiento|n[ée]e? le)"
    + _LABEL_END
    + r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b",
    # the same with the month in letters
    r"(?i)\b(?:dob|date of birth)"
    + _LABEL_END
    + r"(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2}),? \d{2,4}\b",
    # a social security number
    r"\b[0-8]\d{2}-\d{2}-\d{4}\b",
    # an NHS number behind its label
    r"(?i)\bnhs(?: (?:no\.?|number))?" + _LABEL_END + r"\d{3}[ -]?\d{3}[ -]?\d{4}\b",
    # a name as worklists write it
    r"\b[A-Z][A-Za-z'-]{1,30}\^[A-Z][A-Za-z'-]{0,30}\b",
    # a patient with a title and a name
    r"\b(?:[Pp]t|[Pp]atient)\.?,? (?:[Mm]rs?|[Mm]s|[Mm]iss)\.? [A-Z][a-z]{1,30}\b",
    # the label of a name
    r"(?i)\bpatient(?:'s)? name[ \t]{0,2}[:=][ \t]{0,2}[a-z]{2,30}\b",
    # a French social insurance number
    r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}\b",
)
