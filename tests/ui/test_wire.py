"""Actions as short text and back, and what is refused."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moment import Moment
from bot.domain.people import CommunityId, MemberId
from bot.errors import DeclarationError, StaleControl
from bot.ui.action import Action, Ask, Kind, Upload, fields_of
from bot.ui.wire import from_wire, split_wire, to_wire
from bot.ui.words import _

HOME = CommunityId(7)


class Fruit(enum.Enum):
    FIG = "fig"
    PEAR = "pear"


@dataclass(frozen=True)
class Everything(Action, tag="t.all.1"):
    code: Annotated[str, Ask(_("Code"))]
    count: int = 1
    really: bool = False
    fruit: Fruit = Fruit.FIG
    fruits: tuple[Fruit, ...] = ()
    day: date | None = None
    at: Moment | None = None
    who: MemberId | None = None
    note: str | None = None


@dataclass(frozen=True)
class Handing(Action, tag="t.file.1"):
    files: Annotated[tuple[Upload, ...], Ask(_("Files"))] = ()


ACTIONS: dict[str, type[Action]] = {each.tag: each for each in (Everything, Handing)}
LONDON = ZoneInfo("Europe/London")
MOMENTS = st.integers(1_600_000_000, 2_200_000_000).map(
    lambda seconds: Moment(
        at=datetime.fromtimestamp(seconds, UTC),
        zone=LONDON,
        wall=datetime.fromtimestamp(seconds, LONDON).replace(tzinfo=None),
    )
)


@given(
    st.builds(
        Everything,
        code=st.text(max_size=8),
        count=st.integers(-(2**31), 2**31),
        really=st.booleans(),
        fruit=st.sampled_from(Fruit),
        fruits=st.lists(st.sampled_from(Fruit), max_size=2).map(tuple),
        day=st.none() | st.dates(),
        at=st.none() | MOMENTS,
        who=st.none() | st.integers(1, 2**40).map(MemberId),
        note=st.none() | st.text(max_size=3),
    )
)
def test_what_fits_comes_back_as_it_was(action: Everything) -> None:
    try:
        wire = to_wire(action, HOME)
    except ValueError:
        return  # too long for a button: refused where it is built, which is tested below
    asked = from_wire(wire, ACTIONS)
    assert (asked.action, asked.community, asked.fills) == (action, HOME, None)
    assert len(wire) <= 100


def test_defaults_at_the_end_take_no_room() -> None:
    assert to_wire(Everything("k3f9"), HOME) == 't.all.1[7,"k3f9"]'


def test_a_list_says_which_field_it_fills() -> None:
    wire = to_wire(Everything("k3f9"), HOME, "fruit")
    assert wire == 't.all.1[7,"k3f9"]#fruit'
    assert from_wire(wire, ACTIONS).fills == "fruit"


def test_what_does_not_fit_is_refused_when_built() -> None:
    with pytest.raises(ValueError, match="does not fit a button"):
        to_wire(Everything("x" * 100), HOME)


def test_files_never_travel() -> None:
    with pytest.raises(ValueError, match="cannot travel"):
        to_wire(Handing((Upload("a.png", b"pixels"),)), HOME)


@pytest.mark.parametrize(
    "wire",
    [
        "",
        "t.all.1",
        "t.all.1[]",
        "t.all.1[7]",
        't.all.1["7","k"]',
        't.all.1[true,"k"]',
        "t.all.1[7,3]",
        't.all.1[7,"k","two"]',
        't.all.1[7,"k",true]',
        't.all.1[7,"k",1,1]',
        't.all.1[7,"k",1,false,"plum"]',
        't.all.1[7,"k",1,false,"fig",["plum"]]',
        't.all.1[7,"k",1,false,"fig",[],"2027-13-01"]',
        't.all.1[7,"k",1,false,"fig",[],null,[1,"Mars/Olympus"]]',
        't.all.1[7,"k",1,false,"fig",[],null,[1,"../../etc/passwd"]]',
        't.all.1[7,"k",1,false,"fig",[],null,[99999999999999999,"UTC"]]',
        't.all.1[7,"k",1,false,"fig",[],null,null,99999999999999999999]',
        't.all.1[7,"k",1,false,"fig",[],null,null,1,"n","more"]',
        't.all.2[7,"k"]',
        't.all.1[7,"k"]#nothing',
        't.all.1{"a":1}',
        "t.all.1[[[[[[1]]]]]]",
        't.all.1[7,{"a":1}]',
        't.file.1[7,["a"]]',
        "t.all.1[NaN]",
        't.all.1[7,"' + "x" * 200 + '"]',
    ],
)
def test_a_payload_that_is_not_ours_is_refused(wire: str) -> None:
    with pytest.raises(StaleControl):
        from_wire(wire, ACTIONS)


@pytest.mark.parametrize("wire", ["t.all.1[[[[[1]]]]]", 't.all.1[7,{"a":[]}]'])
def test_what_is_nested_deeper_than_any_record_is_not_even_taken_apart(wire: str) -> None:
    with pytest.raises(StaleControl, match="too deep"):
        split_wire(wire)


@given(st.text(max_size=120) | st.text(max_size=80).map(lambda text: f"t.all.1[7,{text}]"))
def test_any_text_is_read_or_refused(wire: str) -> None:
    try:
        asked = from_wire(wire, ACTIONS)
    except StaleControl:
        return
    assert isinstance(asked.action, Everything | Handing)


def test_the_kind_of_a_field_follows_from_its_type() -> None:
    kinds = {name: field.kind for name, field in fields_of(Everything).items()}
    assert kinds == {
        "code": Kind.TEXT,
        "count": Kind.WHOLE,
        "really": Kind.YES_NO,
        "fruit": Kind.CHOICE,
        "fruits": Kind.CHOICES,
        "day": Kind.DAY,
        "at": Kind.MOMENT,
        "who": Kind.MEMBER,
        "note": Kind.TEXT,
    }


def test_a_type_without_a_control_is_refused_when_declared() -> None:
    @dataclass(frozen=True)
    class Odd(Action, tag="t.odd.1"):
        weight: float = 1.0

    with pytest.raises(DeclarationError, match="weight"):
        fields_of(Odd)


def test_a_tag_has_its_form() -> None:
    with pytest.raises(DeclarationError):

        @dataclass(frozen=True)
        class Untagged(Action, tag="Join Session"):
            pass
