"""One call of a Web API method: reading its arguments and finding what they name."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.slack_server.wire import Json, Recorded, Refusal, messages
from tests.slack_server.world import Channel, User, Workspace, World

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
PAGE = 100


@dataclass
class Call:
    """What a method gets: who asks, with which arguments, and the server to act on."""

    server: "SlackServer"
    workspace: Workspace
    recorded: Recorded
    warnings: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        """Everything that exists."""
        return self.server.world

    @property
    def args(self) -> Json:
        """The arguments, wherever they stood in the request."""
        return self.recorded.args

    def text(self, name: str, default: str = "") -> str:
        """A string argument; numbers count as their digits, as with Slack."""
        value = self.args.get(name)
        if value is None:
            return default
        if isinstance(value, (dict, list)):
            raise Refusal("invalid_arguments", response_metadata=messages(f"bad type: {name}"))
        return str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        """A string argument that must be there and not be empty."""
        value = self.text(name)
        if not value:
            raise Refusal(error, response_metadata=messages(f"missing required field: {name}"))
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument in any of its spellings."""
        value = self.args.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise Refusal("invalid_arguments") from error

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON argument, given as a structure or as a string holding one; None if absent."""
        value = self.args.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                return json.loads(value)
            except ValueError as problem:
                raise Refusal(error) from problem
        return value

    def needs(self, *scopes: str) -> None:
        """Refuse unless every one of these scopes is granted to the bot token."""
        for scope in scopes:
            if scope not in self.workspace.scopes:
                provided = ",".join(sorted(self.workspace.scopes))
                raise Refusal("missing_scope", needed=scope, provided=provided)

    def channel(self, *, by_name: bool = False) -> Channel:
        """The channel of the `channel` argument, if the bot may know that it exists.

        Only posting takes names; every other method wants the id.
        """
        given = self.required("channel", "channel_not_found")
        channel = self.workspace.channels.get(given)
        if channel is None and by_name:
            channel = self.workspace.channel_named(given)
        bot = self.workspace.bot.id
        if channel is None or (channel.kind != "public" and bot not in channel.members):
            raise Refusal("channel_not_found")
        return channel

    def user(self, name: str = "user") -> User:
        """The person named by an argument."""
        user = self.workspace.users.get(self.required(name, "user_not_found"))
        if user is None:
            raise Refusal("user_not_found")
        return user

    def page(self, items: list[Any], key: str) -> Json:
        """A part of a list, with the cursor to the next."""
        limit = self.number("limit", PAGE)
        if not 1 <= limit <= 1000:
            raise Refusal("invalid_limit")
        cursor = self.text("cursor")
        if cursor and not cursor.isdigit():
            raise Refusal("invalid_cursor")
        start = int(cursor or 0)
        end = start + limit
        following = str(end) if end < len(items) else ""
        return {key: items[start:end], "response_metadata": {"next_cursor": following}}


@dataclass(frozen=True)
class Method:
    """A Web API method: what it does and the scopes without which it is refused."""

    run: Callable[[Call], Json | Awaitable[Json]]
    scopes: tuple[str, ...] = ()
    token: str = "bot"
    """`bot`, or `app` for the one method that takes the app-level token."""
