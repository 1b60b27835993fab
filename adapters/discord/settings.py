"""What the Discord door needs to know from outside."""

from __future__ import annotations

from dataclasses import dataclass

API_BASE = "https://discord.com/api/v10"


@dataclass(frozen=True)
class DiscordSettings:
    """The bot's token and address, and what it may ask of Discord beyond the bare minimum.

    `api_base` is the whole prefix of the REST paths; the gateway's address is asked from
    `{api_base}/gateway`. `intents` are privileged ones by discord.py's names (`members`,
    `message_content`). `first_contacts_per_minute`: how many people may be written to who never
    exchanged a direct message with the bot before; more at once gets bots quarantined.

    `listens`: without it no session is opened, and the door only carries messages out. `shards` is
    how many sessions Discord's events are split among, `shard_ids` which of them are this
    process's; empty: all.
    """

    token: str
    api_base: str = API_BASE
    intents: tuple[str, ...] = ()
    first_contacts_per_minute: int = 20
    listens: bool = True
    shards: int = 1
    shard_ids: tuple[int, ...] = ()
    pins: bool = False
    """Whether the invitation asks for the right to pin messages."""
    events: bool = False
    """Whether it asks for the right to make scheduled events."""

    def __repr__(self) -> str:
        return f"DiscordSettings(api_base={self.api_base!r}, intents={self.intents!r})"
