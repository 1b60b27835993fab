"""A question in its channel, and what its asker hears of it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery import Delivery
from bot.domain.people import Someone
from bot.domain.questions import Asked, AskedId, AskedState
from bot.runtime.feature import Course, Moot, Notice
from bot.services import questions
from bot.services.follow_ups import sending
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Typed, _
from cogs.follow_ups.actions import IAnswered, ItHelped, StillOpen
from cogs.follow_ups.notices import news
from cogs.follow_ups.words import asked as words

POSTING = Course(sending.admit_news, questions.posted, questions.not_posted)


class AskedNotices:
    """Its notices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def notices(self) -> tuple[Notice, ...]:
        """All kinds of questions."""
        day = timedelta(days=1)
        return (
            Notice(questions.Kind.POSTED, self.posted, None, day, course=POSTING, over=self.over),
            news(questions.Kind.NOT_POSTED, self.not_posted),
            news(questions.Kind.ANSWERED, self.answered),
        )

    async def posted(self, row: Delivery, late: bool) -> Reply | Moot:
        """A question in its channel."""
        found = await self._store.read(_look, AskedId(row.ref))
        if found is None or found[0].state is not AskedState.OPEN:
            return Moot.MOOT
        asked, who, _gone = found
        tap = Text(words.TAP, Style.QUIET)
        button = Button(_("I answered"), IAnswered(asked.id))
        return Reply((*_question(asked, who), tap, button))

    async def not_posted(self, row: Delivery, late: bool) -> Reply | Moot:
        """Its channel did not take it."""
        asked = await self._store.read(questions.look, AskedId(row.ref))
        if asked is None or asked.state is not AskedState.CLOSED:
            return Moot.MOOT
        again = Button(_("Post it again"), StillOpen(asked.id))
        return Reply((Text(words.not_posted(asked.code)), again))

    async def over(self, ref: int, again: bool) -> Reply | None:
        """What stands there once it asks no more, or was asked again."""
        found = await self._store.read(_look, AskedId(ref))
        if found is None:
            return Reply((Text(words.NOT_FOUND),))
        asked, who, gone = found
        if again:
            return Reply((Text(words.newer(asked.code)),))
        if asked.state is AskedState.OPEN:
            return None
        if gone and asked.state is AskedState.CLOSED:
            return Reply((Text(words.taken_back(asked.code)),))
        return Reply((*_question(asked, who), Text(words.settled(asked.state), Style.QUIET)))

    async def answered(self, row: Delivery, late: bool) -> Reply | Moot:
        """Somebody answered; did it help?"""
        asked = await self._store.read(questions.look, AskedId(row.ref))
        if asked is None or asked.state is not AskedState.OPEN or not asked.heard:
            return Moot.MOOT
        return Reply(
            (
                Text(words.heard(asked.code)),
                Button(_("It helped"), ItHelped(asked.id), Look.MAIN),
                Button(_("I would like to hear more"), StillOpen(asked.id)),
            )
        )


def _look(work: Work, id: AskedId) -> tuple[Asked, Someone | None, bool] | None:
    """A question, its asker if they are named, and whether it was taken back."""
    asked = work.questions.get(id)
    if asked is None:
        return None
    who = None if asked.anonymous else work.people.someone(asked.asker)
    return asked, who, questions.taken_back(work, id)


def _question(asked: Asked, who: Someone | None) -> tuple[Part, ...]:
    return Text(words.head(asked, who)), Text(Typed(asked.text))
