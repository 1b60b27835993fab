"""Messages into conversations: to a person, into a channel, below a message; and the Messenger.

One screen may become several messages, files and a thread. What is refused is refused at the first
message; once that stands, trouble with the rest is logged and the message counts as delivered.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import PLATFORM
from adapters.slack.dialect import Reader
from adapters.slack.files import FileRefused, Files
from adapters.slack.render import Message, Rendered, reader_of, render
from adapters.slack.trouble import TROUBLE, code_of, outcome_of
from bot.runtime.doors import Delivered, Sent, Target, ToChannel, ToPerson, Trace, Undeliverable
from bot.runtime.screen import Screen

_AT_ONCE = 4
"""Slack recognises no repetition, so little may be under way when something breaks."""
_MOST_KNOWN = 10_000
_NO_THREAD = frozenset(("thread_not_found", "cannot_reply_to_message", "message_not_found"))

_log = logging.getLogger(__name__)


class Posting:
    """Writes as the bot."""

    def __init__(self, api: AsyncWebClient, files: Files, workspace: str, prefix: str) -> None:
        self._api = api
        self._files = files
        self._workspace = workspace
        self._prefix = prefix
        self._direct: dict[str, str] = {}
        self._passing: dict[tuple[str, str], tuple[str, ...]] = {}
        """Files that go when the screen they belong to does, by person and its word."""
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """Carry an unrequested message."""
        match target:
            case ToPerson(account):
                here = (account.platform, account.workspace) == (PLATFORM, self._workspace)
            case ToChannel(place, _channel):
                here = (place.platform, place.workspace) == (PLATFORM, self._workspace)
        if not here:
            return Undeliverable("other_workspace")
        async with self._turns:
            try:
                match target:
                    case ToPerson(account):
                        reader = Reader(screen.voice, self._workspace, self._prefix)
                        channel = await self.direct(account.user)
                    case ToChannel(_place, channel):
                        reader = Reader(screen.voice, self._workspace, self._prefix, public=True)
                rendered = render(screen, reader)
                below = target.below if isinstance(target, ToChannel) else ""
                trace = await self._below(channel, rendered, reader, below, key)
                return Delivered(trace.messages[0] if trace.messages else "", trace)
            except TROUBLE as failure:
                if isinstance(target, ToPerson):
                    self._direct.pop(target.account.user, None)
                return outcome_of(failure)
            except FileRefused:
                return Undeliverable("upload_refused")

    async def _below(
        self, channel: str, rendered: Rendered, reader: Reader, message: str, key: str
    ) -> Trace:
        """In the thread of a message; where that is gone, in the channel."""
        if message:
            try:
                return await self.post(channel, rendered, reader, thread=message, key=key)
            except SlackApiError as refused:
                if code_of(refused) not in _NO_THREAD:
                    raise
                _log.info("a thread cannot be written in: %s", code_of(refused))
        return await self.post(channel, rendered, reader, key=key)

    async def direct(self, user: str) -> str:
        """The conversation with one person, opened if need be."""
        known = self._direct.get(user)
        if known is None:
            opened = await self._api.conversations_open(users=user)
            known = str((opened.get("channel") or {}).get("id"))
            while len(self._direct) >= _MOST_KNOWN:
                del self._direct[next(iter(self._direct))]
            self._direct[user] = known
        return known

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Another screen in place of what was posted; its files and further messages go."""
        reader = Reader(screen.voice, self._workspace, self._prefix, public=True)
        rendered = render(screen, reader)
        head, *more = trace.messages
        await self._files.delete(trace.files)
        try:
            for ts in more:
                await self._delete(at.channel, ts)
            first, *rest = rendered.messages
            await self._api.chat_update(
                channel=at.channel, ts=head, text=first.text, blocks=list(first.blocks)
            )
            left = replace(rendered, messages=tuple(rest))
            below = await self._all(at.channel, left, reader, None, head)
            return Delivered(head, replace(below, messages=(head, *below.messages)))
        except TROUBLE as failure:
            return outcome_of(failure)

    async def _delete(self, channel: str, ts: str) -> None:
        try:
            await self._api.chat_delete(channel=channel, ts=ts)
        except TROUBLE as failure:
            _log.info("a message was not deleted: %s", code_of(failure))

    async def forget(self, user: str, passing: str) -> None:
        """Delete what was shown to somebody in passing."""
        await self._files.delete(self._passing.pop((user, passing), ()))

    def passes(self, user: str, passing: str, trace: Trace) -> None:
        """Remember what is to be deleted when the next screen of that word comes."""
        while len(self._passing) >= _MOST_KNOWN:
            del self._passing[next(iter(self._passing))]
        known = self._passing.get((user, passing), ())
        self._passing[user, passing] = (*known, *trace.files)

    async def tell(self, user: str, screen: Screen) -> None:
        """A direct message with a private screen."""
        reader = reader_of(screen, self._workspace, self._prefix)
        await self.post(await self.direct(user), render(screen, reader), reader)

    async def post(
        self,
        channel: str,
        rendered: Rendered,
        reader: Reader,
        *,
        thread: str | None = None,
        key: str | None = None,
    ) -> Trace:
        """Everything of a screen into one conversation; what it became there.

        Raises what the client raises, but only as long as nothing was posted.
        """
        if not rendered.messages:
            # Slack does not tell which message an upload became.
            return Trace((), await self._files.send(rendered.files, reader, channel, thread))
        first, *more = rendered.messages
        ts = await self._write(channel, first, thread, key)
        left = replace(rendered, messages=tuple(more))
        rest = await self._all(channel, left, reader, thread, thread or ts)
        return Trace((ts, *rest.messages), rest.files)

    async def _all(
        self, channel: str, rendered: Rendered, reader: Reader, thread: str | None, below: str
    ) -> Trace:
        """What follows the first message; trouble with it is logged, for that one stands."""
        messages: list[str] = []
        files: list[str] = []
        try:
            for message in rendered.messages:
                messages.append(await self._write(channel, message, thread, None))
            files += await self._files.send(rendered.files, reader, channel, thread)
            for message in rendered.below:
                messages.append(await self._write(channel, message, below, None))
            files += await self._files.send(rendered.files_below, reader, channel, below)
        except (*TROUBLE, FileRefused) as failure:
            _log.warning("a message lacks its end: %s", code_of(failure))
        return Trace(tuple(messages), tuple(files))

    async def _write(
        self, channel: str, message: Message, thread: str | None, key: str | None
    ) -> str:
        extra: dict[str, Any] = {}
        if thread is not None:
            extra["thread_ts"] = thread
        if key is not None:
            # Lets a person (or a test) recognise a repetition; Slack itself does not.
            extra["metadata"] = {"event_type": "delivery", "event_payload": {"key": key}}
        answer = await self._api.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=list(message.blocks),
            unfurl_links=False,
            unfurl_media=False,
            **extra,
        )
        return str(answer["ts"])
