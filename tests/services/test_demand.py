"""Many people on one topic: a group hour is proposed, and nobody can be told from the number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.recurrence import Repeat
from bot.services.mentors import demand as use
from bot.services.mentors.demand import Demand
from bot.services.office_hours import hosting
from bot.services.office_hours.results import Actor, Opened
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from storage import memory_store
from tests.services.school import OFFER, TEXT, School
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
    mara, later = school.members["Mara"], school.now + timedelta(days=7)
    row = Draft("draft", mara, school.community, {}, later)
    school.do(lambda work: work.drafts.save(row))
    starts = in_zone(f"{later:%Y-%m-%d %H:%M}", LONDON)
    opened = school.do(
        hosting.host,
        school.now,
        Actor(mara, school.community, FULL),
        plan(8, topic="oncology"),
        starts,
        hosting.rule_of(starts, Repeat.NONE, None),
        "draft",
    )
    assert isinstance(opened, Opened)
    assert proposed(school) is None
