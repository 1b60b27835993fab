"""What the page does, without a browser: opens the address, acts, listens."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from yarl import URL

from tests.adapters.preview.opened import Opened

Json = dict[str, Any]


class Ear:
    """A live connection of one persona, and everything heard on it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.hello: Json = {}
        self.messages: dict[int, Json] = {}
        self.last: Json = {}

    async def hear(self) -> Json:
        """The next thing that is said."""
        heard: Json = await self.socket.receive_json(timeout=5)
        if heard["is"] == "hello":
            self.hello = heard
        elif heard["is"] == "news":
            self.last = heard
            for message in heard["messages"]:
                if message.get("gone"):
                    self.messages.pop(message["id"], None)
                else:
                    self.messages[message["id"]] = message
        return heard

    async def until(self, id: int) -> Json:
        """Wait for a message."""
        while id not in self.messages:
            await self.hear()
        return self.messages[id]


class Browser:
    """One browser with the preview open."""

    def __init__(self, session: aiohttp.ClientSession, address: URL) -> None:
        self.session = session
        self.address = address
        self.root = address.origin()

    async def act(self, name: str, persona: str = "trainee", **asked: Any) -> Json:
        files: Mapping[str, tuple[bytes, ...]] = asked.pop("files", {})
        asked = {"as": persona, "where": "office-hours", "zone": "Europe/Berlin", **asked}
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("json", json.dumps(asked))
        for field, contents in files.items():
            for content in contents:
                body = io.BytesIO(content)
                form.add_field(field, body, filename="a b.png", content_type="image/png")
        async with self.session.post(
            self.root / "do" / name, data=form, headers={"Origin": str(self.root)}
        ) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def say(self, text: str, persona: str = "trainee", **asked: Any) -> Json:
        return await self.act("say", persona, text=text, **asked)

    @asynccontextmanager
    async def listen(
        self, persona: str = "trainee", world: str = "", after: int = 0
    ) -> AsyncIterator[Ear]:
        address = (self.root / "live").with_query({"as": persona, "world": world, "after": after})
        async with self.session.ws_connect(address, headers={"Origin": str(self.root)}) as socket:
            ear = Ear(socket)
            await ear.hear()
            await ear.hear()
            yield ear

    async def shown(self, persona: str = "trainee") -> list[Json]:
        """Everything a persona sees."""
        async with self.listen(persona) as ear:
            return list(ear.messages.values())


@asynccontextmanager
async def open_browser(opened: Opened) -> AsyncIterator[Browser]:
    address = URL(opened.door.address)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(address) as response:
            assert response.status == 200
        yield Browser(session, address)
