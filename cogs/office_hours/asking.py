"""A question for a session: noted, and shown to the host without who asked it."""

from __future__ import annotations

from bot.clock import Clock
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.services.office_hours import questions, views
from bot.services.office_hours.results import Refused
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import When, _
from cogs.office_hours.actions import AskQuestion, JoinSession, OpenQuestion
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of

_TOGETHER = _(
    "No moderator alone can learn who asked; two of them together can, where a question does harm,"
    " and you would be told."
)


class Asking:
    """Handlers for questions."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(AskQuestion, self.ask, conduct=True),
            Handler(OpenQuestion, self.open_question, opens=True, conduct=True),
        )

    async def ask(self, caller: Caller, request: AskQuestion) -> Reply:
        """Notes a question."""
        result = await self._store.write(
            questions.ask,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.question,
        )
        if isinstance(result, Refused):
            return refusal(result)
        card = result.card
        parts: list[Part] = [
            Text(
                _(
                    "Your question for {title} on {when} is noted. The host sees the question,"
                    " never who asked it.",
                    title=title_of(card.session),
                    when=When(card.session.starts),
                )
            ),
            Text(_TOGETHER, Style.QUIET),
        ]
        if card.joinable(self._clock.now()):
            label = _("Waitlist") if card.session.full else _("Join")
            parts.append(Button(label, JoinSession(card.session.code), Look.MAIN))
        return Reply(tuple(parts))

    async def open_question(self, caller: Caller, request: OpenQuestion) -> Answer:
        """The form for a question."""
        found = await self._store.read(
            views.look, self._clock.now(), actor_of(caller), request.session
        )
        if isinstance(found, Refused):
            return refusal(found)
        intro = _("For {title}. {known}", title=title_of(found.session), known=_TOGETHER)
        return Form(
            _("Ask a question"),
            AskQuestion,
            asks=("question",),
            given={"session": found.session.code},
            intro=intro,
        )
