"""After a session: a thank-you, and a next step that somebody takes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.office_hours import SessionId
from bot.domain.pairs import StepState
from bot.domain.people import MemberId

SessionStepId = NewType("SessionStepId", int)
ThanksId = NewType("ThanksId", int)

USUAL_STEP = timedelta(days=14)
"""When a next step is due if nobody says."""


@dataclass(frozen=True, slots=True)
class SessionStep:
    """Something somebody will do after a session."""

    id: SessionStepId
    session: SessionId
    owner: MemberId
    text: str
    due: datetime
    state: StepState


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thank-you to the host, with a line or without. One for each person and session."""

    id: ThanksId
    session: SessionId
    member: MemberId
    text: str
    at: datetime
