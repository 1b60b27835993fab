"""What can be asked for on the way from a file to a posted case. Tags stay for ever."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Annotated

from bot.domain.cases import Permission, Why
from bot.ui.action import Action, Ask, Option, Upload
from bot.ui.words import _

MOST_FILES = 10
CODE = _("Case")
CODE_HINT = _("Its code, as it stands below the case")

PERMISSIONS = (
    Option("consent", _("the patient agreed")),
    Option("policy", _("my institution's policy allows it")),
    Option("no_patient", _("no patient: a phantom, a drawing, a device")),
)


WHYS = (
    Option("tells", _("something may tell who the patient is")),
    Option("not_allowed", _("I doubt that it may be shown")),
    Option("wrong", _("something in it is wrong")),
    Option("unkind", _("it is not kind to somebody")),
    Option("other", _("something else")),
)


class Time(enum.Enum):
    """When it appears."""

    LATER = "later"
    NOW = "now"


TIMES = (Option("later", _("later: a night to think about it")), Option("now", _("now")))

_TITLE = Ask(_("Title"), hint=_("What it shows, without the story"), least=3, most=100)
_TEACHING = Ask(
    _("Teaching point"), hint=_("Findings and what to learn; stays covered"), least=3, most=1500,
    lines=5,
)  # fmt: skip
_QUESTION = Ask(_("Question"), hint=_("What you would like to discuss"), most=500, lines=2)
_HISTORY = Ask(
    _("History"), hint=_("An age band, no dates, no place"), most=1000, lines=4
)  # fmt: skip


@dataclass(frozen=True)
class StartCase(Action, tag="ca.post.1"):
    """The checklist."""


@dataclass(frozen=True)
class OpenCase(Action, tag="ca.begin.1"):
    """`Continue`: the form with the field for pictures."""


@dataclass(frozen=True)
class WriteCase(Action, tag="ca.write.1", memory_only=True):
    """Pictures and words of a case."""

    pictures: Annotated[
        tuple[Upload, ...],
        Ask(_("Pictures"), hint=_("Pictures, clips, DICOM or PDF"), least=1, most=MOST_FILES),
    ]
    title: Annotated[str, _TITLE]
    teaching: Annotated[str, _TEACHING]
    question: Annotated[str | None, _QUESTION] = None
    history: Annotated[str | None, _HISTORY] = None


@dataclass(frozen=True)
class ShowSheet(Action, tag="ca.sheet.1"):
    """One file with its findings."""

    draft: str
    number: int


@dataclass(frozen=True)
class SetCovered(Action, tag="ca.cover.1"):
    """Which findings are covered; the others are shown."""

    draft: str
    number: int
    covered: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoverPlace(Action, tag="ca.place.1"):
    """A corner or an edge is covered by hand."""

    draft: str
    number: int
    place: str = ""


@dataclass(frozen=True)
class CoverDrawn(Action, tag="ca.drawn.1"):
    """Places drawn with the mouse; four numbers each, in thousandths of the picture."""

    draft: str
    number: int
    edges: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenCells(Action, tag="ca.cell.1"):
    """The form for a place by its letter and number."""

    draft: str
    number: int


@dataclass(frozen=True)
class CoverCells(Action, tag="ca.cells.1", memory_only=True):
    """Cells of the grid are covered by hand."""

    draft: str
    number: int
    cells: Annotated[
        str,
        Ask(_("Cells"), hint=_("For example: B3, or A1-F1 for the whole top"), least=2, most=60),
    ]


@dataclass(frozen=True)
class DropDrawn(Action, tag="ca.undraw.1"):
    """What was covered by hand is shown again."""

    draft: str
    number: int


@dataclass(frozen=True)
class ShowWords(Action, tag="ca.words.1"):
    """What was found in the words, and what could stand there instead."""

    draft: str


@dataclass(frozen=True)
class SetReplaced(Action, tag="ca.repl.1"):
    """Which words are replaced."""

    draft: str
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenWords(Action, tag="ca.reword.1"):
    """The words again, with what is to be replaced replaced."""

    draft: str


@dataclass(frozen=True)
class WriteWords(Action, tag="ca.rewrite.1", memory_only=True):
    """Other words."""

    draft: str
    title: Annotated[str, _TITLE]
    teaching: Annotated[str, _TEACHING]
    question: Annotated[str | None, _QUESTION] = None
    history: Annotated[str | None, _HISTORY] = None


@dataclass(frozen=True)
class OpenDetails(Action, tag="ca.details.1"):
    """The last form before it can be posted."""

    draft: str


@dataclass(frozen=True)
class SayHow(Action, tag="ca.how.1", memory_only=True):
    """What it shows in words, when it appears, and by whose leave."""

    draft: str
    alt: Annotated[
        str,
        Ask(
            _("In words"),
            hint=_("What the pictures show, for those who cannot see them; a line for each"),
            least=5,
            most=1500,
            lines=4,
        ),
    ]
    permission: Annotated[Permission, Ask(_("Permission"), options=PERMISSIONS)]
    time: Annotated[Time, Ask(_("When"), options=TIMES)] = Time.LATER
    reader: Annotated[bool, Ask(_("Second reader"), hint=_("Somebody looks before it appears"))] = (
        False
    )
    anonymous: Annotated[
        bool, Ask(_("Without my name"), hint=_("Second readers and moderators still see it"))
    ] = False


@dataclass(frozen=True)
class PostIt(Action, tag="ca.yes.1"):
    """Exactly what was shown is posted; `digest` says what that was."""

    draft: str
    digest: str


@dataclass(frozen=True)
class ThrowAway(Action, tag="ca.drop.1"):
    """The draft goes."""

    draft: str


@dataclass(frozen=True)
class WithdrawCase(Action, tag="ca.withdraw.1"):
    """The author takes it down."""

    case: Annotated[str, Ask(CODE, hint=CODE_HINT, most=60, suggest="my_case")]


@dataclass(frozen=True)
class FlagCase(Action, tag="ca.flag.1"):
    """A second look is asked for."""

    case: Annotated[str, Ask(CODE, hint=CODE_HINT, most=100)]
    reason: Annotated[Why | None, Ask(_("Reason"), hint=_("Moderators read it"), options=WHYS)] = (
        None
    )


@dataclass(frozen=True)
class SayWhy(Action, tag="ca.why.1"):
    """Whoever asked for a second look adds why."""

    case: int
    why: str = ""
