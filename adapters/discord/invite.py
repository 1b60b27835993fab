"""The address that adds the bot to a server, with the least it needs."""

from __future__ import annotations

import base64
import binascii

import discord

NEEDED = discord.Permissions.none()
"""Answers to commands and direct messages need no permission in a server."""


def application_id(token: str) -> int | None:
    """The application a token belongs to: Discord writes it, base64, before the first dot."""
    head = token.partition(".")[0]
    try:
        number = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(number) if number.isdecimal() else None


def invite(application: int) -> str:
    """The address for an application."""
    return discord.utils.oauth_url(
        application, permissions=NEEDED, scopes=("bot", "applications.commands")
    )
