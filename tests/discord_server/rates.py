"""Rate buckets: the X-RateLimit-* headers of each answer, and 429 for who ignores them.

The default is generous so that tests do not wait; `realistic()` gives Discord's numbers as seen
from outside. Interaction callbacks have no bucket.
"""

import hashlib
import math
from dataclasses import dataclass

from tests.discord_server.clock import ServerClock

Key = tuple[str, str]
Headers = dict[str, str]


@dataclass
class Bucket:
    limit: int
    per: float
    used: int = 0
    until: float = 0.0


class Rates:
    """Counts requests per route and major parameter, and over everything."""

    def __init__(self, clock: ServerClock) -> None:
        self._clock = clock
        self._rules: dict[Key, tuple[int, float]] = {}
        self._buckets: dict[tuple[str, str, str], Bucket] = {}
        self.default: tuple[int, float] = (1000, 1.0)
        self.everything: tuple[int, float] | None = None
        self._all = Bucket(0, 1.0)
        self.refused = 0

    def set(self, method: str, template: str, limit: int, per: float) -> None:
        """Give one route its own bucket: this many requests per so many seconds."""
        self._rules[method, template] = (limit, per)

    def realistic(self) -> None:
        """Discord's usual numbers: five messages in five seconds per channel, fifty overall."""
        messages = "/channels/{channel_id}/messages"
        self.set("POST", messages, 5, 5.0)
        self.set("PATCH", messages + "/{message_id}", 5, 5.0)
        self.set("DELETE", messages + "/{message_id}", 5, 1.0)
        self.set("POST", "/webhooks/{webhook_id}/{webhook_token}", 5, 2.0)
        self.set("POST", "/users/@me/channels", 10, 10.0)
        self.everything = (50, 1.0)

    def count(
        self, method: str, template: str, major: str, *, in_global: bool = True
    ) -> tuple[Headers, float | None, bool]:
        """Count one request: headers, seconds to wait if refused, whether the global one did."""
        now = self._clock.mono()
        if self.everything and in_global:
            limit, per = self.everything
            if now >= self._all.until:
                self._all = Bucket(limit, per, 0, now + per)
            if self._all.used >= limit:
                self.refused += 1
                wait = self._all.until - now
                return self._refused(wait, "global") | {"X-RateLimit-Global": "true"}, wait, True
            self._all.used += 1
        limit, per = self._rules.get((method, template), self.default)
        key = (method, template, major)
        bucket = self._buckets.get(key)
        if bucket is None or now >= bucket.until:
            bucket = self._buckets[key] = Bucket(limit, per, 0, now + per)
        over = bucket.used >= bucket.limit
        bucket.used += not over
        left = bucket.until - now
        wall = self._clock.now().timestamp() + left
        headers = {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.limit - bucket.used),
            "X-RateLimit-Reset": f"{wall:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(f"{method} {template}".encode()).hexdigest(),
        }
        if not over:
            return headers, None, False
        self.refused += 1
        return headers | self._refused(left, "user"), left, False

    def _refused(self, wait: float, scope: str) -> Headers:
        return {
            "Retry-After": str(math.ceil(wait)),
            "X-RateLimit-Scope": scope,
            "Via": "1.1 loopback",
        }
