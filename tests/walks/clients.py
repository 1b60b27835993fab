"""One person at the client of either platform, so that a story is written once for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.people import Account, Place
from tests.discord_server import Can
from tests.discord_server import Message as DiscordMessage
from tests.discord_server.person import Person as DiscordPerson
from tests.discord_server.turn import Turn
from tests.slack_server import Upload as SlackFile
from tests.slack_server.forms import find as found_in
from tests.slack_server.person import Person as SlackPerson
from tests.slack_server.world import Message as SlackMessage
from tests.walks.conftest import Town

WITHIN = 20.0
PATIENCE = 150.0
"""Seconds for what has to be looked through first."""
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """What somebody reads. `of` is what the platform calls it."""

    text: str
    labels: tuple[str, ...]
    of: Any


class Client(Protocol):
    """What a person does; each act says which words come of it. `late`: what the platform showed
    instead of an acknowledgement in time, where the client does not fail at once."""

    late: list[str]

    @property
    def me(self) -> Any:
        """This person as a value of an option."""
        ...

    @property
    def account(self) -> str:
        """What the platform calls this person."""
        ...

    def moderates(self) -> None:
        """From now on."""
        ...

    @property
    def known_as(self) -> Account:
        """Who this is to the bot."""
        ...

    @property
    def home(self) -> tuple[Place, str]:
        """Where this person is, and a channel in which the bot may write there."""
        ...

    async def types(self, name: str, says: str, **options: Any) -> Shown:
        """A command that is complete."""
        ...

    async def opens(self, name: str, **options: Any) -> Any:
        """A command that a form asks the rest of."""
        ...

    async def press(self, shown: Shown, label: str, says: str) -> Shown:
        """A button."""
        ...

    async def press_for_form(self, shown: Shown, label: str) -> Any:
        """A button that opens a form."""
        ...

    async def fills(self, form: Any, values: Values, says: str) -> Shown:
        """A form, page by page where it has several."""
        ...

    async def sends(self, form: Any, values: Values) -> None:
        """A form, page by page where it has several, whose answer takes its time."""
        ...

    async def sees(self, words: str) -> Shown:
        """The newest message with these words, wherever this person looks."""
        ...

    async def chooses(self, shown: Shown, label: str, *values: str) -> None:
        """Values of a list."""
        ...

    async def picks(self, shown: Shown, label: str, option: str, says: str) -> Shown:
        """One of a list, by its words."""
        ...

    def file(self, name: str, content: bytes) -> Any:
        """A file as a value of a form."""
        ...

    async def files(self, shown: Shown, count: int) -> dict[str, bytes]:
        """The so many files that a message shows, by name."""
        ...

    async def gets(self, words: str) -> Shown:
        """A direct message."""
        ...

    def direct(self) -> list[str]:
        """All that the bot wrote directly."""
        ...

    def close_messages(self, *, closed: bool) -> None:
        """Whether the bot's direct messages are refused from now on."""
        ...


