"""The counters behind short codes."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.domain.codes import code_of
from bot.domain.people import CommunityId
from storage.dialects import insert_or_add
from storage.models_people import code_counters


class CodesTable:
    """Codes, as `bot.services.ports.Codes` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, community: CommunityId) -> str:
        """A code that this community has never seen."""
        given = self._connection.execute(
            insert_or_add(self._connection, code_counters, "community_id", "given")
            .values(community_id=community, given=1)
            .returning(code_counters.c.given)
        ).scalar_one()
        return code_of(given - 1)
