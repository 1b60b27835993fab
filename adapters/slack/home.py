"""App Home: the member's panel, published when it is looked at and renewed after each act."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.people import People
from adapters.slack.render import home_blocks, reader_of
from adapters.slack.trouble import TROUBLE, code_of
from bot.clock import Clock
from bot.runtime.core import Core
from bot.runtime.screen import Screen

_KEPT = timedelta(days=1)
_MOST = 1_000

_log = logging.getLogger(__name__)


class Home:
    """Publishes panels."""

    def __init__(
        self,
        api: AsyncWebClient,
        people: People,
        core: Core,
        clock: Clock,
        workspace: str,
        prefix: str,
    ) -> None:
        self._api = api
        self._people = people
        self._core = core
        self._clock = clock
        self._workspace = workspace
        self._prefix = prefix
        self._looked: dict[str, datetime] = {}

    async def opened(self, user: str) -> None:
        """Somebody looks at their panel."""
        self._looked.pop(user, None)
        self._looked[user] = self._clock.now()
        while len(self._looked) > _MOST:
            del self._looked[next(iter(self._looked))]
        await self._publish(user)

    async def renew(self, users: Iterable[str]) -> None:
        """Somebody did something: their panel, if they looked at it lately, is made anew."""
        for user in users:
            looked = self._looked.get(user)
            if looked is not None and self._clock.now() - looked < _KEPT:
                await self._publish(user)

    async def _publish(self, user: str) -> None:
        try:
            shown = await self._core.home(await self._people.arrival(user, None))
            if isinstance(shown, Screen):
                reader = reader_of(shown, self._workspace, self._prefix)
                blocks = home_blocks(shown, reader)
                await self._api.views_publish(user_id=user, view={"type": "home", "blocks": blocks})
        except TROUBLE as failure:
            _log.info("a panel was not published: %s", code_of(failure))
