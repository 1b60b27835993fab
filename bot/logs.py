"""The log: plain lines, or one JSON object a line; each line carries the reference of its request.

A person whose request fails is shown that reference, so that whoever reads the log finds all lines
of it. Log lines hold types, places and ids of our own, never what a person typed.
"""

from __future__ import annotations

import json
import logging
import math
import random
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TypeAlias

OURS = ("bot", "cogs", "adapters", "storage")
_AGAIN = 3600.0
_MOST_LINES = 1000
_CHATTY = ("alembic", "apscheduler")
_PLAIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"

ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

_reference: ContextVar[str | None] = ContextVar("reference", default=None)


@contextmanager
def referenced() -> Generator[str]:
    """Everything logged inside carries one reference: 8 hexadecimal characters."""
    reference = _new()
    token = _reference.set(reference)
    try:
        yield reference
    finally:
        _reference.reset(token)


def _new() -> str:
    # A name, no secret; and asking the system for randomness takes longer than most of a request.
    return f"{random.getrandbits(32):08x}"


def reference() -> str:
    """The reference of the request that is being answered, or a new one outside any."""
    return _reference.get() or _new()


def begin(
    level: Literal["debug", "info", "warning", "error"], form: Literal["text", "json"]
) -> None:
    """Write to standard error from now on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines() if form == "json" else Plain(_PLAIN))
    handler.addFilter(OnceAnHour())
    # Libraries stay at `info`: in their debug lines stands what people type.
    logging.basicConfig(level=max(number, logging.INFO), handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(number)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


class OnceAnHour(logging.Filter):
    """What a library says again and again, from one line of its source: one line, once an hour.

    An outage of minutes would else bury everything beside it; ours is told by `Troubles`.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._said: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written; the first after a silence says how many were left out."""
        if record.name.partition(".")[0] in OURS:
            return True
        said, now = record.getMessage().partition("\n")[0], self._now()
        # What is not a trouble differs in its numbers: three shards are three lines.
        word = said if record.levelno < logging.WARNING else ""
        line = record.pathname, record.lineno, word
        if len(self._said) > _MOST_LINES:
            self._said.clear()
        last, more = self._said.get(line, (-math.inf, 0))
        if now - last < _AGAIN:
            self._said[line] = last, more + 1
            return False
        self._said[line] = now, 0
        failure = record.exc_info[1] if record.exc_info else None
        if failure is not None and _is_a_connection(failure):
            # Where in a library a connection broke helps nobody.
            said, record.exc_info, record.exc_text = f"{said}: {type(failure).__name__}", None, None
        record.msg = f"{said} ({more} more like it in the hour before)" if more else said
        record.args = None
        return True


def _is_a_connection(failure: BaseException) -> bool:
    of = type(failure).__module__.partition(".")[0]
    return isinstance(failure, OSError | TimeoutError) or of in ("aiohttp", "discord")


class _Reticent(logging.Formatter):
    """Of an exception: its type and where it was; its text may hold what a person typed."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        """Frames, innermost last, then the type."""
        frames = traceback.extract_tb(ei[2])
        lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        return "\n".join([*lines, ei[0].__name__ if ei[0] else ""])


class Plain(_Reticent):
    """A line for people: the reference at its end, where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = super().format(record)
        known = _reference.get()
        return line if known is None or known in line else f"{line} [{known}]"


class Lines(_Reticent):
    """One JSON object: `time` (UTC), `level`, `name`, `message`, `reference`, `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
        }
        if (known := _reference.get()) is not None:
            said["reference"] = known
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def place_of(failure: BaseException) -> str:
    """Where in the program something failed; nothing of what it was about."""
    trace = failure.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
