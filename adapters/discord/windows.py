"""What stands on a server for everybody: a message kept up to date and pinned, scheduled events.

An event's place is public, so nothing stands there that only some may know; see `Happening`.
"""

from __future__ import annotations

import logging
from typing import Any

import discord

from adapters.discord.dialect import PLATFORM, Registered
from adapters.discord.render import Sheet, sheets
from adapters.discord.sending import (
    PASSING,
    TOO_MANY_OLD_EDITS,
    TROUBLE,
    UNKNOWN_MESSAGE,
    changed,
    code_of,
    new,
    why_not,
)
from bot.domain.people import Place
from bot.domain.showing import Happening
from bot.runtime.doors import Again, Delivered, Sent, Undeliverable
from bot.runtime.screen import Screen
from bot.ui.parts import Can

_log = logging.getLogger(__name__)
UNKNOWN_EVENT = 10070
_NAME, _ABOUT, _WHERE = 100, 1000, 100
_GUILD_ONLY = 2
_VOICE, _EXTERNAL = 2, 3
_CANCELED = 4


class DiscordWindows:
    """`pins` and `events`: whether the server was asked for the permission."""

    def __init__(self, registered: Registered, *, pins: bool, events: bool) -> None:
        self._registered = registered
        self._pins = pins
        self._events = events

    def keeps(self, place: Place) -> frozenset[Can]:
        """Events, where they are on."""
        return frozenset({Can.EVENT} if self._events else ())

    # A message ----------------------------------------------------------------------------------

    async def keep_posted(
        self,
        client: discord.Client | None,
        place: Place,
        channel: str,
        message: str | None,
        screen: Screen,
    ) -> Sent:
        """Edit it; where it is gone or too old for another edit, post it afresh."""
        if client is None:
            return Again(PASSING)
        where = _channel(client, place, channel)
        if where is None:
            return Undeliverable("no such channel")
        # One kind of message from the first day on: it cannot be turned into the other.
        sheet, *_rest = sheets(screen, self._registered, layout=True)
        try:
            if message is not None:
                try:
                    await where.get_partial_message(int(message)).edit(**changed(sheet))
                    return Delivered(message)
                except discord.HTTPException as refused:
                    if refused.code not in (UNKNOWN_MESSAGE, TOO_MANY_OLD_EDITS):
                        raise
            posted = await self._post(where, sheet, f"{place.workspace}:{channel}:{message}")
            if message is not None:
                await self._forget(where, int(message))
        except TROUBLE as trouble:
            return why_not(trouble)
        return Delivered(posted)

    async def take_down(
        self, client: discord.Client | None, place: Place, channel: str, message: str
    ) -> Sent:
        """Delete it."""
        if client is None:
            return Again(PASSING)
        where = _channel(client, place, channel)
        if where is None:
            return Undeliverable("no such channel")
        try:
            await self._forget(where, int(message))
        except TROUBLE as trouble:
            return why_not(trouble)
        return Delivered(message)

    async def _post(self, where: discord.PartialMessageable, sheet: Sheet, key: str) -> str:
        sent = await where.send(**new(sheet), nonce=key[-25:])
        if self._pins:
            try:
                await sent.pin()
            except discord.HTTPException as refused:
                # The list is there all the same, and `check` says what is missing.
                _log.warning("a list cannot be pinned: %s", refused.code)
        return str(sent.id)

    async def _forget(self, where: discord.PartialMessageable, message: int) -> None:
        try:
            await where.get_partial_message(message).delete()
        except discord.HTTPException as refused:
            if refused.code != UNKNOWN_MESSAGE:
                raise

    # An event -----------------------------------------------------------------------------------

    async def keep_event(
        self,
        client: discord.Client | None,
        place: Place,
        event: str | None,
        happening: Happening | None,
    ) -> Sent:
        """Edit it or make it; call it off where nothing should be."""
        if client is None or client.user is None:
            return Again(PASSING)
        if place.platform != PLATFORM or not place.workspace.isdecimal():
            return Undeliverable("no such server")
        server = int(place.workspace)
        try:
            if happening is None:
                return await _called_off(client, server, event or "0")
            if event is None:
                # A process that died between making it and noting it has left one behind.
                event = await _made_before(client, server, client.user.id, happening.mark)
            given = _payload(happening)
            if event is not None:
                try:
                    await client.http.edit_scheduled_event(server, int(event), **given)
                    return Delivered(event)
                except discord.HTTPException as refused:
                    if refused.code != UNKNOWN_EVENT:
                        raise
            made = await client.http.create_guild_scheduled_event(server, **given)
        except TROUBLE as trouble:
            return why_not(trouble)
        return Delivered(str(made["id"]))


async def _called_off(client: discord.Client, server: int, event: str) -> Sent:
    try:
        await client.http.edit_scheduled_event(server, int(event), status=_CANCELED)
    except discord.HTTPException as refused:
        if code_of(refused) != UNKNOWN_EVENT:
            raise
    return Delivered(event)


async def _made_before(client: discord.Client, server: int, me: int, mark: str) -> str | None:
    for one in await client.http.get_scheduled_events(server, with_user_count=False):
        mine = int(one.get("creator_id") or 0) == me
        if mine and one["status"] == 1 and (one.get("description") or "").endswith(mark):
            return str(one["id"])
    return None


def _payload(happening: Happening) -> dict[str, Any]:
    about = f"{happening.about[: _ABOUT - len(happening.mark) - 1]}\n{happening.mark}"
    given: dict[str, Any] = {
        "name": happening.title[:_NAME],
        "description": about,
        "privacy_level": _GUILD_ONLY,
        "scheduled_start_time": happening.starts.isoformat(),
        "scheduled_end_time": happening.ends.isoformat(),
    }
    if happening.voice is not None:
        return given | {
            "entity_type": _VOICE,
            "channel_id": happening.voice.channel,
            "entity_metadata": None,
        }
    return given | {
        "entity_type": _EXTERNAL,
        "channel_id": None,
        "entity_metadata": {"location": happening.where[:_WHERE]},
    }


def _channel(
    client: discord.Client, place: Place, channel: str
) -> discord.PartialMessageable | None:
    if place.platform != PLATFORM or not channel.isdecimal():
        return None
    guild = getattr(client.get_channel(int(channel)), "guild", None)
    if guild is not None and str(guild.id) != place.workspace:
        return None
    return client.get_partial_messageable(int(channel))
