"""What is printed without a running bot: `check`, the invitation to Discord, Slack's manifest.

Part of the composition root.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from zoneinfo import ZoneInfo

from bot.app import registry_of
from bot.clock import SystemClock
from bot.domain.people import CommunityId, Place
from bot.errors import IntroducerError, PlatformUnavailable, SchemaBehind, SettingsError
from bot.platforms import (
    NO_PLATFORM,
    ROLES,
    chosen_rights,
    discord_settings,
    slack_settings,
    vault_of,
)
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.runtime.vault import Vault
from bot.services.ports import Work
from bot.settings import Settings
from bot.ui.language import catalogue, plainly
from storage import OpenStore, exists, memory_store, open_store

_UTC = ZoneInfo("UTC")


async def check(settings: Settings, roles: Collection[str] = ROLES) -> list[str]:
    """`python -m bot check`: one readable line per problem. `roles`: of one process among several.

    Asks each configured platform about its token, and the database whether it can be used; changes
    nothing. A database that the next start creates or brings up to date is in order.
    """
    problems: list[str] = []
    discord, slack = discord_settings(settings), slack_settings(settings)
    if discord is not None:
        from adapters.discord.probe import probe as ask_discord

        problems += await ask_discord(discord)
    if slack is not None:
        from adapters.slack.probe import probe as ask_slack

        with closing(_Paper(settings)) as paper:
            problems += await ask_slack(slack, paper.registry)
    if discord is None and slack is None:
        problems.append(NO_PLATFORM)
    try:
        if exists(settings.database_url):
            store = await open_store(settings.database_url, upgrade=False)
            try:
                problems += await _places(settings, store, roles)
            finally:
                await store.close()
    except SchemaBehind:
        pass
    except IntroducerError as error:
        problems.append(str(error))
    return problems


async def _places(settings: Settings, store: OpenStore, roles: Collection[str]) -> list[str]:
    """What is missing where communities meet, and where it is granted."""
    with closing(_Paper(settings, vault_of(settings, roles))) as paper:
        needs = await store.read(_needs, paper.registry)
        lacks = await store.read(_own_lacks, paper.registry)
    problems: list[str] = []
    discord, slack = discord_settings(settings), slack_settings(settings)
    try:
        if discord is not None:
            from adapters.discord.probe import look as look_at_discord

            lacks += await look_at_discord(discord, _on("discord", needs))
        if slack is not None:
            from adapters.slack.probe import look as look_at_slack

            lacks += await look_at_slack(slack, _on("slack", needs))
    except PlatformUnavailable:
        problems.append("a platform does not say what the bot is allowed there; try again later")
    english = catalogue("en")
    for place, lack in lacks:
        what, grant = (plainly(each, english, _UTC) for each in (lack.what, lack.grant))
        problems.append(f"{place.platform} {place.workspace}: {what} {grant}")
    return problems


def _needs(work: Work, registry: Registry) -> dict[Place, tuple[Wanted, ...]]:
    def of(community: CommunityId, place: Place) -> tuple[Wanted, ...]:
        return tuple(
            one
            for feature in registry.features
            if feature.needs is not None
            for one in feature.needs(work, community, place)
        )

    return {
        place: of(community, place)
        for community in work.communities.open()
        for place in work.communities.places(community)
    }


def _own_lacks(work: Work, registry: Registry) -> list[tuple[Place, Lack]]:
    """What no platform grants, named once for each community."""
    return [
        (work.communities.places(community)[0], lack)
        for community in work.communities.open()
        if work.communities.places(community)
        for feature in registry.features
        if feature.lacks is not None
        for lack in feature.lacks(work, community)
    ]


def _on(platform: str, needs: dict[Place, tuple[Wanted, ...]]) -> dict[Place, tuple[Wanted, ...]]:
    return {place: wanted for place, wanted in needs.items() if place.platform == platform}


class _Paper:
    """The registry without a running bot: for what only describes it."""

    def __init__(self, settings: Settings, vault: Vault | None = None) -> None:
        self._store = memory_store()
        self.registry = registry_of(
            *(self._store, SystemClock(), Scanning()), vault=vault, chosen=chosen_rights(settings)
        )

    def close(self) -> None:
        self._store.close_now()


def slack_manifest(settings: Settings) -> str:
    """`python -m bot slack-manifest`: YAML, from the registry, with the least scopes."""
    from adapters.slack.manifest import manifest_yaml

    slack = settings.slack
    if slack.mode == "http" and slack.public_url is None:
        raise SettingsError("slack.public_url: needed for the manifest of HTTP mode")
    with closing(_Paper(settings)) as paper:
        return manifest_yaml(
            paper.registry,
            slack.prefix,
            slack.mode,
            address=slack.public_url or "",
            help_channels=slack.help_channels,
            pins=settings.hours.pinned_list,
        )


def discord_invite(settings: Settings, typed: str | None) -> str:
    """`python -m bot discord-invite`: with the least permissions. Raises SettingsError.

    `typed`: the application's id, for those who have no token yet.
    """
    from adapters.discord.invite import application_id, invite

    token = settings.discord.token
    application: int | None = None
    if typed is not None:
        if not (typed.isascii() and typed.isdecimal() and 0 < int(typed) < 2**63):
            raise SettingsError(
                "--application: this is the application's id, a number of about 19 digits;"
                " Discord shows it on the page of the application"
            )
        application = int(typed)
    elif token is not None:
        application = application_id(token.get_secret_value())
    if application is None:
        raise SettingsError(
            "discord.token: set it, or give the application's id:"
            " python -m bot discord-invite --application ID"
        )
    with closing(_Paper(settings)) as paper:
        return invite(application, paper.registry, chosen_rights(settings))
