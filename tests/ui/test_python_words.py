"""Options whose names Python keeps for itself."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from bot.domain.people import CommunityId
from bot.errors import DeclarationError
from bot.ui.action import Action, Ask, fields_of
from bot.ui.wire import from_wire, to_wire
from bot.ui.words import _


@dataclass(frozen=True)
class Walk(Action, tag="t.walk.1"):
    from_: Annotated[str | None, Ask(_("From"))] = None
    step: int = 0


@dataclass(frozen=True)
class Odd(Action, tag="t.odd.1"):
    step_: int = 0


def test_the_option_has_no_underscore_and_travels():
    assert list(fields_of(Walk)) == ["from", "step"]
    wire = to_wire(Walk("here", 2), CommunityId(1))
    assert wire == 't.walk.1[1,"here",2]'
    assert from_wire(wire, {Walk.tag: Walk}).action == Walk("here", 2)


def test_an_underscore_for_no_reason_is_a_mistake():
    with pytest.raises(DeclarationError):
        fields_of(Odd)
