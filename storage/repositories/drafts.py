"""Half-filled forms in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.domain.people import CommunityId, MemberId
from bot.services.ports.drafts import Draft
from storage.dialects import insert_or_change
from storage.models_people import drafts

# Put together once: that takes longer than carrying them out.
_GET = select(
    drafts.c.id, drafts.c.member_id, drafts.c.community_id, drafts.c.state, drafts.c.expires
).where(drafts.c.id == bindparam("draft"), drafts.c.expires > bindparam("now"))
_DISCARD = delete(drafts).where(drafts.c.id == bindparam("draft"))


class DraftsTable:
    """Drafts, as `bot.services.ports.Drafts` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft) -> None:
        """Write a draft, or what became of it."""
        self._connection.execute(
            insert_or_change(self._connection, drafts, ("id",), ("state", "expires")),
            {
                "id": draft.id,
                "member_id": draft.member,
                "community_id": draft.community,
                "state": dict(draft.state),
                "expires": draft.expires,
            },
        )

    def get(self, id: str, now: datetime) -> Draft | None:
        """A draft that has not expired."""
        found = self._connection.execute(_GET, {"draft": id, "now": now}).one_or_none()
        if found is None:
            return None
        return Draft(found[0], MemberId(found[1]), CommunityId(found[2]), found[3], found[4])

    def discard(self, id: str) -> bool:
        """What it was for is done; False if somebody else was faster."""
        gone = self._connection.execute(_DISCARD, {"draft": id})
        return gone.rowcount == 1

    def sweep(self, now: datetime) -> int:
        """Remove expired drafts; how many."""
        return self._connection.execute(delete(drafts).where(drafts.c.expires <= now)).rowcount
