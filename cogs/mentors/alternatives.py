"""Up to three others who have room, for whoever got no yes."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import Request
from bot.services.mentors import finding
from bot.services.mentors.finding import SUGGESTED, Card
from bot.services.ports import Store
from bot.ui.parts import Button, Part, Style, Text
from bot.ui.words import _
from cogs.mentors.cards import short_card
from cogs.mentors.finding_actions import SuggestMentors
from cogs.mentors.labels import Labels, Shelf


async def with_room(
    store: Store,
    clock: Clock,
    labels: Labels,
    community: CommunityId,
    trainee: MemberId,
    but: MemberId,
) -> tuple[Card, ...]:
    """Up to three whom somebody may ask now; who is shown first here counts as in any search."""
    now = clock.now()
    found = await store.read(finding.suggest, now, labels.lists, community, trainee, (but,))
    first = await store.write(finding.led, now, trainee, found.order)
    return finding.leading(found.cards, first)[:SUGGESTED]


async def others(store: Store, clock: Clock, shelf: Shelf, request: Request) -> tuple[Part, ...]:
    """Up to three who have room now."""
    labels = await shelf.of(request.community)
    cards = await with_room(
        store, clock, labels, request.community, request.trainee, request.mentor
    )
    if not cards:
        return (
            Text(_("Nobody else has room today; that changes every week."), Style.QUIET),
            Button(_("Look again"), SuggestMentors()),
        )
    parts: list[Part] = [Text(_("These have room:"))]
    for card in cards:
        parts.extend(short_card(card, labels))
    return tuple(parts)
