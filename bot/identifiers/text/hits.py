"""What a finder hands to the engine, and the piece of text it looks at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.allowed import MEETING, PATIENT, allowed_spans
from bot.identifiers.text.features import Seen
from bot.identifiers.text.tagger import Tag, tag
from bot.identifiers.text.tokens import Token, tokenize

_SENTENCE_END: Final = re.compile(
    r"(?<![A-Z.][a-z])(?<!\b[A-Za-zÀ-ÿ])(?<!Prof)(?:(?<!\d)[.!?]|(?<=\d)[.!?](?=\s+[A-ZÀ-Þ]))(?=\s)|\n"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of the plain text that identifies somebody. `sure` is 0 to 1; `rank` decides between
    overlapping hits (higher wins)."""

    kind: Kind
    start: int
    end: int
    why: str
    sure: float = 0.9
    rank: int = 5
    doubtful: bool = False


@dataclass(slots=True)
class Reading:
    """One text in plain spelling, with tokens, tags and sentence borders computed once."""

    text: str
    tokens: list[Token] = field(default_factory=lambda: [])
    seen: Seen = field(init=False)
    tags: Sequence[Tag] = field(init=False)
    starts: list[int] = field(init=False)
    borders: list[int] = field(init=False)
    harmless: bytearray = field(init=False)
    meetings: list[int] = field(init=False)
    patients: list[int] = field(init=False)
    slips: int = 0
    """How many words were already looked at for slips of the pen, which takes time."""

    def __post_init__(self) -> None:
        self.tokens = tokenize(self.text)
        self.seen = Seen(self.tokens)
        self.tags = tag(self.seen)
        self.starts = [token.start for token in self.tokens]
        self.borders = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        self.harmless = bytearray(len(self.text))
        for start, end in allowed_spans(self.text):
            self.harmless[start:end] = b"\x01" * (end - start)
        self.meetings = [match.start() for match in MEETING.finditer(self.text)]
        self.patients = [match.start() for match in PATIENT.finditer(self.text)]

    def sentence(self, at: int) -> tuple[int, int]:
        """The borders of the sentence around an offset."""
        place = bisect_right(self.borders, at)
        start = self.borders[place - 1] if place else 0
        end = self.borders[place] if place < len(self.borders) else len(self.text)
        return max(start, at - 400), min(end, at + 400)

    def token_at(self, offset: int) -> int:
        """The number of the token that begins at or before an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def is_allowed(self, start: int, end: int) -> bool:
        """Whether most of a piece lies in something known to be harmless (a dose, a DOI)."""
        return self.harmless.count(1, start, end) > (end - start) // 2

    def is_event(self, at: int) -> bool:
        """Whether a date or place belongs to a meeting or a paper: that word of its sentence is nearer
        than any of a patient."""
        begin, stop = self.sentence(at)
        meeting = _nearest(self.meetings, at, begin, stop)
        return meeting is not None and meeting <= (_nearest(self.patients, at, begin, stop) or 999)

    def of_patient(self, at: int) -> bool:
        """Whether the sentence speaks of a patient."""
        begin, stop = self.sentence(at)
        return _nearest(self.patients, at, begin, stop) is not None

    def before(self, at: int, width: int = 40) -> str:
        """The text in front of an offset, small, on the same line."""
        piece = self.text[max(0, at - width) : at]
        return piece[piece.rfind("\n") + 1 :].lower()

    def after(self, at: int, width: int = 30) -> str:
        """The text behind an offset, small, on the same line."""
        piece = self.text[at : at + width]
        cut = piece.find("\n")
        return (piece if cut < 0 else piece[:cut]).lower()


def _nearest(places: Sequence[int], at: int, begin: int, stop: int) -> int | None:
    """The distance to the nearest of the sorted places within a sentence."""
    right = bisect_right(places, at)
    near = [
        abs(other - at) for other in places[max(0, right - 1) : right + 1] if begin <= other < stop
    ]
    return min(near, default=None)
