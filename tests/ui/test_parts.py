"""Replies that no platform could carry are refused when they are built."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.ui.action import Action, Option, Upload
from bot.ui.parts import (
    Button,
    Can,
    Divider,
    File,
    IfCan,
    Image,
    Link,
    Reply,
    Select,
    Text,
    controls,
    settle,
)
from bot.ui.words import Typed, _


@dataclass(frozen=True)
class Press(Action, tag="t.press.1"):
    number: int = 0


PRESS = Button(_("Press"), Press())
OTHER = Button(_("Other"), Press(2))


def test_two_controls_that_do_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="do the same"):
        Reply((PRESS, Text(_("between")), Button(_("Again"), Press())))


def test_the_same_control_in_both_branches_is_one() -> None:
    branch = IfCan(Can.LINGER, PRESS, PRESS)
    assert list(controls((branch,))) == [PRESS]
    Reply((branch,))


def test_each_branch_is_taken_where_it_holds() -> None:
    nested = IfCan(Can.LINGER, IfCan(Can.LONG_FORM, PRESS, OTHER), Divider())
    assert settle((nested,), frozenset({Can.LINGER, Can.LONG_FORM})) == (PRESS,)
    assert settle((nested,), frozenset({Can.LINGER})) == (OTHER,)
    assert settle((nested,), frozenset()) == (Divider(),)


def test_a_reply_says_something() -> None:
    with pytest.raises(ValueError, match="says something"):
        Reply(())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org", "/here", ""])
def test_a_link_opens_a_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        Link(_("Open"), url)


def test_a_list_has_options_and_fills_a_field() -> None:
    options = (Option("1", Typed("One")),)
    with pytest.raises(ValueError, match="no field"):
        Select(_("Pick"), Press(), "colour", options)
    with pytest.raises(ValueError, match="1 to 25"):
        Select(_("Pick"), Press(), "number", ())


def test_pixels_and_names_stay_out_of_every_printed_form() -> None:
    shown = repr(
        (
            Upload("DOE_JANE.png", b"pixels"),
            Image("DOE_JANE.png", b"pixels", _("An angiogram")),
            File("DOE_JANE.ics", b"pixels", "text/calendar", _("Calendar")),
        )
    )
    assert "DOE" not in shown
    assert "pixels" not in shown
