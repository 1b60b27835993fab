"""How people work together, as choices of a form; the lighter ones first."""

from __future__ import annotations

from bot.domain.taxonomy import Format
from bot.ui.action import Option
from bot.ui.words import _

FORMATS = (
    Option(Format.QUESTION, _("One question")),
    Option(Format.TALK, _("One talk of 15-20 min")),
    Option(Format.PROJECT, _("A short project")),
    Option(Format.VISIT, _("Shadowing or a visit")),
    Option(Format.ONGOING, _("Ongoing")),
    Option(Format.OTHER, _("Something else, as agreed")),
)
