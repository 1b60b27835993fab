"""What can be asked for about matching rounds. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import MemberId
from bot.ui.action import Action, Ask
from bot.ui.words import _


@dataclass(frozen=True)
class ShowRound(Action, tag="mn.match.1"):
    """How the round stands. `page` counts pairs of the draft from 0."""

    page: int = 0


@dataclass(frozen=True)
class OpenRound(Action, tag="mn.m_new.1"):
    """A new round."""


@dataclass(frozen=True)
class AskCancel(Action, tag="mn.m_off_ask.1"):
    """Who would hear that nothing comes of it."""

    round: int


@dataclass(frozen=True)
class CancelRound(Action, tag="mn.m_off.1"):
    """Nothing comes of it."""

    round: int


@dataclass(frozen=True)
class OpenJoin(Action, tag="mn.m_in.1"):
    """Opens the form of taking part."""

    round: int
    mentors: bool


@dataclass(frozen=True)
class JoinRound(Action, tag="mn.m_join.1"):
    """Takes part; whom one would like is up to each."""

    round: int
    mentors: bool
    first: Annotated[MemberId | None, Ask(_("First wish"))] = None
    second: Annotated[MemberId | None, Ask(_("Second wish"))] = None
    third: Annotated[MemberId | None, Ask(_("Third wish"))] = None
    equal: Annotated[bool, Ask(_("In no order"), hint=_("One of them is as good as the other"))] = (
        False
    )


@dataclass(frozen=True)
class LeaveRound(Action, tag="mn.m_leave.1"):
    """Does not take part, after all."""

    round: int


@dataclass(frozen=True)
class MakeDraft(Action, tag="mn.m_draft.1"):
    """Who would fit whom."""

    round: int
    revision: int


@dataclass(frozen=True)
class AskDraft(Action, tag="mn.m_again.1"):
    """What a new draft would undo, before it does."""

    round: int
    revision: int


@dataclass(frozen=True)
class OpenMove(Action, tag="mn.m_edit.1"):
    """Opens the form of one pair."""

    round: int
    revision: int
    trainee: MemberId


@dataclass(frozen=True)
class MovePair(Action, tag="mn.m_move.1"):
    """Another mentor for one trainee; without one, none."""

    round: int
    revision: int
    trainee: MemberId
    mentor: Annotated[MemberId | None, Ask(_("Mentor"), hint=_("Empty: no pair for now"))] = None


@dataclass(frozen=True)
class AskPublish(Action, tag="mn.m_go_ask.1"):
    """Who would hear what."""

    round: int
    revision: int


@dataclass(frozen=True)
class PublishRound(Action, tag="mn.m_go.1"):
    """The pairs come to be, and everybody hears it."""

    round: int
    revision: int


@dataclass(frozen=True)
class OpenApart(Action, tag="mn.m_apart.1"):
    """Opens the form of two who are not to be paired."""


@dataclass(frozen=True)
class KeepApart(Action, tag="mn.m_keep.1"):
    """These two are never paired; confidential."""

    one: Annotated[MemberId, Ask(_("One"))]
    other: Annotated[MemberId, Ask(_("The other"))]


@dataclass(frozen=True)
class LetMeet(Action, tag="mn.m_meet.1"):
    """They may be paired again."""

    one: MemberId
    other: MemberId


@dataclass(frozen=True)
class ShowApart(Action, tag="mn.m_list.1"):
    """Who is not paired with whom; confidential."""

    page: int = 0


@dataclass(frozen=True)
class ShowTaking(Action, tag="mn.m_who.1"):
    """Who takes part, and whom they would like."""

    page: int = 0
