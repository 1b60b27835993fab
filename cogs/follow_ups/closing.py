"""A pair is closed kindly, after a look at what the other side reads, and can be reopened."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.pairs import Pair
from bot.domain.people import Someone
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.pending import Pending
from bot.services import drafts, pair_views, pairs
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Person, Typed, _
from cogs.follow_ups.actions import CloseNow, ClosePair, KeepOpen, ReopenPair
from cogs.follow_ups.own_pair import unknown, with_pair
from cogs.follow_ups.words import pairs as pair_words


class Closing:
    """Handlers of the end of a pair."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (ClosePair,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ClosePair, self.ask),
            Handler(CloseNow, self.close),
            Handler(KeepOpen, self.keep),
            Handler(ReopenPair, self.reopen),
        )

    async def ask(self, caller: Caller, ask: ClosePair) -> Reply:
        """It concerns somebody else, so it is shown before it is done."""

        def look(work: Work) -> tuple[Pair, Someone, Someone, bool] | None:
            code = ask.pair.strip().lower()
            pair = pair_views.find(work, caller.member, caller.community, code)
            if pair is None or not pair.open:
                return None
            someone = work.people.someone
            planned = bool(work.pairs.steps([pair.id]))
            return pair, someone(pair.other(caller.member)), someone(caller.member), planned

        found = await self._store.read(look)
        if found is None:
            return unknown()
        pair, other, me, planned = found
        draft = await self._pending.keep(caller, ask, pair.id)
        parts: list[Part] = [
            Text(_("Close the pair with {who}?", who=Person(other))),
            Text(_("They read: {text}", text=pair_words.pair_closed(me)[0])),
        ]
        if ask.note:
            parts.append(Text(_("Your word of farewell: {text}", text=Typed(ask.note))))
        if planned:
            parts.append(
                Text(
                    _(
                        "Planned steps go off the list with it. Those that lie ahead come back if"
                        " it is reopened."
                    )
                )
            )
        return Reply(
            (
                *parts,
                Text(_("Either of you can reopen it at any time."), Style.QUIET),
                Button(_("Confirm"), CloseNow(draft), Look.MAIN),
                Button(_("Cancel"), KeepOpen(draft)),
            )
        )

    async def close(self, caller: Caller, ask: CloseNow) -> Reply:
        """Ends a pair kindly."""
        found = await self._pending.find(caller, ask.draft)
        if found is None or not isinstance(found[0], ClosePair):
            return unknown()
        closing, now = found[0], self._clock.now()

        def end(work: Work) -> Pair | None:
            code = closing.pair.strip().lower()
            pair = pair_views.find(work, caller.member, caller.community, code)
            drafts.discard(work, ask.draft)
            if pair is None:
                return None
            return pairs.close(work, now, caller.member, pair.id, closing.note or "")

        pair = await self._store.write(end)
        if pair is None:
            return unknown()
        said = _("Closed, with thanks to both of you. Either of you can reopen it at any time.")
        return Reply((Text(said), Button(_("Reopen"), ReopenPair(pair.code))))

    async def keep(self, caller: Caller, ask: KeepOpen) -> Reply:
        """Nothing is closed."""
        await self._pending.drop(caller, ask.draft)
        return Reply((Text(_("Nothing was changed.")),))

    async def reopen(self, caller: Caller, ask: ReopenPair) -> Reply:
        """Goes on with a closed pair."""
        pair = await self._store.read(pair_views.find, caller.member, caller.community, ask.pair)
        if pair is not None and pair.open:
            return Reply((Text(_("It is open. Nothing is left to do.")),))
        return await with_pair(
            self._store,
            caller,
            ask.pair,
            lambda work, pair: pairs.reopen(work, self._clock.now(), caller.member, pair.id),
            _("It is open again, and both of you hear it."),
        )
