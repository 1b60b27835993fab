"""Sentences as values: arguments, plurals, atoms, and no markup from what people type."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import MemberId, Someone
from bot.ui.language import catalogue, plainly
from bot.ui.visible import isolated
from bot.ui.words import Listing, Person, Slash, Strong, Typed, When, Words, _, ngettext

ENGLISH = catalogue("en")
LONDON = ZoneInfo("Europe/London")


def plain(words: Words) -> str:
    return plainly(words, ENGLISH, LONDON)


def test_a_sentence_takes_atoms() -> None:
    words = _(
        "{who} hosts {title} on {when}; see {command}.",
        who=Person(Someone(MemberId(1), "Ana")),
        title=Strong("PAD night"),
        when=When(datetime(2027, 7, 1, 17, tzinfo=UTC)),
        command=Slash("hours list"),
    )
    assert plain(words) == "Ana hosts PAD night on Thu, 1 Jul 2027, 18:00 BST; see /hours list."


@pytest.mark.parametrize(("count", "said"), [(0, "0 seats"), (1, "1 seat"), (2, "2 seats")])
def test_plurals(count: int, said: str) -> None:
    assert plain(ngettext("{count} seat", "{count} seats", count)) == said


def test_several_things_in_one_sentence() -> None:
    words = _("With {names}.", names=Listing((Typed("Ana"), Typed("Ben"), Typed("Cy"))))
    assert plain(words) == "With Ana, Ben and Cy."


def test_sentences_compare_by_value() -> None:
    assert _("{a} {b}", a=Typed("1"), b=Typed("2")) == _("{a} {b}", b=Typed("2"), a=Typed("1"))


@pytest.mark.parametrize("text", ["{missing}", "{who!r}", "{who:>9}", "{who.name}", "{0}"])
def test_a_sentence_with_a_hole_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(ValueError, match="no plain argument"):
        _(text, who=Typed("Ana"))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        When(datetime(2027, 7, 1, 17))  # noqa: DTZ001 - the point of the test


@given(st.text())
def test_typed_text_is_never_a_template(text: str) -> None:
    assert plain(_("You wrote: {text}", text=Typed(text))) == f"You wrote: {isolated(text)}"
