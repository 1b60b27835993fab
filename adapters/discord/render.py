"""Screens as Discord messages: pure values, checked against Discord's limits, several if need be.

Classic content with rows of controls where all text comes before all controls; Components V2 where
text and controls interleave or pictures and lines need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never
from urllib.parse import urlsplit

from adapters.discord.dialect import Markdown, Registered
from adapters.discord.escaping import one_line
from adapters.discord.splitting import split
from bot.runtime.screen import Screen, Voice
from bot.ui.language import plainly
from bot.ui.parts import (
    Button,
    Divider,
    Facts,
    File,
    Hidden,
    Image,
    Link,
    Select,
    SettledPart,
    Style,
    Text,
)
from bot.ui.words import Person, Typed, When, Words, _

CONTENT, LAYOUT_TEXT, COMPONENTS, ROWS, ROW, FILES = 2000, 4000, 40, 5, 5, 10
COVER = 1800
"""A covered text is split before it is covered, so that no half of it shows."""
DESCRIPTION, ADDRESS = 1024, 512
_MENTION = re.compile(r"<@(\d+)>")
NOTHING = "\u2013"
"""Stands for a text of which nothing can be seen."""

Control: TypeAlias = Button | Link | Select


@dataclass(frozen=True)
class Attached:
    """A file to send along."""

    name: str
    content: bytes
    about: str

    def __repr__(self) -> str:
        return f"Attached({len(self.content)} bytes)"


@dataclass(frozen=True)
class Prose:
    """A piece of markdown."""

    text: str


@dataclass(frozen=True)
class Row:
    """Controls beside each other."""

    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Picture:
    """A picture in its place."""

    file: Attached


@dataclass(frozen=True)
class Enclosed:
    """A file in its place."""

    file: Attached


@dataclass(frozen=True)
class Cover:
    """Words and pictures that stay covered until the reader asks."""

    inside: tuple[Prose | Picture, ...]


@dataclass(frozen=True)
class Line:
    """A line between two groups."""


Block: TypeAlias = Prose | Row | Picture | Enclosed | Cover | Line


@dataclass(frozen=True)
class Sheet:
    """One message. `layout`: Components V2. `pings`: whom it may call."""

    blocks: tuple[Block, ...]
    layout: bool
    voice: Voice
    pings: frozenset[int] = frozenset()

    @property
    def content(self) -> str:
        """The text of a classic message."""
        texts = (_classic_text(block) for block in self.blocks)
        return "\n".join(text for text in texts if text)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The controls of a classic message."""
        return tuple(block for block in self.blocks if isinstance(block, Row))

    @property
    def files(self) -> tuple[Attached, ...]:
        """Everything to send along."""
        return tuple(file for block in self.blocks for file in _files(block))


def sheets(screen: Screen, registered: Registered, *, layout: bool = False) -> tuple[Sheet, ...]:
    """The messages that show a screen, in order. `layout`: not as a classic message."""
    speech = Markdown(screen.voice.catalogue, registered)
    blocks = _named(list(_blocks(screen, speech))) or [Prose(NOTHING)]
    pings = frozenset(speech.pings)
    if not layout and _is_classic(blocks):
        packed = _classic(blocks)
    else:
        layout = True
        packed = _layouts(blocks)
    return tuple(Sheet(tuple(each), layout, screen.voice, _called(each, pings)) for each in packed)


def _called(blocks: Iterable[Block], pings: frozenset[int]) -> frozenset[int]:
    """Whom one message of several calls: those it names. Discord takes a hundred for each."""
    named = {int(found) for block in blocks for found in _MENTION.findall(_classic_text(block))}
    return pings & named


# From parts to blocks -----------------------------------------------------------------------------


def _blocks(screen: Screen, speech: Markdown) -> Iterator[Block]:
    row: list[Control] = []
    for part in screen.parts:
        beside = isinstance(part, Button) or (isinstance(part, Link) and _opens(part.url))
        if row and (not beside or len(row) == ROW):
            yield Row(tuple(row))
            row = []
        if beside and isinstance(part, Button | Link):
            row.append(part)
        else:
            yield from _block(part, screen.voice, speech)
    if row:
        yield Row(tuple(row))


def _block(part: SettledPart, voice: Voice, speech: Markdown) -> Iterator[Block]:
    match part:
        case Text() | Facts() | When() | Person():
            yield from _spoken(part, speech)
        case Link(label, url):
            yield Prose(speech.say(_("{label}: {address}", label=label, address=Typed(url))))
        case Button() | Select():
            yield Row((part,))
        case Image(name, content, alt):
            yield Picture(Attached(_file_name(name), content, _alt(alt, voice)))
        case File(name, content, _media_type, about):
            yield Prose(f"-# {one_line(speech.say(about))}")
            yield Enclosed(Attached(_file_name(name), content, _alt(about, voice)))
        case Hidden(label, parts):
            inside = tuple(_inside(parts, voice, speech))
            if inside:
                yield Prose(speech.strong(plainly(label, voice.catalogue, voice.zone)))
                yield Cover(inside)
        case Divider():
            yield Line()
        case _:
            assert_never(part)


def _inside(
    parts: tuple[Text | Facts | Image, ...], voice: Voice, speech: Markdown
) -> Iterator[Prose | Picture]:
    for part in parts:
        if isinstance(part, Image):
            yield Picture(Attached(_file_name(part.name), part.content, _alt(part.alt, voice)))
            continue
        for words in _spoken(part, speech):
            for piece in split(words.text, COVER):
                yield Prose(piece)


