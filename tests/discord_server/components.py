"""Walking component trees, wherever a component may sit: rows, sections, containers, labels."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

Json = dict[str, Any]


class Kind(IntEnum):
    """Discord's component types."""

    ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO = 21
    CHECKBOXES = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {
        Kind.STRING_SELECT,
        Kind.USER_SELECT,
        Kind.ROLE_SELECT,
        Kind.MENTIONABLE_SELECT,
        Kind.CHANNEL_SELECT,
    }
)
LINK, PREMIUM = 5, 6


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component of a message or modal, nested ones too, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            inner = component.get(key)
            if isinstance(inner, dict):
                yield from walk([inner])


def texts(components: list[Json]) -> list[str]:
    """The words of the text displays."""
    return [c["content"] for c in walk(components) if c["type"] == Kind.TEXT]


def number(components: list[Json]) -> list[Json]:
    """A copy in which every component has an id, as Discord fills in what the bot left out."""
    taken = {c["id"] for c in walk(components) if c.get("id")}
    count = 0

    def fill(component: Json) -> Json:
        nonlocal count
        out = dict(component)
        if not out.get("id"):
            count += 1
            while count in taken:
                count += 1
            out["id"] = count
        if isinstance(out.get("components"), list):
            out["components"] = [fill(c) for c in out["components"]]
        for key in ("accessory", "component"):
            if isinstance(out.get(key), dict):
                out[key] = fill(out[key])
        return out

    return [fill(c) for c in components]
