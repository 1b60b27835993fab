"""Anonymous questions that a moderator looks into: muting unseen, and revealing with a second one.

With a single moderator there is no way to learn who asked.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.codes import tidy
from bot.domain.delivery import NewDelivery
from bot.domain.office_hours import Question, QuestionId, Session
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.questions import AskedId
from bot.domain.unseen import MUTED_FOR, About, Reveal, RevealId, Source
from bot.services.office_hours.results import Actor
from bot.services.ports import Work

STAFF = "staff"
"""The purpose of the channel where moderators meet."""
_TOLD = 10


class Kind(enum.StrEnum):
    """The kinds of deliveries; `ref` is the wish to reveal."""

    FLAGGED = "un.flagged"
    """`ref` is the question."""
    WANTED = "un.wanted"
    AGREED = "un.agreed"
    TOLD = "un.told"


@dataclass(frozen=True, slots=True)
class Case:
    """A question as a moderator sees it. `author` only where two moderators wanted it and this is
    one of them. `aside`: whether it is off the roster; None where there is no roster. `own`: the
    moderator leads its session, and hosts never learn who asked."""

    about: About
    text: str
    muted: bool
    reveal: Reveal | None = None
    author: Someone | None = None
    aside: bool | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Flagged:
    """A moderator was asked to look at a question of this session. `heard`: one is known."""

    session: Session
    heard: bool


def flag(work: Work, now: datetime, actor: Actor, id: QuestionId) -> Flagged | None:
    """Who leads a session asks moderators to look at a question; nobody else reads it meanwhile."""
    question = work.office_hours.question(id)
    session = work.office_hours.session(question.session) if question else None
    if session is None or session.community != actor.community:
        return None
    if not session.led_by(actor.member):
        return None
    work.office_hours.set_aside(id, True)
    key = f"{Kind.FLAGGED}:{id}"
    if _staff_meets(work, actor.community):
        rows = [NewDelivery(Kind.FLAGGED, actor.community, key, key, now, channel=STAFF, ref=id)]
    else:
        rows = [
            NewDelivery(Kind.FLAGGED, actor.community, key, f"{key}:{one}", now, one, ref=id)
            for one in work.reports.moderators(actor.community)[:_TOLD]
        ]
    work.deliveries.schedule(rows)
    return Flagged(session, bool(rows))


def flagged(work: Work, id: QuestionId) -> Session | None:
    """The session of a question that moderators are asked to look at; None once it stands again."""
    question = work.office_hours.question(id)
    if question is None or not question.aside:
        return None
    return work.office_hours.session(question.session)


def put_aside(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About, *,
    aside: bool,
) -> Case | None:  # fmt: skip
    """A moderator takes a question off the roster of its session, or puts it back."""
    if about.source is not Source.SESSION or _question(work, community, about) is None:
        return None
    work.office_hours.set_aside(QuestionId(about.id), aside)
    return look(work, now, community, moderator, about)


def of_session(
    work: Work, community: CommunityId, code: str
) -> tuple[Session, tuple[Question, ...]] | None:
    """The questions of a session, by its code."""
    session = work.office_hours.by_code(community, tidy(code))
    return None if session is None else (session, work.office_hours.questions(session.id))


def look(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About
) -> Case | None:
    """One question; None if it is not one of this community, or has a name."""
    found = _question(work, community, about)
    if found is None:
        return None
    author, text = found
    # Because of this question: that its author is muted because of another one links the two.
    until = work.after_sessions.muted_for(community, about)
    reveal = work.after_sessions.reveal_of(about)
    shown = reveal is not None and reveal.seen_by(moderator)
    return Case(
        about,
        text,
        until is not None and now < until,
        reveal if reveal is not None and (reveal.open(now) or reveal.revealed) else None,
        work.people.someone(author) if shown else None,
        _aside(work, about),
        _led_by(work, about, moderator),
    )


def by_code(work: Work, community: CommunityId, code: str) -> About | None:
    """A question to the community, by its code."""
    asked = work.questions.by_code(community, code)
    return None if asked is None else About(Source.COMMUNITY, asked.id)


def mute(
    work: Work,
    now: datetime,
    community: CommunityId,
    moderator: MemberId,
    about: About,
    *,
    muted: bool,
) -> Case | None:
    """Whoever asked it asks no anonymous questions for a while; or may again. The question goes off
    the roster with that, or comes back."""
    found = _question(work, community, about)
    if found is None:
        return None
    work.after_sessions.mute(community, about, found[0], now + MUTED_FOR if muted else None)
    if about.source is Source.SESSION:
        work.office_hours.set_aside(QuestionId(about.id), muted)
    return look(work, now, community, moderator, about)


def want(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About
) -> Case | None:
    """A moderator would like to learn who asked: the others are asked to agree. Who leads the
    session it was asked for is not among them."""
    if _question(work, community, about) is None:
        return None
    known = work.after_sessions.reveal_of(about)
    asked = known is not None and (known.open(now) or known.revealed)
    if not asked and not _led_by(work, about, moderator):
        made = work.after_sessions.add_reveal(community, about, moderator, now)
        key = f"{Kind.WANTED}:{made.id}"
        if _staff_meets(work, community):
            rows = [NewDelivery(Kind.WANTED, community, key, key, now, channel=STAFF, ref=made.id)]
        else:
            others = work.reports.moderators(community)[:_TOLD]
            rows = [
                NewDelivery(Kind.WANTED, community, key, f"{key}:{one}", now, one, ref=made.id)
                for one in others
                if one != moderator and not _led_by(work, about, one)
            ]
        work.deliveries.schedule(rows)
    return look(work, now, community, moderator, about)


def agree(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About
) -> Case | None:
    """A second moderator agrees: both learn who asked, and whoever asked is told that they do."""
    found = _question(work, community, about)
    known = work.after_sessions.reveal_of(about)
    if found is None or known is None or known.community != community:
        return None
    if known.may_agree(moderator, found[0], now) and not _led_by(work, about, moderator):
        work.after_sessions.agree(known.id, moderator)
        rows = ((Kind.AGREED, known.asked_by), (Kind.TOLD, found[0]))
        work.deliveries.schedule(
            NewDelivery(kind, community, f"{kind}:{known.id}", f"{kind}:{known.id}", now, member,
                        ref=known.id)
            for kind, member in rows
        )  # fmt: skip
    return look(work, now, community, moderator, about)


def wanted(work: Work, now: datetime, id: RevealId) -> Case | None:
    """What a message about a wish to reveal is worded from. It names nobody: who asked is shown to
    whoever is a moderator at the moment of looking, which no message can know."""
    known = work.after_sessions.reveal(id)
    if known is None:
        return None
    case = look(work, now, known.community, known.asked_by, known.about)
    return None if case is None else replace(case, author=None)


def _staff_meets(work: Work, community: CommunityId) -> bool:
    """Whether moderators have a channel."""
    return any(
        work.communities.channel(community, STAFF, place)
        for place in work.communities.places(community)
    )


def _led_by(work: Work, about: About, moderator: MemberId) -> bool:
    """Whether a moderator leads the session that a question is for."""
    if about.source is not Source.SESSION:
        return False
    question = work.office_hours.question(QuestionId(about.id))
    session = work.office_hours.session(question.session) if question else None
    return session is not None and session.led_by(moderator)


def _aside(work: Work, about: About) -> bool | None:
    if about.source is not Source.SESSION:
        return None
    question = work.office_hours.question(QuestionId(about.id))
    return question is not None and question.aside


def _question(work: Work, community: CommunityId, about: About) -> tuple[MemberId, str] | None:
    match about.source:
        case Source.SESSION:
            question = work.office_hours.question(QuestionId(about.id))
            session = work.office_hours.session(question.session) if question else None
            if question is None or session is None or session.community != community:
                return None
            return question.author, question.text
        case Source.COMMUNITY:
            asked = work.questions.get(AskedId(about.id))
            if asked is None or asked.community != community or not asked.anonymous:
                return None
            return asked.asker, asked.text