def _spoken(part: Text | Facts | When | Person, speech: Markdown) -> Iterator[Prose]:
    match part:
        case Text(body, style):
            said = speech.say(body)
            if said:
                yield Prose(_styled(said, style))
        case Facts(rows):
            lines = [f"**{speech.say(label)}:** {speech.say(value)}" for label, value in rows]
            if lines:
                yield Prose("\n".join(lines))
        case When() | Person():
            yield Prose(speech.say(part))


def _styled(said: str, style: Style) -> str:
    match style:
        case Style.PLAIN:
            return said
        case Style.HEADING:
            return f"### {' '.join(said.split())}"
        case Style.QUIET:
            return "\n".join(f"-# {line}" for line in said.splitlines() if line.strip())


def _opens(url: str) -> bool:
    """Whether Discord takes the address for a button; a whole message is refused otherwise."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return len(url) <= ADDRESS and "." in host and not re.search(r"[\s<>\"\\^`{|}]", url)


def _alt(words: Words, voice: Voice) -> str:
    return one_line(plainly(words, voice.catalogue, voice.zone))[:DESCRIPTION]


def _file_name(name: str) -> str:
    """A name that Discord leaves as it is, so that a message can refer to it."""
    kept = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else "-" for one in name
    )
    return kept.strip("-.")[-80:] or "file"


def _named(blocks: list[Block]) -> list[Block]:
    """The same blocks with file names that differ from each other."""
    taken: set[str] = set()

    def own(file: Attached) -> Attached:
        name, count = file.name, 1
        while name in taken:
            count += 1
            name = f"{count}-{file.name}"
        taken.add(name)
        return replace(file, name=name)

    named: list[Block] = []
    for block in blocks:
        match block:
            case Picture(file):
                named.append(Picture(own(file)))
            case Enclosed(file):
                named.append(Enclosed(own(file)))
            case Cover(inside):
                named.append(
                    Cover(
                        tuple(
                            Picture(own(one.file)) if isinstance(one, Picture) else one
                            for one in inside
                        )
                    )
                )
            case _:
                named.append(block)
    return named


# From blocks to messages --------------------------------------------------------------------------


def _is_classic(blocks: list[Block]) -> bool:
    rows = [index for index, block in enumerate(blocks) if isinstance(block, Row)]
    said = [index for index, block in enumerate(blocks) if not isinstance(block, Row)]
    pictures = any(
        isinstance(block, Picture | Line)
        or (isinstance(block, Cover) and any(isinstance(one, Picture) for one in block.inside))
        for block in blocks
    )
    return bool(said) and not pictures and len(rows) <= ROWS and (not rows or said[-1] < rows[0])


def _classic_text(block: Block) -> str:
    match block:
        case Prose(text):
            return text
        case Cover(inside):
            return "\n".join(f"||{one.text}||" for one in inside if isinstance(one, Prose))
        case _:
            return ""


def _classic(blocks: list[Block]) -> list[list[Block]]:
    """Text is split where it must be; the controls stand below the last of it."""
    packed: list[list[Block]] = [[]]
    length = files = 0
    for block in _cut(blocks, CONTENT):
        size = len(_classic_text(block))
        more = len(_files(block))
        if packed[-1] and (length + size + 1 > CONTENT or files + more > FILES):
            packed.append([])
            length = files = 0
        packed[-1].append(block)
        length += size + 1 if size else 0
        files += more
    return packed


def _layouts(blocks: list[Block]) -> list[list[Block]]:
    packed: list[list[Block]] = [[]]
    length = count = files = 0
    for block in _cut(blocks, LAYOUT_TEXT):
        size, cost, more = _length(block), _cost(block), len(_files(block))
        last = packed[-1][-1] if packed[-1] else None
        joins = isinstance(last, Prose) and isinstance(block, Prose)
        if packed[-1] and (
            length + size + 1 > LAYOUT_TEXT or count + cost > COMPONENTS or files + more > FILES
        ):
            packed.append([])
            length = count = files = 0
            joins = False
        if joins and isinstance(last, Prose) and isinstance(block, Prose):
            packed[-1][-1] = Prose(f"{last.text}\n{block.text}")
            cost = 0
        else:
            packed[-1].append(block)
        length += size + 1
        count += cost
        files += more
    return packed


def _cut(blocks: list[Block], most: int) -> Iterator[Block]:
    """Blocks none of which is too large for a message of its own."""
    for block in blocks:
        match block:
            case Prose(text):
                yield from (Prose(piece) for piece in split(text, most))
            case Cover(inside) if len(_classic_text(block)) > most or len(inside) > FILES:
                yield from (Cover((one,)) for one in inside)
            case _:
                yield block


def _length(block: Block) -> int:
    match block:
        case Prose(text):
            return len(text)
        case Cover(inside):
            return sum(len(one.text) for one in inside if isinstance(one, Prose))
        case _:
            return 0


def _cost(block: Block) -> int:
    match block:
        case Row(controls):
            return 1 + len(controls)
        case Cover(inside):
            return 1 + len(inside)
        case _:
            return 1


def _files(block: Block) -> tuple[Attached, ...]:
    match block:
        case Picture(file) | Enclosed(file):
            return (file,)
        case Cover(inside):
            return tuple(one.file for one in inside if isinstance(one, Picture))
        case _:
            return ()
