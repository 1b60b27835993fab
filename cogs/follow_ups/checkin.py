"""`checkin ...`: pairs, steps and updates, as one of the two sees them."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.pairs import Pair, Said
from bot.runtime.caller import Caller
from bot.runtime.feature import Completer, Handler
from bot.services import pair_views, pairs
from bot.services.ports import Store, Work
from bot.ui.action import Option
from bot.ui.form import Form
from bot.ui.parts import Button, Reply, Text
from bot.ui.words import Typed, When, _
from cogs.follow_ups.actions import (
    Answer,
    AskModerators,
    ClosePair,
    OpenRest,
    OpenStep,
    OpenUpdate,
    RestPair,
    SendUpdate,
    WriteFirst,
)
from cogs.follow_ups.days import evening
from cogs.follow_ups.own_pair import unknown, with_pair
from cogs.follow_ups.words import pairs as pair_words


class PairScreens:
    """Handlers of pairs and steps."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(SendUpdate, self.update),
            Handler(WriteFirst, self.first),
            Handler(RestPair, self.rest),
            Handler(OpenRest, self.open_rest, opens=True),
            Handler(Answer, self.answer),
            Handler(OpenUpdate, self.open_update, opens=True),
        )

    def completers(self) -> tuple[Completer, ...]:
        """What is suggested here."""
        return (Completer("my_pair", self.suggest),)

    async def update(self, caller: Caller, ask: SendUpdate) -> Reply:
        """A progress note."""
        return await with_pair(
            self._store,
            caller,
            ask.pair,
            lambda work, pair: pairs.send_note(
                work, self._clock.now(), caller.member, pair.id, ask.text, ask.question or ""
            ),
            _("Your update is on its way. An update asks for nothing, so it can be read in peace."),
        )

    async def first(self, caller: Caller, ask: WriteFirst) -> Reply:
        """The first lines."""
        return await with_pair(
            self._store,
            caller,
            ask.pair,
            lambda work, pair: pairs.send_note(
                work, self._clock.now(), caller.member, pair.id, ask.text, ask.question or ""
            ),
            _("Your first lines are on their way. There is nothing more that you need to do."),
        )

    async def rest(self, caller: Caller, ask: RestPair) -> Reply:
        """No check-ins for a while."""
        until = evening(ask.until, caller.zone)
        if until <= self._clock.now():
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        if until > self._clock.now() + pairs.LONGEST_REST:
            too_long = _("A pause is a year at most. Which day within it?")
            return Reply((Text(too_long),), correctable=True)
        return await with_pair(
            self._store,
            caller,
            ask.pair,
            lambda work, pair: pairs.rest(work, self._clock.now(), caller.member, pair.id, until),
            _("No check-ins until {when}, for both of you. Both of you know.", when=When(until)),
        )

    async def open_rest(self, caller: Caller, ask: OpenRest) -> Form:
        """Until when."""
        intro = _("No check-ins for both of you until then; whoever likes to write can.")
        return Form(_("A pause"), RestPair, ("until",), {"pair": ask.pair}, intro=intro)

    async def answer(self, caller: Caller, ask: Answer) -> Reply:
        """One tap."""
        now = self._clock.now()

        def tap(work: Work) -> Pair | None:
            pair = pair_views.find(work, caller.member, caller.community, ask.pair)
            if pair is None:
                return None
            return pairs.answer(work, now, caller.member, pair.id, ask.said)

        pair = await self._store.write(tap)
        if pair is None:
            return unknown()
        code = pair.code
        update = Button(_("Send an update"), OpenUpdate(code))
        if ask.said is Said.MET:
            good = pair_words.again_in(pair.every)
            return Reply((Text(good), Button(_("Next step"), OpenStep(code)), update))
        if ask.said is Said.KEEP:
            return Reply((Text(_("It stays open, and I ask again in some weeks.")), update))
        if ask.said is Said.NOT_YET:
            fine = _("That is fine. A line is often enough to begin.")
            return Reply((Text(fine), update, Button(_("Close kindly"), ClosePair(code))))
        # The same words, whatever the other side has said: it is theirs.
        offer = _(
            "Messages get lost. Where a word of mine can help, I send one. And these can help:"
        )
        return Reply(
            (
                Text(offer),
                update,
                Button(_("I'd like a moderator's help"), AskModerators(code)),
                Button(_("Close kindly"), ClosePair(code)),
            )
        )

    async def open_update(self, caller: Caller, ask: OpenUpdate) -> Form:
        """The form of an update; a trainee who has not written yet says first who they are."""

        def look(work: Work) -> bool:
            pair = pair_views.find(work, caller.member, caller.community, ask.pair)
            return pair is not None and pair_views.begins(work, pair, caller.member)

        if await self._store.read(look):
            return Form(_("Your first lines"), WriteFirst, ("text", "question"), {"pair": ask.pair})
        return Form(_("Your update"), SendUpdate, ("text", "question"), {"pair": ask.pair})

    async def suggest(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """My pairs, by name."""
        mine = await self._store.read(pair_views.mine, caller.member, caller.community)
        wanted = text.strip().casefold()
        return tuple(
            Option(one.pair.code, Typed(f"{one.other.name[:50]} ({one.pair.code})"))
            for one in mine
            if wanted in one.pair.code or wanted in one.other.name.casefold()
        )[:25]
