"""What a feature lets moderators change: settings with a way back, and wordings.

A `Settable` joins a kind of setting (bot/services/audit.py) with its words. A `CommunityText` is a
sentence of ours that a community may replace by its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.audit import Setting
from bot.domain.people import CommunityId
from bot.services.audit import Kind
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.words import Msg, Typed, Words

TEXT = "text"
"""The kind of setting that keeps a community's own wording; its name is the text's key."""
MOST_TEXT = 1500


@dataclass(frozen=True)
class Settable:
    """A kind of setting with its words.

    `every`: the settings of this kind in a community. `named`: which one it is. `worded`: a value
    as people read it. `panel`: what shows how they stand. `stays`: why it can have a value no more.
    """

    kind: Kind
    every: Callable[[Work, CommunityId], tuple[Setting, ...]]
    named: Callable[[Setting], Msg]
    worded: Callable[[Setting, str], Words]
    panel: Action
    stays: Callable[[Work, CommunityId, str], Msg | None] | None = None


@dataclass(frozen=True)
class CommunityText:
    """A wording that a community may replace. `label` names it, `shown` says where it is read.

    `most`: characters of a community's own. `refuses`: says why one will not do. Read it with
    `wording`.
    """

    key: str
    label: Msg
    shown: Msg
    default: Msg
    most: int = MOST_TEXT
    refuses: Callable[[str], Msg | None] | None = None


def wording(work: Work, community: CommunityId, text: CommunityText) -> Words:
    """A text as this community words it; what it typed itself is never markup."""
    own = work.chosen.get(community, TEXT, text.key)
    return Typed(own) if own else text.default


async def spoken(store: Store, community: CommunityId, text: CommunityText) -> Words:
    """The same, in a read of its own."""
    return await store.read(wording, community, text)
