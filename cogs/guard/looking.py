"""What a message holds: each text, file name and file through the search, one after another.

Bytes are in memory for as long as one file is looked through; nothing is kept afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.errors import FileLost
from bot.identifiers.findings import Finding
from bot.identifiers.pictures.sniff import sniff
from bot.identifiers.talk import Weight, weight_of_name, weight_of_picture, weight_of_text
from bot.runtime.caller import Enclosed, Message
from bot.runtime.scanning import Lane, Scanning, Unread
from bot.ui.words import Msg, _

MOST_BYTES: Final = 50 * 1024 * 1024
"""Of one file that nobody asked to have looked at."""
_MOST_TEXT: Final = 400_000
_NEVER: Final = ("audio/", "font/", "application/zip", "application/x-", "application/vnd.")
"""Types that hold neither a picture nor a page that could be read here."""


class _NothingToRead(Exception):
    """A file of a kind that nothing here reads."""


@dataclass(frozen=True)
class Heap:
    """What was found in one part of a message. `where` is that part, in words."""

    where: Msg
    findings: tuple[Finding, ...]
    weight: Weight
    picture: bool = False


@dataclass
class Looked:
    """What was found in a message. `text`: what was found in what its author typed; None: that is
    not known."""

    heaps: list[Heap] = field(default_factory=list[Heap])
    text: tuple[Finding, ...] | None = None
    unread: int = 0
    """Files that should have been looked at and could not be."""

    @property
    def weight(self) -> Weight:
        """The gravest of all parts."""
        return max((heap.weight for heap in self.heaps), default=Weight.NOTHING)


class Looking:
    """Looks into messages, with the pool that everything else shares."""

    def __init__(self, scans: Scanning, lane: Lane = Lane.WATCH) -> None:
        self._scans = scans
        self._lane = lane

    async def look(self, message: Message, parts: Parts) -> Looked:
        """Those parts of a message, words and files."""
        looked = await self.read(message, parts)
        await self.open(looked, parts)
        return looked

    async def read(self, message: Message, parts: Parts) -> Looked:
        """The words alone, which takes no time and no memory."""
        looked = Looked()
        if parts.text:
            looked.text = await self._text(looked, message.text, _("In the text"))
        for text in parts.forwarded:
            await self._text(looked, text, _("In what was forwarded"))
        for text in parts.linked:
            await self._text(looked, text, _("In the preview of a link"), typed=False)
        for _number, file in parts.files:
            await self._name(looked, file)
        return looked

    async def typed(self, looked: Looked, message: Message) -> None:
        """What of the text has to be replaced, where it was looked at before and is not new."""
        if looked.text is None and message.text.strip():
            found = await self._scans.text(message.text, self._lane)
            looked.text = None if isinstance(found, Unread) else found

    async def open(self, looked: Looked, parts: Parts) -> None:
        """The files, one after another; what is found is added."""
        for number, file in parts.files:
            await self._file(looked, file, _where(file, number))

    async def _text(
        self, looked: Looked, text: str, where: Msg, *, typed: bool = True
    ) -> tuple[Finding, ...] | None:
        found = await self._scans.text(text, self._lane)
        if isinstance(found, Unread):
            looked.unread += 1
            return None
        looked.heaps.append(Heap(where, found, weight_of_text(text, found, typed=typed)))
        return found

    async def _name(self, looked: Looked, file: Enclosed) -> None:
        if not file.name:
            return
        found = await self._scans.text(file.name, self._lane, name=True)
        if not isinstance(found, Unread):
            named = _("In the name of a file")
            looked.heaps.append(Heap(named, found, weight_of_name(found)))

    async def _file(self, looked: Looked, file: Enclosed, where: Msg) -> None:
        if file.media_type.startswith(_NEVER) and not _may_be_a_picture(file):
            return
        if file.media_type.startswith("text/"):
            await self._written(looked, file, where)
            return

        async def content() -> bytes:
            data = await file.fetch(MOST_BYTES)
            if sniff(data) is None:
                raise _NothingToRead
            return data

        try:
            if file.size is not None and file.size > MOST_BYTES:
                raise FileLost("too large")
            found = await self._scans.picture(content, None, self._lane)
        except _NothingToRead:
            return
        except FileLost:
            looked.unread += not file.linked
            return
        if isinstance(found, Unread):
            looked.unread += not file.linked
            return
        weight = weight_of_picture(found.findings, linked=file.linked)
        looked.heaps.append(Heap(where, found.findings, weight, picture=True))

    async def _written(self, looked: Looked, file: Enclosed, where: Msg) -> None:
        """A long message becomes a file of text on some platforms."""
        try:
            data = await file.fetch(_MOST_TEXT)
        except FileLost:
            looked.unread += 1
            return
        await self._text(looked, data.decode("utf-8", "replace"), where)


@dataclass(frozen=True)
class Parts:
    """What of a message is to be looked at; files with their number, from 1."""

    text: bool
    forwarded: Sequence[str]
    linked: Sequence[str]
    files: Sequence[tuple[int, Enclosed]]

    @property
    def none(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.text or self.forwarded or self.linked or self.files)


def everything(message: Message) -> Parts:
    """All of a message."""
    return Parts(
        bool(message.text.strip()),
        message.forwarded,
        message.linked,
        tuple(enumerate(message.files, start=1)),
    )


def _where(file: Enclosed, number: int) -> Msg:
    if file.linked:
        return _("In the picture of a link")
    return _("In file {number}", number=number)


def _may_be_a_picture(file: Enclosed) -> bool:
    return file.name.lower().endswith((".dcm", ".dicom", ".png", ".jpg", ".jpeg", ".pdf"))
