"""A name as what its bearer is in the story: the patient, a relative, a colleague.

Told from the words right beside the name, from the same name elsewhere in the text, and from what
its sentence is about. Where nothing tells, it stays a name. Runs after the search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.identifiers.findings import Finding, Kind

_PATIENT: Final = "[patient]"
_RELATIVE: Final = "[relative]"
_COLLEAGUE: Final = "[colleague]"
_OPEN: Final = ("[name]", "the patient")
"""What is suggested while nobody has looked at the words around it."""
_NEAR: Final = 40
_FAR: Final = 300
"""Letters of a sentence that are read on either side of a name."""

_TRADE: Final = (
    r"colleagues?|resident|registrar|fellow|attending|consultant|radiologist|surgeon|operator|assistant|nurse"
    r"|technologist|radiographer|technician|mentor|supervisor|trainee|boss|chief|director|physician|hospitalist|intensivist"
    r"|anaesthetist|anesthesiologist|oncologist|hepatologist|urologist|cardiologist|neurologist|gp"
    r"|koll?ege|kollegin|kollegen|ober[aä]rzt(?:in)?|chef[aä]rzt(?:in)?|assistenz[aä]rzt(?:in)?|hausarzt|colega|collègue"
)
_FAMILY: Final = (
    r"wife|husband|spouse|partner|son|daughter|mother|father|mum|mom|dad|brother|sister|aunt|uncle|niece|nephew|cousin"
    r"|grand(?:son|daughter|mother|father)|relatives?|carer|caregiver|next of kin|nok|guardian|fianc[ée]e?"
    r"|ehefrau|ehemann|tochter|sohn|mutter|vater|bruder|schwester|angehörigen?|esposa|esposo|marido|hij[ao]|madre|padre"
    r"|herman[ao]|épouse|époux|mari|fille|fils|mère|père|frère|sœur"
)
_WHOSE: Final = r"(?:(?:his|her|their|the|our|my|a|an|seine?|ihre?|unser|su|sa|son|mi)\s+)?"
_JOIN: Final = r"[\s.:,(]{0,3}(?:(?:is|was|called|named|heißt|namens)\s+)?"
_COLLEAGUE_BEFORE: Final = re.compile(
    rf"(?i)(?:\b(?:dr|doctor|prof|{_TRADE})\b{_JOIN}"
    r"|\b(?:seen|referred|operated|performed|done|read|reported|reviewed|assisted|supervised|scrubbed|taught|sent)\s+(?:on\s+)?(?:by|with)\s+"
    r"|\b(?:thanks|thank you|kudos|credit|hat tip|courtesy)\s*(?:to|of|goes to)?[\s,:]+"
    r"|\b(?:discussed|scrubbed|called|consulted)\s+(?:it\s+|this\s+)?with\s+)$"
)
_COLLEAGUE_AFTER: Final = re.compile(
    rf"(?i)\s*(?:,\s*(?:md|do|np|rn|pa)\b|[,(]\s*{_WHOSE}(?:[a-z]{{2,3}}\s+)?(?:{_TRADE})\b(?!\s*:))"
)
_RELATIVE_BEFORE: Final = re.compile(rf"(?i)\b(?:{_FAMILY})\b{_JOIN}$")
_RELATIVE_AFTER: Final = re.compile(
    rf"(?i)\s*[,(]\s*{_WHOSE}(?:patient'?s?\s+)?(?:{_FAMILY})\b(?!\s*:)"
)
_BY_A_DOCTOR: Final = re.compile(
    r"(?i)((?:von|vom|durch|by|with|de|du|par|por|con|da|di|van|door)\s+)?(?:dr|drs|doctor|dra|docteur|prof|professor|oa)\b"
)
"""A particle that was taken along with the title stays."""
_SAID_BEFORE: Final = re.compile(
    r"(?i)\b(?:pt|pat|patient(?:in|en)?|paciente|patiente?)\b[\s.:,]{0,3}$"
)
"""The role stands there already; once is enough."""
_NAMED_BEFORE: Final = re.compile(r"(?i)\b(?:name|nombre|nom)\b[\s.:,]{0,3}$")
_PATIENT_AFTER: Final = re.compile(
    r"(?i)\s*[,(]?\s*(?:d\.?o\.?b|born|geb|mrn|aged?\b|\d{1,3}\s*(?:[mf]\b|y|-)|a \d|in (?:his|her) )"
    rf"|['’]s?\s+(?:{_FAMILY})\b"
)
_ILL: Final = re.compile(
    r"(?i)\b(?:(?:re)?bled|bleed(?:s|ing)|present(?:s|ed)|admitted|discharged|underwent|came (?:in|back)|developed|died|dies"
    r"|passed away|collapsed|complain(?:s|ed)|vomit(?:s|ed)|tolerated|recovered|deteriorated|re-?admitted|transferred|intubated"
    r"|emboli[sz]ed|stented|treated|scanned|biopsied|coiled|ablated|drained|transfused|diagnosed|symptoms?|pain|fever"
    r"|history of|known (?:for|with)|years?[- ]old|y/?o|woman|man|patient(?:in|en)?|pt|inpatient|paciente"
    r"|blutete?|kam|aufgenommen|entlassen|verstarb|erkrankte?|operiert|sangró|ingres[óo]|falleci[óo]|saigné|admise?|hospitalisée?)\b"
)
_SENTENCE: Final = re.compile(r"[.!?]\s|\n")


def in_roles(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, names among them with a role as suggestion where one can be told."""
    told = {at: role for at, one in enumerate(findings) if (role := _beside(text, one))}
    of_word = {
        word: role for at, role in told.items() for word in _words(findings[at]) if role in _ROLES
    }
    return tuple(
        replace(one, suggestion=told.get(at) or _elsewhere(text, one, of_word))
        if _open(one)
        else one
        for at, one in enumerate(findings)
    )


