"""Screens as Slack shows them: Parts to blocks, split to fit, with words for those who see none.

Pure: says what should be sent where, and sends nothing. Limits are Slack's own (Block Kit
reference): see `LIMITS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from adapters.slack.dialect import Reader, cut, escape, shortened
from bot.runtime.screen import Screen
from bot.ui.action import Option
from bot.ui.parts import (
    Audience,
    Button,
    Divider,
    Facts,
    File,
    Hidden,
    Image,
    Link,
    Look,
    Select,
    SettledPart,
    Style,
    Text,
)
from bot.ui.words import Msg, Person, Typed, When, Words, _

Block: TypeAlias = dict[str, Any]
Attachment: TypeAlias = Image | File


@dataclass(frozen=True, slots=True)
class Limits:
    """Slack's limits: characters unless the name says otherwise."""

    message_blocks: int = 50
    view_blocks: int = 100
    message_text: int = 12_000
    """All text of a message's blocks together; Slack refuses above 13,200."""
    fallback: int = 3_900
    """`text`; chat.update takes 4,000."""
    section: int = 3_000
    header: int = 150
    button: int = 75
    option: int = 75
    option_value: int = 150
    placeholder: int = 150
    row: int = 5
    """Buttons side by side; Slack takes 25, people do not."""
    alt_text: int = 1_000
    title: int = 100


LIMITS = Limits()


