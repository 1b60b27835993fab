"""Interactions between a person's act and the bot's answers: who may answer, how, until when.

The rules are Discord's: the first answer within three seconds, one answer only, further messages
for fifteen minutes on the same token.
"""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_server import refusal
from tests.discord_server.world import Channel, Json, Message, User

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

# kinds of interaction
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
# kinds of answer
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass(eq=False)
class Interaction:
    """One act of a person and what has become of it."""

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    started: float
    payload: Json
    source: Message | None = None
    command_type: int | None = None
    answer: int | None = None
    answered_at: float | None = None
    original: Message | None = None
    made: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    source_updated: bool = False
    refused: list[str] = field(default_factory=list)

    @property
    def allowed_answers(self) -> tuple[int, ...]:
        """The callback types that Discord takes for this kind of interaction."""
        if self.kind == AUTOCOMPLETE:
            return (CHOICES,)
        update = (DEFER_UPDATE, UPDATE) if self.source is not None else ()
        modal = (MODAL,) if self.kind != SUBMIT else ()
        return (MESSAGE, DEFER, *update, *modal)


class Interactions:
    """All interactions of this server, by id and by token."""

    def __init__(self, server: "DiscordServer") -> None:
        self._server = server
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    @property
    def all(self) -> list[Interaction]:
        """In the order in which they happened."""
        return list(self._by_id.values())

    def start(
        self,
        kind: int,
        user: User,
        channel: Channel,
        payload: Json,
        *,
        source: Message | None = None,
        command_type: int | None = None,
    ) -> Interaction:
        """Tell the bot of a person's act."""
        server = self._server
        made = Interaction(
            server.world.ids.next(),
            secrets.token_urlsafe(48),
            kind,
            user,
            channel,
            server.clock.mono(),
            payload,
            source,
            command_type,
        )
        self._by_id[made.id] = made
        self._by_token[made.token] = made
        frame = {"id": str(made.id), "token": made.token, "version": 1, "type": kind, **payload}
        server.gateway.emit("INTERACTION_CREATE", frame)
        wake = server.limits.ack_seconds + 0.01
        asyncio.get_running_loop().call_later(wake, server.changed)
        return made

    def overdue(self, one: Interaction) -> bool:
        """Whether the bot has let the time for the first answer pass."""
        return one.answer is None and self._now() > one.started + self._server.limits.ack_seconds

    def for_callback(self, interaction_id: int, token: str) -> Interaction:
        """The interaction that may be answered now, or a refusal."""
        one = self._by_id.get(interaction_id)
        if one is None or one.token != token:
            raise refusal.unknown_interaction()
        if one.answer is not None:
            raise refusal.already_acknowledged()
        if self.overdue(one):
            raise refusal.unknown_interaction()
        return one

    def for_webhook(self, application_id: int, token: str) -> Interaction:
        """The answered interaction whose token this is, or a refusal."""
        one = self._by_token.get(token)
        if one is None or application_id != self._server.world.application.id:
            raise refusal.unknown_webhook()
        if self._now() > one.started + self._server.limits.token_seconds:
            raise refusal.invalid_webhook_token()
        if one.answer is None:
            raise refusal.unknown_webhook()
        return one

    def _now(self) -> float:
        return self._server.clock.mono()
