"""What the guard watches; implements `bot.services.ports.guard.Guards`."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select

from bot.domain.guard import Pass, Watch
from bot.domain.people import CommunityId, Place, Role
from storage.dialects import insert_or_change
from storage.models_guard import guard_passes, guarded_channels


class GuardsTable:
    """Rules by place."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def channels(self, community: CommunityId, place: Place) -> Mapping[str, Watch]:
        """Every channel with a rule of its own."""
        rows = self._connection.execute(
            select(guarded_channels.c.channel, guarded_channels.c.watch)
            .where(_in(guarded_channels, community, place))
            .order_by(guarded_channels.c.channel)
        )
        return {row[0]: row[1] for row in rows}

    def watch(self, community: CommunityId, place: Place, channel: str, watch: Watch) -> None:
        """Another rule for a channel."""
        self._connection.execute(
            insert_or_change(
                self._connection,
                guarded_channels,
                ("community_id", "platform", "workspace", "channel"),
                ("watch",),
            ).values(
                community_id=community,
                platform=place.platform,
                workspace=place.workspace,
                channel=channel,
                watch=watch,
            )
        )

    def unwatch(self, community: CommunityId, place: Place, channel: str) -> None:
        """No rule of its own for a channel."""
        self._connection.execute(
            delete(guarded_channels).where(
                _in(guarded_channels, community, place), guarded_channels.c.channel == channel
            )
        )

    def passes(self, community: CommunityId, place: Place) -> frozenset[Pass]:
        """Whose messages are not looked at."""
        rows = self._connection.execute(
            select(guard_passes.c.role, guard_passes.c.ref).where(
                _in(guard_passes, community, place)
            )
        )
        return frozenset(Pass(Role(row[0]) if row[0] else None, row[1]) for row in rows)

    def let_pass(self, community: CommunityId, place: Place, who: Pass, *, wanted: bool) -> None:
        """Somebody's messages are not looked at any more, or are again."""
        role = who.role.value if who.role else ""
        self._connection.execute(
            delete(guard_passes).where(
                _in(guard_passes, community, place),
                guard_passes.c.role == role,
                guard_passes.c.ref == who.ref,
            )
        )
        if wanted:
            self._connection.execute(
                insert(guard_passes).values(
                    community_id=community,
                    platform=place.platform,
                    workspace=place.workspace,
                    role=role,
                    ref=who.ref,
                )
            )


def _in(table: Table, community: CommunityId, place: Place) -> ColumnElement[bool]:
    return and_(
        table.c.community_id == community,
        table.c.platform == place.platform,
        table.c.workspace == place.workspace,
    )
