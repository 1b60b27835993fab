"""Slack as a door: everything that knows Slack's names, limits and habits."""

PLATFORM = "slack"
"""How accounts and places of this door are marked."""
