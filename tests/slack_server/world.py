"""What exists in the pretend Slack: plain records, no protocol, no rules about who may what."""

import asyncio
import itertools
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["public", "private", "im"]

# What an app like ours is usually granted; tests narrow it with `workspace.scopes`.
USUAL_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "pins:write",
        "reactions:write",
        "team:read",
        "users:read",
    }
)


@dataclass
class User:
    """A human or a bot of one workspace."""

    id: str
    name: str
    team: str
    real_name: str = ""
    tz: str = "America/New_York"
    tz_label: str = "Eastern Time"
    tz_offset: int = -18000
    locale: str = "en-US"
    email: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    dms_refused_with: str | None = None
    """Error that conversations.open gives for them (`cannot_dm_bot`, `user_not_found`...)."""


@dataclass
class Message:
    """One message. `only_for` makes it a private reply: gone when that person reloads."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    bot: bool = False
    thread_ts: str | None = None
    only_for: str | None = None
    edited: bool = False
    deleted: bool = False
    files: list[str] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, set[str]] = field(default_factory=dict)
    pinned: bool = False
    metadata: Json | None = None
    pings: list[str] = field(default_factory=list)
    """What in this message notifies people: `<!channel>`, `<!here>`, `<@U..>`, `<!subteam^..>`."""


@dataclass
class Channel:
    """A channel, or a direct conversation between one person and the bot (`im`)."""

    id: str
    name: str
    team: str
    kind: Kind = "public"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    partner: str | None = None
    messages: list[Message] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""

    def message(self, ts: str) -> Message | None:
        """The message with this timestamp that is not deleted and not a private reply."""
        for message in reversed(self.messages):
            if message.ts == ts and not message.deleted and message.only_for is None:
                return message
        return None


@dataclass
class View:
    """A form on somebody's screen, or their App Home. `body` is what the app sent, completed."""

    id: str
    user: str
    team: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    """What the person has filled in so far, by block and action id, in Slack's own shape."""
    errors: dict[str, str] = field(default_factory=dict)
    """Sentences the app put beside fields at the last submit."""

    @property
    def blocks(self) -> list[Json]:
        """The blocks as they stand."""
        return self.body["blocks"]

    @property
    def title(self) -> str:
        """The words at the top; empty for App Home."""
        return self.body.get("title", {}).get("text", "")

    @property
    def callback_id(self) -> str:
        """The id by which the app knows its form."""
        return self.body.get("callback_id", "")


@dataclass
class StoredFile:
    """An uploaded file. `visible_in` lists the channels where it was shared."""

    id: str
    name: str
    user: str
    team: str
    content: bytes = b""
    title: str = ""
    mimetype: str = "application/octet-stream"
    alt_txt: str | None = None
    announced_length: int | None = None
    uploaded: bool = False
    complete: bool = False
    deleted: bool = False
    visible_in: set[str] = field(default_factory=set)
    given_to_app: bool = False
    secret: str = ""
    created: int = 0


@dataclass
class Workspace:
    """One team with the app installed in it."""

    id: str
    name: str
    domain: str
    bot: User
    bot_id: str
    bot_token: str
    scopes: set[str]
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    token_revoked: bool = False

    def channel_named(self, name: str) -> Channel | None:
        """The public or private channel with this name or id."""
        bare = name.removeprefix("#")
        for channel in self.channels.values():
            if channel.id == name or (channel.kind != "im" and channel.name == bare):
                return channel
        return None

    def im(self, user: str) -> Channel | None:
        """The direct conversation between this person and the bot, if it was ever opened."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.partner == user:
                return channel
        return None

    def view(self, view_id: str) -> View | None:
        """The view with this id among everybody's open forms and homes."""
        for view in self.all_views():
            if view.id == view_id:
                return view
        return None

    def all_views(self) -> Iterable[View]:
        """Every open form and every App Home."""
        yield from itertools.chain.from_iterable(self.stacks.values())
        yield from self.homes.values()


