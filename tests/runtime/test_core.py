"""One request after another through the dispatcher, on the real store in memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NoReturn, cast
from zoneinfo import ZoneInfo

import pytest

from bot.clock import HandMovedClock
from bot.domain.moment import Moment
from bot.domain.people import Account, MemberId, Place, Role, Standing
from bot.errors import StoreUnavailable
from bot.runtime import sentences
from bot.runtime.caller import Arrival, Caller
from bot.runtime.core import Core
from bot.runtime.doors import Presence
from bot.runtime.registry import Registry
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.services import people
from bot.services.ports import Store, Work
from bot.services.ports.follow_ups import Waiting
from bot.ui.form import Picked
from bot.ui.parts import Audience, Button, Can, Select, Text
from bot.ui.wire import to_wire
from storage import memory_store
from tests.runtime.sample import Order, Ping, Rule, Sample, Size, words

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HERE = Place("discord", "100")
ELSEWHERE = Place("discord", "200")
ANA = Account("discord", "", "1")
BEN = Account("discord", "", "2")


@dataclass
class Rolls:
    """A directory that knows who is where."""

    present: dict[tuple[Place, Account], Presence]

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        return self.present.get((place, account))


@dataclass
class Bench:
    core: Core
    store: Store
    clock: HandMovedClock
    rolls: Rolls
    sample: Sample


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    store = memory_store()
    clock = HandMovedClock(NOW)
    rolls = Rolls({})
    sample = Sample()
    core = Core(Registry([sample.feature()]), store, clock, rolls, set_up=True)
    yield Bench(core, store, clock, rolls, sample)
    await store.close()


def arrival(account: Account = ANA, place: Place | None = HERE, **more: object) -> Arrival:
    base = Arrival(account, f"name {account.user}", place, "general", Standing.NONE)
    return replace(base, **more)


def screen(shown: Shown) -> Screen:
    assert isinstance(shown, Screen)
    return shown


def form(shown: Shown) -> FormScreen:
    assert isinstance(shown, FormScreen)
    return shown


def button(shown: Shown) -> str:
    found = next(part for part in screen(shown).parts if isinstance(part, Button))
    return screen(shown).voice.wire(found)


ORDER = {"dish": "soup", "at": "2027-03-02 18:00"}


async def test_a_complete_command_runs(bench: Bench) -> None:
    shown = await bench.core.command(arrival(), "sample order", {**ORDER, "size": "Large"})
    assert words(screen(shown).parts[0]).text == "{dish} at {at}."
    [ask] = bench.sample.seen
    assert isinstance(ask, Order)
    assert (ask.dish, ask.size, ask.people) == ("soup", Size.LARGE, 2)
    assert ask.at.at == datetime(2027, 3, 2, 18, tzinfo=UTC)


async def test_what_may_be_a_form_is_foreseen(bench: Bench) -> None:
    core = bench.core
    assert core.foresee_command("sample order", frozenset({"dish"})).opens
    assert not core.foresee_command("sample order", frozenset({"dish", "at"})).opens
    assert core.foresee_command("sample edit", frozenset()).opens
    assert core.foresee_command("sample ping", frozenset()).audience is Audience.CHANNEL
    assert core.foresee_press("nonsense").audience is Audience.ONLY_YOU


async def test_what_is_missing_is_asked_page_by_page(bench: Bench) -> None:
    opened = form(await bench.core.command(arrival(), "sample order", {"dish": "soup"}))
    first = opened.form
    assert [shown.id for shown in first.fields] == ["dish", "at", "people", "size", "sizes"]
    assert (first.page, first.pages) == (1, 2)
    assert first.fields[0].value == "soup"
    assert [one.value for one in first.fields[0].options] == ["soup", "salad", "stew"]
    between = await bench.core.submit(
        arrival(), first.key, {"dish": "stew", "at": "tomorrow 18:00", "size": "large"}
    )
    wire = button(between)
    assert bench.core.foresee_press(wire).opens
    second = form(await bench.core.press(arrival(), wire)).form
    assert [shown.id for shown in second.fields] == ["vegan", "guests"]
    done = await bench.core.submit(
        arrival(), second.key, {"vegan": "yes", "guests": (Picked(BEN, "Ben"),)}
    )
    assert words(screen(done).parts[0]).text == "{dish} at {at}."
    [ask] = bench.sample.seen
    assert isinstance(ask, Order)
    assert (ask.dish, ask.size, ask.vegan) == ("stew", Size.LARGE, True)
    ben = await bench.store.read(lambda work: work.people.find(BEN))
    assert ben is not None
    assert ask.guests == (ben.member,)


async def test_where_forms_may_be_long_there_is_one_page(bench: Bench) -> None:
    who = arrival(can=frozenset({Can.LONG_FORM}))
    opened = form(await bench.core.command(who, "sample order", {}))
    assert opened.form.pages == 1
    assert len(opened.form.fields) == 7
    _voice, problems = await bench.core.check(who, opened.form.key, {"dish": "x", "at": "never"})
    assert set(problems) == {"dish", "at"}


@pytest.mark.parametrize(("menu", "stands"), [(("soup",), "soup"), (("soup", "stew"), None)])
async def test_what_can_be_only_one_thing_stands_in_the_form(
    bench: Bench, menu: tuple[str, ...], stands: str | None
) -> None:
    bench.sample.menu = menu
    opened = form(await bench.core.command(arrival(), "sample order", {}))
    assert opened.form.fields[0].value == stands


async def test_a_wrong_answer_loses_nothing(bench: Bench) -> None:
    wrong = await bench.core.command(arrival(), "sample order", {**ORDER, "people": "many"})
    text = words(screen(wrong).parts[0])
    assert text.text == "{label}: {problem}"
    again = form(await bench.core.press(arrival(), button(wrong))).form
    values = {shown.id: shown.value for shown in again.fields}
    assert (values["dish"], values["at"], values["people"]) == ("soup", ORDER["at"], "many")
    problem = next(shown.problem for shown in again.fields if shown.id == "people")
    assert problem is not None
    assert bench.sample.seen == []


async def test_a_refusal_that_can_be_mended_keeps_the_form(bench: Bench) -> None:
    refused = await bench.core.command(arrival(), "sample order", {**ORDER, "dish": "stone"})
    again = form(await bench.core.press(arrival(), button(refused))).form
    assert again.fields[0].value == "stone"
    sent = await bench.core.submit(arrival(), again.key, {**ORDER, "dish": "stone"})
    second = form(await bench.core.press(arrival(), button(sent))).form
    refused = await bench.core.submit(arrival(), second.key, {"vegan": "yes"})
    assert words(screen(refused).parts[0]).text == "Stones are out."
    again = form(await bench.core.press(arrival(), button(refused))).form
    assert again.fields[0].value == "stone"


async def test_known_answers_stand_in_a_form_at_first(bench: Bench) -> None:
    opened = form(await bench.core.command(arrival(), "sample edit", {})).form
    values = {shown.id: shown.value for shown in opened.fields}
    assert values == {"dish": "soup", "at": None, "people": 2, "size": "large", "sizes": ()}


async def test_a_form_is_its_owners(bench: Bench) -> None:
    opened = form(await bench.core.command(arrival(), "sample order", {})).form
    assert screen(await bench.core.submit(arrival(BEN), opened.key, ORDER)).parts == (
        sentences.TOO_OLD.parts
    )


async def test_a_form_expires(bench: Bench) -> None:
    opened = form(await bench.core.command(arrival(), "sample order", {})).form
    bench.clock.move(timedelta(minutes=61))
    late = await bench.core.submit(arrival(), opened.key, ORDER)
    assert screen(late).parts == sentences.TOO_OLD.parts


async def test_buttons_and_lists(bench: Bench) -> None:
    shown = screen(await bench.core.command(arrival(), "sample ping", {}))
    pick = next(part for part in shown.parts if isinstance(part, Select))
    await bench.core.press(arrival(), shown.voice.wire(pick), ("large",))
    _caller, picked = bench.sample.seen[-1]  # pyright: ignore[reportGeneralTypeIssues]
    assert picked.size is Size.LARGE
    forged = await bench.core.press(arrival(), shown.voice.wire(pick), ("huge",))
    assert screen(forged).parts == sentences.TOO_OLD.parts
    bare = await bench.core.press(arrival(), shown.voice.wire(pick))
    assert screen(bare).parts == sentences.TOO_OLD.parts


async def test_capabilities_are_settled(bench: Bench) -> None:
    poor = screen(await bench.core.command(arrival(), "sample ping", {}))
    rich = screen(await bench.core.command(arrival(can=frozenset({Can.LINGER})), "sample ping", {}))
    assert words(poor.parts[-1]).text == "It goes."
    assert words(rich.parts[-1]).text == "It stays."


async def test_nothing_reaches_more_people_than_declared(bench: Bench) -> None:
    shown = screen(await bench.core.command(arrival(), "sample shout", {}))
    assert shown.audience is Audience.ONLY_YOU
    assert "went wrong" in words(shown.parts[0]).text


async def test_a_failure_tells_a_reference_and_keeps_its_text_to_itself(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        shown = screen(await bench.core.command(arrival(), "sample fail", {}))
    assert "went wrong" in words(shown.parts[0]).text
    assert "RuntimeError" in caplog.text
    assert "DOE" not in caplog.text


async def test_roles_are_checked_at_the_click(bench: Bench) -> None:
    refused = screen(await bench.core.command(arrival(), "sample rule", {}))
    assert refused.parts == sentences.not_allowed(Role.MODERATOR).parts
    manager = arrival(standing=Standing.MANAGER)
    wire = button(await bench.core.command(manager, "sample rule", {}))
    assert wire
    assert len(bench.sample.seen) == 1


async def test_guests_only_look(bench: Bench) -> None:
    guest = arrival(standing=Standing.GUEST)
    shown = screen(await bench.core.command(guest, "sample ping", {}))
    assert "Guests" in words(shown.parts[0]).text
    assert bench.sample.seen == []


async def test_before_set_up_it_says_who_can(bench: Bench) -> None:
    core = Core(
        Registry([bench.sample.feature()]), bench.store, bench.clock, bench.rolls, set_up=False
    )
    member = screen(await core.command(arrival(), "sample ping", {}))
    manager = screen(await core.command(arrival(standing=Standing.MANAGER), "sample ping", {}))
    assert member.audience is Audience.ONLY_YOU
    assert "Whoever manages" in words(member.parts[0]).text
    assert "takes a minute" in words(manager.parts[0]).text
    assert bench.sample.seen == []


async def test_a_button_of_another_community_is_refused(bench: Bench) -> None:
    shown = screen(await bench.core.command(arrival(), "sample ping", {}))
    wire = button(shown)
    other = await bench.core.press(arrival(place=ELSEWHERE), wire)
    assert screen(other).parts == sentences.NOT_HERE.parts
    stranger = await bench.core.press(arrival(BEN, place=None), wire)
    assert screen(stranger).parts == sentences.NOT_HERE.parts


async def test_in_a_direct_message_the_platform_is_asked_for_rights(bench: Bench) -> None:
    wire = button(await bench.core.command(arrival(), "sample ping", {}))
    gone = await bench.core.press(arrival(place=None), wire)
    assert screen(gone).parts == sentences.NOT_HERE.parts
    bench.rolls.present[(HERE, ANA)] = Presence(Standing.MANAGER, frozenset(), "Ana")
    shown = screen(await bench.core.command(arrival(place=None), "sample rule", {}))
    assert words(shown.parts[0]).text == "Pong."


async def test_with_several_communities_a_typed_command_asks_which(bench: Bench) -> None:
    await bench.core.command(arrival(), "sample ping", {})
    await bench.core.command(arrival(place=ELSEWHERE), "sample ping", {})
    for place in (HERE, ELSEWHERE):
        bench.rolls.present[(place, ANA)] = Presence(Standing.NONE, frozenset(), "Ana")
    bench.sample.seen.clear()
    asked = screen(await bench.core.command(arrival(place=None), "sample order", ORDER))
    buttons = [part for part in asked.parts if isinstance(part, Button)]
    assert len(buttons) == 2
    done = await bench.core.press(arrival(place=None), asked.voice.wire(buttons[1]))
    assert words(screen(done).parts[0]).text == "{dish} at {at}."
    assert len(bench.sample.seen) == 1


async def test_a_person_keeps_their_zone(bench: Bench) -> None:
    await bench.core.command(arrival(), "sample ping", {})

    def move(work: Work) -> None:
        profile = work.people.find(ANA)
        assert profile is not None
        people.set_zone(work, NOW, profile.member, "America/New_York")

    await bench.store.write(move)
    await bench.core.command(arrival(zone="Europe/London"), "sample order", ORDER)
    ask = bench.sample.seen[-1]
    assert isinstance(ask, Order)
    assert ask.at.at == datetime(2027, 3, 2, 23, tzinfo=UTC)


async def test_a_zone_is_assumed_until_somebody_says_it(bench: Bench) -> None:
    async def zone(platform: str | None = None) -> tuple[str, bool]:
        await bench.core.command(arrival(zone=platform), "sample ping", {})
        caller, _ask = cast("tuple[Caller, Ping]", bench.sample.seen[-1])
        return caller.zone.key, caller.zone_assumed

    assert await zone() == ("UTC", True)

    def community(work: Work) -> None:
        home = work.communities.of(HERE)
        assert home is not None
        work.communities.set_zone(home.id, "Europe/Rome")

    await bench.store.write(community)
    assert await zone() == ("Europe/Rome", True)
    assert await zone("Mars/Olympus") == ("Europe/Rome", True)
    # The platform's word is as good as the person's, until they say otherwise.
    assert await zone("Asia/Tokyo") == ("Asia/Tokyo", False)

    def own(work: Work) -> None:
        profile = work.people.find(ANA)
        assert profile is not None
        people.set_zone(work, NOW, profile.member, "America/New_York")

    await bench.store.write(own)
    assert await zone() == ("America/New_York", False)
    assert await zone("Asia/Tokyo") == ("America/New_York", False)


class Away:
    """A store whose database does not answer."""

    async def write(self, *_: object) -> NoReturn:
        raise StoreUnavailable("away")

    read = write

    async def close(self) -> None:
        """Nothing is open."""


async def test_without_the_database_every_door_says_so(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    opened = form(await bench.core.command(arrival(), "sample order", {}))
    pinged = screen(await bench.core.command(arrival(), "sample ping", {}))
    registry = Registry([bench.sample.feature()])
    core = Core(registry, cast(Store, Away()), bench.clock, bench.rolls, set_up=True)
    said = sentences.STORE_AWAY.parts
    for shown in (
        await core.command(arrival(), "sample ping", {}),
        await core.press(arrival(), button(pinged)),
        await core.submit(arrival(), opened.form.key, ORDER),
        await core.home(arrival()),
    ):
        assert screen(shown).parts == said
        assert screen(shown).audience is Audience.ONLY_YOU
    assert await core.complete(arrival(), "dish", "s") == ()
    assert (await core.check(arrival(), opened.form.key, {"at": "never"}))[1] == {}
    # One line a trouble, however many people meet it.
    assert [record.getMessage() for record in caplog.records] == ["database: away"]


async def test_completion_is_silent_in_trouble(bench: Bench) -> None:
    found = await bench.core.complete(arrival(), "dish", "s")
    assert [one.value for one in found] == ["soup", "salad", "stew"]
    assert await bench.core.complete(arrival(BEN, place=None), "dish", "s") == ()


@pytest.mark.parametrize("action", [Ping(3), Rule()])
async def test_old_payloads_end_in_a_sentence(bench: Bench, action: Ping | Rule) -> None:
    shown = await bench.core.press(arrival(), action.tag.replace(".1", ".9") + "[1]")
    assert screen(shown).parts == sentences.TOO_OLD.parts


async def test_home_without_sections_says_so(bench: Bench) -> None:
    shown = screen(await bench.core.home(arrival()))
    assert isinstance(shown.parts[0], Text)


async def test_a_button_that_names_somebody_of_elsewhere_does_nothing(bench: Bench) -> None:
    """Whoever can make a payload cannot make the bot act on people of another community."""
    await bench.core.command(arrival(BEN), "sample ping", {})
    await bench.core.command(arrival(BEN, ELSEWHERE), "sample ping", {})
    stranger = Account("discord", "", "3")
    await bench.core.command(arrival(stranger, ELSEWHERE), "sample ping", {})
    seen = [one[0] for one in bench.sample.seen if isinstance(one, tuple)]
    friend, other = seen[0].member, seen[2].member
    bench.sample.seen.clear()
    tomorrow = NOW + timedelta(days=1)
    at = Moment(tomorrow, ZoneInfo("UTC"), tomorrow.replace(tzinfo=None))
    for whom, does in ((friend, True), (other, False), (MemberId(other + 100), False)):
        wire = to_wire(Order("soup", at, guests=(whom,)), seen[0].community)
        shown = screen(await bench.core.press(arrival(), wire))
        assert (len(bench.sample.seen) == 1) is does
        assert does or shown.parts == sentences.TOO_OLD.parts
        bench.sample.seen.clear()


async def test_a_form_sent_twice_acts_once(bench: Bench) -> None:
    who = arrival(can=frozenset({Can.LONG_FORM}))
    opened = form(await bench.core.command(who, "sample order", {})).form
    first, second = await asyncio.gather(
        bench.core.submit(who, opened.key, ORDER), bench.core.submit(who, opened.key, ORDER)
    )
    assert len(bench.sample.seen) == 1
    texts = {words(screen(shown).parts[0]).text for shown in (first, second)}
    assert "{dish} at {at}." in texts


async def test_a_failure_of_ours_keeps_the_form(bench: Bench) -> None:
    who = arrival(can=frozenset({Can.LONG_FORM}))
    opened = form(await bench.core.command(who, "sample order", {})).form
    bench.sample.broken = True
    failed = screen(await bench.core.submit(who, opened.key, ORDER))
    assert "went wrong" in words(failed.parts[0]).text
    bench.sample.broken = False
    done = screen(await bench.core.submit(who, opened.key, ORDER))
    assert words(done.parts[0]).text == "{dish} at {at}."


async def test_what_did_not_reach_somebody_is_said_at_their_next_command(bench: Bench) -> None:
    await bench.core.command(arrival(), "sample order", ORDER)

    def miss(work: Work) -> None:
        member = work.people.find(ANA)
        assert member is not None
        work.manners.set_unreachable(member.member, bench.clock.now())
        home = work.people.communities(member.member)[0]
        note = f"missed:{member.member}"
        work.nudges.wait(Waiting(member.member, note, home, "news", "about", "news:1", 1))

    await bench.store.write(miss)
    shown = screen(await bench.core.command(arrival(), "sample order", ORDER))
    assert shown.parts[-len(sentences.SENT_AGAIN) :] == sentences.SENT_AGAIN
    again = screen(await bench.core.command(arrival(), "sample order", ORDER))
    assert not set(sentences.SENT_AGAIN) & set(again.parts)
