"""What one person sees on their screen: channels, private replies, forms, App Home, warnings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tests.slack_server import mrkdwn
from tests.slack_server.block_kit import elements
from tests.slack_server.forms import content
from tests.slack_server.world import Channel, Message, User, View, Workspace

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

T = TypeVar("T")


class Reader:
    """The eyes of a person."""

    def __init__(self, server: "SlackServer", workspace: Workspace, user: User) -> None:
        self.server = server
        self.workspace = workspace
        self.user = user
        self.notices: list[str] = []
        """Warnings their client showed: `operation_timeout`, `dispatch_failed`..."""

    @property
    def id(self) -> str:
        """Their user id."""
        return self.user.id

    def messages(self, channel: "str | Channel" = "general") -> list[Message]:
        """What stands in a channel for this person, private replies to them included."""
        place = self.place(channel)
        if self.id not in place.members:
            return []
        return [
            message
            for message in place.messages
            if not message.deleted and message.only_for in (None, self.id)
        ]

    def place(self, channel: "str | Channel") -> Channel:
        """A channel by name or id; `dm` is the conversation with the bot."""
        if isinstance(channel, Channel):
            return channel
        if channel == "dm":
            return self.server.world.open_im(self.workspace, self.user)
        found = self.workspace.channel_named(channel)
        if found is None:
            raise LookupError(f"no channel {channel}")
        return found

    @property
    def private(self) -> list[Message]:
        """Private replies on their screen, oldest first, from every channel."""
        found = [
            message
            for channel in self.workspace.channels.values()
            for message in channel.messages
            if message.only_for == self.id and not message.deleted
        ]
        return sorted(found, key=lambda message: float(message.ts))

    @property
    def dms(self) -> list[Message]:
        """The conversation with the bot."""
        channel = self.workspace.im(self.id)
        return [] if channel is None else self.messages(channel)

    @property
    def views(self) -> list[View]:
        """Open forms, the top one last."""
        return self.workspace.stacks.get(self.id, [])

    @property
    def view(self) -> View | None:
        """The form on top."""
        return self.views[-1] if self.views else None

    @property
    def home(self) -> View | None:
        """Their App Home, once published."""
        return self.workspace.homes.get(self.id)

    def words(self, what: Message | View) -> str:
        """What they read there: names for ids, times in their own zone, buttons in brackets."""
        names = {user.id: user.name for user in self.workspace.users.values()}
        names |= {channel.id: channel.name for channel in self.workspace.channels.values()}
        blocks = mrkdwn.readable(what.blocks, names, self.user.tz)
        if isinstance(what, View):
            errors = [f"! {block_id}: {error}" for block_id, error in what.errors.items()]
            return "\n".join([what.title, blocks, *errors]).strip()
        files = [f"[file {self.workspace.files[file_id].name}]" for file_id in what.files]
        shown = blocks or mrkdwn.shown(what.text, names, self.user.tz)
        return "\n".join([shown, *files]).strip()

    def filled(self, view: View) -> dict[str, Any]:
        """What stands in the fields of a form, by block id: text, option values, ids, dates."""
        return {
            block_id: content(value)
            for block_id, actions in view.values.items()
            for value in actions.values()
        }

    def labels(self, what: Message | View) -> list[str]:
        """The words on its buttons, in order."""
        return [
            element["text"]["text"]
            for _, element in elements(what.blocks)
            if element["type"] == "button"
        ]

    def reload(self) -> None:
        """Reload the client: private replies and open forms are gone."""
        for message in self.private:
            message.deleted = True
        self.workspace.stacks[self.id] = []
        self.server.world.bell.ring()

    # -- waiting ------------------------------------------------------------------------------

    async def wait_for(self, predicate: Callable[[], T], within: float = 5.0) -> T:
        """The first truthy result; on failure the whole screen is in the error."""
        try:
            return await self.server.wait_for(predicate, within)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.screen()}") from None

    def _latest(self, messages: list[Message], words: str) -> Message | None:
        hits = (message for message in reversed(messages) if words in self.words(message))
        return next(hits, None)

    async def reads(
        self, words: str, channel: "str | Channel" = "general", within: float = 5.0
    ) -> Message:
        """The latest message with these words in a channel (a private reply counts)."""
        hit = await self.wait_for(lambda: self._latest(self.messages(channel), words), within)
        assert hit is not None
        return hit

    async def told(self, words: str = "", within: float = 5.0) -> Message:
        """The latest private reply with these words, in whatever channel."""
        hit = await self.wait_for(lambda: self._latest(self.private, words), within)
        assert hit is not None
        return hit

    async def gets_dm(self, words: str = "", within: float = 5.0) -> Message:
        """The latest message of the bot with these words in their direct conversation."""
        hit = await self.wait_for(
            lambda: self._latest([each for each in self.dms if each.bot], words), within
        )
        assert hit is not None
        return hit

    async def gets_form(self, words: str = "", within: float = 5.0) -> View:
        """The form on top, once it shows these words."""
        hit = await self.wait_for(
            lambda: self.view if self.view and words in self.words(self.view) else None, within
        )
        assert hit is not None
        return hit

    async def gets_home(self, words: str = "", within: float = 5.0) -> View:
        """Their App Home, once it shows these words."""
        hit = await self.wait_for(
            lambda: self.home if self.home and words in self.words(self.home) else None, within
        )
        assert hit is not None
        return hit

    def screen(self) -> str:
        """Everything they see, for the error of a test that failed."""
        lines = [f"-- what {self.user.name} sees --"]
        for channel in self.workspace.channels.values():
            seen = self.messages(channel)
            if seen:
                name = "direct messages" if channel.kind == "im" else f"#{channel.name}"
                lines.append(f"== {name}")
            for message in seen:
                mark = " (only you)" if message.only_for else ""
                who = self.workspace.users[message.user].name
                lines.append(f"{who}{mark}: {self.words(message)}")
        for view in self.views:
            lines.append(f"== form {self.words(view)}")
        if self.home:
            lines.append(f"== home {self.words(self.home)}")
        if self.notices:
            lines.append(f"== warnings: {', '.join(self.notices)}")
        return "\n".join(lines)
