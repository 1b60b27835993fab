"""`setup policies`: how patient this community is, and how much is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import Role
from bot.domain.policies import LEAST_PATIENCE, MOST_PATIENCE, POLICIES, Matter, policy_of
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, test_of
from bot.runtime.feature import Command, Handler
from bot.runtime.settable import Settable
from bot.services.follow_ups import own
from bot.services.kinds import PATIENCE
from bot.services.ports import Store
from bot.ui.action import Action, Ask, Option
from bot.ui.form import Form
from bot.ui.parts import Facts, Reply, Select, Style, Text
from bot.ui.words import Listing, Msg, Words, _, ngettext

FEW = 5
"""Counts below this are not shown: they would point at somebody."""

MATTERS = {
    Matter.REQUEST: _("Requests to a mentor"),
    Matter.DATED_REQUEST: _("Requests with a hard date"),
    Matter.SEAT_OFFER: _("Seats offered"),
    Matter.AFTER_SESSION: _("After a session"),
    Matter.FIRST_MEETING: _("First meetings"),
    Matter.CHECK_IN: _("Check-ins"),
    Matter.NOT_HEARD: _("A line on somebody's behalf"),
    Matter.NEXT_STEP: _("Promised steps"),
    Matter.SESSION_STEP: _("Next steps after a session"),
    Matter.QUESTION: _("Questions"),
    Matter.CASE_REVIEW: _("Cases to review"),
    Matter.HELP: _("Calls for a moderator's help"),
    Matter.LISTING: _("Whether a listing still holds"),
    Matter.RENEWAL: _("Whether a pair goes on"),
}
FIXED = (Matter.NEXT_STEP, Matter.SESSION_STEP, Matter.SEAT_OFFER)
"""Their dates come from a promise or from a session."""
CHANGEABLE = tuple(Option(one, MATTERS[one]) for one in Matter if one not in FIXED)


@dataclass(frozen=True)
class ShowPolicies(Action, tag="su.policies.1"):
    """How long everything stays open, and how much is overdue."""


@dataclass(frozen=True)
class OpenPolicy(Action, tag="su.open_pol.1"):
    """The form of one row."""

    matter: Annotated[
        str,
        Ask(_("Change"), options=CHANGEABLE),
    ]


@dataclass(frozen=True)
class ProposePolicy(Action, tag="su.prop_pol.1"):
    """Old and new, before it is changed."""

    matter: Matter
    patience: Annotated[
        int,
        Ask(
            _("Patience"),
            hint=_("How many times the default, 1 to 4"),
            least=LEAST_PATIENCE,
            most=MOST_PATIENCE,
        ),
    ]


class PolicyScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowPolicies, self.policies, moderator),
            Handler(OpenPolicy, self.open_policy, moderator, opens=True),
            Handler(ProposePolicy, self.propose_policy, moderator),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup policies", _("How patient this community is"), ShowPolicies),)

    async def policies(self, caller: Caller, ask: ShowPolicies) -> Reply:
        """The panel."""
        rows = await self._store.read(own.policies, self._clock.now(), caller.community)
        facts: list[tuple[Msg, Words]] = [
            (MATTERS[row.matter], _row(row)) for row in rows if row.matter not in FIXED
        ]
        return Reply(
            (
                Text(_("How patient this community is"), Style.HEADING),
                Text(
                    _(
                        "Every period can be one to four times its default, never shorter."
                        " Seat offers and promised steps have dates of their own."
                    )
                ),
                Facts(tuple(facts)),
                Text(
                    _("Counts are of matters, not of people, and small ones are left out."),
                    Style.QUIET,
                ),
                Select(_("Change"), OpenPolicy(Matter.REQUEST), "matter", CHANGEABLE),
                test_of(PATIENCE.name),
            )
        )

    async def open_policy(self, caller: Caller, ask: OpenPolicy) -> Form:
        """The form of one row."""
        return Form(
            MATTERS[Matter(ask.matter)],
            ProposePolicy,
            ("patience",),
            {"matter": Matter(ask.matter)},
        )

    async def propose_policy(self, caller: Caller, ask: ProposePolicy) -> Reply:
        """Old and new."""
        if ask.matter in FIXED:
            raise StaleControl("this one has dates of its own")
        return await self._changing.propose(
            *(caller, PATIENCE_SETTING, Setting(PATIENCE.name, ask.matter), str(ask.patience)),
            notes=(Text(_("What is open already keeps its dates.")),),
        )


def _row(row: own.Row) -> Msg:
    periods = _periods(row.matter, row.patience)
    if row.overdue < FEW:
        return periods
    return _("{periods}; {count} past their last word", periods=periods, count=row.overdue)


def _periods(matter: Matter, patience: int) -> Msg:
    policy = policy_of(matter, patience)
    said: list[Msg] = []
    if POLICIES[matter].asks:
        said.append(_("asked at once"))
    if policy.reminder is not None:
        said.append(_("reminder after {time}", time=_time(policy.reminder)))
    if policy.last_word is not None:
        said.append(_("last word after {time}", time=_time(policy.last_word)))
    said.append(_("closed after {time}", time=_time(policy.close)))
    return _("{steps}", steps=Listing(tuple(said)))


def _time(period: timedelta) -> Msg:
    if period >= timedelta(days=1):
        return ngettext("{count} day", "{count} days", period.days)
    hours = int(period.total_seconds() // 3600)
    return ngettext("{count} hour", "{count} hours", hours)


PATIENCE_SETTING = Settable(
    PATIENCE,
    lambda _work, _community: tuple(
        Setting(PATIENCE.name, one) for one in Matter if one not in FIXED
    ),
    lambda setting: MATTERS[Matter(setting.name)],
    lambda setting, value: _periods(Matter(setting.name), int(value)),
    ShowPolicies(),
)
