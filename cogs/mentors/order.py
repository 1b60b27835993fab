"""The rule by which mentors and requests stand in order, as people read it."""

from __future__ import annotations

from bot.domain.finding import FIRSTS_A_WEEK
from bot.ui.parts import Style, Text
from bot.ui.words import _

ORDER = _(
    "Whoever carries the least of what they offered stands first; no mentor stands first for more"
    " than {count} people a week while another one has room.",
    count=FIRSTS_A_WEEK,
)
ORDER_RULES = (
    Text(_("In which order mentors and requests stand"), Style.HEADING),
    Text(ORDER),
    Text(
        _(
            "After that, whoever fits better, and whoever was first least often that week. Nobody"
            " can buy or ask for a place."
        )
    ),
    Text(
        _(
            "Among requests, and in rounds of matching, people rise who have no IR programme at"
            " home, who have looked longest, and who found nobody so far."
        )
    ),
    Text(
        _(
            "Shared background counts only where both volunteered it for matching; it is shown to"
            " nobody and is no filter."
        )
    ),
)
