"""Taking part in a round of matching, and what those hear who do."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import Someone
from bot.domain.rounds import RoundId, RoundState, TakesPart
from bot.domain.taxonomy import Format
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler, Moot, Notice
from bot.services.mentors import rounds
from bot.services.mentors.rounds import Wont
from bot.services.mentors.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Audience, Button, Look, Part, Reply, Style, Text
from bot.ui.words import Listing, Person, _
from cogs.mentors.finding_actions import FindMentors, SuggestMentors
from cogs.mentors.listing_actions import MyListing
from cogs.mentors.notices import CLOSING
from cogs.mentors.round_actions import (
    JoinRound,
    LeaveRound,
    OpenJoin,
)


class TakingPart:
    """Handlers of whoever takes part."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OpenJoin, self.open_join, opens=True),
            Handler(JoinRound, self.join),
            Handler(LeaveRound, self.leave),
        )

    def notices(self) -> tuple[Notice, ...]:
        """The invitation, and the word to those without a pair."""
        ends = {
            Kind.UNMATCHED: self.unmatched,
            Kind.UNCHOSEN: self.unchosen,
            Kind.ROUND_OVER: self.over,
            Kind.ROUND_OFF: self.off,
        }
        return (
            Notice(Kind.ROUND, self.invitation, None),
            *(Notice(kind, compose, None, course=CLOSING) for kind, compose in ends.items()),
        )

    async def open_join(self, caller: Caller, ask: OpenJoin) -> Answer:
        """Wishes, all optional; beside what was wished for before."""
        now, id = self._clock.now(), RoundId(ask.round)

        def look(work: Work) -> tuple[rounds.Wont | None, tuple[Someone, ...]]:
            wont = rounds.may_join(work, now, caller.member, id, mentors=ask.mentors)
            return wont, rounds.wished(work, caller.member, id, mentors=ask.mentors)

        wont, wished = await self._store.read(look)
        if wont is not None:
            return _wont(rounds.NotJoined(wont))
        intro = (
            _("You take part with the places of your own listing that are free. Wishes are"
              " optional; moderators may read them with the draft, and nobody else.")
            if ask.mentors
            else _("Wishes are optional; moderators may read them with the draft, and nobody else."
                   " What you said about yourself counts as well.")
        )  # fmt: skip
        if wished:
            intro = _(
                "So far you would like {names}. What you send takes the place of that. {intro}",
                names=Listing(tuple(Person(one) for one in wished)),
                intro=intro,
            )
        given = {"round": ask.round, "mentors": ask.mentors}
        asks = ("first", "second", "third", "equal")
        return Form(_("Take part"), JoinRound, asks, given, intro=intro)

    async def join(self, caller: Caller, ask: JoinRound) -> Reply:
        """Takes part; the receipt repeats the wishes as they are kept."""
        wishes = (ask.first, ask.second, ask.third)
        ranked = tuple(one for one in wishes if one is not None)
        person = TakesPart(caller.member, ask.mentors, ranked, ask.equal)
        found = await self._store.write(
            rounds.join, self._clock.now(), caller.member, RoundId(ask.round), person
        )
        if isinstance(found, rounds.NotJoined):
            return _wont(found)
        return Reply(
            (
                Text(_("You take part. You hear from me when the pairs are known.")),
                *_kept(found, tied=ask.equal),
                Button(_("Change my wishes"), OpenJoin(ask.round, ask.mentors)),
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
                        " you say is read by moderators alone."
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
                        "The round of matching is over, and no place was left that could be yours."
                        " You rise in the next one. Until then, these doors are open:"
                    )
                ),
                Button(_("Others who have room"), SuggestMentors(), Look.MAIN),
            )
        )

    async def unchosen(self, row: Delivery, late: bool) -> Reply | Moot:
        """A mentor with nobody: their place stays free."""
        said = _(
            "The round of matching is over. Nobody came to your place this time, so it stays free;"
            " your listing is as it was. There is nothing you need to do."
        )
        return Reply((Text(said), Button(_("My listing"), MyListing())))

    async def over(self, row: Delivery, late: bool) -> Reply | Moot:
        """Paired before it was published."""
        said = _(
            "The round of matching is over. Whom you would have got is your mentor already, so"
            " nothing changes."
        )
        return Reply((Text(said),))

    async def off(self, row: Delivery, late: bool) -> Reply | Moot:
        """Called off."""
        said = _(
            "The round of matching that you took part in was called off, so nobody is paired by it."
            " What you wished for is not used for anything else."
        )
        return Reply((Text(said), Button(_("Mentors who have room"), FindMentors())))


def _kept(wishes: tuple[Someone, ...], *, tied: bool) -> tuple[Part, ...]:
    if not wishes:
        return (Text(_("You wished for nobody in particular."), Style.QUIET),)
    if tied and len(wishes) > 1:
        names = Listing(tuple(Person(one) for one in wishes), either=True)
        return (Text(_("You would like one of these, in no order: {names}.", names=names)),)
    return tuple(
        Text(_("{count}. {who}", count=place, who=Person(one)))
        for place, one in enumerate(wishes, 1)
    )


def _wont(no: rounds.NotJoined) -> Reply:
    match no.why:
        case Wont.CLOSED:
            over = _("This round takes nobody in any more. The next one is announced here, too.")
            return Reply((Text(over), Button(_("Mentors who have room"), FindMentors())))
        case Wont.NO_PLACE:
            said = _(
                "Mentors take part with free ongoing places of their own listing, and there is none"
                " at the moment."
            )
            return Reply((Text(said), Button(_("My listing"), MyListing())))
        case Wont.ONESELF:
            said = _("One of the wishes is yourself. Nothing was kept yet.")
        case Wont.TWICE if no.who is not None:
            said = _("{who} stands there twice. Nothing was kept yet.", who=Person(no.who))
        case Wont.NOT_LISTED if no.who is not None:
            said = _(
                "{who} is no mentor here who takes people for longer. Nothing was kept yet; the"
                " list shows who does.",
                who=Person(no.who),
            )
            ongoing = Button(_("The list"), FindMentors(format=Format.ONGOING))
            return Reply((Text(said), ongoing), correctable=True)
        case _:
            said = _("Nothing was kept yet.")
    return Reply((Text(said),), correctable=True)
