"""How each message of the engine is put together at the moment of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.delivery import Delivery
from bot.domain.pairs import Note, Pair, PairId
from bot.domain.people import MemberId, Someone
from bot.domain.policies import Matter
from bot.domain.questions import AskedId, AskedState
from bot.runtime.feature import Course, Moot, Notice
from bot.runtime.matters import Speaks
from bot.services import pairs, questions
from bot.services.follow_ups import sending, views
from bot.services.follow_ups.telling import STEP_KIND, Kind
from bot.services.follow_ups.views import Seen
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.topics import topic_words
from bot.ui.words import Code, Msg, Person, Typed, _
from cogs.follow_ups import pair_words, words
from cogs.follow_ups.actions import (
    IAnswered,
    ItHelped,
    OpenUpdate,
    ReopenPair,
    ShowStatus,
    StillOpen,
)
from cogs.follow_ups.controls import after_end, controls, taps

MOST = 5
"""How many matters a note names; the rest is in the list."""

STEP = Course(sending.admit, sending.said, sending.undelivered)
NOTE = Course(sending.admit_digest, sending.said_digest, sending.undelivered_digest)
NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)


class Notices:
    """The cog's notices."""

    def __init__(self, store: Store, speaks: Mapping[Matter, Speaks]) -> None:
        self._store = store
        self._speaks = speaks

    def notices(self) -> tuple[Notice, ...]:
        """All kinds of the engine, of pairs and of questions."""
        return (
            *(Notice(kind, self.step, None, course=STEP) for kind in STEP_KIND.values()),
            Notice(Kind.DIGEST, self.digest, None, course=NOTE),
            _news(Kind.CLOSED, self.closed),
            _news(Kind.MOVED, self.moved),
            _news(Kind.NOT_DELIVERED, self.not_delivered),
            Notice(Kind.ELSEWHERE, self.elsewhere, None, timedelta(days=2)),
            _news(pairs.Kind.NEW, self.pair),
            _news(pairs.Kind.QUIET, self.pair),
            _news(pairs.Kind.CLOSED, self.pair),
            _news(pairs.Kind.REOPENED, self.pair),
            _news(pairs.Kind.NOTE, self.note),
            Notice(pairs.Kind.HELP, self.help, None),
            Notice(questions.Kind.POSTED, self.posted, None, timedelta(days=1)),
            _news(questions.Kind.ANSWERED, self.answered),
        )

    async def step(self, row: Delivery, late: bool) -> Reply | Moot:
        """One matter."""
        found = await self._store.read(views.to_say, row, _reader(row))
        return Moot.MOOT if found is None else await self._one(found)

    async def digest(self, row: Delivery, late: bool) -> Reply | Moot:
        """Several, as one note; a single one as itself."""
        found = await self._store.read(views.digest, row, _reader(row))
        if not found:
            return Moot.MOOT
        if len(found) == 1:
            one = await self._one(found[0])
            return replace(one, parts=(*one.parts, *_again(found[0], row)))
        parts: list[Part] = [Text(words.DIGEST)]
        for seen in found[:MOST]:
            parts.append(Divider())
            parts.extend(Text(line) for line in words.step(seen))
            parts.extend(_again(seen, row))
            if seen.follow_up.community == row.community:
                # A button belongs to one community; matters of another are in the list there.
                # Two matters of one pair may ask for the same tap.
                parts.extend(one for one in await self._controls(seen) if one not in parts)
        if len(found) > MOST:
            parts.extend((Divider(), Text(words.DIGEST_MORE, Style.QUIET)))
        parts.append(Text(words.CHANGE_THIS, Style.QUIET))
        return Reply(tuple(parts))

    async def closed(self, row: Delivery, late: bool) -> Reply | Moot:
        """How a matter ended."""
        found = await self._store.read(views.seen, row.ref, _reader(row))
        if found is None or found.follow_up.open:
            return Moot.MOOT
        texts = tuple(Text(line) for line in words.closed(found))
        speaks = self._speaks.get(found.follow_up.matter)
        after = after_end(found) if speaks is None else await speaks.after(found)
        return Reply((*texts, *after))

    async def _one(self, seen: Seen) -> Reply:
        speaks = self._speaks.get(seen.follow_up.matter)
        whole = () if speaks is None else await speaks.step(seen)
        if whole:
            return Reply(whole)
        private = (Text(words.ONLY_ME, Style.QUIET),) if seen.pair is not None else ()
        buttons = await self._controls(seen) or (Button(_("What is open"), ShowStatus()),)
        return Reply((*(Text(line) for line in words.step(seen)), *private, *buttons))

    async def _controls(self, seen: Seen) -> tuple[Part, ...]:
        speaks = self._speaks.get(seen.follow_up.matter)
        return controls(seen) if speaks is None else await speaks.controls(seen)

    async def moved(self, row: Delivery, late: bool) -> Reply | Moot:
        """A new date."""
        found = await self._store.read(views.seen, row.ref, _reader(row))
        if found is None or not found.follow_up.open:
            return Moot.MOOT
        return Reply((Text(words.moved(found)), Button(_("What is open"), ShowStatus())))

    async def not_delivered(self, row: Delivery, late: bool) -> Reply | Moot:
        """Not delivered yet."""
        found = await self._store.read(views.seen, row.ref, _reader(row))
        if found is None or not found.follow_up.stopped:
            return Moot.MOOT
        return Reply((Text(words.not_delivered(found)), Button(_("What is open"), ShowStatus())))

    async def elsewhere(self, row: Delivery, late: bool) -> Reply | Moot:
        """The second route: a name, and where to look."""

        def still(work: Work) -> Someone | None:
            member = MemberId(row.ref)
            away = work.manners.unreachable_since(member) is None
            here = row.community in work.people.communities(member)
            return None if away or not here else work.people.someone(member)

        who = await self._store.read(still)
        return Moot.MOOT if who is None else _public(words.elsewhere(who))

    async def pair(self, row: Delivery, late: bool) -> Reply | Moot:
        """News about a pair."""
        reader = _reader(row)

        def look(work: Work) -> tuple[Pair, Someone, datetime | None] | None:
            pair = work.pairs.get(PairId(row.ref))
            if pair is None or reader not in pair.sides:
                return None
            return pair, work.people.someone(pair.other(reader)), pairs.asked_on(work, pair, reader)

        found = await self._store.read(look)
        if found is None or found[0].open is (row.kind == pairs.Kind.CLOSED):
            return Moot.MOOT
        pair, other, asked = found
        code = pair.code
        match pairs.Kind(row.kind):
            case pairs.Kind.NEW:
                first = reader == pair.trainee
                said = pair_words.pair_new(other, code, first=first, asked=asked)
                begin = _("Write first") if first else _("Send an update")
                after: tuple[Part, ...] = (Button(begin, OpenUpdate(code)),)
            case pairs.Kind.QUIET:
                said = pair_words.pair_quiet(other)
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
            found = pairs.note(work, row.ref)
            if found is None:
                return None
            return work.people.someone(found[0].author), *found, pairs.is_first(work, *found)

        found = await self._store.read(look)
        if found is None:
            return Moot.MOOT
        who, note, pair, first = found
        lines = pair_words.pair_note(who, note, first=first and pair.open)
        said = tuple(Text(line) for line in lines)
        if not pair.open:
            return Reply(said)
        return Reply((*said, Button(_("Send an update"), OpenUpdate(pair.code), Look.MAIN)))

    async def help(self, row: Delivery, late: bool) -> Reply | Moot:
        """For moderators."""
        who = await self._store.read(views.person, MemberId(row.ref))
        first, *rest = pair_words.pair_help(who)
        return _public(first, *rest)

    async def posted(self, row: Delivery, late: bool) -> Reply | Moot:
        """A question in its channel."""

        def look(work: Work) -> tuple[Msg, Msg, int] | None:
            asked = work.questions.get(AskedId(row.ref))
            if asked is None or asked.state is not AskedState.OPEN:
                return None
            topic = topic_words(asked.topic)
            if asked.anonymous:
                head = _("A question about {topic} ({code}):", topic=topic, code=Code(asked.code))
            else:
                who = Person(work.people.someone(asked.asker))
                head = _(
                    "{who} asks about {topic} ({code}):",
                    who=who,
                    topic=topic,
                    code=Code(asked.code),
                )
            return head, _("{text}", text=Typed(asked.text)), asked.id

        found = await self._store.read(look)
        if found is None:
            return Moot.MOOT
        head, body, id = found
        return Reply(
            (
                Text(head),
                Text(body),
                Text(_("Answer below, and tap once so that I know."), Style.QUIET),
                Button(_("I answered"), IAnswered(id)),
            )
        )

    async def answered(self, row: Delivery, late: bool) -> Reply | Moot:
        """Somebody answered; did it help?"""
        asked = await self._store.read(questions.look, AskedId(row.ref))
        if asked is None or asked.state is not AskedState.OPEN or not asked.heard:
            return Moot.MOOT
        return Reply(
            (
                Text(_("Somebody answered your question {code}.", code=Code(asked.code))),
                Button(_("It helped"), ItHelped(asked.id), Look.MAIN),
                Button(_("I would like to hear more"), StillOpen(asked.id)),
            )
        )


def _again(seen: Seen, row: Delivery) -> tuple[Part, ...]:
    # A whole note that may have arrived is marked as one, where it is sent.
    return (Text(words.AGAIN, Style.QUIET),) if seen.again and not row.doubtful else ()


def _news(kind: str, compose: Callable[[Delivery, bool], Awaitable[Reply | Moot]]) -> Notice:
    return Notice(kind, compose, None, course=NEWS)


def _public(*lines: Msg) -> Reply:
    return Reply(tuple(Text(line) for line in lines))


def _reader(row: Delivery) -> MemberId:
    if row.member is None:
        raise ValueError("this goes to a member")
    return row.member
