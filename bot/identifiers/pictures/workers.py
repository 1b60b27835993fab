"""Runs the examination of files in processes of their own, with limits on time and memory.

Processes stay, with their models loaded, until they are closed, run over their time or fail; then
the next file gets a new one. Only bytes cross; a worker cannot write files.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import bot
from bot.identifiers.pictures.examine import Outcome, Wish
from bot.identifiers.pictures.material import MAX_BYTES, Unreadable
from bot.identifiers.pictures.wire import packed_wish, receive, send, unpacked_outcome

_ROOT: Final = str(Path(bot.__file__ or ".").resolve().parents[1])
_JOBS: Final = 200
"""A worker is replaced after so many files, so that memory a library loses stays bounded."""
SLOW: Final = "Looking through the file took too long."
FAILED: Final = "The file could not be read: opening it failed."


class _Worker:
    def __init__(self) -> None:
        environment = {
            key: value
            for key, value in os.environ.items()
            if key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "VIRTUAL_ENV")
        }
        environment |= {
            "PYTHONPATH": _ROOT,
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "2",
            "OPENBLAS_NUM_THREADS": "2",
            "MALLOC_ARENA_MAX": "2",
            "ORT_DISABLE_TELEMETRY": "1",
        }
        self.jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bot.identifiers.pictures.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=_ROOT,
        )

    def examine(self, data: bytes, wish: Wish, seconds: float) -> Outcome:
        """Raises Unreadable; after that the worker may be dead."""
        self.jobs += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            assert self._process.stdin is not None  # noqa: S101
            assert self._process.stdout is not None  # noqa: S101
            send(self._process.stdin, packed_wish(wish), [data])  # pyright: ignore[reportArgumentType]
            head, parts = receive(self._process.stdout)  # pyright: ignore[reportArgumentType]
            return _answer(head, parts)
        except (EOFError, OSError, ValueError, KeyError, TypeError, IndexError) as error:
            self._process.kill()
            raise Unreadable(SLOW if late.is_set() else FAILED) from error
        finally:
            clock.cancel()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None and self.jobs < _JOBS

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _answer(head: dict[str, Any], parts: list[bytes]) -> Outcome:
    if head["error"] is not None:
        raise Unreadable(str(head["error"]))
    return unpacked_outcome(head["outcome"], parts)


class Workers:
    """A few workers, started when they are first needed. Safe to call from several threads."""

    def __init__(self, count: int = 1, seconds: float = 120.0) -> None:
        self._seconds = seconds
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(count):
            self._free.put(None)
        self._count = count

    def examine(self, data: bytes, wish: Wish | None = None) -> Outcome:
        """What is in a file. Raises Unreadable with a sentence for a person."""
        if len(data) > MAX_BYTES:
            raise Unreadable("The file is too large to be looked through.")
        worker = self._free.get()
        try:
            if worker is None or not worker.alive:
                if worker is not None:
                    worker.close()
                worker = _Worker()
            return worker.examine(data, wish or Wish(), self._seconds)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End every worker."""
        for _ in range(self._count):
            worker = self._free.get()
            if worker is not None:
                worker.close()
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
