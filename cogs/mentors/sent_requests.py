"""A request after it went: taken back, let go, settled elsewhere."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.pairs import PairId
from bot.domain.people import Someone
from bot.domain.requests import Request, RequestId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import elsewhere, requesting
from bot.services.mentors.requesting import Refused
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import Listing, Person, _, ngettext
from cogs.mentors.refusals import refusal
from cogs.mentors.request_actions import (
    PreviewAgain,
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
        )

    async def withdraw(self, caller: Caller, ask: WithdrawRequest) -> Reply:
        """Taken back."""
        found = await self._store.write(
            requesting.withdraw, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        main = Look.MAIN
        going_on = (
            (Button(_("On with my request"), PreviewAgain(ask.draft), main),) if ask.draft else ()
        )
        return Reply(
            (
                Text(_("Taken back. It counts no more, and nothing is taken amiss.")),
                *going_on,
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
            requesting.release_others, self._clock.now(), caller.member, PairId(ask.pair)
        )
        if count == 0:
            said = _("None of the others is open any more, so nobody had to be told.")
        else:
            said = ngettext(
                "{count} other request is let go; that mentor reads your thanks.",
                "{count} other requests are let go; those mentors read your thanks.",
                count,
            )
        return Reply((Text(said),), replaces=True)


def released(others: list[tuple[Request, Someone]], pair: int) -> tuple[Part, ...]:
    """After a yes: the others may be let go."""
    who = Listing(tuple(Person(one) for _request, one in others))
    return (
        Text(_("You have asked {who} as well. Letting them go frees their week.", who=who)),
        Button(_("Let them go, with thanks"), ReleaseOthers(pair), Look.MAIN),
        Button(_("Keep them open"), ShowInbox()),
    )
