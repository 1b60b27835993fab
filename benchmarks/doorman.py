"""A bot on a local platform as a process of its own: ours, or the bare library that it is set beside.

`python -m benchmarks.doorman WHAT ADDRESS TOKEN APP_TOKEN URL`, where WHAT is a key of `KINDS`. It
writes `ready`; for each line on its standard input it writes how many milliseconds of the processor it
has used; at the end of the input it stops.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from benchmarks.ground import NOW, opened
from bot import lasting
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.runtime.core import Core
from bot.runtime.scanning import Scanning


class Doorman:
    """The process, seen from the one that measures."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def used(self) -> float:
        """Milliseconds of the processor since it began."""
        process = self._process
        assert process.stdin is not None
        process.stdin.write(b"\n")
        await process.stdin.drain()
        return float(await self.line())

    async def line(self) -> str:
        """What it says next."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the bot that was to be measured has ended")
        return line.decode().strip()

    async def end(self) -> None:
        """It stops in its own time."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


@asynccontextmanager
async def doorman(
    what: str, address: str, token: str, app_token: str = "", url: str = ""
) -> AsyncGenerator[Doorman]:
    """One of `KINDS`, connected."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "benchmarks.doorman", what, address, token, app_token, url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    one = Doorman(process)
    try:
        assert await one.line() == "ready"
        yield one
    finally:
        await one.end()


@asynccontextmanager
async def _ours(door: Any, url: str) -> AsyncGenerator[None]:
    async with opened(url) as store:
        clock, scanning = HandMovedClock(NOW), Scanning()
        core = Core(registry_of(store, clock, scanning), store, clock, door, set_up=True)
        await door.start(core)
        lasting.settle()  # as a bot that was started does
        try:
            yield
        finally:
            await door.stop()
            await scanning.close()


@asynccontextmanager
async def _discord(address: str, token: str, _app_token: str, url: str) -> AsyncGenerator[None]:
    from adapters.discord.door import DiscordDoor
    from adapters.discord.settings import DiscordSettings

    async with _ours(DiscordDoor(DiscordSettings(token, address), HandMovedClock(NOW)), url):
        yield


@asynccontextmanager
async def _slack(address: str, token: str, app_token: str, url: str) -> AsyncGenerator[None]:
    from adapters.slack.door import SlackDoor
    from adapters.slack.line import SlackSettings

    settings = SlackSettings(
        bot_token=token, app_token=app_token, api_base=address, help_channels=True
    )
    async with _ours(SlackDoor(settings, HandMovedClock(NOW)), url):
        yield


@asynccontextmanager
async def _bare_discord(
    address: str, token: str, _app_token: str, _url: str
) -> AsyncGenerator[None]:
    """`/ping` that answers at once."""
    import discord

    from adapters.discord.client import ask_gateway, point_at
    from tests.discord_server.bare import Bare

    class Pointed(Bare):
        async def setup_hook(self) -> None:
            await ask_gateway(self)
            await super().setup_hook()

    point_at(address)
    client = Pointed(intents=discord.Intents(guilds=True))

    async def pong(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong", ephemeral=True)

    client.command("ping", pong)
    await client.login(token)
    running = asyncio.create_task(client.connect())
    waiting = asyncio.create_task(client.wait_until_ready())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        await client.close()
        await asyncio.gather(running, waiting, return_exceptions=True)


@asynccontextmanager
async def _bare_slack(address: str, token: str, app_token: str, _url: str) -> AsyncGenerator[None]:
    """An echo."""
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    app = AsyncApp(client=AsyncWebClient(token=token, base_url=address), signing_secret="-")

    async def echo(ack: Any, command: dict[str, Any]) -> None:
        await ack(command["text"] or "nothing")

    app.command("/echo")(echo)
    handler = AsyncSocketModeHandler(app, app_token, ping_interval=3.0)
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()


KINDS = {
    "discord": _discord,
    "slack": _slack,
    "bare discord": _bare_discord,
    "bare slack": _bare_slack,
}


async def _stand(what: str, *given: str) -> None:
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(KINDS[what](*given))
        print("ready", flush=True)
        while await lines.readline():
            print(time.process_time() * 1000, flush=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(_stand(*sys.argv[1:]))
