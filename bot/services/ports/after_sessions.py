"""What is needed from storage after a session, and about questions without a name."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.after_session import SessionStep, SessionStepId, Thanks, ThanksId
from bot.domain.office_hours import SessionId
from bot.domain.pairs import StepState
from bot.domain.people import CommunityId, MemberId
from bot.domain.unseen import About, Reveal, RevealId


class AfterSessions(Protocol):
    """Next steps, thank-yous, muted authors and wishes to reveal one, calendar addresses."""

    def add_step(
        self, session: SessionId, owner: MemberId, text: str, due: datetime
    ) -> SessionStep:
        """Write a next step."""
        ...

    def step(self, id: SessionStepId) -> SessionStep | None:
        """By id."""
        ...

    def set_step(self, id: SessionStepId, state: StepState, due: datetime) -> None:
        """Keep what changed."""
        ...

    def thank(
        self, session: SessionId, member: MemberId, text: str, now: datetime
    ) -> Thanks | None:
        """Write a thank-you; None if there is one."""
        ...

    def thanks(self, id: ThanksId) -> Thanks | None:
        """By id."""
        ...

    def thanks_to(
        self, host: MemberId, community: CommunityId, first: datetime, until: datetime
    ) -> tuple[Thanks, ...]:
        """Those for sessions that a member hosted, said from `first` to before `until`."""
        ...

    def muted_until(self, community: CommunityId, member: MemberId) -> datetime | None:
        """Until when a member asks no anonymous questions here."""
        ...

    def muted_for(self, community: CommunityId, about: About) -> datetime | None:
        """Until when the author of a question is muted because of this one."""
        ...

    def mute(
        self, community: CommunityId, about: About, member: MemberId, until: datetime | None
    ) -> None:
        """Mute the author of a question until then; None takes back what came of this one."""
        ...

    def set_feed(self, community: CommunityId, member: MemberId, digest: str | None) -> bool:
        """Give a member's calendar another address, or none; whether it had one."""
        ...

    def has_feed(self, community: CommunityId, member: MemberId) -> bool:
        """Whether a member's calendar has an address here."""
        ...

    def feed(self, digest: str) -> tuple[CommunityId, MemberId] | None:
        """Whose calendar has this address."""
        ...

    def add_reveal(
        self, community: CommunityId, about: About, by: MemberId, now: datetime
    ) -> Reveal:
        """A moderator's wish to learn who asked."""
        ...

    def reveal_of(self, about: About) -> Reveal | None:
        """The latest wish about a question, held."""
        ...

    def reveal(self, id: RevealId) -> Reveal | None:
        """By id."""
        ...

    def agree(self, id: RevealId, by: MemberId) -> None:
        """A second moderator wants it too."""
        ...
