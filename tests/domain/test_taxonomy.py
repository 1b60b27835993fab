"""The lists that people choose from."""

from __future__ import annotations

from bot.domain.taxonomy import OTHER, Format, List, taxonomy
from bot.ui.action import asked_fields
from cogs.mentors.finding_actions import SaveProfile
from cogs.mentors.formats import FORMATS


def test_every_closed_list_lets_one_say_something_else_or_nothing() -> None:
    lists = taxonomy()
    for each in List:
        assert OTHER in lists.keys(each), each
        assert lists.keys(each)[-1] == OTHER, "at the end, where it is looked for"
    assert [option.value for option in FORMATS] == list(Format)
    assert set(lists.keys(List.FORMATS)) == set(Format)


def test_everything_about_oneself_is_optional() -> None:
    asked = asked_fields(SaveProfile)
    assert not [field.name for field in asked if field.required]
    at_home = next(field for field in asked if field.name == "home_programme")
    assert at_home.ask is not None
    assert "prefer not to say" in at_home.ask.options[-1].label.text
