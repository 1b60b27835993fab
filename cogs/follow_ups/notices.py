"""How each message of the engine is put together at the moment of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.delivery import Delivery
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.policies import Matter
from bot.runtime.feature import Course, Moot, Notice
from bot.runtime.matters import Speaks
from bot.services.follow_ups import sending, views
from bot.services.follow_ups.telling import STEP_KIND, Kind
from bot.services.follow_ups.views import Seen
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Divider, Part, Reply, Style, Text
from bot.ui.words import Msg, _
from cogs.follow_ups import words
from cogs.follow_ups.actions import ShowStatus
from cogs.follow_ups.controls import after_end, controls
from cogs.follow_ups.words import endings, notes, turns

MOST = 5
"""How many matters a note names; the rest is in the list."""

STEP = Course(sending.admit, sending.said, sending.undelivered)
NOTE = Course(sending.admit_digest, sending.said_digest, sending.undelivered_digest)
NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)
CLOSING = Course(sending.admit_closing, sending.told_news, sending.missed_news)


class Notices:
    """The cog's notices."""

    def __init__(self, store: Store, speaks: Mapping[Matter, Speaks]) -> None:
        self._store = store
        self._speaks = speaks

    def notices(self) -> tuple[Notice, ...]:
        """All kinds of the engine."""
        return (
            *(Notice(kind, self.step, None, course=STEP) for kind in STEP_KIND.values()),
            Notice(Kind.DIGEST, self.digest, None, course=NOTE),
            closing(Kind.CLOSED, self.closed),
            news(Kind.MOVED, self.moved),
            news(Kind.NOT_DELIVERED, self.not_delivered),
            Notice(Kind.ELSEWHERE, self.elsewhere, None, timedelta(days=2)),
        )

    async def step(self, row: Delivery, late: bool) -> Reply | Moot:
        """One matter."""
        found = await self._store.read(views.to_say, row, reader(row))
        return Moot.MOOT if found is None else await self._one(found)

    async def digest(self, row: Delivery, late: bool) -> Reply | Moot:
        """Several, as one note; a single one as itself."""
        found = await self._store.read(views.digest, row, reader(row))
        if not found:
            return Moot.MOOT
        if len(found) == 1:
            one = await self._one(found[0])
            return replace(one, parts=(*one.parts, *_again(found[0], row)))
        parts: list[Part] = [Text(notes.DIGEST)]
        home = ""
        for seen in found[:MOST]:
            parts.append(Divider())
            if seen.home != home:
                home = seen.home
                parts.append(Text(notes.at_home(home), Style.QUIET))
            parts.extend(Text(line) for line in words.step(seen))
            parts.extend(_again(seen, row))
            if seen.within_reach:
                # Two matters of one pair may ask for the same tap.
                of = seen.follow_up.community
                taps = [_at(one, of) for one in await self._controls(seen)]
                parts.extend(one for one in taps if one not in parts)
            else:
                parts.append(Text(notes.ANSWER_THERE, Style.QUIET))
        if len(found) > MOST:
            parts.extend((Divider(), Text(notes.DIGEST_MORE, Style.QUIET)))
        parts.append(Text(notes.CHANGE_THIS, Style.QUIET))
        return Reply(tuple(parts))

    async def closed(self, row: Delivery, late: bool) -> Reply | Moot:
        """How a matter ended."""
        found = await self._store.read(views.seen, row.ref, reader(row))
        if found is None or found.follow_up.open:
            return Moot.MOOT
        texts = tuple(Text(line) for line in endings.closed(found))
        speaks = self._speaks.get(found.follow_up.matter)
        after = after_end(found) if speaks is None else await speaks.after(found)
        return Reply((*texts, *after))

    async def _one(self, seen: Seen) -> Reply:
        speaks = self._speaks.get(seen.follow_up.matter)
        whole = () if speaks is None else await speaks.step(seen)
        if whole:
            return Reply(whole)
        asked = seen.pair is not None and seen.promised is None
        private = (Text(words.ONLY_ME, Style.QUIET),) if asked else ()
        buttons = await self._controls(seen)
        if not buttons and seen.asked is None:
            buttons = (Button(_("What is open"), ShowStatus()),)
        return Reply((*(Text(line) for line in words.step(seen)), *private, *buttons))

    async def _controls(self, seen: Seen) -> tuple[Part, ...]:
        speaks = self._speaks.get(seen.follow_up.matter)
        return controls(seen) if speaks is None else await speaks.controls(seen)

    async def moved(self, row: Delivery, late: bool) -> Reply | Moot:
        """A new date."""
        found = await self._store.read(views.seen, row.ref, reader(row))
        if found is None or not found.follow_up.open:
            return Moot.MOOT
        return Reply((Text(turns.moved(found)), Button(_("What is open"), ShowStatus())))

    async def not_delivered(self, row: Delivery, late: bool) -> Reply | Moot:
        """Not delivered yet."""
        found = await self._store.read(views.seen, row.ref, reader(row))
        if found is None or not found.follow_up.stopped:
            return Moot.MOOT
        return Reply((Text(notes.not_delivered(found)), Button(_("What is open"), ShowStatus())))

    async def elsewhere(self, row: Delivery, late: bool) -> Reply | Moot:
        """The second route: a name, and where to look."""

        def still(work: Work) -> Someone | None:
            member = MemberId(row.ref)
            away = work.manners.unreachable_since(member) is None
            here = row.community in work.people.communities(member)
            return None if away or not here else work.people.someone(member)

        who = await self._store.read(still)
        return Moot.MOOT if who is None else public(notes.elsewhere(who))


def _at(part: Part, home: CommunityId) -> Part:
    """A note may be about several communities, and a tap belongs to one."""
    return replace(part, home=home) if isinstance(part, Button) else part


def _again(seen: Seen, row: Delivery) -> tuple[Part, ...]:
    # A whole note that may have arrived is marked as one, where it is sent.
    return (Text(notes.AGAIN, Style.QUIET),) if seen.again and not row.doubtful else ()


def news(kind: str, compose: Callable[[Delivery, bool], Awaitable[Reply | Moot]]) -> Notice:
    """A notice that is kept if its receiver cannot be reached."""
    return Notice(kind, compose, None, course=NEWS)


def closing(kind: str, compose: Callable[[Delivery, bool], Awaitable[Reply | Moot]]) -> Notice:
    """The same for how something ended: it comes within its reader's own hours."""
    return Notice(kind, compose, None, course=CLOSING)


def public(*lines: Msg) -> Reply:
    """Lines for a channel."""
    return Reply(tuple(Text(line) for line in lines))


def reader(row: Delivery) -> MemberId:
    """Whom a message goes to."""
    if row.member is None:
        raise ValueError("this goes to a member")
    return row.member
