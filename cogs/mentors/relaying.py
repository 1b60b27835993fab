"""A mentor's question before an answer, and what the trainee replies: passed on as it was written.

The bot adds no address of either side. What somebody writes may hold one all the same: then they
are asked before it goes, and their words are kept.
"""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.domain.people import Someone
from bot.domain.requests import RequestId, RequestState
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.mentors import answering
from bot.services.mentors.answering import Shown
from bot.services.mentors.requesting import Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Reply, Text
from bot.ui.words import Listing, Person, Typed, _
from cogs.mentors.refusals import identifying, refusal
from cogs.mentors.request_actions import (
    AnswerMentor,
    AskTrainee,
    ChangeWords,
    OpenAnswer,
    OpenQuestion,
    SendWords,
    ShowInbox,
)
from cogs.mentors.request_words import old


class Relaying:
    """Handlers of both sides."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (AskTrainee, AnswerMentor))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OpenQuestion, self.open_question, opens=True),
            Handler(AskTrainee, self.ask),
            Handler(OpenAnswer, self.open_answer, opens=True),
            Handler(AnswerMentor, self.answer),
            Handler(SendWords, self.send),
            Handler(ChangeWords, self.change, opens=True),
        )

    async def open_question(self, caller: Caller, ask: OpenQuestion) -> Answer:
        """The form of a question."""
        shown = await self._theirs(caller, ask.request)
        return refusal(shown) if isinstance(shown, Refused) else _question(shown)

    async def ask(self, caller: Caller, ask: AskTrainee) -> Reply:
        """A look before it is passed on."""
        shown = await self._theirs(caller, ask.request)
        if isinstance(shown, Refused):
            return refusal(shown)
        return await self._look(caller, ask, ask.question, shown.trainee) or await self._ask(
            caller, ask
        )

    async def open_answer(self, caller: Caller, ask: OpenAnswer) -> Answer:
        """The form of an answer."""
        shown = await self._own(caller, ask.request)
        return refusal(shown) if isinstance(shown, Refused) else _answer(shown)

    async def answer(self, caller: Caller, ask: AnswerMentor) -> Reply:
        """A look before it is passed on."""
        shown = await self._own(caller, ask.request)
        if isinstance(shown, Refused):
            return refusal(shown)
        return await self._look(caller, ask, ask.answer, shown.mentor) or await self._answer(
            caller, ask
        )

    async def send(self, caller: Caller, ask: SendWords) -> Reply:
        """As it is: its writer decides about an address of their own."""
        found = await self._pending.find(caller, ask.draft)
        if found is None:
            return old()
        await self._pending.drop(caller, ask.draft)
        words = found[0]
        if isinstance(words, AskTrainee):
            return await self._ask(caller, words)
        return await self._answer(caller, words) if isinstance(words, AnswerMentor) else old()

    async def change(self, caller: Caller, ask: ChangeWords) -> Answer:
        """The form again, filled in."""
        found = await self._pending.find(caller, ask.draft)
        words = None if found is None else found[0]
        if isinstance(words, AskTrainee):
            shown = await self._theirs(caller, words.request)
            return refusal(shown) if isinstance(shown, Refused) else _question(shown, words)
        if isinstance(words, AnswerMentor):
            shown = await self._own(caller, words.request)
            return refusal(shown) if isinstance(shown, Refused) else _answer(shown, words)
        return old()

    async def _look(
        self, caller: Caller, words: AskTrainee | AnswerMentor, text: str, other: Someone
    ) -> Reply | None:
        names = (caller.name, other.name)
        named = await asyncio.to_thread(patients.identifiers, (text,), names)
        if named:
            return identifying(named)
        found = await asyncio.to_thread(patients.addresses, (text,))
        if not found:
            return None
        draft = await self._pending.keep(caller, words)
        said = _(
            "This has an address in it: {what}. Nothing has gone yet. {who} can read and answer it"
            " without one; if you send it as it is, they see the address.",
            what=Listing(tuple(Typed(one) for one in found[:5])),
            who=Person(other),
        )
        return Reply(
            (
                Text(said),
                Button(_("Change it"), ChangeWords(draft), Look.MAIN),
                Button(_("Send it as it is"), SendWords(draft)),
            )
        )

    async def _ask(self, caller: Caller, ask: AskTrainee) -> Reply:
        given = (caller.member, RequestId(ask.request), ask.question)
        found = await self._store.write(answering.ask, self._clock.now(), *given)
        if isinstance(found, Refused):
            return refusal(found)
        return Reply((Text(_("Your question is on its way. The turn is theirs now.")),))

    async def _answer(self, caller: Caller, ask: AnswerMentor) -> Reply:
        given = (caller.member, RequestId(ask.request), ask.answer)
        found = await self._store.write(answering.answer, self._clock.now(), *given)
        if isinstance(found, Refused):
            return refusal(found)
        said = Text(_("Your answer is on its way. The turn is theirs now."))
        return Reply((said, Button(_("My requests"), ShowInbox())))

    async def _theirs(self, caller: Caller, request: int) -> Shown | Refused:
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(request))
        if shown is None or shown.request.mentor != caller.member:
            return Refused(Why.UNKNOWN)
        if shown.request.state is RequestState.ASKED:
            return Refused(Why.SENT)
        return shown if shown.request.state is RequestState.OPEN else Refused(Why.CLOSED)

    async def _own(self, caller: Caller, request: int) -> Shown | Refused:
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(request))
        if shown is None or shown.request.trainee != caller.member:
            return Refused(Why.UNKNOWN)
        if shown.request.state is RequestState.OPEN:
            return Refused(Why.SENT)
        return shown if shown.request.state is RequestState.ASKED else Refused(Why.CLOSED)


def _question(shown: Shown, words: AskTrainee | None = None) -> Form:
    given: dict[str, object] = {"request": shown.request.id}
    if words is not None:
        given["question"] = words.question
    intro = _(
        "I pass it on to {who} as you write it, and add no address; then the turn is theirs.",
        who=Person(shown.trainee),
    )
    return Form(_("Ask a question"), AskTrainee, ("question",), given, intro=intro)


def _answer(shown: Shown, words: AnswerMentor | None = None) -> Form:
    given: dict[str, object] = {"request": shown.request.id}
    if words is not None:
        given["answer"] = words.answer
    intro = _(
        "{who} asks: {question}",
        who=Person(shown.mentor),
        question=Typed(shown.request.question),
    )
    return Form(_("Your answer"), AnswerMentor, ("answer",), given, intro=intro)
