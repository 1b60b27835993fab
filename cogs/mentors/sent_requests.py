"""A request after it went: taken back, let go, settled elsewhere, a mentor's question answered."""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.domain.people import Someone
from bot.domain.requests import Request, RequestId
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.services.mentors import answering, elsewhere, requesting
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import Listing, Person, Typed, _, ngettext
from cogs.mentors.refusals import identifying, refusal
from cogs.mentors.request_actions import (
    AnswerMentor,
    OpenAnswer,
    ReleaseOthers,
    ShowInbox,
    SpokeElsewhere,
    WithdrawRequest,
)


class SentRequests:
    """Handlers of requests that are open."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(WithdrawRequest, self.withdraw),
            Handler(ReleaseOthers, self.release),
            Handler(SpokeElsewhere, self.spoke),
            Handler(OpenAnswer, self.open_answer, opens=True),
            Handler(AnswerMentor, self.answer),
        )

    async def withdraw(self, caller: Caller, ask: WithdrawRequest) -> Reply:
        """Taken back."""
        found = await self._store.write(
            requesting.withdraw, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        return Reply(
            (
                Text(_("Taken back. It counts no more, and nothing is taken amiss.")),
                Button(_("My requests"), ShowInbox()),
            )
        )

    async def spoke(self, caller: Caller, ask: SpokeElsewhere) -> Reply:
        """Nothing is left to answer here."""
        found = await self._store.write(
            elsewhere.spoke, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        return Reply(
            (
                Text(_("Noted: settled between the two of you, and off both lists.")),
                Button(_("My requests"), ShowInbox()),
            ),
            replaces=True,
        )

    async def release(self, caller: Caller, ask: ReleaseOthers) -> Reply:
        """The other requests are let go, with thanks."""
        count = await self._store.write(
            requesting.release_others, self._clock.now(), caller.member, RequestId(ask.request)
        )
        return Reply(
            (
                Text(
                    ngettext(
                        "{count} other request is let go; that mentor reads your thanks.",
                        "{count} other requests are let go; those mentors read your thanks.",
                        count,
                    )
                ),
            ),
            replaces=True,
        )

    async def open_answer(self, caller: Caller, ask: OpenAnswer) -> Answer:
        """The form of an answer."""
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(ask.request))
        if shown is None or shown.request.trainee != caller.member:
            return refusal(Refused(Why.UNKNOWN))
        intro = _(
            "{who} asks: {question}",
            who=Person(shown.mentor),
            question=Typed(shown.request.question),
        )
        return Form(
            _("Your answer"), AnswerMentor, ("answer",), {"request": ask.request}, intro=intro
        )

    async def answer(self, caller: Caller, ask: AnswerMentor) -> Reply:
        """Passed on, without any address."""
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(ask.request))
        names = (caller.name, shown.mentor.name if shown is not None else "")
        named = await asyncio.to_thread(patients.identifiers, (ask.answer,), names)
        if named:
            return identifying(named)
        found = await self._store.write(
            answering.answer,
            self._clock.now(),
            caller.member,
            RequestId(ask.request),
            ask.answer,
        )
        if isinstance(found, Refused):
            return refusal(found)
        return Reply(
            (
                Text(_("Your answer is on its way. The turn is theirs now.")),
                Button(_("My requests"), ShowInbox()),
            )
        )


def released(others: list[tuple[Request, Someone]], request: int) -> tuple[Part, ...]:
    """After a yes: the others may be let go."""
    who = Listing(tuple(Person(one) for _request, one in others))
    return (
        Text(_("You have asked {who} as well. Letting them go frees their week.", who=who)),
        Button(_("Let them go, with thanks"), ReleaseOthers(request), Look.MAIN),
        Button(_("Keep them open"), ShowInbox()),
    )
