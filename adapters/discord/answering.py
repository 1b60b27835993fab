"""Everything that people do on Discord, brought to the core and answered in time.

One boundary for trouble of the adapter itself: a line in the log by type, the core's one sentence
to the person.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread

from adapters.discord import uploads
from adapters.discord.dialect import Registered
from adapters.discord.forms import answers, labelled
from adapters.discord.heard import as_heard, wrote
from adapters.discord.people import PLATFORM, account_of, arrival_of, picked
from adapters.discord.sending import TROUBLE
from adapters.discord.turn import SendAnyway, Turn
from bot.domain.people import Account, Place
from bot.errors import StoreUnavailable
from bot.runtime import sentences
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.doors import ToPerson
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.runtime.seen import Seen
from bot.runtime.settling import bare, bare_voice
from bot.tasks import TaskOwner
from bot.ui.action import Upload
from bot.ui.form import Raw
from bot.ui.parts import Audience, Reply, Text
from bot.ui.words import ngettext

_log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that a form may take to be prepared; Discord wants the first answer within three."""
COMPLETION = 2.5
"""Seconds for suggestions; later ones find nobody."""

Work = Callable[[Arrival], Awaitable[Shown]]


class Answering:
    """Answers interactions, and knows which are still being answered."""

    def __init__(self, core: Core, registered: Registered, anyway: SendAnyway) -> None:
        self._core = core
        self._registered = registered
        self._anyway = anyway
        self._cdn = uploads.Cdn()
        self._tasks = TaskOwner("discord answers")
        self._held = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False
        self._seen = Seen()

    # What people do -----------------------------------------------------------------------------

    async def command(
        self, interaction: discord.Interaction[Any], name: str, options: Mapping[str, object]
    ) -> None:
        """A typed command with its options, as discord.py gives them; files in a list."""
        raw, files = _typed(options)
        given = frozenset((*raw, *files))
        foreseen = self._core.foresee_command(name, given)
        arrival = arrival_of(interaction)

        async def work(arrival: Arrival) -> Shown:
            return await self._core.command(arrival, name, {**raw, **await _fetched(files)})

        await self._answer(
            interaction,
            arrival,
            work,
            foreseen.audience,
            opens=foreseen.opens,
            files=bool(files),
        )

    async def point(
        self, interaction: discord.Interaction[Any], name: str, message: discord.Message
    ) -> None:
        """An entry in the menu of a message."""
        foreseen = self._core.foresee_entry(name)
        arrival, pointed = arrival_of(interaction), as_heard(message, self._cdn)

        async def work(arrival: Arrival) -> Shown:
            return await self._core.point(arrival, name, pointed)

        await self._answer(interaction, arrival, work, foreseen.audience, opens=foreseen.opens)

    async def left(self, server: int, user: int) -> None:
        """Somebody is no longer on a server."""
        account = Account(PLATFORM, "", str(user))
        await self._core.left_place(account, Place(PLATFORM, str(server)))

    async def allowed_otherwise(self, server: int) -> None:
        """Permissions or channels of a server changed."""
        await self._core.place_changed(Place(PLATFORM, str(server)))

    async def heard(self, message: discord.Message, *, again: bool = False) -> None:
        """An ordinary message; what is answered goes to its author alone."""
        heard = as_heard(message, self._cdn, again=again)
        shown = await self._core.hearing.heard(wrote(message), heard)
        if shown is not None:
            account = account_of(message.author.id)
            await self._anyway(ToPerson(account), shown, f"heard:{message.id}")

    async def unsaid(self, server: int, channel: int, message: int) -> None:
        """A message was deleted."""
        with contextlib.suppress(StoreUnavailable):
            place = Place(PLATFORM, str(server))
            await self._core.hearing.unsaid(place, str(channel), str(message))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """A button, or a list with what was chosen in it."""
        data: Mapping[str, Any] = interaction.data or {}
        wire = str(data.get("custom_id", ""))
        values = data.get("values")
        chosen = None if values is None else tuple(str(one) for one in values)
        foreseen = self._core.foresee_press(wire)
        arrival = arrival_of(interaction)

        async def work(arrival: Arrival) -> Shown:
            return await self._core.press(arrival, wire, chosen)

        await self._answer(interaction, arrival, work, foreseen.audience, opens=foreseen.opens)

    async def submit(self, interaction: discord.Interaction[Any]) -> None:
        """A form; which one and what was filled in stands in the interaction's own data."""
        data: Mapping[str, Any] = interaction.data or {}
        raw, ids = answers(data)
        files = {name: _attachments(interaction, data, listed) for name, listed in ids.items()}
        arrival = arrival_of(interaction)
        key = str(data.get("custom_id", ""))

        async def work(arrival: Arrival) -> Shown:
            return await self._core.submit(arrival, key, {**raw, **await _fetched(files)})

        # Who may see the answer is not known before: privately first.
        await self._answer(
            interaction, arrival, work, Audience.ONLY_YOU, opens=False, files=any(files.values())
        )

    async def unknown(self, interaction: discord.Interaction[Any]) -> None:
        """A command that this version does not have, from a list that a client still shows."""
        arrival = arrival_of(interaction)

        async def work(arrival: Arrival) -> Shown:
            return bare(arrival, sentences.TOO_OLD)

        await self._answer(interaction, arrival, work, Audience.ONLY_YOU, opens=False)

    async def complete(
        self, interaction: discord.Interaction[Any], suggest: str, text: str
    ) -> list[app_commands.Choice[str]]:
        """Suggestions; none in case of any trouble."""
        arrival = arrival_of(interaction)
        try:
            async with asyncio.timeout(COMPLETION):
                options = await self._core.complete(arrival, suggest, text)
            return [
                app_commands.Choice(name=label, value=value)
                for value, label in labelled(options, bare_voice(arrival))
            ]
        except TimeoutError:
            return []
        except Exception as trouble:
            self._core.boundary.apologise(arrival, trouble)
            return []

    # Ending -------------------------------------------------------------------------------------

    async def close(self, seconds: float) -> None:
        """Take nothing new and wait for what is being answered."""
        self._closed = True
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("stopped with %s answers under way", self._held)
        await self._tasks.close()
        await self._cdn.close()

    # Inside -------------------------------------------------------------------------------------

    async def _answer(
        self,
        interaction: discord.Interaction[Any],
        arrival: Arrival,
        work: Work,
        audience: Audience,
        *,
        opens: bool,
        files: bool = False,
    ) -> None:
        if self._closed or not self._seen.first(str(interaction.id)):
            return
        self._held += 1
        self._idle.clear()
        turn = Turn(interaction, self._registered, self._anyway, self._core.metrics)
        arrival = replace(arrival, meanwhile=turn.meanwhile)
        try:
            if opens:
                await self._show(turn, await self._in_time(turn, arrival, work))
            elif await turn.acknowledge(audience):
                async with self._core.places.one(needed=not files):
                    await self._show(turn, await work(arrival))
        except uploads.TooLarge:
            await self._last_word(turn, bare(arrival, _too_large()))
        except Exception as trouble:
            await self._last_word(turn, self._core.boundary.apologise(arrival, trouble))
        finally:
            self._held -= 1
            if not self._held:
                self._idle.set()

    async def _in_time(self, turn: Turn, arrival: Arrival, work: Work) -> Shown:
        """What `work` gives, acknowledged only if it takes too long for a form to be opened."""

        async def go() -> Shown:
            return await work(arrival)

        task = self._tasks.start("opening", go())
        done, _waiting = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            await turn.acknowledge(Audience.ONLY_YOU)
        return await task

    async def _show(self, turn: Turn, shown: Shown) -> None:
        if isinstance(shown, Screen):
            await turn.show(shown)
        elif turn.acknowledged:
            await turn.show(self._core.form_later(shown))
        else:
            await self._open(turn, shown)

    async def _open(self, turn: Turn, form: FormScreen) -> None:
        try:
            await turn.open(form)
        except discord.NotFound as late:
            await turn.tell_directly(self._core.form_later(form), late)

    async def _last_word(self, turn: Turn, screen: Screen) -> None:
        try:
            await turn.show(screen)
        except TROUBLE as trouble:
            _log.error("an apology could not be shown: %s", type(trouble).__name__)


