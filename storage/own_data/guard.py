"""What is kept about the guard: its settings, nothing of what it looks at."""

from __future__ import annotations

from storage.models_guard import guard_passes, guarded_channels
from storage.own_data.rules import Rule, Until, words

_HERE = Until("as long as the community uses the bot")

RULES = (
    Rule(
        guarded_channels,
        "Nothing about a person: which channels are watched.",
        _HERE,
        links=words("community_id"),
        noted=words("platform workspace channel watch"),
    ),
    Rule(
        guard_passes,
        "Nothing about a person: roles whose messages are not looked at.",
        _HERE,
        links=words("community_id"),
        noted=words("platform workspace role ref"),
    ),
)
