"""Use cases about half-filled forms."""

from __future__ import annotations

from datetime import datetime

from bot.services.ports import Work
from bot.services.ports.drafts import Draft


def keep(work: Work, draft: Draft) -> None:
    """Write a draft."""
    work.drafts.save(draft)


def find(work: Work, id: str, now: datetime) -> Draft | None:
    """A draft that has not expired."""
    return work.drafts.get(id, now)


def discard(work: Work, id: str, waits: str | None = None) -> bool:
    """Remove a draft, and what `waits` for `Confirm` beside it; False if somebody else did."""
    found = work.drafts.discard(id)
    if found and waits is not None:
        work.drafts.discard(waits)
    return found


def sweep(work: Work, now: datetime) -> int:
    """Remove expired drafts; how many."""
    return work.drafts.sweep(now)
