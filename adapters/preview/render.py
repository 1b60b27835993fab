"""Screens and forms as JSON for the page. Pure: no world, no web, no markup.

Words stay lists of pieces; the page sets each as text and never as markup. Files and pictures are
taken out and referred to by number, so that the page fetches them like any other file.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import assert_never, get_args

from adapters.preview.people import PLACE, PLATFORM, ROLES, People
from adapters.preview.world import JSON, Blob, Body, Channel
from bot.runtime.registry import Registry
from bot.runtime.screen import FormScreen, Screen, Voice
from bot.ui.action import Field, Kind, Option, Upload, asked_fields
from bot.ui.form import Picked, Raw, ShownField
from bot.ui.language import GettextCatalogue, plainly
from bot.ui.parts import (
    Button,
    Divider,
    Drawing,
    Facts,
    File,
    Hidden,
    Image,
    Link,
    Select,
    SettledPart,
    Text,
)
from bot.ui.words import (
    CHANNEL_ELSEWHERE,
    Atom,
    Catalogue,
    Code,
    HasRole,
    InChannel,
    Msg,
    Person,
    Slash,
    Strong,
    Typed,
    When,
    Words,
    pieces,
)

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def picture_type(content: bytes) -> str:
    """The type of a picture by its first bytes; anything else is never shown inline."""
    for start, media_type in _PICTURES:
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"


def words_json(words: Words, catalogue: Catalogue) -> list[object]:
    """A sentence as literal strings and atoms, in reading order."""
    return [piece if isinstance(piece, str) else _atom(piece) for piece in pieces(words, catalogue)]


def _atom(atom: Atom) -> JSON:
    match atom:
        case Typed(text):
            return {"is": "typed", "text": text}
        case Strong(text):
            return {"is": "strong", "text": text}
        case Code(text):
            return {"is": "code", "text": text}
        case Slash(name, rest):
            return {"is": "slash", "text": f"/{name} {rest}".rstrip()}
        case When():
            return _when(atom)
        case Person():
            return _person(atom)
        case InChannel(ref):
            if atom.elsewhere(PLATFORM):
                return {"is": "typed", "text": CHANNEL_ELSEWHERE.text}
            return {"is": "typed", "text": f"#{ref}"}
        case HasRole(ref):
            return {"is": "typed", "text": f"@{ROLES.get(ref, ref)}"}


def _when(when: When) -> JSON:
    found: JSON = {"is": "when", "at": when.at.isoformat(), "date": when.with_date}
    return found if when.with_time else {**found, "time": False}


def _person(person: Person) -> JSON:
    here = [one.user for one in person.who.accounts if one.platform == PLATFORM]
    return {
        "is": "person",
        "name": person.who.name,
        "id": here[0] if here else None,
        "ping": person.ping,
    }


class _Renderer:
    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.blobs: list[Blob] = []
        self.wires: set[str] = set()

    def parts(self, parts: Iterable[SettledPart]) -> list[JSON]:
        found: list[JSON] = []
        for part in parts:
            made = self.part(part)
            if isinstance(part, Button | Link):
                # Neighbouring buttons stand in one row.
                if found and found[-1]["part"] == "row":
                    row = found[-1]["items"]
                    if isinstance(row, list):
                        row.append(made)
                    continue
                made = {"part": "row", "items": [made]}
            found.append(made)
        return found

    def part(self, part: SettledPart) -> JSON:
        match part:
            case Text():
                style = part.style.name.lower()
                return {"part": "text", "style": style, "words": self._words(part.body)}
            case When():
                return {"part": "when", **_when(part)}
            case Person():
                return {"part": "person", **_person(part)}
            case Facts():
                rows = [[self._words(label), self._words(value)] for label, value in part.rows]
                return {"part": "facts", "rows": rows}
            case Button():
                return {
                    "part": "button",
                    "label": self._plain(part.label),
                    "look": part.look.name.lower(),
                    "wire": self._wire(part),
                }
            case Link():
                return {"part": "link", "label": self._plain(part.label), "url": part.url}
            case Select():
                return {
                    "part": "select",
                    "label": self._plain(part.label),
                    "options": [self._option(one) for one in part.options],
                    "chosen": list(part.chosen),
                    "most": part.most,
                    "wire": self._wire(part),
                }
            case Image():
                blob = Blob(part.name, part.content, picture_type(part.content))
                alt = plainly(part.alt, self._voice.catalogue, self._voice.zone)
                return {
                    "part": "image",
                    "blob": self._keep(blob),
                    "alt": alt,
                    "draws": None if part.draws is None else self._drawing(part.draws),
                }
            case File():
                blob = Blob(part.name, part.content, part.media_type)
                return {
                    "part": "file",
                    "blob": self._keep(blob),
                    "name": part.name,
                    "size": len(part.content),
                    "about": self._plain(part.about),
                }
            case Hidden():
                label = self._plain(part.label)
                return {"part": "hidden", "label": label, "parts": self.parts(part.parts)}
            case Divider():
                return {"part": "divider"}
            case _:
                assert_never(part)

    def _words(self, words: Words) -> list[object]:
        return words_json(words, self._voice.catalogue)

    def _plain(self, words: Words) -> str:
        return plainly(words, self._voice.catalogue, self._voice.zone)

    def _option(self, option: Option) -> JSON:
        return {"value": option.value, "label": self._plain(option.label)}

    def _drawing(self, drawing: Drawing) -> JSON:
        return {"label": self._plain(drawing.label), "wire": self._wire(drawing)}

    def _wire(self, control: Button | Select | Drawing) -> str:
        wire = self._voice.wire(control)
        self.wires.add(wire)
        return wire

    def _keep(self, blob: Blob) -> int:
        self.blobs.append(blob)
        return len(self.blobs) - 1


def body_of(screen: Screen) -> Body:
    """A screen as the body of a message."""
    renderer = _Renderer(screen.voice)
    parts = renderer.parts(screen.parts)
    return Body(parts, tuple(renderer.blobs), frozenset(renderer.wires), passing=screen.passing)


def pings_of(screen: Screen) -> frozenset[str]:
    """The personas whom a screen pings."""
    found: set[str] = set()

    def look(words: Words) -> None:
        for piece in pieces(words, screen.voice.catalogue):
            if isinstance(piece, Person) and piece.ping:
                found.update(
                    one.user
                    for one in piece.who.accounts
                    if (one.platform, one.workspace) == (PLATFORM, PLACE.workspace)
                )

    for part in screen.parts:
        match part:
            case Text():
                look(part.body)
            case Person():
                look(part)
            case Facts():
                for _label, value in part.rows:
                    look(value)
            case _:
                pass
    return frozenset(found)


def typed_body(text: str, files: Iterable[Upload]) -> Body:
    """What a persona wrote, with the files that came along."""
    parts: list[JSON] = []
    if text:
        words = [{"is": "typed", "text": text}]
        parts.append({"part": "text", "style": "plain", "words": words})
    blobs: list[Blob] = []
    for file in files:
        kind = picture_type(file.content)
        shown = kind.startswith("image/")
        # What the sender says it is does not count.
        blobs.append(Blob(file.name, file.content, kind))
        at = len(blobs) - 1
        if shown:
            parts.append({"part": "image", "blob": at, "alt": ""})
        else:
            size = len(file.content)
            parts.append({"part": "file", "blob": at, "name": file.name, "size": size, "about": ""})
    return Body(parts, tuple(blobs), typed=text)


# Forms and commands -----------------------------------------------------------------------------


class Choices:
    """What the pickers of the preview offer."""

    def __init__(self, people: People, channels: Iterable[Channel]) -> None:
        self._people = people
        self._channels = tuple(channels)

    def of(self, field: Field) -> list[JSON]:
        """The choices for a picker field; empty for other kinds."""
        match field.kind:
            case Kind.MEMBER | Kind.MEMBERS:
                return [{"value": one.id, "label": one.name} for one in self._people]
            case Kind.CHANNEL:
                return [{"value": one.id, "label": f"#{one.id}"} for one in self._channels]
            case Kind.ROLE:
                return [{"value": id, "label": name} for id, name in ROLES.items()]
            case _:
                return []


def form_json(shown: FormScreen, choices: Choices) -> JSON:
    """A form as the page's dialog shows it."""
    form, voice = shown.form, shown.voice
    return {
        "key": form.key,
        "title": plainly(form.title, voice.catalogue, voice.zone),
        "intro": words_json(form.intro, voice.catalogue) if form.intro else [],
        "send": plainly(form.send, voice.catalogue, voice.zone),
        "page": form.page,
        "pages": form.pages,
        "memory_only": form.memory_only,
        "fields": [_shown_field(one, voice, choices) for one in form.fields],
    }


