"""Requests sent and received: one in full, all in a list with whose turn it is."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.requests import RequestId, RequestState
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import answering, inbox
from bot.services.mentors.answering import Shown
from bot.services.mentors.inbox import Entry
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Person, Typed, When, _
from cogs.mentors.cards import SEASON, request_facts
from cogs.mentors.finding_actions import FindMentors
from cogs.mentors.group import GroupHours
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.refusals import refusal
from cogs.mentors.request_actions import (
    AcceptRequest,
    DeclineAndPause,
    DeclineRequest,
    OpenAnswer,
    OpenQuestion,
    ShowInbox,
    ShowRequest,
    SpokeElsewhere,
    WithdrawRequest,
)

_PAGE = 6
SPOKE = _("We spoke elsewhere")


_STATES = {
    RequestState.OPEN: _("open"),
    RequestState.ASKED: _("a question is open"),
    RequestState.ACCEPTED: _("accepted"),
    RequestState.DECLINED: _("not now"),
    RequestState.WITHDRAWN: _("taken back"),
    RequestState.EXPIRED: _("closed"),
    RequestState.UNREACHED: _("could not be delivered"),
    RequestState.RELEASED: _("let go"),
    RequestState.SPOKEN: _("you spoke elsewhere"),
}


class Inbox:
    """Handlers of lists of requests."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf, group: GroupHours) -> None:
        self._group = group
        self._store = store
        self._clock = clock
        self._shelf = shelf

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowRequest, self.show),
            Handler(ShowInbox, self.inbox),
        )

    async def show(self, caller: Caller, ask: ShowRequest) -> Reply:
        """One request in full, for either side."""
        labels = await self._shelf.of(caller.community)
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(ask.request))
        if shown is None or caller.member not in (shown.request.mentor, shown.request.trainee):
            return refusal(Refused(Why.UNKNOWN))
        if caller.member == shown.request.mentor:
            return Reply(received(shown, labels))
        return Reply(sent(shown, labels))

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
        parts.extend(await self._group.for_(caller.community, caller.member))
        return Reply(tuple(parts))


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
            "It closes by itself on {when}. One tap is enough; not now is a fine answer.",
            when=When(shown.closes, with_time=False),
        )
        parts.append(Text(closes, Style.QUIET))
    if not shown.fits:
        parts.append(Text(_("Your own places for this are taken at the moment."), Style.QUIET))
    parts.extend(taps(shown))
    return tuple(parts)


def taps(shown: Shown) -> tuple[Button, ...]:
    """The four answers, and that none is needed."""
    id = shown.request.id
    asked = (Button(_("Ask a question"), OpenQuestion(id)),)
    return (
        Button(_("Accept"), AcceptRequest(id), Look.MAIN),
        Button(_("Not now"), DeclineRequest(id)),
        *(asked if shown.request.state is RequestState.OPEN else ()),
        Button(_("Not now and pause"), DeclineAndPause(id)),
        Button(SPOKE, SpokeElsewhere(id)),
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
    if shown.season:
        parts.append(Text(SEASON, Style.QUIET))
    if shown.closes is not None and request.state.pending:
        day = When(shown.closes, with_time=False)
        parts.append(Text(_("It closes by itself on {when}.", when=day), Style.QUIET))
    if request.state is RequestState.ASKED:
        parts.append(Button(_("Answer"), OpenAnswer(request.id), Look.MAIN))
    if request.state.pending:
        parts.append(Button(_("Withdraw"), WithdrawRequest(request.id)))
        parts.append(Button(SPOKE, SpokeElsewhere(request.id)))
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
        when = When(entry.turn.until, with_time=False)
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
