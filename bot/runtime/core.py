"""One request from arrival to screen: identify, permit, decode, run, settle, inside the boundary.

Adapters acknowledge first (how, follows from `foresee_*`, which do no input or output), then call
one of the doors: `command`, `press`, `submit`, `complete`, `home`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.people import Account, CommunityId, Place, Role
from bot.errors import PlatformUnavailable, StaleControl, StoreUnavailable
from bot.logs import place_of
from bot.metrics import Metrics
from bot.runtime import sentences
from bot.runtime.boundary import Boundary
from bot.runtime.caller import Arrival, Caller, Message
from bot.runtime.catching_up import CatchingUp
from bot.runtime.conduct import ConductGate, pressed
from bot.runtime.doors import Directory
from bot.runtime.drafting import Drafting
from bot.runtime.feature import Answer, Entry, Handler
from bot.runtime.forms import (
    RUNTIME_ACTIONS,
    Agree,
    Forms,
    InCommunity,
    Problems,
    Reopen,
    correction,
    lacks,
    reopens,
)
from bot.runtime.hearing import Hearing
from bot.runtime.identity import Identity, NotHere, WhichCommunity
from bot.runtime.places import Places
from bot.runtime.registry import Registry
from bot.runtime.screen import FormScreen, Screen, Shown, Voice, screen_of
from bot.runtime.settling import bare_voice, settled, voice_of
from bot.runtime.troubles import Troubles
from bot.services import people
from bot.services.ports import Store
from bot.ui.action import Action, Option, members_in
from bot.ui.form import Form, FormView, Raw
from bot.ui.parts import Audience, Button, Look, Reply, settle
from bot.ui.wire import from_wire, with_choice

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Foreseen:
    """What an adapter must know before it acknowledges."""

    audience: Audience
    opens: bool
    """The first response may have to be a form: do not acknowledge, call the core at once."""


class Core:
    """The one dispatcher behind every door."""

    def __init__(
        self,
        registry: Registry,
        store: Store,
        clock: Clock,
        directory: Directory,
        *,
        set_up: bool = False,
        metrics: Metrics | None = None,
        troubles: Troubles | None = None,
    ) -> None:
        """`set_up`: every place counts as set up with the defaults."""
        self.registry = registry
        self.metrics = metrics or Metrics()
        self.boundary = Boundary(self.metrics, troubles or Troubles(clock))
        self.places = Places()
        self._store = store
        self._clock = clock
        self._identity = Identity(store, clock, directory, set_up=set_up)
        self._actions = {**registry.actions, **RUNTIME_ACTIONS}
        self.drafting = Drafting(store, clock, self._actions)
        self._conduct = ConductGate(store, clock, self.drafting, registry.conduct)
        self._catching_up = CatchingUp(store, clock, registry.notices)
        self._forms = Forms(self.drafting, store, clock, self._suggestions, registry.sheet)
        self.hearing = Hearing(registry, self.boundary, self._whoever)

    # What is known without asking anybody -------------------------------------------------------

    def foresee_command(self, name: str, given: frozenset[str]) -> Foreseen:
        """What `command` may answer, from the names of the options that were filled in."""
        action = self.registry.commands[name].action
        handler = self.registry.handler(action)
        return Foreseen(handler.audience, handler.opens or lacks(action, given))

    def foresee_press(self, wire: str) -> Foreseen:
        """What `press` may answer. A button that cannot be read is answered privately."""
        try:
            if reopens(wire):
                return Foreseen(Audience.ONLY_YOU, opens=True)
            handler = self.registry.handler_of_wire(wire)
        except StaleControl:
            return Foreseen(Audience.ONLY_YOU, opens=False)
        return Foreseen(handler.audience, handler.opens)

    def foresee_entry(self, name: str) -> Foreseen:
        """What `point` may answer. An entry that this version does not have: a word about it."""
        entry = self.registry.entries.get(name)
        return Foreseen(Audience.ONLY_YOU, opens=entry is not None and entry.opens)

    # The doors ----------------------------------------------------------------------------------

    async def command(
        self, arrival: Arrival, name: str, raw: Mapping[str, Raw], *, ask_anyway: bool = False
    ) -> Shown:
        """A typed command. With `ask_anyway` the form opens even if nothing is missing."""
        action = self.registry.commands[name].action
        form = Form(sentences.form_title(name), action)

        async def go() -> Shown:
            try:
                caller = await self._caller(arrival, None)
            except WhichCommunity as open_question:
                return await self._ask_community(arrival, open_question, form, raw)
            return await self._fill(caller, form, raw, ask_anyway=ask_anyway)

        return await self.boundary.around(arrival, go)

    async def press(
        self, arrival: Arrival, wire: str, chosen: tuple[str, ...] | None = None
    ) -> Shown:
        """A button; or a list, with the values that were `chosen`."""

        async def go() -> Shown:
            asked = from_wire(wire, self._actions)
            action = asked.action
            if isinstance(action, Agree):
                return await self._agreed(await self._caller(arrival, asked.community), action)
            if isinstance(action, InCommunity):
                caller = await self._caller(arrival, CommunityId(action.community))
                state = await self.drafting.find(action.draft, caller.member)
                await self.drafting.discard(state)
                form = Form(state.title, state.action)
                return await self._fill(caller, form, state.typed, ask_anyway=False)
            caller = await self._caller(arrival, asked.community)
            if isinstance(action, Reopen):
                return FormScreen(await self._forms.reopen(caller, action), voice_of(caller))
            if (asked.fills is None) != (chosen is None):
                raise StaleControl("a list without a choice, or a choice without a list")
            if asked.fills is not None and chosen is not None:
                action = with_choice(action, asked.fills, chosen)
            await self._of_here(caller, action)
            return await self._run(caller, action)

        return await self.boundary.around(arrival, go)

    async def point(self, arrival: Arrival, name: str, message: Message) -> Shown:
        """An entry in the menu of a message. Of several communities the first one answers."""

        async def go() -> Shown:
            entry = self.registry.entries.get(name)
            if entry is None:
                raise StaleControl("no such entry in this version")
            caller = await self._whoever(arrival)
            if (refused := self._refusal(caller, entry)) is not None:
                return settled(caller, refused)
            return await self._answered(caller, entry, await entry.run(caller, message))

        return await self.boundary.around(arrival, go)

    async def submit(
        self,
        arrival: Arrival,
        key: str,
        raw: Mapping[str, Raw],
        *,
        lost: Problems | None = None,
    ) -> Shown:
        """A form, or one page of it.

        `lost`: fields whose answer the adapter could not take in (a file that could not be
        fetched), each with the reason; the rest is kept and the person may correct it.
        """

        async def go() -> Shown:
            page, community = self._forms.page_of(key)
            caller = await self._caller(arrival, community)
            taken = await self._forms.take(caller, page, raw, lost or {})
            if isinstance(taken, Reply):
                return settled(caller, taken)
            state, action = taken
            handler = self.registry.handler(type(action))
            if (refused := self._refusal(caller, handler)) is not None:
                return settled(caller, refused)
            if not await self.drafting.discard(state):
                raise StaleControl("the same form was sent a moment ago")
            try:
                answer = await handler.run(caller, action)
            except Exception:
                await self.drafting.keep(state)  # nothing typed is lost to our own trouble
                raise
            if isinstance(answer, Reply) and answer.correctable:
                unwritten = state.memory_only or answer.memory_only
                await self.drafting.keep(replace(state, waits=answer.waits, memory_only=unwritten))
                answer = replace(answer, parts=(*answer.parts, correction(state)))
            return await self._answered(caller, handler, answer)

        return await self.boundary.around(arrival, go)

    async def check(
        self, arrival: Arrival, key: str, raw: Mapping[str, Raw]
    ) -> tuple[Voice, Problems]:
        """What is wrong with a page, by field, for platforms that show it at the field.

        Trouble of any other kind is left for `submit` to tell.
        """
        try:
            page, community = self._forms.page_of(key)
            caller = await self._caller(arrival, community)
            return voice_of(caller), await self._forms.problems(caller, page, raw)
        except (StaleControl, NotHere, WhichCommunity, StoreUnavailable, PlatformUnavailable):
            return bare_voice(arrival), {}
        except Exception as failure:
            _log.error("a check failed: %s at %s", type(failure).__name__, place_of(failure))
            return bare_voice(arrival), {}

    async def complete(self, arrival: Arrival, suggest: str, text: str) -> tuple[Option, ...]:
        """Suggestions for a field while somebody types; none at all in case of trouble."""
        try:
            caller = await self._caller(arrival, None)
            return await self._suggestions(caller, suggest, text)
        except (NotHere, WhichCommunity, StoreUnavailable, PlatformUnavailable):
            return ()
        except Exception as failure:
            _log.error("completion failed: %s at %s", type(failure).__name__, place_of(failure))
            return ()

    async def home(self, arrival: Arrival) -> Shown:
        """The member's panel, put together from every feature's section."""

        async def go() -> Shown:
            caller = await self._caller(arrival, None)
            parts = await self.registry.panel(caller)
            return settled(caller, Reply(parts or sentences.EMPTY_HOME))

        return await self.boundary.around(arrival, go)

    async def left(self, account: Account, community: CommunityId) -> None:
        """An account is no longer in the community: what the member held there ends kindly."""
        await self._store.write(
            people.leave, self._clock.now(), account, community, self.registry.leaving
        )

    async def left_place(self, account: Account, place: Place) -> None:
        """The same, when a platform tells of it."""
        home = await self._store.read(people.home_of, place)
        if home is not None:
            await self.left(account, home.id)

    async def place_changed(self, place: Place) -> None:
        """Permissions or channels of a place changed. Raises StoreUnavailable."""
        for feature in self.registry.features:
            if feature.changed is not None:
                await feature.changed(place)

    # For an adapter's own trouble ---------------------------------------------------------------

    def form_later(self, shown: FormScreen) -> Screen:
        """A form that came too late to be opened: a button that opens it."""
        page, _community = self._forms.page_of(shown.form.key)
        answer = sentences.form_is_ready(
            Button(sentences.CONTINUE, Reopen(page.draft, page.page), Look.MAIN)
        )
        return screen_of(answer, settle(answer.parts, frozenset()), shown.voice)

    # Inside -------------------------------------------------------------------------------------

    async def _caller(self, arrival: Arrival, wanted: CommunityId | None) -> Caller:
        caller = await self._identity.caller(arrival, wanted)
        show = arrival.meanwhile
        if show is None:
            return caller

        async def meanwhile(reply: Reply) -> None:
            await show(settled(caller, reply))

        return replace(caller, meanwhile=meanwhile)

    async def _whoever(self, arrival: Arrival) -> Caller:
        try:
            return await self._caller(arrival, None)
        except WhichCommunity as several:
            # In a direct message any of them will do: what is meant by it is asked of nobody.
            return await self._caller(arrival, several.known.choices[0].id)

    async def _suggestions(self, caller: Caller, suggest: str, text: str) -> tuple[Option, ...]:
        if not caller.set_up:
            return ()
        return await self.registry.completers[suggest].run(caller, text)

    async def _fill(
        self, caller: Caller, form: Form, raw: Mapping[str, Raw], *, ask_anyway: bool
    ) -> Shown:
        handler = self.registry.handler(form.action)
        if (refused := self._refusal(caller, handler)) is not None:
            return settled(caller, refused)
        if (words := await self._conduct.missing(caller, handler)) is not None:
            state = await self.drafting.start(caller, form, raw)
            return settled(caller, self._conduct.before(words, state))
        answer: Answer
        if ask_anyway or lacks(form.action, frozenset(raw)):
            opened = await self._forms.begin(caller, form, raw)
            if isinstance(opened, FormView):
                return FormScreen(opened, voice_of(caller))
            answer = opened
        else:
            action, problems = await self._forms.read(caller, form.action, {}, raw)
            if action is None:
                state = await self.drafting.start(caller, form, raw)
                return settled(caller, await self._forms.mend(state, problems))
            answer = await handler.run(caller, action)
        if isinstance(answer, Reply) and answer.correctable:
            state = await self.drafting.start(
                caller, form, raw, answer.waits, memory_only=answer.memory_only
            )
            answer = replace(answer, parts=(*answer.parts, correction(state)))
        return await self._answered(caller, handler, answer)

    async def _of_here(self, caller: Caller, action: Action) -> None:
        """A button may have been made by anybody: whom it names has to be of this community."""
        named = members_in(action)
        if named and not await self._store.read(people.known_here, caller.community, named):
            raise StaleControl("somebody of another community, or nobody")

    async def _run(self, caller: Caller, action: Action) -> Shown:
        handler = self.registry.handler(type(action))
        if (refused := self._refusal(caller, handler)) is not None:
            return settled(caller, refused)
        if (words := await self._conduct.missing(caller, handler)) is not None:
            state = await self.drafting.start(caller, pressed(action), {})
            return settled(caller, self._conduct.before(words, state))
        return await self._answered(caller, handler, await handler.run(caller, action))

    async def _agreed(self, caller: Caller, ask: Agree) -> Shown:
        state = await self._conduct.agreed(caller, ask)
        if not state.given:
            form = Form(state.title, state.action)
            return await self._fill(caller, form, state.typed, ask_anyway=False)
        action, _none = await self._forms.read(caller, state.action, state.given, state.typed)
        if action is None:
            raise StaleControl("what was pressed fits no more")
        return await self._run(caller, action)

    def _refusal(self, caller: Caller, handler: Handler | Entry) -> Reply | None:
        if not caller.set_up and not handler.before_setup:
            return sentences.not_set_up(may=Role.MODERATOR in caller.roles)
        if handler.may not in caller.roles:
            # Guests first: what a member lacks is nothing that a guest could ask a moderator for.
            needs = handler.may if Role.MEMBER in caller.roles else Role.MEMBER
            return sentences.not_allowed(needs)
        if isinstance(handler, Handler) and not self.registry.is_on(handler.action, caller.off):
            return sentences.SWITCHED_OFF
        return None

    async def _answered(self, caller: Caller, handler: Handler | Entry, answer: Answer) -> Shown:
        if isinstance(answer, Form):
            return FormScreen(await self._forms.open(caller, answer, {}), voice_of(caller))
        if caller.missed and handler.audience is Audience.ONLY_YOU:
            answer = await self._catching_up.beside(caller, answer)
        return settled(caller, answer, handler.audience)

    async def _ask_community(
        self, arrival: Arrival, question: WhichCommunity, form: Form, raw: Mapping[str, Raw]
    ) -> Shown:
        first = question.known.choices[0]
        caller = await self._caller(arrival, first.id)
        state = await self.drafting.start(caller, form, raw)
        choices = [
            Button(sentences.in_community(each), InCommunity(state.id, each.id))
            for each in question.known.choices
        ]
        return settled(caller, sentences.which_community(choices))
