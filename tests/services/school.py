"""A community with mentors and trainees, in memory, on a hand-moved clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from bot.clock import HandMovedClock
from bot.domain.delivery import Delivery
from bot.domain.finding import Wanted
from bot.domain.follow_ups import Step
from bot.domain.listings import Listing, Offer
from bot.domain.people import Account, CommunityId, MemberId, Place
from bot.domain.requests import Introduction, Request
from bot.domain.seekers import Seeker
from bot.domain.taxonomy import Format, Taxonomy, taxonomy
from bot.services.mentors import answering, finding, listing, requesting
from bot.services.mentors.requesting import Sent
from bot.services.ports import Work
from storage import MemoryStore

P = ParamSpec("P")
T = TypeVar("T")

MONDAY = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HALL = Place("discord", "hall")
MENTORS = ("Mara", "Noor", "Omar", "Pia")
TRAINEES = ("Ana", "Ben", "Cem", "Dot", "Eve", "Fay", "Gil")
OFFER = Offer(
    help=("career",),
    topics=("oncology", "research"),
    formats=(Format.TALK, Format.ONGOING),
    languages=("en",),
    about="Write a line about yourself first.",
)
TEXT = Introduction(
    "I am in my third year and have no IR at home.",
    "You wrote that you help with research.",
    "Could we talk for 20 minutes about a first project?",
    Format.ONGOING,
)


def settle(work: Work, names: tuple[str, ...]) -> tuple[CommunityId, dict[str, MemberId]]:
    home = work.communities.add(HALL, "Radiology", MONDAY)
    members: dict[str, MemberId] = {}
    for name in names:
        profile = work.people.add(Account("discord", "", name), name, MONDAY)
        work.people.join(profile.member, home.id, MONDAY)
        work.people.set_zone(profile.member, "Europe/London")
        members[name] = profile.member
    return home.id, members


@dataclass
class School:
    """Does things in the names of people."""

    store: MemoryStore
    clock: HandMovedClock = field(default_factory=lambda: HandMovedClock(MONDAY))
    lists: Taxonomy = field(default_factory=taxonomy)

    def __post_init__(self) -> None:
        names = (*MENTORS, *TRAINEES, "Mod")
        self.community, self.members = self.store.write_now(settle, names)
        self.names = {id: name for name, id in self.members.items()}

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def do(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.store.write_now(use_case, *args, **kwargs)

    def see(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.store.read_now(use_case, *args, **kwargs)

    def offers(self, name: str, offer: Offer = OFFER, *, background: bool = False) -> Listing:
        return self.do(
            listing.publish,
            self.now,
            self.lists,
            self.community,
            self.members[name],
            offer,
            background=background,
        )

    def listing(self, name: str) -> Listing:
        found = self.see(listing.mine, self.community, self.members[name])
        assert found is not None
        return found

    def asks(self, name: str, mentor: str, text: Introduction = TEXT) -> object:
        return self.do(
            requesting.send,
            self.now,
            self.community,
            self.members[name],
            self.members[mentor],
            text,
        )

    def sent(self, name: str, mentor: str, text: Introduction = TEXT) -> Request:
        found = self.asks(name, mentor, text)
        assert isinstance(found, Sent), found
        return found.request

    def request(self, request: Request) -> Request:
        found = self.see(lambda work: work.requests.get(request.id))
        assert found is not None
        return found

    def accepts(self, request: Request) -> object:
        return self.do(answering.accept, self.now, request.mentor, request.id)

    def declines(self, request: Request) -> object:
        return self.do(answering.decline, self.now, request.mentor, request.id)

    def finds(self, name: str, wanted: Wanted | None = None) -> list[str]:
        found = self.see(
            finding.find,
            self.now,
            self.lists,
            self.community,
            self.members[name],
            wanted or Wanted(),
        )
        return [card.who.name for card in found.cards]

    def says(self, name: str, **said: object) -> Seeker:
        seeker = Seeker(self.members[name], self.community, self.now, **said)  # pyright: ignore[reportArgumentType]
        self.do(lambda work: work.seekers.put(seeker))
        return seeker

    def reads(self, mentor: str) -> None:
        """The mentor has every request that waits for them."""
        for one in self.see(lambda work: work.follow_ups.of(self.members[mentor])):
            if one.owes == self.members[mentor]:
                kept = replace(one, said=Step.ASK, said_at=self.now)
                self.do(lambda work, kept=kept: work.follow_ups.put(kept))

    def due(self) -> list[tuple[str, str]]:
        """Kind and receiver of what is due now, each once."""
        rows = self.do(lambda work: work.deliveries.claim("t", self.now, timedelta(days=900), 900))
        return [(row.kind, self.names[row.member]) for row in rows if row.member]

    def rows(self) -> tuple[Delivery, ...]:
        return self.do(lambda work: work.deliveries.claim("t", self.now, timedelta(days=900), 900))
