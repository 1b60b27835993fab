"""Slash commands to commands of the registry."""

import pytest

from adapters.slack.commands import Call, Panel, Unclear, left_over, read_command
from adapters.slack.words import Given
from bot.runtime.feature import Command, Feature, Group
from bot.runtime.registry import Registry
from bot.ui.words import _
from tests.adapters.slack.feature import Keep, Kit

KIT = Kit().feature()


def registry(*more: Command) -> Registry:
    kit = Feature(
        "kit",
        KIT.handlers,
        (*KIT.commands, *more),
        (*KIT.groups, Group("my", _("Mine"))),
        KIT.completers,
    )
    return Registry([kit])


def read(command: str, text: str = "", *more: Command, prefix: str = "ir-"):
    return read_command(registry(*more), prefix, command, text, "T1")


def test_group_and_subcommand():
    assert read("/ir-kit", "note hello") == Call("kit note", Given({"text": "hello"}))
    assert read("/ir-kit", "  NOTE\n hello") == Call("kit note", Given({"text": "hello"}))
    assert read("/kit", "look", prefix="") == Call("kit look", Given({}))
    assert read("/ir-echo", "look") == Call("echo", Given({"text": "look"}))


def test_my_alone_is_the_panel():
    zone = Command("my keep", _("About"), Keep)
    assert read("/ir-my", "", zone) == Panel()
    assert read("/ir-my", "", Command("my panel", _("About"), Keep)) == Call("my panel")
    assert read("/ir-my", "keep", zone) == Call("my keep")


@pytest.mark.parametrize("text", ["notte", "<@U1|dana>", "&lt;x&gt; y", '"note"'])
def test_unknown_words_name_what_exists(text: str):
    got = read("/ir-kit", text)
    assert isinstance(got, Unclear)
    assert "kit note" in got.known
    assert all(name.startswith("kit ") for name in got.known)
    assert got.typed.startswith("/ir-kit ")


def test_nothing_behind_a_group():
    assert isinstance(got := read("/ir-kit"), Unclear)
    assert got.typed == ""


def test_a_command_of_an_old_manifest():
    assert isinstance(got := read("/ir-gone", "x"), Unclear)
    assert set(got.known) == {command.name for command in KIT.commands}


def test_words_that_fit_nowhere_are_shown():
    assert left_over(Given({}, doubt=True)) is None
    assert left_over(Given({}, doubt=True, left=("a", "b"))) is not None
