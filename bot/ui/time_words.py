"""Why a typed time cannot be used, said to the person who typed it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.ui.words import Msg, _


def time_problem(problem: object, zone: ZoneInfo) -> Msg:
    """One sentence about a time that was not understood."""
    return _("I could not read this as a time. Try, for example: Thu 6pm, or 2027-03-11 18:00.")
