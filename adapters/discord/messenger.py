"""Messages that nobody asked for just now: direct messages and posts in channels.

What Discord refuses for good is told apart from passing trouble; people who never exchanged a
message with the bot are written to at a measured pace, because bots that write to many strangers at
once are put in quarantine. A screen may be several messages: after trouble in between, another try
goes on with what has not been sent.
"""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from datetime import datetime, timedelta

import discord

from adapters.discord.dialect import PLATFORM, Registered
from adapters.discord.render import sheets
from adapters.discord.sending import PASSING, TROUBLE, new, why_not
from bot.clock import Clock
from bot.runtime.doors import Again, Delivered, Sent, Target, ToChannel, ToPerson, Undeliverable
from bot.runtime.screen import Screen

_log = logging.getLogger(__name__)
_MINUTE = timedelta(minutes=1)
_NONCE = 25
_MOST_BEGUN = 1_000


class FirstContacts:
    """How many strangers may be written to within a minute."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._most = per_minute
        self._clock = clock
        self._made: deque[datetime] = deque()

    def wait(self) -> float:
        """Seconds until another may be made; 0 for at once, and then it is counted."""
        now = self._clock.now()
        while self._made and not timedelta() <= now - self._made[0] < _MINUTE:
            self._made.popleft()
        if len(self._made) < self._most:
            self._made.append(now)
            return 0.0
        return max((self._made[0] + _MINUTE - now).total_seconds(), 1.0)


class Mail:
    """Sends screens to people and channels."""

    def __init__(self, registered: Registered, contacts: FirstContacts) -> None:
        self._registered = registered
        self._contacts = contacts
        self._direct: dict[int, int] = {}
        """Direct channels known to be open, by user."""
        self._begun: dict[str, tuple[int, str]] = {}
        """Screens of which only the beginning went, by key: how many messages, and the first."""

    async def send(
        self, client: discord.Client | None, target: Target, screen: Screen, key: str
    ) -> Sent:
        """Send once; the key's digest lets Discord recognise a repetition within minutes."""
        if client is None:
            return Again(PASSING)
        try:
            channel = await self._channel(client, target)
            if not isinstance(channel, discord.PartialMessageable):
                return channel
            first = await self._rest(channel, screen, key)
        except TROUBLE as trouble:
            answer = why_not(trouble)
            if isinstance(answer, Undeliverable) and (begun := self._begun.pop(key, None)):
                _log.warning("a message lacks its end: %s", answer.why)
                return Delivered(begun[1])
            if isinstance(answer, Undeliverable) and not isinstance(trouble, discord.Forbidden):
                # Closed messages are everyday; another refusal is worth a look.
                _log.warning("a message was refused by Discord: %s", answer.why)
            return answer
        if isinstance(target, ToPerson):
            self._direct[int(target.account.user)] = channel.id
        return Delivered(first)

    async def _rest(self, channel: discord.PartialMessageable, screen: Screen, key: str) -> str:
        """Whatever was not sent by an earlier try; the id of the first message of all."""
        done, first = self._begun.pop(key, (0, ""))
        for number, sheet in enumerate(sheets(screen, self._registered)):
            if number < done:
                continue
            nonce = hashlib.sha256(f"{key}#{number}".encode()).hexdigest()[:_NONCE]
            try:
                sent = await channel.send(**new(sheet), nonce=nonce)
            except TROUBLE:
                if first:
                    self._remember(key, number, first)
                raise
            first = first or str(sent.id)
        return first

    def _remember(self, key: str, done: int, first: str) -> None:
        while len(self._begun) >= _MOST_BEGUN:
            del self._begun[next(iter(self._begun))]
        self._begun[key] = done, first

    async def _channel(
        self, client: discord.Client, target: Target
    ) -> discord.PartialMessageable | Sent:
        match target:
            case ToPerson(account):
                if account.platform != PLATFORM or not account.user.isdecimal():
                    return Undeliverable("no such account")
                return await self._direct_channel(client, int(account.user))
            case ToChannel(place, channel):
                if place.platform != PLATFORM or not channel.isdecimal():
                    return Undeliverable("no such channel")
                known = client.get_channel(int(channel))
                guild = getattr(known, "guild", None)
                if guild is not None and str(guild.id) != place.workspace:
                    return Undeliverable("channel of another place")
                return client.get_partial_messageable(int(channel))

    async def _direct_channel(
        self, client: discord.Client, user: int
    ) -> discord.PartialMessageable | Again:
        known = self._direct.get(user)
        if known is None:
            opened = await client.http.start_private_message(user)
            known = int(opened["id"])
            # An opened channel without a message shows nothing to the person: the first message
            # in it is what counts as writing to a stranger.
            if not opened.get("last_message_id") and (seconds := self._contacts.wait()):
                return Again(seconds)
        return client.get_partial_messageable(known, type=discord.ChannelType.private)
