"""What everybody in a place may see of office hours: the list in their channel, and events.

Looked at as somebody would who has no seat and no role. Nothing here writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.office_hours import HORIZON, admitted
from bot.domain.people import Community, MemberId, Place
from bot.services.office_hours.listing import Listing, Looked, listing
from bot.services.office_hours.results import Actor, Card
from bot.services.office_hours.rules import CHANNEL
from bot.services.office_hours.views import cards_of
from bot.services.ports import Work

_NOBODY = MemberId(0)
_LISTED = 8
_MOST_EVENTS = 60
"""A Discord server takes a hundred events, others' among them."""


@dataclass(frozen=True, slots=True)
class OnShow:
    """What a community shows: the list, with the channels where it stands, and events with the
    places that may have some."""

    community: Community
    listing: Listing
    channels: tuple[tuple[Place, str], ...]
    events: tuple[Card, ...]
    places: tuple[Place, ...]


def on_show(work: Work, now: datetime) -> tuple[OnShow, ...]:
    """Of every community that wants to show something."""
    found: list[OnShow] = []
    for id in work.office_hours.shown_by():
        community = work.communities.get(id)
        if community is None:
            continue
        rules = work.office_hours.rules(id)
        places = work.communities.places(id)
        channels = [
            (place, channel)
            for place in places
            if (channel := work.communities.channel(id, CHANNEL, place)) is not None
        ]
        anybody = Actor(_NOBODY, id, frozenset())
        found.append(
            OnShow(
                community,
                listing(work, now, anybody, Looked(), 0, _LISTED),
                tuple(channels) if rules.board else (),
                _events(work, now, anybody) if rules.events else (),
                places,
            )
        )
    return tuple(found)


def _events(work: Work, now: datetime, anybody: Actor) -> tuple[Card, ...]:
    ahead = work.office_hours.upcoming(
        anybody.community, now, admitted(anybody.roles), starts_from=now, limit=_MOST_EVENTS
    )
    soon = [one for one in ahead if now < one.starts <= now + HORIZON]
    return cards_of(work, now, soon, anybody.member)
