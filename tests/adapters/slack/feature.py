"""A feature for walks through Slack: every Part, every Kind, every sort of answer."""

from __future__ import annotations

import asyncio
import enum
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated

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
    Part,
    Reply,
    Select,
    Style,
    Text,
)
from bot.ui.words import Code, Listing, Person, Slash, Strong, Typed, When, _, ngettext

AT = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)
PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 40


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


SIZES = (Option("small", _("Small")), Option("large", _("Large")))


@dataclass(frozen=True, kw_only=True)
class Every(Action, tag="sl.every.1"):
    """Every kind, on more than one page elsewhere."""

    title: Annotated[str, Ask(_("Title"), _("A short one"), least=2, most=20)]
    body: Annotated[str, Ask(_("Body"), lines=5)]
    seats: Annotated[int, Ask(_("Seats"), least=1, most=8)]
    public: Annotated[bool, Ask(_("Public"))]
    size: Annotated[Size, Ask(_("Size"), options=SIZES)]
    sizes: Annotated[tuple[Size, ...], Ask(_("Sizes"), options=SIZES, most=2)]
    day: Annotated[date | None, Ask(_("Day"))] = None
    start: Annotated[Moment | None, Ask(_("Start"))] = None
    host: Annotated[MemberId, Ask(_("Host"))]
    guests: Annotated[tuple[MemberId, ...], Ask(_("Guests"), most=3)]
    where: Annotated[ChannelRef, Ask(_("Where"))]
    role: Annotated[RoleRef | None, Ask(_("Role"))] = None
    dish: Annotated[str, Ask(_("Dish"), suggest="dish")]
    town: Annotated[str, Ask(_("Town"), suggest="town")]
    pictures: Annotated[tuple[Upload, ...], Ask(_("Pictures"), most=2)]


@dataclass(frozen=True)
class Note(Action, tag="sl.note.1"):
    text: Annotated[str, Ask(_("Text"), lines=3)]
    seats: Annotated[int, Ask(_("Seats"), least=1, most=8)] = 1


@dataclass(frozen=True)
class Show(Action, tag="sl.show.1"):
    pass


@dataclass(frozen=True)
class Post(Action, tag="sl.post.1"):
    pass


@dataclass(frozen=True)
class Swap(Action, tag="sl.swap.1"):
    step: int = 0


@dataclass(frozen=True)
class Loud(Action, tag="sl.loud.1"):
    step: int = 0


@dataclass(frozen=True)
class Pick(Action, tag="sl.pick.1"):
    sizes: tuple[Size, ...] = ()
    size: Size | None = None


@dataclass(frozen=True)
class Keep(Action, tag="sl.keep.1"):
    instead: bool = False


@dataclass(frozen=True)
class Long(Action, tag="sl.long.1"):
    pass


@dataclass(frozen=True)
class Opened(Action, tag="sl.open.1"):
    pass


@dataclass(frozen=True)
class Chain(Action, tag="sl.chain.1"):
    text: Annotated[str, Ask(_("Text"))] = ""


@dataclass(frozen=True)
class Hand(Action, tag="sl.hand.1"):
    pictures: Annotated[tuple[Upload, ...], Ask(_("Pictures"), least=1, most=3)]


@dataclass(frozen=True)
class Echo(Action, tag="sl.echo.1"):
    text: Annotated[str, Ask(_("Text"))]
    loud: Annotated[bool, Ask(_("Loud"))] = False


@dataclass(frozen=True)
class Rule(Action, tag="sl.rule.1"):
    pass


@dataclass(frozen=True)
class Fail(Action, tag="sl.fail.1"):
    pass


def every_part(someone: Someone) -> tuple[Part, ...]:
    """Every part there is, in one reply."""
    return (
        Text(_("Everything"), Style.HEADING),
        Text(_("From {who} at {at}", who=Person(someone), at=When(AT))),
        Text(_("{count} quiet words", count=Strong("four")), Style.QUIET),
        When(AT, with_date=False),
        Person(someone),
        Facts(
            (
                (_("Code"), Code("k3f9")),
                (_("Try"), Slash("kit note", "text:hello")),
                (_("Both"), _("{both}", both=Listing((Typed("a"), Typed("b"))))),
                (_("Seats"), ngettext("{count} seat", "{count} seats", 2)),
            )
        ),
        Divider(),
        Button(_("Swap"), Swap(1), Look.MAIN),
        Button(_("Write"), Opened()),
        Link(_("Read more"), "https://example.org/a?b=1&c=2"),
        Button(_("Fail"), Fail(), Look.GRAVE),
        Select(_("One size"), Pick(), "size", SIZES, chosen=("small",)),
        Select(_("Some sizes"), Pick(), "sizes", SIZES, most=2),
        Hidden(_("Spoiler"), (Text(_("The answer")), Facts(((_("It is"), Typed("B")),)))),
        IfCan(Can.LONG_FORM, Text(_("Long forms")), Text(_("Short forms"))),
        IfCan(Can.LINGER, Text(_("It stays")), Text(_("It goes"))),
    )


