"""How Discord writes the atoms of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.discord.escaping import escape, in_code, one_line
from bot.ui.words import (
    CHANNEL_ELSEWHERE,
    Catalogue,
    HasRole,
    InChannel,
    Person,
    Slash,
    When,
    Words,
    speak,
)

PLATFORM = "discord"


@dataclass
class Registered:
    """The ids of the commands as Discord knows them, by their first word; empty until it says."""

    ids: Mapping[str, int] = field(default_factory=dict[str, int])

    def shown(self, slash: Slash) -> str:
        """A command that can be pressed, or one that can be copied."""
        found = self.ids.get(slash.group)
        if found is None or slash.rest:
            return in_code(f"/{slash.name} {slash.rest}".rstrip())
        return f"</{slash.name}:{found}>"


@dataclass(frozen=True)
class Markdown:
    """A `Dialect`; keeps in mind whom the sentences it spoke may ping."""

    catalogue: Catalogue
    registered: Registered
    pings: set[int] = field(default_factory=set[int])

    def plain(self, text: str) -> str:
        """Shown literally."""
        return escape(text)

    def strong(self, text: str) -> str:
        """Bold."""
        inner = escape(one_line(text))
        return f"**{inner}**" if inner else ""

    def code(self, text: str) -> str:
        """Inline code."""
        return in_code(text)

    def slash(self, slash: Slash) -> str:
        """A command."""
        return self.registered.shown(slash)

    def when(self, when: When) -> str:
        """In each reader's own zone."""
        style = "D" if not when.with_time else "F" if when.with_date else "t"
        return f"<t:{int(when.at.timestamp())}:{style}>"

    def person(self, person: Person) -> str:
        """A mention that pings only if it should; the name of who has no account here."""
        for account in person.who.accounts:
            if account.platform == PLATFORM and account.user.isdecimal():
                if person.ping:
                    self.pings.add(int(account.user))
                return f"<@{account.user}>"
        return escape(one_line(person.who.name))

    def channel(self, channel: InChannel) -> str:
        """A link to it."""
        if channel.elsewhere(PLATFORM):
            return speak(CHANNEL_ELSEWHERE, self)
        return f"<#{channel.ref}>" if channel.ref.isdecimal() else escape(f"#{channel.ref}")

    def role(self, role: HasRole) -> str:
        """A mention; nothing this bot sends pings a role."""
        return f"<@&{role.ref}>" if role.ref.isdecimal() else escape(f"@{role.ref}")

    def say(self, words: Words) -> str:
        """A sentence as markdown."""
        return speak(words, self).strip()
