"""What nobody may learn by comparing: a block, a shared background, somebody's programmes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.finding import FIRSTS_A_WEEK, Wanted
from bot.domain.listings import Room, next_month, next_week, week_of
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.domain.taxonomy import Format
from bot.services import blocking
from bot.services.mentors import answering, finding
from bot.services.mentors.requesting import Refused, Why
from storage import memory_store
from tests.services.school import OFFER, TEXT, School

TALK = replace(TEXT, form=Format.TALK)
FIRST = ("first_generation",)


@pytest.fixture
def school() -> Iterator[School]:
    store = memory_store()
    yield School(store)
    store.close_now()


def found(school: School, viewer: str) -> finding.Found:
    who = school.members[viewer]
    return school.see(finding.find, school.now, school.lists, school.community, who, Wanted())


def card(school: School, viewer: str, mentor: str) -> finding.Card:
    shown = school.see(
        finding.show,
        school.now,
        school.lists,
        school.community,
        school.members[viewer],
        school.members[mentor],
    )
    assert shown is not None
    return shown


@pytest.mark.parametrize("blocker", ["Ana", "Mara"])
def test_a_search_without_anybody_names_the_day_it_would_name_if_all_were_taken(
    school: School, blocker: str
) -> None:
    school.offers("Mara", replace(OFFER, places=1, talks=1, intake=9))
    school.accepts(school.sent("Ben", "Mara"))
    one, other = ("Ana", "Mara") if blocker == "Ana" else ("Mara", "Ana")
    school.do(blocking.block, school.now, school.members[one], school.members[other])
    blocked = found(school, "Ana")
    assert blocked.opens == next_month(school.now) == card(school, "Ana", "Mara").opens
    school.accepts(school.sent("Cem", "Mara", TALK))
    for viewer in ("Ana", "Dot"):
        full = found(school, viewer)
        assert (full.cards, full.listed, full.opens) == ((), blocked.listed, blocked.opens)


def test_ones_own_waiting_time_stands_on_the_card_whether_full_or_blocked(school: School) -> None:
    for name in ("Mara", "Noor"):
        school.offers(name, replace(OFFER, places=1, talks=1, intake=9))
    school.declines(school.sent("Ana", "Noor"))
    school.accepts(school.sent("Ben", "Noor"))
    school.accepts(school.sent("Cem", "Noor", TALK))
    school.sent("Ana", "Mara")
    school.do(blocking.block, school.now, school.members["Mara"], school.members["Ana"])
    full, blocked = card(school, "Ana", "Noor"), card(school, "Ana", "Mara")
    assert (full.room, full.opens, full.tie) == (blocked.room, blocked.opens, blocked.tie)


def test_no_request_for_a_background_reads_as_full_without_a_day(school: School) -> None:
    """It is not sent round in a circle: "no room for that, but for that"."""
    none = replace(OFFER, backgrounds=FIRST, background_cap=0)
    school.offers("Mara", none, background=True)
    school.says("Ana", backgrounds=FIRST, background_consent=school.now)
    shown = card(school, "Ana", "Mara")
    assert (shown.room, shown.opens) == (Room.FULL, None)
    assert school.asks("Ana", "Mara") == Refused(Why.FULL)
    assert card(school, "Ben", "Mara").room is Room.OPEN


def test_the_weeks_limit_for_a_background_counts_for_every_format(school: School) -> None:
    one = replace(OFFER, places=1, intake=9, backgrounds=FIRST, background_cap=1)
    school.offers("Mara", one, background=True)
    for name in ("Ana", "Ben"):
        school.says(name, backgrounds=FIRST, background_consent=school.now)
    school.accepts(school.sent("Ben", "Mara"))
    full = school.asks("Ana", "Mara")
    assert isinstance(full, Refused)
    assert (full.why, full.forms) == (Why.FULL, ()), "nothing is offered that would be refused"
    assert school.asks("Ana", "Mara", TALK) == Refused(Why.NEXT_WEEK, next_week(school.now))


def test_a_mentor_cannot_try_out_which_programmes_somebody_named(school: School) -> None:
    day = school.now.date()
    season = Season(
        SeasonId(0), school.community, None, SeasonKind.INTERVIEWS, day, day + timedelta(days=60)
    )
    school.do(lambda work: work.manners.add_season(season))
    school.says("Ana", programmes=("Elm Hospital",))
    school.offers("Mara", replace(OFFER, interviews_for=("Oak Hospital",)))
    sent = school.sent("Ana", "Mara")
    assert not _note(school, sent.id)
    school.clock.move(timedelta(minutes=1))
    school.offers("Mara", replace(OFFER, interviews_for=("Elm Hospital",)))
    assert not _note(school, sent.id), "it was not so when it was sent"
    assert _note(school, school.sent("Ana", _other(school)).id)


def _other(school: School) -> str:
    school.offers("Noor", replace(OFFER, interviews_for=("elm hospital",)))
    return "Noor"


def _note(school: School, id: object) -> bool:
    shown = school.see(answering.look, school.now, id)  # pyright: ignore[reportArgumentType]
    assert shown is not None
    return shown.season


def test_who_leads_the_names_after_a_no_is_counted_like_any_first(school: School) -> None:
    for name in ("Mara", "Noor"):
        school.offers(name, replace(OFFER, places=99, intake=99))
    week, first = week_of(school.now), list[str]()
    for viewer in (*school.names.values(),)[-8:-1]:
        who = school.members[viewer]
        order = found(school, viewer).order
        led = school.do(finding.led, school.now, who, order)
        first.append(next(c.who.name for c in found(school, viewer).cards if c.listing.id == led))
    for name in ("Mara", "Noor"):
        id = school.listing(name).id
        counted = school.see(lambda work, id=id: work.listings.firsts([id], week)).get(id, 0)
        assert counted == first.count(name) <= FIRSTS_A_WEEK
