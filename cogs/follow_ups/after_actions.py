"""What can be asked for after an office hour. Tags stay for ever; fields are the options' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.domain.office_hours import Came
from bot.domain.pairs import StepState
from bot.ui.action import Action, Ask
from bot.ui.words import _

_DUE = _("For example: Fri, in 2 weeks, 2027-03-11")


@dataclass(frozen=True)
class SayThanks(Action, tag="fu.thanks.1", memory_only=True):
    """A thank-you to the host, with a line or without."""

    about: int
    text: Annotated[
        str | None, Ask(_("A line"), hint=_("The host reads it with your name"), most=300, lines=3)
    ] = None


@dataclass(frozen=True)
class OpenThanks(Action, tag="fu.open_thx.1"):
    """The form of a thank-you."""

    about: int


@dataclass(frozen=True)
class NoteStep(Action, tag="fu.note_step.1", memory_only=True):
    """One next step with a date."""

    about: int
    text: Annotated[str, Ask(_("Next step"), hint=_("One thing, small enough to do"), most=300)]
    due: Annotated[date | None, Ask(_("By"), hint=_DUE)] = None


@dataclass(frozen=True)
class OpenNote(Action, tag="fu.open_note.1"):
    """The form of a next step."""

    about: int


@dataclass(frozen=True)
class LetBe(Action, tag="fu.let_be.1"):
    """Nothing to say."""

    about: int


@dataclass(frozen=True)
class OwnWord(Action, tag="fu.own_word.1"):
    """Whether one was there."""

    about: int
    came: Came


@dataclass(frozen=True)
class MarkNote(Action, tag="fu.mark_note.1"):
    """A step after a session is done, or dropped."""

    step: int
    state: StepState


@dataclass(frozen=True)
class OpenNoteDate(Action, tag="fu.open_nd.1"):
    """The form of a new date."""

    step: int


@dataclass(frozen=True)
class MoveNote(Action, tag="fu.move_note.1"):
    """A step after a session gets a new date."""

    step: int
    due: Annotated[date, Ask(_("New date"), hint=_DUE)]
