"""Mentors: an opt-in list, structured requests, suggestions, and rounds of matching."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.listings import State, week_of
from bot.domain.pairs import Pair
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import Matter
from bot.domain.taxonomy import Taxonomy
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Feature, Group, Tick
from bot.runtime.matters import Speaks
from bot.services.follow_ups.engine import Closer
from bot.services.mentors import bonds, ending, listing, renewing
from bot.services.mentors.requesting import forget
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import _
from cogs.mentors.about_me import AboutMe
from cogs.mentors.answering import Answering
from cogs.mentors.beside import Beside
from cogs.mentors.browsing import Browsing
from cogs.mentors.directory import LIMIT_SETTING, LISTS_SETTING, Directory
from cogs.mentors.finding_actions import FindMentors, ShowMentor, SuggestMentors
from cogs.mentors.group import GroupHours, Proposal, no_proposal
from cogs.mentors.inbox import Inbox
from cogs.mentors.labels import Shelf
from cogs.mentors.listing_actions import (
    EditListing,
    OfferMentoring,
    PauseMentoring,
    ResumeMentoring,
    WithdrawListing,
)
from cogs.mentors.moderating import VERIFIED_SETTING, Moderating
from cogs.mentors.notices import Notices
from cogs.mentors.offering import Offering
from cogs.mentors.order import ORDER_RULES
from cogs.mentors.own_listing import OwnListing
from cogs.mentors.record import YearRecord
from cogs.mentors.relaying import Relaying
from cogs.mentors.request_actions import RequestMentor, ShowInbox, ShowRecord
from cogs.mentors.requesting import Requesting
from cogs.mentors.resting import Resting
from cogs.mentors.round_actions import ShowRound
from cogs.mentors.rounds import Rounds
from cogs.mentors.sent_requests import SentRequests
from cogs.mentors.speaking import Speaking
from cogs.mentors.staff_actions import BlockMember, ShowDirectory, VerifyMentor
from cogs.mentors.taking_part import TakingPart
from cogs.mentors.vouching import Vouching

MENTOR_CLOSERS: Mapping[Matter, Closer] = {
    **ending.REQUEST_CLOSERS,
    Matter.LISTING: listing.left_unsaid,
    Matter.RENEWAL: renewing.left,
}
"""What the directory does about matters that nobody answered."""
_AT_ONCE = 50


class Mentors:
    """The feature, put together."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        lists: Taxonomy,
        proposal: Proposal = no_proposal,
    ) -> None:
        self._store = store
        self._clock = clock
        shelf = self._shelf = Shelf(store, lists)
        self._group = GroupHours(store, clock, shelf, proposal)
        self._own = OwnListing(store, clock, shelf)
        self._about = AboutMe(store, clock, shelf)
        self._notices = Notices(store, clock, shelf)
        self._taking_part = TakingPart(store, clock)
        self._rounds = Rounds(store, clock, shelf)
        self._beside = Beside(store)
        self._moderating = Moderating(store, clock)
        resting = Resting(store, clock)
        self._handlers = (
            *Offering(store, clock, shelf, self._own).handlers(),
            *self._own.handlers(),
            *resting.handlers(),
            *self._about.handlers(),
            *Browsing(store, clock, shelf, self._about).handlers(),
            *Requesting(store, clock, shelf, self._about).handlers(),
            *SentRequests(store, clock).handlers(),
            *Answering(store, clock, resting).handlers(),
            *Relaying(store, clock).handlers(),
            *Inbox(store, clock, shelf, self._group).handlers(),
            *YearRecord(store, clock).handlers(),
            *self._moderating.handlers(),
            *Vouching(store, clock, shelf).handlers(),
            *Directory(store, clock, shelf).handlers(),
            *self._rounds.handlers(),
            *self._taking_part.handlers(),
        )

    def feature(self) -> Feature:
        """What the registry needs to know."""
        return Feature(
            "mentors",
            handlers=self._handlers,
            settings=(VERIFIED_SETTING, LIMIT_SETTING, LISTS_SETTING),
            label=_("Mentors"),
            begins=(OfferMentoring, FindMentors, SuggestMentors, RequestMentor),
            commands=(
                Command("mentor offer", _("Offer mentoring; nothing is shown yet"), OfferMentoring),
                Command("mentor edit", _("Change my listing"), EditListing),
                Command("mentor pause", _("A pause, with a date of return"), PauseMentoring),
                Command("mentor resume", _("My listing is shown again"), ResumeMentoring),
                Command("mentor withdraw", _("Take my listing away"), WithdrawListing),
                Command("mentor find", _("Mentors who have room; the freest first"), FindMentors),
                Command("mentor show", _("One mentor's card"), ShowMentor),
                Command(
                    "mentor suggest", _("Up to three who may suit me, and why"), SuggestMentors
                ),
                Command("mentor request", _("Ask a mentor, in three sentences"), RequestMentor),
                Command("mentor inbox", _("Requests, and whose turn it is"), ShowInbox),
                Command("mentor record", _("My year as a mentor, for my file"), ShowRecord),
                Command("my block", _("Nothing to do with a member, silently"), BlockMember),
                Command("setup verify", _("Vouch for a mentor"), VerifyMentor),
                Command("setup mentors", _("Who may look, and the lists"), ShowDirectory),
                Command("setup match", _("A round of matching: draft, edit, publish"), ShowRound),
            ),
            groups=(Group("mentor", _("Mentors, and requests to them")),),
            completers=self._shelf.completers(),
            notices=(*self._notices.notices(), *self._taking_part.notices()),
            ticks=(Tick("mentors", timedelta(minutes=5), self.upkeep),),
            leaving=(leave,),
            home=self.home,
            rules=ORDER_RULES,
        )

    async def beside(self, pair: Pair, reader: MemberId) -> tuple[Part, ...]:
        """What belongs to the introduction of a pair that the directory made."""
        return await self._beside.parts(pair, reader)

    def speaks(self) -> Mapping[Matter, Speaks]:
        """Its part in the engine's messages."""
        return Speaking(self._store, self._clock, self._shelf, self._group).speaks()

    async def upkeep(self) -> None:
        """What changes by itself: pauses end, weeks begin, time boxes are over."""
        now = self._clock.now()
        while await self._store.write(listing.upkeep, now) == _AT_ONCE:
            pass
        while await self._store.write(bonds.ask_to_renew, now) == _AT_ONCE:
            pass
        await self._rounds.upkeep()
        await self._store.write(_tidy, now)

    async def home(self, caller: Caller) -> Reply:
        """The section of the member's panel."""
        known = await self._store.read(listing.mine, caller.community, caller.member)
        parts: list[Part] = [Text(_("Mentors"), Style.HEADING)]
        if known is not None and known.state is not State.WITHDRAWN:
            parts.extend(self._own.home(known))
        parts.append(Button(_("Find a mentor"), FindMentors(), Look.MAIN))
        parts.append(Button(_("Requests"), ShowInbox()))
        parts.extend(await self._about.home(caller))
        parts.extend(await self._moderating.home(caller))
        return Reply(tuple(parts))


def leave(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody is not in the community any more."""
    listing.withdraw(work, now, community, member)
    forget(work, now, member, community)


def _tidy(work: Work, now: datetime) -> None:
    work.listings.forget_firsts(week_of(now - timedelta(weeks=2)))
