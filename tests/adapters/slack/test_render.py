"""Screens as blocks: every part, every limit, and nothing that typed text can smuggle in."""

import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.dialect import Reader, cut
from adapters.slack.render import LIMITS, Message, Rendered, home_blocks, render
from bot.domain.people import CommunityId
from bot.runtime.screen import Screen, Voice
from bot.ui.action import Option
from bot.ui.parts import (
    Audience,
    Button,
    Facts,
    Hidden,
    Image,
    Link,
    Part,
    Select,
    Style,
    Text,
    settle,
)
from bot.ui.visible import isolated
from bot.ui.words import Code, Person, Slash, Strong, Typed, When, _
from tests.adapters.slack.feature import AT, PIXEL, Pick, Swap, every_part, somebody
from tests.slack_server import mrkdwn
from tests.slack_server.block_kit import MESSAGE_CHARACTERS, block_problems, characters

LONDON = Voice(CommunityId(1), "en", ZoneInfo("Europe/London"))


def shown(*parts: Part, public: bool = False) -> Rendered:
    audience = Audience.CHANNEL if public else Audience.ONLY_YOU
    screen = Screen(settle(parts, frozenset()), LONDON, audience)
    return render(screen, Reader(LONDON, "T1", "ir-", public))


def one(*parts: Part, public: bool = False) -> list[dict[str, Any]]:
    (message,) = shown(*parts, public=public).messages
    assert block_problems(list(message.blocks), "message") == []
    return list(message.blocks)


def text_of(*parts: Part, public: bool = False) -> str:
    (block,) = one(*parts, public=public)
    return block["text"]["text"]


def test_every_part_is_taken_by_slack():
    for public in (False, True):
        got = shown(*every_part(somebody("Dana")), public=public)
        for message in (*got.messages, *got.below):
            assert block_problems(list(message.blocks), "message") == []
            assert message.text


def test_a_moment_follows_its_reader_in_text_and_is_written_out_elsewhere():
    assert (
        text_of(Text(_("At {at}", at=When(AT))))
        == "At <!date^1804788000^{date_short_pretty} {time}|Thu, 11 Mar 2027, 18:00 GMT>"
    )
    assert text_of(When(AT, with_date=False)) == "<!date^1804788000^{time}|18:00 GMT>"
    assert text_of(When(AT, with_time=False)) == (
        "<!date^1804788000^{date_short_pretty}|Thu, 11 Mar 2027>"
    )
    header = one(Text(_("At {at}", at=When(AT)), Style.HEADING))[0]
    assert header["text"]["text"] == "At Thu, 11 Mar 2027, 18:00 GMT"
    button = one(Button(_("Join {at}", at=When(AT)), Swap()))[0]["elements"][0]
    assert button["text"]["text"] == "Join Thu, 11 Mar 2027, 18:00 GMT"


def test_a_person_is_mentioned_in_private_and_named_in_public_unless_pinged():
    dana = somebody("D & <!here>")
    assert text_of(Person(dana)) == "<@U1>"
    assert text_of(Person(dana), public=True) == "D &amp; &lt;!here&gt;"
    assert text_of(Person(dana, ping=True), public=True) == "<@U1>"
    assert text_of(Person(somebody("Omar", workspace="T2"))) == "Omar"
    (message,) = shown(Person(dana, ping=True), public=True).messages
    assert message.text == "D &amp; &lt;!here&gt;"


def test_commands_carry_this_place_s_prefix():
    assert text_of(Text(_("Type {c}", c=Slash("hours list", "from:today")))) == (
        "Type `/ir-hours list from:today`"
    )
    assert text_of(Text(Code("a`b"))) == "`aˋb`"


def test_what_is_hidden_goes_into_the_thread_or_under_a_label():
    hidden = Hidden(_("Answer"), (Text(_("It is B")), Image("b.png", PIXEL, _("A picture"))))
    public = shown(Text(_("Guess")), hidden, public=True)
    assert "It is B" not in json.dumps([m.blocks for m in public.messages])
    assert "It is B" in json.dumps([m.blocks for m in public.below])
    assert "It is B" not in public.messages[0].text
    assert [part.name for part in public.files_below] == ["b.png"]
    assert not public.files
    private = shown(Text(_("Guess")), hidden)
    assert [block["text"]["text"] for block in private.messages[0].blocks] == [
        "Guess",
        "*Answer*",
        "It is B",
    ]
    assert [part.name for part in private.files] == ["b.png"]


def test_neighbouring_buttons_stand_in_rows_of_five():
    got = one(*(Button(_("Step {n}", n=n), Swap(n)) for n in range(7)), Text(_("Then")))
    assert [len(block.get("elements", [])) for block in got] == [5, 2, 0]
    ids = [element["action_id"] for block in got[:2] for element in block["elements"]]
    assert len(set(ids)) == 7


def test_long_labels_are_shortened():
    label = Typed("x" * 200)
    row = one(
        Button(_("Ask {who}", who=label), Swap()),
        Link(_("See {who}", who=label), "https://example.org"),
        Select(_("Of {who}", who=label), Pick(), "size", (Option("small", label),)),
    )
    assert all(len(element.get("text", {}).get("text", "")) <= 75 for element in row[0]["elements"])


