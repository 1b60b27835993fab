"""How often a pair is asked, as each side would like it."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.pairs import LEAST_WEEKS, MOST_WEEKS, PairState
from bot.domain.people import MemberId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import pair_views, pairs
from bot.services.pair_views import Shown
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import _, ngettext
from cogs.follow_ups.actions import SetRhythm, ShowRhythm
from cogs.follow_ups.own_pair import unknown
from cogs.follow_ups.words import pairs as pair_words


class RhythmScreens:
    """Handlers of the rhythm of a pair."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowRhythm, self.rhythm),
            Handler(SetRhythm, self.set_rhythm),
        )

    async def rhythm(self, caller: Caller, ask: ShowRhythm) -> Reply:
        """How often both are asked, and what I would like."""
        found = await self._store.read(pair_views.shown, caller.member, caller.community, ask.pair)
        return unknown() if found is None else _rhythm(found, caller.member)

    async def set_rhythm(self, caller: Caller, ask: SetRhythm) -> Reply:
        """What I would like."""
        now = self._clock.now()

        def wish(work: Work) -> Shown | None:
            pair = pair_views.find(work, caller.member, caller.community, ask.pair)
            if pair is None or not pairs.set_rhythm(work, now, caller.member, pair.id, ask.weeks):
                return None
            return pair_views.shown(work, caller.member, caller.community, ask.pair)

        found = await self._store.write(wish)
        return unknown() if found is None else replace(_rhythm(found, caller.member), replaces=True)


def _rhythm(shown: Shown, me: MemberId) -> Reply:
    pair = shown.pair
    mine, new = pair.wish_of(me), pair.state is PairState.NEW
    choices = tuple(
        Button(
            ngettext("{count} week", "{count} weeks", weeks),
            SetRhythm(pair.code, weeks),
            Look.MAIN if weeks == mine else Look.PLAIN,
        )
        for weeks in range(LEAST_WEEKS, MOST_WEEKS + 1)
    )
    return Reply(
        (
            Text(_("How often I ask"), Style.HEADING),
            Text(pair_words.rhythm(shown.other, pair.every, new=new)),
            Text(pair_words.RHYTHM_WISH if mine is None else pair_words.rhythm_mine(mine)),
            Text(pair_words.RHYTHM_RULE, Style.QUIET),
            *choices,
        )
    )
