"""Taking part in a round of matching, and what those hear who do."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.rounds import RoundId, RoundState, TakesPart
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler, Moot, Notice
from bot.services.mentors import rounds
from bot.services.mentors.telling import Kind
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Audience, Button, Look, Reply, Style, Text
from bot.ui.words import _
from cogs.mentors.finding_actions import SuggestMentors
from cogs.mentors.listing_actions import MyListing
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
        return (
            Notice(Kind.ROUND, self.invitation, None),
            Notice(Kind.UNMATCHED, self.unmatched, None),
        )

    async def open_join(self, caller: Caller, ask: OpenJoin) -> Form:
        """Wishes, all optional."""
        intro = (
            _("You take part with the places of your own listing that are free. Wishes are"
              " optional; moderators may read them with the draft, and nobody else.")
            if ask.mentors
            else _("Wishes are optional; moderators may read them with the draft, and nobody else."
                   " What you said about yourself counts as well.")
        )  # fmt: skip
        given = {"round": ask.round, "mentors": ask.mentors}
        asks = ("first", "second", "third", "equal")
        return Form(_("Take part"), JoinRound, asks, given, intro=intro)

    async def join(self, caller: Caller, ask: JoinRound) -> Reply:
        """Takes part."""
        wishes = (ask.first, ask.second, ask.third)
        ranked = tuple(one for one in wishes if one is not None)
        person = TakesPart(caller.member, ask.mentors, ranked, ask.equal)
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
                        "This round had fewer places than people, and you have no pair yet. You"
                        " rise in the next one. Until then, these doors are open:"
                    )
                ),
                Button(_("Others who have room"), SuggestMentors(), Look.MAIN),
            )
        )
