"""What moderators decide about the directory, and blocks. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import MemberId
from bot.domain.taxonomy import LONGEST_LABEL, List
from bot.ui.action import Action, Ask, RoleRef
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
class ShowBlocks(Action, tag="mn.blocks.1"):
    """Whom I block, and ending it."""


@dataclass(frozen=True)
class VerifyMentor(Action, tag="mn.verify.1"):
    """A moderator vouches for a mentor."""

    member: Annotated[MemberId, Ask(_("Mentor"))]
    how: Annotated[
        str | None,
        Ask(_("How"), hint=_("Shown on the card; empty shows what stands there"), most=100),
    ] = None


@dataclass(frozen=True)
class OpenVerify(Action, tag="mn.seal_ask.1"):
    """Opens the form of how somebody is known."""

    member: MemberId


@dataclass(frozen=True)
class Unverify(Action, tag="mn.unseal.1"):
    """Nobody vouches for this mentor any more."""

    member: MemberId


@dataclass(frozen=True)
class KeptSeal(Action, tag="mn.seal.1"):
    """A seal that was taken back, kept for a while. `at`: seconds."""

    member: MemberId
    by: MemberId
    at: int
    how: str


@dataclass(frozen=True)
class SealAgain(Action, tag="mn.reseal.1"):
    """What was taken back stands again."""

    draft: str


@dataclass(frozen=True)
class ShowVerified(Action, tag="mn.rule_now.1"):
    """Which mentors are shown, as it stands."""


@dataclass(frozen=True)
class RequireVerified(Action, tag="mn.rule.1"):
    """Whether only verified mentors are shown."""

    on: bool


@dataclass(frozen=True)
class ShowDirectory(Action, tag="mn.rules.1"):
    """How the directory is kept here: who may look, who is shown, what can be chosen."""


@dataclass(frozen=True)
class OpenLimit(Action, tag="mn.limit_ask.1"):
    """Opens the form of who may look."""


@dataclass(frozen=True)
class LimitDirectory(Action, tag="mn.limit.1"):
    """Only these may look for mentors and ask them."""

    role: Annotated[
        RoleRef | None,
        Ask(_("A role"), hint=_("Where there are no roles, leave it and choose people")),
    ] = None
    people: Annotated[tuple[MemberId, ...], Ask(_("People"), most=25, form_only=True)] = ()


@dataclass(frozen=True)
class OpenDirectory(Action, tag="mn.unlimit.1"):
    """Every member may look."""


@dataclass(frozen=True)
class ShowList(Action, tag="mn.list.1"):
    """One list that people choose from."""

    of: List = List.TOPICS


@dataclass(frozen=True)
class OpenEntry(Action, tag="mn.entry_ask.1"):
    """Opens the form of one entry; without a key, of a new one."""

    of: List
    key: str = ""


@dataclass(frozen=True)
class PutEntry(Action, tag="mn.entry.1"):
    """Adds an entry, renames it, takes it off or puts it back."""

    of: List
    key: str
    label: Annotated[str, Ask(_("As people read it"), least=1, most=LONGEST_LABEL)]
    off: Annotated[
        bool,
        Ask(_("Not offered any more"), hint=_("Whoever chose it keeps it")),
    ] = False
