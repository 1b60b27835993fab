"""A small feature that shows every Part, asks for every Kind and takes both branches of IfCan."""

from __future__ import annotations

import enum
import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from adapters.preview.people import PLATFORM
from bot.domain.moment import Moment
from bot.domain.people import Account, MemberId, Role, Someone
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
    Reply,
    Select,
    Style,
    Text,
)
from bot.ui.words import Code, Listing, Person, Slash, Strong, Typed, When, _

START = datetime(2027, 3, 9, 17, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> & </p><b>bold</b> `code` @everyone"


class Topic(enum.Enum):
    EMBOLISATION = "embolisation"
    FIRST_JOB = "first job"
    RESEARCH = "research"


TOPICS = (
    Option("embolisation", _("Embolisation")),
    Option("first job", _("First job")),
    Option("research", _("Research")),
)


def picture(width: int = 360, height: int = 220) -> bytes:
    """A grey gradient as PNG."""
    rows = b"".join(
        b"\0" + bytes((x * 255 // width + y * 255 // height) // 2 for x in range(width))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@dataclass(frozen=True)
class Everything(Action, tag="ga.all.1"):
    """One of each part."""


@dataclass(frozen=True)
class Sessions(Action, tag="ga.list.1"):
    topic: Annotated[Topic | None, Ask(_("Topic"), options=TOPICS)] = None


@dataclass(frozen=True)
class Seat(Action, tag="ga.seat.1"):
    session: Annotated[str, Ask(_("Session"), suggest="session")]
    about: Annotated[str | None, Ask(_("What you want to talk about"), most=300, lines=3)] = None


@dataclass(frozen=True)
class GiveBack(Action, tag="ga.back.1"):
    session: str


@dataclass(frozen=True)
class Fill(Action, tag="ga.fill.1"):
    """A field of each kind."""

    title: Annotated[str, Ask(_("Title"), _("As others will see it"), least=3, most=60)]
    starts: Annotated[Moment, Ask(_("Starts"))]
    topic: Annotated[Topic, Ask(_("Topic"), options=TOPICS)]
    minutes: Annotated[int, Ask(_("Minutes"), least=15, most=180)] = 45
    agenda: Annotated[str, Ask(_("Agenda"), most=500, lines=4)] = ""
    session: Annotated[str | None, Ask(_("After which session"), suggest="session")] = None
    tags: Annotated[tuple[Topic, ...], Ask(_("Also about"), options=TOPICS)] = ()
    until: Annotated[date | None, Ask(_("Until"))] = None
    cohost: Annotated[MemberId | None, Ask(_("Co-host"))] = None
    guests: Annotated[tuple[MemberId, ...], Ask(_("Invite"))] = ()
    channel: Annotated[ChannelRef | None, Ask(_("Announce in"))] = None
    role: Annotated[RoleRef | None, Ask(_("For"))] = None
    files: Annotated[tuple[Upload, ...], Ask(_("Material"), most=3)] = ()
    quiet: Annotated[bool, Ask(_("Announce it quietly"))] = False


@dataclass(frozen=True)
class FillUnkept(Fill, tag="ga.unkept.1", memory_only=True):
    """The same, for what may not be written anywhere."""


@dataclass(frozen=True)
class Shout(Action, tag="ga.shout.1"):
    to: Annotated[MemberId, Ask(_("Whom"))]
    words: Annotated[str, Ask(_("What to say"))]


@dataclass(frozen=True)
class PickTopic(Action, tag="ga.topic.1"):
    topic: Topic = Topic.RESEARCH
    several: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class Fail(Action, tag="ga.fail.1"):
    """Breaks."""


@dataclass(frozen=True)
class Rule(Action, tag="ga.rule.1"):
    """For moderators."""


@dataclass
class Gallery:
    """The cog; `seen` is what reached its handlers."""

    seen: list[Action] = field(default_factory=list[Action])

    def feature(self) -> Feature:
        return Feature(
            "gallery",
            handlers=(
                Handler(Everything, self.everything),
                Handler(Sessions, self.sessions, Role.GUEST),
                Handler(Seat, self.seat),
                Handler(GiveBack, self.give_back),
                Handler(Fill, self.fill, opens=True),
                Handler(FillUnkept, self.fill, opens=True),
                Handler(Shout, self.shout, audience=Audience.CHANNEL),
                Handler(PickTopic, self.pick),
                Handler(Fail, self.fail),
                Handler(Rule, self.rule, Role.MODERATOR),
            ),
            groups=(Group("gallery", _("For tests")),),
            commands=(
                Command("gallery show", _("One of each part"), Everything),
                Command("gallery list", _("Upcoming sessions with free seats"), Sessions),
                Command("gallery join", _("Take a seat"), Seat),
                Command("gallery fill", _("A form with a field of each kind"), Fill),
                Command("gallery shout", _("Say something to somebody in the channel"), Shout),
                Command("gallery fail", _("Breaks"), Fail),
                Command("gallery rule", _("For moderators"), Rule),
            ),
            completers=(Completer("session", self.codes),),
            home=self.home,
        )

    async def everything(self, caller: Caller, ask: Everything) -> Reply:
        self.seen.append(ask)
        ingrid = Someone(MemberId(7), "Ingrid Solberg", (Account(PLATFORM, "preview", "mentor"),))
        away = Someone(MemberId(8), "Somebody Elsewhere", (Account("slack", "T1", "U1"),))
        return Reply(
            (
                Text(_("Every part there is"), Style.HEADING),
                Text(
                    _(
                        "{who} and {away} meet at {at}, ends {end}. Code {code}, {strong}. {typed}",
                        who=Person(ingrid),
                        away=Person(away),
                        at=When(START),
                        end=When(START + timedelta(minutes=45), with_date=False),
                        code=Code("k3f9"),
                        strong=Strong("6 seats"),
                        typed=Typed(HOSTILE),
                    )
                ),
                Text(_("A remark; {command} tells more.", command=Slash("help")), Style.QUIET),
                When(START),
                Person(ingrid),
                Facts(
                    (
                        (_("Host"), Person(ingrid)),
                        (_("Starts"), When(START)),
                        (_("Topics"), _("{list}", list=Listing((Typed("A"), Typed("B"))))),
                    )
                ),
                Divider(),
                Select(_("Topic"), PickTopic(), "topic", TOPICS),
                Select(_("Topics"), PickTopic(), "several", TOPICS, most=2),
                Image("sketch.png", picture(), _("A grey gradient, dark at the top left")),
                File("hour.ics", b"BEGIN:VCALENDAR", "text/calendar", _("For your calendar")),
                Hidden(
                    _("Diagnosis"),
                    (
                        Text(_("A hidden answer")),
                        Facts(((_("A"), Typed("b")),)),
                    ),
                ),
                Button(_("Plain"), PickTopic(Topic.EMBOLISATION)),
                Button(_("Main"), Sessions(), Look.MAIN),
                Button(_("Grave"), GiveBack("k3f9"), Look.GRAVE),
                Link(_("Reading list"), "https://example.org/list"),
                IfCan(Can.LINGER, Text(_("It stays.")), Text(_("It goes."))),
            )
        )

    async def sessions(self, caller: Caller, ask: Sessions) -> Reply:
        self.seen.append(ask)
        ingrid = Someone(MemberId(7), "Ingrid Solberg", (Account(PLATFORM, "preview", "mentor"),))
        parts = []
        for number, (code, title, free) in enumerate(
            (
                ("k3f9", "Talking through a first UFE", 2),
                ("m2x7", "Finding a first job in IR", 5),
                ("q8d4", "Reading the literature without drowning", 0),
            )
        ):
            if number:
                parts.append(Divider())
            facts = Facts(
                (
                    (_("Host"), Person(ingrid)),
                    (_("Starts"), When(START + timedelta(days=number * 3))),
                    (_("Seats free"), Typed(str(free))),
                    (_("Code"), Code(code)),
                )
            )
            join = Button(_("Join") if free else _("Waitlist"), Seat(code), Look.MAIN)
            parts += [Text(Typed(title), Style.HEADING), facts, join]
        intro = Text(_("Office hours with a free seat. Times are your own."), Style.QUIET)
        return Reply((intro, *parts))

    async def seat(self, caller: Caller, ask: Seat) -> Reply:
        self.seen.append(ask)
        if ask.session not in ("k3f9", "m2x7"):
            return Reply((Text(_("No session has this code.")),), correctable=True)
        return Reply(
            (
                Text(_("You have a seat"), Style.HEADING),
                Facts(((_("Session"), Code(ask.session)), (_("Starts"), When(START)))),
                File("hour.ics", b"BEGIN:VCALENDAR", "text/calendar", _("For your calendar")),
                Button(_("Leave"), GiveBack(ask.session), Look.GRAVE),
            )
        )

    async def give_back(self, caller: Caller, ask: GiveBack) -> Reply:
        self.seen.append(ask)
        again = Button(_("Take it again"), Seat(ask.session))
        return Reply((Text(_("You gave your seat back.")), again), replaces=True)

    async def fill(self, caller: Caller, ask: Fill) -> Answer:
        self.seen.append(ask)
        if ask.title == "again":
            return Form(_("Session"), Fill, given={"title": "Again and again"})
        if ask.title == "in memory":
            return Form(_("Case"), FillUnkept)
        return Reply((Text(_("{title} is planned.", title=Strong(ask.title))),))

    async def shout(self, caller: Caller, ask: Shout) -> Reply:
        self.seen.append(ask)
        who = Someone(ask.to, "Ingrid Solberg", (Account(PLATFORM, "preview", "mentor"),))
        said = _("{who}: {words}", who=Person(who, ping=True), words=Typed(ask.words))
        return Reply((Text(said), Button(_("Answer privately"), PickTopic())), Audience.CHANNEL)

    async def pick(self, caller: Caller, ask: PickTopic) -> Reply:
        self.seen.append(ask)
        return Reply((Text(_("Noted: {topic}.", topic=Typed(ask.topic.value))),))

    async def fail(self, caller: Caller, ask: Fail) -> Reply:
        raise RuntimeError("DOE, JANE")

    async def rule(self, caller: Caller, ask: Rule) -> Reply:
        return Reply((Text(_("You moderate here.")),))

    async def codes(self, caller: Caller, text: str) -> tuple[Option, ...]:
        known = (("k3f9", "Talking through a first UFE"), ("m2x7", "Finding a first job in IR"))
        return tuple(
            Option(code, Typed(title))
            for code, title in known
            if text.casefold() in f"{code} {title}".casefold()
        )

    async def home(self, caller: Caller) -> Reply:
        return Reply((Text(_("Your next session"), Style.HEADING), When(START)))
