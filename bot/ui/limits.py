"""The tightest limit of all platforms, in one table; what is within it renders everywhere.

Sources: `docs/architecture.md`, table of platform limits (Discord's and Slack's own pages).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters unless the name says otherwise."""

    wire: int = 100
    """A Discord custom_id; the longest a button's payload can be anywhere."""
    button_label: int = 75
    """Slack; Discord allows 80."""
    select_options: int = 25
    """Discord; Slack allows 100."""
    option_label: int = 75
    option_value: int = 75
    """Slack; Discord allows 100."""
    page_fields: int = 5
    """Items of a Discord modal."""
    field_label: int = 45
    """A Discord modal label."""
    form_title: int = 24
    """A Slack view title."""
    command_about: int = 100
    commands: int = 100
    subcommands: int = 25
    entries: int = 5
    """Discord, in the menu of a message."""
    entry_label: int = 24
    """Slack; Discord allows 32."""
    text_input: int = 3000
    """A Slack plain-text input; Discord allows 4000."""


LIMITS = Limits()
