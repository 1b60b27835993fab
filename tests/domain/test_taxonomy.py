"""The lists that people choose from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.taxonomy import OTHER, Entry, Flaw, Format, List, TaxonomyFlaw, over, taxonomy
from bot.errors import SettingsError
from bot.ui.action import asked_fields
from cogs.mentors.finding_actions import SaveProfile
from cogs.mentors.formats import FORMATS


def test_every_closed_list_lets_one_say_something_else_or_nothing() -> None:
    lists = taxonomy()
    for each in List:
        assert OTHER in lists.keys(each), each
        assert lists.keys(each)[-1] == OTHER, "at the end, where it is looked for"
    assert [option.value for option in FORMATS] == list(Format)


def test_everything_about_oneself_is_optional() -> None:
    asked = asked_fields(SaveProfile)
    assert not [field.name for field in asked if field.required]
    at_home = next(field for field in asked if field.name == "home_programme")
    assert at_home.ask is not None
    assert "prefer not to say" in at_home.ask.options[-1].label.text


def test_entries_are_added_renamed_and_taken_off() -> None:
    lists = taxonomy()
    own = {
        List.TOPICS: {
            "x_genicular": Entry("Genicular artery"),
            "trauma": Entry("Trauma"),
            "obl": Entry("Office-based labs", off=True),
            OTHER: Entry("Anything else"),
        }
    }
    made = over(lists, own)
    keys = made.keys(List.TOPICS)
    assert keys[-2:] == ("x_genicular", OTHER)
    assert "obl" not in keys
    assert made.label(List.TOPICS, "obl") == "Office-based labs", "who chose it keeps it"
    assert made.label(List.TOPICS, "trauma") == "Trauma"
    assert made.key(List.TOPICS, "genicular artery") == "x_genicular"
    assert made.key(List.TOPICS, "Office-based labs") is None
    assert "obl" in over(made, {List.TOPICS: {"obl": Entry("Labs")}}).keys(List.TOPICS)


@pytest.mark.parametrize(
    ("key", "entry", "flaw"),
    [
        ("a b", Entry("Two words"), Flaw.KEY),
        ("x" * 31, Entry("Long key"), Flaw.KEY),
        ("x_long", Entry("y" * 61), Flaw.LABEL),
        ("x_empty", Entry(" "), Flaw.LABEL),
        ("x_same", Entry("research"), Flaw.SAME),
        (OTHER, Entry("Else", off=True), Flaw.OTHER),
    ],
)
def test_what_lists_may_not_be(key: str, entry: Entry, flaw: Flaw) -> None:
    with pytest.raises(TaxonomyFlaw) as caught:
        over(taxonomy(), {List.TOPICS: {key: entry}})
    assert caught.value.flaw is flaw


def test_a_list_has_no_more_than_platforms_carry() -> None:
    more = {f"x_{number}": Entry(f"Topic {number}") for number in range(25)}
    with pytest.raises(TaxonomyFlaw) as caught:
        over(taxonomy(), {List.TOPICS: more})
    assert caught.value.flaw is Flaw.FULL


def test_a_deployments_file(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[topics]\nobl = ""\nx_new = "New"\n[near_peer]\nstages = ["fellow"]\n')
    made = taxonomy(file)
    assert "obl" not in made.keys(List.TOPICS)
    assert made.label(List.TOPICS, "x_new") == "New"
    assert made.near_peers == {"fellow"}


@pytest.mark.parametrize(
    "text",
    [
        "[toppics]\na = 'A'",
        "topics = 3",
        "[topics]\na = 3",
        "[topics]\nother = ''",
        "[near_peer]\nstages = ['nobody']",
        "[formats]\ntalk = 'Chat'",
    ],
)
def test_a_file_that_cannot_be_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"mentors.taxonomy: .*wrong.toml"):
        taxonomy(file)