def _shown_field(shown: ShownField, voice: Voice, choices: Choices) -> JSON:
    return {
        **_field(shown.field, voice.catalogue, choices, shown.options),
        "value": _value(shown.value),
        "usual": bool(shown.field.default),
        "kept": _kept_files(shown.value),
        "problem": words_json(shown.problem, voice.catalogue) if shown.problem else None,
    }


def _value(raw: Raw | None) -> object:
    match raw:
        case tuple():
            return [
                one.account.user if isinstance(one, Picked) else one
                for one in raw
                if not isinstance(one, Upload)
            ]
        case _:
            return raw


def _kept_files(raw: Raw | None) -> int:
    return sum(isinstance(one, Upload) for one in raw) if isinstance(raw, tuple) else 0


def _field(
    field: Field, catalogue: GettextCatalogue, choices: Choices, options: tuple[Option, ...]
) -> JSON:
    ask = field.ask
    label: Words = ask.label if ask else Typed(field.name)
    return {
        "id": field.name,
        "kind": field.kind.name.lower(),
        "label": _bare(label, catalogue),
        "hint": words_json(ask.hint, catalogue) if ask and ask.hint else [],
        "required": field.required,
        "least": ask.least if ask else None,
        "most": ask.most if ask else None,
        "lines": ask.lines if ask else 1,
        "suggest": ask.suggest if ask else None,
        "options": choices.of(field) or _options(field, options, catalogue),
    }


