"""What moderators decided about office hours in their community, as far as it is shown."""

from __future__ import annotations

from bot.domain.people import Place
from bot.domain.seats import Rules
from bot.services.office_hours.results import Actor
from bot.services.ports import Work

CHANNEL = "hours"
"""The purpose of the channel where the list of sessions stands."""


def rules_of(work: Work, actor: Actor, place: Place | None) -> tuple[Rules, str | None]:
    """What stands, and the channel for office hours in a place."""
    channel = work.communities.channel(actor.community, CHANNEL, place) if place else None
    return work.office_hours.rules(actor.community), channel
