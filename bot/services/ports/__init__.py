"""Ports: what the core needs from outside, as protocols. Storage and adapters fill them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from bot.services.ports.after_sessions import AfterSessions
from bot.services.ports.audit import Audit, Chosen
from bot.services.ports.cases import Cases
from bot.services.ports.codes import Codes
from bot.services.ports.delivery import Deliveries
from bot.services.ports.drafts import Drafts
from bot.services.ports.follow_ups import FollowUps, Manners, Nudges, Pairs, Questions
from bot.services.ports.guard import Guards
from bot.services.ports.joins import Joins
from bot.services.ports.linking import Conduct, Links, Without
from bot.services.ports.mentors import Blocks, Listings, Requests, Rounds, Seekers
from bot.services.ports.office_hours import OfficeHours
from bot.services.ports.own_data import OwnData
from bot.services.ports.people import Communities, People
from bot.services.ports.pulse import Figures
from bot.services.ports.queues import Queues
from bot.services.ports.reports import Reports
from bot.services.ports.showings import Showings

P = ParamSpec("P")
T = TypeVar("T")


class Work(Protocol):
    """The repositories within one transaction."""

    @property
    def people(self) -> People:
        """Members and accounts."""
        ...

    @property
    def communities(self) -> Communities:
        """Communities and places."""
        ...

    @property
    def codes(self) -> Codes:
        """Short codes."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What has to go out."""
        ...

    @property
    def drafts(self) -> Drafts:
        """Half-filled forms."""
        ...

    @property
    def queues(self) -> Queues:
        """The live queues of drop-in hours."""
        ...

    @property
    def after_sessions(self) -> AfterSessions:
        """Next steps, thank-yous, and who asked without a name."""
        ...

    @property
    def office_hours(self) -> OfficeHours:
        """Sessions, series, seats and questions."""
        ...

    @property
    def follow_ups(self) -> FollowUps:
        """What somebody owes somebody."""
        ...

    @property
    def nudges(self) -> Nudges:
        """What was said unasked, and what waits for a digest."""
        ...

    @property
    def manners(self) -> Manners:
        """How people want to be addressed."""
        ...

    @property
    def pairs(self) -> Pairs:
        """Pairs, promised steps and notes."""
        ...

    @property
    def questions(self) -> Questions:
        """Questions put to the community."""
        ...

    @property
    def listings(self) -> Listings:
        """Listings of mentors."""
        ...

    @property
    def seekers(self) -> Seekers:
        """What people said who look for a mentor."""
        ...

    @property
    def requests(self) -> Requests:
        """Requests, and the pairs that came of them."""
        ...

    @property
    def blocks(self) -> Blocks:
        """Who wants nothing to do with whom."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Matching rounds."""
        ...

    @property
    def figures(self) -> Figures:
        """Counts of a community."""
        ...

    @property
    def joins(self) -> Joins:
        """Codes with which two places become one community."""
        ...

    @property
    def audit(self) -> Audit:
        """Who changed what."""
        ...

    @property
    def chosen(self) -> Chosen:
        """What moderators chose."""
        ...

    @property
    def reports(self) -> Reports:
        """Reports of conduct."""
        ...

    @property
    def own_data(self) -> OwnData:
        """All tables at once: members in control of what is kept about them."""
        ...

    @property
    def showings(self) -> Showings:
        """What stands in places outside of conversations."""
        ...

    @property
    def guards(self) -> Guards:
        """What is watched for patient identifiers."""
        ...

    @property
    def cases(self) -> Cases:
        """Cases, without their content."""
        ...

    @property
    def links(self) -> Links:
        """Codes that link accounts, and the linking."""
        ...

    @property
    def conduct(self) -> Conduct:
        """Who agreed to the conduct of a community."""
        ...

    @property
    def without(self) -> Without:
        """Kinds of messages that members do without."""
        ...


class Store(Protocol):
    """Runs use cases, each inside one transaction.

    A use case is a plain function `f(work, *args)`: it awaits nothing, sends nothing, reads no
    clock, and may be run again after a serialization failure. An exception rolls back its own
    changes only and reaches its caller. Raises StoreUnavailable if the database does not answer.
    """

    async def write(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a transaction that may write."""
        ...

    async def read(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a read-only snapshot."""
        ...
