"""A feature made of everything an adapter has to show or to ask for."""

from __future__ import annotations

import asyncio
import enum
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated

from bot.domain.people import Account, MemberId, Someone
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Command, Completer, Feature, Group, Handler
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
from bot.ui.words import Code, Person, Slash, Strong, Typed, When, _

AT = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


class Topic(enum.Enum):
    TIPS = "tips"
    EVAR = "evar"
    PAE = "pae"


class Week(enum.Enum):
    A, B, C, D, E, F, G = "abcdefg"


TOPICS = (Option("tips", _("TIPS")), Option("evar", _("EVAR")), Option("pae", _("PAE")))


@dataclass(frozen=True)
class Say(Action, tag="ga.say.1"):
    text: Annotated[str, Ask(_("What to say"), hint=_("Anything"), least=1, most=3000)]


@dataclass(frozen=True)
class Options(Action, tag="ga.opts.1"):
    """Everything that a slash option can carry."""

    word: Annotated[str, Ask(_("Word"), least=2, most=8)]
    session: Annotated[str, Ask(_("Session"), suggest="session")]
    number: Annotated[int, Ask(_("Number"), least=1, most=9)] = 3
    sure: Annotated[bool, Ask(_("Sure"))] = False
    topic: Annotated[Topic | None, Ask(_("Topic"), options=TOPICS)] = None
    day: Annotated[date | None, Ask(_("Day"))] = None
    from_: Annotated[str | None, Ask(_("From"))] = None
    who: Annotated[MemberId | None, Ask(_("Who"))] = None
    where: Annotated[ChannelRef | None, Ask(_("Where"))] = None
    role: Annotated[RoleRef | None, Ask(_("Role"))] = None
    files: Annotated[tuple[Upload, ...], Ask(_("Files"), most=3)] = ()


@dataclass(frozen=True)
class Everything(Action, tag="ga.every.1"):
    """Everything that a form can ask for: three pages."""

    word: Annotated[str, Ask(_("Word"), hint=_("A short one"), least=2, most=20)]
    session: Annotated[str, Ask(_("Session"), suggest="session")]
    topic: Annotated[Topic, Ask(_("Topic"), options=TOPICS)]
    week: Annotated[Week, Ask(_("Week"))]
    topics: Annotated[tuple[Topic, ...], Ask(_("Topics"), options=TOPICS)]
    number: Annotated[int, Ask(_("Number"), least=1, most=9)] = 3
    sure: Annotated[bool, Ask(_("Sure"))] = False
    really: Annotated[bool | None, Ask(_("Really"))] = None
    who: Annotated[MemberId | None, Ask(_("Who"))] = None
    others: Annotated[tuple[MemberId, ...], Ask(_("Others"), most=5)] = ()
    where: Annotated[ChannelRef | None, Ask(_("Where"))] = None
    role: Annotated[RoleRef | None, Ask(_("Role"))] = None
    files: Annotated[tuple[Upload, ...], Ask(_("Pictures"), most=4)] = ()
    story: Annotated[str, Ask(_("Story"), lines=4, form_only=True)] = ""


@dataclass(frozen=True)
class Show(Action, tag="ga.show.1"):
    what: Annotated[str, Ask(_("What"))] = "classic"


@dataclass(frozen=True)
class Press(Action, tag="ga.press.1"):
    what: str = ""
    topic: Topic | None = None


@dataclass(frozen=True)
class Chosen(Action, tag="ga.topics.1"):
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class OpenForm(Action, tag="ga.open.1"):
    slowly: bool = False
    intro: bool = False


@dataclass(frozen=True)
class Announce(Action, tag="ga.announce.1"):
    """A form whose answer is for all."""

    text: Annotated[str, Ask(_("Text"), form_only=True)]


@dataclass(frozen=True)
class Public(Action, tag="ga.public.1"):
    quietly: Annotated[bool, Ask(_("Quietly"))] = False


def somebody(user: int, name: str = "Ann *Lee*") -> Someone:
    return Someone(MemberId(7), name, (Account("discord", "", str(user)),))


def every_part(user: int = 5) -> tuple[Part, ...]:
    """Each Part once, text and controls interleaved."""
    who = somebody(user)
    return (
        Text(_("Heading {x}", x=Typed("# a\nb")), Style.HEADING),
        Text(
            _(
                "{who} at {when}: {what}",
                who=Person(somebody(user)),
                when=When(AT),
                what=Strong("x*"),
            )
        ),
        Text(
            _("Type {command} or {code}.", command=Slash("gallery show"), code=Code("k3f9")),
            Style.QUIET,
        ),
        Button(_("Plain"), Press("plain")),
        Button(_("Main"), Press("main"), Look.MAIN),
        Button(_("Grave"), Press("grave"), Look.GRAVE),
        Link(_("Read"), "https://docs.example/a"),
        Facts(((_("Seats"), _("{n} left", n=3)), (_("Where"), Typed("**Room**")))),
        When(AT, with_date=False),
        Person(who),
        Divider(),
        Select(_("Topic"), Press("select"), "topic", TOPICS, chosen=("evar",)),
        Select(_("Topics"), Chosen(), "topics", TOPICS, most=3),
        Image("one.png", PICTURE, _("A plain film of {what}", what=Typed("a *hand*"))),
        Hidden(
            _("Answer"),
            (
                Text(_("It was {what}.", what=Typed("||AVM||"))),
                Image("two.png", PICTURE, _("Arrow")),
            ),
        ),
        File("hour.ics", b"BEGIN:VCALENDAR", "text/calendar", _("For your calendar")),
        IfCan(
            Can.REMOVE_OTHERS_MESSAGES, Text(_("I can remove it.")), Text(_("I cannot remove it."))
        ),
    )


