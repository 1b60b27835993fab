"""The preview's routes: the page, what a persona does, files of messages, and the live connection.

Everything a request carries stays in memory. Knows the desk and the world, not the core.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol, cast

from aiohttp import BodyPartReader, WSMsgType, web
from aiohttp.typedefs import Handler

from adapters.preview.desk import Desk, Files, Spot
from adapters.preview.guard import Guard
from adapters.preview.people import PLACE_NAME, Persona
from adapters.preview.refusing import Refused
from adapters.preview.world import BOT, JSON, World
from bot.runtime.web import Route, WebAsk
from bot.tasks import TaskOwner
from bot.ui.action import Upload

PAGE = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
_MOST_FILE = 25 * 1024 * 1024
_MOST_FILES = 20
_MOST_FORM = 256 * 1024
_LONGEST_LINE = 4000


class Timepiece(Protocol):
    """The clock as the page shows and moves it."""

    def state(self) -> JSON:
        """The time, whether it can be moved."""
        ...

    async def move(self, by: timedelta) -> None:
        """Forward by so much."""
        ...

    async def to_next(self) -> bool:
        """Forward to the next thing due; False if nothing is."""
        ...


@dataclass(slots=True)
class _Sent:
    """What came in with one request."""

    asked: JSON
    files: dict[str, list[Upload]] = field(default_factory=dict[str, list[Upload]])


Act = Callable[[Spot, _Sent], Awaitable[JSON]]


def _page(route: Route) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = await route.answer(WebAsk(dict(request.match_info), headers=headers))
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        headers = {**answer.headers, "Content-Type": answer.kind}
        return web.Response(body=body, status=answer.status, headers=headers)

    return handle


class Server:
    """The web side of the preview."""

    def __init__(
        self,
        guard: Guard,
        world: World,
        desk: Desk,
        timepiece: Timepiece,
        routes: Iterable[Route] = (),
    ) -> None:
        self._guard = guard
        self._world = world
        self._desk = desk
        self._timepiece = timepiece
        self._routes = tuple(routes)
        self._tasks = TaskOwner("preview")
        self._sockets: set[web.WebSocketResponse] = set()
        self._acts: Mapping[str, Act] = {
            "say": self._say,
            "press": self._press,
            "point": self._point,
            "submit": self._submit,
            "complete": self._complete,
            "home": self._home,
            "dismiss": self._dismiss,
            "read": self._read,
            "closed": self._closed,
            "clock": self._clock,
        }

    def app(self) -> web.Application:
        """Everything routed."""
        app = web.Application(
            middlewares=[self._guard.middleware()], client_max_size=_MOST_FILE * 4
        )
        app.on_response_prepare.append(self._guard.on_prepare)
        app.router.add_get("/", self._index)
        app.router.add_get("/page/{file}", self._file_of_page)
        app.router.add_get("/live", self._live)
        app.router.add_get("/file/{message}/{number}", self._blob)
        app.router.add_post("/do/{act}", self._do)
        for route in self._routes:
            app.router.add_get(route.path, _page(route))
        return app

    async def close(self) -> None:
        """Say goodbye to every page."""
        for socket in tuple(self._sockets):
            await socket.close(code=1001, message=b"stopping")
        await self._desk.close()
        await self._tasks.close()

    # The page -----------------------------------------------------------------------------------

    async def _index(self, request: web.Request) -> web.Response:
        response = await self._static("index.html")
        self._guard.remember(response)
        return response

    async def _file_of_page(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        if Path(name).name != name or Path(name).suffix not in _TYPES:
            raise web.HTTPNotFound
        return await self._static(name)

    async def _static(self, name: str) -> web.Response:
        path = PAGE / name
        if not path.is_file():
            raise web.HTTPNotFound
        body = await asyncio.to_thread(path.read_bytes)
        return web.Response(body=body, content_type=_TYPES[path.suffix], charset="utf-8")

    async def _blob(self, request: web.Request) -> web.Response:
        persona = self._persona(request.query.get("as"))
        try:
            message, number = (int(request.match_info[name]) for name in ("message", "number"))
        except ValueError:
            raise web.HTTPNotFound from None
        found = self._world.get(persona, message)
        if found is None or not 0 <= number < len(found.body.blobs):
            raise web.HTTPNotFound
        blob = found.body.blobs[number]
        shown = blob.media_type.startswith("image/") and blob.media_type != "image/svg+xml"
        response = web.Response(body=blob.content)
        response.headers["Content-Type"] = blob.media_type if shown else "application/octet-stream"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        if not shown:
            # The page names the file in its download link; a header would have to escape it.
            response.headers["Content-Disposition"] = "attachment"
        return response

    # What a persona does ------------------------------------------------------------------------

    async def _do(self, request: web.Request) -> web.Response:
        act = self._acts.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        try:
            sent = await _received(request)
            return web.json_response(await act(self._spot(sent.asked), sent))
        except Refused as refused:
            return web.json_response(refused.json())

    def _spot(self, asked: JSON) -> Spot:
        persona = self._persona(asked.get("as"))
        where = _text(asked, "where") or "general"
        thread, zone, language = (asked.get(name) for name in ("thread", "zone", "language"))
        if where not in self._world.places(persona) and where != f"home:{persona.id}":
            raise Refused("This persona cannot write there.")
        return Spot(
            persona,
            where,
            thread if isinstance(thread, int) else None,
            zone if isinstance(zone, str) else None,
            language if isinstance(language, str) else None,
        )

    def _persona(self, id: object) -> Persona:
        found = self._world.people.get(id) if isinstance(id, str) else None
        if found is None or not found.played:
            raise web.HTTPNotFound
        return found

    async def _say(self, spot: Spot, sent: _Sent) -> JSON:
        text = _text(sent.asked, "text").strip()
        if len(text) > _LONGEST_LINE:
            over = len(text) - _LONGEST_LINE
            raise Refused("This is {count} characters too long.", count=over)
        if spot.thread is not None:
            root = self._world.get(spot.persona, spot.thread)
            if root is None or root.where != spot.where or root.thread is not None:
                raise Refused("This thread is gone.")
        files = tuple(file for files in sent.files.values() for file in files)
        return await self._desk.say(spot, text, files)

    async def _press(self, spot: Spot, sent: _Sent) -> JSON:
        message, chosen = sent.asked.get("message"), sent.asked.get("chosen")
        picked = None
        if isinstance(chosen, list):
            picked = tuple(str(one) for one in cast(list[object], chosen))
        id = message if isinstance(message, int) else 0
        return await self._desk.press(spot, id, _text(sent.asked, "wire"), picked)

    async def _point(self, spot: Spot, sent: _Sent) -> JSON:
        message = sent.asked.get("message")
        id = message if isinstance(message, int) else 0
        return await self._desk.point(spot, id, _text(sent.asked, "entry"))

    async def _submit(self, spot: Spot, sent: _Sent) -> JSON:
        values = sent.asked.get("values")
        given = cast(Mapping[str, object], values) if isinstance(values, dict) else {}
        files: Files = {name: tuple(found) for name, found in sent.files.items()}
        return await self._desk.submit(spot, _text(sent.asked, "key"), given, files)

    async def _complete(self, spot: Spot, sent: _Sent) -> JSON:
        suggest, text = _text(sent.asked, "suggest"), _text(sent.asked, "text")
        return {"options": await self._desk.complete(spot, suggest, text[:100])}

    async def _home(self, spot: Spot, sent: _Sent) -> JSON:
        return await self._desk.home(spot)

    async def _dismiss(self, spot: Spot, sent: _Sent) -> JSON:
        message = sent.asked.get("message")
        return self._desk.dismiss(spot, message if isinstance(message, int) else 0)

    async def _read(self, spot: Spot, sent: _Sent) -> JSON:
        upto = sent.asked.get("upto")
        if isinstance(upto, int) and self._world.mark_read(spot.persona.id, spot.where, upto):
            self._world.touch()
        return {}

    async def _closed(self, spot: Spot, sent: _Sent) -> JSON:
        change = (
            self._world.closed.add if sent.asked.get("on") is True else self._world.closed.discard
        )
        change(spot.persona.id)
        self._world.touch()
        return {}

    async def _clock(self, spot: Spot, sent: _Sent) -> JSON:
        seconds = sent.asked.get("seconds")
        if sent.asked.get("to") == "next":
            if not await self._timepiece.to_next():
                raise Refused("Nothing is due: no reminder is waiting to be sent.")
        elif isinstance(seconds, int) and 0 < seconds <= 366 * 86400:
            await self._timepiece.move(timedelta(seconds=seconds))
        else:
            raise Refused("The clock moves forward only, by a year at most.")
        self._world.touch()
        return {"clock": self._timepiece.state()}

    # The live connection ------------------------------------------------------------------------

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        persona = self._persona(request.query.get("as"))
        socket = web.WebSocketResponse(max_msg_size=4096, heartbeat=20.0)
        await socket.prepare(request)
        known = request.query.get("world") == self._world.name
        asked = request.query.get("after", "0")
        after = int(asked) if known and asked.isdecimal() else 0
        changed = asyncio.Event()
        changed.set()
        unlisten = self._world.listen(changed.set)
        self._sockets.add(socket)
        await socket.send_json(self._hello(persona, request.query.get("language")))
        feed = self._tasks.start("feed", self._feed(socket, persona, after, changed))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    # The page asks now and then, to notice a connection that died silently.
                    await socket.send_json({"is": "pong", "clock": self._timepiece.state()})
        finally:
            unlisten()
            self._sockets.discard(socket)
            feed.cancel()
        return socket

    async def _feed(
        self,
        socket: web.WebSocketResponse,
        persona: Persona,
        after: int,
        changed: asyncio.Event,
    ) -> None:
        while not socket.closed:
            await changed.wait()
            changed.clear()
            found = [message.json() for message in self._world.since(persona, after)]
            after = self._world.rev
            unread = {
                where: {"count": count, "after": mark}
                for where, (count, mark) in self._world.unread(persona).items()
            }
            waiting = {one.id: self._world.waiting(one) for one in self._world.people.played}
            news = {
                "is": "news",
                "rev": after,
                "messages": found,
                "unread": unread,
                "waiting": {id: count for id, count in waiting.items() if count},
                "closed": persona.id in self._world.closed,
                "clock": self._timepiece.state(),
            }
            try:
                await socket.send_json(news)
            except (ConnectionResetError, RuntimeError):
                return

    def _hello(self, persona: Persona, language: str | None) -> JSON:
        people = self._world.people
        return {
            "is": "hello",
            "world": self._world.name,
            "place": PLACE_NAME,
            "bot": BOT,
            "persona": persona.id,
            "people": [
                {"id": one.id, "name": one.name, "part": one.part, "played": one.played}
                for one in people
            ],
            "channels": [
                {"id": one.id, "about": one.about, "staff": one.staff}
                for one in self._world.channels.values()
                if one.open_to(persona)
            ],
            "commands": self._desk.commands(language),
            "entries": self._desk.entries(language),
            "clock": self._timepiece.state(),
        }


def _text(asked: JSON, name: str) -> str:
    value = asked.get(name)
    return value if isinstance(value, str) else ""


async def _received(request: web.Request) -> _Sent:
    """The request's JSON and its files, read into memory and nowhere else."""
    if not request.content_type.startswith("multipart/"):
        return _Sent(_json(await request.text()))
    sent = _Sent({})
    count = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest
        if part.name == "json":
            text = await _limited(part, _MOST_FORM, Refused("The text is too long."))
            sent.asked = _json(text.decode("utf-8", "replace"))
            continue
        count += 1
        if count > _MOST_FILES:
            raise Refused("At most {count} files at once.", count=_MOST_FILES)
        most = _MOST_FILE // 1024**2
        too_large = Refused("A file may have {count} MB at most.", count=most)
        content = await _limited(part, _MOST_FILE, too_large)
        media_type = part.headers.get("Content-Type", "application/octet-stream")
        name = (part.filename or "file")[:200]
        sent.files.setdefault(part.name or "file", []).append(Upload(name, content, media_type))
    return sent


async def _limited(part: BodyPartReader, most: int, refused: Refused) -> bytes:
    read = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        read += chunk
        if len(read) > most:
            raise refused
    return bytes(read)


def _json(text: str) -> JSON:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    if not isinstance(value, dict):
        raise web.HTTPBadRequest
    return cast(JSON, value)
