"""Every Action there is, by button and by form, for a guest, a member and a moderator alike.

A probe beside the real features offers each Action by itself, filled in with examples, whatever
screens offer it otherwise. What is proven is the way there and back: that the button or form can be
shown on the platform, that the very same Action reaches its handler, that only those may who may,
and that whoever asked reads an answer, alone.
"""

from __future__ import annotations

import enum
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

import pytest_asyncio

from bot.app import registry_of
from bot.clock import Clock
from bot.domain.moment import Moment
from bot.domain.people import MemberId, Role
from bot.domain.wall_clock import wall_at
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Command, Completer, Feature, Group, Handler, Run
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.services.ports import Store
from bot.ui.action import (
    Action,
    Ask,
    ChannelRef,
    Field,
    Kind,
    Option,
    RoleRef,
    asked_fields,
    fields_of,
    value_in,
)
from bot.ui.action import made as made_of
from bot.ui.form import Form
from bot.ui.parts import Audience, Button, Reply, Text
from bot.ui.wire import UNKNOWN_COMMUNITY, to_wire
from bot.ui.words import Typed, _
from tests.contract.fair import AT
from tests.contract.stage import (
    GUEST,
    MEMBER,
    MODERATOR,
    Doc,
    Sheet,
    Stage,
    Value,
    Where,
    Who,
    seen,
    sheet,
)
from tests.contract.stage import Answer as Shown
from tests.contract.stage import Group as SomeGroup
from tests.contract.test_commands import SESSION, code_in

UTC = ZoneInfo("UTC")

ROLES = {
    GUEST: {Role.GUEST},
    MEMBER: {Role.GUEST, Role.MEMBER, Role.HOST, Role.DIRECTORY},
    MODERATOR: {Role.GUEST, Role.MEMBER, Role.HOST, Role.DIRECTORY, Role.MODERATOR},
}
TEXTS = {
    "matter": "request",
    "role": "host",
    "topic": "research",
    "place": "UTC",
    "zone": "UTC",
    "old": "UTC",
    "new": "UTC",
}
EXAMPLE = "An example"
COMPARED = (Kind.TEXT, Kind.WHOLE, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.DAY, Kind.MOMENT)


@dataclass(frozen=True)
class ByButton(Action, tag="pr.button.1"):
    """A screen with a button that does the Action with this tag."""

    which: Annotated[str, Ask(_("Which"))]


@dataclass(frozen=True)
class ByForm(Action, tag="pr.form.1"):
    """The form of the Action with this tag."""

    which: Annotated[str, Ask(_("Which"))]


