"""A gentle look at a request before it goes: what a mentor would rather not read first.

Everything here is a hint that the writer may ignore. Patient identifiers are another matter and are
looked for elsewhere. Knows English phrases only; what it does not find proves nothing.
"""

from __future__ import annotations

import enum
import re

SENTENCES = (2, 6)
"""How many sentences in all read well; three to four is what is asked for."""


class Hint(enum.Enum):
    """What might be said differently."""

    LETTER = enum.auto()
    """A letter or a position is the first thing asked for."""
    RANKING = enum.auto()
    """Talk of rank lists, which the rules of the Match do not allow."""
    FLATTERY = enum.auto()
    """Praise that could be sent to anybody."""
    LONG = enum.auto()
    SHORT = enum.auto()


_LETTER = re.compile(
    r"\b(?:letters? of (?:recommendation|reference|support)|recommendation letters?|"
    r"reference letters?|\blo[rR]s?\b|write (?:me )?an? (?:letter|recommendation)|"
    r"recommend me|vouch for me|put in a (?:good )?word|"
    r"(?:research|fellowship|residency|observership|job|postdoc|faculty)\s+(?:position|spot|slot)|"
    r"hire me|(?:get|give|offer) me an? (?:job|interview|position|spot))\b",
    re.IGNORECASE,
)
_RANKING = re.compile(
    r"\b(?:rank(?:ed|ing|s)?[- ](?:list|order|me|you|your|us|number|#|first|highly|high|to match)|"
    r"ro[lL]\b|rank (?:my|your) program(?:me)?|my (?:number|no\.?|#)\s*(?:one|1)\b|"
    r"where (?:will|would|did) you rank|will you rank|i (?:will|would|plan to) rank|"
    r"commit(?:ment)? to rank|how (?:high|highly) (?:am i|will i be) ranked)",
    re.IGNORECASE,
)
_FLATTERY = re.compile(
    r"\b(?:world[- ]class|world[- ]renowned|renowned|esteemed|illustrious|legend(?:ary)?|"
    r"huge fan|big fan|greatest admirer|admire(?:d)? you(?:r work)? (?:so|very) much|"
    r"it would be (?:an|the) (?:absolute|utmost|greatest) (?:honou?r|privilege)|"
    r"truly inspir(?:ed|ing)|amazing work|incredible (?:work|career)|your excellency|"
    r"dear (?:respected|esteemed|honou?rable))\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?]+(?:\s+|$)|\n+")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|approx|st|dr|mr|mrs|ms|prof|no|dept|univ)\.\s", re.I)


def sentences(text: str) -> int:
    """About how many sentences a text has."""
    even = _ABBREVIATED.sub("x ", f"{text} ")
    return sum(1 for piece in _END.split(even) if piece and any(c.isalnum() for c in piece))


def hints(who: str, why: str, ask: str) -> tuple[Hint, ...]:
    """What the writer might look at again, most important first."""
    whole = f"{who}\n{why}\n{ask}"
    found: list[Hint] = []
    if _RANKING.search(whole):
        found.append(Hint.RANKING)
    if _LETTER.search(ask):
        found.append(Hint.LETTER)
    if _FLATTERY.search(whole):
        found.append(Hint.FLATTERY)
    count = sentences(who) + sentences(why) + sentences(ask)
    if count > SENTENCES[1]:
        found.append(Hint.LONG)
    elif count < SENTENCES[0] or len(whole) < 60:
        found.append(Hint.SHORT)
    return tuple(found)
