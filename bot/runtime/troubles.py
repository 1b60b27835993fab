"""Troubles that last: told to the operator when they begin and when they end, not at each request.

One line a trouble, at level `error`, and another each hour as long as it lasts. Knows no request.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock

_log = logging.getLogger(__name__)
_AGAIN = timedelta(hours=1)


@dataclass
class _Open:
    since: datetime
    said: datetime
    times: int = 1


class Troubles:
    """What does not work at present, by name (`database`, `discord`)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, _Open] = {}

    def met(self, what: str, why: str) -> None:
        """Something did not work; `why` is the program's own sentence, never somebody's words."""
        now = self._clock.now()
        known = self._open.get(what)
        if known is None:
            self._open[what] = _Open(now, now)
            _log.error("%s: %s", what, why)
            return
        known.times += 1
        # A clock that was set back must not silence it for good.
        if not timedelta() <= now - known.said < _AGAIN:
            known.said = now
            _log.error("%s: still, since %s (%s times): %s", what, known.since, known.times, why)

    def over(self, what: str) -> None:
        """It worked."""
        known = self._open.pop(what, None)
        if known is not None:
            _log.warning("%s: works again, after trouble since %s", what, known.since)