_ROLES: Final = frozenset({_PATIENT, _RELATIVE, _COLLEAGUE})


def _open(one: Finding) -> bool:
    return one.kind is Kind.NAME and one.suggestion in _OPEN and one.start is not None


def _beside(text: str, one: Finding) -> str | None:
    """What the words right before and behind a name say."""
    if not _open(one) or one.start is None:
        return None
    if doctor := _BY_A_DOCTOR.match(one.text or ""):
        return f"{doctor[1] or ''}{_COLLEAGUE}"
    before, after = text[: one.start][-_NEAR:], text[one.end or one.start :][:_NEAR]
    if _RELATIVE_BEFORE.search(before) or _RELATIVE_AFTER.match(after):
        return _RELATIVE
    if _COLLEAGUE_BEFORE.search(before) or _COLLEAGUE_AFTER.match(after):
        return _COLLEAGUE
    if _SAID_BEFORE.search(before):
        return "[name]"
    if "^" in (one.text or ""):
        return _PATIENT  # written as a record writes it
    if one.suggestion == "[name]" and (_NAMED_BEFORE.search(before) or _PATIENT_AFTER.match(after)):
        return _PATIENT
    return None


def _elsewhere(text: str, one: Finding, of_word: dict[str, str]) -> str | None:
    """The role of the same name at another place, or what the sentence is about."""
    if one.suggestion != "[name]":
        return one.suggestion
    known = {of_word[word] for word in _words(one) if word in of_word}
    if len(known) == 1:
        return known.pop()
    return _PATIENT if _ILL.search(_sentence(text, one)) else one.suggestion


def _sentence(text: str, one: Finding) -> str:
    start, end = one.start or 0, one.end or 0
    before, after = text[max(0, start - _FAR) : start], text[end : end + _FAR]
    breaks = [match.end() for match in _SENTENCE.finditer(before)]
    stop = _SENTENCE.search(after)
    return before[breaks[-1] if breaks else 0 :] + after[: stop.start() if stop else None]


def _words(one: Finding) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", (one.text or "").casefold()))
