"""What is asked for about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.reports import Category
from bot.services.reports import MOST_TEXT
from bot.ui.action import Action, Ask, Option
from bot.ui.words import Msg, _

CATEGORIES: dict[Category, Msg] = {
    Category.PRESSURE: _("Harassment or pressure"),
    Category.PATIENT_DATA: _("Patient data"),
    Category.ADVICE: _("Dangerous or false advice"),
    Category.ADVERTISING: _("Advertising"),
    Category.OTHER: _("Something else"),
}

_OPTIONS = tuple(Option(each.value, label) for each, label in CATEGORIES.items())


@dataclass(frozen=True)
class MakeReport(Action, tag="rp.report.1"):
    """Tell moderators who are not involved.

    `pointed`: somebody pointed at a message, by `author` if that is known, and `what` is where it
    stands.
    """

    what: Annotated[
        str,
        Ask(
            _("Whom or what"),
            hint=_("A member, or the link of a message"),
            most=300,
            suggest="reported",
        ),
    ]
    category: Annotated[
        str,
        Ask(
            _("Category"),
            options=_OPTIONS,
        ),
    ]
    text: Annotated[
        str | None,
        Ask(_("What happened"), hint=_("No patient details, please"), most=MOST_TEXT, lines=5),
    ] = None
    pointed: bool = False
    author: int = 0


@dataclass(frozen=True)
class TakeBackReport(Action, tag="rp.back.1"):
    """The reporter takes it back."""

    report: int


@dataclass(frozen=True)
class ShowReports(Action, tag="rp.list.1"):
    """Reports that wait for a moderator."""


@dataclass(frozen=True)
class ShowReport(Action, tag="rp.show.1"):
    """One report. `sure`: nobody knows who wrote the message, and the moderator says it is not
    their own matter.
    """

    report: int
    sure: bool = False


@dataclass(frozen=True)
class OpenAnswer(Action, tag="rp.open.1"):
    """The form of a word to the reporter."""

    report: int


@dataclass(frozen=True)
class CloseReport(Action, tag="rp.close.1"):
    """It was looked at."""

    report: int
    answer: Annotated[
        str | None,
        Ask(_("A word to whoever reported it"), hint=_("Without names"), most=600, lines=3),
    ] = None
