"""A question that does harm: whoever leads the session asks a moderator to look, with one tap.

It is off the roster and the reminders at once. Neither learns by it who asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import Question, QuestionId
from bot.domain.people import Role
from bot.domain.unseen import Source
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler, Moot, Notice
from bot.services import unseen
from bot.services.ports import Store
from bot.services.unseen import Kind
from bot.ui.action import Option
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Look, Part, Reply, Select, Text
from bot.ui.words import Slash, Typed, When, _
from cogs.office_hours.actions import ShowRoster
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.unseen_actions import FlagQuestion, LookIntoOne
from cogs.office_hours.wording import title_of

_EXCERPT = 60


class Flagging:
    """The handler, and the word to moderators."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(FlagQuestion, self.flag),)

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries."""
        return (Notice(Kind.FLAGGED, self.flagged, None),)

    async def flag(self, caller: Caller, request: FlagQuestion) -> Reply:
        """A moderator is asked to look."""
        found = None
        if request.question.isdecimal():
            about = QuestionId(int(request.question))
            found = await self._store.write(unseen.flag, self._clock.now(), actor_of(caller), about)
        if found is None:
            return Reply((Text(_("This question is not open for you any more.")),))
        off = _("It is off the roster and the reminders of {title}.", title=title_of(found.session))
        if found.heard:
            then = _("A moderator is asked to look at it; nobody learns by that who asked.")
        else:
            then = _(
                "I know no moderator whom I could tell here. {command} is another way to one.",
                command=Slash("report"),
            )
        roster = Button(_("Roster"), ShowRoster(found.session.code))
        return Reply((Text(off), Text(then), roster))

    async def flagged(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For moderators; the question itself is read where its buttons are."""
        session = await self._store.read(unseen.flagged, QuestionId(delivery.ref))
        if session is None:
            return Moot.MOOT
        said = _(
            "Whoever leads {title} on {when} asks for a look at a question without a name. It is"
            " off the roster meanwhile.",
            title=title_of(session),
            when=When(session.starts),
        )
        look = LookIntoOne(Source.SESSION, f"{delivery.ref}")
        return Reply((Text(said), Button(_("Look into it"), look, Look.MAIN)))


def to_flag(questions: tuple[Question, ...], *, leads: bool) -> tuple[Part, ...]:
    """For who leads it: one of the questions of a session."""
    if not questions or not leads:
        return ()
    return (Select(_("A moderator should see"), FlagQuestion(), "question", _excerpts(questions)),)


def to_look_into(questions: tuple[Question, ...], roles: frozenset[Role]) -> tuple[Part, ...]:
    """For moderators: the same, and those that are off the roster."""
    if not questions or Role.MODERATOR not in roles:
        return ()
    one = LookIntoOne(Source.SESSION)
    return (Select(_("Look into a question"), one, "question", _excerpts(questions)),)


def _excerpts(questions: Iterable[Question]) -> tuple[Option, ...]:
    return tuple(
        Option(str(one.id), _("{text}", text=Typed(one.text[:_EXCERPT])))
        for one in tuple(questions)[-LIMITS.select_options :]
    )