@dataclass
class Kit:
    """The cog; `seen` is what reached its handlers."""

    seen: list[object] = field(default_factory=list[object])
    hold: asyncio.Event | None = None

    def feature(self) -> Feature:
        return Feature(
            "kit",
            handlers=(
                Handler(Every, self.noted),
                Handler(Note, self.noted),
                Handler(Show, self.look),
                Handler(Post, self.post, audience=Audience.CHANNEL),
                Handler(Swap, self.swap),
                Handler(Loud, self.loud, audience=Audience.CHANNEL),
                Handler(Pick, self.noted),
                Handler(Keep, self.keep),
                Handler(Long, self.long),
                Handler(Opened, self.opened, opens=True),
                Handler(Chain, self.chain, opens=True),
                Handler(Hand, self.noted),
                Handler(Echo, self.echo, audience=Audience.CHANNEL),
                Handler(Rule, self.noted, Role.MODERATOR),
                Handler(Fail, self.fail),
            ),
            groups=(Group("kit", _("For tests")),),
            commands=(
                Command("kit every", _("Every kind of field"), Every),
                Command("kit note", _("Write a note"), Note),
                Command("kit look", _("Every part, for you"), Show),
                Command("kit post", _("Every part, for all"), Post),
                Command("kit swap", _("Steps"), Swap),
                Command("kit loud", _("Steps, for all"), Loud),
                Command("kit keep", _("A file to keep"), Keep),
                Command("kit long", _("A long answer"), Long),
                Command("kit open", _("Opens a form"), Opened),
                Command("kit chain", _("A form after a form"), Chain),
                Command("kit hand", _("Hand over pictures"), Hand),
                Command("kit rule", _("For moderators"), Rule),
                Command("echo", _("Say something to all"), Echo),
            ),
            completers=(Completer("dish", self.dishes), Completer("town", self.towns)),
            home=self.home,
        )

    async def noted(self, caller: Caller, ask: Action) -> Reply:
        self.seen.append(ask)
        text = getattr(ask, "text", None) or getattr(ask, "title", None) or "…"
        if text == "hold" and self.hold is not None:
            await self.hold.wait()
        if text == "stone":
            return Reply((Text(_("Stones are out.")),), correctable=True)
        return Reply((Text(_("Noted: {text}", text=Typed(text))),))

    async def look(self, caller: Caller, ask: Show) -> Reply:
        return Reply(every_part(Someone(caller.member, caller.name, (caller.account,))))

    async def post(self, caller: Caller, ask: Post) -> Reply:
        someone = Someone(caller.member, caller.name, (caller.account,))
        return Reply(every_part(someone), Audience.CHANNEL)

    async def swap(self, caller: Caller, ask: Swap) -> Reply:
        again = Button(_("Again"), Swap(ask.step + 1))
        keep = Button(_("Keep"), Keep(instead=True))
        return Reply((Text(_("Step {n}", n=ask.step)), again, keep), replaces=True)

    async def loud(self, caller: Caller, ask: Loud) -> Reply:
        again = Button(_("Louder"), Loud(ask.step + 1))
        mine = Button(_("Mine"), Swap(9))
        says = Text(_("Loud {n}", n=ask.step))
        return Reply((says, again, mine), Audience.CHANNEL, replaces=True)

    async def keep(self, caller: Caller, ask: Keep) -> Reply:
        file = File("seat.ics", b"BEGIN:VCALENDAR", "text/calendar", _("For your calendar"))
        picture = Image("chart.png", PIXEL, _("A chart of seats"))
        return Reply((Text(_("Your receipt")), file, picture), replaces=ask.instead)

    async def long(self, caller: Caller, ask: Long) -> Reply:
        sentences = tuple(
            Text(_("{n} {text}", n=n, text=Typed("& long words, " * 60))) for n in range(60)
        )
        return Reply(sentences)

    async def opened(self, caller: Caller, ask: Opened) -> Answer:
        return Form(_("A note"), Note, given={"text": "so far"}, intro=_("Tell me."))

    async def chain(self, caller: Caller, ask: Chain) -> Answer:
        if ask.text == "again":
            return Form(_("And now a note"), Note)
        return Form(_("First"), Chain, asks=("text",))

    async def echo(self, caller: Caller, ask: Echo) -> Reply:
        self.seen.append(ask)
        someone = Someone(caller.member, caller.name, (caller.account,))
        who = Person(someone, ping=ask.loud)
        return Reply((Text(_("{who}: {text}", who=who, text=Typed(ask.text))),), Audience.CHANNEL)

    async def fail(self, caller: Caller, ask: Fail) -> Reply:
        raise RuntimeError("DOE, JANE")

    async def dishes(self, caller: Caller, text: str) -> tuple[Option, ...]:
        names = ("soup", "salad", "stew")
        return tuple(Option(name, Typed(name)) for name in names if name.startswith(text))

    async def towns(self, caller: Caller, text: str) -> tuple[Option, ...]:
        names = ("Bern", "Basel", "Bari", "Paris") if text else ()
        return tuple(Option(name, Typed(name)) for name in names if name.startswith(text))

    async def home(self, caller: Caller) -> Reply:
        count = len(self.seen)
        says = ngettext("{count} thing happened.", "{count} things happened.", count)
        return Reply((Text(says), Button(_("Write"), Opened()), Button(_("Swap"), Swap(5))))


def somebody(name: str, user: str = "U1", workspace: str = "T1") -> Someone:
    """A member with an account on Slack."""
    return Someone(MemberId(7), name, (Account("slack", workspace, user),))
