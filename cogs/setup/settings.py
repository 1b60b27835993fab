"""What can be changed about a community as a whole."""

from __future__ import annotations

from bot.runtime.settable import Settable
from bot.services import kinds
from bot.ui.language import languages
from bot.ui.words import Strong, _
from cogs.setup.actions import StartSetup

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
    undoable=False,
)
