"""Slack as a door: everything that knows Slack's names, limits and habits."""
