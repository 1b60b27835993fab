"""The stage on Discord."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from adapters.discord.commands import SETUP
from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from bot.clock import HandMovedClock
from bot.domain.people import Account
from bot.runtime.core import Core
from bot.runtime.doors import Sent, ToPerson
from bot.runtime.forms import RUNTIME_ACTIONS, Page
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.runtime.screen import Screen
from bot.ui.parts import Can
from bot.ui.wire import from_wire
from storage import MemoryStore, memory_store
from tests.contract.stage import (
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
from tests.discord_server import Can as Permission
from tests.discord_server import DiscordServer
from tests.discord_server.components import walk
from tests.discord_server.gateway import MESSAGE_CONTENT
from tests.discord_server.interactions import MODAL
from tests.discord_server.person import Person
from tests.discord_server.turn import Modal, Turn
from tests.discord_server.world import Channel, Message, Role

_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
_ADDRESS = re.compile(r"<(https?://[^>]+)>")


def _draft(form: Sheet) -> str:
    """What all pages of one form share."""
    page = from_wire(form.of.custom_id, RUNTIME_ACTIONS).action
    assert isinstance(page, Page)
    return page.draft


class OnDiscord:
    """Every act goes through what Discord's client offers."""

    can = frozenset(
        {
            Can.FILE_IN_COMMAND,
            Can.REMOVE_OTHERS_MESSAGES,
            Can.PLACE_ROLES,
            Can.HEAR_CHANNELS,
        }
    )

    kinds = (MEMBER, MODERATOR)  # Discord has no guests: whoever is there is a member

    def __init__(self) -> None:
        self.clock = HandMovedClock(NOW)
        self.hostile = False
        self.server = DiscordServer(privileged_intents=MESSAGE_CONTENT)
        self.crowds: dict[bool, list[Person]] = {False: [], True: []}
        self.store: MemoryStore = memory_store()
        self.doors = Doors()

    async def start(self, makes: Makes) -> None:
        registry = makes(self.store, self.clock, self.doors)
        await self.open_place(registry)
        self.doors.add(self.door)
        await self.door.start(Core(registry, self.store, self.clock, self.door, set_up=True))

    async def open_place(self, registry: Registry) -> None:
        """The platform with everybody on it, and the adapter, which is not yet connected."""
        server = self.server
        await server.start()
        self.guild = server.add_guild()
        self.general: Channel = next(iter(self.guild.channels.values()))
        self.role: Role = server.add_role(self.guild, "Residents")
        self.boss = server.add_role(self.guild, "Boss", Permission.MANAGE_GUILD)
        self.people = {name: server.person(name, self.guild) for name in (MEMBER, OTHER)}
        self.people[MODERATOR] = server.person(MODERATOR, self.guild, roles=(self.boss,))
        self.new_door()

    def new_door(self) -> None:
        """An adapter that knows of nothing that was before."""
        settings = DiscordSettings(
            self.server.token,
            self.server.api_base,
            ("message_content",),
            first_contacts_per_minute=6000,
        )
        self.door = DiscordDoor(settings, self.clock)

    def add_person(self, name: str) -> None:
        """Somebody else, on the stage's server."""
        self.people[name] = self.server.person(name, self.guild)

    async def stop(self) -> None:
        await self.door.stop()
        await self.store.close()
        await self.close_place()

    async def close_place(self) -> None:
        """The platform goes; fails if a request was against its rules."""
        await self.server.stop()
        assert not self.server.api.crashes, self.server.api.crashes
        self.server.assert_requests_valid()
        assert not self.server.own_faults()

    async def command(self, who: str, name: str, options: Mapping[str, Value]) -> Answer:
        given = {key: self._native(who, value) for key, value in options.items()}
        return await self._answer(await self.people[who].slash(name, given, channel=self.general))

    async def press(self, who: str, seen: Seen, label: str) -> Answer:
        message = next(one for one in seen.of if label in one.labels)
        return await self._answer(await self.people[who].press(message, label))

    async def choose(self, who: str, seen: Seen, label: str, *values: str) -> Answer:
        message, menu = next(
            (one, menu)
            for one in seen.of
            for menu in one.selects
            if menu.get("placeholder") == label
        )
        turn = await self.people[who].choose(message, list(values), custom_id=menu["custom_id"])
        return await self._answer(turn)

    async def send(self, who: str, sheet: Sheet, values: Mapping[str, Value]) -> Answer:
        left = {key: self._native(who, value, in_form=True) for key, value in values.items()}
        answer: Answer = sheet
        while isinstance(answer, Sheet):
            here = {key: left.pop(key) for key in answer.fields if key in left}
            sent = _draft(answer)
            answer = await self._answer(await self.people[who].submit(answer.of, here))
            if isinstance(answer, Seen) and "Continue" in answer.labels:
                answer = await self.press(who, answer, "Continue")
                if isinstance(answer, Sheet) and _draft(answer) != sent:
                    break  # not a further page of this form: the handler's answer is a form itself
        assert not left, f"never asked for: {left}"
        return answer

    async def say(self, who: str, text: str, *docs: Doc) -> object:
        person = self.people[who]
        files = tuple(person.upload(one.content, one.name) for one in docs)
        return await person.says(text, channel=self.general, files=files)

    async def point(self, who: str, message: object, label: str) -> Answer:
        assert isinstance(message, Message)
        return await self._answer(await self.people[who].menu(label, message))

    def in_channel(self, who: str) -> list[str]:
        return [_read(one) for one in self.people[who].messages(self.general) if one.author.bot]

    def direct(self, who: str) -> list[str]:
        return [_read(one) for one in self.people[who].direct_messages]

    def pinged(self) -> list[str]:
        found: list[str] = []
        for channel in self.server.world.channels.values():
            for message in channel.messages.values():
                if message.author.bot:
                    found += [user.name for user in message.mentions]
                    found += [str(role) for role in message.mention_roles]
                    found += ["everyone"] * message.mention_everyone
        return found

    async def carry(self, who: str, screen: Screen) -> Sent:
        account = Account("discord", "", str(self.people[who].id))
        return await self.door.send(ToPerson(account), screen, "key")

    async def rush(self, name: str, people: int, options: Mapping[str, Value]) -> list[str]:
        managers = name.startswith(f"{SETUP} ")  # the client offers it to nobody else
        crowd = self.crowds[managers]
        while len(crowd) < people:
            roles = (self.boss,) if managers else ()
            crowd.append(self.server.person(f"P{len(crowd)}", self.guild, roles=roles))
        given = {key: self._native(MEMBER, value) for key, value in options.items()}
        turns = [await one.slash(name, given, channel=self.general) for one in crowd[:people]]
        # `answered` fails once an answer is later than Discord waits for it.
        kinds = await asyncio.gather(*(turn.answered() for turn in turns))
        return [
            (await turn.modal()).title if kind == MODAL else _read(await turn.reply())
            for turn, kind in zip(turns, kinds, strict=True)
        ]

    # Inside -------------------------------------------------------------------------------------

    def _native(self, who: str, value: Value, *, in_form: bool = False) -> Any:
        match value:
            case tuple():
                return [self._native(who, one) for one in value]
            case Who(name):
                return self.people[name]
            case Where():
                return self.general
            case Group():
                return self.role
            case Doc(name, content):
                return self.people[who].upload(content, name)
            case bool() if in_form:
                return "Yes" if value else "No"
            case int() if in_form and not isinstance(value, bool):
                return str(value)
            case _:
                return value

    async def _answer(self, turn: Turn) -> Answer:
        if await turn.answered() == MODAL:
            modal: Modal = await turn.modal()
            fields = {name: one.get("value") for name, one in modal.fields.items()}
            return Sheet(modal.title, fields, modal)
        first = await turn.reply()
        messages = await turn.settled() or [first]
        return Seen(
            text="\n".join(_read(one) for one in messages),
            private=all(one.private for one in messages),
            labels=[label for one in messages for label in one.labels],
            lists=[str(menu.get("placeholder")) for one in messages for menu in one.selects],
            files={file.filename: file.data for one in messages for file in one.attachments},
            links=[url for one in messages for url in one.links.values()],
            of=list(messages),
        )


def _read(message: Message) -> str:
    """As the client shows it: without what only escapes."""
    described = [str(one.description or "") for one in message.attachments]
    described += [str(c["description"]) for c in walk(message.components) if c.get("description")]
    described += [
        str(item["description"])
        for c in walk(message.components)
        for item in c.get("items", [])
        if item.get("description")
    ]
    text = "\n".join([message.text, *dict.fromkeys(one for one in described if one)])
    text = _ADDRESS.sub(r"\1", text.replace("\u200b", ""))
    return _ESCAPED.sub(r"\1", text)
