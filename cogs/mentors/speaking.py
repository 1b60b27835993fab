"""What the directory says within the follow-up engine's messages: requests, listings, renewals."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.domain.follow_ups import Step
from bot.domain.policies import Matter
from bot.domain.requests import Request, RequestId
from bot.runtime.matters import Speaks
from bot.services.follow_ups.views import Seen
from bot.services.mentors import answering
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Style, Text
from bot.ui.words import Person, Typed, When, _
from cogs.mentors.alternatives import others
from cogs.mentors.cards import SEASON
from cogs.mentors.group import GroupHours
from cogs.mentors.inbox import SPOKE, received, taps
from cogs.mentors.labels import Shelf
from cogs.mentors.listing_actions import EditListing, PauseMentoring, ResumeMentoring
from cogs.mentors.request_actions import OpenAnswer, Renew, SpokeElsewhere, WithdrawRequest


class Speaking:
    """Its part in the engine's messages."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf, group: GroupHours) -> None:
        self._group = group
        self._store = store
        self._clock = clock
        self._shelf = shelf

    def speaks(self) -> Mapping[Matter, Speaks]:
        """What is said within the engine's messages."""
        request = Speaks(self._request_step, self._request_controls, self._request_after)
        return {
            Matter.REQUEST: request,
            Matter.DATED_REQUEST: request,
            Matter.LISTING: Speaks(_nothing, self._listing_controls, _nothing),
            Matter.RENEWAL: Speaks(_nothing, self._renewal_controls, _nothing),
        }

    async def _request_step(self, seen: Seen) -> tuple[Part, ...]:
        """The request itself, the question, or the answer: whole, at the beginning of a turn."""
        if seen.step is not Step.ASK:
            return ()
        shown = await self._look(seen)
        if shown is None:
            return ()
        if seen.reader == shown.request.mentor:
            home = shown.request.community
            proposed = await self._group.for_(home, shown.request.mentor)
            return (*received(shown, await self._shelf.of(home)), *proposed)
        day = When(seen.follow_up.deadline, with_time=False)
        parts: list[Part] = [
            Text(_("A question about your request to {who}", who=Person(shown.mentor)),
                 Style.HEADING),
            Text(_("{question}", question=Typed(shown.request.question))),
            Text(_("It closes by itself on {when}.", when=day), Style.QUIET),
        ]  # fmt: skip
        if shown.season:
            parts.append(Text(SEASON, Style.QUIET))
        return (*parts, *_asked(shown.request))

    async def _request_controls(self, seen: Seen) -> tuple[Part, ...]:
        shown = await self._look(seen)
        if shown is None or not shown.request.state.pending:
            return ()
        return taps(shown) if seen.reader == shown.request.mentor else _asked(shown.request)

    async def _request_after(self, seen: Seen) -> tuple[Part, ...]:
        shown = await self._look(seen)
        if shown is None or seen.reader != shown.request.trainee:
            return ()
        return await others(self._store, self._clock, self._shelf, shown.request)

    async def _listing_controls(self, seen: Seen) -> tuple[Part, ...]:
        return (
            Button(_("It holds"), ResumeMentoring(), Look.MAIN),
            Button(_("Edit"), EditListing()),
            Button(_("Pause"), PauseMentoring()),
        )

    async def _renewal_controls(self, seen: Seen) -> tuple[Part, ...]:
        pair = seen.follow_up.ref
        return (
            Button(_("Go on"), Renew(pair, yes=True), Look.MAIN),
            Button(_("Close with thanks"), Renew(pair, yes=False)),
        )

    async def _look(self, seen: Seen) -> answering.Shown | None:
        id = RequestId(seen.follow_up.ref)
        return await self._store.read(answering.look, self._clock.now(), id)


def _asked(request: Request) -> tuple[Button, ...]:
    return (
        Button(_("Answer"), OpenAnswer(request.id), Look.MAIN),
        Button(_("Take it back"), WithdrawRequest(request.id)),
        Button(SPOKE, SpokeElsewhere(request.id)),
    )


async def _nothing(seen: Seen) -> tuple[Part, ...]:
    return ()
