"""The app manifest: what an administrator pastes into Slack, made from the registry.

Asks for the least: a scope stands here only because a method that the code calls needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

import yaml
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.dialect import Plain
from bot.errors import DeclarationError
from bot.runtime.feature import Command, Entry, Group
from bot.runtime.registry import Registry
from bot.ui.action import Field, Kind, asked_fields
from bot.ui.language import catalogue
from bot.ui.words import speak

Manifest: TypeAlias = dict[str, Any]
Mode: TypeAlias = Literal["socket", "http"]

SCOPES: Mapping[str, str | None] = {
    "auth.test": None,
    "apps.connections.open": None,  # the app-level token's connections:write
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.info": "channels:read",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "pins.add": "pins:write",  # asked for only where lists are pinned
    "users.info": "users:read",
    "views.open": None,
    "views.publish": None,
}
"""Every Web API method that the code calls, and the bot scope it needs (a test keeps it true)."""

PATH = "/slack/events"
_MOST_COMMANDS = 50
_DESCRIPTION = 2_000
_HINT = 1_000


def scopes(registry: Registry, *, help_channels: bool = False, pins: bool = False) -> list[str]:
    """The bot scopes that are needed; `help_channels` adds reading where the app was invited,
    `pins` pinning."""
    needed = {scope for scope in SCOPES.values() if scope is not None} | {"commands"}
    needed.discard("files:read")  # only where somebody hands over a file, as follows
    needed.add("groups:read")  # `conversations.info` of a private channel
    if not pins:
        needed.remove("pins:write")
    if any(
        field.kind is Kind.FILES
        for handler in registry.handlers
        for field in asked_fields(handler.action)
    ):
        needed.add("files:read")  # a form that asks for files is refused without it
    if any(entry.files for entry in registry.entries.values()):
        needed.add("files:read")  # what a message carries is fetched, if somebody asks for it
    if any(feature.ear for feature in registry.features):
        needed.add("im:history")  # lines that are written to the bot itself
    if help_channels and _hears(registry):
        needed |= {"channels:history", "groups:history"}
    if help_channels and any(feature.watch for feature in registry.features):
        needed.add("files:read")  # what is posted in a watched channel is looked at
    return sorted(needed)


def granted(known: AsyncSlackResponse) -> frozenset[str]:
    """The scopes that Slack names beside its answer to `auth.test`; empty if it names none."""
    named = str(known.headers.get("x-oauth-scopes", ""))
    return frozenset(scope for each in named.split(",") if (scope := each.strip()))


def _events(registry: Registry, *, help_channels: bool) -> list[str]:
    heard = ["app_home_opened"]
    if help_channels and _hears(registry):
        heard += ["message.channels", "message.groups"]
    if any(feature.ear for feature in registry.features):
        heard.append("message.im")
    return heard


def _hears(registry: Registry) -> bool:
    return any(feature.ear or feature.watch for feature in registry.features)


def manifest(
    registry: Registry,
    prefix: str = "ir-",
    mode: Mode = "socket",
    features: Collection[str] | None = None,
    *,
    address: str = "",
    help_channels: bool = False,
    pins: bool = False,
) -> Manifest:
    """The manifest as a dict. `features` narrows it to these features; `address` is for HTTP mode.

    Raises DeclarationError if there are more commands than Slack takes.
    """
    if features is not None:
        registry = Registry(one for one in registry.features if one.name in features)
    commands = _commands(registry, prefix)
    if len(commands) > _MOST_COMMANDS:
        raise DeclarationError(f"Slack takes {_MOST_COMMANDS} commands at most")
    url = f"{address.rstrip('/')}{PATH}"
    events: Manifest = {"bot_events": _events(registry, help_channels=help_channels)}
    interactivity: Manifest = {"is_enabled": True}
    if mode == "http":
        for command in commands:
            command["url"] = url
        events["request_url"] = url
        interactivity |= {"request_url": url, "message_menu_options_url": url}
    return {
        "display_information": {
            "name": "Introducer",
            "description": "Office hours, mentors and check-ins for interventional radiology",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Introducer", "always_online": True},
            "slash_commands": commands,
            **_shortcuts(registry),
        },
        "oauth_config": {
            "scopes": {"bot": scopes(registry, help_channels=help_channels, pins=pins)}
        },
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def manifest_yaml(
    registry: Registry,
    prefix: str = "ir-",
    mode: Mode = "socket",
    features: Collection[str] | None = None,
    *,
    address: str = "",
    help_channels: bool = False,
    pins: bool = False,
) -> str:
    """The same as YAML, as Slack's page for new apps takes it."""
    made = manifest(
        registry, prefix, mode, features, address=address, help_channels=help_channels, pins=pins
    )
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=100)


def _commands(registry: Registry, prefix: str) -> list[Manifest]:
    groups: dict[str, list[Command]] = {}
    for command in registry.commands.values():
        groups.setdefault(command.group, []).append(command)
    return [
        _command(prefix, group, members, registry.groups.get(group))
        for group, members in sorted(groups.items())
    ]


def _shortcuts(registry: Registry) -> Manifest:
    """Entries in the menu of a message; Slack refuses an empty list."""
    shortcuts = [_shortcut(entry) for entry in registry.entries.values()]
    return {"shortcuts": shortcuts} if shortcuts else {}


def _shortcut(entry: Entry) -> Manifest:
    dialect = Plain(catalogue("en"), ZoneInfo("UTC"))
    return {
        "name": speak(entry.label, dialect),
        "type": "message",
        "callback_id": entry.name,
        "description": speak(entry.about, dialect),
    }


def _command(prefix: str, group: str, members: list[Command], words: Group | None) -> Manifest:
    dialect = Plain(catalogue("en"), ZoneInfo("UTC"), prefix)
    if words is None:
        description = speak(members[0].about, dialect)
        hint = " ".join(_option(field) for field in asked_fields(members[0].action))
    else:
        description = speak(words.about, dialect)
        hint = " | ".join(member.word for member in members)
    command: Manifest = {
        "command": f"/{prefix}{group}",
        "description": description[:_DESCRIPTION],
        # Mentions arrive as ids; without it a name would have to be guessed.
        "should_escape": True,
    }
    if hint:
        command["usage_hint"] = hint[:_HINT]
    return command


def _option(field: Field) -> str:
    return f"{field.name}:" if field.required else f"[{field.name}:]"
