"""After a session, and questions without a name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.domain.follow_ups import Step
from bot.domain.office_hours import Came, Session
from bot.domain.pairs import StepState
from bot.domain.people import CommunityId, MemberId, Role
from bot.domain.policies import Matter
from bot.domain.unseen import MUTED_FOR, OPEN_FOR, About, Source
from bot.services import questions as community_questions
from bot.services import unseen
from bot.services.office_hours import after, questions, views
from bot.services.office_hours.results import Asked, Marked, Refused, Roster, Why
from bot.services.ports import Work
from bot.services.unseen import Case
from tests.services.test_reports import moderates
from tests.services.village import HALL, Village

DAY = timedelta(days=1)


def over(village: Village, *names: str) -> Session:
    """A session with these people, just over."""
    session = village.host(seats=5)
    for name in names:
        village.join(name, session)
    village.clock.set(session.ends)
    village.due()
    return session


def matters(village: Village, name: str) -> list[Matter]:
    member = village.members[name]
    return [one.matter for one in village.see(lambda work: work.follow_ups.of(member))]


def mark(village: Village, session: Session, name: str | None, came: Came) -> Marked | Refused:
    who = None if name is None else village.members[name]
    return village.do(after.mark, village.now, village.actor("Host"), session.code, who, came)


def roster(village: Village, session: Session, name: str, *roles: Role) -> Roster:
    found = village.see(views.roster, village.now, village.actor(name, *roles), session.code)
    assert isinstance(found, Roster)
    return found


def test_three_days_later_a_thank_you_and_a_next_step_are_offered(village: Village):
    session = over(village, "Ana", "Ben")
    assert matters(village, "Ana") == matters(village, "Ben") == [Matter.AFTER_SESSION]
    [one] = village.see(lambda work: work.follow_ups.of(village.members["Ana"]))
    step, at = one.next_step or (None, village.now)
    assert step is Step.REMIND
    assert at == session.ends + 3 * DAY
    assert one.deadline >= session.ends + 7 * DAY
    assert matters(village, "Host") == []


def test_thanks_go_to_the_host_once_and_settle_it(village: Village):
    session = over(village, "Ana")
    for text in ("That helped", "Again"):
        done = village.do(after.thank, village.now, village.actor("Ana"), session.id, text)
        assert isinstance(done, Session)
    assert matters(village, "Ana") == []
    village.clock.move(DAY)
    assert [each for each in village.due() if each[0] == "oh.thanks"] == [("oh.thanks", "Host")]
    stranger = village.do(after.thank, village.now, village.actor("Eve"), session.id, "")
    assert isinstance(stranger, Refused)


def test_a_next_step_is_followed_until_it_is_done(village: Village):
    session = over(village, "Ana")
    due = village.now + 10 * DAY
    ana = village.actor("Ana")
    step = village.do(after.promise, village.now, ana, session.id, "Send the abstract", due)
    assert not isinstance(step, Refused)
    assert matters(village, "Ana") == [Matter.SESSION_STEP]
    assert village.do(
        after.settle_step, village.now, village.members["Ben"], step.id, StepState.DONE
    ) is None  # fmt: skip
    moved = village.do(after.postpone_step, village.now, ana.member, step.id, due + DAY)
    assert moved is not None
    assert moved.due == due + DAY
    village.do(after.settle_step, village.now, ana.member, step.id, StepState.DONE)
    assert matters(village, "Ana") == []


def test_who_left_or_was_not_there_is_not_asked(village: Village):
    session = village.host(seats=5)
    for name in ("Ana", "Ben", "Cem"):
        village.join(name, session)
    village.leave("Ana", session)
    village.clock.set(session.starts)
    assert isinstance(mark(village, session, "Ben", Came.ABSENT), Marked)
    village.clock.set(session.ends)
    village.due()
    assert matters(village, "Ana") == matters(village, "Ben") == []
    assert matters(village, "Cem") == [Matter.AFTER_SESSION]


def test_the_attendees_own_word_counts_and_marks_are_not_public(village: Village):
    session = over(village, "Ana", "Ben")
    mark(village, session, "Ana", Came.ABSENT)
    assert matters(village, "Ana") == []
    morning = village.told_until(village.now + DAY)
    assert ("oh.absent", "Ana") in morning
    village.do(after.own_word, village.now, village.actor("Ana"), session.id, Came.HERE)
    assert matters(village, "Ana") == [Matter.AFTER_SESSION]
    mark(village, session, "Ana", Came.ABSENT)
    found = roster(village, session, "Host")
    assert {who.name: seat.came for seat, who in found.held} == {"Ana": Came.HERE, "Ben": None}
    mark(village, session, None, Came.HERE)
    found = roster(village, session, "Host")
    assert {who.name: seat.came for seat, who in found.held} == {
        "Ana": Came.HERE,
        "Ben": Came.HERE,
    }
    for who, roles in (("Ana", ()), ("Mod", (Role.MODERATOR,))):
        refused = village.do(
            after.mark, village.now, village.actor(who, *roles), session.code, None, Came.ABSENT
        )
        assert isinstance(refused, Refused)
        assert refused.why is Why.NOT_YOURS


def test_a_wrong_mark_that_is_taken_back_in_time_is_never_told(village: Village):
    session = over(village, "Ana")
    mark(village, session, "Ana", Came.ABSENT)
    mark(village, session, "Ana", Came.HERE)
    assert [each for each in village.told_until(village.now + 2 * DAY) if "absent" in each[0]] == []


def test_a_late_cancel_and_a_no_show_are_kept_apart(village: Village):
    session = village.host(seats=5)
    for name in ("Ana", "Ben"):
        village.join(name, session)
    village.clock.set(session.starts - timedelta(hours=3))
    village.leave("Ana", session)
    village.clock.set(session.starts)
    mark(village, session, "Ben", Came.ABSENT)
    found = roster(village, session, "Host")
    assert [who.name for _seat, who in found.late] == ["Ana"]
    assert {who.name: seat.came for seat, who in found.held} == {"Ben": Came.ABSENT}
    assert roster(village, session, "Mod", Role.MODERATOR).late == ()


def asked(village: Village, name: str, session: Session) -> About:
    result = village.do(
        questions.ask, village.now, village.actor(name), session.code, "Is it hard?"
    )
    assert isinstance(result, Asked)
    found = village.see(lambda work: work.office_hours.questions(session.id))
    return About(Source.SESSION, found[-1].id)


def post(work: Work, village: Village, name: str, *, anonymous: bool) -> int:
    work.communities.set_channel(village.community, "questions", HALL, "7")
    found = community_questions.ask(
        work,
        village.now,
        village.community,
        village.members[name],
        "portal",
        "Is it hard?",
        anonymous=anonymous,
    )
    assert found is not None
    return found.id


def in_community(village: Village, name: str) -> About:
    return About(Source.COMMUNITY, village.do(post, village, name, anonymous=True))


def case(
    village: Village,
    name: str,
    about: About,
    what: Callable[[Work, datetime, CommunityId, MemberId, About], Case | None] = unseen.look,
) -> Case:
    found = village.do(what, village.now, village.community, village.members[name], about)
    assert isinstance(found, Case)
    return found


@pytest.mark.parametrize("where", ["session", "community"])
def test_one_moderator_alone_never_learns_who_asked(village: Village, where: str):
    session = village.host()
    about = asked(village, "Ana", session) if where == "session" else in_community(village, "Ana")
    assert case(village, "Mod", about).author is None
    for _again in range(3):
        wanted = case(village, "Mod", about, unseen.want)
        assert wanted.author is None
        alone = case(village, "Mod", about, unseen.agree)
        assert alone.author is None
    own = case(village, "Ana", about, unseen.agree)
    assert own.author is None, "whoever asked cannot be the second one"
    both = case(village, "Eve", about, unseen.agree)
    assert both.author is not None
    assert both.author.name == "Ana"
    first = case(village, "Mod", about)
    assert first.author is not None
    assert case(village, "Ben", about).author is None, "a third moderator learns nothing"
    told = [each for each in village.due() if each[0].startswith("un.")]
    assert sorted(told) == [("un.agreed", "Mod"), ("un.told", "Ana")]


def test_who_leads_the_session_is_no_moderator_who_learns_who_asked(village: Village):
    session = village.host()
    about = asked(village, "Ana", session)
    assert case(village, "Host", about).own
    assert case(village, "Host", about, unseen.want).reveal is None
    case(village, "Mod", about, unseen.want)
    host = case(village, "Host", about, unseen.agree)
    assert host.author is None
    assert host.reveal is not None
    assert not host.reveal.revealed, "it is as if nobody had agreed"
    assert case(village, "Eve", about, unseen.agree).author is not None
    assert case(village, "Host", about).author is None


def test_without_a_channel_the_other_moderators_are_asked_one_by_one(village: Village):
    moderates(village, "Mod", "Eve", "Host")
    about = asked(village, "Ana", village.host())
    village.due()
    case(village, "Mod", about, unseen.want)
    case(village, "Mod", about, unseen.want)
    assert village.due() == [("un.wanted", "Eve")]


def test_a_wish_to_reveal_ends_after_a_week(village: Village):
    about = asked(village, "Ana", village.host("2027-04-11 18:00"))
    case(village, "Mod", about, unseen.want)
    village.clock.move(OPEN_FOR)
    assert case(village, "Eve", about, unseen.agree).author is None
    assert case(village, "Eve", about).reveal is None


def test_muted_unseen_for_sessions_and_for_the_community(village: Village):
    session = village.host("2027-05-11 18:00")
    about = asked(village, "Ana", session)
    muted = village.do(
        unseen.mute, village.now, village.community, village.members["Mod"], about, muted=True
    )
    assert muted is not None
    assert muted.muted
    assert muted.author is None
    refused = village.do(
        questions.ask, village.now, village.actor("Ana"), session.code, "And then?"
    )
    assert isinstance(refused, Refused)
    assert refused.why is Why.MUTED
    with pytest.raises(community_questions.Muted):
        in_community(village, "Ana")
    in_community(village, "Ben")
    village.do(
        unseen.mute, village.now, village.community, village.members["Mod"], about, muted=False
    )
    assert isinstance(asked(village, "Ana", session), About)
    village.do(
        unseen.mute, village.now, village.community, village.members["Mod"], about, muted=True
    )
    village.clock.move(MUTED_FOR)
    assert isinstance(asked(village, "Ana", session), About)


def test_muting_does_not_tell_which_other_questions_are_by_the_same_author(village: Village):
    session = village.host("2027-05-11 18:00")
    about, other = asked(village, "Ana", session), asked(village, "Ana", session)
    third = in_community(village, "Ana")
    strangers = asked(village, "Ben", session)
    mute = partial(unseen.mute, muted=True)
    put_back = partial(unseen.mute, muted=False)
    assert case(village, "Mod", about, mute).muted
    looked = [case(village, "Mod", one) for one in (other, third, strangers)]
    assert [one.muted for one in looked] == [False, False, False]
    assert not any(one.aside for one in looked)
    # A second one that led to the same holds by itself.
    assert case(village, "Eve", other, mute).muted
    assert not case(village, "Mod", about, put_back).muted
    assert case(village, "Mod", other).muted
    with pytest.raises(community_questions.Muted):
        in_community(village, "Ana")
    case(village, "Mod", other, put_back)
    in_community(village, "Ana")


def test_no_message_names_who_asked(village: Village):
    about = asked(village, "Ana", village.host())
    case(village, "Mod", about, unseen.want)
    case(village, "Eve", about, unseen.agree)
    reveal = case(village, "Mod", about).reveal
    assert reveal is not None
    said = village.see(unseen.wanted, village.now, reveal.id)
    assert said is not None
    assert said.author is None


def test_a_question_with_a_name_or_of_another_community_is_not_looked_into(village: Village):
    named = About(Source.COMMUNITY, village.do(post, village, "Ana", anonymous=False))
    mod = village.members["Mod"]
    assert village.see(unseen.look, village.now, village.community, mod, named) is None
    about = asked(village, "Ana", village.host())
    assert village.see(unseen.look, village.now, CommunityId(99), mod, about) is None
