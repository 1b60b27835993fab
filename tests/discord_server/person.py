"""Somebody who uses the bot: acts as Discord's client lets them, sees what it would show them."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.discord_server import interactions as acts
from tests.discord_server import permissions, wire
from tests.discord_server.components import LINK
from tests.discord_server.composing import Draft, compose, store_file
from tests.discord_server.invoking import (
    Resolved,
    Upload,
    build_options,
    find_command,
    find_leaf,
    nest,
)
from tests.discord_server.permissions import Can
from tests.discord_server.routes import automod
from tests.discord_server.submitting import modal_components, select_values
from tests.discord_server.turn import Modal, NoAnswer, NotOffered, Turn
from tests.discord_server.world import TEXT, Channel, Guild, Json, Message, User

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


class Stopped(NotOffered):
    """A rule of the server stopped the message; the text is what its author reads."""


class Person:
    """A driver for one account. `at` is the channel used where none is named."""

    def __init__(self, server: "DiscordServer", user: User) -> None:
        self._server = server
        self.user = user
        self.at: Channel | None = None

    # places

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def mention(self) -> str:
        return f"<@{self.user.id}>"

    @property
    def guilds(self) -> list[Guild]:
        return [g for g in self._server.world.guilds.values() if self.user.id in g.members]

    @property
    def dm(self) -> Channel:
        """The direct channel with the bot; opened by looking at it."""
        return self._server.world.open_direct(self.user)

    def bits(self, channel: Channel) -> int:
        """This person's permissions in a channel."""
        if channel.guild is None:
            return int(permissions.DIRECT) if channel.recipient is self.user else 0
        member = channel.guild.members.get(self.user.id)
        return permissions.in_channel(member, channel) if member else 0

    def _place(self, channel: Channel | None) -> Channel:
        place = channel or self.at
        if place is None:
            places = [c for g in self.guilds for c in g.channels.values() if c.type == TEXT]
            place = next((c for c in places if self.bits(c) & Can.VIEW_CHANNEL), None)
        if place is None:
            raise NotOffered(f"{self.user.name} is in no channel")
        if not self.bits(place) & Can.VIEW_CHANNEL:
            raise NotOffered(f"{self.user.name} does not see #{place.name}")
        return place

    # acts

    def upload(self, data: bytes, filename: str, description: str | None = None) -> Upload:
        """A file to give as an option, in a form, or with a message."""
        return Upload(data, filename, description)

    async def slash(
        self,
        command: str,
        options: dict[str, Any] | None = None,
        *,
        channel: Channel | None = None,
    ) -> Turn:
        """Use a command, `"hours list"`; raises NotOffered for what the client would not send."""
        place = self._place(channel)
        data = self._command_data(command, options or {}, place)
        return self._start(acts.COMMAND, place, data, command_type=1)

    async def autocomplete(
        self,
        command: str,
        option: str,
        partial: str = "",
        *,
        options: dict[str, Any] | None = None,
        channel: Channel | None = None,
    ) -> list[Json]:
        """The completions the bot offers while this option is typed."""
        place = self._place(channel)
        given = {**(options or {}), option: partial}
        data = self._command_data(command, given, place, focused=option)
        return await self._start(acts.AUTOCOMPLETE, place, data, command_type=1).choices()

    async def menu(
        self, command: str, target: "Message | User | Person", *, channel: Channel | None = None
    ) -> Turn:
        """Use an entry of the menu of a message or of a person."""
        kind = 3 if isinstance(target, Message) else 2
        place = target.channel if isinstance(target, Message) else self._place(channel)
        found = find_command(self._server, self.user, command, place, kind)
        resolved = Resolved(self._server, place)
        if isinstance(target, Message):
            self._visible(target)
            seen = self._server.message_json(target)
            resolved.parts["messages"] = {str(target.id): seen}
            target_id = str(target.id)
        else:
            target_id = resolved.add(target)
        data = self._named(found, place) | {"target_id": target_id, "resolved": resolved.parts}
        return self._start(acts.COMMAND, place, data, command_type=kind)

    def _command_data(
        self, command: str, values: dict[str, Any], place: Channel, focused: str | None = None
    ) -> Json:
        first, *words = command.lstrip("/").split()
        found = find_command(self._server, self.user, first, place)
        path = find_leaf(found, words)
        leaf = path[-1] if path else found
        if focused is not None:
            option = next((o for o in leaf.get("options", []) if o["name"] == focused), None)
            if option is None or not option.get("autocomplete"):
                raise NotOffered(f"{command!r} does not complete {focused!r}")
        resolved = Resolved(self._server, place)
        options = build_options(leaf, values, resolved, focused=focused)
        data = self._named(found, place) | {"options": nest(path, options)}
        return data | ({"resolved": resolved.parts} if resolved.parts else {})

    def _named(self, command: Json, place: Channel) -> Json:
        named = {k: command[k] for k in ("id", "name", "type")}
        if "guild_id" in command and place.guild:
            named["guild_id"] = str(place.guild.id)
        return named

    async def press(
        self, message: Message, label: str | None = None, *, custom_id: str | None = None
    ) -> Turn:
        """Press a button of a message, named by its label or its custom_id."""
        self._visible(message)
        found = [
            b
            for b in message.buttons
            if (label is None or b.get("label") == label)
            and (custom_id is None or b.get("custom_id") == custom_id)
        ]
        if len(found) != 1:
            raise NotOffered(f"{len(found)} buttons are {label or custom_id!r}: {message.labels}")
        button = found[0]
        if button.get("disabled"):
            raise NotOffered(f"the button {button.get('label')!r} is disabled")
        if button["style"] >= LINK:
            raise NotOffered(f"the button {button.get('label')!r} opens {button.get('url')}")
        return self._component(message, button, {})

    async def choose(self, message: Message, values: Any, *, custom_id: str | None = None) -> Turn:
        """Pick values of a select menu: option values or labels, people, roles, channels."""
        self._visible(message)
        menus = [s for s in message.selects if custom_id in (None, s["custom_id"])]
        if len(menus) != 1:
            raise NotOffered(f"{len(menus)} select menus are {custom_id!r}")
        if menus[0].get("disabled"):
            raise NotOffered("the select menu is disabled")
        resolved = Resolved(self._server, message.channel)
        wanted = list(values) if isinstance(values, list | tuple) else [values]
        data: Json = {"values": select_values(menus[0], wanted, resolved)}
        if resolved.parts:
            data["resolved"] = resolved.parts
        return self._component(message, menus[0], data)

    def _component(self, message: Message, component: Json, data: Json) -> Turn:
        own = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component["id"],
        }
        return self._start(acts.COMPONENT, message.channel, own | data, source=message)

    async def submit(self, modal: Modal, values: dict[str, Any] | None = None) -> Turn:
        """Fill in and send a form; fields that are not named keep what they came with."""
        opened = modal.turn.interaction
        resolved = Resolved(self._server, opened.channel)
        data: Json = {
            "custom_id": modal.custom_id,
            "components": modal_components(modal.data, values or {}, resolved),
        }
        if resolved.parts:
            data["resolved"] = resolved.parts
        return self._start(acts.SUBMIT, opened.channel, data, source=opened.source)

    async def says(
        self,
        text: str,
        *,
        channel: Channel | None = None,
        files: tuple[Upload, ...] = (),
        reply_to: Message | None = None,
    ) -> Message:
        """Write a message."""
        place = self._place(channel)
        wanted = Can.SEND_MESSAGES_IN_THREADS if place.is_thread else Can.SEND_MESSAGES
        if not self.bits(place) & wanted:
            raise NotOffered(f"{self.user.name} cannot write in #{place.name}")
        if place.guild is not None:
            member = place.guild.members[self.user.id]
            said = automod.stopped(place.guild, place, member, text)
            if said is not None:
                raise Stopped(said)
        body = {"content": text or "\u200b"} if files else {"content": text}
        made = compose(self._server, place, self.user, Draft(body, []))
        made.content = text
        made.attachments = [
            store_file(self._server, place, f.data, f.filename, description=f.description)
            for f in files
        ]
        if reply_to is not None:
            made.type, made.reference, made.reference_id = 19, reply_to, reply_to.id
        place.messages[made.id] = made
        self._server.events.message("MESSAGE_CREATE", made)
        return made

    async def edits(
        self, message: Message, text: str | None = None, files: tuple[Upload, ...] = ()
    ) -> None:
        """Change one's own message: other words, or further files."""
        if message.author is not self.user:
            raise NotOffered("only one's own messages can be changed")
        message.content = message.content if text is None else text
        place = message.channel
        message.attachments += [store_file(self._server, place, f.data, f.filename) for f in files]
        message.edited = self._server.clock.now()
        self._server.events.message("MESSAGE_UPDATE", message)

    async def forwards(self, message: Message, channel: Channel) -> Message:
        """Pass a message on, as it is at this moment."""
        self._visible(message)
        made = compose(self._server, channel, self.user, Draft({"content": "\u200b"}, []))
        made.content, made.forwards = "", message
        channel.messages[made.id] = made
        self._server.events.message("MESSAGE_CREATE", made)
        return made

    async def deletes(self, message: Message) -> None:
        """Delete one's own message."""
        if message.author is not self.user:
            raise NotOffered("only one's own messages can be deleted")
        message.deleted = True
        message.channel.messages.pop(message.id)
        self._server.events.message_delete(message)

    # sight

    def messages(self, channel: Channel | None = None) -> list[Message]:
        """What this person sees in a channel, private replies to them included; oldest first."""
        place = self._place(channel)
        return [m for m in place.messages.values() if m.ephemeral_to in (None, self.user.id)]

    @property
    def direct_messages(self) -> list[Message]:
        """What the bot has written to this person directly."""
        place = self._server.world.direct(self.user)
        return [m for m in place.messages.values() if m.author.bot] if place else []

    async def wait_for(
        self,
        wanted: str | Callable[[Message], bool],
        *,
        channel: Channel | None = None,
        within: float = 5.0,
    ) -> Message:
        """Wait until this person sees a message with these words, or one the predicate takes.

        Looks into `channel`, or else into every place the person sees; newest first.
        """

        def matches(message: Message) -> bool:
            if message.loading:
                return False
            return wanted in message.text if isinstance(wanted, str) else wanted(message)

        def look() -> Message | None:
            places = [channel] if channel else list(self._server.world.channels.values())
            seen = [
                m
                for p in places
                if self.bits(p) & Can.VIEW_CHANNEL
                for m in p.messages.values()
                if m.ephemeral_to in (None, self.user.id) and matches(m)
            ]
            return max(seen, key=lambda m: m.id, default=None)

        try:
            return await self._server.until(look, within)
        except TimeoutError:
            raise NoAnswer(f"{self.user.name} did not see {wanted!r} in {within} s") from None

    async def sees(self, text: str, **how: Any) -> Message:
        """Wait until this person sees these words; the message they are in."""
        return await self.wait_for(text, **how)

    async def sees_nothing_new(self, seconds: float = 0.3) -> None:
        """Fail if a message appears anywhere this person looks, within this time."""
        before = self._all()
        await asyncio.sleep(seconds)
        new = [m.text for m in self._all() if m not in before]
        assert not new, f"{self.user.name} got {new}"

    def _all(self) -> list[Message]:
        places = [c for c in self._server.world.channels.values() if self.bits(c)]
        return [m for c in places for m in self.messages(c)]

    def _visible(self, message: Message) -> None:
        if message.deleted or message not in self.messages(message.channel):
            raise NotOffered(f"{self.user.name} does not see that message")

    # sending

    def _start(
        self,
        kind: int,
        place: Channel,
        data: Json,
        *,
        source: Message | None = None,
        command_type: int | None = None,
    ) -> Turn:
        server = self._server
        app = server.world.application
        guild = place.guild
        payload: Json = {
            "application_id": str(app.id),
            "channel_id": str(place.id),
            "channel": {**wire.channel(place), "permissions": str(self.bits(place))},
            "data": data,
            "locale": self.user.locale,
            "entitlements": [],
            "attachment_size_limit": server.limits.file_bytes,
            "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
            "context": 0 if guild else 1,
        }
        if guild is not None:
            bot = guild.members.get(app.bot.id)
            bits = permissions.in_channel(bot, place) if bot else 0
            own = wire.member(guild.members[self.user.id])
            seen = {**own, "permissions": str(self.bits(place))}
            payload |= {
                "guild_id": str(guild.id),
                "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
                "guild_locale": guild.locale,
                "member": seen,
                "app_permissions": str(bits),
            }
        else:
            bits = permissions.APP_IN_DIRECT
            payload |= {"user": wire.user(self.user), "app_permissions": str(int(bits))}
        if source is not None:
            payload["message"] = server.message_json(source)
        one = server.interactions.start(
            kind, self.user, place, payload, source=source, command_type=command_type
        )
        return Turn(server, one)
