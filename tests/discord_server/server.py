"""A local Discord: one object that holds the world, the REST API, the gateway and the CDN.

Start it inside a test's event loop; a bot in the same loop or in another process connects to
`api_base`. People who use the bot are made with `person()`.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from aiohttp import web

from tests.discord_server import api, composing, permissions, wire_messages
from tests.discord_server.building import Building
from tests.discord_server.cdn import PATH as CDN_PATH
from tests.discord_server.cdn import Cdn
from tests.discord_server.clock import ServerClock
from tests.discord_server.events import Events
from tests.discord_server.faults import Faults
from tests.discord_server.gateway import Gateway
from tests.discord_server.interactions import Interactions
from tests.discord_server.limits import Limits
from tests.discord_server.permissions import Can
from tests.discord_server.rates import Rates
from tests.discord_server.recording import Recorded
from tests.discord_server.refusal import opening_dms_too_fast
from tests.discord_server.routes import TABLES
from tests.discord_server.world import Channel, Guild, Json, Message, Role, World
from tests.specs import discord as spec

if TYPE_CHECKING:
    from tests.discord_server.person import Person

T = TypeVar("T")
TOKEN = "local-token"


class DiscordServer(Building):
    """Everything a test needs of Discord. `privileged_intents`: what its developer switched on."""

    def __init__(self, token: str = TOKEN, *, privileged_intents: int = 0) -> None:
        self.clock = ServerClock()
        self.clock.on_move.append(self.changed)
        self.world = World(self.clock, token)
        self.world.application.privileged_intents = privileged_intents
        self.limits = Limits()
        self.rates = Rates(self.clock)
        self.faults = Faults()
        self.gateway = Gateway(self)
        self.events = Events(self)
        self.interactions = Interactions(self)
        self.cdn = Cdn(self)
        self.api = api.Api(self, TABLES)
        self._waiters: set[asyncio.Event] = set()
        self._new_directs: list[float] = []
        self._runner: web.AppRunner | None = None
        self.port = 0

    # running

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes any free one."""
        app = web.Application(client_max_size=256 * 1024 * 1024)
        app.router.add_get("/gateway-socket/", self.gateway.handle)
        app.router.add_get(
            CDN_PATH + "/{folder}/{channel}/{attachment:\\d+}/{name}", self.cdn.handle
        )
        app.router.add_route("*", "/{path:.*}", self.api.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every socket and stop listening."""
        self.gateway.thaw()
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def token(self) -> str:
        return self.world.application.token

    @property
    def api_base(self) -> str:
        """What a bot sets as its whole REST prefix."""
        return f"http://127.0.0.1:{self.port}{api.PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway-socket/"

    @property
    def cdn_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{CDN_PATH}"

    @contextmanager
    def pointed(self) -> Iterator[None]:
        """Let discord.py in this process talk to this server."""
        import yarl
        from discord.gateway import DiscordWebSocket
        from discord.http import Route

        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE = self.api_base
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self.gateway_url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    # people

    def person(
        self, name: str, *guilds: Guild, roles: tuple[Role, ...] = (), dms_open: bool = True
    ) -> "Person":
        """Somebody who uses the bot, as a member of these servers."""
        from tests.discord_server.person import Person

        user = self.world.add_user(name)
        user.dms_open = dms_open
        for guild in guilds:
            self.join(guild, user, tuple(r for r in roles if r.id in guild.roles))
        return Person(self, user)

    # waiting

    def changed(self) -> None:
        """Something has happened: wake who waits."""
        for waiter in self._waiters:
            waiter.set()

    async def until(self, look: Callable[[], T | None], within: float = 5.0) -> T:
        """Wait until `look` gives something true, and return it; TimeoutError otherwise."""
        waiter = asyncio.Event()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(within):
                while not (found := look()):
                    await waiter.wait()
                    waiter.clear()
                return found
        finally:
            self._waiters.discard(waiter)

    async def until_connected(self, within: float = 10.0) -> None:
        """Wait until a bot has a gateway session."""
        await self.until(lambda: self.gateway.connected, within)

    async def until_commands(self, within: float = 10.0) -> list[Json]:
        """Wait until the bot has registered global commands."""
        return await self.until(lambda: list(self.world.global_commands.values()), within)

    # what was asked of it

    @property
    def requests(self) -> list[Recorded]:
        """Every REST request, in order of arrival."""
        return self.api.requests

    def sent(self, method: str, template: str) -> list[Recorded]:
        """The requests to one route, for example `("POST", "/channels/{channel_id}/messages")`."""
        return [r for r in self.requests if (r.method, r.template) == (method, template)]

    def violations(self) -> list[str]:
        """How recorded requests differ from Discord's OpenAPI document."""
        document = spec.load()
        return [
            f"{request}: {problem}"
            for request in self.requests
            for problem in document.problems(
                request.method,
                request.path,
                request.query,
                request.body,
                [f.field for f in request.files],
            )
        ]

    def own_faults(self) -> list[str]:
        """How this server's own answers differ from that document: faults of the server."""
        document = spec.load()
        return [
            f"{request}: {problem}"
            for request in self.requests
            if request.status and request.status < 400
            for problem in document.response_problems(
                request.method, request.path, request.status, request.response
            )
        ]

    def assert_requests_valid(self) -> None:
        """Fail with a list of what Discord's OpenAPI document does not allow."""
        found = self.violations()
        assert not found, "requests that Discord's specification does not allow:\n" + "\n".join(
            found
        )

    # what routes and events share

    def message_json(self, message: Message, *, content: bool = True) -> Json:
        """A message as the bot gets it; without `content` cut as for a bot lacking that intent."""
        life = self.limits.attachment_link_seconds
        out = wire_messages.message(message, self.cdn_url, self.clock.now(), life)
        bot = self.world.bot
        own = message.author is bot or bot in message.mentions or message.channel.guild is None
        if not content and not own:
            out |= {"content": "", "embeds": [], "attachments": [], "components": []}
            out.pop("message_snapshots", None)
        return out

    def unfurl(
        self, message: Message, title: str, description: str = "", picture: bytes = b""
    ) -> None:
        """Discord adds the preview of a link, with a picture from its own proxy."""
        embed: Json = {"type": "article", "title": title, "description": description}
        if picture:
            kept = composing.store_file(self, message.channel, picture, "preview.png")
            life = self.limits.attachment_link_seconds
            seen = wire_messages.attachment(kept, self.cdn_url, self.clock.now(), life)
            there = "https://elsewhere.example/preview.png"
            embed["thumbnail"] = {"url": there, "proxy_url": seen["url"], "width": 1, "height": 1}
        message.embeds.append(embed)
        self.events.message("MESSAGE_UPDATE", message)

    def bot_can_view(self, channel: Channel) -> bool:
        if channel.guild is None:
            return True
        member = channel.guild.members.get(self.world.bot.id)
        return bool(member and permissions.in_channel(member, channel) & Can.VIEW_CHANNEL)

    def count_new_direct(self) -> None:
        """40003 once the bot opens more new direct channels than the limit in the window."""
        limit, now = self.limits.new_dms, self.clock.mono()
        since = now - self.limits.new_dms_seconds
        self._new_directs = [t for t in self._new_directs if t > since]
        if limit is not None and len(self._new_directs) >= limit:
            raise opening_dms_too_fast()
        self._new_directs.append(now)
