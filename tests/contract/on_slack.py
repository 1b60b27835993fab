"""The stage on Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from adapters.slack.door import SlackDoor
from adapters.slack.line import SlackSettings
from adapters.slack.manifest import manifest
from bot.clock import HandMovedClock
from bot.domain.people import Account
from bot.runtime.core import Core
from bot.runtime.doors import Sent, ToPerson
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
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
from tests.slack_server import SlackServer, Upload
from tests.slack_server.block_kit import elements
from tests.slack_server.person import Person
from tests.slack_server.world import Message

ROLE = "S0RESIDENTS"


class OnSlack:
    """Every act goes through what Slack's client offers."""

    can = frozenset({Can.LONG_FORM})

    kinds = (GUEST, MEMBER, MODERATOR)

    def __init__(self) -> None:
        self.clock = HandMovedClock(NOW)
        self.hostile = False
        self.slack = SlackServer()
        self.store: MemoryStore = memory_store()
        self.doors = Doors()

    async def start(self, makes: Makes) -> None:
        registry = makes(self.store, self.clock, self.doors)
        await self.open_place(registry)
        self.doors.add(self.door)
        await self.door.start(Core(registry, self.store, self.clock, self.door, set_up=True))
        await self.slack.connected()

    async def open_place(self, registry: Registry) -> None:
        """The platform with everybody on it, and the adapter, which is not yet connected."""
        slack = self.slack
        await slack.start()
        installed = manifest(registry, "ir-", "socket", help_channels=True)
        slack.install(installed)
        self.shortcuts: list[dict[str, Any]] = installed["features"].get("shortcuts", [])
        self.people = {name: slack.person(name, tz="UTC") for name in (MEMBER, OTHER)}
        self.people[MODERATOR] = slack.person(MODERATOR, tz="UTC", is_admin=True)
        self.people[GUEST] = slack.person(GUEST, tz="UTC", is_restricted=True)
        slack.channel("general", self.people[GUEST])
        self.new_door()

    def new_door(self) -> None:
        """An adapter that knows of nothing that was before."""
        slack = self.slack
        settings = SlackSettings(
            bot_token=slack.workspace.bot_token,
            app_token=slack.app.app_token,
            api_base=slack.api_base,
            help_channels=True,
        )
        self.door = SlackDoor(settings, self.clock)

    def add_person(self, name: str) -> None:
        """Somebody else, in the stage's workspace."""
        self.people[name] = self.slack.person(name, tz="UTC")

    async def stop(self) -> None:
        await self.door.stop()
        await self.store.close()
        await self.close_place()
        self.slack.assert_acknowledged(within=3)

    async def close_place(self) -> None:
        """The platform goes; fails if a request was against its rules."""
        await self.slack.stop()
        self.slack.assert_requests_valid()
        if not self.hostile:
            self.slack.assert_markup_right()
        notices = {name: one.notices for name, one in self.slack.people.items() if one.notices}
        assert not notices, notices

    async def command(self, who: str, name: str, options: Mapping[str, Value]) -> Answer:
        group, text = self._line(name, options)
        return await self._act(who, lambda one: one.command(f"/ir-{group}", text))

    def _line(self, name: str, options: Mapping[str, Value]) -> tuple[str, str]:
        group, _space, sub = name.partition(" ")
        words = [sub, *(f'{key}:"{self._typed(value)}"' for key, value in options.items())]
        for key, value in options.items():
            if isinstance(value, Who | Where):  # names become ids only where they stand alone
                words = [one for one in words if not one.startswith(f"{key}:")]
                words.append(f"{key}:{self._typed(value)}")
        return group, " ".join(word for word in words if word)

    async def press(self, who: str, seen: Seen, label: str) -> Answer:
        message = next(one for one in seen.of if label in self.people[who].labels(one))
        return await self._act(who, lambda one: one.press(message, label))

    async def choose(self, who: str, seen: Seen, label: str, *values: str) -> Answer:
        message = next(one for one in seen.of if label in _lists(one))
        many = _lists(message)[label].startswith("multi_")
        wanted = list(values) if many else values[0]
        return await self._act(who, lambda one: one.choose(message, wanted, label=label))

    async def send(self, who: str, sheet: Sheet, values: Mapping[str, Value]) -> Answer:
        native = {key: self._native(value) for key, value in values.items()}

        async def submit(person: Person) -> object:
            outcome = await person.submit(sheet.of, native)
            assert not outcome.errors, outcome.errors
            return outcome

        return await self._act(who, submit)

    async def say(self, who: str, text: str, *docs: Doc) -> object:
        files = [Upload(one.name, one.content) for one in docs]
        return await self.people[who].says("general", text, files=files)

    async def point(self, who: str, message: object, label: str) -> Answer:
        assert isinstance(message, Message)
        offered = {str(one["name"]): str(one["callback_id"]) for one in self.shortcuts}
        return await self._act(who, lambda one: one.shortcut(offered[label], message))

    def in_channel(self, who: str) -> list[str]:
        person = self.people[who]
        return [person.words(one) for one in person.messages("general") if one.bot]

    def direct(self, who: str) -> list[str]:
        person = self.people[who]
        return [person.words(one) for one in person.dms if one.bot]

    def pinged(self) -> list[str]:
        found: list[str] = []
        for channel in self.slack.workspace.channels.values():
            for message in channel.messages:
                quiet = message.only_for is not None or channel.kind == "im"
                if message.bot:
                    found += [p for p in message.pings if not (quiet and p.startswith("<@"))]
        return found

    async def carry(self, who: str, screen: Screen) -> Sent:
        account = Account("slack", self.slack.workspace.id, self.people[who].id)
        return await self.door.send(ToPerson(account), screen, "key")

    async def rush(self, name: str, people: int, options: Mapping[str, Value]) -> list[str]:
        crowd = [self.slack.person(f"p{number}") for number in range(people)]
        group, text = self._line(name, options)
        outcomes = await asyncio.gather(*(one.command(f"/ir-{group}", text) for one in crowd))
        assert all(outcome.acknowledged for outcome in outcomes)
        await self._idle()
        read: list[str] = []
        for person in crowd:
            if person.view is not None:
                read.append(person.view.title)
                await person.close()
            else:
                read.append(person.words(await person.told(within=10)))
        return read

    # Inside -------------------------------------------------------------------------------------

    def _typed(self, value: Value) -> str:
        match value:
            case Who(name):
                return self.people[name].mention
            case Where(name):
                return f"#{name}"
            case Group():
                return ROLE
            case bool():
                return "yes" if value else "no"
            case _:
                return str(value)

    def _native(self, value: Value) -> Any:
        match value:
            case tuple():
                return [self._native(one) for one in value]
            case Who(name):
                return self.people[name].id
            case Where(name):
                return self.slack.channel(name).id
            case Group():
                return ROLE
            case Doc(name, content):
                return Upload(name, content)
            case bool():
                return "Yes" if value else "No"
            case int():
                return str(value)
            case _:
                return value

    async def _act(self, who: str, act: Callable[[Person], Awaitable[object]]) -> Answer:
        person = self.people[who]
        before, form = _screen(person), person.view
        await act(person)
        await self._idle()
        if person.view is not None and person.view is not form:
            view = person.view
            return Sheet(view.title, person.filled(view), view)
        now = _screen(person)
        new = [
            message
            for key, (message, shown) in now.items()
            if before.get(key, ("", ""))[1] != shown
        ]
        assert new, f"nothing appeared\n{person.screen()}"
        files = [self.slack.workspace.files[file] for message in new for file in message.files]
        direct = {one.ts for one in person.dms}
        return Seen(
            text="\n".join(
                [person.words(one) for one in new]
                + [words for file in files for words in (file.title, file.alt_txt) if words]
            ),
            private=all(one.only_for == person.id or one.ts in direct for one in new),
            labels=[label for one in new for label in person.labels(one)],
            lists=[label for one in new for label in _lists(one)],
            files={file.name: file.content for file in files},
            links=[str(e["url"]) for one in new for _, e in elements(one.blocks) if "url" in e],
            of=new,
        )

    async def _idle(self) -> None:
        """Until everything that the bot began has come to an end."""
        held = self.door._open  # pyright: ignore[reportPrivateUsage]
        async with asyncio.timeout(30):
            while held is not None and (tasks := set(held.tasks._tasks)):  # pyright: ignore[reportPrivateUsage]
                await asyncio.wait(tasks)


def _screen(person: Person) -> dict[str, tuple[Message, str]]:
    shown: dict[str, tuple[Message, str]] = {}
    for channel in person.workspace.channels.values():
        for one in person.messages(channel):
            if one.bot:
                shown[one.ts] = (one, json.dumps([one.text, one.blocks, one.files]))
    return shown


def _lists(message: Message) -> dict[str, str]:
    """The lists of a message by label, with the type of each."""
    return {
        str(element["placeholder"]["text"]): str(element["type"])
        for _block, element in elements(message.blocks)
        if "select" in element["type"] and "placeholder" in element
    }
