"""One interaction and its answers: acknowledged once, answered once, and never left without.

Discord's rules: the first answer within three seconds, exactly one; then edits and further messages
for fifteen minutes on the interaction's token. Whatever goes wrong after that goes to the person's
direct messages: narrower than any place, so nothing is shown to more people than it was meant for.
"""

from __future__ import annotations

import enum
import logging
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

import discord

from adapters.discord.dialect import PLATFORM, Registered
from adapters.discord.forms import modal_of
from adapters.discord.people import account_of
from adapters.discord.render import Sheet, sheets
from adapters.discord.sending import (
    ALREADY_ACKNOWLEDGED,
    TOKEN_GONE,
    TOO_MANY_OLD_EDITS,
    TROUBLE,
    UNKNOWN_MESSAGE,
    changed,
    code_of,
    new,
)
from bot.metrics import Metrics
from bot.runtime.doors import Delivered, Sent, Target, ToPerson
from bot.runtime.screen import FormScreen, Screen
from bot.ui.parts import Audience

_log = logging.getLogger(__name__)

SendAnyway = Callable[[Target, Screen, str], Awaitable[Sent]]


class _Ack(enum.Enum):
    NONE = enum.auto()
    WAITING_PRIVATELY = enum.auto()
    WAITING_IN_PUBLIC = enum.auto()
    SOURCE = enum.auto()
    """The message whose button was pressed stands for the answer until there is one."""


