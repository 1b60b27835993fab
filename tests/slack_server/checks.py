"""Small building blocks for checking JSON by hand: what Block Kit needs and no more.

A check is a function `(value, pointer, found)` that appends a sentence in Slack's own wording to
`found` for everything wrong. It knows nothing about blocks.
"""

from collections.abc import Callable, Mapping
from typing import Any

Found = list[str]
Check = Callable[[Any, str, Found], None]


def wrong(found: Found, pointer: str, sentence: str) -> None:
    """Record one problem the way Slack words it."""
    found.append(f"{sentence} [json-pointer:{pointer}]")


def string(most: int, least: int = 0) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, str):
            wrong(found, pointer, "must be a string")
        elif len(value) < least:
            wrong(found, pointer, f"must be more than {least - 1} characters")
        elif len(value) > most:
            wrong(found, pointer, f"must be less than {most + 1} characters")

    return check


def boolean(value: Any, pointer: str, found: Found) -> None:
    """True or false."""
    if not isinstance(value, bool):
        wrong(found, pointer, "must be a boolean")


def integer(least: int, most: int) -> Check:
    """A whole number between both ends."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            wrong(found, pointer, "must be an integer")
        elif not least <= value <= most:
            wrong(found, pointer, f"must be between {least} and {most}")

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if value not in allowed:
            wrong(found, pointer, f"must be one of {', '.join(allowed)}")

    return check


def anything(value: Any, pointer: str, found: Found) -> None:
    """Whatever it is, it passes: parts that Slack checks and we do not use."""


def many(item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items that each pass `item`."""

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, list):
            wrong(found, pointer, "must be an array")
            return
        if len(value) > most:
            wrong(found, pointer, f"no more than {most} items allowed")
        if len(value) < least:
            wrong(found, pointer, f"no fewer than {least} items allowed")
        for place, entry in enumerate(value):
            item(entry, f"{pointer}/{place}", found)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str, found: Found) -> None:
        if not isinstance(value, dict):
            wrong(found, pointer, "must provide an object")
            return
        for name in required:
            if name not in value:
                wrong(found, pointer, f"missing required field: {name}")
        for name, entry in value.items():
            if name not in known:
                wrong(found, pointer, f"invalid additional property: {name}")
            else:
                known[name](entry, f"{pointer}/{name}", found)

    return check


def by_type(kinds: Mapping[str, Check], only: frozenset[str] | None = None) -> Check:
    """An object checked by what its `type` says; `only` narrows which types may stand here."""

    def check(value: Any, pointer: str, found: Found) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            wrong(found, pointer, "missing required field: type")
        elif kind not in kinds or (only is not None and kind not in only):
            wrong(found, f"{pointer}/type", f"unsupported type: {kind}")
        else:
            kinds[kind](value, pointer, found)

    return check


def both(*checks: Check) -> Check:
    """Everything that each of these asks for."""

    def check(value: Any, pointer: str, found: Found) -> None:
        for each in checks:
            each(value, pointer, found)

    return check
