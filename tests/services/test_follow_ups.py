"""The engine on a hand-moved clock: who is told what, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.audit import Setting
from bot.domain.delivery import Attempt, Delivery, Outcome
from bot.domain.follow_ups import Ending, FollowUp, NewFollowUp, Step, turn_of
from bot.domain.hours import Span
from bot.domain.pairs import PairId, PairState, Said, StepState
from bot.domain.people import MemberId
from bot.domain.policies import Matter
from bot.domain.questions import Asked, looks_like_question
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.services import audit, hold, kinds, own_data, pairs, promises, questions
from bot.services.audit import Changed, Proposal, Stands
from bot.services.follow_ups import engine, own, sending, signs, views
from bot.services.follow_ups.leaving import gone
from bot.services.follow_ups.telling import STEP_KIND, Kind
from bot.services.ports import Work
from bot.ui.words import InChannel
from cogs.follow_ups.words import endings, step
from tests.services.village import HALL, Village

CLOSERS = {**pairs.CLOSERS, **questions.CLOSERS}


def request(
    village: Village, owes: str = "Host", number: int = 1, matter: Matter = Matter.REQUEST
) -> FollowUp:
    new = NewFollowUp(
        village.community,
        matter,
        f"request:{number}",
        number,
        village.members[owes],
        village.members["Ana"],
    )
    return village.do(engine.start, village.now, new)


def carry(village: Village, row: Delivery, shut: str | None) -> tuple[str, str] | None:
    """One row, as the dispatcher does it."""
    names = {id: name for name, id in village.members.items()}
    steps = set(STEP_KIND.values())
    admit, said, undelivered = (
        (sending.admit, sending.said, sending.undelivered)
        if row.kind in steps
        else (sending.admit_digest, sending.said_digest, sending.undelivered_digest)
        if row.kind == Kind.DIGEST
        else (sending.admit_closing, sending.told_news, sending.missed_news)
        if row.kind in (Kind.CLOSED, pairs.Kind.CLOSED, pairs.Kind.QUIET)
        else (sending.admit_news, sending.told_news, sending.missed_news)
    )
    if row.member is None or not village.do(admit, village.now, row):
        return None
    closed = names[row.member] == shut
    village.do(undelivered if closed else said, village.now, row)
    return None if closed else (row.kind, names[row.member])


def live(village: Village, days: float, shut: str | None = None) -> list[tuple[str, str]]:
    """What arrives within so many days."""

    def claim(work: Work) -> tuple[Delivery, ...]:
        rows = work.deliveries.claim("t", village.now, timedelta(minutes=5), 100)
        work.deliveries.record("t", [Attempt(row.id, Outcome.SENT) for row in rows], village.now)
        return rows

    told: list[tuple[str, str]] = []
    for _hour in range(int(days * 24)):
        village.clock.move(timedelta(hours=1))
        village.do(engine.advance, village.now, CLOSERS)
        village.do(pairs.begin_rounds, village.now)
        told += [one for row in village.do(claim) if (one := carry(village, row, shut))]
    return told


def look(village: Village, one: FollowUp) -> FollowUp:
    found = village.see(lambda work: work.follow_ups.get(one.id))
    assert found is not None
    return found


def test_a_request_nobody_answers(village: Village) -> None:
    one = request(village)
    assert live(village, 16) == [
        ("fu.ask", "Host"),
        ("fu.remind", "Host"),
        ("fu.last", "Host"),
        ("fu.closed", "Ana"),
        ("fu.closed", "Host"),
    ]
    assert look(village, one).ending is Ending.CLOSED


def test_a_sign_of_life_stops_it(village: Village) -> None:
    one = request(village)
    assert live(village, 8) == [("fu.ask", "Host"), ("fu.remind", "Host")]
    assert village.do(engine.settle, village.now, "request:1", village.members["Host"]) == 1
    assert live(village, 30) == []
    assert look(village, one).ending is Ending.DONE
    assert turn_of(look(village, one)) is None


def test_the_turn_passes_and_the_clock_starts_anew(village: Village) -> None:
    one = request(village)
    live(village, 6)
    village.do(engine.hand_over, village.now, look(village, one))
    turn = turn_of(look(village, one))
    assert turn is not None
    assert turn.member == village.members["Ana"]
    assert live(village, 8) == [("fu.ask", "Ana"), ("fu.remind", "Ana")]


def test_on_leave_the_deadline_moves_and_both_learn_it(village: Village) -> None:
    host, today = village.members["Host"], village.now.date()
    village.do(lambda work: work.manners.add_off(host, Span(today, today + timedelta(days=20))))
    one = request(village)
    assert look(village, one).deadline > village.now + timedelta(days=24)
    told = live(village, 20)
    assert told == [("fu.moved", "Ana")]
    assert ("fu.ask", "Host") in live(village, 5)


def test_a_new_request_is_read_whole_after_days_off_and_its_date_holds(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    village.clock.set(datetime(2027, 3, 1, 21, tzinfo=UTC))
    one = request(village)
    village.do(pairs.open_pair, village.now, village.community, host, ana)
    # It was planned for the next morning; they are away from then on, until a weekend.
    first = village.now.date() + timedelta(days=1)
    village.do(lambda work: work.manners.add_off(host, Span(first, first + timedelta(days=11))))
    told = live(village, 13.5)
    assert ("fu.ask", "Host") in told, "a note has one line for each matter"
    named = look(village, one).deadline
    told += live(village, 9)
    assert ("fu.last", "Host") in told
    assert look(village, one).deadline == named, "the date that was read"
    assert told.count(("fu.moved", "Ana")) == 1


def test_several_on_one_day_become_one_note(village: Village) -> None:
    for number in range(4):
        request(village, number=number)
    told = live(village, 8)
    assert told.count(("fu.remind", "Host")) == 1
    assert told.count(("fu.digest", "Host")) == 1


def test_what_is_due_at_one_time_is_one_note_at_once(village: Village) -> None:
    """On the first morning after days away, say."""
    for number in (1, 2, 3):
        request(village, number=number)
    live(village, 4)
    village.clock.set(datetime(2027, 3, 8, 8, 0, 3, tzinfo=UTC))

    def due(work: Work) -> tuple[Delivery, ...]:
        return work.deliveries.claim("t", village.now, timedelta(minutes=5), 100)

    rows = village.do(due)
    assert [row.kind for row in rows] == [Kind.REMIND] * 3
    for row in rows:
        assert not village.do(sending.admit, village.now, row)
        done = [Attempt(row.id, Outcome.MOOT)]
        village.do(lambda work, done=done: work.deliveries.record("t", done, village.now))
    village.clock.move(timedelta(minutes=2))
    (note,) = village.do(due)
    assert village.do(sending.admit_digest, village.now, note)
    assert len(village.see(views.digest, note, village.members["Host"])) == 3


def test_what_a_dead_process_was_saying_is_marked_in_the_note(village: Village) -> None:
    for number in (1, 2):
        request(village, number=number)
    live(village, 4.9)
    village.clock.set(datetime(2027, 3, 8, 19, 59, 50, tzinfo=UTC))

    def claim() -> tuple[Delivery, ...]:
        return village.do(
            lambda work: work.deliveries.claim("a", village.now, timedelta(seconds=30), 9)
        )

    row, *_rest = claim()
    assert row.kind == Kind.REMIND
    village.do(lambda work: work.deliveries.begin("a", [row.id]))
    assert village.do(sending.admit, village.now, row)
    # It went out, and nobody lived to write that down. The next process finds an evening.
    village.clock.move(timedelta(minutes=5))
    again = next(one for one in claim() if one.key == row.key)
    assert again.doubtful
    assert not village.do(sending.admit, village.now, again)
    village.clock.move(timedelta(days=2))
    note = next(one for one in claim() if one.kind == Kind.DIGEST)
    shown = village.see(views.digest, note, village.members["Host"])
    assert [seen.again for seen in shown if seen.follow_up.id == row.ref] == [True]
    assert [seen.again for seen in shown if seen.follow_up.id != row.ref] in ([], [False])


def test_the_longer_of_two_wishes_is_the_rhythm(village: Village) -> None:
    home, host, ana = village.community, village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, home, host, ana)
    assert pair.every == 5
    pair = village.do(pairs.answer, village.now, ana, pair.id, Said.MET)
    assert pair is not None
    first = pair.next_round
    assert first is not None
    shorter = village.do(pairs.set_rhythm, village.now, ana, pair.id, 4)
    assert shorter is not None
    assert (shorter.every, shorter.next_round) == (5, first), "nobody is asked more than they like"
    both = village.do(pairs.set_rhythm, village.now, host, pair.id, 1)
    assert both is not None
    assert (both.every, both.next_round) == (4, first)
    longer = village.do(pairs.set_rhythm, village.now, ana, pair.id, 6)
    assert longer is not None
    assert (longer.every, longer.next_round) == (6, first + timedelta(weeks=2))
    assert village.do(pairs.set_rhythm, village.now, village.members["Ben"], pair.id, 6) is None


def test_undeliverable_stops_the_clock_and_is_said_once_when_the_way_opens(
    village: Village,
) -> None:
    one = request(village)
    told = live(village, 20, shut="Host")
    assert told == [("fu.not_delivered", "Ana")]
    stopped = look(village, one)
    assert stopped.stopped
    assert stopped.open
    assert village.do(sending.way_open, village.now, village.members["Host"]) == 1
    assert live(village, 4).count(("fu.ask", "Host")) == 1
    assert not look(village, one).stopped


def test_a_hold_is_nobodys_silence(village: Village) -> None:
    one = request(village)
    assert ("fu.last", "Host") in live(village, 11)
    meant = look(village, one)
    village.do(hold.hold, village.now, village.community, village.members["Mod"], "")
    village.clock.move(timedelta(days=9))
    village.do(engine.advance, village.now, CLOSERS)
    assert look(village, one).open, "nobody could be told"
    village.do(hold.resume, village.now, village.community, village.members["Mod"])
    later = look(village, one)
    assert later.deadline - meant.deadline == later.bound - meant.bound == timedelta(days=9)
    # The last word was said before, so nothing else would tell the host.
    assert sorted(live(village, 1)) == [("fu.moved", "Ana"), ("fu.moved", "Host")]
    village.do(engine.advance, later.deadline - timedelta(minutes=1), CLOSERS)
    assert look(village, one).open
    village.do(engine.advance, later.deadline, CLOSERS)
    assert look(village, one).ending is Ending.CLOSED


def test_a_hold_moves_no_hard_date_and_a_short_one_is_no_news(village: Village) -> None:
    hard = village.now + timedelta(days=7)
    new = NewFollowUp(
        village.community,
        Matter.DATED_REQUEST,
        "request:1",
        1,
        village.members["Host"],
        village.members["Ana"],
        not_after=hard,
    )
    one = village.do(engine.start, village.now, new)
    live(village, 1)
    for stood in (timedelta(minutes=20), timedelta(days=4)):
        village.do(hold.hold, village.now, village.community, village.members["Mod"], "")
        village.clock.move(stood)
        before = look(village, one)
        village.do(hold.resume, village.now, village.community, village.members["Mod"])
        found = look(village, one)
        assert before.deadline < found.deadline <= found.bound == hard
        news = village.see(lambda work: work.deliveries.next_due())
        assert news is not None
        assert (news <= village.now) is (stood > timedelta(days=1))


def test_a_step_that_is_late_moves_the_date_before_it_names_it(village: Village) -> None:
    one = request(village)
    live(village, 9)
    # The process was away: the last word goes out right before the close, and names a later day.
    village.clock.move(timedelta(days=5, hours=-1))
    claimed = village.do(lambda work: work.deliveries.claim("t", village.now, timedelta(1), 9))
    (last,) = [row for row in claimed if row.kind == Kind.LAST]
    village.clock.move(timedelta(seconds=5))
    assert village.do(sending.admit, village.now, last)
    named = look(village, one).deadline
    assert named == village.now + timedelta(days=2)
    village.clock.move(timedelta(seconds=5))
    village.do(sending.said, village.now, last)
    claimed = village.do(lambda work: work.deliveries.claim("t", village.now, timedelta(1), 9))
    assert [row.kind for row in claimed] == [Kind.MOVED], "a few seconds are no news"


def test_two_workers_cannot_both_find_the_budget_free(village: Village) -> None:
    for number in (1, 2):
        request(village, number=number, matter=Matter.NOT_HEARD)
    village.clock.move(timedelta(days=7))
    rows = village.claim()
    assert [village.do(sending.admit, village.now, row) for row in rows] == [True, False]
    # The first one again, after a crash: it was admitted already.
    assert village.do(sending.admit, village.now, rows[0])


def test_a_pair_of_its_first_months(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    assert sorted(live(village, 9)) == [
        ("fu.remind", "Ana"),
        ("fu.remind", "Host"),
        ("pair.new", "Ana"),
        ("pair.new", "Host"),
    ]
    village.do(pairs.answer, village.now, host, pair.id, Said.MET)
    told = village.do(pairs.answer, village.now, ana, pair.id, Said.NOT_HEARD)
    assert told is not None
    assert told.disagrees
    # Neither is shown what the other said, and nobody is asked to explain: Ana sees and hears the
    # same as if the host had been asked.
    (shown,) = village.see(views.open_of, village.now, ana, village.community)
    assert (shown.follow_up.matter, shown.owes) == (Matter.NOT_HEARD, False)
    assert live(village, 7) == []
    assert sorted(live(village, 35)) == [
        ("fu.ask", "Ana"),
        ("fu.ask", "Host"),
        ("fu.closed", "Ana"),
        ("fu.last", "Ana"),
        ("fu.last", "Host"),
    ]


def test_a_pair_that_is_silent_rests_and_is_closed_with_thanks(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.do(pairs.answer, village.now, host, pair.id, Said.MET)
    told = live(village, 300)
    assert told.count(("pair.quiet", "Host")) == 1
    assert told.count(("pair.closed", "Ana")) == 1
    village.do(pairs.reopen, village.now, ana, pair.id)
    again = village.see(lambda work: work.pairs.get(pair.id))
    assert again is not None
    assert again.state is PairState.RUNNING


def test_a_farewell_is_one_message_and_steps_ahead_come_back_with_the_pair(
    village: Village,
) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 1)
    soon = village.now + timedelta(days=20)
    kept = village.do(promises.promise, village.now, ana, pair.id, "Draft", soon)
    let_go = village.do(promises.promise, village.now, ana, pair.id, "Poster", soon)
    assert kept is not None
    assert let_go is not None
    village.do(promises.settle_step, village.now, ana, let_go.id, StepState.DROPPED)
    village.do(pairs.close, village.now, ana, pair.id, "Thank you.")
    assert village.see(lambda work: work.pairs.steps([pair.id])) == ()
    # Both in one: that it is closed, and the words.
    assert live(village, 1) == [("pair.farewell", "Host")]
    village.do(pairs.reopen, village.now, host, pair.id)
    back = village.see(lambda work: work.pairs.steps([pair.id]))
    assert [step.text for step in back] == ["Draft"]
    told = live(village, 20)
    assert told.count(("fu.remind", "Ana")) == 1
    assert ("fu.remind", "Host") not in told


def test_a_pause_of_one_side_is_told_to_the_other(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 1)
    until = village.now + timedelta(days=40)
    village.do(pairs.rest, village.now, host, pair.id, until)
    assert live(village, 30) == [("pair.rest", "Ana")]


def test_of_several_days_off_one_period_is_taken_back(village: Village) -> None:
    ana, day = village.members["Ana"], village.now.date()
    long = Span(day, day + timedelta(days=9))
    short = Span(day + timedelta(days=20), day + timedelta(days=20))
    village.do(own.go_away, village.now, ana, long, day)
    village.do(own.go_away, village.now, ana, short, day)
    kept = village.do(own.not_away, village.now, ana, short, day)
    assert kept.off == (long,)


def test_a_question_that_was_taken_back_stays_so(village: Village) -> None:
    ana = village.members["Ana"]
    village.do(
        lambda work: work.communities.set_channel(village.community, questions.DEFAULT, HALL, "7")
    )
    asked = village.do(
        questions.ask, village.now, village.community, ana, "other", "Which?", anonymous=False
    )
    assert isinstance(asked, Asked)
    assert village.do(questions.take_back, village.now, ana, asked.id) is not None
    assert village.do(questions.helped, village.now, ana, asked.id) is None
    assert village.see(lambda work: questions.taken_back(work, asked.id))


def test_whoever_does_without_check_ins_is_not_asked_and_no_pair_ends_by_that(
    village: Village,
) -> None:
    host, ana = village.members["Host"], village.members["Ana"]

    def without(member: MemberId, *kinds: str) -> None:
        village.do(lambda work: work.without.set(member, kinds))

    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.do(pairs.answer, village.now, host, pair.id, Said.MET)
    without(host, "check-ins")
    told = live(village, 60)
    assert ("fu.ask", "Ana") in told
    assert ("fu.last", "Ana") in told
    assert not [kind for kind, who in told if who == "Host" and kind.startswith("fu.")]
    without(ana, "check-ins")
    assert live(village, 300) == []
    still = village.see(lambda work: work.pairs.get(pair.id))
    assert still is not None
    assert still.open
    # What waits for a note is not in it any more, and its time passes all the same.
    without(host)
    without(ana)
    assert ("fu.ask", "Host") in live(village, 60)


def test_an_anonymous_question_is_followed(village: Village) -> None:
    ana, ben = village.members["Ana"], village.members["Ben"]
    home = village.community

    def settle(work: Work) -> None:
        place = work.communities.places(home)[0]
        work.communities.set_channel(home, "questions", place, "c1")
        work.manners.set_wishes(ben, replace(work.manners.wishes(ben), topics=("career",)))

    village.do(settle)
    asked = village.do(questions.ask, village.now, home, ana, "career", "How?", anonymous=True)
    assert asked is not None
    assert ("fu.remind", "Ben") in live(village, 3)
    village.do(questions.answered, village.now, ben, asked.id)
    assert ("ask.answered", "Ana") in live(village, 1)
    village.do(questions.helped, village.now, ana, asked.id)
    assert live(village, 20) == []


def test_nothing_reaches_who_is_forgotten(village: Village) -> None:
    request(village)
    host, ana = village.members["Host"], village.members["Ana"]
    village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.do(own_data.erase, village.now, host, (gone,))
    told = live(village, 40)
    assert {name for _kind, name in told} == {"Ana"}
    assert sorted({kind for kind, _name in told}) == ["fu.closed", "pair.closed", "pair.new"] or (
        sorted({kind for kind, _name in told}) == ["fu.closed", "pair.closed"]
    )


def test_a_signup_with_the_mentor_is_a_sign_of_life(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    assert village.see(pairs.in_touch, ana, host)
    assert not village.see(pairs.in_touch, ana, village.members["Ben"])
    village.do(pairs.alive, village.now, ana, host)
    told = live(village, 9)
    assert ("fu.remind", "Host") in told
    assert ("fu.remind", "Ana") not in told
    assert pair.open


def test_patience_is_kept_within_its_bounds(village: Village) -> None:
    home, by = village.community, village.members["Host"]
    setting = Setting("patience", Matter.QUESTION)
    done = village.do(
        audit.change, village.now, by, home, kinds.PATIENCE, Proposal(setting, "1", "9")
    )
    assert isinstance(done, Changed)
    assert done.change.new == "4"
    late = Proposal(setting, "1", "2")
    assert isinstance(village.do(audit.change, village.now, by, home, kinds.PATIENCE, late), Stands)
    rows = village.see(own.policies, village.now, home)
    assert [row.patience for row in rows if row.matter is Matter.QUESTION] == [4]


def test_what_had_its_last_word_counts_as_overdue(village: Village) -> None:
    request(village)
    live(village, 12)
    rows = village.see(own.policies, village.now, village.community)
    assert [row.overdue for row in rows if row.matter is Matter.REQUEST] == [1]


def test_a_line_to_the_bot_starts_the_clock_anew(village: Village) -> None:
    one = request(village)
    assert live(village, 8) == [("fu.ask", "Host"), ("fu.remind", "Host")]
    assert village.do(signs.spoke, village.now, village.members["Host"]) == 1
    assert look(village, one).deadline > one.deadline
    assert look(village, one).turn == 1
    assert live(village, 4) == [("fu.moved", "Ana")]
    assert live(village, 3) == [("fu.remind", "Host")]


def test_a_line_to_the_bot_answers_a_check_in(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 9)
    assert village.do(signs.spoke, village.now, ana) == 1
    told = live(village, 10)
    assert ("fu.last", "Host") in told
    assert ("fu.last", "Ana") not in told


def help_channel(village: Village) -> None:
    home, ben = village.community, village.members["Ben"]

    def settle(work: Work) -> None:
        work.communities.set_channel(home, questions.HELP, HALL, "c9")
        work.manners.set_wishes(ben, replace(work.manners.wishes(ben), topics=("career",)))

    village.do(settle)


def test_a_question_in_a_help_channel_is_followed_and_not_copied(village: Village) -> None:
    help_channel(village)
    home, ana = village.community, village.members["Ana"]
    assert village.see(questions.followed, HALL, "c9") == home
    assert village.see(questions.followed, HALL, "c8") is None
    link = "https://chat.example/c9/1"
    asked = village.do(questions.noticed, village.now, home, ana, link, "1")
    again = village.do(questions.noticed, village.now, home, ana, link, "1")
    assert again.id == asked.id
    assert (asked.text, asked.link) == ("", link)
    (followed,) = village.see(lambda work: work.follow_ups.about(questions.subject_of(asked.id)))
    seen = village.see(views.seen, followed.id, village.members["Ben"], Step.REMIND)
    assert seen is not None
    (said,) = step(seen)
    assert said.arguments == (("channel", InChannel("c9", HALL.platform)),)
    told = live(village, 9)
    assert ("fu.remind", "Ben") in told
    assert ("fu.closed", "Ana") in told


def test_a_reply_or_a_deletion_ends_it(village: Village) -> None:
    help_channel(village)
    home, ana, ben = village.community, village.members["Ana"], village.members["Ben"]
    for message in ("1", "2"):
        village.do(questions.noticed, village.now, home, ana, "https://chat.example", message)
    assert village.do(questions.replied, village.now, home, ana, "1") is None
    assert village.do(questions.replied, village.now, home, ben, "1") is not None
    village.do(questions.unsaid, village.now, home, "2")
    assert live(village, 9) == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Which sheath do you use for this?", True),
        ("Has anybody matched from a DO school?\nThanks", True),
        ("Really?", False),
        ("See https://example.org/a?b=c for the talk of tonight", False),
        ("> Which sheath do you use for this?\nGood one", False),
        ("We meet at six, see you all there.", False),
    ],
)
def test_what_looks_like_a_question(text: str, asks: bool) -> None:
    assert looks_like_question(text) is asks


def test_a_closing_waits_for_its_readers_own_hours(village: Village) -> None:
    one = request(village)
    live(village, 13)
    friday_night = village.now + timedelta(days=(4 - village.now.weekday()) % 7)
    village.clock.set(friday_night.replace(hour=22, minute=0))
    village.do(engine.end, village.now, look(village, one), Ending.CLOSED)
    assert live(village, 2.3) == [], "neither at night nor on a weekend"
    told = live(village, 0.3)
    assert ("fu.closed", "Ana") in told
    assert village.now.weekday() == 0
    assert live(village, 5) == []


def test_first_lines_leave_the_question_whether_they_met(village: Village) -> None:
    pair = new_pair(village)
    ana = village.members["Ana"]
    village.do(pairs.send_note, village.now, ana, pair, "I am Ana")
    mine = village.see(lambda work: work.follow_ups.of(ana))
    assert [(one.matter, one.owes) for one in mine] == [(Matter.FIRST_MEETING, ana)]
    assert ("fu.remind", "Ana") in live(village, 8)
    village.do(pairs.send_note, village.now, ana, pair, "One more thing")
    (one,) = village.see(lambda work: work.follow_ups.of(ana))
    assert one.said is None
    assert one.remind_at == village.now + timedelta(days=7), "an act moves it"


def test_who_had_not_heard_back_learns_that_nothing_more_is_asked(village: Village) -> None:
    pair = new_pair(village)
    host, ana = village.members["Host"], village.members["Ana"]
    live(village, 1)
    village.do(pairs.answer, village.now, ana, pair, Said.NOT_HEARD)
    assert ("fu.ask", "Host") in live(village, 3)
    village.do(pairs.answer, village.now, host, pair, Said.MET)
    # Not on the day of the tap: when the other side acted is theirs.
    assert live(village, 2) == []
    assert ("fu.closed", "Ana") in live(village, 12)
    (one,) = village.see(lambda work: work.follow_ups.about(f"heard:{pair}", ended=True))
    shown = village.see(views.seen, one.id, ana)
    assert shown is not None
    by_answer = endings.closed(shown)
    silent = replace(shown, follow_up=replace(one, ending=Ending.CLOSED))
    assert endings.closed(silent) == by_answer, "the same whatever came of it"


def test_once_they_met_the_next_question_comes_after_the_rhythm(village: Village) -> None:
    pair = new_pair(village)
    host, ana = village.members["Host"], village.members["Ana"]
    village.do(pairs.answer, village.now, host, pair, Said.NOT_YET)
    village.do(pairs.answer, village.now, ana, pair, Said.NOT_HEARD)
    village.do(pairs.answer, village.now, host, pair, Said.MET)
    found = village.see(lambda work: work.pairs.get(pair))
    assert found is not None
    assert found.next_round == village.now + timedelta(weeks=5)


def test_who_closes_a_pair_reads_it_once(village: Village) -> None:
    pair = new_pair(village)
    live(village, 0.1)
    village.do(pairs.close, village.now, village.members["Ana"], pair)
    assert live(village, 3) == [("pair.closed", "Host")]


def test_two_answers_are_one_question_to_the_asker(village: Village) -> None:
    home, ana = village.community, village.members["Ana"]
    village.do(lambda work: work.communities.set_channel(home, "questions", HALL, "7"))
    asked = village.do(questions.ask, village.now, home, ana, "career", "How?", anonymous=True)
    assert asked is not None
    for who in ("Ben", "Cem"):
        assert village.do(questions.answered, village.now, village.members[who], asked.id)
        village.clock.move(timedelta(hours=1))
    assert live(village, 1).count(("ask.answered", "Ana")) == 1
    told = dict(live(village, 9))
    assert told.get("fu.closed") == "Ana"
    closed = village.see(lambda work: work.follow_ups.about(f"asked:{asked.id}", ended=True))
    shown = village.see(views.seen, closed[-1].id, ana)
    assert shown is not None
    assert "told me that they answered" in endings.closed(shown)[0].text


def new_pair(village: Village) -> PairId:
    """Host and Ana, a minute ago."""
    host, ana = village.members["Host"], village.members["Ana"]
    return village.do(pairs.open_pair, village.now, village.community, host, ana).id


@pytest.mark.parametrize("early", [False, True])
def test_a_hard_date_in_a_season_is_reminded_of_earlier_and_closes_as_ever(
    village: Village, early: bool
) -> None:
    today = village.now.date()
    season = Season(
        *(SeasonId(0), village.community, None, SeasonKind.INTERVIEWS),
        *(today, today + timedelta(days=30), 3, early),
    )
    village.do(lambda work: work.manners.add_season(season))
    one = request(village, matter=Matter.DATED_REQUEST)
    began = village.now
    said: dict[str, float] = {}
    for _hour in range(30 * 24):
        for kind, who in live(village, 1 / 24):
            if who == "Host":
                said.setdefault(kind, (village.now - began) / timedelta(days=1))
    closed = look(village, one)
    assert closed.ended_at is not None
    days = [*list(said.values())[:3], (closed.ended_at - began) / timedelta(days=1)]
    # Asked at once, and then by the row: 1, 4 and 6 days, or three times 2, 4 and 6; working days.
    assert [round(day) for day in days] == ([0, 1, 4, 6] if early else [0, 7, 14, 18])


def test_when_the_other_side_acted_is_not_read_in_the_list_either(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 9)

    def listed() -> list[tuple[Matter, datetime]]:
        found = village.see(views.open_of, village.now, ana, village.community)
        return [(one.follow_up.matter, one.follow_up.deadline) for one in found]

    village.do(pairs.answer, village.now, ana, pair.id, Said.NOT_HEARD)
    before = listed()
    assert [matter for matter, _until in before] == [Matter.NOT_HEARD]
    village.do(pairs.answer, village.now, host, pair.id, Said.MET)
    assert listed() == before
    assert live(village, 13) == []
    assert live(village, 3) == [(Kind.CLOSED, "Ana")]
    assert listed() == []


def test_whoever_found_each_other_meanwhile_needs_no_word_of_what_came_of_it(
    village: Village,
) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 9)
    village.do(pairs.answer, village.now, ana, pair.id, Said.NOT_HEARD)
    village.do(pairs.answer, village.now, host, pair.id, Said.MET)
    village.do(pairs.answer, village.now, ana, pair.id, Said.MET)
    assert live(village, 20) == []
    assert village.see(views.open_of, village.now, ana, village.community) == ()
