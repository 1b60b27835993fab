"""What stands in a channel for everybody: a message kept up to date, pinned where that is on."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import PLATFORM
from adapters.slack.dialect import Reader
from adapters.slack.render import Message, render
from adapters.slack.trouble import TROUBLE, code_of, outcome_of
from bot.domain.people import Place
from bot.runtime.doors import Delivered, Sent, Undeliverable
from bot.runtime.screen import Screen

_GONE = frozenset(("message_not_found", "cant_update_message", "edit_window_closed"))
_log = logging.getLogger(__name__)


class SlackWindows:
    """For one workspace. `pins`: whether the app was given the scope for it."""

    def __init__(self, api: AsyncWebClient, workspace: str, prefix: str, *, pins: bool) -> None:
        self._api = api
        self._workspace = workspace
        self._prefix = prefix
        self._pins = pins

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        """Change it; where it is gone, post it afresh."""
        if (place.platform, place.workspace) != (PLATFORM, self._workspace):
            return Undeliverable("other_workspace")
        reader = Reader(screen.voice, self._workspace, self._prefix, public=True)
        first, *_rest = render(screen, reader).messages
        try:
            if message is not None and await self._changed(channel, message, first):
                return Delivered(message)
            answer = await self._api.chat_postMessage(
                channel=channel,
                text=first.text,
                blocks=list(first.blocks),
                unfurl_links=False,
                unfurl_media=False,
            )
        except TROUBLE as failure:
            return outcome_of(failure)
        posted = str(answer["ts"])
        await self._pin(str(answer["channel"]), posted)
        return Delivered(posted)

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        """Delete it."""
        if (place.platform, place.workspace) != (PLATFORM, self._workspace):
            return Undeliverable("other_workspace")
        try:
            await self._api.chat_delete(channel=channel, ts=message)
        except TROUBLE as failure:
            if code_of(failure) not in _GONE:
                return outcome_of(failure)
        return Delivered(message)

    async def _changed(self, channel: str, message: str, shown: Message) -> bool:
        try:
            await self._api.chat_update(
                channel=channel, ts=message, text=shown.text, blocks=list(shown.blocks)
            )
        except SlackApiError as refused:
            if code_of(refused) not in _GONE:
                raise
            return False
        return True

    async def _pin(self, channel: str, message: str) -> None:
        if not self._pins:
            return
        try:
            await self._api.pins_add(channel=channel, timestamp=message)
        except TROUBLE as failure:
            # The list is there all the same, and `check` says what is missing.
            _log.warning("a list cannot be pinned: %s", code_of(failure))
