"""`setup match`: a round of matching, as moderators lead it."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.people import MemberId, Role, Someone
from bot.domain.rounds import MatchRound, RoundId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import publishing, rounds, solving
from bot.services.mentors.publishing import Published
from bot.services.mentors.rounds import Ground
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Reply, Text
from bot.ui.words import Msg, Person, _, ngettext
from cogs.mentors.labels import Shelf
from cogs.mentors.round_actions import (
    AskCancel,
    AskDraft,
    AskPublish,
    CancelRound,
    KeepApart,
    LetMeet,
    MakeDraft,
    MovePair,
    OpenApart,
    OpenMove,
    OpenRound,
    PublishRound,
    ShowApart,
    ShowRound,
    ShowTaking,
)
from cogs.mentors.round_lists import apart_screen, taking_screen
from cogs.mentors.round_screen import (
    cancel_screen,
    draft_again_screen,
    publish_screen,
    published_screen,
    round_screen,
)

_NOT = {
    "changed": _("Somebody changed the round meanwhile. This is how it stands now."),
    "full": _("That mentor's own places are taken in this draft, so nothing was changed."),
    "paired": _("These two are a pair already, so nothing was changed."),
    "apart": _("These two are not to be paired, so nothing was changed."),
    "unknown": _("That person does not take part as a mentor, so nothing was changed."),
}


class Rounds:
    """Handlers of moderators."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._introducing: set[RoundId] = set()

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowRound, self.show, moderator),
            Handler(OpenRound, self.open, moderator),
            Handler(AskCancel, self.ask_cancel, moderator),
            Handler(CancelRound, self.cancel, moderator),
            Handler(AskDraft, self.ask_draft, moderator),
            Handler(MakeDraft, self.draft, moderator),
            Handler(OpenMove, self.open_move, moderator, opens=True),
            Handler(MovePair, self.move, moderator),
            Handler(AskPublish, self.ask_publish, moderator),
            Handler(PublishRound, self.publish, moderator),
            Handler(OpenApart, self.open_apart, moderator, opens=True),
            Handler(KeepApart, self.keep_apart, moderator),
            Handler(LetMeet, self.let_meet, moderator),
            Handler(ShowApart, self.apart, moderator),
            Handler(ShowTaking, self.taking_part, moderator),
        )

    async def show(self, caller: Caller, ask: ShowRound) -> Reply:
        """How it stands."""
        return await self._screen(caller, ask.page)

    async def open(self, caller: Caller, ask: OpenRound) -> Reply:
        """A new round, announced."""
        now = self._clock.now()
        await self._store.write(rounds.start, now, caller.community, caller.member)
        return await self._screen(caller, 0)

    async def ask_cancel(self, caller: Caller, ask: AskCancel) -> Reply:
        """Who hears of it, first."""
        found = await self._ground(caller)
        if found is None or found.round.id != ask.round or not found.round.going_on:
            return await self._screen(caller, 0, _NOT["changed"])
        return cancel_screen(found)

    async def cancel(self, caller: Caller, ask: CancelRound) -> Reply:
        """Nothing comes of it, and whoever takes part hears that."""
        told = await self._store.write(publishing.cancel, self._clock.now(), RoundId(ask.round))
        if told is None:
            return await self._screen(caller, 0, _NOT["changed"])
        said = ngettext(
            "The round is off; {count} person hears it.",
            "The round is off; {count} people hear it.",
            told,
        )
        return await self._screen(caller, 0, said)

    async def ask_draft(self, caller: Caller, ask: AskDraft) -> Reply:
        """What was changed by hand does not stay; said first."""
        found = await self._ground(caller)
        if found is None or (found.round.id, found.round.revision) != (ask.round, ask.revision):
            return await self._screen(caller, 0, _NOT["changed"])
        return draft_again_screen(found)

    async def draft(self, caller: Caller, ask: MakeDraft) -> Reply:
        """Made in a process of its own; the round stays as it was until it is done."""
        found = await self._ground(caller)
        if found is None or found.round.id != ask.round:
            return await self._screen(caller, 0, _NOT["changed"])
        pairing = await solving.drafted(found.people)
        draft = {MemberId(one): MemberId(to) for one, to in pairing.items()}
        kept = await self._store.write(rounds.save, found.round.id, ask.revision, draft)
        return await self._screen(caller, 0, None if kept else _NOT["changed"])

    async def open_move(self, caller: Caller, ask: OpenMove) -> Form:
        """The form of one pair."""
        given = {"round": ask.round, "revision": ask.revision, "trainee": ask.trainee}
        return Form(_("Another mentor"), MovePair, ("mentor",), given)

    async def move(self, caller: Caller, ask: MovePair) -> Reply:
        """One pair by hand."""
        found = await self._store.write(
            rounds.move,
            self._clock.now(),
            RoundId(ask.round),
            ask.revision,
            ask.trainee,
            ask.mentor,
        )
        return await self._screen(caller, 0, None if isinstance(found, MatchRound) else _NOT[found])

    async def ask_publish(self, caller: Caller, ask: AskPublish) -> Reply:
        """Who hears what, first."""
        found = await self._ground(caller)
        if found is None or (found.round.id, found.round.revision) != (ask.round, ask.revision):
            return await self._screen(caller, 0, _NOT["changed"])
        return publish_screen(found)

    async def publish(self, caller: Caller, ask: PublishRound) -> Reply:
        """Everybody hears it."""
        id = RoundId(ask.round)
        if not await self._store.write(publishing.publish, id, ask.revision):
            return await self._screen(caller, 0, _NOT["changed"])
        return published_screen(await self._introduce(id))

    async def upkeep(self) -> None:
        """Goes on with introductions that were interrupted."""
        for id in await self._store.read(lambda work: work.rounds.unfinished()):
            if id not in self._introducing:
                await self._introduce(id)

    async def _introduce(self, id: RoundId) -> Published:
        self._introducing.add(id)
        try:
            done = Published()
            while some := await self._store.write(publishing.introduce, self._clock.now(), id):
                done += some
            return done
        finally:
            self._introducing.discard(id)

    async def open_apart(self, caller: Caller, ask: OpenApart) -> Form:
        """Two people."""
        intro = _("Confidential: moderators alone can see this list, and it names no reason.")
        return Form(_("Do not pair"), KeepApart, intro=intro)

    async def keep_apart(self, caller: Caller, ask: KeepApart) -> Reply:
        """Never paired."""
        if ask.one == ask.other:
            return Reply((Text(_("That is one person twice.")),), correctable=True)
        now = self._clock.now()
        await self._store.write(
            lambda work: work.rounds.keep_apart(caller.community, ask.one, ask.other, now)
        )
        one, other = await self._store.read(
            lambda work: (work.people.someone(ask.one), work.people.someone(ask.other))
        )
        said = _("{one} and {other} are not paired.", one=Person(one), other=Person(other))
        return await self._screen(caller, 0, said)

    async def let_meet(self, caller: Caller, ask: LetMeet) -> Reply:
        """May be paired again."""
        await self._store.write(
            lambda work: work.rounds.let_meet(caller.community, ask.one, ask.other)
        )
        return await self.apart(caller, ShowApart())

    async def apart(self, caller: Caller, ask: ShowApart) -> Reply:
        """Who is not paired with whom."""
        home = caller.community

        def look(work: Work) -> list[tuple[Someone, Someone]]:
            kept = work.rounds.apart(home)
            people = work.people.several({one for pair in kept for one in pair})
            return [(people[one], people[other]) for one, other in kept]

        return apart_screen(await self._store.read(look), ask.page)

    async def taking_part(self, caller: Caller, ask: ShowTaking) -> Reply:
        """Who takes part, and whom they would like."""
        found = await self._ground(caller)
        if found is None or not found.round.going_on:
            return await self._screen(caller, 0)
        return taking_screen(found, ask.page)

    async def _ground(self, caller: Caller) -> Ground | None:
        return await self._store.read(rounds.ground, self._clock.now(), caller.community)

    async def _screen(self, caller: Caller, page: int, first: Msg | None = None) -> Reply:
        labels = await self._shelf.of(caller.community)
        return round_screen(await self._ground(caller), labels, page, first)
