"""Everybody who tries: two communities that share nothing, and what is known of each person."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from adapters.preview.people import PLACE
from adapters.preview.sample import seed
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.moment import Moment
from bot.domain.people import Account, CommunityId, MemberId, Place, Role, Standing
from bot.runtime import sentences
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.doors import Delivered, Presence, Readers, Sent, Target, ToChannel, Trace
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.services.ports import Work
from bot.ui.action import Action, Field, Kind, fields_of, made
from bot.ui.parts import Can, Reply, Text
from storage import MemoryStore, memory_store
from storage.models import metadata
from storage.models_office_hours import sessions
from storage.work import Repositories
from tests.golden.walk import NOW
from tests.messages_read import plain

OTHER = Place("discord", "200")
CAN = frozenset({Can.LONG_FORM})


class Got(enum.Enum):
    """What somebody was given."""

    IN = enum.auto()
    NOT_HERE = enum.auto()
    GUEST = enum.auto()
    NO_HOST = enum.auto()
    NO_REVIEWER = enum.auto()
    NO_MODERATOR = enum.auto()
    TOO_OLD = enum.auto()
    WRONG = enum.auto()


_HEADS = {
    Got.NOT_HERE: sentences.NOT_HERE,
    Got.TOO_OLD: sentences.TOO_OLD,
    Got.WRONG: sentences.went_wrong("x"),
    **{
        got: sentences.not_allowed(role)
        for got, role in (
            (Got.GUEST, Role.MEMBER),
            (Got.NO_HOST, Role.HOST),
            (Got.NO_REVIEWER, Role.REVIEWER),
            (Got.NO_MODERATOR, Role.MODERATOR),
        )
    },
}


def _head(reply: Reply | Screen) -> str:
    first = reply.parts[0]
    return plain(first.body)[:40] if isinstance(first, Text) else ""


def got(shown: Shown) -> Got:
    """Which of the answers it was."""
    if isinstance(shown, FormScreen):
        return Got.IN
    head = _head(shown)
    return next((one for one, reply in _HEADS.items() if _head(reply) == head), Got.IN)


@dataclass
class _Gate:
    """A platform that knows who is where, and carries nothing."""

    platform: str
    connected: bool = True

    async def start(self, core: Core) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        return Delivered(key)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        return Delivered(trace.messages[0], trace)

    async def forget(self, account: Account, passing: str) -> None: ...

    async def readers(self, place: Place, channel: str) -> Readers | None:
        return None

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        if account.user in ("stranger", "removed", "gone unnoticed"):
            return None
        return Presence(Standing.NONE, frozenset(), account.user)


@dataclass
class Town:
    """The sample community, another one, and everybody of both."""

    core: Core
    store: MemoryStore
    ours: CommunityId
    theirs: CommunityId

    def arrival(self, who: str) -> Arrival:
        """Somebody, as their platform shows them."""
        here = Arrival(
            Account("preview", "preview", who), who, PLACE, "general", Standing.NONE, can=CAN
        )
        match who:
            case "moderator":
                return replace(here, standing=Standing.MANAGER)
            case "guest":
                return replace(here, standing=Standing.GUEST)
            case "foreign moderator":
                account = Account("discord", "", "77")
                return replace(here, account=account, place=OTHER, standing=Standing.MANAGER)
            case "stranger" | "removed" | "gone unnoticed":
                # Nothing but a direct message is left to them.
                return replace(here, place=None, channel=None)
            case _:
                return here

    def codes(self, but: str) -> list[str]:
        """Codes of the sessions that others host."""

        def look(work: Work) -> list[str]:
            me = work.people.find(Account("preview", "preview", but))
            assert isinstance(work, Repositories)
            rows = work.connection.execute(
                sessions.select().where(sessions.c.community_id == self.ours)
            )
            return [row.code for row in rows if me is None or row.host_id != me.member]

        return self.store.read_now(look)

    def names(self) -> set[str]:
        """What our members are called."""

        def look(work: Work) -> set[str]:
            everybody = range(1, 60)
            ids = work.people.profiles(self.ours, [MemberId(one) for one in everybody])
            return {one.name for one in work.people.several(ids).values()}

        return self.store.read_now(look)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is written about our community."""

        def look(work: Work) -> dict[str, list[tuple[object, ...]]]:
            assert isinstance(work, Repositories)
            connection = work.connection
            return {
                table.name: sorted(
                    (tuple(row) for row in connection.execute(
                        table.select().where(table.c.community_id == self.ours)
                    )),
                    key=repr,
                )
                for table in metadata.sorted_tables
                if "community_id" in table.c and table.name != "drafts"
            }  # fmt: skip

        return self.store.read_now(look)


async def town() -> Town:
    """Both communities, opened, with something in ours that can be seen and changed."""
    store, clock = memory_store(), HandMovedClock(NOW)
    doors = Doors()
    for platform in ("preview", "discord"):
        doors.add(_Gate(platform))
    core = Core(registry_of(store, clock, Scanning()), store, clock, doors)
    await seed(store, clock)
    made = Town(core, store, CommunityId(0), CommunityId(0))
    for who in ("guest", "moderator", "removed", "gone unnoticed"):
        given = replace(made.arrival(who), place=PLACE)
        await core.command(given, "help", {})
    home = store.read_now(lambda work: work.communities.of(PLACE))
    assert home is not None
    start = await core.command(made.arrival("foreign moderator"), "setup start", {})
    assert isinstance(start, Screen)
    other = store.read_now(lambda work: work.communities.of(OTHER))
    assert other is not None
    made.ours, made.theirs = home.id, other.id
    store.write_now(lambda work: work.communities.mark_set_up(other.id, "UTC", NOW))
    await core.left(Account("preview", "preview", "removed"), home.id)
    return made


def sample(action: type[Action], *, text: str = "k3f9", number: int = 1) -> Action:
    """An Action with something in every field that has to be filled."""
    return made(
        action,
        {
            field.name: _value(field, text, number)
            for field in fields_of(action).values()
            if field.required
        },
    )


def _value(field: Field, text: str, number: int) -> object:
    least = (field.ask.least or 0) if field.ask else 0
    match field.kind:
        case Kind.TEXT | Kind.CHANNEL | Kind.ROLE:
            return text
        case Kind.WHOLE:
            return max(number, least)
        case Kind.YES_NO:
            return True
        case Kind.CHOICE:
            if field.ask and field.ask.options:
                return field.ask.options[0].value
            return next(iter(cast(type[enum.Enum], field.type)))
        case Kind.MOMENT:
            return Moment(NOW, ZoneInfo("UTC"), NOW.replace(tzinfo=None))
        case Kind.DAY:
            return date(2027, 3, 9)
        case Kind.MEMBER:
            return MemberId(number)
        case Kind.CHOICES | Kind.MEMBERS | Kind.FILES:
            return ()
