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
from bot.identifiers.findings import Finding
from bot.identifiers.pictures.order import MAX_BYTES, Outcome, Unreadable, Wish
from bot.identifiers.pictures.wire import packed_wish, receive, send, unpacked_outcome

_ROOT: Final = str(Path(bot.__file__ or ".").resolve().parents[1])
_JOBS: Final = 200
"""A worker is replaced after so many files, so that memory a library loses stays bounded."""
SLOW: Final = "Looking through the file took too long. A shorter or smaller one may do."
FAILED: Final = "The file could not be read: opening it failed."
STOPPED: Final = "Nobody waits for it any more."


class Stop:
    """Ends a job from another thread: the process that does it is killed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.wanted = False

    def now(self) -> None:
        """Whether the job has begun or not."""
        with self._lock:
            self.wanted = True
            if self._process is not None:
                self._process.kill()

    def begins(self, process: subprocess.Popen[bytes]) -> None:
        """The job is being done by this process. Raises Unreadable if it was stopped before."""
        with self._lock:
            if self.wanted:
                raise Unreadable(STOPPED)
            self._process = process

    def ends(self) -> None:
        """The process goes on to other jobs."""
        with self._lock:
            self._process = None


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

    def do(self, head: dict[str, Any], data: bytes, seconds: float, stopper: Stop) -> Outcome:
        """Raises Unreadable; after that the worker may be dead."""
        stopper.begins(self._process)
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
            send(self._process.stdin, head, [data])  # pyright: ignore[reportArgumentType]
            answer, parts = receive(self._process.stdout)  # pyright: ignore[reportArgumentType]
            return _answer(answer, parts)
        except (EOFError, OSError, ValueError, KeyError, TypeError, IndexError) as error:
            self._process.kill()
            why = STOPPED if stopper.wanted else SLOW if late.is_set() else FAILED
            raise Unreadable(why) from error
        finally:
            clock.cancel()
            stopper.ends()

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

    def examine(
        self, data: bytes, wish: Wish | None = None, stopper: Stop | None = None
    ) -> Outcome:
        """What is in a file. Raises Unreadable with a sentence for a person."""
        if len(data) > MAX_BYTES:
            raise Unreadable("The file is too large to be looked through.")
        return self._do(packed_wish(wish or Wish()), data, stopper)

    def read(
        self, text: str, stopper: Stop | None = None, *, name: bool = False
    ) -> tuple[Finding, ...]:
        """What is in a text; `name`: it is the name of a file. Raises Unreadable."""
        head = {"text": "name" if name else "text"}
        return self._do(head, text.encode("utf-8", "replace"), stopper).findings

    def _do(self, head: dict[str, Any], data: bytes, stopper: Stop | None) -> Outcome:
        worker = self._free.get()
        try:
            if worker is None or not worker.alive:
                if worker is not None:
                    worker.close()
                worker = _Worker()
            return worker.do(head, data, self._seconds, stopper or Stop())
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End every worker."""
        # all are taken before one is put back: what is put back is the next that would be taken
        workers = [self._free.get() for _ in range(self._count)]
        for worker in workers:
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
