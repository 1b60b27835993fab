"""What can be asked for about questions without a name. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.unseen import Source
from bot.ui.action import Action, Ask
from bot.ui.words import _


@dataclass(frozen=True)
class LookInto(Action, tag="un.look.1"):
    """A question to the community by its code, or those of a session by the code of that."""

    question: Annotated[
        str,
        Ask(_("Question"), hint=_("Its code, as in the post; or the code of a session"), most=20),
    ]


@dataclass(frozen=True)
class LookIntoOne(Action, tag="un.one.1"):
    """One question."""

    source: Source
    question: str = ""


@dataclass(frozen=True)
class Mute(Action, tag="un.mute.1"):
    """Mutes whoever asked, or takes that back."""

    source: Source
    question: int
    muted: bool


@dataclass(frozen=True)
class PutAside(Action, tag="un.aside.1"):
    """Takes a question off the roster of its session, or puts it back."""

    question: int
    aside: bool


@dataclass(frozen=True)
class Want(Action, tag="un.want.1"):
    """Asks the other moderators."""

    source: Source
    question: int


@dataclass(frozen=True)
class Agree(Action, tag="un.agree.1"):
    """A second moderator agrees."""

    source: Source
    question: int


@dataclass(frozen=True)
class FlagQuestion(Action, tag="oh.flag.1"):
    """Who leads a session asks a moderator to look at a question."""

    question: str = ""
