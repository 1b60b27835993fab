"""Puts the repositories together for one transaction."""

from __future__ import annotations

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


class Repositories:
    """A `bot.services.ports.Work` on one connection.

    `connection` is for tests of the store itself; use cases see the protocol, which has none.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.people = PeopleTable(connection)
        self.communities = CommunitiesTable(connection)
        self.codes = CodesTable(connection)
        self.deliveries = DeliveriesTable(connection)
        self.drafts = DraftsTable(connection)
        self.office_hours = OfficeHoursTable(connection)
        self.queues = QueuesTable(connection)
        self.after_sessions = AfterSessionsTable(connection)
        self.follow_ups = FollowUpsTable(connection)
        self.nudges = NudgesTable(connection)
        self.manners = MannersTable(connection)
        self.pairs = PairsTable(connection)
        self.questions = QuestionsTable(connection)
        self.listings = ListingsTable(connection)
        self.seekers = SeekersTable(connection)
        self.requests = RequestsTable(connection)
        self.blocks = BlocksTable(connection)
        self.rounds = RoundsTable(connection)
        self.audit = AuditTable(connection)
        self.joins = JoinsTable(connection)
        self.figures = FiguresTable(connection)
        self.chosen = ChosenTable(connection)
        self.own_data = OwnDataTable(connection)
        self.reports = ReportsTable(connection)
        self.showings = ShowingsTable(connection)
        self.guards = GuardsTable(connection)
        self.cases = CasesTable(connection)

    @property
    def scheduled(self) -> bool:
        """Whether something was scheduled, so that somebody has to be woken after the commit."""
        return self.deliveries.scheduled

    @property
    def wiped(self) -> bool:
        """Whether somebody was erased, so that no copy may stay beside the database either."""
        return self.own_data.wiped
