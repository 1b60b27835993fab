"""For every command and every button, each kind of person gets the answer that is theirs.

What is expected stands here, from the table of commands and its "Who may", not from the code.
A button proves no right: what is tried are payloads as anybody could make them.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.domain.people import CommunityId, Role
from bot.runtime.screen import FormScreen, Screen
from bot.ui.action import Kind, asked_fields
from bot.ui.form import Raw
from bot.ui.parts import Button, Facts, Text
from bot.ui.wire import from_wire, to_wire
from tests.authority.people import Got, Town, got, sample, town
from tests.messages_read import plain

GUESTS = {"hours list", "help"}
HOSTS = {"hours host"}
REVIEWERS = {"case review"}
STAFF = re.compile(r"(su|au|un)\.")
"""Tags of buttons that only moderators get; and those of single ones among others:"""
STAFF_TOO = re.compile(
    r"oh\.(rules|open_rules|set_shown)\.|rp\.(show|open|close)\."
    r"|mn\.(verify|seal_ask|unseal|reseal|rule|rule_now|match|limit|limit_ask|unlimit|list|entry|entry_ask)\."
    r"|gd\.(open|prop|open_rest|prop_rest|open_pass|prop_pass|prop_own|sieve|write|drop)\."
    r"|ca\.(hidden|judge)\.|fu\.help_up\."
    r"|mn\.m_(?!in\.|join\.|leave\.)"
)
NOTES = {"gd.note.1", "my.conduct.1"}
"""A private note about what somebody wrote themselves, for whoever wrote it, and the conduct that
holds for all: guests included."""
REFUSED = {
    Role.GUEST: Got.GUEST,
    Role.HOST: Got.NO_HOST,
    Role.REVIEWER: Got.NO_REVIEWER,
    Role.MODERATOR: Got.NO_MODERATOR,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places() -> AsyncIterator[Town]:
    made = await town()
    yield made
    await made.store.close()


def needs(town: Town, tag: str) -> Role:
    """Who may press a button, by the table of commands."""
    names = [
        name for name, command in town.core.registry.commands.items() if command.action.tag == tag
    ]
    if names:
        return command_needs(names[0])
    if tag in NOTES:
        return Role.GUEST
    return Role.MODERATOR if STAFF.match(tag) or STAFF_TOO.match(tag) else Role.MEMBER


def command_needs(name: str) -> Role:
    """Who may type a command."""
    if name in GUESTS:
        return Role.GUEST
    if name in HOSTS:
        return Role.HOST
    if name in REVIEWERS:
        return Role.REVIEWER
    return Role.MODERATOR if name.startswith("setup ") else Role.MEMBER


def expected(who: str, role: Role) -> Got:
    """What somebody gets who asks for what `role` may have. Nobody is named a host or reviewer, so
    every full member hosts and nobody but moderators reviews.
    """
    if who == "guest":
        return Got.IN if role is Role.GUEST else Got.GUEST
    if who == "moderator" or role in (Role.GUEST, Role.MEMBER, Role.HOST):
        return Got.IN
    return REFUSED[role]


def wires(
    town: Town, community: CommunityId, text: str = "k3f9", number: int = 1
) -> dict[str, str]:
    """A payload for every button that fits one, by tag."""
    found: dict[str, str] = {}
    for tag, action in town.core.registry.actions.items():
        try:
            found[tag] = to_wire(sample(action, text=text, number=number), community)
        except ValueError:
            continue  # too long for a button, or it holds what travels in none: a form alone
    return found


OUTSIDERS = ("stranger", "removed", "gone unnoticed", "foreign moderator")


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", OUTSIDERS)
async def test_whoever_does_not_belong_gets_nothing_from_a_button(places: Town, who: str) -> None:
    """Strangers, those who left, and moderators of elsewhere who have a payload of ours."""
    before = places.rows()
    for tag, wire in wires(places, places.ours).items():
        shown = await places.core.press(places.arrival(who), wire)
        assert got(shown) is Got.NOT_HERE, (who, tag, shown)
    assert places.rows() == before


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["guest", "ben", "hannah", "moderator"])
async def test_every_button_asks_again_who_presses_it(places: Town, who: str) -> None:
    """Hannah is a mentor and no more than that: she leads nothing and moderates nothing."""
    for tag, wire in wires(places, places.ours).items():
        role = needs(places, tag)
        wanted = expected(who, role)
        if who == "moderator" or wanted is Got.IN:
            continue  # what comes of it is tried by the tests of each feature
        before = places.rows()
        shown = await places.core.press(places.arrival(who), wire)
        assert got(shown) is wanted, (who, tag, shown)
        assert places.rows() == before, (who, tag)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["guest", "ben", "hannah", "moderator"])
async def test_every_command_says_to_whom_it_belongs(places: Town, who: str) -> None:
    for name in places.core.registry.commands:
        wanted = expected(who, command_needs(name))
        shown = await places.core.command(places.arrival(who), name, {})
        assert got(shown) is wanted, (who, name, shown)


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_declared_is_what_is_expected(places: Town) -> None:
    """The rest of the table: whoever may, by the declaration that the core enforces."""
    for handler in places.core.registry.handlers:
        tag = handler.action.tag
        allowed = {needs(places, tag)}
        if tag.startswith("mn."):
            # Everybody, unless moderators named roles for the directory.
            allowed |= {Role.DIRECTORY} if Role.MEMBER in allowed else set()
        if tag == "ca.review.1":
            allowed |= {Role.MEMBER}  # asks by itself, for reviewers and moderators
        assert handler.may in allowed, tag


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["ben", "moderator"])
async def test_a_form_that_is_sent_asks_again(places: Town, who: str) -> None:
    """Somebody opened it with the right to; by the time it is sent they have none."""
    forms = 0
    for name, command in places.core.registry.commands.items():
        if command_needs(name) is not Role.MODERATOR:
            continue
        shown = await places.core.command(places.arrival("moderator"), name, {}, ask_anyway=True)
        if not isinstance(shown, FormScreen):
            continue
        forms += 1
        answer = await places.core.submit(places.arrival("ben"), shown.form.key, {})
        assert got(answer) in (Got.NO_MODERATOR, Got.TOO_OLD), (name, command)
        foreign = places.arrival("foreign moderator")
        assert got(await places.core.submit(foreign, shown.form.key, {})) is Got.NOT_HERE
    assert forms > 2


@pytest.mark.asyncio(loop_scope="module")
async def test_old_and_forged_payloads_do_nothing(places: Town) -> None:
    before = places.rows()
    for tag, wire in wires(places, places.ours).items():
        later = wire.replace(tag, tag.rpartition(".")[0] + ".99", 1)
        bare = f"{tag}[]"
        other = f'{tag}["{places.ours}"]'
        long = f"{tag}[{places.ours},{','.join('9' * 9)}]"
        deep = f"{tag}[{places.ours},[[[[[1]]]]]]"
        huge = f"{tag}[{2**63},1]"
        for forged in (later, bare, other, long, deep, huge):
            shown = await places.core.press(places.arrival("moderator"), forged)
            assert got(shown) in (Got.TOO_OLD, Got.NOT_HERE), (tag, forged, shown)
    assert places.rows() == before


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_goes_wrong_with_ids_that_mean_nothing(places: Town) -> None:
    visitor = places.arrival("foreign moderator")
    answers = {
        tag: got(await places.core.press(visitor, wire))
        for tag, wire in wires(places, places.theirs, "zzzz", 987_654).items()
    }
    assert [tag for tag, one in answers.items() if one is Got.WRONG] == []


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_of_one_community_is_seen_or_changed_from_another(places: Town) -> None:
    """Every button and command, in the other community, with ids and codes of ours."""
    ours = written(places)
    codes = sorted({text for text in ours if re.fullmatch(r"[a-z0-9]{4}", text)})
    secrets = {text for text in ours if len(text) > 8 and " " in text} | places.names()
    assert len(codes) > 3
    assert len(secrets) > 5
    before = places.rows()
    visitor = places.arrival("foreign moderator")
    failed: set[str] = set()
    for number, code in enumerate(codes[:6], 1):
        for tag, wire in wires(places, places.theirs, code, number).items():
            asked = from_wire(wire, places.core.registry.actions).action
            if tag.startswith(("rt.", "mn.publish")):
                continue
            shown = await places.core.press(visitor, wire)
            if got(shown) is Got.WRONG:
                failed.add(tag)
            if isinstance(shown, Screen):
                leaked = [one for one in secrets if one in words_of(shown)]
                assert not leaked, (tag, asked, leaked)
    for name in places.core.registry.commands:
        shown = await places.core.command(visitor, name, {})
        if isinstance(shown, Screen):
            assert not [one for one in secrets if one in words_of(shown)], name
    assert failed == set()
    assert places.rows() == before


HOSTS_ONLY = (
    *("oh.roster", "oh.moving", "oh.calling", "oh.late", "oh.away", "oh.delay", "oh.postpone"),
    *("oh.handover", "oh.without", "oh.came", "oh.q_next", "oh.q_state", "oh.changing"),
)
"""Buttons under a session that are its host's and co-hosts' alone."""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["malik", "leila"])
async def test_a_host_of_another_session_is_no_host_of_this_one(places: Town, who: str) -> None:
    """Malik hosts a session of his own."""
    codes = places.codes(but=who)
    before = places.rows()
    for number, code in enumerate(codes, 1):
        for tag, wire in wires(places, places.ours, code, number).items():
            if tag.startswith(HOSTS_ONLY):
                shown = await places.core.press(places.arrival(who), wire)
                assert isinstance(shown, Screen), (tag, "a form of the host's")
                assert "catheter" not in words_of(shown), tag
    assert places.rows() == before


ITS_HOSTS = ("move", "call-off", "late", "roster", "change")


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", ["malik", "ben"])
@pytest.mark.parametrize("name", ITS_HOSTS)
async def test_a_host_of_another_session_types_commands_of_this_one_in_vain(
    places: Town, who: str, name: str
) -> None:
    """Everything that is asked for is given, so that nothing but the right to it lacks."""
    before = places.rows()
    command = places.core.registry.commands[f"hours {name}"]
    filled = {Kind.MOMENT: "2027-03-15 18:00", Kind.WHOLE: "10"}
    given: dict[str, Raw] = {
        field.name: filled.get(field.kind, "Another one")
        for field in asked_fields(command.action)
        if field.kind in (*filled, Kind.TEXT)
    }
    for code in places.codes(but=who):
        raw = {**given, "session": code}
        shown = await places.core.command(places.arrival(who), f"hours {name}", raw)
        assert isinstance(shown, Screen), (name, "a form of the host's")
        assert "Confirm" not in words_of(shown), name
        assert "catheter" not in words_of(shown), name
    assert places.rows() == before


def written(town: Town) -> set[str]:
    """Every text that is written about our community."""
    return {
        value
        for rows in town.rows().values()
        for row in rows
        for value in row
        if isinstance(value, str) and value
    }


def words_of(screen: Screen) -> str:
    """What a screen says."""
    said: list[str] = []
    for part in screen.parts:
        match part:
            case Text(body):
                said.append(plain(body))
            case Facts(rows):
                said += [plain(value) for _label, value in rows]
            case Button(label):
                said.append(plain(label))
            case _:
                pass
    return "\n".join(said)