class OnDiscord:
    """At a Discord client."""

    def __init__(self, town: Town, name: str) -> None:
        self._town = town
        self._person: DiscordPerson = town.discord.person(name, town.guild)
        self.late: list[str] = []

    @property
    def me(self) -> DiscordPerson:
        return self._person

    @property
    def account(self) -> str:
        return str(self._person.id)

    def moderates(self) -> None:
        discord, guild = self._town.discord, self._town.guild
        boss = discord.add_role(guild, "Boss", Can.MANAGE_GUILD)
        discord.give_role(guild, self._person.user, boss)

    @property
    def known_as(self) -> Account:
        return Account("discord", "", str(self._person.user.id))

    @property
    def home(self) -> tuple[Place, str]:
        guild = self._town.guild
        (room,) = [one for one in guild.channels.values() if one.name == "general"]
        return Place("discord", str(guild.id)), str(room.id)

    async def types(self, name: str, says: str, **options: Any) -> Shown:
        return await self._read(await self._person.slash(name, options), says)

    async def opens(self, name: str, **options: Any) -> Any:
        return await (await self._person.slash(name, options)).modal()

    async def press(self, shown: Shown, label: str, says: str) -> Shown:
        of: list[DiscordMessage] = shown.of
        message = next(one for one in of if label in one.labels)
        return await self._read(await self._person.press(message, label), says)

    async def press_for_form(self, shown: Shown, label: str) -> Any:
        message = next(one for one in shown.of if label in one.labels)
        return await (await self._person.press(message, label)).modal()

    async def fills(self, form: Any, values: Values, says: str) -> Shown:
        return await self._read(await self._fill(form, values), says)

    async def sends(self, form: Any, values: Values) -> None:
        await self._fill(form, values)

    async def _fill(self, form: Any, values: Values) -> Turn:
        left = dict(values)
        while True:
            here = {key: left.pop(key) for key in form.fields if key in left}
            turn = await self._person.submit(form, here)
            first = await turn.reply()
            if "Continue" not in first.labels:
                assert not left, left
                return turn
            form = await (await self._person.press(first, "Continue")).modal()

    async def sees(self, words: str) -> Shown:
        found = await self._person.sees(words, within=PATIENCE)
        return Shown(found.text, tuple(found.labels), [found])

    async def chooses(self, shown: Shown, label: str, *values: str) -> None:
        message, menu = self._menu(shown, label)
        turn = await self._person.choose(message, list(values), custom_id=menu["custom_id"])
        await turn.answered()

    async def picks(self, shown: Shown, label: str, option: str, says: str) -> Shown:
        message, menu = self._menu(shown, label)
        value = next(one["value"] for one in menu["options"] if one["label"] == option)
        turn = await self._person.choose(message, [value], custom_id=menu["custom_id"])
        return await self._read(turn, says)

    def _menu(self, shown: Shown, label: str) -> tuple[DiscordMessage, Any]:
        return next(
            (one, menu)
            for one in shown.of
            for menu in one.selects
            if menu.get("placeholder") == label
        )

    def file(self, name: str, content: bytes) -> Any:
        return self._person.upload(content, name)

    async def files(self, shown: Shown, count: int) -> dict[str, bytes]:
        found = {file.filename: file.data for one in shown.of for file in one.attachments}
        assert len(found) == count, list(found)
        return found

    async def gets(self, words: str) -> Shown:
        found = await self._person.sees(words, channel=self._person.dm, within=WITHIN)
        return Shown(found.text, tuple(found.labels), [found])

    def direct(self) -> list[str]:
        return [one.text for one in self._person.direct_messages]

    def close_messages(self, *, closed: bool) -> None:
        self._person.user.dms_open = not closed

    async def _read(self, turn: Turn, says: str) -> Shown:
        first = await turn.reply()
        of = await turn.settled() or [first]
        text = "\n".join(one.text for one in of)
        assert says in text, text
        return Shown(text, tuple(label for one in of for label in one.labels), of)


