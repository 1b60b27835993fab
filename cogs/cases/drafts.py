"""Cases on their way, in the memory of this process: files, words, what was found and chosen.

A draft belongs to one member and lives for an hour; one that is too many or too large makes the
oldest go. Nothing here is ever written anywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.domain.cases import CaseId
from bot.domain.people import Account, CommunityId, MemberId, Place
from bot.identifiers.findings import Finding
from bot.identifiers.text import replacements
from bot.runtime.caller import Caller
from bot.services.cases.content import Content, Picture
from cogs.cases.actions import SayHow
from cogs.cases.looking import Looked

KEPT: Final = timedelta(hours=1)
_MOST_BYTES: Final = 400 * 1024 * 1024
_MOST_EACH: Final = 3
FIELDS: Final = ("title", "teaching", "question", "history")


@dataclass(frozen=True)
class Draft:
    """One case that is being prepared. `as_written`: numbers of findings in words that stay.

    `content`: exactly what was shown to its author last. `case`: it answers a second reader.
    """

    id: str
    member: MemberId
    community: CommunityId
    account: Account
    place: Place
    channel: str
    expires: datetime
    looked: tuple[Looked, ...] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    found: Mapping[str, tuple[Finding, ...]] = field(repr=False)
    as_written: frozenset[int] = frozenset()
    how: SayHow | None = field(default=None, repr=False)
    content: Content | None = None
    pictures: tuple[Picture, ...] = ()
    """Covered before, of a case that a second reader sent back."""
    case: CaseId | None = None

    @property
    def passing(self) -> str:
        """The word under which its previews are shown."""
        return f"case {self.id}"

    @property
    def size(self) -> int:
        """Bytes, about."""
        files = sum(
            len(one.upload.content) + len(one.outcome.copy or b"") * 2 for one in self.looked
        )
        return files + sum(len(one.content) for one in self.pictures)

    @property
    def mark(self) -> str:
        """What a yes is about: the bytes, and how they are posted. Empty before they were shown."""
        if self.content is None or self.how is None:
            return ""
        how = self.how
        return f"{self.content.mark}{how.anonymous:d}{how.reader:d}{how.time.value[0]}"

    @property
    def next_number(self) -> int:
        """The first number that no finding in a file has."""
        return max((one.first + len(one.findings) for one in self.looked), default=1)

    @property
    def numbered_words(self) -> tuple[tuple[int, str, Finding], ...]:
        """Findings in words: number, which field, finding; numbers follow those of the files."""
        number = self.next_number
        listed: list[tuple[int, str, Finding]] = []
        for name in FIELDS:
            for finding in self.found.get(name, ()):
                listed.append((number, name, finding))
                number += 1
        return tuple(listed)

    def said(self, name: str) -> str:
        """A text with everything replaced that is to be replaced."""
        gone = [
            one
            for number, where, one in self.numbered_words
            if where == name and number not in self.as_written
        ]
        return replacements(self.texts.get(name, ""), gone)

    def sheet(self, number: int) -> Looked | None:
        """One of its files."""
        return next((one for one in self.looked if one.number == number), None)

    def with_sheet(self, sheet: Looked) -> Draft:
        """The draft with another state of a file; what was agreed to before counts no more."""
        looked = tuple(sheet if one.number == sheet.number else one for one in self.looked)
        return replace(self, looked=looked, content=None)

    @property
    def ready(self) -> tuple[Picture, ...]:
        """The covered copies under neutral names; fewer than files if one cannot be handed out."""
        covered = tuple(
            Picture(f"case-{one.number}{one.outcome.suffix}", one.outcome.copy, "")
            for one in self.looked
            if one.outcome.copy is not None
        )
        pictures = self.pictures + covered
        said = alternatives("" if self.how is None else self.how.alt, len(pictures))
        return tuple(replace(one, alt=alt) for one, alt in zip(pictures, said, strict=True))

    def made(self) -> Content:
        """What would be posted."""
        return Content(
            self.said("title"),
            self.said("teaching"),
            self.said("question"),
            self.said("history"),
            self.ready,
        )

    @property
    def kinds(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Kinds that were found, and kinds of what its author wants to show all the same."""
        found: list[str] = []
        kept: list[str] = []
        for one in self.looked:
            found += [finding.kind.value for finding in one.findings]
            kept += [finding.kind.value for number, finding in one.boxed if number in one.shown]
        for number, _name, finding in self.numbered_words:
            found.append(finding.kind.value)
            if number in self.as_written:
                kept.append(finding.kind.value)
        return tuple(sorted(set(found))), tuple(sorted(set(kept)))

    @property
    def drawn(self) -> int:
        """Places covered by hand."""
        return sum(len(one.drawn) for one in self.looked)


def alternatives(text: str, count: int) -> tuple[str, ...]:
    """What each of `count` pictures shows in words: a line each where there are as many lines; else
    everything is said once, with the first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == count:
        return tuple(lines)
    return (text, *[""] * (count - 1))[:count]


class Drafts:
    """Every draft of this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._drafts: dict[str, Draft] = {}
        self._left: list[tuple[Account, str]] = []

    def start(
        self,
        caller: Caller,
        place: Place,
        channel: str,
        looked: tuple[Looked, ...],
        texts: Mapping[str, str],
        found: Mapping[str, tuple[Finding, ...]],
    ) -> Draft:
        """A new one; the oldest of this member, or of all, make room."""
        draft = Draft(
            secrets.token_urlsafe(9),
            caller.member,
            caller.community,
            caller.account,
            place,
            channel,
            self._clock.now() + KEPT,
            looked,
            texts,
            found,
        )
        mine = [one.id for one in self._drafts.values() if one.member == caller.member]
        for id in mine[: max(0, len(mine) + 1 - _MOST_EACH)]:
            self._leave(id)
        while self._drafts and self._size() + draft.size > _MOST_BYTES:
            self._leave(next(iter(self._drafts)))
        self._drafts[draft.id] = draft
        return draft

    def find(self, caller: Caller, id: str) -> Draft | None:
        """This member's draft; None if it is gone."""
        found = self._drafts.get(id)
        if found is None or found.member != caller.member or found.expires <= self._clock.now():
            return None
        return found

    def keep(self, draft: Draft) -> Draft:
        """Another state of it; it lives an hour from now."""
        draft = replace(draft, expires=self._clock.now() + KEPT)
        self._drafts.pop(draft.id, None)
        self._drafts[draft.id] = draft
        return draft

    def take(self, draft: Draft) -> bool:
        """It goes; False if it went before."""
        return self._drafts.pop(draft.id, None) is not None

    def gone(self) -> tuple[tuple[Account, str], ...]:
        """Whose drafts went since this was last asked, and under which word their screens are
        shown: those whose hour is over, and those that made room."""
        now = self._clock.now()
        for id in [one.id for one in self._drafts.values() if one.expires <= now]:
            self._leave(id)
        left, self._left = tuple(self._left), []
        return left

    def _leave(self, id: str) -> None:
        draft = self._drafts.pop(id)
        self._left.append((draft.account, draft.passing))

    def _size(self) -> int:
        return sum(one.size for one in self._drafts.values())
