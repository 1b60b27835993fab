"""Questions for a session. The author is stored and shown to nobody, not even to the host."""

from __future__ import annotations

from datetime import datetime

from bot.domain.office_hours import QUESTIONS_EACH, Question, QuestionId, bundled
from bot.services.office_hours import telling
from bot.services.office_hours.results import Actor, Asked, Refused, Why
from bot.services.office_hours.views import card_of, find
from bot.services.ports import Work


def ask(work: Work, now: datetime, actor: Actor, text: str, question: str) -> Asked | Refused:
    """Notes a question and lets whoever leads the session know, in bundles."""
    session = find(work, now, actor, text)
    if session is None:
        return Refused(Why.UNKNOWN)
    if session.called_off:
        return Refused(Why.CALLED_OFF, session)
    if now >= session.ends:
        return Refused(Why.OVER, session)
    if session.led_by(actor.member):
        return Refused(Why.OWN, session)
    muted = work.after_sessions.muted_until(actor.community, actor.member)
    if muted is not None and now < muted:
        return Refused(Why.MUTED, session)
    earlier = work.office_hours.questions(session.id)
    if sum(one.author == actor.member for one in earlier) >= QUESTIONS_EACH:
        return Refused(Why.ENOUGH_ASKED, session)
    noted = work.office_hours.add_question(
        Question(QuestionId(0), session.id, actor.member, question, now)
    )
    told = next(each for each in bundled((*earlier, noted)) if noted in each.questions)
    telling.questions(work, session, told)
    return Asked(card_of(work, now, session, actor.member))
