"""Typed commands: by name, in order, with quotes, and what stays in doubt."""

from __future__ import annotations

import pytest

from adapters.preview.people import People
from adapters.preview.typed import NoCommand, TypedCommand, read_line
from bot.app import registry_of
from bot.clock import SystemClock
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.ui.form import Picked
from storage import memory_store
from tests.adapters.preview.gallery import Gallery

REGISTRY = Registry([Gallery().feature()])
PEOPLE = People()


def read(line: str) -> TypedCommand:
    found = read_line(line, REGISTRY, PEOPLE)
    assert isinstance(found, TypedCommand)
    return found


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("/gallery join", {}),
        ("/gallery   join  ", {}),
        ("/gallery join session:k3f9", {"session": "k3f9"}),
        ("/gallery join k3f9", {"session": "k3f9"}),
        ('/gallery join session:"k3 f9"', {"session": "k3 f9"}),
        ("/gallery join session:“k3 f9”", {"session": "k3 f9"}),
        (
            "/gallery join session:k3f9 about:a first job at 18:00, see https://x.y TIPS: any",
            {"session": "k3f9", "about": "a first job at 18:00, see https://x.y TIPS: any"},
        ),
        ("/gallery join about:a job session:k3f9", {"session": "k3f9", "about": "a job"}),
        ("/gallery join k3f9 what to read", {"session": "k3f9", "about": "what to read"}),
        ("/gallery join session:k3f9 what now", {"session": "k3f9", "about": "what now"}),
        ('/gallery join k3f9 the "French" way', {"session": "k3f9", "about": 'the "French" way'}),
        ("/gallery join k3f9 two\nlines", {"session": "k3f9", "about": "two\nlines"}),
        ("/gallery join session: k3f9 about: x", {"session": "k3f9", "about": "x"}),
        (
            '/gallery fill "A talk" starts: Thu 6pm topic: research minutes: 30 quiet: yes',
            {"title": "A talk", "starts": "Thu 6pm", "topic": "research", "minutes": "30",
             "quiet": "yes"},
        ),
        ("/gallery list first job", {"topic": "first job"}),
        ("/gallery list topic:Research", {"topic": "Research"}),
        (
            '/gallery fill "A talk" starts:Thu 6pm topic:research minutes:30 quiet:yes',
            {"title": "A talk", "starts": "Thu 6pm", "topic": "research", "minutes": "30",
             "quiet": "yes"},
        ),
        ("/gallery fill channel:#cases role:@Mentors", {"channel": "cases", "role": "mentors"}),
    ],
)  # fmt: skip
def test_reads(line: str, raw: dict[str, str]) -> None:
    found = read(line)
    assert found.raw == raw
    assert not found.doubt


def test_people_are_meant_by_name_or_id() -> None:
    mentor = PEOPLE.get("mentor")
    assert mentor is not None
    picked = (Picked(mentor.account, mentor.name),)
    for typed in ("@mentor", "@Ingrid Solberg", '"ingrid solberg"', "mentor"):
        assert read(f"/gallery shout to:{typed} words:hello").raw == {
            "to": picked,
            "words": "hello",
        }
    assert read("/gallery shout to:@Nobody words:hello").raw["to"] == "@Nobody"


@pytest.mark.parametrize(
    "line",
    [
        "/gallery list of nothing",
        "/gallery join session:a session:b",
        "/gallery show me everything",
    ],
)
def test_doubt(line: str) -> None:
    assert read(line).doubt


def test_lists_and_files_are_for_the_form() -> None:
    found = read("/gallery fill title:x tags:research")
    assert found.raw == {"title": "x tags:research"}


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("/galery list", ("gallery list",)),
        ("/gallery lst", ("gallery fail", "gallery fill", "gallery join", "gallery list")),
        ("/xyz", ()),
        ("/", ()),
    ],
)
def test_no_such_command(line: str, near: tuple[str, ...]) -> None:
    found = read_line(line, REGISTRY, PEOPLE)
    assert isinstance(found, NoCommand)
    assert found.near[: len(near)] == near or set(near) <= set(found.near)
    assert bool(found.near) == bool(near)


@pytest.mark.parametrize(
    ("line", "session", "doubt"),
    [
        ("/gallery join Talking through a first UFE", "Talking through a first UFE", True),
        ('/gallery join "Talking through" what to read', "Talking through", False),
        ("/gallery join session:k3f9 a first job", "k3f9", False),
    ],
)
def test_a_title_of_several_words_is_kept_whole(line: str, session: str, doubt: bool) -> None:
    found = read(line)
    assert found.raw["session"] == session
    assert found.doubt is doubt


def test_a_place_of_several_words_needs_no_quotes() -> None:
    store = memory_store()
    real = registry_of(store, SystemClock(), Scanning())
    store.close_now()
    ingrid, noor = PEOPLE.picked("Ingrid Solberg"), PEOPLE.picked("Noor Haddad")
    assert ingrid is not None
    assert noor is not None
    host = '/hours host "A talk" where:Room 7 cohosts:@Ingrid Solberg @Noor Haddad seats:4'
    assert read_line(host, real, PEOPLE) == TypedCommand(
        "hours host",
        {"title": "A talk", "where": "Room 7", "cohosts": (ingrid, noor), "seats": "4"},
    )
    unsure = read_line("/hours host where:Room 7 cohosts:@Nobody Here", real, PEOPLE)
    assert unsure == TypedCommand("hours host", {"where": "Room 7", "cohosts": ()}, doubt=True)
    assert read_line("/my zone New York", real, PEOPLE) == TypedCommand(
        "my zone", {"place": "New York"}
    )
    assert read_line("/hours leave Talking through a first UFE", real, PEOPLE) == TypedCommand(
        "hours leave", {"session": "Talking through a first UFE"}
    )


def test_an_option_that_is_named_and_left_empty_is_asked_for() -> None:
    found = read("/gallery join session: about:x")
    assert found.raw == {"session": "", "about": "x"}
    assert found.doubt
    assert read("/gallery fill title:Talk quiet:").doubt


@pytest.mark.parametrize(
    ("typed", "quiet"),
    [
        ("quiet: true", "true"),
        ("Quiet:true", "true"),
        ("quiet : true", "true"),
        ("quiet:maybe", "maybe"),
        ("quiet:", "quiet:"),
    ],
)
def test_a_yes_or_no_that_was_named_is_never_passed_over(typed: str, quiet: str) -> None:
    found = read(f"/gallery fill title:Talk {typed}")
    assert found.raw == {"title": "Talk", "quiet": quiet}


def test_quotes_around_all_of_a_value_are_not_part_of_it() -> None:
    assert read('/gallery fill title: "A talk" quiet:yes').raw == {
        "title": "A talk",
        "quiet": "yes",
    }
    assert read('/gallery fill title: He said "no"').raw == {"title": 'He said "no"'}
    assert read('/gallery fill title: "Yes" he said').raw == {"title": '"Yes" he said'}
