"""Words for what moderators did in somebody else's matter; see bot/services/staff.py."""

from __future__ import annotations

from collections.abc import Mapping

from bot.ui.words import Msg, _

ACTS: Mapping[str, Msg] = {
    "seat.add": _("Gave a seat"),
    "seat.move": _("Moved a seat"),
    "seat.remove": _("Took a seat back"),
    "listing.remove": _("Took a mentor's listing down"),
    "verify": _("Vouched for a mentor"),
    "unverify": _("Took a verification back"),
    "hold": _("Put messages on hold"),
    "resume": _("Let messages go on"),
    "join": _("Joined two places"),
    "case.remove": _("Took a case down"),
}
