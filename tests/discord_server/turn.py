"""What a person gets back for one act: an answer, a form, or "The application did not respond"."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.discord_server import interactions as acts
from tests.discord_server.components import Json, walk
from tests.discord_server.interactions import Interaction
from tests.discord_server.world import Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


class NotOffered(Exception):
    """The Discord client would not let a person do this: no such command, button, option, ..."""


class NoAnswer(AssertionError):
    """The application did not respond, or not with what was waited for."""


class Modal:
    """A form that the bot has opened for a person."""

    def __init__(self, turn: "Turn", data: Json) -> None:
        self.turn = turn
        self.data = data

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def custom_id(self) -> str:
        return str(self.data["custom_id"])

    @property
    def fields(self) -> dict[str, Json]:
        """Its inputs by custom_id, in order, each with its `label`."""
        out: dict[str, Json] = {}
        for item in self.data["components"]:
            for inner in walk([item]):
                if "custom_id" in inner:
                    words = {k: item[k] for k in ("label", "description") if k in item}
                    out[inner["custom_id"]] = {**inner, **words}
        return out


class Turn:
    """One interaction seen from the person who started it."""

    def __init__(self, server: "DiscordServer", interaction: Interaction) -> None:
        self._server = server
        self.interaction = interaction

    @property
    def messages(self) -> list[Message]:
        """What has been answered so far, without what was deleted or is still loading."""
        return [m for m in self.interaction.made if not m.deleted and not m.loading]

    @property
    def thinking(self) -> bool:
        """Whether "… is thinking" still shows."""
        original = self.interaction.original
        return original is not None and not original.deleted and original.loading

    @property
    def ack_seconds(self) -> float:
        """How long the bot took for its first answer."""
        one = self.interaction
        if one.answered_at is None:
            raise NoAnswer(f"The application did not respond to {self}")
        return one.answered_at - one.started

    async def answered(self) -> int:
        """Wait for the first answer and return its callback type."""
        one, server = self.interaction, self._server

        def look() -> bool:
            if server.interactions.overdue(one):
                refused = f" (refused: {'; '.join(one.refused)})" if one.refused else ""
                raise NoAnswer(f"The application did not respond to {self}{refused}")
            return one.answer is not None

        await server.until(look, server.limits.ack_seconds * 2 + 5)
        assert one.answer is not None
        return one.answer

    async def reply(self, within: float = 10.0) -> Message:
        """The first readable message: the answer, or the message with the button, changed."""
        await self.answered()

        def look() -> Message | None:
            if self.messages:
                return self.messages[0]
            return self.interaction.source if self.interaction.source_updated else None

        return await self._within(look, within, "a reply")

    async def update(self, within: float = 10.0) -> Message:
        """The message whose button was pressed, once the bot has changed it."""
        await self.answered()
        one = self.interaction
        return await self._within(
            lambda: one.source if one.source_updated else None, within, "a changed message"
        )

    async def follow_up(self, number: int = 1, within: float = 10.0) -> Message:
        """The message after the first (number 1), the one after that (2), ..."""
        await self.answered()
        return await self._within(
            lambda: self.messages[number] if len(self.messages) > number else None,
            within,
            f"follow-up {number}",
        )

    async def modal(self) -> Modal:
        """The form that the bot opens."""
        if await self.answered() != acts.MODAL or self.interaction.modal is None:
            raise NoAnswer(f"{self} was not answered with a form")
        return Modal(self, self.interaction.modal)

    async def choices(self) -> list[Json]:
        """The completions that the bot offers: `{"name": ..., "value": ...}`."""
        if await self.answered() != acts.CHOICES or self.interaction.choices is None:
            raise NoAnswer(f"{self} was not answered with choices")
        return self.interaction.choices

    async def _within(
        self, look: Callable[[], Message | None], within: float, what: str
    ) -> Message:
        try:
            return await self._server.until(look, within)
        except TimeoutError:
            raise NoAnswer(f"{self}: {what} did not come in {within} s") from None

    def __str__(self) -> str:
        data = self.interaction.payload["data"]
        return f"{self.interaction.user.name}'s {data.get('name') or data.get('custom_id')}"

    async def settled(self, quiet: float = 0.05) -> list[Message]:
        """All messages, once nothing is loading and none has come for `quiet` seconds."""
        await self.reply()
        count = -1
        while self.thinking or count != len(self.messages):
            count = len(self.messages)
            await asyncio.sleep(quiet)
        return self.messages