def _options(field: Field, options: tuple[Option, ...], catalogue: GettextCatalogue) -> list[JSON]:
    if options:
        return [{"value": one.value, "label": _bare(one.label, catalogue)} for one in options]
    inner = get_args(field.type)[0] if field.kind is Kind.CHOICES else field.type
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return [{"value": str(one.value), "label": str(one.value)} for one in inner]
    return []


def _bare(words: Msg | Typed | Words, catalogue: Catalogue) -> str:
    """Labels hold no moments: text alone."""
    return "".join(
        piece if isinstance(piece, str) else getattr(piece, "text", "")
        for piece in pieces(words, catalogue)
    )


def typed_options(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields that can be typed as options: those with a single value."""
    return tuple(
        one for one in fields if not (one.kind.many or (one.ask is not None and one.ask.form_only))
    )


def entries_json(registry: Registry, catalogue: GettextCatalogue) -> list[Mapping[str, object]]:
    """What stands in the menu of every message."""
    return [
        {
            "name": entry.name,
            "label": _bare(entry.label, catalogue),
            "about": _bare(entry.about, catalogue),
        }
        for entry in registry.entries.values()
    ]


def commands_json(
    registry: Registry, catalogue: GettextCatalogue, choices: Choices
) -> list[Mapping[str, object]]:
    """Every command with its options, for completion and the list of commands."""
    return [
        {
            "name": command.name,
            "about": _bare(command.about, catalogue),
            "files": any(one.kind is Kind.FILES for one in asked_fields(command.action)),
            "options": [
                _field(one, catalogue, choices, one.ask.options if one.ask else ())
                for one in typed_options(asked_fields(command.action))
            ],
        }
        for command in sorted(registry.commands.values(), key=lambda one: one.name)
    ]
