import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.escaping import escape, in_code, with_rules
from adapters.discord.splitting import split


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain words, 18:00 -> 19:00.", "plain words, 18:00 -> 19:00."),
        ("**loud** _soft_ ~~gone~~", r"\*\*loud\*\* \_soft\_ \~\~gone\~\~"),
        ("||open me||", r"\|\|open me\|\|"),
        ("```py\nx```", "\\`\\`\\`py\nx\\`\\`\\`"),
        ("[bank](https://evil.example)", r"\[bank\](<https://evil.example>)"),
        ("<@123> <@&4> <#5> <t:1:R> </help:6> <:a:7>", None),
        ("# big", r"\# big"),
        ("-# small", r"\-# small"),
        ("fine\n> quoted\n- one\n* two\n+ three", "fine\n\\> quoted\n\\- one\n\\* two\n\\+ three"),
        ("1. one", r"1\. one"),
        ("a\\*b*", r"a\\\*b\*"),
        ("America/New_York a__b _c d_ e_", r"America/New_York a\_\_b \_c d\_ e\_"),
        ("discord.gg/abc", r"discord\.gg/abc"),
    ],
)
def test_markup_is_shown_as_it_was_typed(typed: str, shown: str | None):
    if shown is not None:
        assert escape(typed) == shown
    assert not re.search(r"(?<!\\)<(?!https?://)", escape(typed))


def test_nobody_is_called():
    for word in ("everyone", "here", "Everyone"):
        assert f"@{word}" not in escape(f"hello @{word}")


def test_addresses_stay_whole_and_open_no_preview():
    assert escape("join https://zoom.example/j/1_2_3?x=*.") == (
        r"join <https://zoom.example/j/1_2_3?x=>\*."
    )
    assert escape("see https://a.example/b_c, then") == "see <https://a.example/b_c>, then"
    assert escape("(https://a.example)") == "(<https://a.example>)"
    assert escape("https://") == "https://"


def test_code_cannot_be_left_from_within():
    shown = in_code("a`b``c||d\ne")
    assert shown.count("`") == 2
    assert "||" not in shown
    assert "\n" not in shown


_NASTY = st.text(alphabet=st.sampled_from(list("ab \n\\*_~`|<>[]()#@:-+.1/&!https")), max_size=80)


@given(_NASTY)
def test_no_special_sign_is_left_alone(typed: str):
    shown = re.sub(r"<https?://[^\s<>\[\]|*`\\\"]+>", "", escape(typed))
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "", shown)
    bare = re.sub(r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])", "", bare)
    assert not re.search(r"[*_~`|<\[\]]", bare)
    assert not re.search(r"(?m)^[ \t]*[#>+-]", shown)


@given(_NASTY, st.integers(min_value=5, max_value=30))
def test_pieces_lose_no_word_and_tear_no_escape(typed: str, most: int):
    shown = escape(typed)
    pieces = list(split(shown, most))
    assert all(len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(shown.split())
    for piece in pieces[:-1]:
        tail = len(piece) - len(piece.rstrip("\\"))
        assert tail % 2 == 0 or tail == len(piece)


@given(_NASTY)
def test_the_quick_look_changes_nothing(text: str) -> None:
    for one in (text, f"a {text}", f"line\n{text}", f"12{text} b", f"discord{text}"):
        assert escape(one) == with_rules(one)
