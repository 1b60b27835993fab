"""The stage in the preview: its real server, and a browser without a page."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import aiohttp
from yarl import URL

from adapters.preview.door import PreviewDoor
from adapters.preview.people import account_of
from bot.clock import HandMovedClock
from bot.runtime.core import Core
from bot.runtime.doors import Sent, ToPerson
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen
from bot.ui.parts import Can
from storage import MemoryStore, memory_store
from tests.contract.stage import (
    GUEST,
    MEMBER,
    MODERATOR,
    NOW,
    OTHER,
    Answer,
    Doc,
    Group,
    Makes,
    Seen,
    Sheet,
    Value,
    Where,
    Who,
)

Json = dict[str, Any]
PERSONAS = {MEMBER: "trainee", OTHER: "trainee-2", MODERATOR: "moderator", GUEST: "guest"}
CHANNEL = "general"


class OnPreview:
    """Every act is a request that the page would make."""

    can = frozenset(Can)

    kinds = (GUEST, MEMBER, MODERATOR)

    def __init__(self) -> None:
        self.clock = HandMovedClock(NOW)
        self.hostile = False
        self.store: MemoryStore = memory_store()
        self.doors = Doors()

    async def start(self, makes: Makes) -> None:
        self.door = PreviewDoor(0, self.clock)
        registry = makes(self.store, self.clock, self.doors)
        self.doors.add(self.door)
        await self.door.start(Core(registry, self.store, self.clock, self.door, set_up=True))
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.root = URL(self.door.address).origin()
        async with self.session.get(self.door.address) as response:
            assert response.status == 200

    async def stop(self) -> None:
        await self.session.close()
        await self.door.stop()
        await self.store.close()

    async def command(self, who: str, name: str, options: Mapping[str, Value]) -> Answer:
        words = [f'{key}:"{self._typed(value)}"' for key, value in options.items()]
        return await self._act(who, "say", text=" ".join([f"/{name}", *words]))

    async def press(self, who: str, seen: Seen, label: str) -> Answer:
        message, wire = _control(seen, label)
        return await self._act(who, "press", message=message, wire=wire)

    async def choose(self, who: str, seen: Seen, label: str, *values: str) -> Answer:
        message, wire = _control(seen, label)
        return await self._act(who, "press", message=message, wire=wire, chosen=list(values))

    async def send(self, who: str, sheet: Sheet, values: Mapping[str, Value]) -> Answer:
        typed: Json = {name: value for name, value in sheet.fields.items() if value is not None}
        files: dict[str, tuple[Doc, ...]] = {}
        for key, value in values.items():
            docs = tuple(one for one in _listed(value) if isinstance(one, Doc))
            if docs:
                files[key] = docs
                typed.pop(key, None)
            else:
                typed[key] = self._native(value)
        return await self._act(who, "submit", files, key=sheet.of["key"], values=typed)

    async def say(self, who: str, text: str, *docs: Doc) -> object:
        await self._asked(who, "say", {"file": docs}, text=text)
        return max(self.door.world._messages)  # pyright: ignore[reportPrivateUsage]

    async def point(self, who: str, message: object, label: str) -> Answer:
        # The page is told the entries when it connects.
        async with self.session.ws_connect(
            (self.root / "live").with_query({"as": PERSONAS[who]}), headers=self._origin
        ) as live:
            hello: Json = await live.receive_json()
        name = next(one["name"] for one in hello["entries"] if one["label"] == label)
        return await self._act(who, "point", message=message, entry=name)

    def in_channel(self, who: str) -> list[str]:
        return self._shown(who, CHANNEL)

    def direct(self, who: str) -> list[str]:
        return self._shown(who, f"dm:{PERSONAS[who]}")

    def pinged(self) -> list[str]:
        return [
            name
            for name, id in PERSONAS.items()
            if (persona := self.door.world.people.get(id)) and self.door.world.waiting(persona)
        ]

    async def carry(self, who: str, screen: Screen) -> Sent:
        return await self.door.send(ToPerson(account_of(PERSONAS[who])), screen, "key")

    async def rush(self, name: str, people: int, options: Mapping[str, Value]) -> list[str]:
        crowd = [list(PERSONAS)[number % 3] for number in range(people)]

        async def one(who: str) -> Answer:
            async with asyncio.timeout(3):  # nothing acknowledges here but the answer itself
                return await self.command(who, name, options)

        answers = await asyncio.gather(*(one(who) for who in crowd))
        return [each.text if isinstance(each, Seen) else each.title for each in answers]

    # Inside -------------------------------------------------------------------------------------

    def _typed(self, value: Value) -> str:
        match value:
            case Who(name):
                return "@" + PERSONAS[name]
            case Where():
                return "#" + CHANNEL
            case Group():
                return "residents"
            case bool():
                return "yes" if value else "no"
            case _:
                return str(value)

    def _native(self, value: Value) -> Any:
        match value:
            case Who(name):
                return {"picked": [PERSONAS[name]]}
            case Where():
                return CHANNEL
            case Group():
                return "residents"
            case bool() | str():
                return value
            case int():
                return str(value)
            case tuple() if any(isinstance(one, Who) for one in value):
                return {"picked": [PERSONAS[one.name] for one in value if isinstance(one, Who)]}
            case tuple():
                return list(value)
            case Doc():
                raise AssertionError("files go another way")

    async def _act(
        self, who: str, act: str, files: Mapping[str, tuple[Doc, ...]] | None = None, **asked: Any
    ) -> Answer:
        answer = await self._asked(who, act, files, **asked)
        if "form" in answer:
            fields = {one["id"]: one["value"] for one in answer["form"]["fields"]}
            return Sheet(answer["form"]["title"], fields, answer["form"])
        assert "message" in answer, answer
        return await self._seen(who, answer["message"])

    async def _asked(
        self, who: str, act: str, files: Mapping[str, tuple[Doc, ...]] | None = None, **asked: Any
    ) -> Json:
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        asked = {"as": PERSONAS[who], "where": CHANNEL, "zone": "UTC", **asked}
        form.add_field("json", json.dumps(asked))
        for field, docs in (files or {}).items():
            for doc in docs:
                form.add_field(field, io.BytesIO(doc.content), filename=doc.name)
        async with self.session.post(
            self.root / "do" / act, data=form, headers=self._origin
        ) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    @property
    def _origin(self) -> dict[str, str]:
        return {"Origin": str(self.root)}

    async def _seen(self, who: str, id: int) -> Seen:
        persona = self.door.world.people.get(PERSONAS[who])
        assert persona is not None
        message = self.door.world.get(persona, id)
        assert message is not None, f"{who} does not see message {id}"
        shown = json.loads(json.dumps(message.json()))
        parts = list(_parts(shown["parts"]))
        files: dict[str, bytes] = {}
        for part in parts:
            if "blob" in part:
                address = self.root / "file" / str(id) / str(part["blob"])
                async with self.session.get(address.with_query({"as": persona.id})) as response:
                    assert response.status == 200
                    name = part.get("name", message.body.blobs[part["blob"]].name)
                    files[name] = await response.read()
        return Seen(
            text="\n".join(_lines(parts)),
            private=shown["private"],
            labels=[part["label"] for part in parts if part["part"] in ("button", "link")],
            lists=[part["label"] for part in parts if part["part"] == "select"],
            files=files,
            links=[part["url"] for part in parts if part["part"] == "link"],
            of=[shown],
        )

    def _shown(self, who: str, where: str) -> list[str]:
        persona = self.door.world.people.get(PERSONAS[who])
        assert persona is not None
        found = [one for one in self.door.world.since(persona, 0) if one.where == where]
        shown = [json.loads(json.dumps(one.json())) for one in found]
        return [
            "\n".join(_lines(_parts(one["parts"])))
            for one in shown
            if one["author"] == "introducer"
        ]


def _listed(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _parts(parts: Iterable[Json]) -> Iterable[Json]:
    for part in parts:
        yield part
        yield from _parts(part.get("items", ()))
        if part["part"] == "hidden":
            yield from _parts(part["parts"])


def _lines(parts: Iterable[Json]) -> Iterable[str]:
    for part in parts:
        match part["part"]:
            case "text":
                yield _said(part["words"])
            case "facts":
                yield from (f"{_said(label)} {_said(value)}" for label, value in part["rows"])
            case "when" | "person":
                yield _said([part])
            case "image":
                yield part["alt"]
            case "file":
                yield part["about"]
            case _:
                yield part.get("label", "")


def _said(words: list[Any]) -> str:
    return "".join(one if isinstance(one, str) else _atom(one) for one in words)


def _atom(atom: Json) -> str:
    return str(next(atom[key] for key in ("text", "name", "at") if key in atom))


def _control(seen: Seen, label: str) -> tuple[int, str]:
    for message in seen.of:
        for part in _parts(message["parts"]):
            if part.get("label") == label and "wire" in part:
                return message["id"], part["wire"]
    raise AssertionError(f"no {label!r}: {seen.labels} {seen.lists}")
