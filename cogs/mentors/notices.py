"""News of the directory, worded at the moment of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.listings import Listing, ListingId, State
from bot.domain.people import MemberId, Someone
from bot.domain.requests import Request, RequestId, RequestState
from bot.domain.seekers import PENDING_AFTER_SILENCE
from bot.runtime.feature import Course, Moot, Notice
from bot.services.follow_ups import sending
from bot.services.mentors.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Reply, Text
from bot.ui.words import Person, Typed, _, ngettext
from cogs.mentors.alternatives import others
from cogs.mentors.labels import Shelf
from cogs.mentors.listing_actions import EditListing, MyListing, PauseMentoring, ResumeMentoring
from cogs.mentors.request_actions import ShowInbox

_NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)
CLOSING = Course(sending.admit_closing, sending.told_news, sending.missed_news)
# What somebody waits for and another did just now; the rest keeps for the reader's own hours.
_AT_ONCE = frozenset({Kind.DECLINED, Kind.VERIFIED})


class Notices:
    """How each kind of news is worded."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf

    def notices(self) -> tuple[Notice, ...]:
        """All kinds."""
        of: Mapping[Kind, Callable[[Delivery, bool], Awaitable[Reply | Moot]]] = {
            Kind.DECLINED: self.declined,
            Kind.WITHDRAWN: self.taken_back,
            Kind.RELEASED: self.taken_back,
            Kind.SPOKEN: self.spoken,
            Kind.RESTS: self.rests,
            Kind.BACK: self.back,
            Kind.ASLEEP: self.asleep,
            Kind.CAP: self.cap,
            Kind.VERIFIED: self.verified,
            Kind.UNVERIFIED: self.unverified,
        }
        return (
            *(
                Notice(kind, compose, None, course=_NEWS if kind in _AT_ONCE else CLOSING)
                for kind, compose in of.items()
            ),
            Notice(Kind.THIRD, self.third, None),
        )

    async def declined(self, row: Delivery, late: bool) -> Reply | Moot:
        """Not now, with three others who have room."""
        found = await self._request(row)
        if found is None or found[0].state is not RequestState.DECLINED:
            return Moot.MOOT
        request, _trainee, mentor = found
        said = _(
            "Your request to {who} got a kind not now. It happens for many reasons, and none is"
            " asked for. It takes up none of your open requests any more.",
            who=Person(mentor),
        )
        return Reply((Text(said), *await others(self._store, self._clock, self._shelf, request)))

    async def taken_back(self, row: Delivery, late: bool) -> Reply | Moot:
        """A request is off a mentor's list."""
        found = await self._request(row)
        if found is None:
            return Moot.MOOT
        who = Person(found[1])
        if found[0].state is RequestState.RELEASED:
            said = _(
                "{who} found somebody and lets their request go, with thanks to you. Nothing is"
                " left to do.",
                who=who,
            )
        else:
            said = _("{who} took their request back. Nothing is left to do.", who=who)
        return Reply((Text(said),))

    async def spoken(self, row: Delivery, late: bool) -> Reply | Moot:
        """The other one says that they spoke elsewhere."""
        found = await self._request(row)
        if found is None or found[0].state is not RequestState.SPOKEN:
            return Moot.MOOT
        request, trainee, mentor = found
        if row.member == request.mentor:
            said = _(
                "{who} noted that the two of you spoke elsewhere, so their request is off your"
                " list. Nothing is left to do.",
                who=Person(trainee),
            )
        else:
            said = _(
                "{who} noted that the two of you spoke elsewhere, so your request is settled. It"
                " takes up none of your open requests any more; you may ask again at any time.",
                who=Person(mentor),
            )
        return Reply((Text(said), Button(_("My requests"), ShowInbox())))

    async def rests(self, row: Delivery, late: bool) -> Reply | Moot:
        """Two requests in a row closed unanswered."""
        known = await self._listing(row)
        if known is None or known.state is not State.PAUSED:
            return Moot.MOOT
        return Reply(
            (
                Text(
                    _(
                        "Two requests closed by themselves, so your listing rests for a while and"
                        " asks nothing of you. Only you read this. One tap brings it back."
                    )
                ),
                Button(_("Back now"), ResumeMentoring(), Look.MAIN),
                Button(_("Fewer requests"), EditListing()),
            )
        )

    async def back(self, row: Delivery, late: bool) -> Reply | Moot:
        """A pause ended; asked once."""
        known = await self._listing(row)
        if known is None or known.state is not State.PUBLISHED:
            return Moot.MOOT
        return Reply(
            (
                Text(_("Your pause is over, and your listing is shown again. Does that suit you?")),
                Button(_("As it is"), MyListing(), Look.MAIN),
                Button(_("Four more weeks"), PauseMentoring()),
            )
        )

    async def asleep(self, row: Delivery, late: bool) -> Reply | Moot:
        """Nobody said that it is still true."""
        known = await self._listing(row)
        if known is None or known.state is not State.ASLEEP:
            return Moot.MOOT
        return Reply(
            (
                Text(
                    _("Your listing as a mentor is hidden now. One tap brings it back as it was.")
                ),
                Button(_("It holds"), ResumeMentoring(), Look.MAIN),
                Button(_("Edit"), EditListing()),
            )
        )

    async def cap(self, row: Delivery, late: bool) -> Reply | Moot:
        """Fewer open requests for a while; told to this person alone."""
        return Reply(
            (
                Text(
                    ngettext(
                        "For half a year, {count} request of yours may be open at a time. Two"
                        " pairs closed before a first meeting; messages get lost, and weeks are"
                        " full. Nobody else is told.",
                        "For half a year, {count} requests of yours may be open at a time. Two"
                        " pairs closed before a first meeting; messages get lost, and weeks are"
                        " full. Nobody else is told.",
                        PENDING_AFTER_SILENCE,
                    )
                ),
                Button(_("My requests"), ShowInbox()),
            )
        )

    async def verified(self, row: Delivery, late: bool) -> Reply | Moot:
        """A moderator vouched."""
        known = await self._listing(row)
        if known is None or known.verified is None:
            return Moot.MOOT
        how = Typed(known.verified.how)
        said = _("A moderator verified your listing: {how}. It is on your card.", how=how)
        return Reply((Text(said), Button(_("My listing"), MyListing())))

    async def unverified(self, row: Delivery, late: bool) -> Reply | Moot:
        """Nobody vouches any more."""
        known = await self._listing(row)
        if known is None or known.verified is not None or known.state is State.WITHDRAWN:
            return Moot.MOOT
        only = await self._store.read(lambda work: work.listings.verified_only(row.community))
        said = _("A moderator took the verification of your listing back; the card is without it.")
        hidden = _("Only verified mentors are shown here, so your listing rests until then.")
        more = (Text(hidden),) if only else ()
        return Reply((Text(said), *more, Button(_("My listing"), MyListing())))

    async def third(self, row: Delivery, late: bool) -> Reply | Moot:
        """For moderators: a name, only now."""
        who = await self._store.read(lambda work: work.people.someone(MemberId(row.ref)))
        said = _(
            "Requests to {who} closed three times in a row without an answer. Their listing rests;"
            " a friendly word may help more than a message of mine.",
            who=Person(who),
        )
        return Reply((Text(said),))

    async def _request(self, row: Delivery) -> tuple[Request, Someone, Someone] | None:
        def look(work: Work) -> tuple[Request, Someone, Someone] | None:
            request = work.requests.get(RequestId(row.ref))
            if request is None:
                return None
            people = work.people
            return request, people.someone(request.trainee), people.someone(request.mentor)

        return await self._store.read(look)

    async def _listing(self, row: Delivery) -> Listing | None:
        return await self._store.read(lambda work: work.listings.get(ListingId(row.ref)))
