"""What stands in places outside of conversations, in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, select

from bot.domain.people import CommunityId, Place
from bot.domain.showing import Shown, Spot
from storage.dialects import insert_or_change
from storage.models_showings import showings

_KEY = ("community_id", "platform", "workspace", "subject")


class ShowingsTable:
    """As `bot.services.ports.Showings` asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Shown, ...]:
        """Everything that stands, in every community."""
        every = self._connection.execute(select(showings).order_by(*showings.primary_key))
        return tuple(_shown(row) for row in every)

    def of(self, spot: Spot) -> Shown | None:
        """How one stands."""
        row = self._connection.execute(select(showings).where(_at(spot))).one_or_none()
        return None if row is None else _shown(row)

    def put(self, shown: Shown) -> None:
        """Write how one stands."""
        values = {
            "community_id": shown.spot.community,
            "platform": shown.spot.place.platform,
            "workspace": shown.spot.place.workspace,
            "subject": shown.spot.subject,
            "channel": shown.channel,
            "message": shown.message,
            "digest": shown.digest,
            "again_at": shown.again,
            "leave_at": shown.leave,
        }
        changing = tuple(name for name in values if name not in _KEY)
        self._connection.execute(
            insert_or_change(self._connection, showings, _KEY, changing), values
        )

    def drop(self, spot: Spot) -> None:
        """It stands no more."""
        self._connection.execute(delete(showings).where(_at(spot)))


def _at(spot: Spot) -> ColumnElement[bool]:
    return and_(
        showings.c.community_id == spot.community,
        showings.c.platform == spot.place.platform,
        showings.c.workspace == spot.place.workspace,
        showings.c.subject == spot.subject,
    )


def _shown(row: Row[*tuple[Any, ...]]) -> Shown:
    return Shown(
        Spot(CommunityId(row.community_id), Place(row.platform, row.workspace), row.subject),
        row.channel,
        row.message,
        row.digest,
        row.again_at,
        row.leave_at,
    )