class OnSlack:
    """At a Slack client."""

    def __init__(self, town: Town, name: str) -> None:
        self._person: SlackPerson = town.slack.person(name.lower(), tz="UTC")
        self.late: list[str] = []

    @property
    def me(self) -> str:
        return self._person.mention

    @property
    def account(self) -> str:
        return self._person.id

    def moderates(self) -> None:
        self._person.user.is_admin = True

    @property
    def known_as(self) -> Account:
        return Account("slack", self._person.workspace.id, self._person.id)

    @property
    def home(self) -> tuple[Place, str]:
        room = self._person.place("general")
        room.members.add(self._person.workspace.bot.id)
        return Place("slack", self._person.workspace.id), room.id

    async def types(self, name: str, says: str, **options: Any) -> Shown:
        person = self._person
        before = max((float(one.ts) for one in (*person.private, *person.dms)), default=0.0)
        await self._type(name, options)
        return await self._reads(says, before)

    async def opens(self, name: str, **options: Any) -> Any:
        await self._type(name, options)
        return await self._person.gets_form(within=WITHIN)

    async def press(self, shown: Shown, label: str, says: str) -> Shown:
        await self._person.press(shown.of, label)
        return await self._reads(says)

    async def press_for_form(self, shown: Shown, label: str) -> Any:
        await self._person.press(shown.of, label)
        return await self._person.gets_form(within=WITHIN)

    async def fills(self, form: Any, values: Values, says: str) -> Shown:
        await self.sends(form, values)
        return await self._reads(says)

    async def sends(self, form: Any, values: Values) -> None:
        native = {
            key: [*value] if isinstance(value, tuple) else str(value)
            for key, value in values.items()
        }
        outcome = await self._person.submit(form, native)
        assert not outcome.errors, outcome.errors

    async def sees(self, words: str) -> Shown:
        person = self._person

        def look() -> SlackMessage | None:
            channels = person.workspace.channels.values()
            seen = [one for channel in channels for one in person.messages(channel)]
            seen.sort(key=lambda one: float(one.ts), reverse=True)
            return next((one for one in seen if words in person.words(one)), None)

        return self._shown(await person.wait_for(look, within=PATIENCE))

    async def chooses(self, shown: Shown, label: str, *values: str) -> None:
        await self._person.choose(shown.of, list(values), label=label)

    async def picks(self, shown: Shown, label: str, option: str, says: str) -> Shown:
        _block, menu = found_in(shown.of.blocks, label=label)
        value = next(one["value"] for one in menu["options"] if one["text"]["text"] == option)
        await self._person.choose(shown.of, value, label=label)
        return await self._reads(says)

    def file(self, name: str, content: bytes) -> Any:
        return SlackFile(name, content)

    async def files(self, shown: Shown, count: int) -> dict[str, bytes]:
        """Slack shows them below the message; those of screens that are gone were deleted."""
        person, below = self._person, shown.of

        def look() -> list[dict[str, bytes]]:
            held = [
                person.workspace.files[file]
                for one in person.messages(person.workspace.channels[below.channel])
                if one.bot and float(one.ts) > float(below.ts)
                for file in one.files
            ]
            found = {file.name: file.content for file in held if not file.deleted}
            return [found] if len(found) == count else []

        (found,) = await person.wait_for(look, within=WITHIN)
        return found

    async def gets(self, words: str) -> Shown:
        found = await self._person.gets_dm(words, within=WITHIN)
        return self._shown(found)

    def direct(self) -> list[str]:
        return [self._person.words(one) for one in self._person.dms if one.bot]

    def close_messages(self, *, closed: bool) -> None:
        self._person.user.dms_refused_with = "cannot_dm_bot" if closed else None

    async def _type(self, name: str, options: Values) -> None:
        group, _space, word = name.partition(" ")
        given = {key: "yes" if value is True else value for key, value in options.items()}
        typed = " ".join(
            f"{key}:{value}" if str(value).startswith("<@") else f'{key}:"{value}"'
            for key, value in given.items()
        )
        outcome = await self._person.command(f"/ir-{group}", f"{word} {typed}".strip())
        if outcome.error is not None:
            self.late.append(outcome.error)

    async def _reads(self, words: str, before: float = 0.0) -> Shown:
        person = self._person

        def look() -> SlackMessage | None:
            both = sorted((*person.private, *person.dms), key=lambda one: float(one.ts))
            new = [one for one in both if float(one.ts) > before]
            return next((one for one in reversed(new) if words in person.words(one)), None)

        return self._shown(await person.wait_for(look, within=WITHIN))

    def _shown(self, found: SlackMessage | None) -> Shown:
        assert found is not None
        return Shown(self._person.words(found), tuple(self._person.labels(found)), found)


CLIENTS = {"discord": OnDiscord, "slack": OnSlack}
