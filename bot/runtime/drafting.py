"""Half-filled forms: kept as rows for an hour, so that nothing typed is lost.

A draft holds what was typed, as it was typed, next to what was known already. What is typed
for an Action that says `memory_only` is kept in this process alone, whatever is in it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

from bot.clock import Clock
from bot.domain.people import Account, CommunityId, MemberId
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.services import drafts
from bot.services.ports import Store
from bot.services.ports.drafts import Draft
from bot.ui.action import Action, Kind, Upload, fields_of
from bot.ui.form import Form, Picked, Raw
from bot.ui.wire import decode_value, encode_value
from bot.ui.words import Msg, Words

KEPT = timedelta(hours=1)
_MOST_IN_MEMORY = 500


@dataclass(frozen=True)
class FormState:
    """A form on its way: which Action, what is known, what was typed so far."""

    id: str
    member: MemberId
    community: CommunityId
    action: type[Action]
    title: Msg
    send: Msg
    asks: tuple[str, ...]
    given: Mapping[str, object]
    typed: Mapping[str, Raw]
    expires: datetime
    memory_only: bool = False
    waits: str | None = None
    """What waits for `Confirm` on the screen that offered the correction: this takes its place."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Of closed lists, the choices that are shown (see `Form.only`)."""
    intro: Words | None = None
    """Stands above the first page. Not written down: it may hold somebody else's words, which they
    may take back meanwhile. Another process, or this one started again, shows the form without."""
    problems: Mapping[str, Msg] = field(default_factory=dict[str, Msg])
    """Shown when the form is opened again at once; not kept."""


class Drafting:
    """Keeps and finds `FormState`s."""

    def __init__(self, store: Store, clock: Clock, actions: Mapping[str, type[Action]]) -> None:
        self._store = store
        self._clock = clock
        self._actions = actions
        self._memory: dict[str, FormState] = {}
        self._intros: dict[str, tuple[datetime, Words]] = {}

    async def start(
        self,
        caller: Caller,
        form: Form,
        typed: Mapping[str, Raw],
        waits: str | None = None,
        *,
        memory_only: bool = False,
    ) -> FormState:
        """A new draft for a form that is about to be shown."""
        state = FormState(
            id=secrets.token_urlsafe(9),
            member=caller.member,
            community=caller.community,
            action=form.action,
            title=form.title,
            send=form.send,
            asks=form.asks,
            given=form.given,
            typed=typed,
            expires=self._clock.now() + KEPT,
            memory_only=memory_only or form.action.memory_only,
            waits=waits,
            only=form.only,
            intro=form.intro,
        )
        if form.intro is not None:
            self._intros[state.id] = (state.expires, form.intro)
        await self.keep(state)
        return state

    async def keep(self, state: FormState) -> None:
        """Write what was typed so far. Files stay in memory, whatever the Action says."""
        files = any(
            isinstance(value, tuple) and any(isinstance(one, Upload) for one in value)
            for value in state.typed.values()
        )
        if state.memory_only or files:
            self._sweep()
            self._memory[state.id] = state
            return
        row = Draft(state.id, state.member, state.community, _to_json(state), state.expires)
        await self._store.write(drafts.keep, row)

    async def find(self, id: str, member: MemberId) -> FormState:
        """A draft of this member. Raises StaleControl if it is gone or somebody else's."""
        self._sweep()
        state = self._memory.get(id)
        if state is None:
            row = await self._store.read(drafts.find, id, self._clock.now())
            if row is None:
                raise StaleControl("the form has expired")
            _until, intro = self._intros.get(id, (None, None))
            state = replace(_from_json(row, self._actions), intro=intro)
        if state.member != member:
            raise StaleControl("somebody else's form")
        return state

    async def discard(self, state: FormState) -> bool:
        """Its Action is about to be carried out; False if another request was faster."""
        if self._memory.pop(state.id, None) is not None:
            await self._store.write(drafts.discard, state.id)
            if state.waits is not None:
                await self._store.write(drafts.discard, state.waits)
            return True
        return await self._store.write(drafts.discard, state.id, state.waits)

    async def sweep(self) -> None:
        """Remove what has expired."""
        self._sweep()
        await self._store.write(drafts.sweep, self._clock.now())

    def _sweep(self) -> None:
        now = self._clock.now()
        for id in [id for id, state in self._memory.items() if state.expires <= now]:
            del self._memory[id]
        for id in [id for id, (until, _intro) in self._intros.items() if until <= now]:
            del self._intros[id]
        for kept in (self._memory, self._intros):
            while len(kept) > _MOST_IN_MEMORY:
                del kept[next(iter(kept))]


def with_typed(state: FormState, typed: Mapping[str, Raw]) -> FormState:
    """The state after a page came in; only what the form asks for is taken."""
    taken = {name: value for name, value in typed.items() if name in state.asks}
    return replace(state, typed={**state.typed, **taken})


def _to_json(state: FormState) -> Mapping[str, object]:
    declared = fields_of(state.action)
    return {
        "tag": state.action.tag,
        "title": state.title.text,
        "send": state.send.text,
        "asks": list(state.asks),
        "waits": state.waits,
        "only": {name: list(values) for name, values in state.only.items()},
        "given": {name: encode_value(declared[name], value) for name, value in state.given.items()},
        "typed": {name: _raw_json(value) for name, value in state.typed.items()},
    }


def _from_json(row: Draft, actions: Mapping[str, type[Action]]) -> FormState:
    kept = row.state
    action = actions.get(cast(str, kept["tag"]))
    if action is None:
        raise StaleControl("the form is from an earlier version")
    declared = fields_of(action)
    asks = tuple(name for name in cast(list[str], kept["asks"]) if name in declared)
    given = cast(Mapping[str, object], kept["given"])
    typed = cast(Mapping[str, object], kept["typed"])
    return FormState(
        id=row.id,
        member=row.member,
        community=row.community,
        action=action,
        title=Msg(cast(str, kept["title"])),
        send=Msg(cast(str, kept["send"])),
        asks=asks,
        given={
            name: decode_value(declared[name], value)
            for name, value in given.items()
            if name in declared
        },
        typed={
            name: _raw_from_json(declared[name].kind, value)
            for name, value in typed.items()
            if name in asks
        },
        expires=row.expires,
        waits=cast(str | None, kept.get("waits")),
        only={
            name: tuple(values)
            for name, values in cast(Mapping[str, list[str]], kept.get("only", {})).items()
        },
    )


def _raw_json(value: Raw) -> object:
    if not isinstance(value, tuple):
        return value
    return [
        [one.account.platform, one.account.workspace, one.account.user, one.name, one.guest]
        if isinstance(one, Picked)
        else one
        for one in value
        if not isinstance(one, Upload)
    ]


def _raw_from_json(kind: Kind, value: object) -> Raw:
    if not isinstance(value, list):
        return cast(Raw, value)
    items = cast(list[object], value)
    if kind in (Kind.MEMBER, Kind.MEMBERS):
        picked = cast(list[tuple[str, str, str, str, bool]], items)
        return tuple(Picked(Account(*one[:3]), *one[3:]) for one in picked)
    return tuple(str(one) for one in items)
