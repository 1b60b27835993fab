"""What may not be written anywhere is not, on the way through the core: in no draft, no table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest

from bot.clock import HandMovedClock
from bot.domain.people import Standing
from bot.runtime.caller import Caller
from bot.runtime.core import Core
from bot.runtime.doors import Presence
from bot.runtime.feature import Command, Feature, Group, Handler
from bot.runtime.registry import Registry
from bot.runtime.screen import FormScreen
from bot.ui.action import Action, Ask
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from storage import OpenStore, open_store
from tests.runtime.test_core import ANA, ELSEWHERE, HERE, NOW, Rolls, arrival, button, form, screen

MARK = "Zyxwhelm"


@dataclass(frozen=True)
class Tell(Action, tag="sa.tell.1", memory_only=True):
    """Says something that concerns a patient."""

    words: Annotated[str, Ask(_("Words"), least=2, most=60)]
    number: Annotated[int, Ask(_("Number"), least=1, most=9)] = 1


@dataclass(frozen=True)
class Write(Action, tag="sa.write.1"):
    """Is refused for what it says."""

    words: Annotated[str, Ask(_("Words"), least=2, most=60)]
    to: Annotated[str, Ask(_("To"), most=60)]


@dataclass
class Bench:
    core: Core
    store: OpenStore
    file: Path
    rolls: Rolls

    def nowhere(self) -> bool:
        """Whether no file of the database holds the mark."""
        return not any(
            MARK.encode() in one.read_bytes() for one in self.file.parent.iterdir() if one.is_file()
        )


async def _refuse(_caller: Caller, ask: Action) -> Reply:
    return Reply((Text(_("Please leave it out.")),), correctable=True, memory_only=True)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    file = tmp_path / "kept.sqlite3"
    store = await open_store(f"sqlite:///{file}")
    feature = Feature(
        "sample",
        handlers=(Handler(Tell, _refuse), Handler(Write, _refuse)),
        groups=(Group("sample", _("A sample")),),
        commands=(
            Command("sample tell", _("Says something"), Tell),
            Command("sample write", _("Writes to somebody"), Write),
        ),
    )
    rolls = Rolls({})
    core = Core(Registry([feature]), store, HandMovedClock(NOW), rolls, set_up=True)
    yield Bench(core, store, file, rolls)
    await store.close()


@pytest.mark.parametrize("number", ["99", "3"])
async def test_a_typed_command_that_is_mended(bench: Bench, number: str) -> None:
    typed = {"words": MARK, "number": number}
    shown = await bench.core.command(arrival(), "sample tell", typed)
    again = form(await bench.core.press(arrival(), button(shown))).form
    assert again.memory_only
    assert again.fields[0].value == MARK
    await bench.core.submit(arrival(), again.key, {"words": f"{MARK} once more", "number": "77"})
    assert bench.nowhere()


async def test_the_question_which_community_is_meant(bench: Bench) -> None:
    for place in (HERE, ELSEWHERE):
        await bench.core.command(arrival(place=place), "sample tell", {})
        bench.rolls.present[place, ANA] = Presence(Standing.NONE, frozenset(), "Ana")
    shown = await bench.core.command(arrival(place=None), "sample tell", {"words": MARK})
    assert screen(shown)
    assert bench.nowhere()


async def test_what_a_handler_refuses_as_identifying(bench: Bench) -> None:
    shown = await bench.core.command(arrival(), "sample write", {"words": MARK, "to": "Ben"})
    assert bench.nowhere()
    opened = await bench.core.press(arrival(), button(shown))
    assert isinstance(opened, FormScreen)
    assert opened.form.fields[0].value == MARK
    await bench.core.submit(arrival(), opened.form.key, {"words": MARK, "to": "Ben"})
    assert bench.nowhere()


async def test_other_forms_are_kept_so_that_nothing_is_lost(bench: Bench) -> None:
    await bench.core.command(arrival(), "sample write", {"words": MARK})
    assert not bench.nowhere()
