"""A feature with one of everything: each Part, each Kind, each kind of answer."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated

from bot.clock import Clock
from bot.domain.moment import Moment
from bot.domain.people import Account, MemberId, Role, Someone
from bot.runtime.caller import Caller, Message
from bot.runtime.feature import Answer, Command, Completer, Entry, Feature, Group, Handler
from bot.runtime.registry import Registry
from bot.services.ports import Store
from bot.ui.action import Action, Ask, ChannelRef, Option, RoleRef, Upload
from bot.ui.form import Form
from bot.ui.parts import (
    Audience,
    Button,
    Can,
    Divider,
    Facts,
    File,
    Hidden,
    IfCan,
    Image,
    Link,
    Look,
    Part,
    Reply,
    Select,
    Style,
    Text,
)
from bot.ui.words import Code, Listing, Person, Slash, Strong, Typed, When, _, ngettext

AT = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


SIZES = (Option("small", _("Small")), Option("large", _("Large")))


@dataclass(frozen=True, kw_only=True)
class Every(Action, tag="fa.every.1"):
    """Every kind: three pages where forms are short."""

    title: Annotated[str, Ask(_("Title"), _("A short one"), least=2, most=20)]
    body: Annotated[str, Ask(_("Body"), lines=5)]
    seats: Annotated[int, Ask(_("Seats"), least=1, most=8)]
    public: Annotated[bool, Ask(_("Public"))]
    size: Annotated[Size, Ask(_("Size"), options=SIZES)]
    sizes: Annotated[tuple[Size, ...], Ask(_("Sizes"), options=SIZES, most=2)]
    day: Annotated[date, Ask(_("Day"))]
    start: Annotated[Moment, Ask(_("Start"))]
    host: Annotated[MemberId, Ask(_("Host"))]
    guests: Annotated[tuple[MemberId, ...], Ask(_("Guests"), most=3)]
    where: Annotated[ChannelRef, Ask(_("Where"))]
    role: Annotated[RoleRef | None, Ask(_("Role"))] = None
    dish: Annotated[str, Ask(_("Dish"), suggest="dish")]
    pictures: Annotated[tuple[Upload, ...], Ask(_("Pictures"), most=2)]


@dataclass(frozen=True)
class Options(Action, tag="fa.options.1"):
    """Every kind that can be typed."""

    word: Annotated[str, Ask(_("Word"))]
    seats: Annotated[int, Ask(_("Seats"))]
    public: Annotated[bool, Ask(_("Public"))]
    size: Annotated[Size, Ask(_("Size"), options=SIZES)]
    day: Annotated[date, Ask(_("Day"))]
    start: Annotated[Moment, Ask(_("Start"))]
    host: Annotated[MemberId, Ask(_("Host"))]
    where: Annotated[ChannelRef, Ask(_("Where"))]


@dataclass(frozen=True)
class Say(Action, tag="fa.say.1"):
    """Shows a text everywhere a text can stand."""

    text: Annotated[str, Ask(_("Text"), lines=4, form_only=True)]


@dataclass(frozen=True)
class Show(Action, tag="fa.show.1"):
    """Every part."""


@dataclass(frozen=True)
class Call(Action, tag="fa.call.1"):
    """Names somebody to all, without calling them; with `aloud`, calling them."""

    who: Annotated[MemberId, Ask(_("Who"))]
    aloud: Annotated[bool, Ask(_("Aloud"))] = False


@dataclass(frozen=True)
class Tell(Action, tag="fa.tell.1"):
    """To all, or, on request, to one: narrower than declared."""

    quietly: Annotated[bool, Ask(_("Quietly"))] = False


@dataclass(frozen=True)
class Widen(Action, tag="fa.widen.1"):
    """Would like to be heard by all, but is declared private."""


@dataclass(frozen=True)
class Press(Action, tag="fa.press.1"):
    """Counts."""

    number: int = 0


@dataclass(frozen=True)
class Pick(Action, tag="fa.pick.1"):
    """From a list."""

    size: Size | None = None
    sizes: tuple[Size, ...] = ()


@dataclass(frozen=True)
class Open(Action, tag="fa.open.1"):
    """Opens a form from a button."""


@dataclass(frozen=True)
class Note(Action, tag="fa.note.1"):
    """One field; `stone` is refused in a way that can be mended."""

    text: Annotated[str, Ask(_("Text"), least=2, most=40)]


@dataclass(frozen=True)
class Rule(Action, tag="fa.rule.1"):
    """For moderators."""


@dataclass(frozen=True)
class Fail(Action, tag="fa.fail.1"):
    """Breaks."""


@dataclass
class Fair:
    """The cog; `asked` is what reached its handlers."""

    asked: list[Action] = field(default_factory=list[Action])
    looked_at: list[Message] = field(default_factory=list[Message])
    members: dict[str, MemberId] = field(default_factory=dict[str, MemberId])

    def makes(self, store: Store, clock: Clock, _door: object = None) -> Registry:
        """The registry of this feature alone."""
        return Registry([self.feature()])

    def feature(self) -> Feature:
        return Feature(
            "fair",
            handlers=(
                Handler(Every, self.noted),
                Handler(Options, self.noted),
                Handler(Say, self.say),
                Handler(Show, self.show),
                Handler(Call, self.call, audience=Audience.CHANNEL),
                Handler(Tell, self.tell, audience=Audience.CHANNEL),
                Handler(Widen, self.widen),
                Handler(Press, self.press),
                Handler(Pick, self.noted),
                Handler(Open, self.open, opens=True),
                Handler(Note, self.note),
                Handler(Rule, self.noted, Role.MODERATOR),
                Handler(Fail, self.fail),
            ),
            commands=(
                Command("fair every", _("Every kind of field"), Every),
                Command("fair options", _("Every kind of option"), Options),
                Command("fair say", _("Shows a text"), Say),
                Command("fair show", _("Shows every part"), Show),
                Command("fair call", _("Names somebody"), Call),
                Command("fair tell", _("Tells all"), Tell),
                Command("fair widen", _("Would tell all"), Widen),
                Command("fair note", _("Notes a word"), Note),
                Command("fair rule", _("For moderators"), Rule),
                Command("fair fail", _("Breaks"), Fail),
            ),
            groups=(Group("fair", _("One of everything")),),
            entries=(
                Entry("look", _("Look at this"), _("Says what is there"), self.look, files=True),
                Entry("jot", _("Jot this down"), _("Opens a note"), self.jot, opens=True),
                Entry("rule", _("Rule on this"), _("Staff"), self.look, Role.MODERATOR),
            ),
            completers=(Completer("dish", self.dishes),),
        )

    async def noted(self, caller: Caller, ask: Action) -> Reply:
        self.members[caller.name] = caller.member
        self.asked.append(ask)
        return Reply((Text(_("Noted.")),))

    async def say(self, caller: Caller, ask: Say) -> Reply:
        said = Typed(ask.text)
        parts: tuple[Part, ...] = (
            Text(_("Heading {said}", said=said), Style.HEADING),
            Text(_("Plain {said}", said=said)),
            Text(_("Strong {said}", said=Strong(ask.text))),
            Text(_("Quiet {said}", said=said), Style.QUIET),
            Facts(((_("Fact"), said),)),
            Hidden(_("Answer"), (Text(_("Hidden {said}", said=said)),)),
            Button(_("{said}", said=Typed(ask.text[:60])), Press(1)),
        )
        return Reply(parts)

    async def show(self, caller: Caller, ask: Show) -> Reply:
        who = Someone(caller.member, caller.name, (caller.account,))
        parts: tuple[Part, ...] = (
            Text(_("A heading"), Style.HEADING),
            Text(_("A paragraph for {who}.", who=Person(who))),
            Text(_("Quiet words"), Style.QUIET),
            Person(who),
            When(AT),
            Facts(
                (
                    (_("Code"), Code("k3f9")),
                    (_("Type"), Slash("fair note", "text:hello")),
                    (_("Both"), _("{both}", both=Listing((Typed("salt"), Typed("pepper"))))),
                    (_("Seats"), ngettext("{count} seat", "{count} seats", 2)),
                )
            ),
            Divider(),
            Button(_("Press"), Press(1), Look.MAIN),
            Button(_("Write"), Open()),
            Button(_("Break"), Fail(), Look.GRAVE),
            Link(_("Read more"), "https://docs.example/a?b=1&c=2"),
            Select(_("One size"), Pick(), "size", SIZES, chosen=("small",)),
            Select(_("Some sizes"), Pick(), "sizes", SIZES, most=2),
            Image("film.png", PICTURE, _("A plain film of a hand")),
            Hidden(_("Answer"), (Text(_("It was a fracture.")),)),
            File("seat.ics", b"BEGIN:VCALENDAR", "text/calendar", _("For your calendar")),
            *(
                IfCan(can, Text(_("{can} is possible", can=Typed(can.name))),
                      Text(_("{can} is not possible", can=Typed(can.name))))
                for can in Can
            ),
        )  # fmt: skip
        return Reply(parts)

    async def call(self, caller: Caller, ask: Call) -> Reply:
        account = Account(caller.account.platform, caller.account.workspace, caller.account.user)
        who = Someone(caller.member, caller.name, (account,))
        said = _("A word about {who}.", who=Person(who, ping=ask.aloud))
        return Reply((Text(said),), Audience.CHANNEL)

    async def tell(self, caller: Caller, ask: Tell) -> Reply:
        audience = Audience.ONLY_YOU if ask.quietly else Audience.CHANNEL
        return Reply((Text(_("Hear, hear.")), Button(_("Press"), Press(1))), audience)

    async def widen(self, caller: Caller, ask: Widen) -> Reply:
        return Reply((Text(_("Everybody should hear this.")),), Audience.CHANNEL)

    async def press(self, caller: Caller, ask: Press) -> Reply:
        self.asked.append(ask)
        said = _("Pressed {n}.", n=ask.number)
        return Reply((Text(said), Button(_("Once more"), Press(ask.number + 1))), replaces=True)

    async def open(self, caller: Caller, ask: Open) -> Answer:
        return Form(_("A note"), Note, given={"text": "so far"}, intro=_("Tell me."))

    async def note(self, caller: Caller, ask: Note) -> Reply:
        self.asked.append(ask)
        if ask.text == "stone":
            return Reply((Text(_("Stones are out.")),), correctable=True)
        return Reply((Text(_("Noted: {text}", text=Typed(ask.text))),))

    async def look(self, caller: Caller, message: Message) -> Answer:
        self.looked_at.append(message)
        sizes = [len(await one.fetch(1_000)) for one in message.files]
        said = _("{text} by {who}: {n}", text=Typed(message.text), who=Typed(message.author_name),
                 n=sum(sizes))  # fmt: skip
        return Reply((Text(said), Button(_("Press"), Press(1))))

    async def jot(self, caller: Caller, message: Message) -> Answer:
        self.looked_at.append(message)
        return Form(_("A note"), Note, given={"text": message.text})

    async def fail(self, caller: Caller, ask: Fail) -> Reply:
        raise RuntimeError("DOE, JANE")

    async def dishes(self, caller: Caller, text: str) -> tuple[Option, ...]:
        names = ("soup", "salad", "stew")
        return tuple(Option(name, Typed(name)) for name in names if name.startswith(text))
