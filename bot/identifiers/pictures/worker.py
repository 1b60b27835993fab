"""The process in which files are opened: little memory, no files written, one job after another.

Started by workers.py with pipes as standard input and output.
"""

from __future__ import annotations

import os
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bot.identifiers.pictures.order import Outcome

MEMORY: Final = 4 << 30
"""Address space, not memory in use: the models' thread pools reserve much more than they touch."""


def limit() -> None:
    """Take from this process what it never needs. Where the system has no such limits (Windows),
    the parent's clock is what remains."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, hard))


_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED: Final = frozenset(
    [
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"),
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"),
        *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"),
    ]
)


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: whatever a file makes a library do, nothing is opened for writing, nobody is
    called, no program started. Raises PermissionError."""
    if event in _REFUSED:
        raise PermissionError("not here")
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITES and path != os.devnull:
            raise PermissionError("not here")


def watch(parent: int) -> None:
    """End this process when the one that started it was killed: nobody would end a search that
    takes for ever."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(1.0)
    os._exit(1)


def main() -> None:
    """Answer jobs until the pipe closes."""
    limit()
    threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # Nothing that a library prints may reach the answers or a terminal.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    warnings.simplefilter("ignore")
    sys.addaudithook(refuse)

    from bot.identifiers.pictures.order import Outcome, Unreadable
    from bot.identifiers.pictures.wire import packed_outcome, receive, send

    while True:
        try:
            head, parts = receive(jobs)
        except EOFError:
            return
        error: str | None = None
        outcome = Outcome()
        try:
            outcome = _done(head, parts[0])
        except Unreadable as reason:
            error = str(reason)
        except MemoryError:
            error = "Looking through the file needs more memory than it may have."
        except RecursionError:
            error = "The file is nested too deeply to be read."
        packed, blobs = packed_outcome(outcome)
        try:
            send(answers, {"error": error, "outcome": packed}, blobs)
        except BrokenPipeError:
            return


def _done(head: dict[str, Any], data: bytes) -> Outcome:
    """One job. What it needs is loaded when the first of its kind comes."""
    from bot.identifiers.pictures.order import Outcome

    if "text" in head:
        from bot.identifiers.text import check_filename, find

        text = data.decode("utf-8")
        return Outcome(check_filename(text) if head["text"] == "name" else find(text))
    from bot.identifiers.pictures.examine import examine
    from bot.identifiers.pictures.wire import unpacked_wish

    return examine(data, unpacked_wish(head))


if __name__ == "__main__":
    sys.setrecursionlimit(1000)
    main()
