"""What is counted and timed, for `/metrics`. No label ever names a person, place or community.

One `Metrics` belongs to one process; tests make as many as they like. Durations are in seconds.
Knows nothing about who tells it.
"""

from __future__ import annotations

from collections import Counter as Tally
from typing import Final, Literal, TypeAlias

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

KIND = CONTENT_TYPE_LATEST
"""The Content-Type of `Metrics.text`."""

Timed: TypeAlias = Literal["acknowledged", "sent", "rate", "database", "scanned"]
"""What is timed."""

MOST: Final = 0.95
"""The share that `Metrics.within` speaks of: 19 of 20."""

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_ACK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
_LATE = (0.02, 0.1, 0.25, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 7200.0, 86400.0)
_SCAN = (0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Everything that is counted."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._acks = self._histogram(
            "ack_seconds", "From the arrival of a request to its acknowledgement.", "platform", _ACK
        )
        self._requests = self._counter("requests", "Requests, by how they ended.", "outcome")
        self._lateness = self._histogram(
            "delivery_lateness_seconds",
            "How late a message was sent.",
            "kind",
            _LATE,
        )
        self._deliveries = self._counter("deliveries", "Tries to send, by outcome.", "outcome")
        self._rate = self._histogram(
            "rate_wait_seconds", "Waits for a platform's rate limit.", "platform", _QUICK
        )
        self._database = self._histogram(
            "database_seconds", "From asking the database to its answer.", "mode", _QUICK
        )
        self._scans = self._histogram(
            "scan_seconds", "Looking for patient identifiers.", "what", _SCAN
        )
        self._backlog = self._gauge("deliveries_due", "Messages whose time has come, not yet sent.")
        self._oldest = self._gauge("deliveries_oldest_seconds", "How late the latest of them is.")
        self._ready = self._gauge("ready", "1 where a thing works, 0 where not.", "what")
        self._leads = self._gauge("leads_ticks", "1 in the process that does the upkeep.")

    def acknowledged(self, platform: str, seconds: float) -> None:
        """A request was acknowledged."""
        self._acks.labels(platform).observe(seconds)

    def answered(self, outcome: Literal["answered", "refused", "away", "failed"]) -> None:
        """A request ended: `away` if a database or platform was, `failed` if it was our fault."""
        self._requests.labels(outcome).inc()

    def sent(self, kind: str, late: float) -> None:
        """A message went out, so long after its time."""
        self._lateness.labels(kind).observe(max(late, 0.0))

    def tried(self, outcome: str) -> None:
        """A try to send ended with this `bot.domain.delivery.Outcome`."""
        self._deliveries.labels(outcome).inc()

    def waited_for_rate(self, platform: str, seconds: float) -> None:
        """A message waited for its turn under a rate limit."""
        self._rate.labels(platform).observe(seconds)

    def asked_database(self, mode: Literal["read", "write"], seconds: float) -> None:
        """The database answered, waiting for it included."""
        self._database.labels(mode).observe(seconds)

    def scanned(self, what: Literal["text", "picture"], seconds: float) -> None:
        """The identifier engine looked at something."""
        self._scans.labels(what).observe(seconds)

    def backlog(self, due: int, oldest: float) -> None:
        """How many messages wait past their time, and how long the longest has."""
        self._backlog.set(due)
        self._oldest.set(oldest)

    def ready(self, what: str, works: bool) -> None:
        """Whether the database or a platform works."""
        self._ready.labels(what).set(works)

    def leads(self, leading: bool) -> None:
        """Whether this process does the upkeep for all."""
        self._leads.set(leading)

    def within(self) -> dict[Timed, float]:
        """Seconds within which 19 of 20 were done, as near as the buckets tell, since the start.

        Left out is what never happened; `inf` stands for longer than the last bucket.
        """
        timed: dict[Timed, Histogram] = {
            "acknowledged": self._acks,
            "sent": self._lateness,
            "rate": self._rate,
            "database": self._database,
            "scanned": self._scans,
        }
        found: dict[Timed, float] = {}
        for name, each in timed.items():
            if (bound := _within(each)) is not None:
                found[name] = bound
        return found

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    def _histogram(
        self, name: str, about: str, label: str, buckets: tuple[float, ...]
    ) -> Histogram:
        return Histogram(
            f"introducer_{name}", about, [label], buckets=buckets, registry=self._registry
        )

    def _counter(self, name: str, about: str, label: str) -> Counter:
        return Counter(f"introducer_{name}", about, [label], registry=self._registry)

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(f"introducer_{name}", about, labels, registry=self._registry)


def _within(histogram: Histogram) -> float | None:
    """The smallest bucket bound, of all labels together, under which `MOST` of all lie."""
    under: Tally[float] = Tally()
    for family in histogram.collect():
        for sample in family.samples:
            if sample.name.endswith("_bucket"):
                under[float(sample.labels["le"])] += int(sample.value)
    total = under[float("inf")]
    if not total:
        return None
    return min(bound for bound, count in under.items() if count >= total * MOST)
