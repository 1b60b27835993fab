"""The one error boundary: whatever a request ends in, a person reads a sentence.

The only place beside the dispatcher that may catch everything. It must not know what was asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.errors import PlatformUnavailable, StaleControl, StoreUnavailable
from bot.logs import place_of, reference, referenced
from bot.metrics import Metrics
from bot.runtime import sentences
from bot.runtime.caller import Arrival
from bot.runtime.identity import NotHere, WhichCommunity
from bot.runtime.screen import Screen, Shown
from bot.runtime.settling import bare
from bot.runtime.troubles import Troubles

_log = logging.getLogger(__name__)


class Boundary:
    """Around every door of the core."""

    def __init__(self, metrics: Metrics, troubles: Troubles) -> None:
        self._metrics = metrics
        self.troubles = troubles

    async def around(self, arrival: Arrival, go: Callable[[], Awaitable[Shown]]) -> Shown:
        """What `go` shows, or a sentence about why it cannot; never raises for a request."""
        with referenced():
            return await self._answer_to(arrival, go)

    def apologise(self, arrival: Arrival, failure: Exception) -> Screen:
        """Something failed that nobody foresaw: one line in the log, one sentence to the person."""
        number = reference()
        # Type and place only: the text of an exception may hold what a person typed.
        _log.error("request %s failed: %s at %s", number, type(failure).__name__, place_of(failure))
        self._metrics.answered("failed")
        return bare(arrival, sentences.went_wrong(number))

    async def _answer_to(self, arrival: Arrival, go: Callable[[], Awaitable[Shown]]) -> Shown:
        try:
            shown = await go()
        except StaleControl:
            answer = sentences.TOO_OLD
            self._metrics.answered("refused")
        except (NotHere, WhichCommunity):
            answer = sentences.NOT_HERE
            self._metrics.answered("refused")
        except StoreUnavailable as trouble:
            answer = sentences.STORE_AWAY
            self.troubles.met("database", str(trouble))
            self._metrics.answered("away")
        except PlatformUnavailable:
            answer = sentences.PLATFORM_AWAY
            self._metrics.answered("away")
        except Exception as failure:
            return self.apologise(arrival, failure)
        else:
            self.troubles.over("database")
            self._metrics.answered("answered")
            return shown
        return bare(arrival, answer)
