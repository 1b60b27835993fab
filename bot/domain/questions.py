"""A question put to a community: followed until somebody answers and the asker says so."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import CommunityId, MemberId

AskedId = NewType("AskedId", int)

_NOT_SAID = re.compile(r"```.*?```|`[^`]*`|https?://\S+|^>.*$", re.DOTALL | re.MULTILINE)
_ASKS = re.compile(r"[?？؟](?=\W|$)")
_LEAST_WORDS = 4


def looks_like_question(text: str) -> bool:
    """Whether an ordinary message asks something: a few words and a question mark among them.

    What is quoted, code or an address does not count.
    """
    said = _NOT_SAID.sub(" ", text)
    return _ASKS.search(said) is not None and len(said.split()) >= _LEAST_WORDS


class AskedState(enum.Enum):
    """How far a question is."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `anonymous`: nobody but the bot knows who asked.

    `heard`: somebody said that they answered, and the asker has not said that it helped.
    `link`: where it stands, if it is an ordinary message; then `text` is empty.
    """

    id: AskedId
    code: str
    community: CommunityId
    asker: MemberId
    anonymous: bool
    topic: str
    text: str
    at: datetime
    state: AskedState = AskedState.OPEN
    heard: bool = False
    link: str = ""
