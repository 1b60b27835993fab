"""What moderators decide about the directory, and blocks. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import MemberId
from bot.ui.action import Action, Ask
from bot.ui.words import _


@dataclass(frozen=True)
class BlockMember(Action, tag="mn.block.1"):
    """Nothing to do with each other from now on; silent."""

    member: Annotated[MemberId, Ask(_("Member"))]


@dataclass(frozen=True)
class UnblockMember(Action, tag="mn.unblock.1"):
    """The block ends."""

    member: MemberId


@dataclass(frozen=True)
class VerifyMentor(Action, tag="mn.verify.1"):
    """A moderator vouches for a mentor."""

    member: Annotated[MemberId, Ask(_("Mentor"))]
    how: Annotated[
        str | None,
        Ask(_("How"), hint=_("Shown on the card; empty takes it back"), most=100),
    ] = None


@dataclass(frozen=True)
class ShowVerified(Action, tag="mn.rule_now.1"):
    """Which mentors are shown, as it stands."""


@dataclass(frozen=True)
class RequireVerified(Action, tag="mn.rule.1"):
    """Whether only verified mentors are shown."""

    on: bool