class Turn:
    """Carries answers back to whoever caused an interaction."""

    def __init__(
        self,
        interaction: discord.Interaction[Any],
        registered: Registered,
        anyway: SendAnyway,
        metrics: Metrics,
    ) -> None:
        self._metrics = metrics
        self._began = perf_counter()
        self._interaction = interaction
        self._registered = registered
        self._anyway = anyway
        self._ack = _Ack.NONE
        self._direct = interaction.guild_id is None
        self._between: discord.WebhookMessage | None = None

    # The first answer ---------------------------------------------------------------------------

    async def acknowledge(self, audience: Audience) -> bool:
        """Tell Discord that an answer will come. False if it is too late for any."""
        private = self._ephemeral(audience)
        if self._interaction.message is not None:
            self._ack = _Ack.SOURCE
        else:
            self._ack = _Ack.WAITING_PRIVATELY if private else _Ack.WAITING_IN_PUBLIC
        try:
            if self._ack is _Ack.SOURCE:
                await self._interaction.response.defer()
            else:
                await self._interaction.response.defer(ephemeral=private, thinking=True)
            self._tell_ack()
        except discord.HTTPException as refusal:
            if refusal.code in TOKEN_GONE:
                # The person reads that the application did not respond, so nothing may happen.
                _log.warning("an interaction came too late to be acknowledged: %s", refusal.code)
                return False
            if refusal.code != ALREADY_ACKNOWLEDGED:
                _log.warning("an acknowledgement was answered with %s", refusal.status)
        except TROUBLE as trouble:
            # Its answer was lost, not necessarily the acknowledgement.
            _log.warning("an acknowledgement met %s", type(trouble).__name__)
        return True

    @property
    def acknowledged(self) -> bool:
        """Whether the first answer has been given."""
        return self._ack is not _Ack.NONE

    # The answer ---------------------------------------------------------------------------------

    async def open(self, form: FormScreen) -> None:
        """Show a form, as the first answer. Raises what Discord says, except that it has it."""
        try:
            await self._interaction.response.send_modal(modal_of(form))
            self._tell_ack()
        except discord.HTTPException as refusal:
            if refusal.code != ALREADY_ACKNOWLEDGED:
                raise

    def _tell_ack(self) -> None:
        self._metrics.acknowledged(PLATFORM, perf_counter() - self._began)

    async def meanwhile(self, screen: Screen) -> None:
        """What stands in the place of the answer until it is there. Trouble changes nothing."""
        replaces = screen.replaces and self._may_replace(screen)
        source = self._interaction.message
        layout = replaces and source is not None and source.flags.components_v2
        sheet, *_rest = sheets(screen, self._registered, layout=layout)
        try:
            match self._ack:
                case _Ack.NONE:
                    return
                case _Ack.SOURCE if replaces and self._between is None:
                    await self._interaction.edit_original_response(**changed(sheet))
                case _Ack.SOURCE if self._between is None:
                    self._between = await self._interaction.followup.send(
                        **new(sheet), ephemeral=self._ephemeral(screen.audience), wait=True
                    )
                case _Ack.SOURCE if self._between is not None:
                    await self._between.edit(**changed(sheet))
                case _:
                    await self._interaction.edit_original_response(**changed(sheet))
        except TROUBLE as trouble:
            _log.info("a word of progress was not shown: %s", code_of(trouble))

    async def show(self, screen: Screen) -> None:
        """Show a screen to exactly whom it is for; by direct message if nothing else is left."""
        try:
            await self._show(screen)
        except TROUBLE as trouble:
            if isinstance(trouble, discord.HTTPException) and not _is_passing(trouble):
                raise
            await self.tell_directly(screen, trouble)

    async def tell_directly(self, screen: Screen, because: BaseException) -> None:
        """The answer as a direct message."""
        person = ToPerson(account_of(self._interaction.user.id))
        sent = await self._anyway(person, screen, f"answer:{self._interaction.id}")
        _log.warning(
            "an answer went by direct message after %s (%s): %s",
            type(because).__name__,
            code_of(because),
            "arrived" if isinstance(sent, Delivered) else "refused too",
        )

    async def _show(self, screen: Screen) -> None:
        replaces = screen.replaces and self._may_replace(screen)
        source = self._interaction.message
        layout = replaces and source is not None and source.flags.components_v2
        first, *rest = sheets(screen, self._registered, layout=layout)
        private = self._ephemeral(screen.audience)
        match self._ack:
            case _Ack.NONE:
                await self._answer_at_once(first, private, replaces)
            case _Ack.SOURCE if replaces:
                await self._change_original(first, private)
                if self._between is not None:
                    await self._between.delete()
            case _Ack.SOURCE if self._between is not None:
                await self._between.edit(**changed(first))
            case _Ack.SOURCE:
                await self._further(first, private)
            case _Ack.WAITING_PRIVATELY | _Ack.WAITING_IN_PUBLIC:
                if private == (self._ack is _Ack.WAITING_PRIVATELY):
                    await self._change_original(first, private)
                else:
                    # Who sees an answer was fixed by the acknowledgement: it makes way for one
                    # with the right readers.
                    await self._remove_original()
                    await self._further(first, private)
        for sheet in rest:
            await self._further(sheet, private)

    async def _answer_at_once(self, sheet: Sheet, private: bool, replaces: bool) -> None:
        try:
            if replaces:
                await self._interaction.response.edit_message(**changed(sheet))
            else:
                await self._interaction.response.send_message(**new(sheet), ephemeral=private)
        except discord.HTTPException as refusal:
            # The library repeats a call whose answer was lost: then Discord has it already.
            if refusal.code != ALREADY_ACKNOWLEDGED:
                raise
        self._ack = _Ack.SOURCE

    async def _change_original(self, sheet: Sheet, private: bool) -> None:
        try:
            await self._interaction.edit_original_response(**changed(sheet))
        except discord.HTTPException as refusal:
            if refusal.code not in (UNKNOWN_MESSAGE, TOO_MANY_OLD_EDITS):
                raise
            # Deleted meanwhile, or too old to be changed again just now.
            _log.info("a message could not be changed (%s); a new one follows", refusal.code)
            await self._further(sheet, private)

    async def _further(self, sheet: Sheet, private: bool) -> None:
        await self._interaction.followup.send(**new(sheet), ephemeral=private, wait=True)

    async def _remove_original(self) -> None:
        try:
            await self._interaction.delete_original_response()
        except discord.NotFound:
            return

    # Who sees what ------------------------------------------------------------------------------

    def _ephemeral(self, audience: Audience) -> bool:
        """A direct message is private by itself, and stays."""
        return audience is Audience.ONLY_YOU and not self._direct

    def _may_replace(self, screen: Screen) -> bool:
        """Whether the pressed message has no more readers than the answer may have."""
        source = self._interaction.message
        if source is None:
            return False
        return self._direct or source.flags.ephemeral or screen.audience is Audience.CHANNEL


def _is_passing(trouble: discord.HTTPException) -> bool:
    return trouble.code in TOKEN_GONE or trouble.status >= 500 or trouble.status == 429
