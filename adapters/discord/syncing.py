"""Registers the commands with Discord, if and only if they differ from what is registered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from adapters.discord.dialect import Registered
from adapters.discord.languages import InEveryLanguage
from adapters.discord.sending import TROUBLE, why_not
from bot.runtime.doors import Again

_log = logging.getLogger(__name__)

_LONGEST_WAIT = 600.0
_DEFAULTS: Mapping[str, object] = {
    "description": "",
    "required": False,
    "autocomplete": False,
    "nsfw": False,
    "options": [],
    "choices": [],
    "name_localizations": {},
    "description_localizations": {},
    "channel_types": [],
}
_COMPARED = frozenset(
    {
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "type",
        "options",
        "choices",
        "value",
        "required",
        "autocomplete",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "channel_types",
        "default_member_permissions",
        "contexts",
        "integration_types",
        "nsfw",
    }
)


def alike(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of commands say the same, leaving aside ids and the order of commands."""

    def listed(commands: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        plain = [_plain(one) for one in commands]
        return sorted(plain, key=lambda one: (one["type"], one["name"]))

    return listed(ours) == listed(theirs)


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """What matters of a command, option or choice, with defaults and nulls left out."""
    kept: dict[str, Any] = {}
    for key in _COMPARED & value.keys():
        one = value[key]
        if one is None or (key in _DEFAULTS and one == _DEFAULTS[key]):
            continue
        if key in ("options", "choices"):
            kept[key] = [_plain(each) for each in one]
        elif key in ("contexts", "integration_types", "channel_types"):
            kept[key] = sorted(one)
        elif key == "default_member_permissions":
            kept[key] = str(one)
        else:
            kept[key] = one
    return kept


async def sync(tree: app_commands.CommandTree[Any], registered: Registered) -> None:
    """Make Discord know exactly these commands; goes on trying through limits and outages."""
    wait = 5.0
    while True:
        try:
            return await _sync(tree, registered)
        except TROUBLE as trouble:
            verdict = why_not(trouble)
            if isinstance(trouble, app_commands.CommandSyncFailure):
                _log.error("Discord refused the commands: %s", trouble.code)
                return None
            seconds = verdict.seconds if isinstance(verdict, Again) else wait
            _log.warning("commands are not registered yet: %s", type(trouble).__name__)
            await asyncio.sleep(min(seconds, _LONGEST_WAIT))
            wait = min(wait * 2, _LONGEST_WAIT)


async def _registered(client: discord.Client, application: int) -> list[dict[str, Any]]:
    """What Discord knows, in every language: the library's own question leaves those out."""
    route = Route("GET", "/applications/{application_id}/commands", application_id=application)
    return await client.http.request(route, params={"with_localizations": "true"})


async def _sync(tree: app_commands.CommandTree[Any], registered: Registered) -> None:
    client = tree.client
    application = client.application_id or 0
    languages = InEveryLanguage()
    await tree.set_translator(languages)
    ours = [await each.get_translated_payload(tree, languages) for each in tree.get_commands()]
    theirs = await _registered(client, application)
    if alike(ours, theirs):
        typed = discord.AppCommandType.chat_input.value
        registered.ids = {
            one["name"]: int(one["id"]) for one in theirs if one.get("type", typed) == typed
        }
        return
    _log.info("registering %s commands", len(ours))
    done = await tree.sync()
    registered.ids = {
        one.name: one.id for one in done if one.type is discord.AppCommandType.chat_input
    }
