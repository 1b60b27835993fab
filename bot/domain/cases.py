"""Cases: what is known of one beside its content, which is never part of these records.

A row says who, when, where, which kinds of identifiers were found and what was chosen; no title, no
text, no file name.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.people import CommunityId, MemberId, Place

CaseId = NewType("CaseId", int)

COOL_OFF = timedelta(hours=24)
"""How long `later` is: a night to think about it."""
KEPT_FOR_REVIEW = timedelta(days=14)
"""How long a case may wait for a second reader before its draft goes."""


class CaseState(enum.Enum):
    """How far a case is."""

    REVIEW = "review"
    """A second reader is asked."""
    CHANGE = "change"
    """The second reader asked for a change; it is the author's turn."""
    COOLING = "cooling"
    """It is posted at `due`, unless the author thinks better of it."""
    POSTING = "posting"
    POSTED = "posted"
    HIDDEN = "hidden"
    """Somebody asked for a second look; hidden until a moderator took one."""
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    """A moderator took it down for good."""
    DECLINED = "declined"
    LOST = "lost"
    """Its draft was in the memory of a process that ended."""
    EXPIRED = "expired"


HELD = frozenset({CaseState.REVIEW, CaseState.CHANGE, CaseState.COOLING})
"""Not posted yet: the content is held somewhere."""
SHOWN = frozenset({CaseState.POSTED, CaseState.HIDDEN})


class Reading(enum.Enum):
    """Whether a second reader looks at a case before it appears."""

    OFF = "off"
    ON_REQUEST = "on_request"
    ALWAYS = "always"


class Why(enum.Enum):
    """Why a second look was asked for. Kinds only: in free words somebody would name the patient,
    to say what must not be read."""

    TELLS = "tells"
    NOT_ALLOWED = "not_allowed"
    WRONG = "wrong"
    UNKIND = "unkind"
    OTHER = "other"


class Permission(enum.Enum):
    """On what ground the author may show it."""

    CONSENT = "consent"
    POLICY = "policy"
    NO_PATIENT = "no_patient"


@dataclass(frozen=True, slots=True)
class Rules:
    """What moderators decided about cases. `durable`: drafts that wait are kept, encrypted, so that
    they outlive a restart."""

    reading: Reading = Reading.ON_REQUEST
    durable: bool = False


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a posted case stands: ids of its messages, and of files apart from them."""

    messages: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is written down when an author said yes. `digest` is of the bytes they saw.

    `found` and `kept`: kinds of identifiers, as words of the engine; `drawn`: how many places the
    author covered by hand.
    """

    community: CommunityId
    author: MemberId
    place: Place
    channel: str
    state: CaseState
    digest: str
    permission: Permission
    anonymous: bool = False
    later: bool = False
    due: datetime | None = None
    expires: datetime | None = None
    found: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. `reader`: the second reader who decided; `word`: what they said to the
    author, kept until they were told. `flagged`: who asked for a second look, and `why`."""

    id: CaseId
    code: str
    new: NewCase
    state: CaseState
    at: datetime
    due: datetime | None
    expires: datetime | None
    digest: str
    stands: Stands | None = None
    reader: MemberId | None = None
    word: str = ""
    flagged: MemberId | None = None
    why: Why | None = None

    @property
    def community(self) -> CommunityId:
        """Where it belongs."""
        return self.new.community

    @property
    def author(self) -> MemberId:
        """Whose it is."""
        return self.new.author


class Act(enum.Enum):
    """What is noted about a case, in the order in which it happens."""

    CONFIRMED = "confirmed"
    POSTED = "posted"
    APPROVED = "approved"
    CHANGE_ASKED = "change_asked"
    DECLINED = "declined"
    FLAGGED = "flagged"
    SHOWN_AGAIN = "shown_again"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    LOST = "lost"
