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
from adapters.discord.render import Sheet, sheets
from adapters.discord.sending import (
    PASSING,
    THREAD_EXISTS,
    TOO_MANY_OLD_EDITS,
    TROUBLE,
    UNKNOWN_MESSAGE,
    changed,
    code_of,
    new,
    why_not,
)
from bot.clock import Clock
from bot.runtime.doors import (
    Again,
    Delivered,
    Sent,
    Target,
    ToChannel,
    ToPerson,
    Trace,
    Undeliverable,
)
from bot.runtime.screen import Screen

_log = logging.getLogger(__name__)
_MINUTE = timedelta(minutes=1)
_NONCE = 25
_THREAD_NAME = 100
_DAY = 1440
"""Minutes without a word after which a thread is folded away."""
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
        self._begun: dict[str, tuple[int, list[str]]] = {}
        """Screens of which only the beginning went, by key: how many messages, and their ids."""

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
            if isinstance(target, ToChannel) and target.below:
                sent = await self._below(client, channel, target, screen, key)
            else:
                sent = await self._rest(channel, screen, key)
            if isinstance(target, ToChannel) and target.thread and not target.below:
                await _opened_thread(client, channel, int(sent[0]), target.thread)
        except TROUBLE as trouble:
            answer = why_not(trouble)
            if isinstance(answer, Undeliverable) and (begun := self._begun.pop(key, None)):
                _log.warning("a message lacks its end: %s", answer.why)
                return Delivered(begun[1][0], Trace(tuple(begun[1])))
            if isinstance(answer, Undeliverable) and not isinstance(trouble, discord.Forbidden):
                # Closed messages are everyday; another refusal is worth a look.
                _log.warning("a message was refused by Discord: %s", answer.why)
            return answer
        if isinstance(target, ToPerson):
            self._direct[int(target.account.user)] = channel.id
        return Delivered(sent[0], Trace(tuple(sent)))

    async def change(
        self, client: discord.Client | None, at: ToChannel, trace: Trace, screen: Screen
    ) -> Sent:
        """Another screen in place of what was sent; what it had beside the first message goes."""
        if client is None:
            return Again(PASSING)
        try:
            channel = await self._channel(client, at)
            if not isinstance(channel, discord.PartialMessageable):
                return channel
            return await _changed(channel, trace, sheets(screen, self._registered, layout=True))
        except TROUBLE as trouble:
            return why_not(trouble)

    async def _below(
        self,
        client: discord.Client,
        channel: discord.PartialMessageable,
        target: ToChannel,
        screen: Screen,
        key: str,
    ) -> list[str]:
        """In the discussion of a message; whatever cannot go there goes into the channel."""
        if await _has_thread(client, channel, int(target.below), target.thread):
            # A thread has the id of the message that it was opened on.
            thread = client.get_partial_messageable(int(target.below))
            try:
                return await self._rest(thread, screen, key)
            except discord.HTTPException as refused:
                if isinstance(why_not(refused), Again):
                    raise
                _log.info("a thread cannot be written in: %s", code_of(refused))
        return await self._rest(channel, screen, key)

    async def _rest(
        self, channel: discord.PartialMessageable, screen: Screen, key: str
    ) -> list[str]:
        """Whatever was not sent by an earlier try; the ids of all messages."""
        done, ids = self._begun.pop(key, (0, []))
        for number, sheet in enumerate(sheets(screen, self._registered)):
            if number < done:
                continue
            nonce = hashlib.sha256(f"{key}#{number}".encode()).hexdigest()[:_NONCE]
            try:
                sent = await channel.send(**new(sheet), nonce=nonce)
            except TROUBLE:
                if ids:
                    self._remember(key, number, ids)
                raise
            ids.append(str(sent.id))
        return ids

    def _remember(self, key: str, done: int, ids: list[str]) -> None:
        while len(self._begun) >= _MOST_BEGUN:
            del self._begun[next(iter(self._begun))]
        self._begun[key] = done, ids

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


async def _opened_thread(
    client: discord.Client, channel: discord.PartialMessageable, message: int, name: str
) -> None:
    """Below a message; without the permission people answer in the channel."""
    try:
        await client.http.start_thread_with_message(
            channel.id, message, name=name[:_THREAD_NAME], auto_archive_duration=_DAY
        )
    except TROUBLE as trouble:
        _log.info("no thread was opened: %s", code_of(trouble))


async def _has_thread(
    client: discord.Client, channel: discord.PartialMessageable, message: int, name: str
) -> bool:
    """Whether there is one on a message by now. Raises what is worth another try."""
    if client.get_channel(message) is not None:
        return True
    try:
        await client.http.start_thread_with_message(
            channel.id, message, name=name[:_THREAD_NAME], auto_archive_duration=_DAY
        )
    except discord.HTTPException as refused:
        if code_of(refused) == THREAD_EXISTS:
            return True
        if isinstance(why_not(refused), Again):
            raise
        _log.info("no thread was opened: %s", code_of(refused))
        return False
    return True


async def _changed(
    channel: discord.PartialMessageable, trace: Trace, made: tuple[Sheet, ...]
) -> Sent:
    first, *more = made
    head = channel.get_partial_message(int(trace.messages[0]))
    for message in trace.messages[1:]:
        await _removed(channel, int(message))
    try:
        await head.edit(**changed(first))
        ids = [trace.messages[0]]
    except discord.HTTPException as refusal:
        if refusal.code not in (UNKNOWN_MESSAGE, TOO_MANY_OLD_EDITS):
            raise
        # Deleted by somebody else, or too old to be changed just now: it goes, and comes afresh.
        await _removed(channel, int(trace.messages[0]))
        ids = [str((await channel.send(**new(first))).id)]
    for sheet in more:
        ids.append(str((await channel.send(**new(sheet))).id))
    return Delivered(ids[0], Trace(tuple(ids)))


async def _removed(channel: discord.PartialMessageable, message: int) -> None:
    try:
        await channel.get_partial_message(message).delete()
    except discord.NotFound:
        return
