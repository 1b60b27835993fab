"""Many people on one topic: a group hour is proposed; whoever asked hears of it, each alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import Attempt, Delivery, Outcome
from bot.domain.office_hours import ForWhom, Scope, Session
from bot.domain.people import MemberId
from bot.domain.recurrence import Repeat
from bot.services.mentors import demand as use
from bot.services.mentors.demand import Demand
from bot.services.office_hours import changes, group_hour, hosting, seats
from bot.services.office_hours.changes import Change
from bot.services.office_hours.results import Actor, Changed, Opened
from bot.services.office_hours.telling import Kind
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from storage import memory_store
from tests.services.school import MONDAY, OFFER, TEXT, School
from tests.services.village import FULL, LONDON, in_zone, plan

TOPICS = frozenset({"oncology", "research", "other"})
ABOUT = replace(TEXT, domain="oncology")


@pytest.fixture
def school() -> Iterator[School]:
    store = memory_store()
    yield School(store)
    store.close_now()


def proposed(school: School, mentor: str = "Mara") -> Demand | None:
    who = school.members[mentor]
    return school.see(use.demand, school.now, school.community, who, TOPICS)


def asks(school: School, name: str, topic: str = "oncology") -> None:
    def add(work: Work) -> None:
        code = work.codes.next(school.community)
        work.questions.add(
            *(school.community, code, school.members[name], topic, "How?", school.now),
            anonymous=True,
        )

    school.do(add)


def opens(school: School, title: str = "Group hour", **other: object) -> Session:
    """Mara opens a session on the topic, in a week's time."""
    mara, later = school.members["Mara"], school.now + timedelta(days=7)
    row = Draft(title, mara, school.community, {}, later)
    school.do(lambda work: work.drafts.save(row))
    starts = in_zone(f"{later:%Y-%m-%d %H:%M}", LONDON)
    opened = school.do(
        hosting.host,
        school.now,
        Actor(mara, school.community, FULL),
        plan(**{"seats": 8, "topic": "oncology", "title": title, **other}),  # pyright: ignore[reportArgumentType]
        starts,
        hosting.rule_of(starts, Repeat.NONE, None),
        title,
    )
    assert isinstance(opened, Opened)
    return opened.card.session


def told(school: School) -> list[str]:
    """Who hears of a group hour now, as the dispatcher would do it."""
    said: list[str] = []
    while rows := school.do(claimed, school.now):
        for row in rows:
            if row.kind == Kind.GROUP_HOUR and school.do(group_hour.admit, school.now, row):
                said.append(school.names[row.member or MemberId(0)])
    return sorted(said)


def claimed(work: Work, now: datetime) -> tuple[Delivery, ...]:
    rows = work.deliveries.claim("token", now, timedelta(minutes=5), 1000)
    work.deliveries.record("token", [Attempt(row.id, Outcome.SENT) for row in rows], now)
    return rows


@pytest.fixture
def crowd(school: School) -> School:
    """Two ask Mara with their names, two without; Eve blocked her."""
    school.offers("Mara", replace(OFFER, intake=10, topics=("oncology",)))
    school.sent("Ana", "Mara", ABOUT)
    school.sent("Ben", "Mara", ABOUT)
    for name in ("Cem", "Dot", "Eve", "Ben"):
        asks(school, name)
    asks(school, "Fay", "research")
    eve, mara = school.members["Eve"], school.members["Mara"]
    school.do(lambda work: work.blocks.block(eve, mara, school.now))
    return school


def test_three_requests_on_one_topic_and_not_two(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=10))
    school.sent("Ana", "Mara", ABOUT)
    school.sent("Ben", "Mara", ABOUT)
    assert proposed(school) is None
    school.sent("Cem", "Mara", replace(ABOUT, domain="research"))
    assert proposed(school) is None, "another topic"
    last = school.sent("Dot", "Mara", ABOUT)
    assert proposed(school) == Demand("oncology", 3)
    school.declines(last)
    assert proposed(school) is None


