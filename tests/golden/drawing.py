"""Screens as text: in each platform's own terms, and as plain words to be read aloud."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from adapters.discord.controls import view_of
from adapters.discord.dialect import Registered
from adapters.discord.forms import modal_of
from adapters.discord.render import sheets
from adapters.preview.people import CAN as PREVIEW_CAN
from adapters.preview.people import PERSONAS, People
from adapters.preview.render import Choices, body_of, form_json
from adapters.preview.world import CHANNELS
from adapters.slack.forms import view_of as slack_view
from adapters.slack.people import CAN as SLACK_CAN
from adapters.slack.render import reader_of, render
from adapters.slack.spot import Spot
from bot.runtime.screen import FormScreen, Screen, Shown, Voice
from bot.ui.language import plainly
from bot.ui.parts import (
    Audience,
    Button,
    Can,
    Divider,
    Facts,
    File,
    Link,
    Select,
    SettledPart,
    Style,
    Text,
)
from bot.ui.words import Words
from tests.golden.walk import Platform

NAMES = ("Ana", "Ben", "Mia", "Gus")
PLATFORMS = {
    "discord": Platform(
        "discord",
        "9",
        frozenset({Can.FILE_IN_COMMAND}),
        {name: f"10{number}" for number, name in enumerate(NAMES)},
    ),
    "slack": Platform(
        "slack", "T1", SLACK_CAN, {name: f"U{number}" for number, name in enumerate(NAMES)}
    ),
    "preview": Platform(
        "preview",
        "preview",
        PREVIEW_CAN,
        dict(zip(("Ana", "Ben", "Mia", "Gus"),
                 ("trainee", "trainee-2", "moderator", "guest"), strict=True)),
    ),
}  # fmt: skip
_SECRET = re.compile(r'"[A-Za-z0-9_-]{9,}"(?=[,\]])|(?<=fo\.)[^\s"]+')
"""Ids of drafts, which are new each time."""


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, so that they can be read."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def on_discord(shown: Shown) -> object:
    if isinstance(shown, FormScreen):
        modal = modal_of(shown).to_dict()
        return {"form": modal["title"], "fields": [_bare(one) for one in modal["components"]]}
    found: list[object] = []
    for sheet in sheets(shown, Registered(), layout=False):
        view = view_of(sheet)
        message: dict[str, object] = {} if sheet.layout else {"content": sheet.content}
        if view is not None:
            message["components"] = [_bare(one) for one in view.to_components()]
        if sheet.files:
            message["files"] = [file.name for file in sheet.files]
        found.append(message)
    return {"seen by": _seen_by(shown), "messages": found}


def on_slack(shown: Shown) -> object:
    if isinstance(shown, FormScreen):
        reader = reader_of(Screen((), shown.voice), "T1", "ir-")
        view = slack_view(shown, reader, {"hours host"}, Spot("U0", "C1", None), None)
        return {"form": view["title"]["text"], "blocks": [_bare(one) for one in view["blocks"]]}
    rendered = render(shown, reader_of(shown, "T1", "ir-"))
    return {
        "seen by": _seen_by(shown),
        "messages": [[_bare(block) for block in one.blocks] for one in rendered.messages],
        **({"files": [file.name for file in rendered.files]} if rendered.files else {}),
    }


def in_preview(shown: Shown) -> object:
    if isinstance(shown, FormScreen):
        form = form_json(shown, Choices(People(PERSONAS), CHANNELS))
        fields: Any = form["fields"]
        kept = ("id", "kind", "label", "hint", "required", "value", "problem")
        return {
            "form": form["title"],
            "intro": _joined(form["intro"]),
            "fields": [
                {key: _joined(one[key]) for key in kept if one[key] not in (None, [], "")}
                for one in fields
            ],
        }
    parts: list[Any] = json.loads(json.dumps(body_of(shown).parts))
    return {"seen by": _seen_by(shown), "parts": [_short(part) for part in parts]}


def in_words(shown: Shown) -> str:
    """Nothing but what is read."""
    voice = shown.voice
    if isinstance(shown, FormScreen):
        form = shown.form
        lines = [f"FORM {_say(form.title, voice)}"]
        if form.intro:
            lines.append(_say(form.intro, voice))
        for one in form.fields:
            ask = one.field.ask
            label = _say(ask.label, voice) if ask else one.id
            hint = f" ({_say(ask.hint, voice)})" if ask and ask.hint else ""
            wanted = "" if one.field.required else ", may stay empty"
            value = f": {one.value}" if one.value not in (None, ()) else ""
            lines.append(f"  {label}{hint}{wanted}{value}")
            if one.problem:
                lines.append(f"    ! {_say(one.problem, voice)}")
        return "\n".join([*lines, f"[{_say(form.send, voice)}]"])
    return "\n".join(_line(part, voice) for part in shown.parts)


def _line(part: SettledPart, voice: Voice) -> str:
    match part:
        case Text(body, Style.HEADING):
            return f"# {_say(body, voice)}"
        case Text(body):
            return _say(body, voice)
        case Facts(rows):
            return "\n".join(f"  {_say(a, voice)}: {_say(b, voice)}" for a, b in rows)
        case Button(label) | Link(label):
            return f"[{_say(label, voice)}]"
        case File(name, _content, _type, about):
            return f"<{name}> {_say(about, voice)}"
        case Divider():
            return "---"
        case Select(label, _does, _fills, options):
            offered = ", ".join(_say(option.label, voice) for option in options)
            return f"[{_say(label, voice)}: {offered}]"
        case _:
            raise AssertionError(f"no screen has had {part} so far: draw it")


def _say(words: Words, voice: Voice) -> str:
    return plainly(words, voice.catalogue, voice.zone)


DRAWN: Mapping[str, Callable[[Shown], object]] = {
    "discord": on_discord,
    "slack": on_slack,
    "preview": in_preview,
}


def page(draw: Callable[[Shown], object], scenes: list[tuple[str, Shown]]) -> str:
    """A chapter as one text."""
    blocks: list[str] = []
    for title, shown in scenes:
        drawn = draw(shown)
        if not isinstance(drawn, str):
            drawn = yaml.dump(drawn, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96)
        blocks.append(f"=== {title}\n{drawn.rstrip()}\n")
    return _SECRET.sub("...", "\n".join(blocks))


def _seen_by(screen: Screen) -> str:
    return "one" if screen.audience is Audience.ONLY_YOU else "all"


def _bare(component: Any) -> Any:
    """Without what only machines read."""
    if isinstance(component, list):
        return [_bare(one) for one in component]
    if not isinstance(component, dict):
        return component
    if isinstance(component.get("text"), str) and set(component) <= _TEXT_OBJECT:
        return component["text"]
    if "value" in component and set(component) <= _OPTION:
        label = _bare(component.get("label") or component.get("text"))
        return f"{label} *" if component.get("default") else label
    shown = {key: _bare(value) for key, value in component.items() if key not in _DULL}
    if isinstance(kind := shown.get("type"), int):
        shown["type"] = _KINDS.get(kind, kind)
    return {key: value for key, value in shown.items() if value not in (None, False, [], {})}


_TEXT_OBJECT = {"type", "text", "emoji", "verbatim"}
_OPTION = {"value", "label", "text", "default", "description"}
_DULL = {"emoji", "action_id", "id", "verbatim"}
_KINDS = {
    1: "row", 2: "button", 3: "list", 4: "text", 5: "people", 6: "roles", 8: "channels",
    9: "section", 10: "words", 11: "thumbnail", 12: "pictures", 13: "file", 14: "line",
    17: "box", 18: "label", 19: "upload", 21: "radio", 22: "boxes", 23: "checkbox",
}  # fmt: skip
"""Discord's numbers."""


def _joined(words: Any) -> Any:
    if isinstance(words, list) and all(isinstance(one, str | dict) for one in words):
        return "".join(one if isinstance(one, str) else _atom(one) for one in words)
    return words


def _atom(atom: dict[str, Any]) -> str:
    return str(next(atom[key] for key in ("text", "name", "at") if key in atom))


def _short(part: Any) -> Any:
    match part["part"]:
        case "text":
            return {part["style"]: _joined(part["words"])}
        case "facts":
            return {"facts": {_joined(label): _joined(value) for label, value in part["rows"]}}
        case "row":
            return {"row": [_short(item) for item in part["items"]]}
        case "button":
            return {f"{part['look']} button": part["label"], "wire": part["wire"]}
        case "link":
            return {"link": part["label"], "url": part["url"]}
        case "file":
            return {"file": part["name"], "about": part["about"]}
        case _:
            return part
