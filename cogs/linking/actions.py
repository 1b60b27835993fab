"""What can be asked for about linked accounts. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import MemberId
from bot.ui.action import Action, Ask
from bot.ui.words import _


@dataclass(frozen=True)
class LinkMine(Action, tag="my.link.1"):
    """A code for my other account, or the code that it gave me."""

    code: Annotated[
        str | None, Ask(_("Code"), hint=_("From your other account; empty for a new one"), most=20)
    ] = None


@dataclass(frozen=True)
class AgreeToLink(Action, tag="my.link_yes.1"):
    """Whoever typed the code: both accounts are mine."""

    code: str


@dataclass(frozen=True)
class LinkNow(Action, tag="my.linked.1"):
    """Whoever made the code: the account that typed it is mine."""

    other: MemberId


@dataclass(frozen=True)
class RefuseLink(Action, tag="my.link_no.1"):
    """Whoever made the code: that account is not mine."""


@dataclass(frozen=True)
class AskUnlink(Action, tag="my.unlink.1"):
    """What taking an account out would do."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True)
class Unlink(Action, tag="my.unlinked.1"):
    """Take it out."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True)
class LeaveAccounts(Action, tag="my.link_not.1"):
    """Leave accounts as they are."""
