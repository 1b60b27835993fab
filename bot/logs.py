"""The log: plain lines, or one JSON object a line; each line carries the reference of its request.

A person whose request fails is shown that reference, so that whoever reads the log finds all lines
of it. Log lines hold types, places and ids of our own, never what a person typed.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TypeAlias

OURS = ("bot", "cogs", "adapters", "storage")
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
    # Libraries stay at `info`: in their debug lines stands what people type.
    logging.basicConfig(level=max(number, logging.INFO), handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(number)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


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
