"""Who sees what, and that nothing grows without end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.preview import world as module
from adapters.preview.people import People, Persona
from adapters.preview.world import BOT, Blob, Body, World

NOW = datetime(2027, 3, 8, tzinfo=UTC)
TEXT = Body(({"part": "text", "style": "plain", "words": ["Hello"]},))


def one(world: World, id: str) -> Persona:
    found = world.people.get(id)
    assert found is not None
    return found


def seen(world: World, id: str, rev: int = 0) -> list[int]:
    return [message.id for message in world.since(one(world, id), rev)]


@pytest.fixture
def world() -> World:
    return World(People())


def test_private_replies_and_direct_messages_are_between_two(world: World) -> None:
    private = world.post("office-hours", BOT, TEXT, NOW, only="trainee")
    direct = world.post("dm:mentor", BOT, TEXT, NOW)
    assert seen(world, "trainee") == [private.id]
    assert seen(world, "mentor") == [direct.id]
    assert seen(world, "moderator") == []
    assert world.get(one(world, "moderator"), direct.id) is None


def test_channels_for_some(world: World) -> None:
    staff = world.post("moderators", BOT, TEXT, NOW)
    full = world.post("cases", BOT, TEXT, NOW)
    assert seen(world, "moderator") == [staff.id, full.id]
    assert seen(world, "trainee") == [full.id]
    assert seen(world, "guest") == []


def test_a_page_hears_only_what_it_missed(world: World) -> None:
    first = world.post("general", "trainee", TEXT, NOW)
    second = world.post("general", BOT, TEXT, NOW)
    rev = world.rev
    world.replace(first, Body(()))
    third = world.post("general", BOT, TEXT, NOW)
    world.remove(second)
    assert seen(world, "mentor", rev) == [first.id, second.id, third.id]
    assert seen(world, "mentor") == [first.id, third.id]


def test_what_is_removed_is_gone(world: World) -> None:
    message = world.post("general", BOT, Body((), (Blob("a", b"b", "c"),)), NOW)
    world.remove(message)
    assert message.body.blobs == ()
    assert world.get(one(world, "trainee"), message.id) is None


def test_new_marks(world: World) -> None:
    trainee = one(world, "trainee")
    world.post("general", "mentor", TEXT, NOW)
    last = world.post("general", BOT, TEXT, NOW, pings=frozenset({"trainee"}))
    world.post("dm:trainee", BOT, TEXT, NOW)
    world.post("home:trainee", BOT, TEXT, NOW)
    assert world.unread(trainee) == {"general": (2, 0), "dm:trainee": (1, 0)}
    assert world.waiting(trainee) == 2
    assert world.mark_read("trainee", "general", last.id)
    assert not world.mark_read("trainee", "general", last.id - 1)
    assert world.unread(trainee) == {"dm:trainee": (1, 0)}
    world.mark_all_read()
    assert world.unread(trainee) == {}
    world.post("general", "trainee", TEXT, NOW)
    assert world.unread(trainee) == {}


def test_there_is_an_end_to_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_MESSAGES", 10)
    monkeypatch.setattr(module, "_MOST_BYTES", 100)
    for _number in range(30):
        world.post("general", "trainee", TEXT, NOW)
    assert len(seen(world, "mentor")) == 10
    for _number in range(3):
        world.post("general", "trainee", Body((), (Blob("a", b"x" * 60, "text/plain"),)), NOW)
    assert len(seen(world, "mentor")) == 1


@pytest.mark.parametrize("where", ["nowhere", "dm:nobody", "", "dm:", "home:nobody"])
def test_no_such_place(world: World, where: str) -> None:
    with pytest.raises(KeyError):
        world.post(where, BOT, TEXT, NOW)


def test_threads_have_one_level(world: World) -> None:
    root = world.post("general", "trainee", TEXT, NOW)
    reply = world.post("general", "mentor", TEXT, NOW, thread=root.id)
    for where, thread in (("general", reply.id), ("cases", root.id), ("general", 99)):
        with pytest.raises(KeyError):
            world.post(where, "mentor", TEXT, NOW, thread=thread)