@dataclass
class Probe:
    """The feature; `ran` is what reached the real handlers."""

    scans: Scanning
    ran: list[Action] = field(default_factory=list[Action])
    registry: Registry | None = None
    session: str = "none"

    def makes(self, store: Store, clock: Clock, _door: object = None) -> Registry:
        real = registry_of(store, clock, self.scans)
        features = [
            replace(
                one,
                handlers=tuple(self._heard(handler) for handler in one.handlers),
                completers=tuple(self._offering(completer) for completer in one.completers),
            )
            for one in real.features
        ]
        probe = Feature(
            "probe",
            handlers=(
                Handler(ByButton, self.by_button, Role.GUEST),
                Handler(ByForm, self.by_form, Role.GUEST, opens=True),
            ),
            commands=(
                Command("probe button", _("A button"), ByButton),
                Command("probe form", _("A form"), ByForm),
            ),
            groups=(Group("probe", _("Offers everything")),),
        )
        self.registry = Registry([*features, probe])
        return self.registry

    def _heard(self, handler: Handler) -> Handler:
        run: Run = handler.run

        async def heard(caller: Caller, action: Any) -> Answer:
            self.ran.append(action)
            return await run(caller, action)

        return replace(handler, run=heard)

    def _offering(self, completer: Completer) -> Completer:
        """Lists of what somebody has offer the examples too: here not everybody has something."""

        async def offered(caller: Caller, text: str) -> tuple[Option, ...]:
            found = await completer.run(caller, text)
            known = {option.value for option in found}
            more = [one for one in (self.session, EXAMPLE) if one not in known]
            return (*found[:20], *(Option(one, Typed(one)) for one in more))

        return replace(completer, run=offered)

    def handlers(self) -> Iterator[Handler]:
        """Of every real Action."""
        assert self.registry is not None
        for handler in self.registry.handlers:
            if handler.action not in (ByButton, ByForm):
                yield handler

    async def by_button(self, caller: Caller, ask: ByButton) -> Reply:
        assert self.registry is not None
        does = self.example(self.registry.actions[ask.which], caller.member)
        return Reply((Text(_("Here it is.")), Button(_("Do it"), does)))

    async def by_form(self, caller: Caller, ask: ByForm) -> Form:
        assert self.registry is not None
        action = self.registry.actions[ask.which]
        unseen = {
            one.name: self.value(one, caller.member)
            for one in fields_of(action).values()
            if one.required and one.ask is None
        }
        return Form(_("A form"), action, given=unseen)

    def example(self, action: type[Action], somebody: MemberId) -> Action:
        """One with something in every field that has to be filled in."""
        required = [one for one in fields_of(action).values() if one.required]
        return made_of(action, {one.name: self.value(one, somebody) for one in required})

    def fits_a_button(self, action: type[Action]) -> bool:
        """Not if it is long, such as a whole session, or needs a file: then there is its form."""
        try:
            to_wire(self.example(action, MemberId(1)), UNKNOWN_COMMUNITY)
        except ValueError:
            return False
        return True

    def typed(self, action: type[Action]) -> dict[str, Value]:
        """What somebody fills into every field of its form."""
        return {one.name: self._native(one) for one in asked_fields(action)}

    def _text(self, field: Field) -> str:
        if field.name == "session":
            return self.session
        # What help is about is chosen among its own topics, of which the example is one here.
        if field.name in TEXTS and not (field.ask and field.ask.suggest == "help"):
            return TEXTS[field.name]
        ask = field.ask or Ask(_("Unseen"))
        return (EXAMPLE * (1 + (ask.least or 0) // len(EXAMPLE)))[: ask.most].strip()

    def value(self, field: Field, somebody: MemberId) -> object:
        match field.kind:
            case Kind.TEXT:
                return self._text(field)
            case Kind.WHOLE:
                return _number(field)
            case Kind.YES_NO:
                return True
            case Kind.CHOICE:
                return _options(field, field.type)[-1]
            case Kind.CHOICES:
                return (_options(field, get_args(field.type)[0])[0],)
            case Kind.MOMENT:
                return Moment(AT, UTC, wall_at(AT, UTC))
            case Kind.DAY:
                return date(2027, 4, 1)
            case Kind.MEMBER:
                return somebody
            case Kind.MEMBERS:
                return (somebody,)
            case Kind.CHANNEL:
                return ChannelRef("1")
            case Kind.ROLE:
                return RoleRef("1")
            case Kind.FILES:
                return ()

    def _native(self, field: Field) -> Value:
        match field.kind:
            case Kind.MEMBER:
                return Who(MODERATOR)
            case Kind.MEMBERS:
                return (Who(MODERATOR),)
            case Kind.CHANNEL:
                return Where()
            case Kind.ROLE:
                return SomeGroup()
            case Kind.FILES:
                return (Doc("a.png", b"AAA"),)
            case Kind.MOMENT:
                return "2027-03-11 18:00"
            case Kind.DAY:
                return "2027-04-01"
            case Kind.CHOICE | Kind.CHOICES:
                value = self.value(field, MemberId(0))
                if isinstance(value, tuple):
                    return tuple(_word(one) for one in value)
                return _word(value)
            case Kind.TEXT | Kind.WHOLE | Kind.YES_NO:
                value = self.value(field, MemberId(0))
                assert isinstance(value, str | int)
                return value


def _number(field: Field) -> int:
    return max((field.ask.least if field.ask else None) or 0, 1)


def _options(field: Field, inner: Any) -> list[Any]:
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        offered = () if field.ask is None else field.ask.options
        return [inner(option.value) for option in offered] or list(inner)
    assert field.ask is not None
    # What a list holds that only its completer knows: each of them has an entry for the rest.
    return [option.value for option in field.ask.options] or ["other"]


def _word(value: object) -> str:
    return str(value.value) if isinstance(value, enum.Enum) else str(value)


@pytest_asyncio.fixture
async def probe(empty: Stage, scans: Scanning) -> AsyncIterator[tuple[Stage, Probe]]:
    """A stage with the real features and the probe on it, and one session that somebody holds."""
    probe = Probe(scans)
    await empty.start(probe.makes)
    echo = seen(await empty.command(MODERATOR, "hours host", {**SESSION, "seats": 6}))
    probe.session = code_in(seen(await empty.press(MODERATOR, echo, "Confirm")))
    await empty.command(MEMBER, "hours join", {"session": probe.session})
    yield empty, probe
    await empty.stop()


def agree(action: Action, fields: Iterable[Field], probe: Probe) -> None:
    """The Action that arrived holds what was sent."""
    for one in fields:
        if one.kind not in COMPARED:
            continue
        value, wanted = value_in(action, one), probe.value(one, MemberId(0))
        if isinstance(value, Moment) and isinstance(wanted, Moment):
            value, wanted = value.at, wanted.at
        assert value == wanted, f"{type(action).__name__}.{one.name}"


def answered(answer: Shown, handler: Handler, *, may: bool) -> None:
    """Somebody reads something that makes sense, alone."""
    if isinstance(answer, Sheet):
        assert may, handler.action
        return
    assert "Something went wrong" not in answer.text, handler.action
    assert answer.text.strip()
    if handler.audience is Audience.ONLY_YOU or not may:
        assert answer.private, handler.action


async def test_every_action_by_button(probe: tuple[Stage, Probe]):
    stage, offers = probe
    for who in stage.kinds:
        for handler in offers.handlers():
            if not offers.fits_a_button(handler.action):
                assert asked_fields(handler.action), "neither a button nor a form carries it"
                continue
            every = fields_of(handler.action).values()
            shown = seen(await stage.command(who, "probe button", {"which": handler.action.tag}))
            offers.ran.clear()
            answer = await stage.press(who, shown, "Do it")
            may = handler.may in ROLES[who]
            answered(answer, handler, may=may)
            assert [type(one) for one in offers.ran] == [handler.action] * may, (who, answer)
            for ran in offers.ran:
                agree(ran, (one for one in every if one.required), offers)
    assert stage.pinged() == []


async def test_every_action_by_form(probe: tuple[Stage, Probe]):
    stage, offers = probe
    for who in stage.kinds:
        for handler in offers.handlers():
            if not asked_fields(handler.action):
                continue
            form = sheet(await stage.command(who, "probe form", {"which": handler.action.tag}))
            offers.ran.clear()
            typed = offers.typed(handler.action)
            answer = await stage.send(who, form, typed)
            may = handler.may in ROLES[who]
            answered(answer, handler, may=may)
            assert [type(one) for one in offers.ran] == [handler.action] * may, (who, answer)
            for ran in offers.ran:
                agree(ran, asked_fields(handler.action), offers)
    assert stage.pinged() == []
