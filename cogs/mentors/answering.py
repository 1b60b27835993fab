"""What a mentor does with a request, and what both sides see in their lists."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.clock import Clock
from bot.domain.listings import PAUSE, Room
from bot.domain.pairs import PairId
from bot.domain.requests import RequestId, RequestState
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.services.mentors import answering, inbox, renewing
from bot.services.mentors.answering import Shown
from bot.services.mentors.inbox import Entry
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Divider, File, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Person, Typed, When, _, ngettext
from cogs.mentors import checking
from cogs.mentors.cards import SEASON, request_facts
from cogs.mentors.finding_actions import FindMentors
from cogs.mentors.labels import Labels, format_words
from cogs.mentors.listing_actions import MyListing, PauseMentoring
from cogs.mentors.offering import Offering
from cogs.mentors.refusals import refusal
from cogs.mentors.request_actions import (
    AcceptRequest,
    AskTrainee,
    DeclineAndPause,
    DeclineRequest,
    OpenAnswer,
    OpenQuestion,
    Renew,
    ShowInbox,
    ShowRecord,
    ShowRequest,
    WithdrawRequest,
)

_PAGE = 6
_STATES = {
    RequestState.OPEN: _("open"),
    RequestState.ASKED: _("a question is open"),
    RequestState.ACCEPTED: _("accepted"),
    RequestState.DECLINED: _("not now"),
    RequestState.WITHDRAWN: _("taken back"),
    RequestState.EXPIRED: _("closed"),
    RequestState.UNREACHED: _("could not be delivered"),
    RequestState.RELEASED: _("let go"),
}


class Answering:
    """Handlers of answers and lists."""

    def __init__(self, store: Store, clock: Clock, labels: Labels, offering: Offering) -> None:
        self._store = store
        self._clock = clock
        self._labels = labels
        self._offering = offering

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(AcceptRequest, self.accept),
            Handler(DeclineRequest, self.decline),
            Handler(DeclineAndPause, self.decline_and_pause),
            Handler(OpenQuestion, self.open_question, opens=True),
            Handler(AskTrainee, self.ask),
            Handler(ShowRequest, self.show),
            Handler(ShowInbox, self.inbox),
            Handler(ShowRecord, self.record),
            Handler(Renew, self.renew),
        )

    async def accept(self, caller: Caller, ask: AcceptRequest) -> Reply:
        """Yes."""
        found = await self._store.write(
            answering.accept, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return self._no_place() if found.why is Why.FULL else refusal(found)
        if ask.pausing is not None and (screen := await self._offering.pausing(
            caller, ask.pausing)):  # fmt: skip
            return screen
        if found.again:
            return Reply((Text(_("You accepted this already; both of you know.")),))
        said = _(
            "You and {who} are a pair now. They write first, so there is nothing you need to do.",
            who=Person(found.trainee),
        )
        return Reply((Text(said), *self._still_open(found.room)), replaces=True)

    async def decline(self, caller: Caller, ask: DeclineRequest) -> Reply:
        """Not now."""
        found = await self._store.write(
            answering.decline, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        if ask.pausing is not None and (screen := await self._offering.pausing(
            caller, ask.pausing)):  # fmt: skip
            return screen
        if ask.pausing is not None:
            return await self._offering.pause(caller, PauseMentoring(ask.pausing))
        said = _("Answered kindly, with other names for them. No reason was given.")
        return Reply((Text(said), *self._still_open(Room.OPEN)), replaces=True)

    async def decline_and_pause(self, caller: Caller, ask: DeclineAndPause) -> Reply:
        """Not now, and a pause; what else is open stands on one screen."""
        found = await self._store.write(
            answering.decline, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused) and found.why is not Why.CLOSED:
            return refusal(found)
        until = (self._clock.now() + PAUSE).astimezone(caller.zone).date()
        return await self._offering.pause(caller, PauseMentoring(until))

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
        named = await asyncio.to_thread(checking.identifiers, (ask.question,), (caller.name,))
        if named:
            return Reply(
                (Text(_("This may say who a patient is. Please leave that out.")),),
                correctable=True,
            )
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

    async def show(self, caller: Caller, ask: ShowRequest) -> Reply:
        """One request in full, for either side."""
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(ask.request))
        if shown is None or caller.member not in (shown.request.mentor, shown.request.trainee):
            return refusal(Refused(Why.UNKNOWN))
        if caller.member == shown.request.mentor:
            return Reply(received(shown, self._labels))
        return Reply(sent(shown, self._labels))

    async def inbox(self, caller: Caller, ask: ShowInbox) -> Reply:
        """Whose turn it is, and until when."""
        entries = await self._store.read(
            inbox.inbox, self._clock.now(), caller.community, caller.member
        )
        if not entries:
            return Reply(
                (
                    Text(_("You have no requests, sent or received.")),
                    Button(_("Mentors who have room"), FindMentors(), Look.MAIN),
                )
            )
        page = min(max(0, ask.page), (len(entries) - 1) // _PAGE)
        parts: list[Part] = [Text(_("Requests"), Style.HEADING)]
        for entry in entries[page * _PAGE : (page + 1) * _PAGE]:
            parts.extend(_line(entry))
        parts.append(Divider())
        if page:
            parts.append(Button(_("Earlier"), ShowInbox(page - 1)))
        if (page + 1) * _PAGE < len(entries):
            parts.append(Button(_("More"), ShowInbox(page + 1)))
        parts.append(Button(_("Mentors who have room"), FindMentors()))
        return Reply(tuple(parts))

    async def record(self, caller: Caller, ask: ShowRecord) -> Reply:
        """A year in numbers, as a text; for the mentor alone."""
        now = self._clock.now()
        year = ask.year or now.astimezone(caller.zone).year
        found = await self._store.read(inbox.record, now, caller.community, caller.member, year)
        lines: list[Msg] = [
            _("{name}, mentor in {year}", name=Typed(caller.name), year=Typed(str(year))),
            ngettext("{count} pair over the year", "{count} pairs over the year", found.pairs),
        ]
        for form, count in sorted(found.accepted.items()):
            lines.append(_("Accepted, {format}: {count}", format=format_words(form), count=count))
        hours = timedelta(minutes=found.session_minutes) / timedelta(hours=1)
        lines.append(
            ngettext(
                "{count} office hour held, {hours} hours in all, {people} seats taken",
                "{count} office hours held, {hours} hours in all, {people} seats taken",
                found.sessions,
                hours=Typed(f"{hours:.1f}"),
                people=found.attended,
            )
        )
        lines.append(_("Numbers as this community's bot counted them; no names of anybody."))
        words = "\n".join(plainly(line, catalogue(caller.language), caller.zone) for line in lines)
        name = f"mentor-record-{year}.txt"
        about = _("As a text, for a promotion file.")
        return Reply(
            (
                *(Text(line) for line in lines),
                File(name, f"{words}\n".encode(), "text/plain", about),
            )
        )

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

    def _still_open(self, room: Room) -> tuple[Part, ...]:
        asked = _("Open for more?") if room is Room.OPEN else _("Your places are taken now.")
        return (
            Text(asked, Style.QUIET),
            Button(_("As it is"), ShowInbox()),
            Button(_("Pause"), PauseMentoring()),
            Button(_("My numbers"), MyListing()),
        )

    def _no_place(self) -> Reply:
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

    async def _mine(self, caller: Caller, request: int) -> Shown | Refused:
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(request))
        if shown is None or shown.request.mentor != caller.member:
            return Refused(Why.UNKNOWN)
        return shown if shown.request.state is RequestState.OPEN else Refused(Why.CLOSED)


def received(shown: Shown, labels: Labels) -> tuple[Part, ...]:
    """A request as its mentor reads it, with what can be tapped."""
    request = shown.request
    parts: list[Part] = [
        Text(_("A request from {who}", who=Person(shown.trainee)), Style.HEADING),
    ]
    if shown.stage:
        parts.append(Text(labels.one(List.STAGES, shown.stage), Style.QUIET))
    parts.append(request_facts(request.text, labels))
    if request.question:
        parts.append(Text(_("You asked: {question}", question=Typed(request.question))))
    if request.answer:
        parts.append(Text(_("They answer: {answer}", answer=Typed(request.answer))))
    if shown.season:
        parts.append(Text(SEASON, Style.QUIET))
    if not request.state.pending:
        parts.append(Text(_STATES[request.state], Style.QUIET))
        return tuple(parts)
    if shown.closes is not None:
        closes = _(
            "It is open until {when}. One tap is enough; not now is a fine answer.",
            when=When(shown.closes),
        )
        parts.append(Text(closes, Style.QUIET))
    if not shown.fits:
        parts.append(Text(_("Your own places for this are taken at the moment."), Style.QUIET))
    parts.extend(taps(shown))
    return tuple(parts)


def taps(shown: Shown) -> tuple[Button, ...]:
    """The four answers."""
    id = shown.request.id
    asked = (Button(_("Ask a question"), OpenQuestion(id)),)
    return (
        Button(_("Accept"), AcceptRequest(id), Look.MAIN),
        Button(_("Not now"), DeclineRequest(id)),
        *(asked if shown.request.state is RequestState.OPEN else ()),
        Button(_("Not now and pause"), DeclineAndPause(id)),
    )


def sent(shown: Shown, labels: Labels) -> tuple[Part, ...]:
    """A request as its writer reads it."""
    request = shown.request
    parts: list[Part] = [
        Text(_("Your request to {who}", who=Person(shown.mentor)), Style.HEADING),
        request_facts(request.text, labels),
    ]
    if request.question:
        parts.append(Text(_("They ask: {question}", question=Typed(request.question))))
    if request.answer:
        parts.append(Text(_("You answered: {answer}", answer=Typed(request.answer))))
    if shown.closes is not None and request.state.pending:
        parts.append(Text(_("Open until {when}.", when=When(shown.closes)), Style.QUIET))
    if request.state is RequestState.ASKED:
        parts.append(Button(_("Answer"), OpenAnswer(request.id), Look.MAIN))
    if request.state.pending:
        parts.append(Button(_("Withdraw"), WithdrawRequest(request.id)))
    else:
        parts.append(Text(_STATES[request.state], Style.QUIET))
    return tuple(parts)


def _line(entry: Entry) -> tuple[Part, ...]:
    request = entry.request
    head = (
        _("From {who} ({code}): {state}", who=Person(entry.other), code=Code(request.code),
          state=_STATES[request.state])
        if entry.received
        else _("To {who} ({code}): {state}", who=Person(entry.other), code=Code(request.code),
               state=_STATES[request.state])
    )  # fmt: skip
    parts: list[Part] = [Text(head)]
    if entry.turn is not None:
        mine = entry.turn.member == request.mentor and entry.received
        mine = mine or (entry.turn.member == request.trainee and not entry.received)
        when = When(entry.turn.until)
        if not entry.turn.delivered and not mine:
            said = _("Not delivered yet; the clock stands.")
        elif mine:
            said = _("Your turn, until {when}", when=when)
        else:
            said = _("Their turn, until {when}", when=when)
        parts.append(Text(said, Style.QUIET))
    if request.state.pending:
        parts.append(Button(_("Open {code}", code=Code(request.code)), ShowRequest(request.id)))
        if not entry.received:
            back = _("Withdraw {code}", code=Code(request.code))
            parts.append(Button(back, WithdrawRequest(request.id)))
    return tuple(parts)
