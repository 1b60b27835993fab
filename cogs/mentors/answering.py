"""What a mentor does with a request: yes, not now, not now and pause."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.listings import PAUSE, Room
from bot.domain.pairs import PairId
from bot.domain.requests import RequestId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import answering, renewing
from bot.services.mentors.answering import Accepted
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Person, When, _
from cogs.mentors.cards import SEASON, time_box
from cogs.mentors.listing_actions import MyListing, PauseMentoring
from cogs.mentors.refusals import refusal
from cogs.mentors.request_actions import (
    AcceptRequest,
    DeclineAndPause,
    DeclineRequest,
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
            Handler(Renew, self.renew),
        )

    async def accept(self, caller: Caller, ask: AcceptRequest) -> Reply:
        """Yes."""
        given = (caller.member, RequestId(ask.request))
        found = await self._store.write(
            answering.accept, self._clock.now(), *given, reads=ask.pausing is None
        )
        if isinstance(found, Refused):
            return _no_place() if found.why is Why.FULL else refusal(found)
        if ask.pausing is not None:
            return await self._resting.going_on(caller, ask.pausing, _pair_words(found))
        if found.again:
            return Reply((Text(_pair_words(found)),))
        note = (Text(SEASON, Style.QUIET),) if found.season else ()
        return Reply((*_paired(found), *note, *_still_open(found.room)), replaces=True)

    async def decline(self, caller: Caller, ask: DeclineRequest) -> Reply:
        """Not now."""
        found = await self._store.write(
            answering.decline, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        said = _("Answered kindly, with other names for them. No reason was given.")
        if ask.pausing is not None:
            return await self._resting.going_on(caller, ask.pausing, said)
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


def _paired(found: Accepted) -> tuple[Part, ...]:
    """All that a mentor would read in a message of their own, at once."""
    parts: list[Part] = [
        Text(_pair_words(found)),
        Text(_("They write first, so there is nothing you need to do.")),
    ]
    if found.until is not None:
        parts.append(Text(time_box(found.request.text.form, found.until), Style.QUIET))
    if found.met is not None:
        day = When(found.met, with_time=False)
        met = _("On {when} I ask each of you, privately, whether you met.", when=day)
        parts.append(Text(met, Style.QUIET))
    return tuple(parts)


def _pair_words(found: Accepted) -> Msg:
    who = Person(found.trainee)
    if found.pair is None:
        return _("You accepted this already; both of you know.")
    return _("You and {who} are a pair now ({code}).", who=who, code=Code(found.pair.code))


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
