from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import Account, MemberId
from bot.ui.action import Action, Ask, Option, fields_of
from bot.ui.form import Picked
from bot.ui.language import catalogue, plainly
from bot.ui.reading import Problem, Reading, read_field
from bot.ui.words import _

READING = Reading(datetime(2027, 3, 11, tzinfo=UTC), ZoneInfo("UTC"), "en", {})


@dataclass(frozen=True)
class Choose(Action, tag="t.choose.1"):
    one: Annotated[str, Ask(_("One"), options=(Option("a", _("A")), Option("b", _("B"))))]
    several: Annotated[tuple[str, ...], Ask(_("Several"), options=(Option("a", _("A")),))] = ()


def test_a_native_list_may_hand_back_a_tuple_for_a_single_choice():
    fields = fields_of(Choose)
    assert read_field(fields["one"], ("b",), READING) == "b"
    assert read_field(fields["several"], ("a",), READING) == ("a",)


@dataclass(frozen=True)
class Count(Action, tag="t.count.1"):
    seats: Annotated[int, Ask(_("Seats"), least=1, most=500)]
    any: int = 0


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("seats", "9999999999999", "Choose a number from 1 to 500."),
        ("seats", "-" + "9" * 5000, "Choose a number from 1 to 500."),
        ("seats", "many", "Write a whole number, such as 6."),
        ("any", "1000000000", "Choose a number up to 999999999."),
    ],
)
def test_a_number_out_of_range_is_told_the_range(field: str, typed: str, says: str):
    problem = read_field(fields_of(Count)[field], typed, READING)
    assert isinstance(problem, Problem)
    assert plainly(problem.says, catalogue("en"), READING.zone) == says
    assert read_field(fields_of(Count)["seats"], "0042", READING) == 42


@dataclass(frozen=True)
class From(Action, tag="t.from.1"):
    day: Annotated[date, Ask(_("Day"))]


def test_a_day_that_cannot_be_read_is_answered_with_days():
    problem = read_field(fields_of(From)["day"], "banana", READING)
    assert isinstance(problem, Problem)
    said = plainly(problem.says, catalogue("en"), READING.zone)
    assert said == "I could not read this as a day. Try, for example, Thu or 2027-03-11."


@dataclass(frozen=True)
class Lead(Action, tag="t.lead.1"):
    beside: Annotated[tuple[MemberId, ...], Ask(_("Beside"), acts=True)] = ()
    readers: Annotated[tuple[MemberId, ...], Ask(_("Readers"))] = ()


def test_guests_cannot_be_picked_for_what_they_may_not_do():
    sam = Picked(Account("slack", "T1", "U1"), "Sam", guest=True)
    ben = Picked(Account("slack", "T1", "U2"), "Ben")
    known = {sam.account: MemberId(1), ben.account: MemberId(2)}
    reading, fields = replace(READING, members=known), fields_of(Lead)
    assert read_field(fields["beside"], (ben,), reading) == (MemberId(2),)
    assert read_field(fields["readers"], (ben, sam), reading) == (MemberId(2), MemberId(1))
    problem = read_field(fields["beside"], (ben, sam), reading)
    assert isinstance(problem, Problem)
    said = plainly(problem.says, catalogue("en"), READING.zone)
    assert said.startswith("Sam can look around here as a guest, but not act.")
