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


def discard(work: Work, id: str) -> bool:
    """Remove a draft; False if somebody else did so before."""
    return work.drafts.discard(id)


def sweep(work: Work, now: datetime) -> int:
    """Remove expired drafts; how many."""
    return work.drafts.sweep(now)
