"""Forms: what is missing from an Action, asked for in pages of at most five fields.

A `Form` is what a handler answers with; a `FormView` is one page of it as an adapter shows it, with
a key that brings the answers back to the same Action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.people import Account, MemberId
from bot.errors import DeclarationError
from bot.ui.action import Action, Field, Option, Upload, asked_fields, fields_of
from bot.ui.limits import LIMITS
from bot.ui.words import Msg, Words, _


@dataclass(frozen=True, slots=True)
class Picked:
    """A person picked in a native control, before the core knows which member that is. `guest`: the
    platform says that they may look here, and no more."""

    account: Account
    name: str
    guest: bool = False


Raw: TypeAlias = str | int | bool | tuple[str, ...] | tuple[Upload, ...] | tuple[Picked, ...]
"""What came in for one field, before it is parsed."""


@dataclass(frozen=True)
class Form:
    """Asks for `asks` of an Action; `given` are typed values that are known already.

    A given value of an asked field stands in its input at first; the others travel unseen. `title`
    and `send` take no arguments. Raises DeclarationError if a name does not fit.
    """

    title: Msg
    action: type[Action]
    asks: tuple[str, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict[str, object])
    intro: Words | None = None
    send: Msg = field(default_factory=lambda: _("Send"))
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Of a field's closed list, the choices that are shown here; what comes back is checked by the
    handler all the same."""

    def __post_init__(self) -> None:
        known = fields_of(self.action)
        if self.title.arguments or self.send.arguments:
            raise DeclarationError("a form's title takes no arguments")
        if not self.asks:
            object.__setattr__(
                self, "asks", tuple(shown.name for shown in asked_fields(self.action))
            )
        for name in (*self.asks, *self.given):
            if name not in known:
                raise DeclarationError(f"{self.action.__name__} has no field {name}")
        for name in self.only:
            if name not in self.asks:
                raise DeclarationError(f"{self.action.__name__}.{name} is not asked for")
        for name in self.asks:
            if known[name].ask is None:
                raise DeclarationError(f"{self.action.__name__}.{name} cannot be asked for")

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        """Field names by page, five at most."""
        size = LIMITS.page_fields
        return tuple(self.asks[start : start + size] for start in range(0, len(self.asks), size))


@dataclass(frozen=True)
class ShownField:
    """One input of a page. `id` is the option's name; `value` what stands in it at first."""

    field: Field
    value: Raw | None = None
    options: tuple[Option, ...] = ()
    """The choices, where the list is closed or was completed for this person."""
    problem: Msg | None = None

    @property
    def id(self) -> str:
        """The name of the option, on every platform."""
        return self.field.name


@dataclass(frozen=True)
class FormView:
    """One page (or, with `Can.LONG_FORM`, all pages) as an adapter shows it.

    `key` is at most 100 characters and is handed back with the answers.
    """

    key: str
    title: Msg
    fields: tuple[ShownField, ...]
    send: Msg
    intro: Words | None = None
    page: int = 1
    pages: int = 1
    memory_only: bool = False
    """What is typed here may not be written anywhere, by an adapter's client either."""


def member_values(raw: Raw | None, known: Mapping[Account, MemberId]) -> tuple[MemberId, ...]:
    """The members behind picked accounts; unknown accounts are left out."""
    if not isinstance(raw, tuple):
        return ()
    return tuple(
        known[one.account] for one in raw if isinstance(one, Picked) and one.account in known
    )
