"""Actions as short text and back: what a button carries.

`oh.join.1[2,"k3f9"]` is tag, version, then a JSON list: the community, then the fields in
declaration order, with defaults at the end left out. A list to choose from adds `#field`, the field
that the choice fills. At most 100 characters. Tags are never reused. A payload proves no right:
whoever presses is checked again.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.moment import Moment
from bot.domain.people import CommunityId
from bot.domain.wall_clock import wall_at
from bot.errors import StaleControl
from bot.ui.action import Action, Field, Kind, fields_of, made, value_in
from bot.ui.limits import LIMITS

UNKNOWN_COMMUNITY = CommunityId(99_999_999)
"""Stands in for the community where only the shape of a payload matters; as long as any can be."""

_WIRE = re.compile(
    r"(?P<tag>[a-z]{1,4}\.[a-z_]{1,14}\.[0-9]{1,2})(?P<values>\[.*\])(?:#(?P<fills>[a-z_]{1,20}))?",
    re.DOTALL,
)
_DEEPEST = 4
_COMPACT = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload taken apart, its values still unchecked."""

    tag: str
    values: list[object]
    fills: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A payload read: the Action, its community, and the field that a choice fills."""

    action: Action
    community: CommunityId
    fills: str | None


def to_wire(action: Action, community: CommunityId, fills: str | None = None) -> str:
    """The payload of `action`; ValueError if it would not fit."""
    text = action.tag + pack([community, *encode(action)]) + (f"#{fills}" if fills else "")
    if len(text) > LIMITS.wire:
        raise ValueError(f"{type(action).__name__} does not fit a button: {len(text)} characters")
    return text


def pack(values: Sequence[object]) -> str:
    """Compact JSON."""
    return _COMPACT.encode(values)


def split_wire(text: str) -> Payload:
    """A payload taken apart. Raises StaleControl for anything else."""
    found = _WIRE.fullmatch(text)
    if found is None or len(text) > LIMITS.wire:
        raise StaleControl("not a payload")
    try:
        values = json.loads(found["values"])
    except (ValueError, RecursionError) as error:
        raise StaleControl("payload is not JSON") from error
    if _depth(values) > _DEEPEST:
        raise StaleControl("payload is too deep")
    return Payload(found["tag"], cast(list[object], values), found["fills"])


def _depth(value: object) -> int:
    if isinstance(value, list):
        return 1 + max((_depth(part) for part in cast(list[object], value)), default=0)
    return 1 if not isinstance(value, dict) else _DEEPEST + 1


def from_wire(text: str, actions: Mapping[str, type[Action]]) -> Asked:
    """What a payload asks for. Raises StaleControl if this version cannot read it."""
    payload = split_wire(text)
    action = actions.get(payload.tag)
    if action is None:
        raise StaleControl("no such payload in this version")
    if not payload.values or type(payload.values[0]) is not int:
        raise StaleControl("payload names no community")
    if payload.fills is not None and payload.fills not in fields_of(action):
        raise StaleControl("payload fills no field of the record")
    community = CommunityId(payload.values[0])
    return Asked(decode(action, payload.values[1:]), community, payload.fills)


def encode(action: Action) -> list[object]:
    """The values of an Action's fields as JSON, without the defaults at the end."""
    declared = list(fields_of(type(action)).values())
    while declared and _is_default(declared[-1], value_in(action, declared[-1])):
        declared.pop()
    return [encode_value(field, value_in(action, field)) for field in declared]


def _is_default(field: Field, value: object) -> bool:
    return not field.required and type(value) is type(field.default) and value == field.default


def decode(action: type[Action], values: Sequence[object]) -> Action:
    """An Action from the values that `encode` gave. Raises StaleControl."""
    declared = list(fields_of(action).values())
    if len(values) > len(declared):
        raise StaleControl("payload has more fields than the record")
    given = {
        field.name: decode_value(field, value)
        for field, value in zip(declared, values, strict=False)
    }
    if any(field.required and field.name not in given for field in declared):
        raise StaleControl("payload lacks a field")
    return made(action, given)


def encode_value(field: Field, value: object) -> object:
    """One value as JSON; files never travel."""
    if value is None:
        return None
    match value:
        case Moment():
            kept = [int(value.at.timestamp()), value.zone.key]
            plain = value.wall == wall_at(value.at, value.zone)
            return kept if plain else [*kept, value.wall.isoformat()]
        case date():
            return value.isoformat()
        case enum.Enum():
            return value.value
        case tuple() if field.kind is not Kind.FILES:
            items = cast(tuple[object, ...], value)
            return [item.value if isinstance(item, enum.Enum) else item for item in items]
        case str() | int():
            return value
        case _:
            raise ValueError(f"{field.name} cannot travel in a button")


def decode_value(field: Field, value: object) -> object:
    """One value from JSON, checked against the field's declared type. Raises StaleControl."""
    if value is None and (field.optional or field.default is None):
        return None
    try:
        return _decoded(field, value)
    except (ValueError, TypeError, OverflowError, OSError, ZoneInfoNotFoundError) as error:
        raise StaleControl(f"{field.name} does not fit its record") from error


def _decoded(field: Field, value: object) -> object:
    match field.kind, value:
        case ((Kind.TEXT | Kind.CHANNEL | Kind.ROLE), str()):
            return value
        case ((Kind.WHOLE | Kind.MEMBER), int()) if not isinstance(value, bool):
            if abs(value) >= 2**63:
                raise ValueError("a number beyond every column")
            return value
        case Kind.YES_NO, bool():
            return value
        case Kind.CHOICE, str() | int():
            return _one_of(field.type, value)
        case ((Kind.CHOICES | Kind.MEMBERS), list()):
            inner = get_args(field.type)[0]
            return tuple(_one_of(inner, item) for item in cast(list[object], value))
        case Kind.DAY, str():
            return date.fromisoformat(value)
        case Kind.MOMENT, [int() as seconds, str() as key]:
            at, zone = datetime.fromtimestamp(seconds, UTC), ZoneInfo(key)
            return Moment(at, zone, wall_at(at, zone))
        case Kind.MOMENT, [int() as seconds, str() as key, str() as typed]:
            # In the hour that clocks jump over: no clock shows what was typed.
            wall = datetime.fromisoformat(typed).replace(tzinfo=None)
            return Moment(datetime.fromtimestamp(seconds, UTC), ZoneInfo(key), wall)
        case _:
            raise ValueError("another type than declared")


def _one_of(inner: Any, value: object) -> object:
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return inner(value)
    if inner is str and not isinstance(value, str):
        raise ValueError("not text")
    if inner is not str and (type(value) is not int or abs(value) >= 2**63):
        raise ValueError("not an id")
    return value


def with_choice(action: Action, fills: str, chosen: tuple[str, ...]) -> Action:
    """An Action of a list, with the values that were chosen from it. Raises StaleControl."""
    field = fields_of(type(action))[fills]
    raw: object = list(chosen) if field.kind.many else (chosen[0] if chosen else None)
    return replace(action, **{field.attribute: decode_value(field, raw)})
