"""What somebody may is theirs alone and for once: other mentors' matters, buttons pressed again,
and options that name what belongs elsewhere, for every button and command.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.domain.people import Account
from bot.runtime.screen import Screen
from bot.ui.action import Field, Kind, fields_of
from bot.ui.form import Picked, Raw
from tests.authority.people import Got, Town, got, town
from tests.authority.test_who_may import wires, words_of, written

ANEW = {
    "mn.find": "mentor_looks",
    "mn.show": "mentor_looks",
    "mn.suggest": "mentor_looks",
    "my.link": "link_codes",
    "su.join": "join_codes",
}
"""What a second press may write anew, in place of what the first wrote: how many cards somebody
looked at today, which is bounded, and a code, which only the latest press shows.
"""
MATTERS = ("requests", "pairs", "follow_ups", "steps")


@pytest_asyncio.fixture(loop_scope="module")
async def places() -> AsyncIterator[Town]:
    """Afresh for each, since buttons of moderators and mentors do things."""
    made = await town()
    yield made
    await made.store.close()


def codes(town: Town) -> list[str]:
    """Everything of ours that has a code."""
    return sorted({text for text in written(town) if re.fullmatch(r"[a-z0-9]{4}", text)})


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["yuki", "malik"])
async def test_a_mentor_reaches_nothing_between_others(places: Town, who: str) -> None:
    """Leila asked Ingrid. Other mentors have every button with that request's code."""
    before = {name: rows for name, rows in places.rows().items() if name in MATTERS}
    between = {text for rows in before.values() for row in rows for text in row}
    shared = [code for code in codes(places) if code in between]
    assert shared
    for number, code in enumerate(shared, 1):
        for tag, wire in wires(places, places.ours, code, number).items():
            if tag.startswith(("mn.publish", "su.", "my.")):
                continue
            shown = await places.core.press(places.arrival(who), wire)
            assert got(shown) is not Got.WRONG, tag
            if isinstance(shown, Screen):
                assert "scrub in" not in words_of(shown), (tag, code)
    assert {name: rows for name, rows in places.rows().items() if name in MATTERS} == before


@pytest.mark.asyncio(loop_scope="module")
async def test_a_button_pressed_again_does_nothing_more(places: Town) -> None:
    """Those who may press, press twice; the second time nothing is written."""
    who = "moderator"
    again: list[str] = []
    wrong: list[str] = []
    for tag, wire in wires(places, places.ours, codes(places)[0]).items():
        if tag.startswith("my.erase"):
            continue
        await places.core.press(places.arrival(who), wire)
        before = places.rows()
        if got(await places.core.press(places.arrival(who), wire)) is Got.WRONG:
            wrong.append(tag)
        after = places.rows()
        if (table := ANEW.get(tag.rpartition(".")[0])) is not None:
            # The same rows, not one more.
            assert len(after[table]) == len(before[table]), tag
            after[table] = before[table]
        if after != before:
            again.append(tag)
    assert wrong == []
    assert again == [], again


@pytest.mark.asyncio(loop_scope="module")
async def test_buttons_of_versions_before_this_one_do_nothing(places: Town) -> None:
    before = places.rows()
    for tag, wire in wires(places, places.ours).items():
        older = wire.replace(tag, tag.rpartition(".")[0] + ".0", 1)
        assert got(await places.core.press(places.arrival("moderator"), older)) is Got.TOO_OLD, tag
    assert places.rows() == before


@pytest.mark.asyncio(loop_scope="module")
async def test_commands_take_nothing_of_elsewhere(places: Town) -> None:
    """Every command in the other community, each option naming what is ours."""
    secrets = {text for text in written(places) if len(text) > 8 and " " in text}
    before = places.rows()
    visitor = places.arrival("foreign moderator")
    for code in codes(places)[:4]:
        for name, command in places.core.registry.commands.items():
            raw = {
                each.name: _ours(each, code)
                for each in fields_of(command.action).values()
                if each.ask is not None and each.kind in (Kind.TEXT, Kind.MEMBER)
            }
            shown = await places.core.command(visitor, name, raw)
            assert got(shown) is not Got.WRONG, (name, raw)
            if isinstance(shown, Screen):
                assert not [one for one in secrets if one in words_of(shown)], (name, raw)
    assert places.rows() == before


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["stranger", "removed", "gone unnoticed"])
async def test_commands_are_nobodys_who_is_no_member(places: Town, who: str) -> None:
    before = places.rows()
    for name in places.core.registry.commands:
        shown = await places.core.command(places.arrival(who), name, {}, ask_anyway=True)
        assert got(shown) is Got.NOT_HERE, (name, shown)
    assert places.rows() == before


def _ours(field: Field, code: str) -> Raw:
    if field.kind is Kind.MEMBER:
        return (Picked(Account("preview", "preview", "leila"), "Leila Moradi"),)
    return code
