"""The words after a command: filled in order, by name, in quotes; never lost, never an error."""

import enum
import re
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.words import Given, plain, read_words
from bot.domain.moment import Moment
from bot.domain.people import Account, MemberId
from bot.ui.action import Action, Ask, ChannelRef, Upload, asked_fields
from bot.ui.form import Picked, Raw
from bot.ui.words import _
from cogs.follow_ups.actions import AskCommunity


class Topic(enum.Enum):
    IO = "io"
    STROKE = "stroke"


@dataclass(frozen=True)
class Listed(Action, tag="wt.list.1"):
    topic: Annotated[Topic | None, Ask(_("Topic"))] = None
    start: Annotated[Moment | None, Ask(_("From"))] = None


@dataclass(frozen=True)
class Join(Action, tag="wt.join.1"):
    session: Annotated[str, Ask(_("Session"), suggest="session")]
    about: Annotated[str | None, Ask(_("About"))] = None


@dataclass(frozen=True)
class Move(Action, tag="wt.move.1"):
    session: Annotated[str, Ask(_("Session"), suggest="session")]
    starts: Annotated[Moment, Ask(_("Starts"))]
    scope: Annotated[Topic | None, Ask(_("Scope"))] = None


@dataclass(frozen=True)
class Zone(Action, tag="wt.zone.1"):
    place: Annotated[str, Ask(_("Place"), suggest="place")]


@dataclass(frozen=True)
class Away(Action, tag="wt.away.1"):
    since: Annotated[Moment, Ask(_("From"))]
    until: Annotated[Moment, Ask(_("Until"))]


@dataclass(frozen=True)
class Everything(Action, tag="wt.all.1"):
    who: Annotated[MemberId, Ask(_("Who"))]
    minutes: Annotated[int, Ask(_("Minutes"))]
    title: Annotated[str, Ask(_("Title"))]
    anonymous: Annotated[bool, Ask(_("Anonymous"))] = False
    channel: Annotated[ChannelRef | None, Ask(_("Channel"))] = None
    topics: Annotated[tuple[Topic, ...], Ask(_("Topics"))] = ()
    others: Annotated[tuple[MemberId, ...], Ask(_("Others"))] = ()
    note: Annotated[str, Ask(_("Note"), form_only=True)] = ""
    files: Annotated[tuple[Upload, ...], Ask(_("Files"))] = ()


@dataclass(frozen=True)
class Chosen(Action, tag="wt.topic.1"):
    topic: Annotated[Topic, Ask(_("Topic"))]


@dataclass(frozen=True)
class Mine(Action, tag="wt.mine.1"):
    pass


def read(action: type[Action], text: str) -> Given:
    return read_words(text, asked_fields(action), "T1")


def picked(user: str, name: str = "") -> Picked:
    return Picked(Account("slack", "T1", user), name)


@pytest.mark.parametrize(
    ("action", "text", "raw"),
    [
        (Listed, "", {}),
        (Listed, "io", {"topic": "io"}),
        (Listed, "io Thu 6pm", {"topic": "io", "start": "Thu 6pm"}),
        (Listed, "topic:IO", {"topic": "IO"}),
        (Listed, "start:Thu 6pm topic:io", {"start": "Thu 6pm", "topic": "io"}),
        (Join, "k3f9", {"session": "k3f9"}),
        (
            Join,
            "k3f9 my first TIPS: at 18:00, see <https://x.org/a?b=1&amp;c=2>",
            {
                "session": "k3f9",
                "about": "my first TIPS: at 18:00, see https://x.org/a?b=1&c=2",
            },
        ),
        (
            Join,
            "about:two words, really session:k3f9",
            {"session": "k3f9", "about": "two words, really"},
        ),
        (Join, 'k3f9 "in  quotes"', {"session": "k3f9", "about": "in  quotes"}),
        (Join, 'about:"a b" k3f9', {"session": "k3f9", "about": "a b"}),
        (Join, "k3f9 “curly quotes”", {"session": "k3f9", "about": "curly quotes"}),
        (Join, 'k3f9 a 5" wire', {"session": "k3f9", "about": 'a 5" wire'}),
        (Join, "k3f9 line one\nline  two", {"session": "k3f9", "about": "line one\nline  two"}),
        (
            Join,
            "k3f9 ask <@U1|dana> in <#C1|cases> &lt;b&gt; &amp;amp;",
            {"session": "k3f9", "about": "ask @dana in #cases <b> &amp;"},
        ),
        (Move, "k3f9 Thu 6pm", {"session": "k3f9", "starts": "Thu 6pm"}),
        (Move, "k3f9 Thu 6pm scope:io", {"session": "k3f9", "starts": "Thu 6pm", "scope": "io"}),
        (
            Join,
            "k3f9 <http://x.org|x.org> <mailto:a@x.org|a@x.org> <https://x.org|here>",
            {"session": "k3f9", "about": "http://x.org mailto:a@x.org here (https://x.org)"},
        ),
        (Zone, "New York", {"place": "New York"}),
        (Away, "2027-01-01 2027-01-05", {"since": "2027-01-01", "until": "2027-01-05"}),
        (
            Everything,
            "<@U1|dana> 20 Angiography",
            {"who": (picked("U1", "dana"),), "minutes": "20", "title": "Angiography"},
        ),
        (
            Everything,
            "title:A who:<@U1> minutes:5 anonymous:yes channel:<#C9|x> topics:io, stroke"
            " others:<@U2|a> <@U3|b>",
            {
                "title": "A",
                "who": (picked("U1"),),
                "minutes": "5",
                "anonymous": "yes",
                "channel": "C9",
                "topics": "io, stroke",
                "others": (picked("U2", "a"), picked("U3", "b")),
            },
        ),
        (Mine, "please", {}),
    ],
)
def test_no_doubt(action: type[Action], text: str, raw: dict[str, Raw]) -> None:
    got = read(action, text)
    assert dict(got.raw) == raw
    assert not got.doubt


