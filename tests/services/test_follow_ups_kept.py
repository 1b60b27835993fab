"""What the engine promised holds: dates that cannot move, a pair that is kept, days away."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.follow_ups import Ending, FollowUp, NewFollowUp, plan
from bot.domain.hours import Span
from bot.domain.pairs import PairState, Said
from bot.domain.policies import MOST_PATIENCE, Matter, policy_of
from bot.domain.questions import AskedId
from bot.services import pairs, questions
from bot.services.follow_ups import engine, own, sending, signs, views
from bot.services.follow_ups.telling import Kind
from bot.services.ports import Work
from tests.services.test_follow_ups import live, look, request
from tests.services.village import HALL, Village


def dated(village: Village, days: int) -> FollowUp:
    new = NewFollowUp(
        village.community,
        Matter.DATED_REQUEST,
        "request:1",
        1,
        village.members["Host"],
        village.members["Ana"],
        not_after=village.now + timedelta(days=days),
    )
    return village.do(engine.start, village.now, new)


def test_a_line_to_the_bot_moves_no_date_that_cannot_move(village: Village) -> None:
    one = dated(village, 7)
    hard = one.not_after
    assert hard is not None
    for _day in range(3):
        live(village, 2)
        village.do(signs.spoke, village.now, village.members["Host"])
        found = look(village, one)
        assert found.deadline <= found.bound <= hard
    live(village, 3)
    ended = look(village, one).ended_at
    assert ended is not None
    assert ended <= hard + timedelta(hours=1)


def test_in_a_patient_season_a_near_date_has_its_reminder_and_its_last_word(
    village: Village,
) -> None:
    now = village.now
    for patience in range(1, MOST_PATIENCE + 1):
        for days in (2, 4, 6, 20):
            made = plan(
                policy_of(Matter.DATED_REQUEST, patience), now, not_after=now + timedelta(days=days)
            )
            assert made.remind is not None
            assert made.last is not None
            assert now < made.remind < made.last < made.close <= now + timedelta(days=days)


def test_who_is_away_when_it_would_close_has_their_time_afterwards(village: Village) -> None:
    one = request(village)
    live(village, 12)
    host, day = village.members["Host"], village.now.date()
    named = look(village, one).deadline
    off = Span(day, day + timedelta(days=20))
    village.do(own.go_away, village.now, host, off, day)
    told = live(village, 20)
    assert look(village, one).open
    assert (Kind.MOVED, "Ana") in told
    assert (Kind.MOVED, "Host") in told
    assert look(village, one).deadline > named
    assert look(village, one).deadline.date() > off.last
    live(village, 5)
    assert look(village, one).ending is Ending.CLOSED


def test_kept_by_one_side_a_pair_stays_open_and_the_other_hears_it(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 16)
    village.do(pairs.answer, village.now, host, pair.id, Said.KEEP)
    told = live(village, 16)
    assert (pairs.Kind.KEPT, "Ana") in told
    assert pairs.Kind.CLOSED not in {kind for kind, _who in told}
    found = village.see(lambda work: work.pairs.get(pair.id))
    assert found is not None
    assert found.open
    assert found.next_round is not None or (Kind.ASK, "Ana") in told


def test_where_they_met_the_silent_side_hears_that_it_stays_open(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 9)
    village.do(pairs.answer, village.now, host, pair.id, Said.MET)
    told = live(village, 24)
    assert told.count((pairs.Kind.KEPT, "Ana")) == 1
    found = village.see(lambda work: work.pairs.get(pair.id))
    assert found is not None
    assert found.state is PairState.RUNNING


def test_whoever_had_not_heard_back_hears_the_end_whatever_came_of_it(village: Village) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    live(village, 9)
    village.do(pairs.answer, village.now, ana, pair.id, Said.NOT_HEARD)
    live(village, 3)
    village.do(signs.spoke, village.now, host)
    assert (Kind.CLOSED, "Ana") in live(village, 14)


def question(village: Village, topics: tuple[str, ...] = ("career",)) -> FollowUp:
    home, ben = village.community, village.members["Ben"]

    def settle(work: Work) -> None:
        work.communities.set_channel(home, questions.HELP, HALL, "c9")
        work.manners.set_wishes(ben, replace(work.manners.wishes(ben), topics=topics))

    village.do(settle)
    asked = village.do(
        questions.noticed,
        village.now,
        home,
        village.members["Ana"],
        "https://chat.example/c9/1",
        "1",
    )
    (one,) = village.see(lambda work: work.follow_ups.about(questions.subject_of(asked.id)))
    return one


def test_who_no_longer_likes_questions_is_shown_none(village: Village) -> None:
    question(village)
    question(village, topics=())
    assert [who for _kind, who in live(village, 6)].count("Ben") == 0


def test_a_question_that_is_answered_is_shown_to_nobody_else(village: Village) -> None:
    one = question(village)
    live(village, 5)
    village.do(questions.answered, village.now, village.members["Ben"], AskedId(one.ref))
    assert "Ben" not in [who for _kind, who in live(village, 6)]


def test_a_note_names_a_question_once(village: Village) -> None:
    one = question(village)
    ben, day = village.members["Ben"], village.now.date()
    village.do(own.go_away, village.now, ben, Span(day, day + timedelta(days=5)), day)
    notes = []
    for _half_day in range(24):
        village.clock.move(timedelta(hours=12))
        for row in village.claim():
            if row.kind == Kind.DIGEST:
                notes.append(row)
            elif row.member == ben:
                assert not village.do(sending.admit, village.now, row)
    shown = village.see(views.digest, notes[0], ben)
    assert [seen.follow_up.id for seen in shown] == [one.id]
