"""What can be changed about a community as a whole."""

from __future__ import annotations

from bot.domain.people import CommunityId
from bot.runtime.settable import Settable
from bot.services import kinds
from bot.services.ports import Work
from bot.ui.language import languages
from bot.ui.parts import Text
from bot.ui.words import Msg, Slash, Strong, _
from cogs.setup.actions import StartSetup


def _begun(work: Work, community: CommunityId, value: str) -> Msg | None:
    if value == kinds.ON or not work.joins.in_use(community):
        return None
    return _(
        "Members have begun something here, and that is theirs, so the community stays open. What"
        " is on can be switched off for itself: {start}.",
        start=Slash("setup start"),
    )


ZONE_SETTING = Settable(
    kinds.ZONE,
    kinds.only(kinds.ZONE.name),
    lambda _setting: _("The community's zone"),
    lambda _setting, value: Strong(value),
    StartSetup(),
)
LANGUAGE_SETTING = Settable(
    kinds.LANGUAGE,
    kinds.only(kinds.LANGUAGE.name),
    lambda _setting: _("The community's language"),
    lambda _setting, value: Strong(languages().get(value, value)),
    StartSetup(),
)
OPEN_SETTING = Settable(
    kinds.OPEN,
    kinds.only(kinds.OPEN.name),
    lambda _setting: _("Open to members"),
    lambda _setting, value: _("yes") if value == kinds.ON else _("no"),
    StartSetup(),
    stays=_begun,
)
OTHER_ZONE = (
    Text(
        _(
            "For members who have not said where they are, the times they type are read in"
            " the new zone from then on."
        )
    ),
    Text(_("Sessions that are planned already stay when they are; nobody is written to.")),
)
"""What another zone means."""
