"""Forms as views: what Slack takes, and that what stood in a form comes back when it is sent."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.slack.dialect import Reader
from adapters.slack.forms import sent_view, view_of
from adapters.slack.spot import Spot
from bot.domain.people import Account, CommunityId
from bot.runtime.screen import FormScreen, Voice
from bot.ui.action import Option, Upload, fields_of
from bot.ui.form import FormView, Picked, Raw, ShownField
from bot.ui.words import Typed, _
from tests.adapters.slack.feature import Every
from tests.slack_server import forms as client
from tests.slack_server.block_kit import view_problems

LONDON = Voice(CommunityId(1), "en", ZoneInfo("Europe/London"))
READER = Reader(LONDON, "T1", "ir-")
SPOT = Spot("U1", "C1", "https://hooks.slack.com/commands/x", "1.2", private=True)
FIELDS = fields_of(Every)
DISHES = (Option("soup", Typed("Soup")), Option("stew", Typed("Stew")))


def view(*fields: ShownField, title: str = "/kit every") -> dict[str, Any]:
    key = "rt.page.1[1,2]"
    form = FormView(key, _("{t}", t=Typed(title)), fields, _("Send"), _("First read this <b>."))
    made = view_of(FormScreen(form, LONDON), READER, {"kit every"}, SPOT, None)
    assert view_problems(made) == []
    return made


def shown(name: str, value: Raw | None = None, options: tuple[Option, ...] = ()) -> ShownField:
    field = FIELDS[name]
    return ShownField(field, value, options or (field.ask.options if field.ask else ()))


def sent(made: dict[str, Any]) -> dict[str, Raw]:
    values = client.initial_values(made["blocks"])
    got = sent_view({**made, "state": {"values": values}}, "T1", "U1")
    assert got.key == "rt.page.1[1,2]"
    assert got.spot == SPOT
    return dict(got.raw)


def person(user: str) -> Picked:
    return Picked(Account("slack", "T1", user), "")


FILLED: dict[str, Raw] = {
    "title": "A title",
    "body": "Two\nlines & <more>",
    "seats": "5",
    "public": "no",
    "size": "large",
    "sizes": ("small", "large"),
    "day": "2027-03-11",
    "start": "Thu 6pm",
    "host": (person("U2"),),
    "guests": (person("U2"), person("U3")),
    "where": "C7",
    "role": "S1",
    "dish": "stew",
    "town": "Bern",
}


def test_what_stands_in_a_form_comes_back():
    fields = [
        shown(name, value, DISHES if name == "dish" else ()) for name, value in FILLED.items()
    ]
    assert sent(view(*fields)) == FILLED


def test_an_empty_form_comes_back_empty_but_not_missing():
    made = view(*(shown(name) for name in FIELDS))
    empty = sent(made)
    assert set(empty) == set(FIELDS) - {"pictures"}
    assert set(empty.values()) == {"", ()}
    assert made["title"]["text"] == "/ir-kit every"
    assert made["blocks"][0]["text"]["text"] == "First read this &lt;b&gt;."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "x" * 400),
        ("title", "x"),
        ("title", "two\nlines"),
        ("seats", "many"),
        ("seats", "99"),
        ("dish", "pizza"),
        ("public", True),
    ],
)
def test_answers_that_do_not_fit_are_kept_to_be_mended(name: str, value: Raw):
    options = DISHES if name == "dish" else ()
    assert sent(view(shown(name, value, options))) == {name: "yes" if value is True else value}


def test_files_chosen_before_stay_unless_others_are_chosen():
    made = view(shown("pictures", (Upload("a.png", b"x"),)))
    (block,) = [block for block in made["blocks"] if block["type"] == "input"]
    assert block["optional"]
    assert "kept" in block["hint"]["text"]
    assert sent(made) == {}


def test_a_problem_stands_below_its_field():
    field = ShownField(FIELDS["seats"], "9", problem=_("Choose a number up to {most}.", most=8))
    made = view(field)
    assert made["blocks"][-1]["elements"][0]["text"] == "Choose a number up to 8."


def test_every_input_has_the_name_of_its_option():
    made = view(*(shown(name) for name in FIELDS))
    ids = [block["block_id"] for block in made["blocks"] if block["type"] == "input"]
    assert ids == list(FIELDS)


def test_a_title_of_our_own_is_shortened():
    assert view(shown("body"), title="A title that is far too long")["title"]["text"] == (
        "A title that is far too…"
    )


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"form": 7, "to": 3}', '{"to": {"x": 1}}'])
def test_a_view_of_another_version_is_read_without_an_error(kept: str):
    got = sent_view({"private_metadata": kept, "state": {"values": {}}}, "T1", "U1")
    assert got.spot == Spot("U1")
