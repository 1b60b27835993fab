"""Every kind of field, filled in natively, arrives as the right value; and no text is markup."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.ui.action import Upload
from tests.contract.fair import Every, Fair, Options, Size
from tests.contract.stage import ALIKE, MEMBER, OTHER, Doc, Group, Stage, Where, Who, seen, sheet


async def test_every_kind_in_a_form(stage: Stage, fair: Fair):
    for who in (MEMBER, OTHER):
        await stage.command(who, "fair rule", {})
    form = sheet(await stage.command(MEMBER, "fair every", {}))
    done = seen(
        await stage.send(
            MEMBER,
            form,
            {
                "title": "A title",
                "body": "Two\nlines",
                "seats": 5,
                "public": True,
                "size": "large",
                "sizes": ("small", "large"),
                "day": "2027-04-01",
                "start": "2027-03-11 18:00",
                "host": Who(OTHER),
                "guests": (Who(MEMBER), Who(OTHER)),
                "where": Where(),
                "role": Group(),
                "dish": "soup",
                "pictures": (Doc("a.png", b"AAA"), Doc("b.png", b"BB")),
            },
        )
    )
    assert "Noted." in done.text
    (asked,) = fair.asked
    assert isinstance(asked, Every)
    assert (asked.title, asked.body) == ("A title", "Two\nlines")
    assert (asked.seats, asked.public) == (5, True)
    assert (asked.size, asked.sizes) == (Size.LARGE, (Size.SMALL, Size.LARGE))
    assert asked.day == date(2027, 4, 1)
    assert asked.start.at == datetime(2027, 3, 11, 18, tzinfo=UTC)
    assert asked.host in asked.guests
    assert len(set(asked.guests)) == 2
    assert asked.where
    assert asked.role
    assert asked.dish == "soup"
    assert [(one.name, one.content) for one in asked.pictures if isinstance(one, Upload)] == [
        ("a.png", b"AAA"),
        ("b.png", b"BB"),
    ]


async def test_every_kind_that_can_be_typed(stage: Stage, fair: Fair):
    shown = seen(
        await stage.command(
            MEMBER,
            "fair options",
            {
                "word": "several words: with a colon",
                "seats": 5,
                "public": False,
                "size": "large",
                "day": "2027-04-01",
                "start": "2027-03-11 18:00",
                "host": Who(OTHER),
                "where": Where(),
            },
        )
    )
    assert "Noted." in shown.text
    (asked,) = fair.asked
    assert isinstance(asked, Options)
    assert asked.word == "several words: with a colon"
    assert (asked.seats, asked.public, asked.size) == (5, False, Size.LARGE)
    assert (asked.day, asked.start.at) == (
        date(2027, 4, 1),
        datetime(2027, 3, 11, 18, tzinfo=UTC),
    )
    assert asked.host
    assert asked.where


HOSTILE = (
    "@everyone @here <!channel> <@U0000001> <@&1> &lt;!here&gt;",
    "**bold** *it* _it_ ~~gone~~ `code` ||spoiler|| > quote",
    "# heading\n- list\n1. one\n> quote",
    "[a link](https://evil.example/x) <https://evil.example|harmless>",
    "<b>html</b> <script>alert(1)</script> &amp; &#60;",
    "{said} {0} %s %(x)s $HOME \\ \\n",
    "<t:1> <#1> <:smile:1> :smile: @ben #general",
)


async def test_a_hostile_text_shows_as_it_was_typed(stage: Stage):
    stage.hostile = True
    for text in HOSTILE:
        form = sheet(await stage.command(MEMBER, "fair say", {}))
        shown = seen(await stage.send(MEMBER, form, {"text": text}))
        read = shown.text.translate(ALIKE)
        for line in text.splitlines():
            for where in ("Plain", "Quiet", "Hidden"):
                assert where in shown.text
            # Heading, plain, strong, quiet, fact, hidden.
            assert read.count(line) >= 6, (line, shown.text)
    assert stage.pinged() == []
    assert stage.in_channel(OTHER) == []
