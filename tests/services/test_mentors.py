"""Listings, finding, requests and answers, one rule at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.finding import Wanted
from bot.domain.listings import Offer, Purpose, Room, State, next_week
from bot.domain.policies import Matter
from bot.domain.requests import COOLING, LASTS, RequestState
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.domain.seekers import pending_cap
from bot.domain.taxonomy import Format
from bot.services import blocking, pairs, people
from bot.services.follow_ups import engine
from bot.services.follow_ups.leaving import gone
from bot.services.mentors import (
    answering,
    bonds,
    elsewhere,
    ending,
    finding,
    inbox,
    listing,
    renewing,
    requesting,
    sealing,
)
from bot.services.mentors.answering import Accepted
from bot.services.mentors.requesting import Ground, Refused, Sent, Why
from bot.services.mentors.ties import Knot
from cogs.mentors import leave as requesting_leave
from storage import memory_store
from tests.services.school import OFFER, TEXT, School

CLOSERS = {**pairs.CLOSERS, **ending.REQUEST_CLOSERS}


@pytest.fixture
def school() -> Iterator[School]:
    store = memory_store()
    yield School(store)
    store.close_now()


def refusal(found: object) -> Why:
    assert isinstance(found, Refused), found
    return found.why


def card(school: School, viewer: str, mentor: str) -> finding.Card | None:
    return school.see(
        finding.show,
        school.now,
        school.lists,
        school.community,
        school.members[viewer],
        school.members[mentor],
    )


# Listings


def test_nobody_is_listed_who_did_not_ask_for_it(school: School) -> None:
    assert school.finds("Ana") == []
    assert card(school, "Ana", "Mara") is None
    assert refusal(school.asks("Ana", "Mara")) is Why.NOBODY


def test_consents_are_dated_and_apart(school: School) -> None:
    made = school.offers("Mara", background=True)
    assert dict.fromkeys(Purpose, school.now) == made.consents
    school.clock.move(timedelta(days=1))
    mara = school.members["Mara"]
    school.do(listing.consent, school.now, school.community, mara, Purpose.BACKGROUND, given=False)
    assert Purpose.BACKGROUND not in school.listing("Mara").consents
    assert school.listing("Mara").consents[Purpose.LISTING] == school.now - timedelta(days=1)
    school.do(listing.consent, school.now, school.community, mara, Purpose.DMS, given=False)
    assert school.finds("Ana") == []
    assert refusal(school.asks("Ana", "Mara")) is Why.FULL
    school.do(listing.consent, school.now, school.community, mara, Purpose.DMS, given=True)
    assert school.finds("Ana") == ["Mara"]
    school.do(listing.consent, school.now, school.community, mara, Purpose.LISTING, given=False)
    assert school.listing("Mara").state is State.WITHDRAWN
    assert card(school, "Ana", "Mara") is None


def test_pause_and_withdrawal_hold_at_once_and_answer_kindly(school: School) -> None:
    school.offers("Mara")
    request = school.sent("Ana", "Mara")
    school.due()
    found = school.do(listing.pause, school.now, school.community, school.members["Mara"])
    assert found is not None
    assert found.closed == 1
    assert school.request(request).state is RequestState.DECLINED
    assert ("mn.declined", "Ana") in school.due()
    assert school.finds("Ben") == []
    assert refusal(school.asks("Ben", "Mara")) is Why.FULL
    school.clock.move(timedelta(weeks=4))
    assert school.finds("Ben") == ["Mara"], "open again on the date, without anybody's doing"
    school.do(listing.upkeep, school.now)
    assert ("mn.back", "Mara") in school.due()
    assert school.listing("Mara").state is State.PUBLISHED
    school.do(listing.withdraw, school.now, school.community, school.members["Mara"])
    assert school.finds("Ben") == []
    assert card(school, "Mara", "Mara") is None, "one's own card is gone as well"


def test_a_listing_asks_once_a_year_and_hides_itself(school: School) -> None:
    school.offers("Mara")
    school.clock.move(timedelta(days=366))
    school.do(listing.upkeep, school.now)
    school.do(listing.upkeep, school.now)
    asked = school.see(lambda work: work.follow_ups.of(school.members["Mara"]))
    assert len(asked) == 1
    school.do(listing.left_unsaid, school.now, asked[0])
    assert school.finds("Ana") == []
    school.do(listing.resume, school.now, school.community, school.members["Mara"])
    assert school.finds("Ana") == ["Mara"]
    assert school.see(lambda work: work.follow_ups.of(school.members["Mara"])) == ()


def test_verified_only(school: School) -> None:
    school.offers("Mara")
    school.do(lambda work: work.listings.set_verified_only(school.community, on=True))
    assert school.finds("Ana") == []
    school.do(
        sealing.verify, school.now, school.lists, school.community, school.members["Mara"],
        school.members["Mod"], "met at the meeting",
    )  # fmt: skip
    assert school.finds("Ana") == ["Mara"]
    shown = card(school, "Ana", "Mara")
    assert shown is not None
    assert shown.verified_by is not None
    assert shown.verified_by.name == "Mod"
    assert shown.listing.verified is not None
    assert shown.listing.verified.how == "met at the meeting"


def test_a_verification_is_taken_back_and_that_too(school: School) -> None:
    school.offers("Mara")
    mara, moderator, other = (school.members[one] for one in ("Mara", "Mod", "Pia"))
    given = (school.lists, school.community, mara)
    assert school.do(sealing.unverify, school.now, *given, moderator) is None
    assert school.see(lambda work: work.audit.latest(school.community, 10)) == ()
    assert school.due() == []
    school.do(sealing.verify, school.now, *given, moderator, "met")
    assert school.due() == [("mn.verified", "Mara")]
    school.clock.move(timedelta(days=1))
    seal = school.do(sealing.unverify, school.now, *given, other)
    assert seal is not None
    assert school.listing("Mara").verified is None
    assert school.due() == [("mn.unverified", "Mara")], "no mentor finds out by the card"
    assert school.do(sealing.restore, school.now, *given, other, seal) is not None
    assert school.listing("Mara").verified == seal, "the same name, date and words"
    assert school.do(sealing.restore, school.now, *given, other, seal) is None
    assert len(school.see(lambda work: work.audit.latest(school.community, 10))) == 3
    # Taken back and undone at once: no message that holds no more.
    school.do(sealing.unverify, school.now, *given, other)
    school.do(sealing.restore, school.now + timedelta(seconds=5), *given, other, seal)
    school.clock.move(timedelta(seconds=5))
    assert [one for one, _who in school.due()] == ["mn.verified"]


# Finding


def test_an_empty_list_is_not_a_full_one(school: School) -> None:
    def listed(viewer: str) -> bool:
        who = school.members[viewer]
        found = school.see(
            finding.find, school.now, school.lists, school.community, who, Wanted(topic="trauma")
        )
        assert found.cards == ()
        return found.listed

    assert not listed("Ana")
    school.offers("Mara")
    assert listed("Ana")
    assert not listed("Mara"), "one's own listing is nobody else's"
    school.do(listing.pause, school.now, school.community, school.members["Mara"])
    assert listed("Ana")
    school.do(lambda work: work.listings.set_verified_only(school.community, on=True))
    assert not listed("Ana")
    school.do(listing.withdraw, school.now, school.community, school.members["Mara"])
    assert not listed("Ana")


def test_two_who_would_rather_not_say_have_nothing_in_common(school: School) -> None:
    other = ("other",)
    offer = replace(OFFER, topics=other, languages=other, backgrounds=other, region="other")
    school.offers("Mara", replace(offer, help=other), background=True)
    school.says(
        "Ana", topics=other, languages=other, region="other", backgrounds=other,
        background_consent=school.now,
    )  # fmt: skip
    found = school.see(
        finding.find, school.now, school.lists, school.community, school.members["Ana"],
        Wanted(topic="other", help="other"),
    )  # fmt: skip
    (one,) = found.cards
    assert (one.reasons.topics, one.reasons.help, one.reasons.languages) == ((), (), ())
    assert one.reasons.region == ""
    assert not school.sent("Ana", "Mara").background


def test_filters_and_free_text(school: School) -> None:
    school.offers("Mara")
    school.offers("Noor", replace(OFFER, topics=("venous",), about="Clots, and clinic in Málaga."))
    school.offers("Omar", replace(OFFER, stage="fellow", region="uk", languages=("es",)))
    for wanted, names in (
        (Wanted(topic="venous"), {"Noor"}),
        (Wanted(text="malaga clot"), {"Noor"}),
        (Wanted(text="venous"), {"Noor"}),
        (Wanted(language="es"), {"Omar"}),
        (Wanted(region="uk", stage="fellow"), {"Omar"}),
        (Wanted(stage="near_peer"), {"Omar"}),
        (Wanted(form=Format.TALK, help="career"), {"Mara", "Noor", "Omar"}),
        (Wanted(form=Format.VISIT), set[str]()),
        (Wanted(text='" OR 1 * - )'), set[str]()),
    ):
        assert set(school.finds("Ana", wanted)) == names, wanted


def test_backgrounds_are_no_filter_and_not_shown(school: School) -> None:
    school.offers("Mara", replace(OFFER, backgrounds=("img",)), background=True)
    assert school.finds("Ana", Wanted(text="img")) == []
    assert school.finds("Ana", Wanted(text="abroad")) == []
    school.says("Ana", backgrounds=("img",), background_consent=school.now)
    shown = card(school, "Ana", "Mara")
    assert shown is not None
    assert "img" not in repr(shown.reasons)


def test_background_counts_only_where_both_volunteered_and_has_its_own_cap(school: School) -> None:
    school.offers("Mara", replace(OFFER, backgrounds=("img",), intake=9), background=True)
    school.says("Ana", backgrounds=("img",), background_consent=school.now)
    school.says("Ben", backgrounds=("img",))
    school.says("Cem", backgrounds=("img",), background_consent=school.now)
    assert not school.sent("Ben", "Mara").background
    assert school.sent("Ana", "Mara").background
    assert refusal(school.asks("Cem", "Mara")) is Why.NEXT_WEEK
    assert school.finds("Cem") == []
    assert not school.sent("Dot", "Mara").background


def test_the_least_loaded_come_first_and_five_firsts_a_week(school: School) -> None:
    school.offers("Mara")
    school.offers("Noor")
    firsts: list[str] = []
    for name in ("Ana", "Ben", "Cem", "Dot", "Eve", "Fay", "Gil", "Omar", "Pia", "Mod"):
        viewer = school.members[name]
        found = school.see(
            finding.find, school.now, school.lists, school.community, viewer, Wanted()
        )
        who = ""
        for _again in range(2):
            first, enough = school.do(
                finding.noted, school.now, school.community, viewer, found.order
            )
            assert not enough
            who = next(c.who.name for c in found.cards if c.listing.id == first)
        firsts.append(who)
    assert sorted(firsts) == ["Mara"] * 5 + ["Noor"] * 5
    school.sent("Ana", "Mara")
    school.clock.move(timedelta(minutes=1))
    school.accepts(school.sent("Ben", "Mara"))
    school.clock.move(timedelta(weeks=1))
    assert school.finds("Cem") == ["Noor", "Mara"]


def test_paging_has_an_end(school: School) -> None:
    school.offers("Mara")
    ana = school.members["Ana"]
    answers = [
        school.do(finding.noted, school.now, school.community, ana, ())[1] for _ in range(61)
    ]
    assert answers == [False] * 60 + [True]
    school.clock.move(timedelta(days=1))
    assert not school.do(finding.noted, school.now, school.community, ana, ())[1]


def test_blocked_people_read_full_and_find_nobody(school: School) -> None:
    school.offers("Mara")
    mara, ana = school.members["Mara"], school.members["Ana"]
    school.do(lambda work: work.blocks.block(mara, ana, school.now))
    assert school.finds("Ana") == []
    shown = card(school, "Ana", "Mara")
    assert shown is not None
    assert shown.room is Room.FULL
    assert refusal(school.asks("Ana", "Mara")) is Why.FULL
    school.do(lambda work: work.blocks.unblock(mara, ana))
    assert school.finds("Ana") == ["Mara"]


@pytest.mark.parametrize("forms", [(Format.TALK, Format.ONGOING), (Format.ONGOING,)])
def test_blocked_and_full_read_the_same_to_the_date(
    school: School, forms: tuple[Format, ...]
) -> None:
    """Nobody learns of a block by comparing: the card, the refusal, and after a no."""
    for name in ("Mara", "Noor"):
        school.offers(name, replace(OFFER, formats=forms, places=1, talks=1, intake=9))
    school.declines(school.sent("Ana", "Noor", replace(TEXT, form=forms[0])))
    for form, who in zip(forms, ("Cem", "Dot"), strict=False):
        school.accepts(school.sent(who, "Noor", replace(TEXT, form=form)))
    asked = school.sent("Ana", "Mara", replace(TEXT, form=forms[0]))
    school.do(blocking.block, school.now, school.members["Mara"], school.members["Ana"])
    assert school.request(asked).state is RequestState.DECLINED
    full, blocked = card(school, "Ana", "Noor"), card(school, "Ana", "Mara")
    assert full is not None
    assert blocked is not None
    assert (blocked.room, blocked.opens) == (full.room, full.opens)
    assert full.room is Room.FULL
    said = [school.asks("Ana", name, replace(TEXT, form=forms[0])) for name in ("Mara", "Noor")]
    assert said[0] == said[1]
    assert refusal(said[0]) is Why.FULL


def test_how_long_it_may_take_is_said_where_nobody_has_room(school: School) -> None:
    def found() -> finding.Found:
        member = school.members["Ana"]
        return school.see(
            finding.find, school.now, school.lists, school.community, member, Wanted()
        )

    school.offers("Mara", replace(OFFER, places=0, intake=1))
    assert found().opens is None, "somebody has room"
    school.sent("Ben", "Mara", replace(TEXT, form=Format.TALK))
    assert found().opens == next_week(school.now)
    school.offers("Noor", replace(OFFER, places=0, talks=0))
    assert found().opens == next_week(school.now), "what is not foreseen is not counted"


def test_words_find_what_labels_say_now(school: School) -> None:
    from bot.domain.taxonomy import Entry, Flaw, List, over, taxonomy
    from bot.services.mentors import lists

    def change(key: str, entry: Entry) -> None:
        own = school.see(lists.own, school.community)
        new = lists.changed(own, taxonomy(), List.TOPICS, key, entry)
        assert not isinstance(new, Flaw)
        setting = lists.setting_of(List.TOPICS)
        school.do(lists.KIND.write, school.now, school.community, setting, new)
        school.lists = over(taxonomy(), school.see(lists.own, school.community))

    school.offers("Mara")
    assert school.finds("Ana", Wanted(text="oncol")) == ["Mara"]
    change("oncology", Entry(" Tumours "))
    assert school.lists.label(List.TOPICS, "oncology") == "Tumours"
    assert school.finds("Ana", Wanted(text="tumours first")) == ["Mara"]
    assert school.finds("Ana", Wanted(text="oncology")) == []
    for label in ("Kidney", "Kidney!"):
        change("", Entry(label))
    own = [key for key in school.lists.keys(List.TOPICS) if key.startswith("x_")]
    assert own == ["x_kidney", "x_kidney_2"]
    change("x_kidney", Entry("Kidney", off=True))
    assert "x_kidney" not in school.lists.keys(List.TOPICS)
    same = lists.changed({}, taxonomy(), List.TOPICS, "", Entry("RESEARCH"))
    assert same is Flaw.SAME


# Requests


@pytest.mark.parametrize(("says", "hears"), [("Mara", "Ana"), ("Ana", "Mara")])
def test_we_spoke_elsewhere(school: School, says: str, hears: str) -> None:
    school.offers("Mara")
    request = school.sent("Ana", "Mara")
    school.due()
    for who, why in (("Ben", Why.UNKNOWN), (says, None), (hears, Why.CLOSED)):
        done = school.do(elsewhere.spoke, school.now, school.members[who], request.id)
        assert (refusal(done) if why else None) is why
    assert school.request(request).state is RequestState.SPOKEN
    assert school.due() == [("mn.spoken", hears)], "and the reminders are gone"
    assert school.see(lambda work: work.follow_ups.of(school.members["Mara"])) == ()
    assert school.sent("Ana", "Mara").id != request.id, "who spoke may ask again"


def test_three_pending_and_the_fourth_is_refused(school: School) -> None:
    for name in ("Mara", "Noor", "Omar", "Pia"):
        school.offers(name)
    first = school.sent("Ana", "Mara")
    school.sent("Ana", "Noor")
    school.sent("Ana", "Omar")
    assert refusal(school.asks("Ana", "Pia")) is Why.CAP
    assert refusal(school.asks("Ana", "Mara")) is Why.OPEN_ALREADY
    school.do(requesting.withdraw, school.now, school.members["Ana"], first.id)
    school.sent("Ana", "Pia")


def test_cooling_after_a_no_but_not_after_taking_back(school: School) -> None:
    school.offers("Mara")
    request = school.sent("Ana", "Mara")
    school.do(requesting.withdraw, school.now, school.members["Ana"], request.id)
    request = school.sent("Ana", "Mara")
    school.declines(request)
    assert refusal(school.asks("Ana", "Mara")) is Why.COOLING
    school.clock.move(COOLING)
    school.sent("Ana", "Mara")


def test_what_is_taken_back_uses_up_no_week_and_makes_no_noise(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=1))
    ana = school.members["Ana"]
    # Before the mentor's morning: nothing was read, so nothing is said.
    request = school.sent("Ana", "Mara")
    assert school.finds("Ben") == []
    school.do(requesting.withdraw, school.now, ana, request.id)
    assert school.due() == []
    assert school.finds("Ben") == ["Mara"]
    assert school.listing("Mara").load.at(school.now).requests == 0
    # Read, and taken back: one closing word.
    request = school.sent("Ana", "Mara")
    school.reads("Mara")
    school.do(requesting.withdraw, school.now, ana, request.id)
    assert school.due() == [("mn.withdrawn", "Mara")]
    # Twice within a week is enough for one mentor; for others there is no wait.
    found = school.asks("Ana", "Mara")
    assert refusal(found) is Why.COOLING
    assert isinstance(found, Refused)
    assert found.until == school.now + timedelta(days=7)
    assert school.finds("Ana") == [], "what is not possible is not offered"
    school.offers("Noor")
    school.sent("Ana", "Noor")
    school.sent("Ben", "Mara")
    school.clock.move(timedelta(days=7))
    school.sent("Ana", "Mara")


def test_ones_own_mentor_is_not_offered_and_the_refusal_says_so(school: School) -> None:
    for name in ("Mara", "Noor", "Omar"):
        school.offers(name)
    found = school.accepts(school.sent("Ana", "Mara"))
    assert isinstance(found, Accepted)
    assert found.until == school.now + LASTS[TEXT.form]
    school.declines(school.sent("Ana", "Noor"))
    who = school.members["Ana"]
    given = (school.now, school.lists, school.community, who)
    looked = school.see(finding.find, *given, Wanted())
    assert ([one.who.name for one in looked.cards], looked.tied) == (["Omar"], 2)
    offered = school.see(finding.suggest, *given)
    assert [one.who.name for one in offered.cards] == ["Omar"]
    assert refusal(school.asks("Ana", "Mara")) is Why.PAIR
    knots = [card(school, "Ana", one) for one in ("Mara", "Noor", "Omar")]
    assert [None if one is None or one.tie is None else one.tie.knot for one in knots] == [
        Knot.PAIR, Knot.RECENT, None,
    ]  # fmt: skip
    # Whatever else is in the way, the date is the one that holds.
    school.do(listing.pause, school.now, school.community, school.members["Noor"])
    full = school.asks("Ana", "Noor")
    assert isinstance(full, Refused)
    assert (full.why, full.until) == (Why.FULL, school.now + COOLING)
    assert found.pair is not None
    school.do(pairs.close, school.now, who, found.pair.id)
    assert refusal(school.asks("Ana", "Mara")) is Why.COOLING


def test_a_date_far_away_hurries_nobody(school: School) -> None:
    school.offers("Mara")
    school.offers("Noor")
    near = school.asks("Ana", "Mara", replace(TEXT, hard_date=date(2027, 3, 20)))
    far = school.asks("Ana", "Noor", replace(TEXT, hard_date=date(2028, 9, 1)))
    assert isinstance(near, Sent)
    assert isinstance(far, Sent)
    assert near.closes == school.now + timedelta(days=6)
    assert far.closes == school.now + timedelta(days=14)


def test_a_request_closes_on_the_day_of_its_hard_date_and_not_on_the_next(school: School) -> None:
    school.offers("Mara")
    soon = school.now.date() + timedelta(days=3)
    sent = school.asks("Ana", "Mara", replace(TEXT, hard_date=soon))
    assert isinstance(sent, Sent)
    assert sent.closes.date() == soon


@pytest.mark.parametrize("day", [None, date(2027, 3, 2), date(2027, 3, 20), date(2028, 9, 1)])
@pytest.mark.parametrize("patience", [1, 3])
def test_what_the_preview_says_is_when_it_closes(
    school: School, day: date | None, patience: int
) -> None:
    school.offers("Mara")
    mentor, who = school.members["Mara"], school.members["Ana"]
    for matter in (Matter.REQUEST, Matter.DATED_REQUEST):
        school.do(
            lambda work, one=matter: work.manners.set_patience(school.community, one, patience)
        )
    text = replace(TEXT, hard_date=day)
    school.clock.move(timedelta(days=4, hours=9))  # a Friday evening
    if day is not None and day < school.now.date():
        return
    ground = school.see(requesting.may_ask, school.now, school.community, who, mentor, text)
    sent = school.asks("Ana", "Mara", text)
    assert isinstance(ground, Ground)
    assert isinstance(sent, Sent)
    assert ground.closes == sent.closes


def test_the_weeks_intake(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=1))
    school.sent("Ana", "Mara")
    found = school.asks("Ben", "Mara")
    assert refusal(found) is Why.NEXT_WEEK
    assert isinstance(found, Refused)
    assert found.until is not None
    assert found.until.weekday() == 0
    assert school.finds("Ben") == []
    school.clock.set(found.until)
    assert school.finds("Ben") == ["Mara"]
    school.sent("Ben", "Mara")


def test_accept_makes_a_pair_and_offers_to_release_the_others(school: School) -> None:
    for name in ("Mara", "Noor"):
        school.offers(name)
    request, other = school.sent("Ana", "Mara"), school.sent("Ana", "Noor")
    school.due()
    found = school.accepts(request)
    assert isinstance(found, Accepted)
    assert found.pair is not None
    assert school.due() == [("pair.new", "Ana")], "one message; the mentor read it at the tap"
    again = school.accepts(request)
    assert isinstance(again, Accepted)
    assert again.again
    ana = school.members["Ana"]
    school.offers("Omar")
    school.clock.move(timedelta(hours=1))
    later = school.sent("Ana", "Omar")
    school.reads("Noor")
    assert school.do(requesting.release_others, school.now, ana, found.pair.id) == 1
    assert school.request(other).state is RequestState.RELEASED
    assert school.request(later).state is RequestState.OPEN, "asked after the yes"
    assert ("mn.released", "Noor") in school.due()


def test_capacity_two_and_a_place_that_comes_back(school: School) -> None:
    school.offers("Mara", replace(OFFER, places=2, intake=9))
    requests = [school.sent(name, "Mara") for name in ("Ana", "Ben", "Cem")]
    first, second, third = (school.accepts(one) for one in requests)
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert refusal(third) is Why.FULL
    assert school.request(requests[2]).state is RequestState.OPEN
    assert school.listing("Mara").load.ongoing == 2
    pair = first.pair
    assert pair is not None
    school.do(pairs.close, school.now, school.members["Ana"], pair.id)
    assert school.listing("Mara").load.ongoing == 1
    assert isinstance(school.accepts(requests[2]), Accepted)
    assert school.do(pairs.reopen, school.now, school.members["Ana"], pair.id) is None
    assert school.listing("Mara").load.ongoing == 2


def test_talks_count_by_month(school: School) -> None:
    offer = replace(OFFER, formats=(Format.TALK,), talks=1, intake=9)
    school.offers("Mara", offer)
    talk = replace(TEXT, form=Format.TALK)
    assert isinstance(school.accepts(school.sent("Ana", "Mara", talk)), Accepted)
    assert refusal(school.asks("Ben", "Mara", talk)) is Why.FULL
    school.clock.move(timedelta(days=31))
    assert isinstance(school.accepts(school.sent("Ben", "Mara", talk)), Accepted)


def test_question_and_answer_pass_the_turn(school: School) -> None:
    school.offers("Mara")
    request = school.sent("Ana", "Mara")
    mara, ana = school.members["Mara"], school.members["Ana"]
    school.due()
    school.do(answering.ask, school.now, mara, request.id, "Which year?")
    (turn,) = school.see(lambda work: work.follow_ups.about(f"request:{request.id}"))
    assert (turn.owes, turn.about) == (ana, "question")
    assert school.due() == [("fu.ask", "Ana")]
    assert refusal(school.do(answering.ask, school.now, mara, request.id, "And?")) is Why.SENT
    school.do(answering.answer, school.now, ana, request.id, "The third.")
    assert refusal(school.do(answering.answer, school.now, ana, request.id, "4.")) is Why.SENT
    (turn,) = school.see(lambda work: work.follow_ups.about(f"request:{request.id}"))
    assert (turn.owes, turn.about) == (mara, "answer")
    assert school.request(request).answer == "The third."
    assert isinstance(school.accepts(request), Accepted)


def test_two_silences_rest_a_listing_and_undeliverable_is_none(school: School) -> None:
    school.offers("Mara")
    for name in ("Ana", "Ben"):
        request = school.sent(name, "Mara")
        (left,) = school.see(lambda work, id=request.id: work.follow_ups.about(f"request:{id}"))
        school.do(lambda work, left=left: _close(work, school, left))
        assert school.request(request).state is RequestState.EXPIRED
    assert school.listing("Mara").state is State.PAUSED
    assert ("mn.rests", "Mara") in school.due()


def _close(work, school: School, left) -> None:
    from bot.domain.follow_ups import Ending

    ended = engine.end(work, school.now, left, Ending.CLOSED)
    CLOSERS[left.matter](work, school.now, ended)


def test_silence_on_an_accept_counts_and_lowers_the_cap(school: School) -> None:
    for name in ("Mara", "Noor"):
        school.offers(name)
        found = school.accepts(school.sent("Ana", name))
        assert isinstance(found, Accepted)
        pair = found.pair
        assert pair is not None
        for one in school.see(lambda work, id=pair.id: work.follow_ups.about(f"pair:{id}")):
            school.do(lambda work, one=one: _close(work, school, one))
        assert school.listing(name).load.ongoing == 0
    seeker = school.see(inbox.profile, school.community, school.members["Ana"])
    assert pending_cap(seeker, school.now) == 1
    assert school.due().count(("mn.cap", "Ana")) == 1
    school.offers("Omar")
    school.offers("Pia")
    school.sent("Ana", "Omar")
    assert refusal(school.asks("Ana", "Pia")) is Why.CAP
    assert pending_cap(seeker, school.now + timedelta(days=200)) == 3


def test_a_pair_has_a_time_box_and_takes_two_to_renew(school: School) -> None:
    school.offers("Mara")
    found = school.accepts(school.sent("Ana", "Mara"))
    assert isinstance(found, Accepted)
    pair = found.pair
    assert pair is not None
    school.do(pairs.alive, school.now, pair.mentor, pair.trainee)
    school.clock.move(timedelta(weeks=27))
    assert school.do(bonds.ask_to_renew, school.now) == 1
    assert school.do(bonds.ask_to_renew, school.now) == 0
    school.do(renewing.renew, school.now, pair.mentor, pair.id, yes=True)
    school.do(renewing.renew, school.now, pair.trainee, pair.id, yes=True)
    bond = school.see(lambda work: work.requests.bond_of(pair.id))
    assert bond is not None
    assert bond.until > school.now
    school.clock.move(timedelta(weeks=27))
    school.do(bonds.ask_to_renew, school.now)
    closed = school.do(renewing.renew, school.now, pair.trainee, pair.id, yes=False)
    assert closed is not None
    assert not closed.open
    assert school.listing("Mara").load.ongoing == 0


def test_the_season_note_shows_on_both_sides_and_names_nothing(school: School) -> None:
    school.offers("Mara", replace(OFFER, interviews_for=("St. Elsewhere",)))
    school.says("Ana", programmes=("st elsewhere", "Other"))
    ana, mara = school.members["Ana"], school.members["Mara"]
    season = Season(
        SeasonId(0), school.community, None, SeasonKind.INTERVIEWS, date(2027, 2, 1),
        date(2027, 4, 1),
    )  # fmt: skip
    assert not school.see(requesting.in_season, school.now, school.community, ana, mara)
    school.do(lambda work: work.manners.add_season(season))
    assert school.see(requesting.in_season, school.now, school.community, ana, mara)
    ben = school.members["Ben"]
    assert not school.see(requesting.in_season, school.now, school.community, ben, mara)
    ground = school.see(requesting.may_ask, school.now, school.community, ana, mara)
    assert isinstance(ground, requesting.Ground)
    assert ground.season, "for the trainee, before it goes"
    request = school.sent("Ana", "Mara")
    shown = school.see(answering.look, school.now, request.id)
    assert shown is not None
    assert shown.season, "for both, with the request"
    found = school.accepts(request)
    assert isinstance(found, Accepted)
    assert found.season, "for the mentor, with the answer"
    other = school.accepts(school.sent("Ben", "Mara"))
    assert isinstance(other, Accepted)
    assert not other.season


def test_rising_people_stand_first_in_the_inbox(school: School) -> None:
    school.offers("Mara", replace(OFFER, intake=9))
    school.says("Ben", home_programme=False)
    school.sent("Ana", "Mara")
    school.sent("Ben", "Mara")
    entries = school.see(inbox.inbox, school.now, school.community, school.members["Mara"])
    assert [one.other.name for one in entries] == ["Ben", "Ana"]


def test_suggestions_leave_out_whom_one_may_not_ask(school: School) -> None:
    for name in ("Mara", "Noor", "Omar", "Pia"):
        school.offers(name)
    school.says("Ana", topics=("research",))
    school.declines(school.sent("Ana", "Mara"))
    school.sent("Ana", "Noor")
    found = school.see(
        finding.suggest, school.now, school.lists, school.community, school.members["Ana"]
    )
    assert {one.who.name for one in found.cards} == {"Omar", "Pia"}
    assert all(one.reasons.topics == ("research",) for one in found.cards)


def test_numbers_are_the_mentors_own(school: School) -> None:
    school.offers("Mara", replace(OFFER, places=0, formats=(Format.ONGOING,)))
    assert school.finds("Ana") == []
    assert refusal(school.asks("Ana", "Mara")) is Why.FULL
    school.offers("Mara", Offer(("career",), ("oncology",), (Format.TALK,), intake=0))
    assert refusal(school.asks("Ana", "Mara", replace(TEXT, form=Format.TALK))) is Why.FULL


def test_who_leaves_with_a_request_open_gives_the_place_of_the_week_back(school: School) -> None:
    offer = replace(OFFER, intake=1)
    school.offers("Mara", offer)
    request = school.sent("Ana", "Mara")
    assert refusal(school.asks("Ben", "Mara")) is Why.NEXT_WEEK
    school.due()
    ana = school.members["Ana"]
    [account] = school.see(lambda work: work.people.accounts(ana))
    endings = (requesting_leave, gone)
    assert school.do(people.leave, school.now, account, school.community, endings)
    assert school.request(request).state is RequestState.WITHDRAWN
    assert [who for _kind, who in school.due()] == ["Mara"], "told once, and nobody else"
    school.sent("Ben", "Mara")


def test_whoever_comes_back_finds_no_requests_of_before(school: School) -> None:
    school.offers("Mara", OFFER)
    school.declines(school.sent("Ana", "Mara"))
    ana = school.members["Ana"]
    assert len(school.see(inbox.inbox, school.now, school.community, ana)) == 1
    [account] = school.see(lambda work: work.people.accounts(ana))
    endings = (requesting_leave, gone)
    assert school.do(people.leave, school.now, account, school.community, endings)
    school.clock.move(timedelta(days=1))
    school.store.write_now(lambda work: work.people.join(ana, school.community, school.now))
    assert school.see(inbox.inbox, school.now, school.community, ana) == ()
    mara = school.members["Mara"]
    assert len(school.see(inbox.inbox, school.now, school.community, mara)) == 1
