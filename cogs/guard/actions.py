"""What can be asked of the guard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.guard import Watch
from bot.domain.people import Role
from bot.ui.action import Action, Ask, ChannelRef, Option, RoleRef
from bot.ui.words import _

WATCHES = (
    Option(Watch.OFF.value, _("off: nothing is looked at")),
    Option(Watch.WARN.value, _("warn: tell the author privately")),
    Option(Watch.HOLD.value, _("hold: take it down as well")),
)
ROLES = (
    Option(Role.MODERATOR.value, _("moderators")),
    Option(Role.REVIEWER.value, _("reviewers of cases")),
    Option(Role.HOST.value, _("hosts of office hours")),
)


@dataclass(frozen=True)
class ShowNote(Action, tag="gd.note.1"):
    """A note that could not be delivered, for its author alone."""

    code: str


@dataclass(frozen=True)
class ShowGuard(Action, tag="gd.panel.1"):
    """What is watched, and what is missing for it."""


@dataclass(frozen=True)
class OpenWatch(Action, tag="gd.open.1"):
    """The form of one channel."""


@dataclass(frozen=True)
class ProposeWatch(Action, tag="gd.prop.1"):
    """Old and new for a channel, before it changes."""

    channel: Annotated[ChannelRef, Ask(_("Channel"))]
    watch: Annotated[Watch, Ask(_("What happens there"), options=WATCHES)]


@dataclass(frozen=True)
class OpenElsewhere(Action, tag="gd.open_rest.1"):
    """The form of all channels without a rule of their own."""


@dataclass(frozen=True)
class ProposeElsewhere(Action, tag="gd.prop_rest.1"):
    """Old and new for all of them."""

    watch: Annotated[Watch, Ask(_("What happens there"), options=WATCHES)]


@dataclass(frozen=True)
class OpenPass(Action, tag="gd.open_pass.1"):
    """The form of a role whose messages are not looked at; `own`: one of the place's own."""

    own: bool = False


@dataclass(frozen=True)
class ProposePass(Action, tag="gd.prop_pass.1"):
    """Old and new for a role of the community."""

    role: Annotated[str, Ask(_("Role"), options=ROLES)]


@dataclass(frozen=True)
class ProposeOwnPass(Action, tag="gd.prop_own.1"):
    """Old and new for a role of the place's own."""

    role: Annotated[RoleRef, Ask(_("Role"))]


@dataclass(frozen=True)
class ShowSieve(Action, tag="gd.sieve.1"):
    """The rules that the platform itself applies."""


@dataclass(frozen=True)
class WriteSieve(Action, tag="gd.write.1"):
    """Write or update them."""


@dataclass(frozen=True)
class DropSieve(Action, tag="gd.drop.1"):
    """Take them away."""
