"""The address that adds the bot to a server, with the least it needs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

import discord

from adapters.discord.inspecting import PERMISSIONS
from bot.runtime.inspecting import Right
from bot.runtime.registry import Registry

CALLS: Mapping[str, Right] = {
    "create_automod_rule": Right.RULES,
    "delete_message": Right.REMOVE,
    "send": Right.POST,
}
"""Calls of the library that need a permission on a server (a test keeps it true)."""


def needed(registry: Registry, *, pins: bool = False, events: bool = False) -> discord.Permissions:
    """What the features ask for. Answers to commands and direct messages need nothing; an event
    can be changed by whoever made it, so the right to make some is enough."""
    permissions = discord.Permissions(pin_messages=pins, create_events=events)
    for feature in registry.features:
        for right in feature.asks:
            setattr(permissions, PERMISSIONS[right], True)
    return permissions


def application_id(token: str) -> int | None:
    """The application a token belongs to: Discord writes it, base64, before the first dot."""
    head = token.partition(".")[0]
    try:
        number = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(number) if number.isdecimal() else None


def invite(
    application: int, registry: Registry, *, pins: bool = False, events: bool = False
) -> str:
    """The address for an application."""
    return discord.utils.oauth_url(
        application,
        permissions=needed(registry, pins=pins, events=events),
        scopes=("bot", "applications.commands"),
    )
