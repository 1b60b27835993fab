"""`setup audit`, and `Confirm` under every panel: who changed what, from what to what, and undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.audit import Change, ChangeId, Setting
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.people import Role
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import (
    Changing,
    ConfirmChange,
    DropChange,
    SendTest,
    conflict,
    onward,
)
from bot.runtime.feature import Command, Handler, Moot, Notice
from bot.runtime.registry import Registry
from bot.runtime.settable import Settable
from bot.services import audit
from bot.services.audit import Entry, Stands
from bot.services.ports import Store, Work
from bot.services.staff import NotDone
from bot.ui.action import Action
from bot.ui.parts import Button, Divider, Part, Reply, Style, Text
from bot.ui.words import Person, Typed, When, Words, _
from cogs.moderation.acts import ACTS, NOT_DONE, titles_of, trace_of
from cogs.moderation.undoing import below

PAGE = 6
TEST = "au.test"
_LONG = 120


@dataclass(frozen=True)
class ShowAudit(Action, tag="au.show.1"):
    """Who changed what, the newest first; `before` one record for what is older."""

    before: int | None = None


@dataclass(frozen=True)
class UndoChange(Action, tag="au.undo.1"):
    """Show what taking back a change would mean."""

    change: int


class AuditScreens:
    """Handlers of the record, and of the buttons under proposals."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._store = store
        self._clock = clock
        self._everything = everything
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowAudit, self.show, moderator),
            Handler(UndoChange, self.undo, moderator, before_setup=True),
            Handler(ConfirmChange, self.confirm, moderator, before_setup=True),
            Handler(DropChange, self.drop, moderator, before_setup=True),
            Handler(SendTest, self.send_test, moderator, before_setup=True),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup audit", _("Who changed what, and undo"), ShowAudit),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(TEST, self.compose_test),)

    async def show(self, caller: Caller, ask: ShowAudit) -> Reply:
        """The record, a page at a time."""
        before = None if ask.before is None else ChangeId(ask.before)

        def look(work: Work) -> tuple[tuple[Entry, ...], Mapping[str, str]]:
            entries = audit.history(work, caller.community, PAGE + 1, before)
            return entries, titles_of(work, (one.change for one in entries))

        found, titles = await self._store.read(look)
        parts: list[Part] = [Text(_("What moderators changed"), Style.HEADING)]
        if not found:
            nothing = _("Nothing is on record yet.") if before is None else _("That was all.")
            return Reply((*parts, Text(nothing)))
        for entry in found[:PAGE]:
            parts.extend(self._lines(entry, titles))
        if len(found) > PAGE:
            parts.extend((Divider(), Button(_("Older"), ShowAudit(found[PAGE - 1].change.id))))
        return Reply(tuple(parts))

    async def undo(self, caller: Caller, ask: UndoChange) -> Reply:
        """Old and new the other way around, if what was set still stands."""
        known = await self._store.read(audit.recorded, caller.community, ChangeId(ask.change))
        settable = None if known is None else self._settable(known.setting)
        if known is None or settable is None:
            raise StaleControl("nothing that can be taken back")
        if known.undone:
            return Reply((Text(NOT_DONE[NotDone.TAKEN_BACK]),))
        return await self._changing.propose(
            *(caller, settable, known.setting, known.old), seen=known.new, undoes=known.id
        )

    async def confirm(self, caller: Caller, ask: ConfirmChange) -> Reply:
        """Carries out what was shown, once."""
        registry = self._everything()
        kinds = {name: one.kind for name, one in registry.settings.items()}
        done = await self._store.write(
            audit.confirm,
            *(self._clock.now(), ask.draft, caller.member, caller.community, kinds),
        )
        if done is None:
            raise StaleControl("it expired, or was carried out")
        proposal, result = done
        settable = registry.settings[proposal.setting.kind]
        if isinstance(result, Stands):
            return conflict(settable, proposal.setting, proposal.new, result)
        change = result.change
        return Reply(
            (
                Text(settable.named(change.setting), Style.HEADING),
                Text(_("Changed. From now on it is:")),
                Text(settable.worded(change.setting, change.new)),
                *self._back(change),
                Button(_("See all of it"), settable.panel),
                *onward(caller, change.setting.kind),
            ),
            replaces=True,
        )

    async def drop(self, caller: Caller, ask: DropChange) -> Reply:
        """Leaves everything as it is."""
        there = await self._store.write(
            audit.drop, self._clock.now(), ask.draft, caller.member, caller.community
        )
        if not there:
            raise StaleControl("nothing waits for an answer")
        return Reply((Text(_("Nothing was changed.")),), replaces=True)

    async def send_test(self, caller: Caller, ask: SendTest) -> Reply:
        """A message to whoever asks."""
        if ask.kind not in self._everything().settings:
            raise StaleControl("no such kind of setting")
        now = self._clock.now()
        key = f"{TEST}:{ask.kind}:{caller.member}:{now.isoformat()}"
        row = NewDelivery(TEST, caller.community, ask.kind, key, now, caller.member)

        def schedule(work: Work) -> bool:
            work.deliveries.schedule([row])
            home = work.communities.get(caller.community)
            return home is not None and home.held_at is not None

        if await self._store.write(schedule):
            return Reply((Text(_("Messages are on hold, so the test waits with the others.")),))
        return Reply((Text(_("A test is on its way to you, as a direct message.")),))

    async def compose_test(self, row: Delivery, late: bool) -> Reply | Moot:
        """What holds at present, as members would be told."""
        settable = self._everything().settings.get(row.subject)
        if settable is None:
            return Moot.MOOT

        def look(work: Work) -> list[tuple[Setting, str]]:
            every = settable.every(work, row.community)[:20]
            return [(one, settable.kind.read(work, row.community, one)) for one in every]

        parts: list[Part] = [
            Text(_("A test"), Style.HEADING),
            Text(_("Direct messages reach you. Nobody else got this one. At present this holds:")),
        ]
        found = await self._store.read(look)
        if not found:
            parts.append(Text(_("the defaults; nothing was chosen so far")))
        for setting, value in found:
            parts.append(Text(settable.named(setting), Style.QUIET))
            parts.append(Text(settable.worded(setting, value)))
        return Reply(tuple(parts))

    def _settable(self, setting: Setting) -> Settable | None:
        return self._everything().settings.get(setting.kind)

    def _lines(self, entry: Entry, titles: Mapping[str, str]) -> tuple[Part, ...]:
        change = entry.change
        settable = self._settable(change.setting)
        act = ACTS.get(change.setting.kind)
        if settable is not None:
            what: Words = settable.named(change.setting)
        else:
            what = act if act is not None else Typed(change.setting.kind)
        by = Person(entry.by) if entry.by is not None else _("Somebody who is gone")
        head = _("{when}, {who}: {what}", when=When(change.at), who=by, what=what)
        lines: list[Part] = [Text(head)]
        if entry.about is not None:
            lines.append(Text(_("About {who}", who=Person(entry.about)), Style.QUIET))
        if settable is not None:
            old, new = (
                _short(settable.worded(change.setting, each), each)
                for each in (change.old, change.new)
            )
            lines.append(Text(_("{old} → {new}", old=old, new=new)))
        elif (trace := trace_of(change, titles)) is not None:
            lines.append(Text(trace))
        if change.why:
            lines.append(Text(_("Reason: {why}", why=Typed(change.why)), Style.QUIET))
        return (*lines, *self._back(change))

    def _back(self, change: Change) -> tuple[Part, ...]:
        if self._settable(change.setting) is None:
            return below(change)
        if change.undone:
            return (Text(_("Taken back."), Style.QUIET),)
        return (Button(_("Undo"), UndoChange(change.id)),)


def _short(words: Words, value: str) -> Words:
    return words if len(value) <= _LONG else Typed(f"{value[:_LONG]}…")
