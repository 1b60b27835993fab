"""What `check` asks Slack: are the tokens good, and does the app have the scopes it needs."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.inspecting import inspect
from adapters.slack.line import SlackSettings
from adapters.slack.manifest import granted, scopes
from bot.domain.people import Place
from bot.errors import PlatformUnavailable
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.registry import Registry

_TROUBLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


async def probe(settings: SlackSettings, registry: Registry) -> list[str]:
    """One readable line per problem."""
    base = settings.api_base if settings.api_base.endswith("/") else f"{settings.api_base}/"
    problems: list[str] = []
    try:
        known = await AsyncWebClient(
            token=settings.bot_token, base_url=base, timeout=10
        ).auth_test()
        has = granted(known)
        lacking = [
            scope
            for scope in scopes(registry, help_channels=settings.help_channels, pins=settings.pins)
            if scope not in has
        ]
        if lacking and has:
            problems.append(
                f"slack: the app lacks the scopes {', '.join(lacking)}; update it with the manifest"
                " (python -m bot slack-manifest) and install it to the workspace again"
            )
    except SlackApiError as refused:
        problems.append(f"slack.bot_token: Slack refuses it ({refused.response['error']})")
    except _TROUBLE as trouble:
        return [f"slack: {base} cannot be reached ({type(trouble).__name__})"]
    if settings.mode == "socket":
        try:
            client = AsyncWebClient(base_url=base, timeout=10)
            await client.apps_connections_open(app_token=settings.app_token or "")
        except SlackApiError as refused:
            problems.append(f"slack.app_token: Slack refuses it ({refused.response['error']})")
        except _TROUBLE as trouble:
            problems.append(f"slack: {base} cannot be reached ({type(trouble).__name__})")
    return problems


async def look(
    settings: SlackSettings, needs: Mapping[Place, tuple[Wanted, ...]]
) -> list[tuple[Place, Lack]]:
    """What is missing in the workspace of this token. Raises PlatformUnavailable."""
    base = settings.api_base if settings.api_base.endswith("/") else f"{settings.api_base}/"
    api = AsyncWebClient(token=settings.bot_token, base_url=base, timeout=10)
    try:
        here = str((await api.auth_test()).get("team_id"))
    except _TROUBLE as trouble:
        raise PlatformUnavailable from trouble
    found: list[tuple[Place, Lack]] = []
    for place, wanted in needs.items():
        if place.workspace == here:
            lacks = await inspect(api, wanted, hears_channels=settings.help_channels)
            found += [(place, lack) for lack in lacks]
    return found
