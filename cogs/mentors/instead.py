"""A request that cannot go to this mentor now: its words are kept, and may go to somebody else."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.people import MemberId
from bot.runtime.caller import Caller
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Typed, _
from cogs.mentors.alternatives import with_room
from cogs.mentors.cards import short_line
from cogs.mentors.labels import Shelf
from cogs.mentors.refusals import next_steps, refusal_words
from cogs.mentors.request_actions import ChangeRequest, PreviewAgain, ShowInbox, WithdrawRequest

_ELSEWHERE = (Why.FULL, Why.NEXT_WEEK, Why.COOLING, Why.NOBODY, Why.ONESELF)


class Instead:
    """Puts the screen together."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf

    async def screen(self, caller: Caller, refused: Refused, mentor: MemberId, draft: str) -> Reply:
        """Why not, that nothing written is lost, and what to do with it. `draft`: the words."""
        parts: list[Part] = [
            Text(refusal_words(refused)),
            Text(_("What you wrote is kept for an hour."), Style.QUIET),
        ]
        if refused.why is Why.CAP:
            for request, who in refused.open:
                label = _("Take back the one to {who}", who=Typed(who.name[:50]))
                parts.append(Button(label, WithdrawRequest(request.id, draft)))
            parts.append(Button(_("Try again"), PreviewAgain(draft), Look.MAIN))
        elif refused.why in _ELSEWHERE:
            parts.extend(await self._others(caller, mentor, draft))
        else:
            parts.extend(next_steps(refused))
        parts.append(Button(_("What I wrote"), ChangeRequest(draft)))
        if refused.why is Why.CAP:
            parts.append(Button(_("My requests"), ShowInbox()))
        return Reply(tuple(parts))

    async def _others(self, caller: Caller, mentor: MemberId, draft: str) -> tuple[Part, ...]:
        labels = await self._shelf.of(caller.community)
        cards = await with_room(
            self._store, self._clock, labels, caller.community, caller.member, mentor
        )
        if not cards:
            return (Text(_("Nobody else has room today; that changes every week."), Style.QUIET),)
        parts: list[Part] = [Text(_("These have room, and your words can go to them instead:"))]
        for card in cards:
            parts.extend(short_line(card, labels))
            label = _("Ask {who} instead", who=Typed(card.who.name[:50]))
            parts.append(Button(label, ChangeRequest(draft, card.listing.member)))
        return tuple(parts)
