"""What moderators decide about office hours in their community."""

from __future__ import annotations

from bot.services.office_hours.results import Actor
from bot.services.ports import Work


def set_seats_a_week(work: Work, actor: Actor, most: int | None) -> int | None:
    """How many seats one person may have in a week; what it was before. None: any number."""
    before = work.office_hours.seats_a_week(actor.community)
    work.office_hours.set_seats_a_week(actor.community, most)
    return before
