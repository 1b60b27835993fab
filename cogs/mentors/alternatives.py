"""Up to three others who have room, for whoever got no yes."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.requests import Request
from bot.services.mentors import finding
from bot.services.mentors.finding import SUGGESTED
from bot.services.ports import Store
from bot.ui.parts import Button, Part, Style, Text
from bot.ui.words import _
from cogs.mentors.cards import short_card
from cogs.mentors.finding_actions import SuggestMentors
from cogs.mentors.labels import Shelf


async def others(store: Store, clock: Clock, shelf: Shelf, request: Request) -> tuple[Part, ...]:
    """Up to three who have room now."""
    labels = await shelf.of(request.community)
    found = await store.read(
        finding.suggest,
        clock.now(),
        labels.lists,
        request.community,
        request.trainee,
        (request.mentor,),
    )
    if not found.cards:
        return (
            Text(_("Nobody else has room today; that changes every week."), Style.QUIET),
            Button(_("Look again"), SuggestMentors()),
        )
    cards = found.cards[:SUGGESTED]
    parts: list[Part] = [Text(_("These have room:"))]
    for card in cards:
        parts.extend(short_card(card, labels))
    return tuple(parts)
