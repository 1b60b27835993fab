"""News of pairs, beside what the engine says about a matter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from bot.domain.delivery import Delivery
from bot.domain.pairs import Note, Pair, PairId
from bot.domain.people import MemberId, Someone
from bot.runtime.feature import Moot, Notice
from bot.services import pair_views, pairs
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import _
from cogs.follow_ups.actions import OpenUpdate, ReopenPair
from cogs.follow_ups.controls import taps
from cogs.follow_ups.notices import closing, news, reader
from cogs.follow_ups.words import pairs as pair_words

Beside: TypeAlias = Callable[[Pair, MemberId], Awaitable[tuple[Part, ...]]]
"""What another feature knows of a new pair, for one side of it."""


async def nothing_beside(_pair: Pair, _reader: MemberId) -> tuple[Part, ...]:
    """Where no other feature makes pairs."""
    return ()


class News:
    """Its notices."""

    def __init__(self, store: Store, beside: Beside = nothing_beside) -> None:
        self._store = store
        self._beside = beside

    def notices(self) -> tuple[Notice, ...]:
        """All kinds of pairs."""
        return (
            news(pairs.Kind.NEW, self.pair),
            closing(pairs.Kind.QUIET, self.pair),
            closing(pairs.Kind.CLOSED, self.pair),
            closing(pairs.Kind.KEPT, self.pair),
            closing(pairs.Kind.FAREWELL, self.farewell),
            news(pairs.Kind.REST, self.rest),
            news(pairs.Kind.REOPENED, self.pair),
            news(pairs.Kind.NOTE, self.note),
        )

    async def pair(self, row: Delivery, late: bool) -> Reply | Moot:
        """News about a pair."""
        me = reader(row)

        def look(work: Work) -> tuple[Pair, Someone, datetime | None] | None:
            pair = work.pairs.get(PairId(row.ref))
            if pair is None or me not in pair.sides:
                return None
            return pair, work.people.someone(pair.other(me)), pair_views.asked_on(work, pair, me)

        found = await self._store.read(look)
        if found is None or found[0].open is (row.kind == pairs.Kind.CLOSED):
            return Moot.MOOT
        pair, other, asked = found
        code = pair.code
        match pairs.Kind(row.kind):
            case pairs.Kind.NEW:
                first = me == pair.trainee
                said = pair_words.pair_new(other, code, first=first, asked=asked)
                begin = _("Write first") if first else _("Send an update")
                beside = await self._beside(pair, me)
                after: tuple[Part, ...] = (Button(begin, OpenUpdate(code)), *beside)
            case pairs.Kind.QUIET:
                said = pair_words.pair_quiet(other)
                after = taps(code)
            case pairs.Kind.KEPT:
                said = pair_words.pair_kept(other)
                after = taps(code)
            case pairs.Kind.CLOSED:
                said = pair_words.pair_closed(other)
                after = (Button(_("Reopen"), ReopenPair(code)),)
            case _:
                said = pair_words.pair_reopened(other)
                after = (Button(_("Send an update"), OpenUpdate(code)),)
        return Reply((*(Text(line) for line in said), *after))

    async def note(self, row: Delivery, late: bool) -> Reply | Moot:
        """An update from the other side."""

        def look(work: Work) -> tuple[Someone, Note, Pair, bool] | None:
            found = pair_views.note(work, row.ref)
            if found is None:
                return None
            return work.people.someone(found[0].author), *found, pair_views.is_first(work, *found)

        found = await self._store.read(look)
        if found is None:
            return Moot.MOOT
        who, note, pair, first = found
        lines = pair_words.pair_note(who, note, first=first and pair.open)
        said = tuple(Text(line) for line in lines)
        if not pair.open:
            return Reply(said)
        return Reply((*said, Button(_("Send an update"), OpenUpdate(pair.code), Look.MAIN)))

    async def farewell(self, row: Delivery, late: bool) -> Reply | Moot:
        """Closed, with a word of the other side; only the word if it was reopened meanwhile."""

        def look(work: Work) -> tuple[Someone, Note, Pair] | None:
            found = pair_views.note(work, row.ref)
            return None if found is None else (work.people.someone(found[0].author), *found)

        found = await self._store.read(look)
        if found is None:
            return Moot.MOOT
        who, note, pair = found
        word = tuple(Text(line) for line in pair_words.farewell(who, note))
        if pair.open:
            return Reply((*word, Button(_("Send an update"), OpenUpdate(pair.code), Look.MAIN)))
        said = tuple(Text(line) for line in pair_words.pair_closed(who))
        return Reply((*said[:1], *word, *said[1:], Button(_("Reopen"), ReopenPair(pair.code))))

    async def rest(self, row: Delivery, late: bool) -> Reply | Moot:
        """The other side chose a pause for both."""
        me = reader(row)

        def look(work: Work) -> tuple[Pair, Someone] | None:
            pair = work.pairs.get(PairId(row.ref))
            if pair is None or me not in pair.sides:
                return None
            return pair, work.people.someone(pair.other(me))

        found = await self._store.read(look)
        if found is None or not found[0].open or found[0].next_round is None:
            return Moot.MOOT
        pair, other = found
        said = pair_words.pair_rests(other, found[0].next_round)
        return Reply((*(Text(line) for line in said), *taps(pair.code)))
