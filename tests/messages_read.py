"""What a screen says, as plain text, and the payloads of its buttons by their labels."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.runtime.screen import Screen, Shown
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Facts, Select, Text
from bot.ui.words import Words

_ZONE = ZoneInfo("Europe/London")


def plain(words: Words) -> str:
    return plainly(words, catalogue("en"), _ZONE)


def said(shown: Shown) -> str:
    """Every word of a screen, buttons in square brackets."""
    assert isinstance(shown, Screen), shown
    lines: list[str] = []
    for part in shown.parts:
        match part:
            case Text(body):
                lines.append(plain(body))
            case Facts(rows):
                lines += [f"{plain(label)}: {plain(value)}" for label, value in rows]
            case Button(label) | Select(label):
                lines.append(f"[{plain(label)}]")
            case _:
                pass
    return "\n".join(lines)


def wire(shown: Shown, label: str, number: int = 0) -> str:
    """The payload of a control, the first with that label or a later one."""
    assert isinstance(shown, Screen), shown
    found = [
        part
        for part in shown.parts
        if isinstance(part, Button | Select) and plain(part.label) == label
    ]
    assert len(found) > number, f"no {label!r} in {said(shown)}"
    return shown.voice.wire(found[number])
