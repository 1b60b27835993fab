"""`ask`: a question to the community, followed until it is answered."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.questions import AskedId, AskedState
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import questions
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Reply, Style, Text
from bot.ui.topics import OTHER, topic_key
from bot.ui.words import Code, Typed, _
from cogs.follow_ups.actions import AskCommunity, IAnswered, ItHelped, StillOpen, TakeBack
from cogs.follow_ups.topics import is_topic, near
from cogs.follow_ups.words import asked as words

_TAKEN_BACK = _("Taken back. Where I posted it, it goes within a minute.")
_CLOSED = _("It is closed. I ask no more about it.")
_UNNAMED = _(
    "Nobody is told who asked. Only two moderators together could learn it, where a question does"
    " harm, and you would be told."
)


class Asking:
    """Handlers of questions."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(AskCommunity, self.ask, conduct=True),
            Handler(IAnswered, self.answered),
            Handler(ItHelped, self.helped),
            Handler(StillOpen, self.still_open),
            Handler(TakeBack, self.take_back),
        )

    async def ask(self, caller: Caller, ask: AskCommunity) -> Reply:
        """Posts a question and follows it."""
        topic = topic_key(ask.topic)
        if not await is_topic(self._store, caller.community, topic):
            return _which_topic(ask.topic)
        try:
            asked = await self._store.write(
                questions.ask,
                self._clock.now(),
                caller.community,
                caller.member,
                topic,
                ask.question,
                anonymous=ask.anonymous,
            )
        except questions.Muted:
            return Reply((Text(words.MUTED),))
        if asked is None:
            return Reply(
                (
                    Text(
                        _(
                            "This community has no channel for questions yet."
                            " A moderator can set one."
                        )
                    ),
                )
            )
        named = _UNNAMED if ask.anonymous else _("Your name stands with it.")
        return Reply(
            (
                Text(_("Your question {code} is being posted.", code=Code(asked.code))),
                Text(named, Style.QUIET),
                *await self._dates(asked.id),
                Button(_("I have my answer"), ItHelped(asked.id)),
                Button(_("Take it back"), TakeBack(asked.id)),
            )
        )

    async def answered(self, caller: Caller, ask: IAnswered) -> Reply:
        """Somebody answered."""
        now, id = self._clock.now(), AskedId(ask.asked)
        asked = await self._store.read(questions.look, id)
        if asked is not None and asked.asker == caller.member and asked.state is AskedState.OPEN:
            # Only they read this, so nobody learns who asked.
            return Reply(
                (
                    Text(_("This is your own question {code}. Close it?", code=Code(asked.code))),
                    Button(_("I have my answer"), ItHelped(id)),
                    Button(_("Take it back"), TakeBack(id)),
                )
            )
        if await self._store.write(questions.answered, now, caller.member, id) is None:
            return Reply((Text(_("Thank you. This question is settled already.")),))
        return Reply((Text(_("Thank you. I ask whether it helped.")),))

    async def helped(self, caller: Caller, ask: ItHelped) -> Reply:
        """The asker has an answer."""
        now = self._clock.now()
        asked = await self._store.write(questions.helped, now, caller.member, AskedId(ask.asked))
        return _over() if asked is None else Reply((Text(_("Good. The question is closed.")),))

    async def still_open(self, caller: Caller, ask: StillOpen) -> Reply:
        """The asker would like to hear more."""
        now = self._clock.now()
        asked = await self._store.write(
            questions.still_open, now, caller.member, AskedId(ask.asked)
        )
        if asked is None:
            return _over()
        return Reply(
            (
                Text(_("It stays open, and I keep showing it to people who may know.")),
                *await self._dates(asked.id),
            )
        )

    async def _dates(self, id: AskedId) -> tuple[Text, ...]:
        """When what happens, by what this community has set."""
        one = await self._store.read(questions.until, id)
        if one is None:
            return ()
        return tuple(Text(line, Style.QUIET) for line in words.question_dates(one))

    async def take_back(self, caller: Caller, ask: TakeBack) -> Reply:
        """The asker needs no answer any more."""
        now = self._clock.now()

        def take(work: Work) -> bool | None:
            asked = questions.take_back(work, now, caller.member, AskedId(ask.asked))
            if asked is None:
                return None
            # What its asker wrote themselves is theirs to delete; what closed by itself stays.
            return not asked.link and questions.taken_back(work, asked.id)

        goes = await self._store.write(take)
        return _over() if goes is None else Reply((Text(_TAKEN_BACK if goes else _CLOSED),))


def _which_topic(typed: str) -> Reply:
    """Nothing was posted: the topic is none, and these come near."""
    return Reply(
        (
            Text(_("I do not know the topic {typed}. Nothing was posted.", typed=Typed(typed))),
            Text(
                _(
                    "These are topics: {topics}. If none fits: {other}.",
                    topics=near(typed),
                    other=Code(OTHER),
                )
            ),
        ),
        correctable=True,
        memory_only=True,
    )


def _over() -> Reply:
    return Reply((Text(_("That question is closed, or not yours to close.")),))
