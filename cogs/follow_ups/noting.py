"""A step is noted: what its owner is told about the reminder, by their own days and hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.runtime.caller import Caller
from bot.services import promises
from bot.services.ports import Store
from bot.ui.words import Msg, When, _

ABOUT_A_DAY = timedelta(hours=36)


async def reminder(store: Store, now: datetime, caller: Caller, due: datetime) -> datetime | None:
    """When the reminder of a step comes; None if only on its day."""
    return await store.read(promises.reminded_on, now, caller.member, caller.community, due)


def noted(due: datetime, reminded: datetime | None) -> Msg:
    """When the reminder comes, by the person's own hours."""
    if reminded is None:
        return _("Noted for {when}. I remind you, and you alone, on that day.", when=When(due))
    if due - reminded <= ABOUT_A_DAY:
        return _("Noted for {when}. I remind you, and you alone, the day before.", when=When(due))
    return _(
        "Noted for {when}. The day before is none of those on which I write to you, so I remind"
        " you, and you alone, on {reminded}.",
        when=When(due),
        reminded=When(reminded),
    )
