"""Findings grown to all of what they name: no half street, half name or half date stays behind.

Looks only at what touches a finding: a degree, an initial, a particle, a flat, a weekday. It finds nothing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.hits import Hit

_DAYS: Final = (
    r"(?:oster|pfingst|rosen)(?:montag|sonntag|samstag)|karfreitag|gr[üu]ndonnerstag|easter (?:sunday|monday)|good friday|boxing day|new year'?s (?:eve|day)|christmas (?:eve|day)|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"segunda(?:-feira)?|ter[çc]a(?:-feira)?|quarta(?:-feira)?|quinta(?:-feira)?|sexta(?:-feira)?|"
    r"(?:lun|mer|jeu|ven|sam|dim|mi[ée]|jue|vie|s[áa]b|dom)\.?|(?-i:(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?)"
)
_FLAT: Final = r"(?:flat|apt\.?|apartment|unit|suite|ste\.?|room|floor|level|apto\.?|piso|whg\.?|wohnung|app(?:t|artement)\.?|b[âa]t(?:iment)?\.?)"
_HOUSE: Final = r"(?:House|Cottage|Lodge|Farm|Manor|Towers?|Building|Residence|Apartments|Assisted Living|Care Home|Nursing Home|Park)"
_BEFORE: Final = {
    Kind.DATE: re.compile(
        rf"(?<![\w.])(?:(?:{_DAYS}),?\s(?:the\s|den\s|le\s|el\s)?|(?:early|mid|late|mi|mitte|anfang|ende)[\s-]|the\s|\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s?(?:-|to|until|till|bis|al|au|and|und|et|y)\s?)+$",
        re.IGNORECASE,
    ),
    Kind.ADDRESS: re.compile(
        rf"(?:(?<!\w)(?i:{_FLAT})\s?#?\w{{1,4}}(?:,\s?|\s)|(?<!\w)(?:[A-Z][\w']+\s){{1,3}}{_HOUSE},?\s)+$"
    ),
    Kind.NAME: re.compile(r"(?<![\w'])(?:(?:van|von|zu|ter|ten|bin|ibn)\s(?:de[rnm]?\s|la\s)?)$"),
    Kind.DEVICE_ID: re.compile(r"(?<!\w)(?:s/?n|serial|ser|lot|ref)[.:# ]{0,3}$", re.IGNORECASE),
    Kind.HEALTH_ID: re.compile(r"(?<![\w-])(?:(?!MRN|SSN|NHS|DOB|NIR|AHV|CNS)[A-Z]{3} |(?:\d{1,4} )+)$"),
}  # fmt: skip
_AFTER: Final = {
    Kind.NAME: re.compile(
        r"(?:(?<= [A-Z])\.(?=[\s,;:)]|$)|(?: [B-HJ-Z]\.?| [AI]\.)(?=[,;:)]|\s+(?!\d)|$)(?! [A-Z]\.))?(?:,? (?:M\.?D\.?|m\.?d\.|md|D\.?O\.?|Ph\.?D\.?|RN|NP|PA-C|FRCR|MBBS|FACR|FSIR|CRNA|Jr\.?|Sr\.|III)(?!\w))*"
    ),
    Kind.ADDRESS: re.compile(rf"(?:,?\s(?i:{_FLAT})\s?#?\w{{1,4}}(?!\w))?"),
    Kind.HEALTH_ID: re.compile(r"(?: \d{1,4}){0,5}(?![\w/.:-]\d|\w)"),
}
_GIVEN: Final = re.compile(r", [A-ZÀ-Þ'-]{3,}(?=[.;\n]|$|,? (?:\d|MRN|DOB|AGE|[A-Z][a-z]+:))")
_BETWEEN: Final = {
    Kind.NAME: re.compile(
        r"(?: |-| [\"'“(][^\W\d_][\w'-]{1,20}[\"'”)] | (?:van|von|de|der|den|del|la|di|da|dos|ten|ter|bin|ibn|al|el|zu)(?: (?:der|den|la|los|las))? )"
    ),
    Kind.ADDRESS: re.compile(r",? |,?\n"),
    Kind.DATE: re.compile(r"(?:,? )"),
}


def whole(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """The hits of a text, in order and without overlaps, each grown; neighbours of one kind that are one thing become one."""
    grown: list[Hit] = []
    rest = sorted(hits, key=lambda hit: hit.start)
    for at, hit in enumerate(rest):
        low = grown[-1].end if grown else 0
        high = rest[at + 1].start if at + 1 < len(rest) else len(text)
        grown.append(_grown(text, hit, low, high))
    return _joined(text, grown)


def _grown(text: str, hit: Hit, low: int, high: int) -> Hit:
    start, end = hit.start, hit.end
    if (before := _BEFORE.get(hit.kind)) and (
        found := before.search(text, max(low, start - 60), start)
    ):
        start = found.start()
    if (after := _AFTER.get(hit.kind)) and (found := after.match(text, end)):
        end = min(high, found.end())
    if hit.kind is Kind.NAME and hit.rank == 7 and text[start:end].isupper():
        if found := _GIVEN.match(text, end):  # behind a label: family name, given name
            end = min(high, found.end())
    return hit if (start, end) == (hit.start, hit.end) else replace(hit, start=start, end=end)


def _joined(text: str, hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    commas = _pairs(text, hits)
    for hit in hits:
        last = kept[-1] if kept else None
        between = _BETWEEN.get(hit.kind)
        if last and last.kind is hit.kind and between:
            gap = text[last.end : hit.start]
            if hit.start <= last.end or between.fullmatch(gap) or (last.end, hit.start) in commas:
                kept[-1] = replace(
                    last, end=hit.end, sure=max(last.sure, hit.sure), rank=max(last.rank, hit.rank),
                    doubtful=last.doubtful and hit.doubtful,
                )  # fmt: skip
                continue
        kept.append(hit)
    return kept


def _pairs(text: str, hits: list[Hit]) -> set[tuple[int, int]]:
    """Where one comma stands between two names: "Patel, Selamawit". In a list of people there are more."""
    names = [hit for hit in hits if hit.kind is Kind.NAME]
    gaps = [text[one.end : two.start] for one, two in pairwise(names)]
    found: set[tuple[int, int]] = set()
    for at, gap in enumerate(gaps):
        near = gaps[at - 1] if at else "", gaps[at + 1] if at + 1 < len(gaps) else ""
        if gap == ", " and not any(len(other) < 8 and other.strip() for other in near):
            found.add((names[at].end, names[at + 1].start))
    return found
