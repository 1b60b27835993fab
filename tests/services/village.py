"""A community with a host and people who want seats, in memory, on a hand-moved clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import HandMovedClock
from bot.domain.delivery import Attempt, Delivery, Outcome
from bot.domain.moment import Moment
from bot.domain.office_hours import ForWhom, Mode, Plan, Scope, Session
from bot.domain.people import Account, CommunityId, MemberId, Place, Role
from bot.domain.recurrence import Repeat
from bot.domain.wall_clock import wall_at
from bot.services.office_hours import after, changes, hosting, offers, queue, seats, turns, views
from bot.services.office_hours.changes import Change
from bot.services.office_hours.results import Actor, Card, Opened
from bot.services.office_hours.telling import Kind
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from storage import MemoryStore

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
HALL = Place("discord", "9")
FULL = frozenset({Role.GUEST, Role.MEMBER, Role.HOST})
_COURSES: Mapping[str, Callable[[Work, datetime, Delivery], bool]] = {
    Kind.OFFER: offers.told_now,
    Kind.LAPSED: offers.run_out,
    Kind.NO_SEAT: offers.in_vain,
    Kind.OVER: after.begin,
    Kind.HOST_OVER: after.ask_host,
    turns.Kind.END: queue.end,
}


def london(text: str) -> Moment:
    """A wall time in London."""
    return in_zone(text, LONDON)


def in_zone(text: str, zone: ZoneInfo) -> Moment:
    """A wall time somewhere."""
    wall = datetime.fromisoformat(text)
    return Moment(wall.replace(tzinfo=zone).astimezone(UTC), zone, wall)


def plan(seats: int | None = 2, **other: object) -> Plan:
    """What a host decides, mostly left alone."""
    values: dict[str, object] = {
        "title": "Tips for TIPS",
        "topic": "portal",
        "minutes": 45,
        "mode": Mode.SEATS if seats is not None else Mode.DROP_IN,
        "capacity": seats,
        "where": "https://example.org/room",
        "for_whom": ForWhom.EVERYONE,
        "closes": 0,
        "cohosts": (),
        **other,
    }
    return Plan(**values)  # pyright: ignore[reportArgumentType]


def settle(work: Work, names: tuple[str, ...]) -> tuple[CommunityId, dict[str, MemberId]]:
    """The community and its members."""
    home = work.communities.add(HALL, "Radiology", NOW)
    members: dict[str, MemberId] = {}
    for number, name in enumerate(names):
        profile = work.people.add(Account("discord", "", str(100 + number)), name, NOW)
        work.people.join(profile.member, home.id, NOW)
        members[name] = profile.member
    return home.id, members


def due(work: Work, now: datetime) -> tuple[Delivery, ...]:
    """Everything that is due, and sent."""
    rows = work.deliveries.claim("token", now, timedelta(minutes=5), 1000)
    work.deliveries.record("token", [Attempt(row.id, Outcome.SENT) for row in rows], now)
    return rows


@dataclass
class Village:
    """The world of a test."""

    store: MemoryStore
    clock: HandMovedClock = field(default_factory=lambda: HandMovedClock(NOW))
    community: CommunityId = field(init=False)
    members: dict[str, MemberId] = field(init=False)
    drafts: int = 0

    def __post_init__(self) -> None:
        names = ("Host", "Ana", "Ben", "Cem", "Dot", "Eve", "Mod")
        self.community, self.members = self.store.write_now(settle, names)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def do(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.store.write_now(use_case, *args, **kwargs)

    def see(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.store.read_now(use_case, *args, **kwargs)

    def actor(self, name: str, *roles: Role) -> Actor:
        return Actor(self.members[name], self.community, FULL | set(roles))

    def draft(self, name: str) -> str:
        """A confirmation that waits."""
        self.drafts += 1
        id = f"draft{self.drafts}"
        row = Draft(id, self.members[name], self.community, {}, self.now + timedelta(hours=1))
        self.do(lambda work: work.drafts.save(row))
        return id

    def host(
        self,
        starts: str = "2027-03-11 18:00",
        seats: int | None = 2,
        repeat: Repeat = Repeat.NONE,
        until: date | None = None,
        zone: ZoneInfo = LONDON,
        **other: object,
    ) -> Session:
        """A session by Host."""
        result = self.do(
            hosting.host,
            self.now,
            self.actor("Host"),
            plan(seats, **other),
            in_zone(starts, zone),
            hosting.rule_of(in_zone(starts, zone), repeat, until),
            self.draft("Host"),
        )
        assert isinstance(result, Opened), result
        return result.card.session

    def join(self, name: str, session: Session, about: str = "", *roles: Role) -> object:
        return self.do(seats.join, self.now, self.actor(name, *roles), session.code, about)

    def decline(self, name: str, session: Session) -> object:
        return self.do(seats.decline, self.now, self.actor(name), session.code)

    def leave(self, name: str, session: Session) -> object:
        return self.do(seats.leave, self.now, self.actor(name), session.code)

    def move(
        self, session: Session, starts: str, scope: Scope = Scope.ONE, by: str = "Host"
    ) -> object:
        return self.move_at(session, london(starts).at, scope, by)

    def move_at(
        self, session: Session, at: datetime, scope: Scope = Scope.ONE, by: str = "Host"
    ) -> object:
        current = self.session(session)
        change = Change(scope, current.revision, self.draft(by))
        return self.do(changes.move, self.now, self.actor(by), session.code, at, change)

    def call_off(
        self, session: Session, reason: str = "", scope: Scope = Scope.ONE, by: str = "Host"
    ) -> object:
        current = self.session(session)
        change = Change(scope, current.revision, self.draft(by))
        return self.do(changes.call_off, self.now, self.actor(by), session.code, reason, change)

    def session(self, session: Session) -> Session:
        found = self.see(lambda work: work.office_hours.session(session.id))
        assert found is not None
        return found

    def series(self, session: Session) -> tuple[Session, ...]:
        """Every session of the same series."""
        series = self.session(session).series
        assert series is not None
        return self.see(lambda work: work.office_hours.of_series(series, date.min))

    def card(self, session: Session, name: str) -> Card:
        found = self.see(views.card, self.now, session.id, self.members[name])
        assert found is not None
        return found

    def due(self, *, hosts: bool = False) -> list[tuple[str, str]]:
        """Kind and receiver of everything that is due now; each is given once.

        Reminders of those who lead a session only with `hosts`.
        """
        names = {id: name for name, id in self.members.items()}
        return [
            (row.kind, names[row.member])
            for row in self.claim()
            if row.member and (hosts or not row.kind.startswith("oh.host_"))
        ]

    def claim(self) -> tuple[Delivery, ...]:
        """What is due now and may go out, as the dispatcher sees it."""
        found: list[Delivery] = []
        while rows := self.do(due, self.now):
            # What ran out may have led to more that is due.
            found.extend(
                row
                for row in rows
                if row.kind not in _COURSES or self.do(_COURSES[row.kind], self.now, row)
            )
        return tuple(found)

    def told_until(self, moment: datetime, *, hosts: bool = False) -> list[tuple[str, str]]:
        """The same, after the clock moved on."""
        self.clock.set(moment)
        return self.due(hosts=hosts)


def clock_of(session: Session, zone: ZoneInfo = LONDON) -> str:
    """When a session is, on a wall."""
    return f"{wall_at(session.starts, zone):%m-%d %H:%M}"
