"""The address that adds the bot to a server, with the least it needs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Mapping

import discord

from adapters.discord.inspecting import PERMISSIONS
from bot.runtime.inspecting import BY_CHOICE, Right
from bot.runtime.registry import Registry

CALLS: Mapping[str, Right] = {
    "create_automod_rule": Right.RULES,
    "create_guild_scheduled_event": Right.EVENTS,
    "delete_message": Right.REMOVE,
    "pin": Right.PIN,
    "send": Right.POST,
}
"""Calls of the library that need a permission on a server (a test keeps it true)."""


def needed(registry: Registry, chosen: Collection[Right] = ()) -> discord.Permissions:
    """What the features ask for; of the rights by choice, only those that were chosen.

    Answers to commands and direct messages need nothing; an event can be changed by whoever made
    it, so the right to make some is enough.
    """
    permissions = discord.Permissions.none()
    for feature in registry.features:
        for right in feature.asks - (BY_CHOICE - frozenset(chosen)):
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


def invite(application: int, registry: Registry, chosen: Collection[Right] = ()) -> str:
    """The address for an application."""
    return discord.utils.oauth_url(
        application,
        permissions=needed(registry, chosen),
        scopes=("bot", "applications.commands"),
    )
