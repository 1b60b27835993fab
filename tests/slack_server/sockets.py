"""Socket Mode: addresses for one websocket each, envelopes out, acknowledgements in, and faults."""

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.slack_server.transport import Delivery
from tests.slack_server.world import Json, World

MOST_CONNECTIONS = 10
PING_SECONDS = 5.0


@dataclass(eq=False)
class Connection:
    """One websocket of the app."""

    socket: web.WebSocketResponse
    request: web.Request
    number: int
    thawed: asyncio.Event = field(default_factory=asyncio.Event)
    closing: bool = False


class SocketHub:
    """All websockets of the app. An envelope goes to one of them, in turn."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._waiting: dict[str, Delivery] = {}
        self.connections: list[Connection] = []
        self.connected_times = 0
        self.host = ""
        self.ping_seconds = PING_SECONDS
        self.duplicates = 0
        """How many of the next envelopes are sent twice."""
        self.late = 0.0
        """Seconds that an envelope needs to arrive."""
        self.stray: list[Json] = []
        """What the app sent that acknowledges nothing."""

    def new_address(self) -> str:
        """A websocket address that works once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"ws://{self.host}/link/?ticket={ticket}&app_id={self._world.app.id}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="ticket is spent or unknown")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        connection = Connection(socket, request, next(self._numbers))
        connection.thawed.set()
        await socket.send_json(self._hello())
        self.connections.append(connection)
        self.connected_times += 1
        self._world.bell.ring()
        pinger = asyncio.create_task(self._ping(connection), name=f"ping {connection.number}")
        try:
            await self._read(connection)
        finally:
            pinger.cancel()
            self._forget(connection)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "connection_info": {"app_id": self._world.app.id},
            "debug_info": {"host": "local", "approximate_connection_time": 18060},
        }

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        self._world.bell.ring()

    async def _ping(self, connection: Connection) -> None:
        while not connection.socket.closed:
            await asyncio.sleep(self.ping_seconds)
            if connection.thawed.is_set():
                with contextlib.suppress(ConnectionError):
                    await connection.socket.ping(b"Ping from local")

    async def _read(self, connection: Connection) -> None:
        while True:
            frame = await connection.socket.receive()
            if frame.type in (
                WSMsgType.CLOSE,
                WSMsgType.CLOSING,
                WSMsgType.CLOSED,
                WSMsgType.ERROR,
            ):
                return
            await connection.thawed.wait()
            if frame.type is WSMsgType.PING:
                with contextlib.suppress(ConnectionError):
                    await connection.socket.pong(frame.data)
            elif frame.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(frame.data))

    def _acknowledged(self, message: Json) -> None:
        delivery = self._waiting.get(message.get("envelope_id", ""))
        if delivery is None:
            self.stray.append(message)
        else:
            delivery.acknowledge(message.get("payload") or {})
            self._world.bell.ring()

    async def send(self, delivery: Delivery) -> None:
        """Send an envelope and wait for its acknowledgement, as long as it counts."""
        delivery.sent_at = time.monotonic()
        connection = self._next()
        if connection is None:
            delivery.fail("dispatch_failed")
            return
        self._waiting[delivery.envelope_id] = delivery
        envelope = json.dumps(_envelope(delivery))
        copies = 2 if self.duplicates > 0 else 1
        self.duplicates = max(0, self.duplicates - 1)
        try:
            await asyncio.sleep(self.late)
            for _ in range(copies if connection.thawed.is_set() else 0):
                await connection.socket.send_str(envelope)
            await asyncio.wait_for(delivery.done.wait(), max(delivery.limit - self.late, 0.0))
        except TimeoutError:
            delivery.fail("operation_timeout")
        except ConnectionError:
            delivery.fail("dispatch_failed")

    def _next(self) -> Connection | None:
        open_ones = [each for each in self.connections if not each.closing]
        open_ones = [each for each in open_ones if each.thawed.is_set()] or open_ones
        return open_ones[next(self._turn) % len(open_ones)] if open_ones else None

    async def drop(self) -> None:
        """Cut every connection without a word, as a broken network does."""
        for connection in list(self.connections):
            transport = connection.request.transport
            if transport is not None:
                transport.abort()
            self._forget(connection)

    def freeze(self) -> None:
        """Go silent: connections stay open, nothing is read, pinged or answered."""
        for connection in self.connections:
            connection.thawed.clear()

    def thaw(self) -> None:
        """Go on where `freeze` stopped."""
        for connection in self.connections:
            connection.thawed.set()

    async def refresh(self, *, reason: str = "refresh_requested", close: bool = True) -> None:
        """Ask the app to connect anew; with `close`, hang up as soon as it did (or in 2 s)."""
        old = list(self.connections)
        for connection in old:
            connection.closing = True
            message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
            await connection.socket.send_json(message)
        if close:
            await self._world.bell.heard(2.0)
            for connection in old:
                await connection.socket.close()

    async def close(self) -> None:
        """Hang up everywhere."""
        for connection in list(self.connections):
            connection.thawed.set()
            await connection.socket.close()


def _envelope(delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": delivery.envelope_id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.accepts_response,
    }
    if delivery.kind == "events_api":
        envelope["retry_attempt"] = delivery.retry_attempt
        envelope["retry_reason"] = delivery.retry_reason
    return envelope
