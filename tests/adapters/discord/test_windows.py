"""What stands on a server for everybody, with the real client: a pinned message, events."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.office_hours import VoiceChannel
from bot.domain.people import Account, CommunityId, MemberId, Place, Someone
from bot.domain.showing import Happening
from bot.runtime.doors import Again, Delivered, ToChannel, Undeliverable
from bot.runtime.screen import Screen, Voice
from bot.ui.parts import Button, Can, Text
from bot.ui.words import Listing, Person, Typed, _
from tests.adapters.discord.conftest import Bot
from tests.adapters.discord.gallery import Press
from tests.discord_server.permissions import BOT, MEMBER
from tests.discord_server.permissions import Can as Bits
from tests.discord_server.world import VOICE as VOICE_CHANNEL
from tests.discord_server.world import Channel

VOICE = Voice(CommunityId(1), "en", ZoneInfo("UTC"))


def shows(words: str) -> Screen:
    return Screen((Text(_("{x}", x=Typed(words))), Button(_("Go"), Press("a"))), VOICE)


def here(bot: Bot) -> tuple[Place, Channel]:
    return Place("discord", str(bot.guild.id)), next(iter(bot.guild.channels.values()))


@pytest.fixture
async def pinning(idle: Bot) -> Bot:
    idle.settings |= {"pins": True, "events": True}
    idle.server.set_bot_permissions(idle.guild, BOT | Bits.CREATE_EVENTS)
    await idle.start()
    return idle


async def keep(bot: Bot, message: str | None, words: str) -> str:
    place, channel = here(bot)
    sent = await bot.open.keep_posted(place, str(channel.id), message, shows(words))
    assert isinstance(sent, Delivered), sent
    return sent.message


async def test_one_message_is_pinned_and_edited(pinning: Bot):
    _place, channel = here(pinning)
    first = await keep(pinning, None, "One session")
    assert await keep(pinning, first, "Two sessions") == first
    (shown,) = channel.messages.values()
    assert "Two sessions" in shown.text
    assert shown.labels == ["Go"]
    assert shown.pinned_at is not None
    ann = pinning.server.person("Ann", pinning.guild)
    assert (await (await ann.press(shown, "Go")).reply()).private


async def test_a_message_that_is_gone_or_too_old_is_posted_afresh(
    pinning: Bot, requests_unchecked: None
):
    place, channel = here(pinning)
    first = await keep(pinning, None, "One")
    channel.messages.clear()
    second = await keep(pinning, first, "Two")
    assert second != first
    pinning.server.limits.old_message_edits = 0
    pinning.server.clock.advance(2 * 3600)
    third = await keep(pinning, second, "Three")
    assert [str(one) for one in channel.messages] == [third], "and the old one is taken away"
    assert await pinning.open.take_down(place, str(channel.id), third) == Delivered(third)
    assert await pinning.open.take_down(place, str(channel.id), third) == Delivered(third)
    assert not channel.messages


async def test_without_the_right_to_pin_the_message_stands_all_the_same(
    pinning: Bot, requests_unchecked: None, caplog: pytest.LogCaptureFixture
):
    pinning.server.set_bot_permissions(pinning.guild, MEMBER)
    await keep(pinning, None, "One")
    (shown,) = here(pinning)[1].messages.values()
    assert shown.pinned_at is None
    assert "cannot be pinned: 50013" in caplog.text


async def test_nothing_is_shown_where_it_does_not_belong(pinning: Bot):
    place, channel = here(pinning)
    for wrong in (Place("discord", "77"), Place("slack", "T1")):
        sent = await pinning.open.keep_posted(wrong, str(channel.id), None, shows("x"))
        assert isinstance(sent, Undeliverable)
    assert isinstance(await pinning.open.keep_posted(place, "C1", None, shows("x")), Undeliverable)
    assert not channel.messages
    await pinning.stop()


# Events -------------------------------------------------------------------------------------------


def event(starts: datetime, **more: object) -> Happening:
    given: dict[str, object] = {
        "title": "Tips for TIPS",
        "about": "With Hana.",
        "starts": starts,
        "ends": starts + timedelta(minutes=45),
        "where": "Shown to those who have a seat",
        "mark": "Code: k3f9",
        **more,
    }
    return Happening(**given)  # pyright: ignore[reportArgumentType]


def soon() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


async def test_an_event_is_made_moved_and_called_off(pinning: Bot):
    place, _channel = here(pinning)
    starts = soon()
    made = await pinning.open.keep_event(place, None, event(starts))
    assert isinstance(made, Delivered)
    (shown,) = pinning.guild.happenings.values()
    assert (shown.name, shown.starts, shown.location) == (
        "Tips for TIPS",
        starts,
        "Shown to those who have a seat",
    )
    later = event(starts + timedelta(days=1))
    assert await pinning.open.keep_event(place, made.message, later) == made
    assert shown.starts == starts + timedelta(days=1)
    room = pinning.server.add_channel(pinning.guild, "Theatre", kind=VOICE_CHANNEL)
    voice = VoiceChannel(place, str(room.id))
    assert await pinning.open.keep_event(place, made.message, event(starts, voice=voice)) == made
    assert (shown.channel_id, shown.location, shown.entity_type) == (room.id, None, 2)
    assert await pinning.open.keep_event(place, made.message, event(starts)) == made
    assert (shown.channel_id, shown.entity_type) == (None, 3)
    assert await pinning.open.keep_event(place, made.message, None) == made
    assert shown.status == 4


async def test_an_event_that_was_made_before_a_crash_is_found_again(pinning: Bot):
    place, _channel = here(pinning)
    made = await pinning.open.keep_event(place, None, event(soon()))
    assert await pinning.open.keep_event(place, None, event(soon())) == made
    other = await pinning.open.keep_event(place, None, event(soon(), mark="Code: m4ht"))
    assert other != made
    assert len(pinning.guild.happenings) == 2


async def test_an_event_that_moderators_took_away_comes_back_when_it_changes(
    pinning: Bot, requests_unchecked: None
):
    place, _channel = here(pinning)
    made = await pinning.open.keep_event(place, None, event(soon()))
    assert isinstance(made, Delivered)
    pinning.guild.happenings.clear()
    assert await pinning.open.keep_event(place, made.message, None) == made
    again = await pinning.open.keep_event(place, made.message, event(soon()))
    assert isinstance(again, Delivered)
    assert again != made


async def test_without_the_permission_an_event_is_refused(pinning: Bot, requests_unchecked: None):
    place, _channel = here(pinning)
    pinning.server.set_bot_permissions(pinning.guild, BOT)
    sent = await pinning.open.keep_event(place, None, event(soon()))
    assert sent == Undeliverable("50013")
    assert isinstance(
        await pinning.open.keep_event(Place("slack", "T1"), None, event(soon())), Undeliverable
    )
    await pinning.stop()


async def test_events_are_only_for_those_who_turned_them_on(idle: Bot):
    await idle.start()
    place, channel = here(idle)
    assert idle.open.keeps(place) == frozenset()
    door = idle.open
    await idle.stop()
    assert isinstance(await door.keep_event(place, None, event(soon())), Again)
    assert isinstance(await door.keep_posted(place, str(channel.id), None, shows("x")), Again)
    assert isinstance(await door.take_down(place, str(channel.id), "1"), Again)
    idle.settings["events"] = True
    await idle.start()
    assert idle.open.keeps(place) == {Can.EVENT}


# Below the list -----------------------------------------------------------------------------------


async def test_people_are_named_in_one_thread_of_the_list(pinning: Bot):
    place, channel = here(pinning)
    first = await keep(pinning, None, "One session")
    below = ToChannel(place, str(channel.id), thread="Reminders", below=first)
    crowd = [
        Someone(MemberId(number), f"P{number}", (Account("discord", "", str(10**17 + number)),))
        for number in range(150)
    ]
    people = Listing(tuple(Person(one, ping=True) for one in crowd))
    words = Screen((Text(_("Soon: {people}", people=people)),), VOICE)
    for key in ("day", "hour"):
        assert isinstance(await pinning.open.send(below, words, key), Delivered)
    (thread,) = [one for one in pinning.guild.channels.values() if one.is_thread]
    assert thread.name == "Reminders"
    assert thread.id == int(first)
    assert list(channel.messages) == [int(first)]
    posts = pinning.server.sent("POST", "/channels/{channel_id}/messages")[-len(thread.messages) :]
    called = [user for post in posts for user in post.body["allowed_mentions"]["users"]]
    assert sorted(map(int, called)) == sorted([10**17 + number for number in range(150)] * 2)


@pytest.mark.parametrize("lacks", [Bits.CREATE_PUBLIC_THREADS, Bits.SEND_MESSAGES_IN_THREADS])
async def test_where_a_thread_cannot_be_they_go_into_the_channel(
    pinning: Bot, lacks: Bits, requests_unchecked: None
):
    place, channel = here(pinning)
    first = await keep(pinning, None, "One session")
    pinning.server.overwrite(channel, pinning.server.world.bot, deny=lacks)
    below = ToChannel(place, str(channel.id), thread="Reminders", below=first)
    assert isinstance(await pinning.open.send(below, shows("Soon"), "day"), Delivered)
    assert [one.text for one in channel.messages.values()] == ["One session", "Soon"]


async def test_a_list_that_is_gone_takes_nobody_s_reminder_along(
    pinning: Bot, requests_unchecked: None
):
    place, channel = here(pinning)
    below = ToChannel(place, str(channel.id), thread="Reminders", below="1")
    assert isinstance(await pinning.open.send(below, shows("Soon"), "day"), Delivered)
    assert [one.text for one in channel.messages.values()] == ["Soon"]
    pinning.server.faults.error("POST", "/threads", status=503, times=9)
    first = await keep(pinning, None, "One session")
    below = ToChannel(place, str(channel.id), thread="Reminders", below=first)
    assert isinstance(await pinning.open.send(below, shows("Soon"), "hour"), Again)
