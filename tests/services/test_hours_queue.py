"""The live queue of drop-in hours, on a moved clock."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.live_queue import USUAL, QueueState, Turn, TurnState, estimate, pace
from bot.domain.office_hours import Session, SessionId
from bot.domain.people import MemberId
from bot.domain.policies import Matter
from bot.services.office_hours import called_away, queue
from bot.services.office_hours.queue import Desk, Place
from bot.services.office_hours.results import Refused, Why
from tests.services.village import NOW, Village

MINUTE = timedelta(minutes=1)


def begun(village: Village, *names: str) -> Session:
    """Drop-in hours that have just begun, and people in line."""
    session = village.host(seats=None)
    village.clock.set(session.starts)
    for name in names:
        assert isinstance(enter(village, name, session), Place)
    village.due()
    return session


def enter(
    village: Village, name: str, session: Session, question: str = ""
) -> Place | Desk | Refused:
    return village.do(queue.enter, village.now, village.actor(name), session.code, question)


def desk(village: Village, session: Session) -> Desk:
    found = village.see(queue.look, village.now, village.actor("Host"), session.code)
    assert isinstance(found, Desk)
    return found


def press_next(village: Village, session: Session, current: int | None = None) -> Desk:
    if current is None:
        current = desk(village, session).current
    found = village.do(queue.call_next, village.now, village.actor("Host"), session.code, current)
    assert isinstance(found, Desk)
    return found


def put(village: Village, session: Session, state: QueueState) -> None:
    found = village.do(queue.set_state, village.now, village.actor("Host"), session.code, state)
    assert isinstance(found, Desk)


def after_of(village: Village, member: MemberId) -> bool:
    """Whether somebody is asked for a thank-you."""
    found = village.see(lambda work: work.follow_ups.of(member))
    return any(one.matter is Matter.AFTER_SESSION for one in found)


def names(pairs: tuple[tuple[Turn, object], ...]) -> list[str]:
    return [who.name for _turn, who in pairs]  # pyright: ignore


def test_a_place_and_an_honest_estimate(village: Village):
    session = begun(village, "Ana", "Ben", "Cem")
    cem = enter(village, "Cem", session, "Which wire?")
    assert isinstance(cem, Place)
    assert cem.estimate is not None
    assert (cem.estimate.ahead, cem.estimate.wait) == (2, 20 * MINUTE)
    assert cem.estimate.fits
    press_next(village, session)
    village.clock.move(4 * MINUTE)
    press_next(village, session)
    village.clock.move(4 * MINUTE)
    press_next(village, session)
    dot = enter(village, "Dot", session)
    assert isinstance(dot, Place)
    assert dot.estimate is not None
    assert dot.estimate.wait == 5 * MINUTE, "turns took four minutes here"
    assert dot.card.holds, "who lines up comes to the hours"


def test_before_the_hours_begin_the_estimate_counts_until_then(village: Village):
    session = village.host(seats=None)
    village.clock.set(session.starts - 15 * MINUTE)
    waits = [enter(village, name, session) for name in ("Ana", "Ben")]
    guesses = [one.estimate for one in waits if isinstance(one, Place) and one.estimate]
    assert [one.wait for one in guesses] == [15 * MINUTE, 25 * MINUTE]
    press_next(village, session)
    ben = village.see(queue.look, village.now, village.actor("Ben"), session.code)
    assert isinstance(ben, Place)
    assert ben.estimate is not None
    assert ben.estimate.wait == 10 * MINUTE, "the host has begun already"


def test_a_closed_queue_expects_nobody_new(village: Village):
    session = begun(village, "Ana")
    put(village, session, QueueState.CLOSED)
    refused = village.join("Ben", session)
    assert isinstance(refused, Refused)
    assert refused.why is Why.QUEUE_CLOSED


def test_an_estimate_says_when_it_will_not_fit(village: Village):
    session = begun(village, "Ana", "Ben")
    village.clock.set(session.ends - 5 * MINUTE)
    ben = enter(village, "Ben", session)
    assert isinstance(ben, Place)
    assert ben.estimate is not None
    assert not ben.estimate.fits


def test_next_calls_one_and_tells_the_one_after_and_a_double_click_calls_nobody_twice(
    village: Village,
):
    session = begun(village, "Ana", "Ben", "Cem")
    shown = desk(village, session).current
    press_next(village, session, shown)
    twice = press_next(village, session, shown)
    assert (names(twice.inside), names(twice.line)) == (["Ana"], ["Ben", "Cem"])
    assert sorted(village.due()) == [("oh.queue_next", "Ben"), ("oh.queue_turn", "Ana")]
    press_next(village, session)
    assert sorted(village.due()) == [("oh.queue_next", "Cem"), ("oh.queue_turn", "Ben")]


def test_pause_tells_those_in_line_once_and_close_takes_nobody_new(village: Village):
    session = begun(village, "Ana", "Ben")
    put(village, session, QueueState.PAUSED)
    put(village, session, QueueState.PAUSED)
    assert sorted(village.due()) == [("oh.queue_paused", "Ana"), ("oh.queue_paused", "Ben")]
    put(village, session, QueueState.CLOSED)
    refused = enter(village, "Cem", session)
    assert isinstance(refused, Refused)
    assert refused.why is Why.QUEUE_CLOSED
    assert names(press_next(village, session).inside) == ["Ana"]


def test_the_open_floor_lets_everybody_in(village: Village):
    session = begun(village, "Ana", "Ben")
    put(village, session, QueueState.FLOOR)
    assert sorted(village.due()) == [("oh.queue_floor", "Ana"), ("oh.queue_floor", "Ben")]
    cem = enter(village, "Cem", session)
    assert isinstance(cem, Place)
    assert cem.turn is not None
    assert cem.turn.state is TurnState.IN
    assert names(desk(village, session).inside) == ["Ana", "Ben", "Cem"]


def test_the_queue_empties_itself_after_the_end_and_everybody_left_is_told(village: Village):
    session = begun(village, "Ana", "Ben", "Cem", "Dot")
    press_next(village, session)
    village.do(queue.leave, village.now, village.actor("Dot"), session.code)
    village.due()
    ended = [each for each in village.told_until(session.ends) if "queue" in each[0]]
    assert sorted(ended) == [("oh.queue_end", "Ben"), ("oh.queue_end", "Cem")]
    turns = village.see(lambda work: work.queues.turns(session.id))
    assert not [t for t in turns if t.state in (TurnState.WAITING, TurnState.IN)]
    thanked = {name for name, id in village.members.items() if after_of(village, id)}
    assert thanked == {"Ana"}, "whose turn did not come has nothing to give thanks for"
    assert village.told_until(session.ends + timedelta(hours=5)) == []


def test_who_is_called_off_or_not_begun_has_no_queue(village: Village):
    session = village.host(seats=None)
    early = enter(village, "Ana", session)
    assert isinstance(early, Refused)
    assert early.why is Why.QUEUE_LATER
    with_seats = village.host("2027-03-12 18:00", seats=2)
    none = enter(village, "Ana", with_seats)
    assert isinstance(none, Refused)
    assert none.why is Why.NO_QUEUE
    village.clock.set(session.starts)
    enter(village, "Ana", session)
    village.due()
    village.call_off(session)
    assert [each for each in village.told_until(session.ends) if "queue" in each[0]] == []


def test_a_host_called_away_can_hand_the_queue_over(village: Village):
    cem = village.members["Cem"]
    session = village.host(seats=None, cohosts=(cem,))
    village.clock.set(session.starts)
    enter(village, "Ana", session)
    village.do(called_away.hand_over, village.now, village.actor("Host"), session.code, cem, 0)
    found = village.see(queue.look, village.now, village.actor("Cem"), session.code)
    assert isinstance(found, Desk)
    assert names(found.line) == ["Ana"]


STATES = st.sampled_from(TurnState)


@given(st.lists(st.tuples(STATES, st.integers(0, 40)), max_size=12), st.integers(0, 300))
def test_any_estimate_is_in_order_and_never_negative(
    people: list[tuple[TurnState, int]], later: int
) -> None:
    now = NOW + later * MINUTE
    turns = [
        Turn(
            SessionId(1), MemberId(number), number, "", state, NOW,
            NOW if state in (TurnState.IN, TurnState.DONE) else None,
            NOW + took * MINUTE if state is TurnState.DONE else None,
        )
        for number, (state, took) in enumerate(people, 1)
    ]  # fmt: skip
    found = [
        estimate(turns, turn.member, now, NOW, NOW + timedelta(hours=2))
        for turn in turns
        if turn.state is TurnState.WAITING
    ]
    assert [one.ahead for one in found if one] == list(range(len(found)))
    waits = [one.wait for one in found if one]
    assert waits == sorted(waits)
    assert all(wait >= timedelta() for wait in waits)
    if sum(state is TurnState.DONE for state, _took in people) < 2:
        assert pace(turns) == USUAL


def test_whoever_gives_their_place_back_is_not_called(village: Village):
    session = begun(village, "Ana", "Ben", "Cem")
    press_next(village, session)
    village.due()
    # Not out of the queue, but out of the hours.
    village.leave("Ben", session)
    assert village.due() == [("oh.queue_next", "Cem")]
    assert [turn.member for turn, _who in desk(village, session).line] == [village.members["Cem"]]
    village.leave("Ana", session)
    assert not desk(village, session).inside
    village.due()
    press_next(village, session)
    assert village.due() == [("oh.queue_turn", "Cem")]


def test_when_whoever_is_in_leaves_the_next_hears_of_it(village: Village):
    session = begun(village, "Ana", "Ben")
    press_next(village, session)
    assert sorted(village.due()) == [("oh.queue_next", "Ben"), ("oh.queue_turn", "Ana")]
    village.do(queue.leave, village.now, village.actor("Ana"), session.code)
    assert village.due() == [("oh.queue_next", "Ben")]
    press_next(village, session)
    assert village.due() == [("oh.queue_turn", "Ben")]


def test_who_lined_up_while_somebody_was_in_hears_that_they_are_next(village: Village):
    session = begun(village, "Ana")
    press_next(village, session)
    village.due()
    enter(village, "Ben", session)
    enter(village, "Cem", session)
    village.do(queue.leave, village.now, village.actor("Ana"), session.code)
    assert village.due() == [("oh.queue_next", "Ben")]
    village.do(queue.leave, village.now, village.actor("Ben"), session.code)
    assert village.due() == [("oh.queue_next", "Cem")]
