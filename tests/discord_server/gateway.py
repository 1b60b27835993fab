"""The gateway: hello, identify, ready, heartbeats, resume, and the close codes that refuse.

One `Session` outlives its sockets for as long as it may be resumed; a `Socket` is one connection.
What is sent to a session while no socket is attached is kept and replayed on resume.
"""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.discord_server import wire
from tests.discord_server.streams import Encoder, encoder
from tests.discord_server.world import Guild, Json

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
SCHEDULED_EVENTS, AUTOMOD_RULES, AUTOMOD_ACTIONS = 1 << 16, 1 << 20, 1 << 21
PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
ALL_INTENTS = (1 << 26) - 1

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 8, 9, 10, 11


class Session:
    """A bot's logged-in session: its intents, its sequence, and what it has been sent.

    `shard`: which of how many; a guild belongs to one of them, what is private to the first.
    """

    def __init__(self, session_id: str, intents: int, shard: tuple[int, int] = (0, 1)) -> None:
        self.shard = shard
        self.id = session_id
        self.intents = intents
        self.sequence = 0
        self.sent: list[Json] = []
        self.socket: Socket | None = None
        self.left_at: float | None = None

    def hears(self, guild_id: int | None) -> bool:
        """Whether what happens in a guild (None: in private) reaches this session."""
        mine, count = self.shard
        return mine == (0 if guild_id is None else (guild_id >> 22) % count)

    def dispatch(self, event: str, payload: Json) -> None:
        """Send one event, now or when the session is resumed."""
        self.sequence += 1
        frame = {"op": DISPATCH, "t": event, "s": self.sequence, "d": payload}
        self.sent.append(frame)
        if self.socket is not None:
            self.socket.send(frame)


