"""The world the server keeps: people, servers, channels, messages, commands. Plain records.

Nothing here speaks HTTP or the gateway; `wire` turns these into JSON, `permissions` judges them.
"""

from dataclasses import dataclass, field
from datetime import datetime

from tests.discord_server.clock import ServerClock, Snowflakes
from tests.discord_server.components import LINK, SELECTS, Json, Kind, texts, walk

TEXT, DIRECT, VOICE, CATEGORY, NEWS = 0, 1, 2, 4, 5
NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 10, 11, 12, 15
THREADS = (NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
SUPPRESS_EMBEDS, HAS_THREAD, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 5, 1 << 12


@dataclass
class User:
    """An account. `dms_open`: whether it accepts direct messages from the bot."""

    id: int
    name: str
    global_name: str | None = None
    bot: bool = False
    dms_open: bool = True
    locale: str = "en-US"


@dataclass
class Role:
    id: int
    name: str
    permissions: int = 0
    position: int = 1
    managed_by: int | None = None
    mentionable: bool = False


@dataclass
class Overwrite:
    """A channel's exception for a role (kind 0) or a member (kind 1)."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass
class Member:
    user: User
    roles: list[int] = field(default_factory=list)
    nick: str | None = None
    joined_at: datetime | None = None


@dataclass
class Attachment:
    """A file on the local CDN. `channel_id` is part of its address."""

    id: int
    filename: str
    data: bytes
    content_type: str
    channel_id: int
    description: str | None = None
    title: str | None = None
    ephemeral: bool = False


@dataclass(eq=False)
class Message:
    """One message. `ephemeral_to` names the only person who sees it, if it is private."""

    id: int
    channel: "Channel"
    author: User
    created: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    edited: datetime | None = None
    edits: list[float] = field(default_factory=list)
    ephemeral_to: int | None = None
    reference: "Message | None" = None
    reference_id: int | None = None
    interaction: Json | None = None
    application_id: int | None = None
    pinned_at: datetime | None = None
    thread: "Channel | None" = None
    nonce: str | int | None = None
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    deleted: bool = False
    forwards: "Message | None" = None
    """The message that this one passes on; it has no words of its own."""

    @property
    def loading(self) -> bool:
        """Whether it still shows "… is thinking"."""
        return bool(self.flags & LOADING)

    @property
    def v2(self) -> bool:
        """Whether it is made of components alone."""
        return bool(self.flags & COMPONENTS_V2)

    @property
    def private(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def text(self) -> str:
        """Everything there is to read: content, embeds, text displays; a line each."""
        lines = [self.content]
        for embed in self.embeds:
            lines += [embed.get("title", ""), embed.get("description", "")]
            for one in embed.get("fields", []):
                lines += [one["name"], one["value"]]
            lines.append((embed.get("footer") or {}).get("text", ""))
        return "\n".join(line for line in [*lines, *texts(self.components)] if line)

    @property
    def buttons(self) -> list[Json]:
        """Its buttons in reading order, wherever they sit."""
        return [c for c in walk(self.components) if c["type"] == Kind.BUTTON]

    @property
    def labels(self) -> list[str]:
        """The labels of those buttons."""
        return [str(button.get("label") or "") for button in self.buttons]

    @property
    def links(self) -> dict[str, str]:
        """The link buttons: label to address."""
        return {str(b.get("label") or ""): b["url"] for b in self.buttons if b["style"] == LINK}

    @property
    def selects(self) -> list[Json]:
        """Its select menus in reading order."""
        return [c for c in walk(self.components) if c["type"] in SELECTS]


@dataclass(eq=False)
class Channel:
    """A server's channel, a thread, or a direct channel (`guild` None, one recipient)."""

    id: int
    type: int = TEXT
    name: str = ""
    guild: "Guild | None" = field(default=None, repr=False)
    parent: "Channel | None" = None
    overwrites: list[Overwrite] = field(default_factory=list)
    topic: str | None = None
    position: int = 0
    recipient: User | None = None
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    # threads only
    owner_id: int | None = None
    archived: bool = False
    locked: bool = False
    auto_archive: int = 1440
    created: datetime | None = None
    members: set[int] = field(default_factory=set)

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    @property
    def last_message_id(self) -> int | None:
        return max((m.id for m in self.messages.values() if m.ephemeral_to is None), default=None)


@dataclass(eq=False)
class Happening:
    """A scheduled event of a server. `status`: 1 scheduled, 4 called off."""

    id: int
    creator_id: int
    name: str
    starts: datetime
    ends: datetime | None = None
    description: str | None = None
    entity_type: int = 3
    channel_id: int | None = None
    location: str | None = None
    status: int = 1


@dataclass(eq=False)
class Guild:
    """A server. Its everyone role has its own id."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)
    happenings: dict[int, Happening] = field(default_factory=dict, repr=False)
    automod: dict[int, Json] = field(default_factory=dict, repr=False)
    locale: str = "en-US"


@dataclass
class Application:
    """The bot's application as its developer has set it up."""

    id: int
    name: str
    bot: User
    token: str
    owner: User
    privileged_intents: int = 0


class World:
    """Everything there is, by id."""

    def __init__(self, clock: ServerClock, token: str, name: str = "Introducer") -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.global_commands: dict[int, Json] = {}
        self.guild_commands: dict[int, dict[int, Json]] = {}
        bot = self.add_user(name, bot=True)
        owner = self.add_user("developer")
        self.application = Application(bot.id, name, bot, token, owner)

    @property
    def bot(self) -> User:
        return self.application.bot

    def add_user(self, name: str, *, bot: bool = False) -> User:
        user = User(self.ids.next(), name.lower().replace(" ", "_"), name, bot)
        self.users[user.id] = user
        return user

    def direct(self, user: User) -> Channel | None:
        """The direct channel between the bot and this person, if there is one."""
        return next((c for c in self.channels.values() if c.recipient is user), None)

    def open_direct(self, user: User) -> Channel:
        """That channel, made if need be."""
        found = self.direct(user)
        if found is None:
            found = Channel(self.ids.next(), DIRECT, recipient=user)
            self.channels[found.id] = found
        return found

    def mutual(self, user: User) -> list[Guild]:
        """The servers that the bot and this person share."""
        bot = self.bot.id
        return [g for g in self.guilds.values() if bot in g.members and user.id in g.members]

    def commands_for(self, guild: Guild | None) -> list[Json]:
        """The commands a person sees here; a server's own hide global ones of the same name."""
        own = list(self.guild_commands.get(guild.id, {}).values()) if guild else []
        taken = {(c["type"], c["name"]) for c in own}
        return own + [
            c for c in self.global_commands.values() if (c["type"], c["name"]) not in taken
        ]