def test_open_questions_on_a_listed_topic_count_each_person_once(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=10, topics=("oncology",)))
    school.sent("Ana", "Mara", ABOUT)
    for name in ("Ben", "Ben", "Mara"):
        asks(school, name)
    assert proposed(school) is None
    asks(school, "Ana")
    assert proposed(school) == Demand("oncology", 3), "who asked without a name is not merged"
    asks(school, "Ben", "research")
    assert proposed(school) == Demand("oncology", 3)


def test_a_group_hour_that_is_planned_is_not_proposed_again(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=10))
    for name in ("Ana", "Ben", "Cem"):
        school.sent(name, "Mara", ABOUT)
    assert proposed(school) is not None
    opens(school)
    assert proposed(school) is None


def test_everybody_who_asked_is_told_once(crowd: School) -> None:
    opens(crowd)
    cem = crowd.members["Cem"]
    crowd.do(lambda work: work.without.set(cem, [group_hour.CHOICE]))
    assert told(crowd) == ["Ana", "Ben", "Dot"]
    assert crowd.see(lambda work: work.nudges.used(cem, MONDAY, "none")[0]) == ()
    assert told(crowd) == []
    opens(crowd, "A second one")
    assert told(crowd) == [], "one is planned already"


def test_a_session_that_few_ask_for_tells_nobody(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=10, topics=("oncology",)))
    for name in ("Ana", "Ben"):
        school.sent(name, "Mara", ABOUT)
    opens(school)
    assert told(school) == []


def test_a_session_for_people_with_a_role_tells_nobody(crowd: School) -> None:
    opens(crowd, for_whom=ForWhom.REVIEWERS)
    assert told(crowd) == []


def test_the_word_counts_in_the_budget_and_comes_when_there_is_room(crowd: School) -> None:
    ana = crowd.members["Ana"]
    crowd.do(lambda work: work.nudges.count(ana, "another", crowd.now))
    opens(crowd)
    assert told(crowd) == ["Ben", "Cem", "Dot"]
    crowd.clock.set(crowd.now.replace(hour=8) + timedelta(days=1))
    assert told(crowd) == ["Ana"]
    assert len(crowd.see(lambda work: work.nudges.used(ana, MONDAY, "none"))[0]) == 2


def test_at_night_it_waits_for_the_morning(crowd: School) -> None:
    crowd.clock.set(crowd.now.replace(hour=23))
    opens(crowd)
    assert told(crowd) == []
    crowd.clock.set(crowd.now.replace(hour=8) + timedelta(days=1))
    assert told(crowd) == ["Ana", "Ben", "Cem", "Dot"]


def test_what_has_become_of_no_use_is_not_said_and_costs_nothing(crowd: School) -> None:
    crowd.clock.set(crowd.now.replace(hour=23))
    session = opens(crowd)
    ana = Actor(crowd.members["Ana"], crowd.community, FULL)
    crowd.do(seats.join, crowd.now, ana, session.code)
    crowd.clock.set(crowd.now.replace(hour=8) + timedelta(days=1))
    assert told(crowd) == ["Ben", "Cem", "Dot"]
    assert crowd.see(lambda work: work.nudges.used(ana.member, MONDAY, "none")[0]) == ()


def test_of_one_that_was_called_off_nobody_hears(crowd: School) -> None:
    crowd.clock.set(crowd.now.replace(hour=23))
    session = opens(crowd)
    mara = Actor(crowd.members["Mara"], crowd.community, FULL)
    row = Draft("off", mara.member, crowd.community, {}, crowd.now + timedelta(days=1))
    crowd.do(lambda work: work.drafts.save(row))
    off = Change(Scope.ONE, session.revision, "off")
    assert isinstance(crowd.do(changes.call_off, crowd.now, mara, session.code, "", off), Changed)
    crowd.clock.set(crowd.now.replace(hour=8) + timedelta(days=1))
    assert told(crowd) == []