@dataclass
class Gallery:
    """The cog; `seen` is what reached its handlers."""

    seen: list[object] = field(default_factory=list[object])
    callers: list[Caller] = field(default_factory=list[Caller])
    hold: asyncio.Event | None = None

    def feature(self) -> Feature:
        return Feature(
            "gallery",
            handlers=(
                Handler(Say, self.say),
                Handler(Options, self.note),
                Handler(Everything, self.note),
                Handler(Show, self.show),
                Handler(Press, self.press),
                Handler(Chosen, self.note),
                Handler(OpenForm, self.open, opens=True),
                Handler(Public, self.public, audience=Audience.CHANNEL),
                Handler(Announce, self.announce, audience=Audience.CHANNEL),
            ),
            groups=(
                Group("gallery", _("For tests")),
                Group("setup", _("For tests")),
            ),
            commands=(
                Command("say", _("Says it"), Say),
                Command("gallery options", _("Takes every kind of option"), Options),
                Command("gallery form", _("Asks for every kind of field"), Everything),
                Command("gallery show", _("Shows a screen"), Show),
                Command("gallery open", _("Opens a form"), OpenForm),
                Command("gallery public", _("Answers to all"), Public),
                Command("gallery announce", _("Tells all"), Announce),
                Command("setup gallery", _("For managers"), Press),
            ),
            completers=(Completer("session", self.sessions),),
        )

    async def say(self, caller: Caller, ask: Say) -> Reply:
        self._note(caller, ask)
        return Reply((Text(_("{text}", text=Typed(ask.text))),))

    async def note(self, caller: Caller, ask: Action) -> Reply:
        self._note(caller, ask)
        return Reply((Text(_("Noted.")),))

    async def show(self, caller: Caller, ask: Show) -> Reply:
        self._note(caller, ask)
        match ask.what:
            case "every":
                return Reply(every_part())
            case "hold" if self.hold is not None:
                await self.hold.wait()
                return Reply((Text(_("At last.")),))
            case "fail":
                raise RuntimeError("DOE, JANE")
            case "lines":
                return Reply(tuple(Text(_("{n} line of many", n=n)) for n in range(400)))
            case "ping":
                who = somebody(int(caller.account.user))
                return Reply((Text(_("{who}", who=Person(who, ping=True))),))
            case _:
                return Reply(
                    (
                        Text(_("A screen.")),
                        Button(_("Press"), Press("again")),
                        Button(_("Replace"), Press("replace")),
                        Button(_("Replace with pictures"), Press("pictures")),
                        Button(_("Form"), OpenForm()),
                        Button(_("Slow form"), OpenForm(slowly=True)),
                        Button(_("Everybody"), Public()),
                        Select(_("Topic"), Press("select"), "topic", TOPICS),
                        Select(_("Topics"), Chosen(), "topics", TOPICS, most=3),
                    )
                )

    async def press(self, caller: Caller, ask: Press) -> Reply:
        self._note(caller, ask)
        match ask.what:
            case "replace":
                parts = (Text(_("Replaced.")), Button(_("Press"), Press("again")))
                return Reply(parts, replaces=True)
            case "pictures":
                parts = (
                    Image("one.png", PICTURE, _("Film")),
                    Button(_("Back"), Press("replace")),
                )
                return Reply(parts, replaces=True)
            case _:
                return Reply((Text(_("Pressed {what}.", what=Typed(ask.what))),))

    async def open(self, caller: Caller, ask: OpenForm) -> Answer:
        if ask.slowly and self.hold is not None:
            await self.hold.wait()
        intro = _("Before you begin.") if ask.intro else None
        return Form(_("Say it"), Say, given={"text": "hello"}, intro=intro)

    async def public(self, caller: Caller, ask: Public) -> Reply:
        self._note(caller, ask)
        audience = Audience.ONLY_YOU if ask.quietly else Audience.CHANNEL
        return Reply((Text(_("For all to see.")), Button(_("Replace"), Press("replace"))), audience)

    async def announce(self, caller: Caller, ask: Announce) -> Reply:
        self._note(caller, ask)
        return Reply((Text(_("{text}", text=Typed(ask.text))),), Audience.CHANNEL)

    async def sessions(self, caller: Caller, text: str) -> tuple[Option, ...]:
        if text == "boom":
            raise RuntimeError("DOE, JANE")
        many = [Option(f"k{n}", Typed(f"Session {n} " + "x" * 120)) for n in range(40)]
        return tuple(one for one in many if text in one.value)[:25]

    def _note(self, caller: Caller, ask: object) -> None:
        self.seen.append(ask)
        self.callers.append(caller)
