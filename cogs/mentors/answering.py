"""What a mentor does with a request: yes, not now, a question first, not now and pause."""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.domain.listings import PAUSE, Room
from bot.domain.pairs import PairId
from bot.domain.requests import RequestId, RequestState
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.services.mentors import answering, renewing
from bot.services.mentors.answering import Shown
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Person, _
from cogs.mentors.cards import SEASON
from cogs.mentors.listing_actions import MyListing, PauseMentoring
from cogs.mentors.refusals import identifying, refusal
from cogs.mentors.request_actions import (
    AcceptRequest,
    AskTrainee,
    DeclineAndPause,
    DeclineRequest,
    OpenQuestion,
    Renew,
    ShowInbox,
)
from cogs.mentors.resting import Resting


class Answering:
    """Handlers of answers."""

    def __init__(self, store: Store, clock: Clock, resting: Resting) -> None:
        self._store = store
        self._clock = clock
        self._resting = resting

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(AcceptRequest, self.accept),
            Handler(DeclineRequest, self.decline),
            Handler(DeclineAndPause, self.decline_and_pause),
            Handler(OpenQuestion, self.open_question, opens=True),
            Handler(AskTrainee, self.ask),
            Handler(Renew, self.renew),
        )

    async def accept(self, caller: Caller, ask: AcceptRequest) -> Reply:
        """Yes."""
        found = await self._store.write(
            answering.accept, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return _no_place() if found.why is Why.FULL else refusal(found)
        if ask.pausing is not None and (screen := await self._resting.pausing(
            caller, ask.pausing)):  # fmt: skip
            return screen
        if found.again:
            return Reply((Text(_("You accepted this already; both of you know.")),))
        said = _(
            "You and {who} are a pair now. They write first, so there is nothing you need to do.",
            who=Person(found.trainee),
        )
        note = (Text(SEASON, Style.QUIET),) if found.season else ()
        return Reply((Text(said), *note, *_still_open(found.room)), replaces=True)

    async def decline(self, caller: Caller, ask: DeclineRequest) -> Reply:
        """Not now."""
        found = await self._store.write(
            answering.decline, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        if ask.pausing is not None and (screen := await self._resting.pausing(
            caller, ask.pausing)):  # fmt: skip
            return screen
        if ask.pausing is not None:
            return await self._resting.pause(caller, PauseMentoring(ask.pausing))
        said = _("Answered kindly, with other names for them. No reason was given.")
        return Reply((Text(said), *_still_open(Room.OPEN)), replaces=True)

    async def decline_and_pause(self, caller: Caller, ask: DeclineAndPause) -> Reply:
        """Not now, and a pause; what else is open stands on one screen."""
        found = await self._store.write(
            answering.decline, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused) and found.why is not Why.CLOSED:
            return refusal(found)
        until = (self._clock.now() + PAUSE).astimezone(caller.zone).date()
        return await self._resting.pause(caller, PauseMentoring(until))

    async def open_question(self, caller: Caller, ask: OpenQuestion) -> Answer:
        """The form of a question."""
        shown = await self._mine(caller, ask.request)
        if isinstance(shown, Refused):
            return refusal(shown)
        return Form(
            _("Ask a question"),
            AskTrainee,
            ("question",),
            {"request": ask.request},
            intro=_("I pass it on to {who}; then the turn is theirs.", who=Person(shown.trainee)),
        )

    async def ask(self, caller: Caller, ask: AskTrainee) -> Reply:
        """Passed on."""
        shown = await self._mine(caller, ask.request)
        if isinstance(shown, Refused):
            return refusal(shown)
        names = (caller.name, shown.trainee.name)
        named = await asyncio.to_thread(patients.identifiers, (ask.question,), names)
        if named:
            return identifying(named)
        found = await self._store.write(
            answering.ask,
            self._clock.now(),
            caller.member,
            RequestId(ask.request),
            ask.question,
        )
        if isinstance(found, Refused):
            return refusal(found)
        return Reply((Text(_("Your question is on its way. The turn is theirs now.")),))

    async def renew(self, caller: Caller, ask: Renew) -> Reply:
        """Whether a pair goes on."""
        pair = await self._store.write(
            renewing.renew,
            self._clock.now(),
            caller.member,
            PairId(ask.pair),
            yes=ask.yes,
        )
        if pair is None:
            return refusal(Refused(Why.CLOSED))
        if not pair.open:
            done = _("Closed with thanks to both of you. Either of you can reopen it.")
            return Reply((Text(done),), replaces=True)
        said = _("Noted. It goes on if the other side would like that as well.")
        return Reply((Text(said),), replaces=True)

    async def _mine(self, caller: Caller, request: int) -> Shown | Refused:
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(request))
        if shown is None or shown.request.mentor != caller.member:
            return Refused(Why.UNKNOWN)
        if shown.request.state is RequestState.ASKED:
            return Refused(Why.SENT)
        return shown if shown.request.state is RequestState.OPEN else Refused(Why.CLOSED)


def _still_open(room: Room) -> tuple[Part, ...]:
    asked = _("Open for more?") if room is Room.OPEN else _("Your places are taken now.")
    return (
        Text(asked, Style.QUIET),
        Button(_("As it is"), ShowInbox()),
        Button(_("Pause"), PauseMentoring()),
        Button(_("My numbers"), MyListing()),
    )


def _no_place() -> Reply:
    return Reply(
        (
            Text(
                _(
                    "Your own places for this are taken, so nothing was changed and nobody was"
                    " told. The request stays open."
                )
            ),
            Button(_("My numbers"), MyListing()),
            Button(_("Requests"), ShowInbox()),
        )
    )
