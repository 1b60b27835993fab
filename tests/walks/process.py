"""`python -m bot ...` as a process of its own; no setting reaches it but what a walk says."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
START = 90.0
"""Seconds for what takes one or two on a machine that is not busy with other things."""
WARNINGS = "default,ignore:'audioop' is deprecated:DeprecationWarning"


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a bot: no setting of this machine's, and these."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("INTRODUCER_")}
    return {**bare, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": WARNINGS, **given}


class Process:
    """A running command. `said` is everything it has written so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said = bytearray()
        self._heard = asyncio.Event()
        self._listening = asyncio.create_task(self._listen(), name="walk: the bot's output")

    @classmethod
    async def begin(cls, folder: Path, given: Mapping[str, str], *words: str) -> Process:
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *words,
                cwd=folder,
                env=environment(given),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
        )

    @property
    def id(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def said(self) -> str:
        return self._said.decode()

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        while chunk := await self._process.stdout.read(65536):
            self._said += chunk
            self._heard.set()
        self._heard.set()

    async def says(self, words: str, within: float = START) -> None:
        """Wait until it has written these words."""
        try:
            async with asyncio.timeout(within):
                while words not in self.said:
                    if self._listening.done():
                        raise AssertionError(f"it ended without {words!r}:\n{self.said}")
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            raise AssertionError(f"no {words!r} in {within} s:\n{self.said}") from None

    async def ended(self, within: float = START) -> int:
        """Its exit code."""
        try:
            async with asyncio.timeout(within):
                code = await self._process.wait()
        except TimeoutError:
            raise AssertionError(f"still running after {within} s:\n{self.said}") from None
        await self._listening
        return code

    async def stop(self, within: float = 10.0) -> int:
        """Tell it to stop, as a service manager does; it has ten seconds."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ended(within)

    async def kill(self) -> None:
        """Whatever state it is in: away with it."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._listening


async def once(folder: Path, given: Mapping[str, str], *words: str) -> tuple[int, str]:
    """Run a command that ends by itself: its exit code and everything it wrote."""
    process = await Process.begin(folder, given, *words)
    try:
        return await process.ended(), process.said
    finally:
        await process.kill()