@dataclass(frozen=True)
class Message:
    """One message: blocks, and the same in words for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Rendered:
    """What a screen becomes. `below` goes into the thread of the first message."""

    messages: tuple[Message, ...]
    files: tuple[Attachment, ...] = ()
    below: tuple[Message, ...] = ()
    files_below: tuple[Attachment, ...] = ()
    passing: str | None = None


@dataclass(frozen=True)
class _Piece:
    block: Block
    words: str

    @property
    def size(self) -> int:
        return sum(len(text) for text in _texts(self.block))


def reader_of(screen: Screen, workspace: str, prefix: str) -> Reader:
    """Whose eyes a screen is for."""
    return Reader(screen.voice, workspace, prefix, screen.audience is Audience.CHANNEL)


def render(screen: Screen, reader: Reader) -> Rendered:
    """A screen as messages, with what has to be uploaded and what goes into the thread."""
    hidden = [part for part in screen.parts if isinstance(part, Hidden)]
    files = [part for part in screen.parts if isinstance(part, (Image, File))]
    below: list[SettledPart] = []
    if reader.public:
        below = [one for part in hidden for one in (Text(part.label), *part.parts)]
    else:
        files += [one for part in hidden for one in part.parts if isinstance(one, Image)]
    return Rendered(
        tuple(_packed(_pieces(screen.parts, reader))),
        tuple(files),
        tuple(_packed(_pieces(below, reader))),
        tuple(part for part in below if isinstance(part, Image)),
        screen.passing,
    )


def home_blocks(screen: Screen, reader: Reader) -> list[Block]:
    """The same for App Home, which is one surface; what does not fit is left for the commands."""
    blocks = [piece.block for piece in _pieces(screen.parts, reader)]
    return blocks[: LIMITS.view_blocks]


def _pieces(parts: Iterable[SettledPart], reader: Reader) -> list[_Piece]:
    found: list[_Piece] = []
    row: list[_Piece] = []

    def end_row() -> None:
        if row:
            found.append(
                _Piece(
                    {"type": "actions", "elements": [piece.block for piece in row]},
                    " ".join(piece.words for piece in row),
                )
            )
            row.clear()

    for part in parts:
        element = _element(part, reader)
        if element is None or len(row) == LIMITS.row:
            end_row()
        if element is not None:
            row.append(element)
        else:
            found.extend(_blocks(part, reader))
    end_row()
    return found


def _element(part: SettledPart, reader: Reader) -> _Piece | None:
    """Parts that stand side by side in one row."""
    match part:
        case Button(label, _does, look):
            wire = reader.voice.wire(part)
            text = shortened(reader.plain(label), LIMITS.button)
            block: Block = {
                "type": "button",
                "text": plain_text(text),
                "action_id": wire,
                "value": wire,
            }
            if look is not Look.PLAIN:
                block["style"] = "primary" if look is Look.MAIN else "danger"
            return _Piece(block, f"[{text}]")
        case Link(label, url):
            text = shortened(reader.plain(label), LIMITS.button)
            return _Piece(
                {"type": "button", "text": plain_text(text), "url": url}, f"[{text}] {url}"
            )
        case Select(label, _does, _fills, options, chosen, 1):
            shown = [option_object(option, reader) for option in options]
            block = {
                "type": "static_select",
                "action_id": reader.voice.wire(part),
                "placeholder": plain_text(shortened(reader.plain(label), LIMITS.placeholder)),
                "options": shown,
            }
            first = [option for option in shown if option["value"] in chosen]
            if first:
                block["initial_option"] = first[0]
            return _Piece(block, f"[{reader.plain(label)}]")
        case _:
            return None


def _blocks(part: SettledPart, reader: Reader) -> Iterable[_Piece]:
    match part:
        case Text(body, style):
            return _text(body, style, reader)
        case When() | Person():
            return _text(part, Style.PLAIN, reader)
        case Facts(rows):
            # Joined here because the label is a sentence of its own, spoken like any other.
            lines = [
                (f"*{reader.mrkdwn(label)}* {reader.mrkdwn(value)}", _row(label, value, reader))
                for label, value in rows
            ]
            return _sections("\n".join(one for one, _two in lines), "\n".join(p for _m, p in lines))
        case Select():
            return [_many_select(part, reader)]
        case Hidden(label, parts):
            if reader.public:
                note = _("{label}: in the thread below", label=label)
                return _text(note, Style.QUIET, reader)
            shown = tuple(one for one in parts if not isinstance(one, Image))
            name = _sections(f"*{reader.mrkdwn(label)}*", reader.plain(label))
            return [*name, *_pieces(shown, reader)]
        case Divider():
            return [_Piece({"type": "divider"}, "")]
        case Image() | File() | Button() | Link():
            return ()
        case _:
            assert_never(part)


def _row(label: Msg, value: Words, reader: Reader) -> str:
    return f"{reader.plain(label)} {reader.plain(value)}"


def _text(body: Words, style: Style, reader: Reader) -> list[_Piece]:
    words = reader.plain(body)
    if style is Style.HEADING and 0 < len(words.strip()) <= LIMITS.header:
        return [_Piece({"type": "header", "text": plain_text(words.strip())}, words)]
    marked = reader.mrkdwn(body)
    if style is Style.QUIET:
        return [
            _Piece({"type": "context", "elements": [mrkdwn(piece)]}, words if first else "")
            for first, piece in _numbered(cut(marked, LIMITS.section))
        ]
    return _sections(marked, words)


def _sections(marked: str, words: str) -> list[_Piece]:
    """Sections, as many as the text needs; the words go with the first."""
    return [
        _Piece({"type": "section", "text": mrkdwn(piece)}, words if first else "")
        for first, piece in _numbered(cut(marked, LIMITS.section))
    ]


def _numbered(pieces: Sequence[str]) -> Iterable[tuple[bool, str]]:
    return ((place == 0, piece) for place, piece in enumerate(pieces))


def _many_select(part: Select, reader: Reader) -> _Piece:
    shown = [option_object(option, reader) for option in part.options]
    element: Block = {
        "type": "multi_static_select",
        "action_id": reader.voice.wire(part),
        "placeholder": plain_text(shortened(reader.plain(part.label), LIMITS.placeholder)),
        "options": shown,
        "max_selected_items": part.most,
    }
    first = [option for option in shown if option["value"] in part.chosen]
    if first:
        element["initial_options"] = first
    label = reader.mrkdwn(part.label)
    block: Block = {"type": "section", "text": mrkdwn(label), "accessory": element}
    return _Piece(block, reader.plain(part.label))


def option_object(option: Option, reader: Reader) -> Block:
    """One choice of a list."""
    label = shortened(reader.plain(option.label), LIMITS.option)
    return {"text": plain_text(label), "value": option.value[: LIMITS.option_value]}


def typed_option(value: str) -> Block:
    """A choice known by its value alone."""
    label = shortened(value, LIMITS.option)
    return {"text": plain_text(label), "value": value[: LIMITS.option_value]}


def plain_text(text: str) -> Block:
    """A text object without markup; `:words:` stay words."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Block:
    """A text object with markup that was made here; Slack is told to find none of its own."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _packed(pieces: Sequence[_Piece]) -> Iterable[Message]:
    """Pieces in messages that Slack takes, in order."""
    current: list[_Piece] = []
    size = 0
    for piece in pieces:
        full = len(current) == LIMITS.message_blocks or size + piece.size > LIMITS.message_text
        if current and full:
            yield _message(current)
            current, size = [], 0
        current.append(piece)
        size += piece.size
    if current:
        yield _message(current)


def _message(pieces: Sequence[_Piece]) -> Message:
    words = "\n".join(piece.words for piece in pieces if piece.words.strip())
    text = cut(escape(words), LIMITS.fallback)
    return Message(text[0] if text else "…", tuple(piece.block for piece in pieces))


def _texts(part: object) -> Iterable[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        else:
            for value in part.values():
                yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def note(reader: Reader, says: Words) -> Message:
    """One sentence as a message."""
    return next(iter(_packed(_pieces((Text(says),), reader))))


def about(part: Attachment, reader: Reader) -> str:
    """What an upload is called and described as; never its content."""
    says: Words = part.alt if isinstance(part, Image) else part.about
    return reader.plain(says) or reader.plain(Typed(part.name))
