"""Actions: what somebody asks for, as a frozen record that a command, a button and a form all fill.

    @dataclass(frozen=True)
    class JoinSession(Action, tag="oh.join.1"):
        session: Annotated[str, Ask(_("Session"), suggest="session")]
        about: Annotated[str | None, Ask(_("What you want to talk about"), most=300)] = None

An option whose name Python keeps for itself has an underscore behind it in the record only:
`from_` is the option `from`. Fields with an `Ask` are shown to people; the others travel only in
buttons and need a default unless every maker of the Action sets them. The kind of a field
follows from its type.
"""

from __future__ import annotations

import enum
import functools
import keyword
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Annotated, Any, ClassVar, NewType, Union, get_args, get_origin

from bot.domain.moment import Moment
from bot.domain.people import MemberId
from bot.errors import DeclarationError
from bot.ui.words import Msg, Typed

ChannelRef = NewType("ChannelRef", str)
"""A channel of the place where the request was made, by its platform id."""
RoleRef = NewType("RoleRef", str)
"""A platform role of the place where the request was made, by its id."""

_TAG = re.compile(r"[a-z]{1,4}\.[a-z_]{1,14}\.[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person handed over: in memory only, for this request only."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"

    def __repr__(self) -> str:
        # Names and pixels never reach a log, not even through a traceback.
        return f"Upload({len(self.content)} bytes)"


class Kind(enum.Enum):
    """What a person is asked for; each adapter has a native control for each."""

    TEXT = enum.auto()
    WHOLE = enum.auto()
    YES_NO = enum.auto()
    CHOICE = enum.auto()
    CHOICES = enum.auto()
    MOMENT = enum.auto()
    DAY = enum.auto()
    MEMBER = enum.auto()
    MEMBERS = enum.auto()
    CHANNEL = enum.auto()
    ROLE = enum.auto()
    FILES = enum.auto()

    @property
    def many(self) -> bool:
        """Whether the answer is a list."""
        return self in (Kind.CHOICES, Kind.MEMBERS, Kind.FILES)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a closed list: what is kept and what is read."""

    value: str
    label: Msg | Typed


@dataclass(frozen=True, slots=True)
class Ask:
    """How a field is asked for.

    `least` and `most` bound the characters of a text, the value of a number, or how many may be
    chosen. `suggest` names a completer of the registry, for lists that only the store knows.
    `acts`: whoever is picked will have something to do here, so guests cannot be.
    """

    label: Msg
    hint: Msg | None = None
    least: int | None = None
    most: int | None = None
    lines: int = 1
    options: tuple[Option, ...] = ()
    suggest: str | None = None
    form_only: bool = False
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an Action, read from its declaration. `name` is the option's name, `attribute`
    that in the record: the same, except for Python's own words."""

    name: str
    attribute: str
    kind: Kind
    type: Any
    ask: Ask | None
    required: bool
    optional: bool
    default: object


@dataclass(frozen=True)
class Action:
    """Base of every request; subclasses are frozen dataclasses with a wire tag of their own."""

    tag: ClassVar[str]
    memory_only: ClassVar[bool]
    """What is typed for it may hold what concerns a patient: half-filled, it lives in this process
    alone and is written nowhere."""

    def __init_subclass__(cls, *, tag: str, memory_only: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not _TAG.fullmatch(tag):
            raise DeclarationError(f"{cls.__name__}: {tag!r} is not a tag such as 'oh.join.1'")
        cls.tag = tag
        cls.memory_only = memory_only


@functools.cache
def fields_of(action: type[Action]) -> Mapping[str, Field]:
    """The fields of an Action by name, in declaration order."""
    hints = typing.get_type_hints(action, include_extras=True)
    found: dict[str, Field] = {}
    for raw in fields(typing.cast(Any, action)):
        ask: Ask | None = None
        hint = hints[raw.name]
        if get_origin(hint) is Annotated:
            hint, *notes = get_args(hint)
            ask = next((note for note in notes if isinstance(note, Ask)), None)
        hint, optional = _without_none(hint)
        default = raw.default
        if raw.default_factory is not MISSING:
            default = raw.default_factory()
        kind = _kind(action, raw.name, hint, ask)
        name = raw.name.rstrip("_")
        attribute = f"{name}_" if keyword.iskeyword(name) else name
        found[name] = Field(name, attribute, kind, hint, ask, default is MISSING, optional, default)
        if attribute != raw.name:
            raise DeclarationError(f"{action.__name__}.{raw.name}: no underscore is needed")
    return types.MappingProxyType(found)


def made(action: type[Action], values: Mapping[str, object]) -> Action:
    """An Action from values by option name."""
    declared = fields_of(action)
    return action(**{declared[name].attribute: value for name, value in values.items()})


def value_in(action: Action, field: Field) -> object:
    """The value of one field of an Action."""
    return getattr(action, field.attribute)


def members_in(action: Action) -> frozenset[MemberId]:
    """Whoever an Action names."""
    named: set[MemberId] = set()
    for field in fields_of(type(action)).values():
        value = value_in(action, field)
        if field.kind is Kind.MEMBER and value is not None:
            named.add(typing.cast(MemberId, value))
        elif field.kind is Kind.MEMBERS:
            named.update(typing.cast(tuple[MemberId, ...], value))
    return frozenset(named)


def asked_fields(action: type[Action]) -> tuple[Field, ...]:
    """The fields that people fill in."""
    return tuple(field for field in fields_of(action).values() if field.ask is not None)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not types.NoneType]
        if len(rest) == 1:
            return rest[0], True
    return hint, False


_SIMPLE: Mapping[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.WHOLE,
    bool: Kind.YES_NO,
    Moment: Kind.MOMENT,
    date: Kind.DAY,
    MemberId: Kind.MEMBER,
    ChannelRef: Kind.CHANNEL,
    RoleRef: Kind.ROLE,
}


def _kind(action: type[Action], name: str, hint: Any, ask: Ask | None) -> Kind:
    closed = ask is not None and bool(ask.options)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is Upload:
            return Kind.FILES
        if inner is MemberId:
            return Kind.MEMBERS
        if inner is str or _is_enum(inner):
            return Kind.CHOICES
    elif _is_enum(hint) or (hint is str and closed):
        return Kind.CHOICE
    elif hint in _SIMPLE:
        return _SIMPLE[hint]
    raise DeclarationError(f"{action.__name__}.{name}: no control for {hint!r}")


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, enum.Enum)
