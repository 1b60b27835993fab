from dataclasses import replace
from zoneinfo import ZoneInfo

from adapters.discord.controls import files_of, mentions_of, view_of
from adapters.discord.dialect import Registered
from adapters.discord.render import Sheet, sheets
from bot.domain.people import CommunityId
from bot.runtime.screen import Screen, Voice
from bot.ui.parts import (
    Button,
    Divider,
    Facts,
    File,
    Hidden,
    Image,
    Link,
    Part,
    Style,
    Text,
    settle,
)
from bot.ui.words import Person, Slash, Typed, _
from tests.adapters.discord.gallery import PICTURE, Press, every_part, somebody

VOICE = Voice(CommunityId(1), "en", ZoneInfo("UTC"))


def drawn(
    *parts: Part, layout: bool = False, registered: Registered | None = None
) -> tuple[Sheet, ...]:
    screen = Screen(settle(parts, frozenset()), VOICE)
    return sheets(screen, registered or Registered(), layout=layout)


def components(sheet: Sheet) -> list[dict[str, object]]:
    view = view_of(sheet)
    return [] if view is None else view.to_components()


async def test_text_before_controls_is_a_classic_message():
    (sheet,) = drawn(Text(_("Hello.")), Text(_("Small"), Style.QUIET), Button(_("Go"), Press("a")))
    assert not sheet.layout
    assert sheet.content == "Hello.\n-# Small"
    assert components(sheet) == [
        {
            "type": 1,
            "components": [
                {
                    "type": 2,
                    "style": 2,
                    "label": "Go",
                    "disabled": False,
                    "custom_id": 'ga.press.1[1,"a"]',
                }
            ],
        }
    ]


async def test_controls_before_text_need_a_layout():
    (sheet,) = drawn(Button(_("Go"), Press("a")), Text(_("Hello.")))
    assert sheet.layout
    assert [one["type"] for one in components(sheet)] == [1, 10]


async def test_controls_alone_need_a_layout_because_a_message_says_something():
    (sheet,) = drawn(Button(_("Go"), Press("a")))
    assert sheet.layout


async def test_every_part_has_its_place():
    (sheet,) = drawn(*every_part(user=55), registered=Registered({"gallery": 9}))
    assert sheet.layout
    shown = components(sheet)
    assert [one["type"] for one in shown] == [10, 1, 10, 14, 1, 1, 12, 10, 17, 10, 13, 10]
    text = str(shown[0]["content"]).splitlines()
    assert text == [
        r"### Heading \# a b",
        r"<@55> at <t:1804788000:F>: **x\***",
        "-# Type </gallery show:9> or `k3f9`.",
    ]
    assert str(shown[2]["content"]).splitlines() == [
        "**Seats:** 3 left",
        r"**Where:** \*\*Room\*\*",
        "<t:1804788000:t>",
        "<@55>",
    ]
    names = [file.filename for file in files_of(sheet)]
    assert names == ["one.png", "two.png", "hour.ics"]
    assert files_of(sheet)[0].description == "A plain film of a *hand*"
    cover = shown[8]
    assert cover["spoiler"] is True
    assert str(shown[-1]["content"]) == "I cannot remove it."


def test_nobody_is_called_unless_asked_for():
    quiet, loud = Person(somebody(55)), Person(somebody(56), ping=True)
    (sheet,) = drawn(Text(_("{a} {b} {c}", a=quiet, b=loud, c=Typed("<@57> @everyone"))))
    assert sheet.content == "<@55> <@56> \\<@57> @\u200beveryone"
    assert mentions_of(sheet).to_dict() == {"parse": [], "users": [56]}


def test_somebody_without_an_account_here_has_a_name():
    who = replace(somebody(1, "Ann *Lee*\n# x"), accounts=())
    (sheet,) = drawn(Person(who))
    assert sheet.content == r"Ann \*Lee\* # x"


def test_hidden_text_stays_hidden_however_long_it_is():
    words = Typed("||secret|| " * 700)
    cut = drawn(Hidden(_("Answer"), (Text(_("{words}", words=words)),)))
    assert len(cut) > 1
    assert cut[0].content.startswith("**Answer**\n||")
    for sheet in cut:
        lines = sheet.content.removeprefix("**Answer**\n").split("\n")
        assert all(one.startswith("||") and one.endswith("||") for one in lines)
        assert all("||" not in one[2:-2] for one in lines)
        assert len(sheet.content) <= 2000


def test_long_text_is_split_and_the_controls_stand_below_the_last_of_it():
    cut = drawn(
        Text(_("{words}", words=Typed("word " * 1200))),
        Text(_("End.")),
        Button(_("Go"), Press("a")),
    )
    assert [bool(sheet.rows) for sheet in cut] == [False] * (len(cut) - 1) + [True]
    assert all(0 < len(sheet.content) <= 2000 for sheet in cut)
    assert sum(sheet.content.count("word") for sheet in cut) == 1200


def test_a_layout_is_split_by_text_by_components_and_by_files():
    texts = drawn(Divider(), *(Text(_("{n} {w}", n=n, w=Typed("x" * 1500))) for n in range(6)))
    assert len(texts) == 3
    rows = drawn(
        *(part for n in range(30) for part in (Text(_("{n}", n=n)), Button(_("Go"), Press(str(n)))))
    )
    assert len(rows) == 3
    files = drawn(*(Image("a.png", PICTURE, _("Film")) for _n in range(12)))
    assert [len(sheet.files) for sheet in files] == [10, 2]
    assert len({one.name for sheet in files for one in sheet.files}) == 12


def test_more_rows_than_five_need_a_layout():
    (sheet,) = drawn(Text(_("Hi")), *(Button(_("{n}", n=n), Press(str(n))) for n in range(26)))
    assert sheet.layout
    assert len(sheet.rows) == 6


def test_files_keep_their_names_and_unsafe_ones_are_changed():
    (sheet,) = drawn(
        File("hour.ics", b"x", "text/calendar", _("Calendar")),
        File("../../böse datei.ics", b"x", "text/calendar", _("Calendar")),
    )
    assert not sheet.layout
    assert [one.name for one in sheet.files] == ["hour.ics", "b-se-datei.ics"]


def test_a_command_is_text_until_discord_has_told_its_id():
    (before,) = drawn(Text(_("{c}", c=Slash("hours list"))))
    (rest,) = drawn(
        Text(_("{c}", c=Slash("hours join", "k3f9"))), registered=Registered({"hours": 3})
    )
    assert (before.content, rest.content) == ("`/hours list`", "`/hours join k3f9`")


def test_facts_and_labels_hold_no_markup_of_others():
    (sheet,) = drawn(Facts(((_("Title"), Typed("a\n## b")),)))
    assert sheet.content == "**Title:** a\n\\## b"


def test_an_address_that_no_button_takes_is_text():
    for address in ("https://room 5", "https://intranet/x", "https://a.example/" + "x" * 600):
        (sheet,) = drawn(Link(_("Room"), address))
        assert not sheet.rows
        assert sheet.content.startswith("Room: ")
    (sheet,) = drawn(Text(_("Hi")), Link(_("Room"), "https://a.example/x"))
    assert len(sheet.rows) == 1


def test_nothing_hidden_is_nothing_shown():
    (sheet,) = drawn(Text(_("Hi")), Hidden(_("Answer"), (Text(_("{x}", x=Typed("\u3164"))),)))
    assert sheet.content == "Hi"
