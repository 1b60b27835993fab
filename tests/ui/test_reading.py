from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.ui.action import Action, Ask, Option, fields_of
from bot.ui.reading import Reading, read_field
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
