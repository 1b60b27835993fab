"""Puts the repositories together for one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from sqlalchemy import Connection

from storage.repositories.after_sessions import AfterSessionsTable
from storage.repositories.audit import AuditTable, ChosenTable
from storage.repositories.cases import CasesTable
from storage.repositories.codes import CodesTable
from storage.repositories.communities import CommunitiesTable
from storage.repositories.deliveries import DeliveriesTable
from storage.repositories.drafts import DraftsTable
from storage.repositories.follow_ups import FollowUpsTable
from storage.repositories.guards import GuardsTable
from storage.repositories.joins import JoinsTable
from storage.repositories.linking import ConductTable, LinksTable, WithoutTable
from storage.repositories.listings import ListingsTable
from storage.repositories.manners import MannersTable
from storage.repositories.mentors import BlocksTable, RequestsTable, SeekersTable
from storage.repositories.nudges import NudgesTable
from storage.repositories.office_hours import OfficeHoursTable
from storage.repositories.own_data import OwnDataTable
from storage.repositories.pairs import PairsTable, QuestionsTable
from storage.repositories.people import PeopleTable
from storage.repositories.pulse import FiguresTable
from storage.repositories.queues import QueuesTable
from storage.repositories.reports import ReportsTable
from storage.repositories.rounds import RoundsTable
from storage.repositories.showings import ShowingsTable

T = TypeVar("T")


class _Asked(Generic[T]):
    """A repository that is made when it is first asked for: a use case needs a few of them."""

    def __init__(self, make: Callable[[Connection], T]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    def __get__(self, work: Repositories, owner: type[object]) -> T:
        made = self._make(work.connection)
        # From now on the attribute itself is found first.
        work.__dict__[self._name] = made
        return made


def _asked(make: Callable[[Connection], T]) -> T:
    """To a type checker it is the repository itself, as it is to whoever reads the attribute."""
    return cast(T, _Asked(make))


class Repositories:
    """A `bot.services.ports.Work` on one connection.

    `connection` is for tests of the store itself; use cases see the protocol, which has none.
    """

    people: PeopleTable = _asked(PeopleTable)
    communities: CommunitiesTable = _asked(CommunitiesTable)
    codes: CodesTable = _asked(CodesTable)
    deliveries: DeliveriesTable = _asked(DeliveriesTable)
    drafts: DraftsTable = _asked(DraftsTable)
    office_hours: OfficeHoursTable = _asked(OfficeHoursTable)
    queues: QueuesTable = _asked(QueuesTable)
    after_sessions: AfterSessionsTable = _asked(AfterSessionsTable)
    follow_ups: FollowUpsTable = _asked(FollowUpsTable)
    nudges: NudgesTable = _asked(NudgesTable)
    manners: MannersTable = _asked(MannersTable)
    pairs: PairsTable = _asked(PairsTable)
    questions: QuestionsTable = _asked(QuestionsTable)
    listings: ListingsTable = _asked(ListingsTable)
    seekers: SeekersTable = _asked(SeekersTable)
    requests: RequestsTable = _asked(RequestsTable)
    blocks: BlocksTable = _asked(BlocksTable)
    rounds: RoundsTable = _asked(RoundsTable)
    audit: AuditTable = _asked(AuditTable)
    joins: JoinsTable = _asked(JoinsTable)
    figures: FiguresTable = _asked(FiguresTable)
    chosen: ChosenTable = _asked(ChosenTable)
    own_data: OwnDataTable = _asked(OwnDataTable)
    reports: ReportsTable = _asked(ReportsTable)
    showings: ShowingsTable = _asked(ShowingsTable)
    guards: GuardsTable = _asked(GuardsTable)
    cases: CasesTable = _asked(CasesTable)
    links: LinksTable = _asked(LinksTable)
    conduct: ConductTable = _asked(ConductTable)
    without: WithoutTable = _asked(WithoutTable)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def scheduled(self) -> bool:
        """Whether something was scheduled, so that somebody has to be woken after the commit."""
        return "deliveries" in self.__dict__ and self.deliveries.scheduled

    @property
    def wiped(self) -> bool:
        """Whether somebody was erased, so that no copy may stay beside the database either."""
        return ("own_data" in self.__dict__ and self.own_data.wiped) or (
            "cases" in self.__dict__ and self.cases.wiped
        )
