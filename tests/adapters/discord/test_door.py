"""Opening, staying open, who is who, and messages that nobody waits for."""

import asyncio
from zoneinfo import ZoneInfo

import pytest

from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from bot.clock import SystemClock
from bot.domain.people import Account, CommunityId, Place, Standing
from bot.errors import PlatformUnavailable, SettingsError
from bot.runtime.core import Core
from bot.runtime.doors import Again, Delivered, ToChannel, ToPerson, Undeliverable
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.runtime.screen import Screen, Voice
from bot.services.ports import Work
from bot.ui.parts import Button, Text
from bot.ui.words import Typed, _
from tests.adapters.discord.conftest import Bot
from tests.adapters.discord.gallery import Press
from tests.discord_server import Can
from tests.discord_server.person import Person

VOICE = Voice(CommunityId(1), "en", ZoneInfo("UTC"))
HELLO = Screen((Text(_("Hello {x}.", x=Typed("*you*"))), Button(_("Go"), Press("a"))), VOICE)
SEND = ("POST", "/channels/{channel_id}/messages")


def account(person: Person) -> Account:
    return Account("discord", "", str(person.id))


async def test_a_direct_message_and_its_button(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    await (await ann.slash("say", {"text": "x"})).reply()
    sent = await bot.open.send(ToPerson(account(ann)), HELLO, "r1")
    assert isinstance(sent, Delivered)
    message = await ann.sees(r"Hello \*you\*.", channel=ann.dm)
    assert str(message.id) == sent.message
    assert (await (await ann.press(message, "Go")).reply()).text == "Pressed a."


async def test_the_same_key_is_the_same_message(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    first = await bot.open.send(ToPerson(account(ann)), HELLO, "r1")
    assert await bot.open.send(ToPerson(account(ann)), HELLO, "r1") == first
    assert await bot.open.send(ToPerson(account(ann)), HELLO, "r2") != first
    assert len(ann.direct_messages) == 2


async def test_a_long_message_goes_on_where_it_broke_off(bot: Bot, requests_unchecked: None):
    ann = bot.server.person("Ann", bot.guild)
    await (await ann.slash("say", {"text": "x"})).reply()
    words = tuple(Text(Typed(f"{n} " + "word " * 700)) for n in range(4))
    long = Screen(words, VOICE)
    whole = await bot.open.send(ToPerson(account(ann)), long, "r0")
    assert isinstance(whole, Delivered)
    parts = len(ann.direct_messages)
    assert parts > 1
    # The first message went, the second finds the server away.
    bot.server.faults.delay(0.0, *SEND[:1], "/messages", times=1)
    bot.server.faults.error(*SEND[:1], "/messages", status=503, times=9)
    assert isinstance(await bot.open.send(ToPerson(account(ann)), long, "r1"), Again)
    assert len(ann.direct_messages) == parts + 1
    bot.server.faults.clear()
    bot.server.clock.advance(bot.server.limits.nonce_seconds + 1)
    sent = await bot.open.send(ToPerson(account(ann)), long, "r1")
    assert isinstance(sent, Delivered)
    assert str(ann.direct_messages[parts].id) == sent.message
    assert len(ann.direct_messages) == 2 * parts


async def test_the_end_of_a_message_that_is_refused_is_let_go(bot: Bot, requests_unchecked: None):
    ann = bot.server.person("Ann", bot.guild)
    await (await ann.slash("say", {"text": "x"})).reply()
    words = tuple(Text(Typed(f"{n} " + "word " * 700)) for n in range(4))
    bot.server.faults.delay(0.0, *SEND[:1], "/messages", times=1)
    bot.server.faults.error(*SEND[:1], "/messages", status=503, times=9)
    assert isinstance(
        await bot.open.send(ToPerson(account(ann)), Screen(words, VOICE), "r1"), Again
    )
    bot.server.faults.clear()
    ann.user.dms_open = False
    sent = await bot.open.send(ToPerson(account(ann)), Screen(words, VOICE), "r1")
    assert sent == Delivered(str(ann.direct_messages[0].id))


async def test_closed_messages_are_undeliverable(bot: Bot, requests_unchecked: None):
    ann = bot.server.person("Ann", bot.guild, dms_open=False)
    assert await bot.open.send(ToPerson(account(ann)), HELLO, "r1") == Undeliverable("50007")
    nobody = Account("discord", "", "1")
    assert isinstance(await bot.open.send(ToPerson(nobody), HELLO, "r1"), Undeliverable)
    other = Account("slack", "T1", "U1")
    assert isinstance(await bot.open.send(ToPerson(other), HELLO, "r1"), Undeliverable)


async def test_passing_trouble_is_worth_another_try(bot: Bot, requests_unchecked: None):
    ann = bot.server.person("Ann", bot.guild)
    ann.dm.messages.clear()
    bot.server.faults.error(*SEND[:1], "/messages", status=503, times=9)
    sent = await bot.open.send(ToPerson(account(ann)), HELLO, "r1")
    assert isinstance(sent, Again)
    bot.server.faults.clear()
    bot.server.limits.new_dms = 0
    bob = bot.server.person("Bob", bot.guild)
    sent = await bot.open.send(ToPerson(account(bob)), HELLO, "r1")
    assert isinstance(sent, Again)
    assert sent.seconds >= 60


async def test_strangers_are_written_to_at_a_measured_pace(idle: Bot):
    idle.settings["first_contacts_per_minute"] = 2
    await idle.start()
    people = [idle.server.person(f"P{n}", idle.guild) for n in range(3)]
    answers = [await idle.open.send(ToPerson(account(one)), HELLO, "r") for one in people]
    assert [type(one) for one in answers] == [Delivered, Delivered, Again]
    again = await idle.open.send(ToPerson(account(people[0])), HELLO, "r2")
    assert isinstance(again, Delivered)
    await idle.restart()
    known = await idle.open.send(ToPerson(account(people[1])), HELLO, "r3")
    assert isinstance(known, Delivered)


async def test_a_post_in_a_channel(bot: Bot, requests_unchecked: None):
    channel = next(iter(bot.guild.channels.values()))
    here = Place("discord", str(bot.guild.id))
    assert isinstance(await bot.open.send(ToChannel(here, str(channel.id)), HELLO, "r1"), Delivered)
    elsewhere = Place("discord", "77")
    sent = await bot.open.send(ToChannel(elsewhere, str(channel.id)), HELLO, "r1")
    assert isinstance(sent, Undeliverable)
    bot.server.overwrite(channel, bot.server.world.bot, deny=Can.SEND_MESSAGES)
    sent = await bot.open.send(ToChannel(here, str(channel.id)), HELLO, "r2")
    assert sent == Undeliverable("50013")


@pytest.mark.parametrize("intents", [(), ("members",)])
async def test_who_somebody_is(idle: Bot, intents: tuple[str, ...]):
    idle.settings["intents"] = intents
    idle.server.world.application.privileged_intents = 2
    door = await idle.start()
    here = Place("discord", str(idle.guild.id))
    boss = idle.server.add_role(idle.guild, "Boss", Can.MANAGE_GUILD)
    ann = idle.server.person("Ann", idle.guild, roles=(boss,))
    found = await door.look_up(here, account(ann))
    assert found is not None
    assert Standing.MANAGER in found.standing
    assert str(boss.id) in found.role_refs
    idle.server.take_role(idle.guild, ann.user, boss)
    idle.server.leave(idle.guild, idle.server.person("Zoe", idle.guild).user)
    await idle.server.until(lambda: True)
    if not intents:
        found = await door.look_up(here, account(ann))
        assert found is not None
        assert Standing.MANAGER not in found.standing
    stranger = idle.server.person("Bob")
    assert await door.look_up(here, account(stranger)) is None
    with pytest.raises(PlatformUnavailable):
        # The bot is not there (any more): that says nothing about the person.
        await door.look_up(Place("discord", "77"), account(ann))
    assert await door.look_up(Place("slack", "T1"), account(ann)) is None


async def test_a_platform_that_does_not_answer_is_no_word_about_anybody(
    bot: Bot, requests_unchecked: None
):
    ann = bot.server.person("Ann", bot.guild)
    here = Place("discord", str(bot.guild.id))
    bot.server.faults.error("GET", "/members/", status=403, times=1)
    with pytest.raises(PlatformUnavailable):
        await bot.open.look_up(here, account(ann))
    bot.server.faults.error("GET", "/members/", status=404, times=1)
    with pytest.raises(PlatformUnavailable):
        # Not Discord's own "unknown member", which has a code.
        await bot.open.look_up(here, account(ann))
    bot.server.faults.drop("GET", "/members/", times=9)
    with pytest.raises(PlatformUnavailable):
        await bot.open.look_up(here, account(ann))


async def test_an_intent_that_is_not_granted_is_left_out(
    idle: Bot, caplog: pytest.LogCaptureFixture
):
    idle.settings["intents"] = ("members", "message_content")
    idle.server.world.application.privileged_intents = 1 << 15
    await idle.start()
    told = [one.getMessage() for one in caplog.records if "intent" in one.getMessage()]
    assert len(told) == 1
    assert "'members'" in told[0]
    ann = idle.server.person("Ann", idle.guild)
    assert (await (await ann.slash("say", {"text": "on"})).reply()).text == "on"


async def test_a_refused_token_stops_the_start(idle: Bot, requests_unchecked: None):
    door = DiscordDoor(DiscordSettings("wrong", idle.server.api_base), SystemClock())
    core = Core(Registry([]), idle.store, idle.clock, Doors())
    with pytest.raises(SettingsError, match="token"):
        await door.start(core)
    await door.stop()


def test_an_unknown_intent_is_refused():
    with pytest.raises(SettingsError, match="presences"):
        DiscordDoor(DiscordSettings("t", intents=("presences",)), SystemClock())


async def test_lost_connections_heal(bot: Bot):
    bot.server.gateway.drop()
    await bot.server.until_connected()
    ann = bot.server.person("Ann", bot.guild)
    assert (await (await ann.slash("say", {"text": "still here"})).reply()).text == "still here"
    bot.server.gateway.invalidate()
    await bot.server.until_connected()


def test_secrets_are_not_shown():
    assert "hush" not in repr(DiscordSettings("hush"))


async def test_who_leaves_is_heard_of_with_the_intent(idle: Bot) -> None:
    idle.settings["intents"] = ("members",)
    idle.server.world.application.privileged_intents = 2
    await idle.start()
    ann = idle.server.person("Ann", idle.guild)
    assert (await (await ann.slash("say", {"text": "here"})).reply()).text == "here"
    home = Place("discord", str(idle.guild.id))

    def belongs(work: Work) -> bool:
        profile = work.people.find(account(ann))
        community = work.communities.of(home)
        assert profile is not None
        assert community is not None
        return community.id in work.people.communities(profile.member)

    assert await idle.store.read(belongs)
    idle.server.leave(idle.guild, ann.user)
    for _try in range(200):
        if not await idle.store.read(belongs):
            break
        await asyncio.sleep(0.02)
    assert not await idle.store.read(belongs)