class Closing(Exception):
    """Ends a socket with a gateway close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason


class Socket:
    """One websocket connection."""

    def __init__(self, gateway: "Gateway", ws: web.WebSocketResponse, encode: Encoder) -> None:
        self._gateway = gateway
        self._server = gateway.server
        self._ws = ws
        self._encode = encode
        self._outbox: asyncio.Queue[Json] = asyncio.Queue()
        self._beats: list[float] = []
        self.session: Session | None = None
        self.transport: asyncio.Transport | None = None

    def send(self, frame: Json) -> None:
        self._outbox.put_nowait(frame)

    async def _write(self) -> None:
        while True:
            frame = await self._outbox.get()
            await self._gateway.thawed.wait()
            data = self._encode(json.dumps(frame))
            if isinstance(data, str):
                await self._ws.send_str(data)
            else:
                await self._ws.send_bytes(data)

    async def run(self) -> None:
        """Serve this connection until either side ends it."""
        limits = self._server.limits
        interval = round(limits.heartbeat_seconds * 1000)
        self.send({"op": HELLO, "d": {"heartbeat_interval": interval, "_trace": []}})
        writer = asyncio.create_task(self._write(), name="gateway writer")
        patience = limits.heartbeat_seconds * 1.5
        try:
            while True:
                message = await self._ws.receive(timeout=patience)
                await self._gateway.thawed.wait()
                if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                    if message.type == WSMsgType.CLOSE and message.data in (1000, 1001):
                        self._gateway.forget(self.session)  # a goodbye ends the session
                    break
                self._flood()
                await self._handle(message.data)
        except TimeoutError:
            await self._ws.close(code=4009, message=b"Session timed out")
        except Closing as closing:
            await self._ws.close(code=closing.code, message=closing.reason.encode())
        except ConnectionError:
            pass
        finally:
            writer.cancel()
            self._leave()

    def _leave(self) -> None:
        if self.session is not None and self.session.socket is self:
            self.session.socket = None
            self.session.left_at = self._server.clock.mono()
        self._server.changed()

    def _flood(self) -> None:
        now, limits = self._server.clock.mono(), self._server.limits
        self._beats = [t for t in self._beats if t > now - limits.gateway_commands_seconds]
        self._beats.append(now)
        if len(self._beats) > limits.gateway_commands:
            raise Closing(4008, "You are being rate limited.")

    async def _handle(self, raw: str | bytes) -> None:
        try:
            frame = json.loads(raw)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            raise Closing(4002, "Error while decoding payload.") from None
        self._gateway.received.append(frame)
        if op == HEARTBEAT:
            self._gateway.heartbeats += 1
            self.send({"op": HEARTBEAT_ACK})
        elif op == IDENTIFY:
            self._identify(data)
        elif op == RESUME:
            self._resume(data)
        elif self.session is None:
            raise Closing(4003, "Not authenticated.")
        elif op == REQUEST_MEMBERS:
            self._members(self.session, data)
        elif op not in (PRESENCE, VOICE):
            raise Closing(4001, "Unknown opcode.")

    def _identify(self, data: Json) -> None:
        if self.session is not None:
            raise Closing(4005, "Already authenticated.")
        app = self._server.world.application
        if data.get("token", "").removeprefix("Bot ") != app.token:
            raise Closing(4004, "Authentication failed.")
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~ALL_INTENTS:
            raise Closing(4013, "Invalid intent(s).")
        if intents & PRIVILEGED & ~app.privileged_intents:
            raise Closing(4014, "Disallowed intent(s).")
        match data.get("shard", [0, 1]):
            case [int(mine), int(count)] if 0 <= mine < count:
                session = self._gateway.open_session(intents, (mine, count))
            case _:
                raise Closing(4010, "Invalid shard.")
        self.session, session.socket = session, self
        guilds = [guild for guild in self._gateway.bot_guilds() if session.hears(guild.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": wire.me(app),
                "session_id": session.id,
                "session_type": "normal",
                "shard": list(session.shard),
                "resume_gateway_url": self._server.gateway_url,
                "guilds": [{"id": str(g.id), "unavailable": True} for g in guilds],
                "application": {
                    "id": str(app.id),
                    "flags": wire.application(app)["flags"],
                },
                "private_channels": [],
                "user_settings": {},
                "relationships": [],
                "presences": [],
                "geo_ordered_rtc_regions": [],
                "_trace": [],
            },
        )
        for guild in guilds:
            self._gateway.guild_create(session, guild, joined=False)
        self._server.changed()

    def _resume(self, data: Json) -> None:
        app = self._server.world.application
        if data.get("token", "").removeprefix("Bot ") != app.token:
            raise Closing(4004, "Authentication failed.")
        session = self._gateway.sessions.get(data.get("session_id", ""))
        if session is None or self._gateway.too_late(session):
            self.send({"op": INVALID_SESSION, "d": False})
            return
        sequence = data.get("seq") or 0
        if sequence > session.sequence:
            raise Closing(4007, "Invalid seq.")
        self.session, session.socket = session, self
        for frame in session.sent:
            if frame["s"] > sequence:
                self.send(frame)
        self._gateway.resumes += 1
        session.dispatch("RESUMED", {"_trace": []})
        self._server.changed()

    def _members(self, session: Session, data: Json) -> None:
        guild = self._server.world.guilds[int(data["guild_id"])]
        wanted = data.get("user_ids")
        if wanted is not None:
            ids = [wanted] if isinstance(wanted, str | int) else wanted
            found = [m for m in guild.members.values() if str(m.user.id) in {str(i) for i in ids}]
        else:
            query = data.get("query", "")
            if not query and not data.get("limit") and not session.intents & MEMBERS:
                raise Closing(4014, "Disallowed intent(s).")
            named = [m for m in guild.members.values() if m.user.name.startswith(query.lower())]
            found = named[: data.get("limit") or None]
        pages = [found[i : i + 1000] for i in range(0, len(found), 1000)] or [[]]
        for index, page in enumerate(pages):
            payload: Json = {
                "guild_id": str(guild.id),
                "members": [wire.member(m) for m in page],
                "chunk_index": index,
                "chunk_count": len(pages),
            }
            if "nonce" in data:
                payload["nonce"] = data["nonce"]
            session.dispatch("GUILD_MEMBERS_CHUNK", payload)

    def abort(self) -> None:
        """Cut the connection without a closing handshake."""
        if self.transport is not None:
            self.transport.abort()

    async def close(self, code: int) -> None:
        await self._ws.close(code=code)


def _guild_of(payload: Json) -> int | None:
    """The guild an event is about; guild events carry it as their own id."""
    named = payload.get("guild_id") or (payload.get("id") if "owner_id" in payload else None)
    return None if named is None else int(named)


class Gateway:
    """All sessions, and what a test may do to them."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server
        self.sessions: dict[str, Session] = {}
        self.sockets: set[Socket] = set()
        self.received: list[Json] = []
        self.heartbeats = 0
        self.identifies = 0
        self.resumes = 0
        self.duplicates = 0
        """How many of the next acts of people are told twice."""
        self.thawed = asyncio.Event()
        self.thawed.set()

    # what routes and people use

    def emit(self, event: str, payload: Json, intents: int = 0) -> None:
        """Send an event to every session that asked for one of these intents (0: to all)."""
        twice = event == "INTERACTION_CREATE" and self.duplicates > 0
        self.duplicates -= twice
        for session in list(self.sessions.values()):
            if (not intents or session.intents & intents) and session.hears(_guild_of(payload)):
                for _time in range(1 + twice):
                    session.dispatch(event, payload)

    def guild_create(self, session: Session, guild: Guild, *, joined: bool) -> None:
        if session.intents & GUILDS and session.hears(guild.id):
            presences = bool(session.intents & PRESENCES)
            payload = wire.guild_create(
                guild, self.server.world, presences=presences, joined=joined
            )
            session.dispatch("GUILD_CREATE", payload)

    def bot_guilds(self) -> list[Guild]:
        world = self.server.world
        return [g for g in world.guilds.values() if world.bot.id in g.members]

    def open_session(self, intents: int, shard: tuple[int, int] = (0, 1)) -> Session:
        for old in [s for s in self.sessions.values() if self.too_late(s)]:
            del self.sessions[old.id]
        session = Session(f"{self.server.world.ids.next():x}", intents, shard)
        self.sessions[session.id] = session
        self.identifies += 1
        return session

    def forget(self, session: Session | None) -> None:
        if session is not None:
            self.sessions.pop(session.id, None)

    def too_late(self, session: Session) -> bool:
        left = session.left_at
        waiting = self.server.limits.resume_seconds
        return (
            session.socket is None
            and left is not None
            and self.server.clock.mono() > left + waiting
        )

    # what a test may do

    @property
    def connected(self) -> bool:
        """Whether some session has a socket."""
        return any(s.socket is not None for s in self.sessions.values())

    def drop(self) -> None:
        """Cut every socket abruptly; sessions stay resumable."""
        for socket in list(self.sockets):
            socket.abort()

    def freeze(self) -> None:
        """Answer nothing, heartbeats included, without closing anything."""
        self.thawed.clear()

    def thaw(self) -> None:
        self.thawed.set()

    def ask_reconnect(self) -> None:
        """Send op 7."""
        for socket in self.sockets:
            socket.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Send op 9; a session that is not resumable is forgotten."""
        for socket in self.sockets:
            socket.send({"op": INVALID_SESSION, "d": resumable})
        if not resumable:
            self.sessions.clear()

    async def close(self, code: int) -> None:
        """Close every socket with this code."""
        for socket in list(self.sockets):
            await socket.close(code)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The websocket endpoint."""
        ws = web.WebSocketResponse(autoping=True, max_msg_size=4096 * 4)
        await ws.prepare(request)
        if request.query.get("encoding") != "json" or request.query.get("v") != "10":
            await ws.close(code=4012, message=b"Invalid API version.")
            return ws
        encode = encoder(request.query.get("compress", ""))
        if encode is None:
            await ws.close(code=4002, message=b"Unknown compression.")
            return ws
        socket = Socket(self, ws, encode)
        transport: Any = request.transport
        socket.transport = transport
        self.sockets.add(socket)
        try:
            await socket.run()
        finally:
            self.sockets.discard(socket)
        return ws
