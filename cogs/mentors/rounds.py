"""`setup match`: a round of matching, as moderators and those who take part see it."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.matching import Explained, explain
from bot.domain.people import MemberId, Role
from bot.domain.rounds import MatchRound, RoundId, RoundState, TakesPart
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler, Moot, Notice
from bot.services.mentors import rounds, solving
from bot.services.mentors.rounds import Ground
from bot.services.mentors.telling import Kind
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Audience, Button, Divider, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, _, ngettext
from cogs.mentors.cards import semicolons
from cogs.mentors.finding_actions import SuggestMentors
from cogs.mentors.labels import Labels
from cogs.mentors.listing_actions import MyListing
from cogs.mentors.round_actions import (
    CancelRound,
    JoinRound,
    KeepApart,
    LeaveRound,
    LetMeet,
    MakeDraft,
    MovePair,
    OpenApart,
    OpenJoin,
    OpenMove,
    OpenRound,
    PublishRound,
    ShowRound,
)

_PAGE = 5
_NOT = {
    "changed": _("Somebody changed the round meanwhile. This is how it stands now."),
    "full": _("That mentor's own places are taken in this draft, so nothing was changed."),
    "apart": _("These two are not to be paired, so nothing was changed."),
    "unknown": _("That person does not take part as a mentor, so nothing was changed."),
}


class Rounds:
    """Handlers of rounds."""

    def __init__(self, store: Store, clock: Clock, labels: Labels) -> None:
        self._store = store
        self._clock = clock
        self._labels = labels

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowRound, self.show, moderator),
            Handler(OpenRound, self.open, moderator),
            Handler(CancelRound, self.cancel, moderator),
            Handler(MakeDraft, self.draft, moderator),
            Handler(OpenMove, self.open_move, moderator, opens=True),
            Handler(MovePair, self.move, moderator),
            Handler(PublishRound, self.publish, moderator),
            Handler(OpenApart, self.open_apart, moderator, opens=True),
            Handler(KeepApart, self.keep_apart, moderator),
            Handler(LetMeet, self.let_meet, moderator),
            Handler(OpenJoin, self.open_join, opens=True),
            Handler(JoinRound, self.join),
            Handler(LeaveRound, self.leave),
        )

    def notices(self) -> tuple[Notice, ...]:
        """The invitation, and the word to those without a pair."""
        return (
            Notice(Kind.ROUND, self.invitation, None),
            Notice(Kind.UNMATCHED, self.unmatched, None),
        )

    async def show(self, caller: Caller, ask: ShowRound) -> Reply:
        """How it stands."""
        return await self._screen(caller, ask.page)

    async def open(self, caller: Caller, ask: OpenRound) -> Reply:
        """A new round, announced."""
        now = self._clock.now()
        await self._store.write(rounds.start, now, caller.community, caller.member)
        return await self._screen(caller, 0)

    async def cancel(self, caller: Caller, ask: CancelRound) -> Reply:
        """Nothing comes of it."""
        await self._store.write(rounds.cancel, RoundId(ask.round))
        return await self._screen(caller, 0)

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

    async def publish(self, caller: Caller, ask: PublishRound) -> Reply:
        """Everybody hears it."""
        done = await self._store.write(
            rounds.publish, self._clock.now(), RoundId(ask.round), ask.revision
        )
        if done is None:
            return await self._screen(caller, 0, _NOT["changed"])
        parts: list[Part] = [
            Text(
                ngettext(
                    "{count} pair is introduced; both sides hear it now.",
                    "{count} pairs are introduced; both sides hear it now.",
                    done.pairs,
                )
            ),
            Text(
                ngettext(
                    "{count} person has no pair this time; they get names of others who have room,"
                    " and rise in the next round.",
                    "{count} people have no pair this time; they get names of others who have room,"
                    " and rise in the next round.",
                    done.unmatched,
                )
            ),
        ]
        if done.left_out:
            parts.append(
                Text(
                    ngettext(
                        "{count} pair of the draft did not come to be, because the mentor has no"
                        " place any more.",
                        "{count} pairs of the draft did not come to be, because the mentors have no"
                        " place any more.",
                        done.left_out,
                    )
                )
            )
        return Reply(tuple(parts), replaces=True)

    async def open_apart(self, caller: Caller, ask: OpenApart) -> Form:
        """Two people."""
        intro = _("Confidential: moderators alone can see this list, and it names no reason.")
        return Form(_("Do not pair"), KeepApart, intro=intro)

    async def keep_apart(self, caller: Caller, ask: KeepApart) -> Reply:
        """Never paired."""
        now = self._clock.now()
        await self._store.write(
            lambda work: work.rounds.keep_apart(caller.community, ask.one, ask.other, now)
        )
        return await self._screen(caller, 0)

    async def let_meet(self, caller: Caller, ask: LetMeet) -> Reply:
        """May be paired again."""
        await self._store.write(
            lambda work: work.rounds.let_meet(caller.community, ask.one, ask.other)
        )
        return await self._screen(caller, 0)

    async def open_join(self, caller: Caller, ask: OpenJoin) -> Form:
        """Wishes, all optional."""
        intro = (
            _("You take part with the places of your own listing that are free. Wishes are"
              " optional, and nobody sees them.")
            if ask.mentors
            else _("Wishes are optional, and nobody sees them. What you said about yourself"
                   " counts as well.")
        )  # fmt: skip
        given = {"round": ask.round, "mentors": ask.mentors}
        return Form(_("Take part"), JoinRound, ("first", "second", "third"), given, intro=intro)

    async def join(self, caller: Caller, ask: JoinRound) -> Reply:
        """Takes part."""
        wishes = (ask.first, ask.second, ask.third)
        ranked = tuple(one for one in wishes if one is not None)
        person = TakesPart(caller.member, ask.mentors, ranked)
        found = await self._store.write(
            rounds.join, self._clock.now(), caller.member, RoundId(ask.round), person
        )
        if found is None:
            return Reply(
                (
                    Text(
                        _(
                            "This round is not open to that at the moment. Mentors take part with a"
                            " listing that has ongoing places."
                        )
                    ),
                    Button(_("My listing"), MyListing()),
                )
            )
        return Reply(
            (
                Text(_("You take part. You hear from me when the pairs are known.")),
                Button(_("Not after all"), LeaveRound(ask.round)),
            )
        )

    async def leave(self, caller: Caller, ask: LeaveRound) -> Reply:
        """Not after all."""
        await self._store.write(lambda work: work.rounds.leave(RoundId(ask.round), caller.member))
        return Reply((Text(_("You do not take part in this round. That is fine.")),))

    async def invitation(self, row: Delivery, late: bool) -> Reply | Moot:
        """To everybody, in the channel."""
        found = await self._store.read(lambda work: work.rounds.get(RoundId(row.ref)))
        if found is None or found.state is not RoundState.OPEN:
            return Moot.MOOT
        return Reply(
            (
                Text(_("A round of mentor matching is open"), Style.HEADING),
                Text(
                    _(
                        "Whoever looks for a mentor, and whoever has a place, can take part. What"
                        " you say here is seen by nobody else."
                    )
                ),
                Button(_("I look for a mentor"), OpenJoin(found.id, mentors=False), Look.MAIN),
                Button(_("I have a place"), OpenJoin(found.id, mentors=True)),
            ),
            Audience.CHANNEL,
        )

    async def unmatched(self, row: Delivery, late: bool) -> Reply | Moot:
        """No pair this time."""
        return Reply(
            (
                Text(
                    _(
                        "This round had fewer places than people, and you have no pair yet. You"
                        " rise in the next one. Until then, these doors are open:"
                    )
                ),
                Button(_("Others who have room"), SuggestMentors(), Look.MAIN),
            )
        )

    async def _ground(self, caller: Caller) -> Ground | None:
        return await self._store.read(rounds.ground, self._clock.now(), caller.community)

    async def _screen(self, caller: Caller, page: int, first: Msg | None = None) -> Reply:
        found = await self._ground(caller)
        parts: list[Part] = [Text(_("Mentor matching"), Style.HEADING)]
        if first is not None:
            parts.append(Text(first))
        if found is None or not found.round.going_on:
            parts.append(
                Text(
                    _(
                        "No round is open. A new one is announced in the community's channel, with"
                        " buttons to take part; nobody is paired before you publish."
                    )
                )
            )
            parts.append(Button(_("Open a round"), OpenRound(), Look.MAIN))
        else:
            parts.extend(self._counts(found))
            id, revision = found.round.id, found.round.revision
            if found.round.state is RoundState.DRAFT:
                parts.extend(self._pairs(found, page))
            drafted = found.round.state is RoundState.DRAFT
            again = _("Draft again") if drafted else _("Make a draft")
            parts.append(Button(again, MakeDraft(id, revision), Look.PLAIN if drafted
                                else Look.MAIN))  # fmt: skip
            if drafted:
                parts.append(Button(_("Publish"), PublishRound(id, revision), Look.GRAVE))
            parts.append(Button(_("Call it off"), CancelRound(id)))
        parts.append(Button(_("Do not pair two people"), OpenApart()))
        if found is not None:
            for one, other in found.apart[:3]:
                pair = _(
                    "{one} and {other} are not paired",
                    one=Person(found.names[one]),
                    other=Person(found.names[other]),
                )
                parts.append(Text(pair, Style.QUIET))
                meet = _("They may meet: {name}", name=Typed(found.names[one].name[:40]))
                parts.append(Button(meet, LetMeet(one, other)))
        return Reply(tuple(parts))

    def _counts(self, found: Ground) -> tuple[Part, ...]:
        people = found.people
        places = sum(one.places for one in people.offering)
        wishes = sum(1 for one in (*people.seeking, *people.offering) if one.ranked)
        parts: list[Part] = [
            Facts(
                (
                    (_("Looking for a mentor"), Typed(str(len(people.seeking)))),
                    (_("Mentors"), Typed(str(len(people.offering)))),
                    (_("Places"), Typed(str(places))),
                    (_("Said whom they would like"), Typed(str(wishes))),
                )
            )
        ]
        if places < len(people.seeking):
            parts.append(
                Text(
                    ngettext(
                        "There are fewer places than people: at least {count} person will have no"
                        " pair. A group hour may help them.",
                        "There are fewer places than people: at least {count} people will have no"
                        " pair. A group hour may help them.",
                        len(people.seeking) - places,
                    ),
                    Style.QUIET,
                )
            )
        return tuple(parts)

    def _pairs(self, found: Ground, page: int) -> tuple[Part, ...]:
        draft = {int(one): int(to) for one, to in found.round.draft.items()}
        seeking = {one.id for one in found.people.seeking}
        offering = {one.id for one in found.people.offering}
        known = {one: to for one, to in draft.items() if one in seeking and to in offering}
        explained = explain(found.people, known)
        without = [one for one in sorted(seeking) if one not in known]
        parts: list[Part] = [Divider()]
        pages = max(1, -(-len(explained) // _PAGE))
        page = min(max(0, page), pages - 1)
        for one in explained[page * _PAGE : (page + 1) * _PAGE]:
            parts.extend(self._pair(found, one))
        if page:
            parts.append(Button(_("Earlier"), ShowRound(page - 1)))
        if page + 1 < pages:
            parts.append(Button(_("More"), ShowRound(page + 1)))
        if without:
            count = ngettext(
                "{count} person has no pair in this draft.",
                "{count} people have no pair in this draft.",
                len(without),
            )
            parts.append(Text(count))
            id, revision = found.round.id, found.round.revision
            for member in without[:3]:
                name = Typed(found.names[MemberId(member)].name[:40])
                parts.append(
                    Button(_("Pair {name}", name=name), OpenMove(id, revision, MemberId(member)))
                )
        parts.append(Divider())
        return tuple(parts)

    def _pair(self, found: Ground, one: Explained) -> tuple[Part, ...]:
        names = found.names
        trainee, mentor = names[MemberId(one.trainee)], names[MemberId(one.mentor)]
        why: list[Msg] = []
        if one.ranked_by_both:
            why.append(_("both wished for each other"))
        elif one.trainee_rank is not None:
            why.append(_("{who} wished for this", who=Person(trainee)))
        elif one.mentor_rank is not None:
            why.append(_("{who} wished for this", who=Person(mentor)))
        if one.topics:
            both = self._labels.several(List.TOPICS, one.topics[:3])
            why.append(_("both: {topics}", topics=both))
        if one.languages:
            why.append(_("a language in common"))
        if one.region:
            why.append(_("the same region"))
        if one.evenings:
            why.append(ngettext("evenings overlap {count} hour", "evenings overlap {count} hours",
                                one.evenings))  # fmt: skip
        if not why:
            why.append(_("a place was free"))
        other = names.get(MemberId(one.next_best)) if one.next_best is not None else None
        change: Msg | None = None
        if other is not None and one.one_place_more:
            change = _("One place more with {who} would change it.", who=Person(other))
        elif other is not None:
            change = _("Without this place it would be {who}.", who=Person(other))
        parts: list[Part] = [
            Text(_("{trainee} with {mentor}", trainee=Person(trainee), mentor=Person(mentor))),
            Text(semicolons(why), Style.QUIET),
        ]
        if change is not None:
            parts.append(Text(change, Style.QUIET))
        edit = OpenMove(found.round.id, found.round.revision, MemberId(one.trainee))
        parts.append(Button(_("Change {name}", name=Typed(trainee.name[:50])), edit))
        return tuple(parts)
