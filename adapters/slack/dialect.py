"""How words are written on Slack: its markup with everything typed escaped, and plain places.

Nothing that a person typed can become markup: `& < >` are escaped everywhere, so no mention,
channel or date can be smuggled in; signs of emphasis, which Slack cannot escape, are written with
their nearest likeness where they could begin or end one. A mention is written only where it is
meant to reach somebody, or where nobody else reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.slack import PLATFORM
from bot.runtime.screen import Voice
from bot.ui.language import PlainDialect, spelled
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

_URL = re.compile(r"https?://[^\s<>|\"']{1,500}[^\s<>|\"'.,;:!?)\]]")
_EMPHASIS = re.compile(r"(?<![^\W_])[*_~]|[*_~](?![^\W_])|`")
"""Within a word, as in `New_York`, the signs are none."""
_QUOTING = re.compile(r"(?m)^(\s*)>")
_SOFT_HYPHEN = "\xad"
_LIKENESS = str.maketrans("*_~`", "\u2217\u02cd\u223c\u02cb")
_TOKEN = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|\s|[^\s<&]+|.")


@dataclass(frozen=True)
class Reader:
    """Whose screen it is. `public`: others read it too, so a mention would ping."""

    voice: Voice
    workspace: str
    prefix: str
    public: bool = False

    def mrkdwn(self, words: Words) -> str:
        """Slack's markup."""
        return speak(words, Mrkdwn(self))

    def plain(self, words: Words) -> str:
        """Without markup, for buttons, headers and options: times in the reader's zone."""
        return speak(words, Plain(self.voice.catalogue, self.voice.zone, self.prefix))


def typed_as(prefix: str, slash: Slash) -> str:
    """A command as it is typed on Slack, where names belong to the whole workspace."""
    return f"/{prefix}{slash.name} {slash.rest}".rstrip()


@dataclass(frozen=True)
class Plain(PlainDialect):
    """Plain words with this workspace's command names."""

    prefix: str = ""

    def slash(self, slash: Slash) -> str:
        """Such as `/ir-hours list`."""
        return typed_as(self.prefix, slash)


@dataclass(frozen=True)
class Mrkdwn:
    """Slack's markup; implements `Dialect`."""

    reader: Reader

    @property
    def catalogue(self) -> Catalogue:
        """The reader's language."""
        return self.reader.voice.catalogue

    def plain(self, text: str) -> str:
        """As it was typed; web addresses stay open to a click."""
        return "".join(_linked(text))

    def strong(self, text: str) -> str:
        """Bold."""
        inner = literal(" ".join(text.split()).replace("*", "\u2217"))
        return f"*{inner}*" if inner else escape(text)

    def code(self, text: str) -> str:
        """Set as code."""
        return f"`{escape(text.replace('`', 'ˋ'))}`" if text.strip() else escape(text)

    def slash(self, slash: Slash) -> str:
        """The command as it is typed here, set as code."""
        return self.code(typed_as(self.reader.prefix, slash))

    def when(self, when: When) -> str:
        """In each reader's own zone; written out for clients that cannot."""
        shown = ("{date_short_pretty}", when.with_date), ("{time}", when.with_time)
        pattern = " ".join(part for part, wanted in shown if wanted)
        voice = self.reader.voice
        written = escape(spelled(when, voice.zone, voice.language))
        return f"<!date^{int(when.at.timestamp())}^{pattern}|{written}>"

    def person(self, person: Person) -> str:
        """A mention where there is an account here and it pings nobody unasked; else the name."""
        if person.ping or not self.reader.public:
            for account in person.who.accounts:
                if (account.platform, account.workspace) == (PLATFORM, self.reader.workspace):
                    return f"<@{account.user}>"
        return literal(person.who.name)

    def channel(self, channel: InChannel) -> str:
        """A link to it."""
        if channel.elsewhere(PLATFORM):
            return speak(CHANNEL_ELSEWHERE, self)
        return f"<#{channel.ref}>" if channel.ref.isalnum() else escape(f"#{channel.ref}")

    def role(self, role: HasRole) -> str:
        """Slack has none: this one is of another platform."""
        return escape(f"@{role.ref}")


def literal(text: str) -> str:
    """Text in which nothing is emphasis or a quotation, escaped."""
    text = _EMPHASIS.sub(lambda found: found[0].translate(_LIKENESS), text)
    return escape(_QUOTING.sub(rf"\1{_SOFT_HYPHEN}>", text))


def escape(text: str) -> str:
    """Text in which nothing is a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _linked(text: str) -> Iterator[str]:
    at = 0
    for found in _URL.finditer(text):
        yield literal(text[at : found.start()])
        yield f"<{escape(found[0])}>"
        at = found.end()
    yield literal(text[at:])


_HALF_ENTITY = re.compile(r"&[a-z]{0,3}$")


def cut(mrkdwn: str, size: int) -> list[str]:
    """Markup in pieces of at most `size` characters, never cut inside a date, link or entity.

    Breaks between words where it can; no piece is blank.
    """
    pieces: list[str] = []
    current = ""
    for token in _TOKEN.findall(mrkdwn):
        if len(token) > size:  # one endless word; a link in two would be none, so it is text
            token = token.removeprefix("<").removesuffix(">")
        while len(token) > size:
            room = size - len(current)
            if (entity := _HALF_ENTITY.search(token, 0, room)) is not None:
                room = entity.start()
            pieces.append(current + token[:room])
            current, token = "", token[room:]
        if len(current) + len(token) > size:
            pieces.append(current)
            current = ""
        current += token
    pieces.append(current)
    return [piece.strip() for piece in pieces if piece.strip()]


def shortened(text: str, size: int) -> str:
    """Plain text that fits, with an ellipsis where it was cut; never empty."""
    text = text.strip() or "–"
    return text if len(text) <= size else f"{text[: size - 1]}…"