@dataclass
class App:
    """The app's settings at Slack. None in a table means "not checked"."""

    id: str = "A0000000001"
    app_token: str = "xapp-1-A0000000001-1-local"
    app_scopes: set[str] = field(default_factory=lambda: {"connections:write"})
    signing_secret: str = "local-signing-secret"
    verification_token: str = "local-verification-token"
    commands: dict[str, bool] | None = None
    """Command -> should_escape. None: every command exists and escapes."""
    events: set[str] | None = None
    """Bot events subscribed to, as in a manifest (`message.im`). None: all."""
    shortcuts: dict[str, str] | None = None
    """callback_id -> `global` or `message`. None: every shortcut exists."""
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False
    interactive: bool = True
    request_url: str | None = None
    """Where everything is posted in HTTP mode; None means Socket Mode."""

    def use_manifest(self, manifest: Mapping[str, Any]) -> set[str]:
        """Take over an app manifest (YAML or JSON, loaded); returns the bot scopes it asks for."""
        features = manifest.get("features", {})
        home = features.get("app_home", {})
        settings = manifest.get("settings", {})
        self.commands = {
            item["command"]: bool(item.get("should_escape", False))
            for item in features.get("slash_commands", [])
        }
        self.shortcuts = {
            item["callback_id"]: item["type"] for item in features.get("shortcuts", [])
        }
        self.home_tab = bool(home.get("home_tab_enabled", False))
        self.messages_tab = bool(home.get("messages_tab_enabled", False))
        self.messages_tab_read_only = bool(home.get("messages_tab_read_only_enabled", False))
        self.events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.interactive = bool(settings.get("interactivity", {}).get("is_enabled", False))
        return set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))


class Bell:
    """Rings whenever anything changed, so that waiting costs no polling."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def heard(self, at_most: float) -> None:
        """Return at the next ring, or after `at_most` seconds."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        await asyncio.wait([future], timeout=at_most)
        self._waiting.discard(future)


class World:
    """All workspaces, the app, the pretend time and the makers of ids."""

    def __init__(self) -> None:
        self.app = App()
        self.workspaces: dict[str, Workspace] = {}
        self.bell = Bell()
        self._offset = 0.0
        self._numbers = itertools.count(1)
        self._last_ts = 0.0

    def now(self) -> float:
        """Slack's time in seconds; moved forward by `later`."""
        return time.time() + self._offset

    def later(self, seconds: float) -> None:
        """Move Slack's own time forward: what it handed out (triggers, addresses) ages."""
        self._offset += seconds

    def new_id(self, letter: str) -> str:
        """A fresh id such as `U00000001A`, telling nothing about its bearer."""
        number, digits = next(self._numbers), ""
        while number:
            number, rest = divmod(number, 36)
            digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
        return letter + digits.rjust(9, "0")

    def new_ts(self) -> str:
        """A message timestamp, always larger than the one before."""
        self._last_ts = max(self._last_ts + 0.0001, self.now())
        return f"{self._last_ts:.6f}"

    def add_workspace(self, name: str = "IR trainees", domain: str = "ir-trainees") -> Workspace:
        """A new team with the app installed under a token of its own."""
        team = self.new_id("T")
        bot = User(self.new_id("U"), "introducer", team, real_name="Introducer", is_bot=True)
        workspace = Workspace(
            id=team,
            name=name,
            domain=domain,
            bot=bot,
            bot_id=self.new_id("B"),
            bot_token=f"xoxb-{team}-local",
            scopes=set(USUAL_SCOPES),
            users={bot.id: bot},
        )
        self.workspaces[team] = workspace
        return workspace

    def add_user(self, workspace: Workspace, name: str, **facts: Any) -> User:
        """A new member; `facts` are fields of `User`."""
        facts.setdefault("real_name", name.title())
        facts.setdefault("email", f"{name}@example.org")
        user = User(self.new_id("U"), name, workspace.id, **facts)
        workspace.users[user.id] = user
        return user

    def add_channel(
        self, workspace: Workspace, name: str, *, private: bool = False, with_bot: bool = True
    ) -> Channel:
        """A new channel, with the bot in it unless told otherwise."""
        kind: Kind = "private" if private else "public"
        channel = Channel(self.new_id("C"), name, workspace.id, kind)
        if with_bot:
            channel.members.add(workspace.bot.id)
        workspace.channels[channel.id] = channel
        return channel

    def open_im(self, workspace: Workspace, user: User) -> Channel:
        """The direct conversation of this person with the bot, made if need be."""
        channel = workspace.im(user.id)
        if channel is None:
            channel = Channel(self.new_id("D"), "directmessage", workspace.id, "im")
            channel.partner = user.id
            channel.members = {user.id, workspace.bot.id}
            workspace.channels[channel.id] = channel
        return channel

    def workspace_of_channel(self, channel: str) -> Workspace:
        """The team that this channel id belongs to."""
        return next(each for each in self.workspaces.values() if channel in each.channels)

    def workspace_of_token(self, token: str) -> Workspace | None:
        """The installation this bot token belongs to."""
        for workspace in self.workspaces.values():
            if workspace.bot_token == token:
                return workspace
        return None