ATTACKS = [
    "<!channel>",
    "<!here|x>",
    "<@U2>",
    "<#C1>",
    "&lt;!channel&gt;",
    "<https://evil.example|your hospital>",
    "<!date^0^{date}|x>",
    "> quote\n<!everyone>",
    "https://x.example/<!channel>",
    "https://x.example|<!channel>",
    "*<!channel>*",
    "`<!channel>",
    "@channel @here @everyone",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_becomes_markup(attack: str):
    parts: tuple[Part, ...] = (
        Text(Typed(attack)),
        Text(_("{a}", a=Typed(attack)), Style.HEADING),
        Text(_("{a}", a=Strong(attack)), Style.QUIET),
        Text(_("{a}", a=Code(attack))),
        Facts(((_("{a}", a=Typed(attack)), Typed(attack)),)),
        Person(somebody(attack, workspace="T9")),
        Button(_("{a}", a=Typed(attack)), Swap()),
        Select(Typed(attack), Pick(), "size", (Option("small", Typed(attack)),)),  # pyright: ignore[reportArgumentType]
    )
    for message in shown(*parts, public=True).messages:
        assert mrkdwn.pings(message.text, list(message.blocks), names_linked=False) == []
        marked = [message.text, *(t for t in _marked(message))]
        for text in marked:
            for tag in re.findall(r"<[^>]*>", text):
                assert re.fullmatch(r"<https?://[^\s<>|]+>", tag), tag
        assert all(block.get("verbatim") for block in _objects(message, "mrkdwn"))


@pytest.mark.parametrize(
    ("typed", "shown_as", "strong"),
    [
        ("evil *x* <b>", "evil ∗x∗ &lt;b&gt;", "*evil ∗x∗ &lt;b&gt;*"),
        ("_soft_ ~gone~ `code`", "ˍsoftˍ ∼gone∼ ˋcodeˋ", "*ˍsoftˍ ∼gone∼ ˋcodeˋ*"),
        ("America/New_York 3*4 2~3", "America/New_York 3*4 2~3", "*America/New_York 3∗4 2~3*"),
        ("> said", "\xad&gt; said", "*\xad&gt; said*"),
        ("https://x.example/_a_*b*", "<https://x.example/_a_*b*>", "*https://x.example/ˍaˍ∗b∗*"),
    ],
)
def test_signs_of_emphasis_stay_signs(typed: str, shown_as: str, strong: str):
    assert text_of(Text(Typed(typed))) == shown_as
    assert text_of(Text(Strong(typed))) == strong


def _objects(message: Message, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == kind:
                found.append(part)
            for value in part.values():
                walk(value)
        elif isinstance(part, (list, tuple)):
            for value in part:
                walk(value)

    walk(message.blocks)
    return found


def _marked(message: Message) -> list[str]:
    return [part["text"] for part in _objects(message, "mrkdwn")]


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_what_was_typed_is_what_is_read(text: str):
    got = shown(Text(_("{a}|", a=Typed(text))))
    read = mrkdwn.shown(got.messages[0].blocks[0]["text"]["text"], {}, "UTC")
    alike = str.maketrans("\u2217\u02cd\u223c\u02cb", "*_~`", "\xad")
    assert read.translate(alike) == f"{isolated(text)}|".strip().translate(alike)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["a" * 30, " ", "&", "<", "https://x.org/?a=1&b=2", "\n"])))
def test_cutting_loses_nothing_and_splits_no_token(words: list[str]):
    when = Reader(LONDON, "T1", "ir-").mrkdwn(When(AT))
    text = Reader(LONDON, "T1", "ir-").mrkdwn(Typed("".join(words))) + when
    pieces = cut(text, 120)
    assert all(0 < len(piece) <= 120 for piece in pieces)
    # A link of more than 120 signs, brackets included, is one no longer, but all there.
    bare = re.sub(r"<(https:[^>]{113,})>", r"\1", text)
    assert "".join("".join(pieces).split()) == "".join(bare.split())
    assert when in pieces[-1]
    assert not any(re.search(r"&(?!amp;|lt;|gt;)", piece) for piece in pieces)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 7_000), min_size=1, max_size=70))
def test_what_is_too_much_becomes_several_messages(sizes: list[int]):
    parts = [Text(Typed("a & b " * (size // 6) + ".")) for size in sizes]
    got = shown(*parts)
    for message in got.messages:
        assert block_problems(list(message.blocks), "message") == []
        assert characters(list(message.blocks)) <= MESSAGE_CHARACTERS
        assert 0 < len(message.text) <= LIMITS.fallback
    written = sum(len(text.replace(" ", "")) for m in got.messages for text in _marked(m))
    assert written == sum((size // 6) * len("a&amp;b") + 1 for size in sizes)


def test_a_panel_is_cut_at_a_hundred_blocks():
    screen = Screen(tuple(Text(_("{n}", n=n)) for n in range(130)), LONDON)
    blocks = home_blocks(screen, Reader(LONDON, "T1", "ir-"))
    assert block_problems(blocks, "home") == []
    assert len(blocks) == 100
