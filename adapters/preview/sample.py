"""The sample community: members, office hours to come, mentors, and some talk in the channels.

Everybody and everything here is invented. Written through the same use cases as in real life.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.preview import sample_mentors
from adapters.preview.people import PERSONAS, PLACE, PLACE_NAME
from adapters.preview.render import typed_body
from adapters.preview.world import World
from bot.clock import Clock
from bot.domain.moment import Moment
from bot.domain.office_hours import ForWhom, Mode, Plan
from bot.domain.people import CommunityId, MemberId, Role
from bot.domain.recurrence import Repeat
from bot.domain.seats import Rules
from bot.domain.taxonomy import taxonomy
from bot.services import communities, pairs
from bot.services.office_hours import hosting, questions, seats
from bot.services.office_hours.results import Actor, Opened, Refused
from bot.services.ports import Store, Work
from bot.services.ports.drafts import Draft

ZONE = "Europe/London"
_MEMBER = frozenset({Role.GUEST, Role.MEMBER})
_HOST = _MEMBER | {Role.HOST}


@dataclass(frozen=True, slots=True)
class _Hour:
    """A session to come: `days` ahead at `at` on the host's wall clock."""

    host: str
    title: str
    topic: str
    days: int
    at: time
    zone: str
    where: str
    seats: int | None = 6
    minutes: int = 45
    repeat: Repeat = Repeat.NONE
    for_whom: ForWhom = ForWhom.EVERYONE
    comes: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()


_HOURS = (
    _Hour(
        "malik", "Open door: anything about training", "career", 1, time(18), "Europe/London",
        "https://video.example.org/open-door", seats=None, minutes=60, repeat=Repeat.WEEKLY,
    ),
    _Hour(
        "mentor", "Talking through a first UFE", "embolisation", 2, time(19), "Europe/Oslo",
        "https://video.example.org/first-ufe",
        comes=(("yuki", "Which catheter first, and why"), ("leila", "")),
        asked=(("leila", "How do you explain the pain of the first night?"),),
    ),
    _Hour(
        "hannah", "Reading the literature without drowning", "research", 4, time(17, 30),
        "Europe/Berlin", "https://video.example.org/reading", seats=2,
        comes=(("ben", "Where to begin"), ("yuki", ""), ("leila", "")),
    ),
    _Hour(
        "mentor", "PAE: choosing whom to offer it", "embolisation", 9, time(19), "Europe/Oslo",
        "https://video.example.org/pae", seats=8, for_whom=ForWhom.RESIDENTS_UP,
    ),
    _Hour(
        "hannah", "A fellowship year abroad", "match", 12, time(20), "Europe/Berlin",
        "https://video.example.org/abroad", seats=5, comes=(("ben", "Visas"),),
    ),
)  # fmt: skip


_CHANNELS = (
    ("hours", "office-hours"),
    ("staff", "moderators"),
    ("community", "general"),
    ("questions", "ask-ir"),
    ("cases", "cases"),
)


NEWCOMER = "trainee-2"
"""Whoever has not yet agreed to the professional conduct, so that it can be seen."""


async def seed(store: Store, clock: Clock) -> None:
    """Fill an empty store; one that was filled before is left as it is."""
    now = clock.now()
    community, members = await store.write(_people, now)
    for number, hour in enumerate(_HOURS):
        await _hold(store, now, community, members, hour, f"sample-{number}")
    await store.write(sample_mentors.fill, now, taxonomy(), community, members)


def _people(work: Work, now: datetime) -> tuple[CommunityId, dict[str, MemberId]]:
    community = work.communities.of(PLACE) or work.communities.add(PLACE, PLACE_NAME, now)
    members: dict[str, MemberId] = {}
    for one in PERSONAS:
        profile = work.people.find(one.account) or work.people.add(one.account, one.name, now)
        work.people.join(profile.member, community.id, now)
        members[one.id] = profile.member
        if one.id != NEWCOMER:
            work.conduct.agree(community.id, profile.member, now)
    if communities.set_up(work, now, community.id, ZONE, members["moderator"]) is None:
        for purpose, channel in _CHANNELS:
            work.communities.set_channel(community.id, purpose, PLACE, channel)
        work.office_hours.set_rules(community.id, Rules(board=True))
        pairs.open_pair(work, now, community.id, members["hannah"], members["trainee-2"])
    return community.id, members


async def _hold(
    store: Store,
    now: datetime,
    community: CommunityId,
    members: dict[str, MemberId],
    hour: _Hour,
    request: str,
) -> None:
    host = Actor(members[hour.host], community, _HOST)
    opened = await store.write(_open, now, host, hour, request)
    if not isinstance(opened, Opened) or opened.repeated:
        return
    code = opened.card.session.code
    for who, about in hour.comes:
        actor = Actor(members[who], community, _MEMBER)
        await store.write(seats.join, now, actor, code, about)
    for who, question in hour.asked:
        actor = Actor(members[who], community, _MEMBER)
        await store.write(questions.ask, now, actor, code, question)


def _open(work: Work, now: datetime, host: Actor, hour: _Hour, request: str) -> Opened | Refused:
    starts = _starts(now, hour)
    plan = Plan(
        title=hour.title,
        topic=hour.topic,
        minutes=hour.minutes,
        mode=Mode.DROP_IN if hour.seats is None else Mode.SEATS,
        capacity=hour.seats,
        where=hour.where,
        for_whom=hour.for_whom,
    )
    if work.office_hours.by_request(request) is None:
        # What `Confirm` finds when a person presses it.
        kept = Draft(request, host.member, host.community, {}, now + timedelta(hours=1))
        work.drafts.save(kept)
    rule = hosting.rule_of(starts, hour.repeat, None)
    return hosting.host(work, now, host, plan, starts, rule, request)


def _starts(now: datetime, hour: _Hour) -> Moment:
    zone = ZoneInfo(hour.zone)
    day = now.astimezone(zone).date() + timedelta(days=hour.days)
    wall = datetime.combine(day, hour.at)
    # None of these hours lies where clocks change.
    return Moment(wall.replace(tzinfo=zone).astimezone(UTC), zone, wall)


def talk(world: World, now: datetime) -> None:
    """Some talk in the channels, so that they are not bare. Counts as read."""
    lines = (
        (190, "general", "moderator",
         "Welcome to the sample community. Everybody here is invented; be whoever you like, and"
         " move the clock to see what happens later."),
        (170, "general", "yuki", "First embolisation as first operator today. My knees have"
         " stopped shaking."),
        (164, "general", "hannah", "They come back for the second one. Well done."),
        (120, "ask-ir", "ben", "Which book do you wish you had been given in your first month?"),
        (95, "office-hours", "malik", "My door is open every week. No question is too small, and"
         " you may just listen."),
        (61, "office-hours", "leila", "Last week's helped me more than I expected."),
        (30, "moderators", "moderator", "Two new mentors this week. /setup is where things are"
         " decided."),
    )  # fmt: skip
    for minutes, where, who, text in lines:
        world.post(where, who, typed_body(text, ()), now - timedelta(minutes=minutes))
    world.mark_all_read()