@pytest.mark.parametrize(
    ("action", "text", "raw", "left"),
    [
        # a word that fits no option it could mean
        (Listed, "embolisaton", {"start": "embolisaton"}, ()),
        (Listed, "topic:liver", {"topic": "liver"}, ("topic:liver",)),
        # a name on its own, and a name twice
        (Join, "session: k3f9", {"session": "k3f9"}, ()),
        (Join, "session:a session:b", {"session": "a", "about": "session:b"}, ()),
        # where one time ends and the next begins
        (Away, "Thu 6pm Fri 6pm", {"since": "Thu", "until": "6pm Fri 6pm"}, ()),
        # somebody who is not a mention
        (Everything, "who:dana title:X", {"title": "X"}, ("who:dana",)),
        (Everything, "dana 20", {"title": "dana 20"}, ()),
        # nothing takes the rest
        (Chosen, "io stroke 3", {"topic": "io"}, ("stroke", "3")),
    ],
)
def test_doubt(action: type[Action], text: str, raw: dict[str, Raw], left: tuple[str, ...]) -> None:
    got = read(action, text)
    assert dict(got.raw) == raw
    assert got.left == left
    assert got.doubt


def test_a_form_only_option_and_files_take_no_loose_word() -> None:
    assert "note" not in read(Everything, "<@U1> 20 a b c d e").raw
    assert read(Everything, "note:hello").raw == {"note": "hello"}
    assert "files" not in read(Everything, "files:x").raw


ACTIONS = [Listed, Join, Move, Zone, Away, Everything, Chosen, Mine]
SHAPES = st.sampled_from(
    [
        "{n}",
        "io{n}",
        "TIPS:{n}",
        "18:{n}",
        "https://x.org/{n}?a:b",
        "&lt;https://x.org/{n}&gt;",
        "<https://x.org/{n}|x>",
        "<@U{n}|dana>",
        "who:<@U{n}>",
        "others:<@U{n}>",
        "who:{n}",
        "<#C{n}|cases>",
        "channel:<#C{n}|cases>",
        "channel:{n}",
        "session:{n}",
        "session: {n}",
        "about:{n}",
        "about:",
        "start:{n} pm",
        "topic:{n}",
        "topics:io, {n}",
        "minutes:{n}",
        "minutes:x{n}",
        "anonymous:{n}",
        "note:{n}",
        "files:{n}",
        'title:"{n} b"',
        '"{n} b"',
        '"',
        '{n}"',
        "“{n}”",
        "<",
        ">{n}<",
        "\n{n}",
    ]
)


def said(value: Raw) -> str:
    if isinstance(value, tuple):
        return " ".join(one.account.user for one in value if isinstance(one, Picked))
    return str(value)


@settings(max_examples=500)
@given(st.sampled_from(ACTIONS), st.lists(SHAPES, max_size=9))
def test_never_loses_a_word(action: type[Action], shapes: list[str]) -> None:
    text = " ".join(shape.format(n=100 + place) for place, shape in enumerate(shapes))
    got = read(action, text)
    kept = " ".join([*map(said, got.raw.values()), *got.left])
    if "<@" not in text and "<#" not in text:
        missing = [n for n in re.findall(r"1[0-9]{2}", text) if n not in kept]
        assert not missing, kept
    if action is Mine:
        assert not got.doubt
    else:
        assert got.doubt or not got.left


@settings(max_examples=300)
@given(st.sampled_from(ACTIONS), st.text(max_size=80))
def test_never_raises(action: type[Action], text: str) -> None:
    got = read(action, text)
    if "<" not in text and not text.isspace() and text:
        kept = Counter("".join([*map(said, got.raw.values()), *got.left]))
        wanted = Counter(plain("".join(text.split())))
        names = Counter("".join(f"{name}:" for name in got.raw)) + Counter('""“”')
        assert not wanted - kept - names


def test_a_quoted_address_keeps_its_quotes_apart():
    raw = read_words('k3f9 about:"<https://meet.example/ir">', asked_fields(Join), "T1").raw
    assert raw == {"session": "k3f9", "about": "https://meet.example/ir"}


@pytest.mark.parametrize(
    ("typed", "anonymous"),
    [
        ("anonymous: true", "true"),
        ("Anonymous:TRUE", "TRUE"),
        ("anonymous : true", "true"),
        ("anonymous: maybe", "maybe"),
        ("anonymous:maybe", "maybe"),
        ("anonymous:", "anonymous:"),
    ],
)
def test_a_yes_or_no_that_was_named_is_never_passed_over(typed: str, anonymous: str) -> None:
    """Whatever follows (the form, a rule to agree to first): it does not count as not named."""
    for order in ("question: How long? topic: embolisation {}", "{} question: How long? topic: e"):
        got = read(AskCommunity, order.format(typed))
        assert got.raw["anonymous"] == anonymous
        assert got.raw["question"] == "How long?"
        assert got.doubt
