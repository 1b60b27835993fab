"""After an office hour: a thank-you, one next step, and one's own word about having been there."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.after_session import USUAL_STEP, SessionStepId
from bot.domain.delivery import Delivery
from bot.domain.office_hours import Came, Session, SessionId
from bot.domain.pairs import StepState
from bot.runtime.caller import Caller
from bot.runtime.feature import Choice, Handler, Moot, Notice
from bot.services.follow_ups import views
from bot.services.office_hours import after
from bot.services.office_hours.results import Actor, Refused
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Strong, Typed, _
from cogs.follow_ups.after_actions import (
    LetBe,
    MarkNote,
    MoveNote,
    NoteStep,
    OpenNote,
    OpenNoteDate,
    OpenThanks,
    OwnWord,
    SayThanks,
)
from cogs.follow_ups.days import evening
from cogs.follow_ups.noting import noted, reminder
from cogs.follow_ups.words import notes


def after_controls(seen: views.Seen) -> tuple[Part, ...]:
    """What can be tapped after a session."""
    if seen.session_step is not None:
        id = seen.session_step.id
        return (
            Button(_("Done"), MarkNote(id, StepState.DONE), Look.MAIN),
            Button(_("New date"), OpenNoteDate(id)),
            Button(_("Drop it"), MarkNote(id, StepState.DROPPED)),
        )
    if seen.session is None:
        return ()
    about = seen.session.id
    return (
        Button(_("Say thanks"), SayThanks(about), Look.MAIN),
        Button(_("Thanks with a line"), OpenThanks(about)),
        Button(_("Note a next step"), OpenNote(about)),
        Button(_("I was not there"), OwnWord(about, Came.ABSENT)),
        Button(_("Nothing now"), LetBe(about)),
    )


_THANKS = Choice("thanks", _("Thanks for sessions you led"))


class AfterSessions:
    """Handlers and notices."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(SayThanks, self.thank),
            Handler(OpenThanks, self.open_thanks, opens=True),
            Handler(NoteStep, self.note),
            Handler(OpenNote, self.open_note, opens=True),
            Handler(LetBe, self.let_be),
            Handler(OwnWord, self.own_word),
            Handler(MarkNote, self.mark),
            Handler(OpenNoteDate, self.open_date, opens=True),
            Handler(MoveNote, self.move),
        )

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries."""
        return (
            Notice(after.Kind.THANKS, self.thanked, None, choice=_THANKS),
            Notice(after.Kind.ABSENT, self.absent, None),
        )

    async def thank(self, caller: Caller, request: SayThanks) -> Reply:
        """Goes to the host."""
        done = await self._store.write(
            after.thank,
            self._clock.now(),
            _actor(caller),
            SessionId(request.about),
            request.text or "",
        )
        if isinstance(done, Refused):
            return _not_there()
        said = _("Your thanks for {title} are on their way.", title=Strong(done.plan.title))
        return Reply((Text(said), Button(_("Note a next step"), OpenNote(done.id))))

    async def open_thanks(self, caller: Caller, request: OpenThanks) -> Form:
        """The form of a thank-you."""
        return Form(_("Thanks"), SayThanks, ("text",), {"about": request.about})

    async def open_note(self, caller: Caller, request: OpenNote) -> Form:
        """The form of a next step."""
        return Form(_("Next step"), NoteStep, ("text", "due"), {"about": request.about})

    async def note(self, caller: Caller, request: NoteStep) -> Reply:
        """Kept, and brought to mind."""
        now = self._clock.now()
        day = request.due or (now.astimezone(caller.zone) + USUAL_STEP).date()
        due = evening(day, caller.zone)
        if due <= now:
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        step = await self._store.write(
            after.promise, now, _actor(caller), SessionId(request.about), request.text, due
        )
        if isinstance(step, Refused):
            return _not_there()
        said = noted(due, await reminder(self._store, now, caller, due))
        alone = _("Nobody else sees it.")
        return Reply((Text(said), Text(Typed(step.text), Style.QUIET), Text(alone, Style.QUIET)))

    async def let_be(self, caller: Caller, request: LetBe) -> Reply:
        """An answer too."""
        await self._store.write(
            after.let_be, self._clock.now(), _actor(caller), SessionId(request.about)
        )
        return Reply((Text(_("That is fine. Nothing is left to do.")),))

    async def own_word(self, caller: Caller, request: OwnWord) -> Reply:
        """It counts."""
        done = await self._store.write(
            after.own_word,
            self._clock.now(),
            _actor(caller),
            SessionId(request.about),
            request.came,
        )
        if isinstance(done, Refused):
            return _not_there()
        return Reply((Text(_("Noted. Your own word counts; only the host sees it.")),))

    async def mark(self, caller: Caller, request: MarkNote) -> Reply:
        """A step is done, or dropped."""
        step = await self._store.write(
            after.settle_step,
            self._clock.now(),
            caller.member,
            SessionStepId(request.step),
            request.state,
        )
        return _not_there() if step is None else Reply((Text(_("Noted, and off your list.")),))

    async def open_date(self, caller: Caller, request: OpenNoteDate) -> Form:
        """The form of a new date."""
        return Form(_("New date"), MoveNote, ("due",), {"step": request.step})

    async def move(self, caller: Caller, request: MoveNote) -> Reply:
        """A new date."""
        now, due = self._clock.now(), evening(request.due, caller.zone)
        if due <= now:
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        step = await self._store.write(
            after.postpone_step, now, caller.member, SessionStepId(request.step), due
        )
        if step is None:
            return _not_there()
        return Reply((Text(noted(due, await reminder(self._store, now, caller, due))),))

    async def thanked(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """A thank-you, for the host."""
        found = await self._store.read(after.thanked, delivery)
        if found is None:
            return Moot.MOOT
        thanks, session = found
        who = await self._store.read(views.person, thanks.member)
        said = notes.thanked(who, session.plan.title, session.starts)
        if not thanks.text:
            return Reply((Text(said),))
        return Reply((Text(said), Text(_("“{text}”", text=Typed(thanks.text)))))

    async def absent(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The host noted that somebody was not there: they may say otherwise."""
        session: Session | None = None
        if delivery.member is not None:
            session = await self._store.read(after.absent, SessionId(delivery.ref), delivery.member)
        if session is None:
            return Moot.MOOT
        said = notes.absent(session.plan.title, session.starts)
        return Reply((Text(said), Button(_("I was there"), OwnWord(session.id, Came.HERE))))


def _actor(caller: Caller) -> Actor:
    return Actor(caller.member, caller.community, caller.roles)


def _not_there() -> Reply:
    return Reply((Text(_("This is not open for you any more. Nothing was changed.")),))
