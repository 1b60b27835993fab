"""A small feature that touches every corner of the core; adapters' tests may use it as well."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Annotated

from bot.domain.moment import Moment
from bot.domain.people import MemberId, Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Command, Completer, Feature, Group, Handler
from bot.ui.action import Action, Ask, Option
from bot.ui.form import Form
from bot.ui.parts import Audience, Button, Can, IfCan, Reply, Select, Text
from bot.ui.words import Msg, Typed, When, _


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


SIZES = (Option("small", _("Small")), Option("large", _("Large")))


@dataclass(frozen=True)
class Order(Action, tag="sa.order.1"):
    dish: Annotated[str, Ask(_("Dish"), least=2, most=20, suggest="dish")]
    at: Annotated[Moment, Ask(_("When"))]
    people: Annotated[int, Ask(_("People"), least=1, most=8)] = 2
    size: Annotated[Size, Ask(_("Size"), options=SIZES)] = Size.SMALL
    sizes: Annotated[tuple[Size, ...], Ask(_("Sizes"), options=SIZES)] = ()
    vegan: Annotated[bool, Ask(_("Vegan"))] = False
    guests: Annotated[tuple[MemberId, ...], Ask(_("Guests"))] = ()


@dataclass(frozen=True)
class Ping(Action, tag="sa.ping.1"):
    number: int = 0


@dataclass(frozen=True)
class Shout(Action, tag="sa.shout.1"):
    """Answers to the channel although declared private."""


@dataclass(frozen=True)
class Fail(Action, tag="sa.fail.1"):
    """Breaks."""


@dataclass(frozen=True)
class Rule(Action, tag="sa.rule.1"):
    """For moderators."""


@dataclass(frozen=True)
class PickSize(Action, tag="sa.size.1"):
    size: Size = Size.SMALL


@dataclass(frozen=True)
class Edit(Action, tag="sa.edit.1"):
    """Opens a form with two known answers."""


@dataclass
class Sample:
    """The cog; `seen` is what reached its handlers."""

    seen: list[object] = field(default_factory=list[object])
    broken: bool = False
    menu: tuple[str, ...] = ("soup", "salad", "stew")

    def feature(self) -> Feature:
        return Feature(
            "sample",
            handlers=(
                Handler(Order, self.order),
                Handler(Ping, self.ping, audience=Audience.CHANNEL),
                Handler(Shout, self.shout),
                Handler(Fail, self.fail),
                Handler(Rule, self.ping, Role.MODERATOR),
                Handler(PickSize, self.ping),
                Handler(Edit, self.edit, opens=True),
            ),
            groups=(Group("sample", _("A sample")),),
            commands=(
                Command("sample order", _("Order a dish"), Order),
                Command("sample ping", _("Answer in the channel"), Ping),
                Command("sample shout", _("Tries to widen its audience"), Shout),
                Command("sample fail", _("Breaks"), Fail),
                Command("sample rule", _("For moderators"), Rule),
                Command("sample edit", _("Opens a form"), Edit),
            ),
            completers=(Completer("dish", self.dishes),),
        )

    async def order(self, caller: Caller, ask: Order) -> Reply:
        if self.broken:
            raise RuntimeError
        self.seen.append(ask)
        if ask.dish == "stone":
            return Reply((Text(_("Stones are out.")),), correctable=True)
        return Reply((Text(_("{dish} at {at}.", dish=Typed(ask.dish), at=When(ask.at.at))),))

    async def ping(self, caller: Caller, ask: Action) -> Reply:
        self.seen.append((caller, ask))
        return Reply(
            (
                Text(_("Pong.")),
                Button(_("Again"), Ping(7)),
                Select(_("Size"), PickSize(), "size", SIZES),
                IfCan(Can.LINGER, Text(_("It stays.")), Text(_("It goes."))),
            ),
            Audience.CHANNEL if isinstance(ask, Ping) else Audience.ONLY_YOU,
        )

    async def shout(self, caller: Caller, ask: Shout) -> Reply:
        return Reply((Text(_("Everybody hears this.")),), Audience.CHANNEL)

    async def fail(self, caller: Caller, ask: Fail) -> Reply:
        raise RuntimeError("DOE, JANE")

    async def edit(self, caller: Caller, ask: Edit) -> Answer:
        return Form(_("Order"), Order, given={"dish": "soup", "size": Size.LARGE})

    async def dishes(self, caller: Caller, text: str) -> tuple[Option, ...]:
        return tuple(Option(name, Typed(name)) for name in self.menu if name.startswith(text))


def words(part: object) -> Msg:
    """The sentence of a text part."""
    assert isinstance(part, Text)
    assert isinstance(part.body, Msg)
    return part.body
