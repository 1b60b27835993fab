"""From settings to doors: which platforms are configured, and what a process does of it.

Part of the composition root. Platforms are imported when they are configured, so that a Slack-only
bot never loads Discord's library.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.errors import SettingsError
from bot.runtime.hall import Door
from bot.runtime.inspecting import Right
from bot.runtime.vault import Vault
from bot.settings import Settings

if TYPE_CHECKING:
    from adapters.discord.settings import DiscordSettings
    from adapters.slack.line import SlackSettings

NO_PLATFORM = (
    "no platform is configured: set discord.token or slack.bot_token"
    " (or try `python -m bot preview`, which needs none)"
)
ROLES = ("gateway", "slack", "worker")
"""What a process may do: hear Discord, hear Slack, and send, remind and tidy up."""


def discord_settings(settings: Settings, *, listens: bool = True) -> DiscordSettings | None:
    """What the Discord door needs; None without a token."""
    if settings.discord.token is None:
        return None
    from adapters.discord.settings import DiscordSettings

    return DiscordSettings(
        token=settings.discord.token.get_secret_value(),
        api_base=settings.discord.api_base,
        intents=settings.discord.intents,
        first_contacts_per_minute=settings.discord.first_contacts_per_minute,
        listens=listens,
        shards=settings.discord.shards,
        shard_ids=settings.discord.shard_ids,
        pins=settings.hours.pinned_list,
        events=settings.hours.events,
    )


def vault_of(settings: Settings, roles: Collection[str]) -> Vault:
    """Where content waits, for a process with these roles. Raises SettingsError for a bad key."""
    keys = [key.get_secret_value() for key in settings.cases.keys]
    return Vault(keys, alone=set(roles) == set(ROLES))


def chosen_rights(settings: Settings) -> frozenset[Right]:
    """The rights that these settings want beyond what every deployment needs."""
    chosen = {
        Right.PIN: settings.hours.pinned_list,
        Right.EVENTS: settings.hours.events,
        Right.REMOVE: settings.guard.take_down,
        Right.RULES: settings.guard.rules,
    }
    return frozenset(right for right, wanted in chosen.items() if wanted)


def slack_settings(settings: Settings, *, listens: bool = True) -> SlackSettings | None:
    """What the Slack door needs; None without a token."""
    given = settings.slack
    if given.bot_token is None:
        return None
    from adapters.slack.line import SlackSettings

    return SlackSettings(
        bot_token=given.bot_token.get_secret_value(),
        app_token=given.app_token.get_secret_value() if given.app_token else "",
        signing_secret=given.signing_secret.get_secret_value() if given.signing_secret else "",
        api_base=given.api_base,
        prefix=given.prefix,
        mode=given.mode,
        help_channels=given.help_channels,
        http_host=given.http_host,
        http_port=given.http_port,
        listens=listens,
        pins=settings.hours.pinned_list,
    )


def doors_of(settings: Settings, clock: Clock, roles: Collection[str] = ROLES) -> list[Door]:
    """The doors that these roles need. Raises SettingsError if there is none.

    A worker carries messages to every platform; only `gateway` and `slack` hear one.
    """
    doors: list[Door] = []
    hears, works = "gateway" in roles, "worker" in roles
    if (hears or works) and (discord := discord_settings(settings, listens=hears)) is not None:
        from adapters.discord.door import DiscordDoor

        doors.append(DiscordDoor(discord, clock))
    hears = "slack" in roles
    if (hears or works) and (slack := slack_settings(settings, listens=hears)) is not None:
        from adapters.slack.door import SlackDoor

        doors.append(SlackDoor(slack, clock))
    if not doors:
        raise SettingsError(NO_PLATFORM)
    return doors
