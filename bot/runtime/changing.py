"""Old and new before a setting is changed: the screens that every panel of moderators shares.

A panel calls `propose`; the buttons are answered in one place (cogs/moderation/audit.py), through
the use cases of bot/services/audit.py.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.clock import Clock
from bot.domain.audit import ChangeId, Setting
from bot.runtime.caller import Caller
from bot.runtime.drafting import KEPT
from bot.runtime.registry import Registry
from bot.runtime.settable import Settable
from bot.services import audit
from bot.services.audit import Proposal, Stands
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Words, _


@dataclass(frozen=True)
class ConfirmChange(Action, tag="au.confirm.1"):
    """Carry out a change that was shown."""

    draft: str


@dataclass(frozen=True)
class DropChange(Action, tag="au.drop.1"):
    """Leave a setting as it is."""

    draft: str


@dataclass(frozen=True)
class SendTest(Action, tag="au.test.1"):
    """A message to the moderator who asks, with what holds at present in one kind of setting."""

    kind: str


@dataclass(frozen=True)
class NextStep(Action, tag="su.next.1"):
    """What a moderator looks at after a step of setting up; `after` is empty for the first."""

    after: str = ""


def onward(caller: Caller, kind: str) -> tuple[Button, ...]:
    """The way on, as long as the community is not open."""
    return () if caller.set_up else (Button(_("Next step"), NextStep(kind), Look.MAIN),)


def test_of(kind: str) -> Button:
    """The button of a panel."""
    return Button(_("Send me a test"), SendTest(kind))


Everything: TypeAlias = Callable[[], Registry]
"""The registry, complete by the time anybody asks."""


class Changing:
    """Proposes changes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def propose(
        self,
        caller: Caller,
        settable: Settable,
        setting: Setting,
        new: str,
        *,
        notes: tuple[Part, ...] = (),
        seen: str | None = None,
        undoes: ChangeId | None = None,
        replaces: bool = False,
    ) -> Reply:
        """Old and new, with `Confirm` and `Cancel`; nothing is changed yet.

        `seen`: the value that was shown to the moderator; another one by now is told at once.
        """
        kind = settable.kind
        old = await self._store.read(kind.read, caller.community, setting)
        if settable.stays is not None:
            why = await self._store.read(settable.stays, caller.community, new)
            if why is not None:
                return Reply((Text(settable.named(setting), Style.HEADING), Text(why)))
        if seen is not None and seen != old:
            return conflict(settable, setting, new, Stands(old))
        if old == new:
            return Reply((Text(_("It is like that already.")),), correctable=True)
        draft = secrets.token_urlsafe(9)
        proposal = Proposal(setting, old, new, undoes=undoes)
        expires = self._clock.now() + KEPT
        await self._store.write(
            audit.keep, draft, expires, caller.member, proposal, caller.community
        )
        return Reply(
            (
                Text(settable.named(setting), Style.HEADING),
                *old_and_new(settable, setting, old, new),
                *notes,
                Button(_("Confirm"), ConfirmChange(draft), Look.MAIN),
                Button(_("Cancel"), DropChange(draft)),
            ),
            correctable=True,
            waits=draft,
            replaces=replaces,
        )


def old_and_new(settable: Settable, setting: Setting, old: str, new: str) -> tuple[Part, ...]:
    """Both values, long ones below each other."""
    before, after = settable.worded(setting, old), settable.worded(setting, new)
    if max(len(old), len(new)) <= 200:
        return (Facts(((_("Now"), before), (_("Then"), after))),)
    return (
        Text(_("Now"), Style.QUIET),
        Text(before),
        Text(_("Then"), Style.QUIET),
        Text(after),
    )


def conflict(settable: Settable, setting: Setting, wanted: str, stands: Stands) -> Reply:
    """Another moderator was faster: what stands, what was wanted, and the way to look again."""
    said: Msg
    if stands.by is not None:
        said = _(
            "{who} has changed this in the meantime, so nothing was changed now.",
            who=Person(stands.by),
        )
    else:
        said = _("Somebody else has changed this in the meantime, so nothing was changed now.")
    rows: tuple[tuple[Msg, Words], ...] = (
        (_("It is"), settable.worded(setting, stands.value)),
        (_("You wanted"), settable.worded(setting, wanted)),
    )
    return Reply(
        (
            Text(settable.named(setting), Style.HEADING),
            Text(said),
            Facts(rows),
            Button(_("Look again"), settable.panel),
        ),
        replaces=True,
    )
