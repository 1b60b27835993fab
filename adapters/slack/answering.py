"""The answer to an act, where the person is looking: beside the command, in place of the message,
in the channel, or as a direct message when nothing nearer works.

A private answer is never put where others read it; a public one that cannot be posted as it is
meant becomes private.
"""

from __future__ import annotations

import logging
from collections.abc import Container
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.dialect import Reader
from adapters.slack.files import FileRefused
from adapters.slack.forms import view_of
from adapters.slack.posting import Posting
from adapters.slack.render import Message, Rendered, note, reader_of, render
from adapters.slack.spot import Spot
from adapters.slack.trouble import LIBRARY_LOG, TROUBLE, code_of
from bot.runtime.core import Core
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.ui.parts import Audience
from bot.ui.words import Words, _

_log = logging.getLogger(__name__)


class Answers:
    """Shows what the core answered."""

    def __init__(
        self, api: AsyncWebClient, posting: Posting, core: Core, workspace: str, prefix: str
    ) -> None:
        self._api = api
        self._posting = posting
        self._core = core
        self._workspace = workspace
        self._prefix = prefix

    @property
    def _commands(self) -> Container[str]:
        return self._core.registry.commands

    async def show(
        self, spot: Spot, shown: Shown, trigger: str | None, above: Words | None = None
    ) -> None:
        """Whatever the core answered. `above`: a sentence on top of a form."""
        if isinstance(shown, FormScreen):
            await self._open(spot, shown, trigger, above)
        else:
            await self._screen(spot, shown)

    async def _open(
        self, spot: Spot, shown: FormScreen, trigger: str | None, above: Words | None
    ) -> None:
        reader = Reader(shown.voice, self._workspace, self._prefix)
        view = view_of(shown, reader, self._commands, spot, above)
        try:
            await self._api.views_open(trigger_id=trigger or "", view=view)
        except TROUBLE as failure:
            # Too late, most likely: the right to open a form lives three seconds.
            _log.info("a form could not be opened: %s", code_of(failure))
            await self._screen(spot, self._core.form_later(shown))

    async def meanwhile(self, spot: Spot, screen: Screen) -> Spot:
        """A word of progress, in the conversation with the bot; where the answer goes then."""
        reader = reader_of(screen, self._workspace, self._prefix)
        message = render(screen, reader).messages[0]
        if spot.held:
            await self._replace(spot, message)
            return spot
        if screen.replaces and spot.direct and spot.message and not spot.private:
            await self._replace(spot, message)
            return replace(spot, held=True)
        try:
            channel = await self._posting.direct(spot.user)
            trace = await self._posting.post(channel, Rendered((message,)), reader)
        except TROUBLE as failure:
            _log.info("a word of progress was not shown: %s", code_of(failure))
            return spot
        if not spot.direct and spot.channel is not None:
            told = note(reader, _("The answer comes to our direct messages: it holds pictures."))
            await self._ephemeral(spot, told)
        return Spot(spot.user, channel, message=trace.messages[0], held=True)

    async def _screen(self, spot: Spot, screen: Screen) -> None:
        if screen.passing is not None:
            await self._posting.forget(spot.user, screen.passing)
        if spot.held:
            screen = replace(screen, replaces=True)
        reader = reader_of(screen, self._workspace, self._prefix)
        rendered = render(screen, reader)
        if screen.audience is Audience.CHANNEL and spot.channel is not None:
            if await self._in_channel(spot, screen, rendered, reader):
                return
            # Narrowed: rendered again, because a private screen has no thread and may mention.
            screen = replace(screen, audience=Audience.ONLY_YOU, replaces=False)
            reader = reader_of(screen, self._workspace, self._prefix)
            rendered = render(screen, reader)
            says = _("I may not write in this channel, so only you see this. Invite me first.")
            rendered = replace(rendered, messages=(note(reader, says), *rendered.messages))
        await self._privately(spot, screen, rendered, reader)

    # For everybody ------------------------------------------------------------------------------

    async def _in_channel(
        self, spot: Spot, screen: Screen, rendered: Rendered, reader: Reader
    ) -> bool:
        if screen.replaces and not spot.private and rendered.messages:
            first, *more = rendered.messages
            if await self._replace(spot, first):
                rendered = replace(rendered, messages=tuple(more))
                spot = replace(spot, thread=spot.thread or spot.message)
        if not (rendered.messages or rendered.files or rendered.below):
            return True
        try:
            await self._posting.post(spot.channel or "", rendered, reader, thread=spot.thread)
        except (*TROUBLE, FileRefused) as failure:
            _log.info("not posted in the channel: %s", code_of(failure))
        else:
            return True
        if rendered.files or rendered.below:
            return False  # neither files nor what is covered can go through Slack's address
        return await self._respond_all(spot, rendered.messages, "in_channel")

    # For one person -----------------------------------------------------------------------------

    async def _privately(
        self, spot: Spot, screen: Screen, rendered: Rendered, reader: Reader
    ) -> None:
        instead = screen.replaces and (spot.private or spot.direct)
        first, *more = rendered.messages or (None,)
        # With a file, a private reply becomes a notice; the conversation with the bot needs none.
        stays = not rendered.files or (spot.direct and not spot.private)
        if first and instead and stays and await self._replace(spot, first):
            rendered = replace(rendered, messages=tuple(more))
        if not (rendered.messages or rendered.files):
            return
        if await self._own_conversation(spot, rendered, reader):
            return
        if rendered.files:
            await self._by_direct_message(spot, rendered, reader, instead=instead)
            return
        messages = rendered.messages
        for place, message in enumerate(messages):
            if await self._respond(spot, message, "ephemeral"):
                continue
            if await self._ephemeral(spot, message):
                continue
            left = replace(rendered, messages=messages[place:])
            await self._post_directly(spot, left, reader)
            return

    async def _own_conversation(self, spot: Spot, rendered: Rendered, reader: Reader) -> bool:
        """In the conversation with the bot a private answer is an ordinary message: it stays."""
        if not spot.direct or spot.private:
            return False
        try:
            trace = await self._posting.post(
                spot.channel or "", rendered, reader, thread=spot.thread
            )
        except (*TROUBLE, FileRefused):
            return False  # somebody else's conversation, where the bot cannot write
        if rendered.passing is not None:
            self._posting.passes(spot.user, rendered.passing, trace)
        return True

    async def _by_direct_message(
        self, spot: Spot, rendered: Rendered, reader: Reader, *, instead: bool
    ) -> None:
        """A private reply cannot carry a file: the whole answer goes to the conversation."""
        sent = await self._post_directly(spot, rendered, reader)
        if spot.channel is None:
            return
        if sent:
            says = _("I sent you a direct message, because a private reply cannot carry a file.")
        else:
            says = _("This comes with a file, which I could not send you as a direct message.")
        messages = (note(reader, says),) if sent else (*rendered.messages, note(reader, says))
        if instead and await self._replace(spot, messages[0]):
            messages = messages[1:]
        for message in messages:
            if not await self._respond(spot, message, "ephemeral"):
                await self._ephemeral(spot, message)

    async def _post_directly(self, spot: Spot, rendered: Rendered, reader: Reader) -> bool:
        try:
            channel = await self._posting.direct(spot.user)
            trace = await self._posting.post(channel, rendered, reader)
        except (*TROUBLE, FileRefused) as failure:
            _log.warning("an answer found no way: %s", code_of(failure))
            return False
        if rendered.passing is not None:
            self._posting.passes(spot.user, rendered.passing, trace)
        return True

    # The ways -----------------------------------------------------------------------------------

    async def _replace(self, spot: Spot, message: Message) -> bool:
        """Put something in place of the message that was acted on."""
        if spot.message is None:
            return False
        if await self._respond(spot, message, None):
            return True
        if spot.private or spot.channel is None:
            return False
        try:
            await self._api.chat_update(
                channel=spot.channel,
                ts=spot.message,
                text=message.text,
                blocks=list(message.blocks),
            )
        except TROUBLE:
            return False
        return True

    async def _respond_all(self, spot: Spot, messages: tuple[Message, ...], seen_by: str) -> bool:
        for place, message in enumerate(messages):
            if not await self._respond(spot, message, seen_by):
                return place > 0
        return True

    async def _respond(self, spot: Spot, message: Message, seen_by: str | None) -> bool:
        """Through Slack's address for this act. `seen_by` None: in place of the message."""
        if spot.url is None:
            return False
        body: dict[str, object] = {
            "text": message.text,
            "blocks": list(message.blocks),
            # Always said: without it Slack would take the message that was acted on.
            "replace_original": seen_by is None,
        }
        if seen_by is not None:
            body["response_type"] = seen_by
            if spot.thread is not None:
                body["thread_ts"] = spot.thread
        client = AsyncWebhookClient(
            spot.url, session=self._api.session, logger=LIBRARY_LOG, timeout=self._api.timeout
        )
        try:
            answer = await client.send_dict(body)
        except TROUBLE as failure:
            _log.info("an answer was not taken: %s", code_of(failure))
            return False
        return answer.status_code == 200

    async def _ephemeral(self, spot: Spot, message: Message) -> bool:
        if spot.channel is None:
            return False
        thread: dict[str, Any] = {"thread_ts": spot.thread} if spot.thread else {}
        try:
            await self._api.chat_postEphemeral(
                channel=spot.channel,
                user=spot.user,
                text=message.text,
                blocks=list(message.blocks),
                **thread,
            )
        except TROUBLE:
            return False
        return True
