"""Joining and leaving: receipts that say what happens next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.office_hours import ForWhom, Session
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.pending import Pending
from bot.services import pairs
from bot.services.office_hours import seats
from bot.services.office_hours.results import (
    Actor,
    Already,
    Card,
    Joined,
    Refused,
    Waitlisted,
    Why,
)
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, _
from cogs.office_hours.actions import (
    DeclineOffer,
    JoinAsMeant,
    JoinSession,
    LeaveSession,
    ListSessions,
    MySessions,
    OpenQuestion,
)
from cogs.office_hours.dropping_in import has_joined, has_left, queue_note, to_the_queue
from cogs.office_hours.places import way_in
from cogs.office_hours.refusals import refusal
from cogs.office_hours.remarks import (
    clash_note,
    line_rules,
    one_date,
    other_dates,
    shift_words,
)
from cogs.office_hours.standing import TakeSeat
from cogs.office_hours.wording import (
    facts,
    keep_this,
    place_in_line,
    reminder_words,
    title_of,
)


def actor_of(caller: Caller) -> Actor:
    """Who asks, for the use cases."""
    return Actor(caller.member, caller.community, caller.roles)


class TakingPart:
    """Handlers for people who come."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (JoinSession,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(JoinSession, self.join),
            Handler(JoinAsMeant, self.as_meant),
            Handler(LeaveSession, self.leave),
            Handler(DeclineOffer, self.decline),
            Handler(TakeSeat, self.take),
        )

    async def join(self, caller: Caller, request: JoinSession) -> Reply:
        """A seat, or a place in line."""
        return await self._join(caller, request, as_meant=False)

    async def take(self, caller: Caller, request: TakeSeat) -> Reply:
        """The same in place of the message that said it was free, whoever came first."""
        answer = await self._join(caller, JoinSession(request.session), as_meant=False)
        return replace(answer, replaces=True)

    async def as_meant(self, caller: Caller, request: JoinAsMeant) -> Reply:
        """The person said that the session is for them: on with the joining."""
        found = await self._pending.find(caller, request.draft)
        if found is None or not isinstance(found[0], JoinSession):
            return refusal(Refused(Why.GONE))
        return await self._join(caller, found[0], as_meant=True)

    async def _join(self, caller: Caller, request: JoinSession, *, as_meant: bool) -> Reply:
        result = await self._store.write(
            seats.join,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.about or "",
            as_meant,
        )
        if isinstance(result, Joined | Waitlisted):
            await self._in_touch(caller, result.card.session)
        match result:
            case Joined(card, times, clashes, shift):
                notes = clash_note(clashes)
                if shift:
                    notes = (Text(shift_words(card, shift)), *notes)
                return self._receipt(card, has_joined(card.session), times, notes)
            case Waitlisted(card):
                said = _(
                    "{title} is full, so you are on the waitlist as number {position}.",
                    title=title_of(card.session),
                    position=card.position or 1,
                )
                return _in_line(card, said, line_rules(card))
            case Already(card, noted, times) if card.holds:
                said = _noted(has_joined(card.session, already=True), noted)
                return self._receipt(card, said, times)
            case Already(card, noted):
                # Also for whoever pressed a moment after somebody else.
                said = _(
                    "Every seat in {title} is taken at this moment; you keep your place in line.",
                    title=title_of(card.session),
                )
                return _in_line(card, _noted(said, noted), place_in_line(card))
            case Refused(Why.OWN_WORD, session) if session is not None:
                draft = await self._pending.keep(caller, replace(request, session=session.code))
                return _is_it_you(session, draft)
            case Refused():
                return refusal(result)

    async def _in_touch(self, caller: Caller, session: Session) -> None:
        """A signup shows that two people of a pair are in touch: the bot need not ask."""
        if await self._store.read(pairs.in_touch, caller.member, session.host):
            await self._store.write(pairs.alive, self._clock.now(), caller.member, session.host)

    async def decline(self, caller: Caller, request: DeclineOffer) -> Reply:
        """`Not now`: no reason is asked."""
        result = await self._store.write(
            seats.decline, self._clock.now(), actor_of(caller), request.session
        )
        if isinstance(result, Refused):
            return refusal(result)
        card = result.card
        title = title_of(card.session)
        if card.session.full:
            said = _("Thank you. The seat in {title} goes to the next in line.", title=title)
        else:
            said = _("Thank you. The seat in {title} is free for others now.", title=title)
        parts: list[Part] = [Text(said)]
        if card.joinable(self._clock.now()):
            parts.append(Button(_back(card), JoinSession(card.session.code)))
        parts.append(Button(_("Office hours"), ListSessions()))
        return Reply(tuple(parts), replaces=request.here)

    async def leave(self, caller: Caller, request: LeaveSession) -> Reply:
        """Gives the seat or the place in line back."""
        result = await self._store.write(
            seats.leave, self._clock.now(), actor_of(caller), request.session
        )
        if isinstance(result, Refused):
            return refusal(result)
        card = result.card
        if result.held:
            said = has_left(card.session)
        else:
            said = _("You left the waitlist of {title}.", title=title_of(card.session))
        parts: list[Part] = [Text(said)]
        if card.joinable(self._clock.now()):
            parts.append(Button(_back(card), JoinSession(card.session.code)))
        parts.append(Button(_("Office hours"), ListSessions()))
        return Reply(tuple(parts))

    def _receipt(
        self,
        card: Card,
        said: Msg,
        reminders: tuple[datetime, ...],
        notes: tuple[Text, ...] = (),
    ) -> Reply:
        now = self._clock.now()
        return Reply(
            (
                Text(said),
                *one_date(card),
                *queue_note(card.session, now),
                *notes,
                facts(card),
                Text(reminder_words(reminders), Style.QUIET),
                keep_this(card),
                *way_in(card),
                *to_the_queue(card, now),
                Button(_("Leave"), LeaveSession(card.session.code)),
                *other_dates(card),
                Button(_("My sessions"), MySessions()),
            )
        )


def _is_it_you(session: Session, draft: str) -> Reply:
    if session.plan.for_whom is ForWhom.STUDENTS:
        said = _("{title} is meant for medical students. Are you one?", title=title_of(session))
        yes = _("I am a student")
    else:
        said = _(
            "{title} is meant for residents, fellows and attendings. Are you one of them?",
            title=title_of(session),
        )
        yes = _("I am one of them")
    kept = _("Your word is enough, and the answer is not kept.")
    return Reply(
        (
            Text(said),
            Text(kept, Style.QUIET),
            Button(yes, JoinAsMeant(draft), Look.MAIN),
            Button(_("Other sessions"), ListSessions()),
        )
    )


def _back(card: Card) -> Msg:
    return _("Keep a place at the end") if card.session.full else _("Join again")


def _in_line(card: Card, said: Msg, promise: Msg) -> Reply:
    return Reply(
        (
            Text(said),
            Text(promise),
            *one_date(card),
            facts(card),
            Button(_("Leave the waitlist"), LeaveSession(card.session.code)),
            Button(_("Ask a question"), OpenQuestion(card.session.code)),
            *other_dates(card),
        )
    )


def _noted(said: Msg, noted: bool) -> Msg:
    if not noted:
        return said
    return _("{said} What you want to talk about is noted.", said=said)
