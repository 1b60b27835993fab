"""Anonymous questions that a moderator looks into: muting unseen, and revealing with a second one.

With a single moderator there is no way to learn who asked.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.office_hours import QuestionId
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.questions import AskedId
from bot.domain.unseen import MUTED_FOR, About, Reveal, RevealId, Source
from bot.services.ports import Work

STAFF = "staff"
"""The purpose of the channel where moderators meet."""


class Kind(enum.StrEnum):
    """The kinds of deliveries; `ref` is the wish to reveal."""

    WANTED = "un.wanted"
    AGREED = "un.agreed"
    TOLD = "un.told"


@dataclass(frozen=True, slots=True)
class Case:
    """A question as a moderator sees it. `author` only where two moderators wanted it and this is
    one of them."""

    about: About
    text: str
    muted: bool
    reveal: Reveal | None = None
    author: Someone | None = None


def look(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About
) -> Case | None:
    """One question; None if it is not one of this community, or has a name."""
    found = _question(work, community, about)
    if found is None:
        return None
    author, text = found
    until = work.after_sessions.muted_until(community, author)
    reveal = work.after_sessions.reveal_of(about)
    shown = reveal is not None and reveal.seen_by(moderator)
    return Case(
        about,
        text,
        until is not None and now < until,
        reveal if reveal is not None and (reveal.open(now) or reveal.revealed) else None,
        work.people.someone(author) if shown else None,
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
    """Whoever asked it asks no anonymous questions for a while; or may again."""
    found = _question(work, community, about)
    if found is None:
        return None
    work.after_sessions.mute(community, found[0], now + MUTED_FOR if muted else None)
    return look(work, now, community, moderator, about)


def want(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About
) -> Case | None:
    """A moderator would like to learn who asked: the others are asked to agree."""
    if _question(work, community, about) is None:
        return None
    known = work.after_sessions.reveal_of(about)
    if known is None or not (known.open(now) or known.revealed):
        made = work.after_sessions.add_reveal(community, about, moderator, now)
        if any(
            work.communities.channel(community, STAFF, place)
            for place in work.communities.places(community)
        ):
            key = f"{Kind.WANTED}:{made.id}"
            work.deliveries.schedule(
                [NewDelivery(Kind.WANTED, community, key, key, now, channel=STAFF, ref=made.id)]
            )
    return look(work, now, community, moderator, about)


def agree(
    work: Work, now: datetime, community: CommunityId, moderator: MemberId, about: About
) -> Case | None:
    """A second moderator agrees: both learn who asked, and whoever asked is told that they do."""
    found = _question(work, community, about)
    known = work.after_sessions.reveal_of(about)
    if found is None or known is None or known.community != community:
        return None
    if known.may_agree(moderator, found[0], now):
        work.after_sessions.agree(known.id, moderator)
        rows = ((Kind.AGREED, known.asked_by), (Kind.TOLD, found[0]))
        work.deliveries.schedule(
            NewDelivery(kind, community, f"{kind}:{known.id}", f"{kind}:{known.id}", now, member,
                        ref=known.id)
            for kind, member in rows
        )  # fmt: skip
    return look(work, now, community, moderator, about)


def wanted(work: Work, now: datetime, id: RevealId, reader: MemberId | None) -> Case | None:
    """What a message about a wish to reveal is worded from."""
    known = work.after_sessions.reveal(id)
    if known is None:
        return None
    if reader is None:
        case = look(work, now, known.community, known.asked_by, known.about)
        return None if case is None else replace(case, author=None)
    return look(work, now, known.community, reader, known.about)


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