def _typed(
    options: Mapping[str, object],
) -> tuple[dict[str, Raw], dict[str, list[discord.Attachment]]]:
    """Options as the core takes them; files apart, still to be fetched."""
    raw: dict[str, Raw] = {}
    files: dict[str, list[discord.Attachment]] = {}
    for name, value in options.items():
        match value:
            case list():
                files[name] = cast(list[discord.Attachment], value)
            case discord.User() | discord.Member():
                raw[name] = (picked(value),)
            case bool() | int() | str():
                raw[name] = value
            case discord.Role() | AppCommandChannel() | AppCommandThread():
                raw[name] = str(value.id)
            case _:
                raise TypeError(f"no option is a {type(value).__name__}")
    return raw, files


def _attachments(
    interaction: discord.Interaction[Any], data: Mapping[str, Any], listed: Sequence[str]
) -> list[discord.Attachment]:
    """The files in the person's order; `resolved` has an order of its own."""
    resolved: Mapping[str, Any] = (data.get("resolved") or {}).get("attachments") or {}
    return [
        discord.Attachment(data=resolved[one], state=interaction.client._connection)
        for one in listed
        if one in resolved
    ]


async def _fetched(
    files: Mapping[str, Sequence[discord.Attachment]],
) -> dict[str, tuple[Upload, ...]]:
    return {name: await uploads.fetch(listed) for name, listed in files.items()}


def _too_large() -> Reply:
    most = uploads.MOST_BYTES // (1024 * 1024)
    return Reply(
        (
            Text(
                ngettext(
                    "These files are too large: at most {count} megabyte at a time.",
                    "These files are too large: at most {count} megabytes at a time.",
                    most,
                )
            ),
        )
    )
