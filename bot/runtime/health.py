"""What works right now, in words: for `/healthz`, `/readyz`, and whoever else wants to say it.

A fact has a name and a look that gives nothing, or what is wrong in a few words. Facts hold no
personal data. Knows no platform and no database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.errors import StoreUnavailable
from bot.runtime.web import Route, WebAnswer, WebAsk

Look: TypeAlias = Callable[[], Awaitable[str | None]]

PATIENCE = 3.0
"""Seconds a look may take; whatever takes longer does not work."""


class Health:
    """The facts of one process."""

    def __init__(self) -> None:
        self._looks: dict[str, Look] = {}

    def add(self, name: str, look: Look) -> None:
        """Watch one more fact; the name replaces an earlier one."""
        self._looks[name] = look

    async def facts(self) -> dict[str, str | None]:
        """Every fact: None where all is well, else what is wrong."""
        found = await asyncio.gather(*(_seen(look) for look in self._looks.values()))
        return dict(zip(self._looks, found, strict=True))

    @property
    def routes(self) -> tuple[Route, Route]:
        """`/healthz`: the process answers. `/readyz`: everything it needs does, too."""
        return Route("/healthz", self._alive), Route("/readyz", self._ready)

    async def _alive(self, ask: WebAsk) -> WebAnswer:
        return WebAnswer("ok\n")

    async def _ready(self, ask: WebAsk) -> WebAnswer:
        facts = await self.facts()
        lines = "".join(f"{name}: {wrong or 'ok'}\n" for name, wrong in facts.items())
        return WebAnswer(lines, status=503 if any(facts.values()) else 200)


async def _seen(look: Look) -> str | None:
    try:
        return await asyncio.wait_for(look(), PATIENCE)
    except TimeoutError:
        return f"no answer within {PATIENCE:.0f} s"
    except StoreUnavailable as trouble:
        return str(trouble)
