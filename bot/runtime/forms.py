"""Forms from opening to Action: pages, what was typed, what is wrong with it, and going on.

Adapters show a `FormView` and hand back its key with the answers; everything between is here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from bot.clock import Clock
from bot.domain.people import Account, CommunityId, MemberId
from bot.errors import StaleControl
from bot.runtime import sentences
from bot.runtime.caller import Caller
from bot.runtime.drafting import Drafting, FormState, with_typed
from bot.runtime.feature import Sheet
from bot.services import people
from bot.services.ports import Store
from bot.ui.action import Action, Field, Kind, Option, fields_of, made
from bot.ui.form import Form, FormView, Picked, Raw, ShownField
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Can, Look, Reply
from bot.ui.reading import Problem, Reading, read_field, ticked, written
from bot.ui.wire import from_wire, split_wire, to_wire
from bot.ui.words import Msg

Completing: TypeAlias = Callable[[Caller, str, str], Awaitable[tuple[Option, ...]]]
Sheets: TypeAlias = Callable[[type[Action]], Sheet | None]
Problems: TypeAlias = Mapping[str, Msg]


@dataclass(frozen=True)
class Page(Action, tag="rt.page.1"):
    """The key of a form that is open in front of somebody."""

    draft: str
    page: int


@dataclass(frozen=True)
class Reopen(Action, tag="rt.open.1"):
    """`Correct it` and `Continue`: shows a page of a draft."""

    draft: str
    page: int
    correcting: bool = False


@dataclass(frozen=True)
class InCommunity(Action, tag="rt.in.1"):
    """The answer to "which community": goes on with a command that was typed."""

    draft: str
    community: int


@dataclass(frozen=True)
class Agree(Action, tag="rt.agree.1"):
    """Agrees to the conduct of the community, and goes on with what was asked for."""

    draft: str


RUNTIME_ACTIONS: Mapping[str, type[Action]] = {
    action.tag: action for action in (Page, Reopen, InCommunity, Agree)
}


def reopens(wire: str) -> bool:
    """Whether a button may open a form again. Raises StaleControl."""
    return split_wire(wire).tag in (Reopen.tag, InCommunity.tag, Agree.tag)


class Forms:
    """Opens forms and takes their answers."""

    def __init__(
        self,
        drafting: Drafting,
        store: Store,
        clock: Clock,
        complete: Completing,
        sheets: Sheets,
    ) -> None:
        self._drafting = drafting
        self._store = store
        self._clock = clock
        self._complete = complete
        self._sheets = sheets

    async def begin(self, caller: Caller, form: Form, typed: Mapping[str, Raw]) -> FormView | Reply:
        """The form of a typed command, fitted to what was given with it; or why there is none."""
        fitted = await self._fitted(caller, form.action, form.given, typed)
        if isinstance(fitted, Reply):
            return fitted
        if fitted is not None:
            form = replace(form, intro=fitted.intro, only=fitted.only, send=fitted.send)
        return await self.open(caller, form, typed)

    async def open(self, caller: Caller, form: Form, typed: Mapping[str, Raw]) -> FormView:
        """The first page of a form, with what was typed already."""
        state = await self._drafting.start(caller, form, typed)
        return await self._view(caller, state, 1)

    async def reopen(self, caller: Caller, ask: Reopen) -> FormView:
        """A page of a draft, filled in. Raises StaleControl."""
        state = await self._drafting.find(ask.draft, caller.member)
        fitted = await self._fitted(caller, state.action, state.given, state.typed)
        if isinstance(fitted, Form):
            state = replace(state, only=fitted.only, intro=fitted.intro)
        if ask.correcting:
            _action, problems = await self.read(caller, state.action, state.given, state.typed)
            typed = {name: says for name, says in problems.items() if name in state.typed}
            page = 1
            if typed and Can.LONG_FORM not in caller.can:
                page = 1 + min(state.asks.index(name) for name in typed) // LIMITS.page_fields
            return await self._view(caller, replace(state, problems=typed), page)
        return await self._view(caller, state, ask.page)

    def page_of(self, key: str) -> tuple[Page, CommunityId]:
        """The page a key stands for. Raises StaleControl."""
        asked = from_wire(key, RUNTIME_ACTIONS)
        if not isinstance(asked.action, Page):
            raise StaleControl("not the key of a form")
        return asked.action, asked.community

    async def problems(self, caller: Caller, page: Page, raw: Mapping[str, Raw]) -> Problems:
        """What is wrong with a page, by field. Raises StaleControl."""
        state = with_typed(await self._drafting.find(page.draft, caller.member), raw)
        return await self._problems(caller, state, page.page)

    async def take(
        self, caller: Caller, page: Page, raw: Mapping[str, Raw], lost: Problems
    ) -> Reply | tuple[FormState, Action]:
        """A page's answers: the finished Action, or what comes next. Raises StaleControl.

        With a finished Action the draft is left as it was: whoever discards it carries it out, so
        that a form sent twice acts once.
        """
        state = with_typed(await self._drafting.find(page.draft, caller.member), raw)
        found = {**await self._problems(caller, state, page.page), **lost}
        if found:
            return await self.mend(state, found)
        pages = self._pages(caller, state)
        if page.page < len(pages):
            await self._drafting.keep(state)
            go_on = Button(sentences.CONTINUE, Reopen(state.id, page.page + 1), Look.MAIN)
            return sentences.next_page(page.page, len(pages) - page.page, go_on)
        action, found = await self.read(caller, state.action, state.given, state.typed)
        if action is None:
            return await self.mend(state, found)
        return state, action

    async def mend(self, state: FormState, found: Problems) -> Reply:
        """What is wrong, and `Correct it`, which shows what was typed."""
        await self._drafting.keep(state)
        declared = fields_of(state.action)
        listed = [(declared[name], says) for name, says in found.items()]
        return sentences.problems(listed, correction(state))

    async def read(
        self,
        caller: Caller,
        action: type[Action],
        given: Mapping[str, object],
        typed: Mapping[str, Raw],
    ) -> tuple[Action | None, Problems]:
        """The Action that these answers make, or what is wrong with them, by field."""
        values, found = await self._values(caller, action, given, typed)
        return (None, found) if found else (made(action, values), {})

    async def _fitted(
        self,
        caller: Caller,
        action: type[Action],
        given: Mapping[str, object],
        typed: Mapping[str, Raw],
    ) -> Form | Reply | None:
        sheet = self._sheets(action)
        if sheet is None:
            return None
        values, _missing = await self._values(caller, action, given, typed)
        return await sheet(caller, values)

    async def _values(
        self,
        caller: Caller,
        action: type[Action],
        given: Mapping[str, object],
        typed: Mapping[str, Raw],
    ) -> tuple[dict[str, object], dict[str, Msg]]:
        reading = await self._reading(caller, typed)
        values: dict[str, object] = {}
        found: dict[str, Msg] = {}
        for field in fields_of(action).values():
            if field.name in typed or (field.name not in given and field.ask is not None):
                value = read_field(field, typed.get(field.name), reading)
                if isinstance(value, Problem):
                    found[field.name] = value.says
                else:
                    values[field.name] = value
            elif field.name in given:
                values[field.name] = given[field.name]
        return values, found

    async def _problems(self, caller: Caller, state: FormState, page: int) -> Problems:
        pages = self._pages(caller, state)
        if not 1 <= page <= len(pages):
            raise StaleControl("no such page")
        reading = await self._reading(caller, state.typed)
        declared = fields_of(state.action)
        found: dict[str, Msg] = {}
        for name in pages[page - 1]:
            value = read_field(declared[name], state.typed.get(name), reading)
            if isinstance(value, Problem):
                found[name] = value.says
        return found

    async def _reading(self, caller: Caller, typed: Mapping[str, Raw]) -> Reading:
        picked = [
            (one.account, one.name)
            for raw in typed.values()
            if isinstance(raw, tuple)
            for one in raw
            if isinstance(one, Picked)
        ]
        members: Mapping[Account, MemberId] = {}
        if picked:
            members = await self._store.write(
                people.members_of, self._clock.now(), caller.community, picked
            )
        return Reading(self._clock.now(), caller.zone, caller.language, members)

    def _pages(self, caller: Caller, state: FormState) -> tuple[tuple[str, ...], ...]:
        if Can.LONG_FORM in caller.can:
            return (state.asks,)
        size = LIMITS.page_fields
        return tuple(state.asks[at : at + size] for at in range(0, len(state.asks), size))

    async def _view(self, caller: Caller, state: FormState, page: int) -> FormView:
        pages = self._pages(caller, state)
        if not 1 <= page <= len(pages):
            raise StaleControl("no such page")
        declared = fields_of(state.action)
        shown = [await self._shown(caller, state, declared[name]) for name in pages[page - 1]]
        return FormView(
            key=to_wire(Page(state.id, page), caller.community),
            title=state.title,
            fields=tuple(shown),
            send=state.send if page == len(pages) else sentences.CONTINUE,
            intro=state.intro if page == 1 else None,
            page=page,
            pages=len(pages),
            memory_only=state.memory_only,
        )

    async def _shown(self, caller: Caller, state: FormState, field: Field) -> ShownField:
        value = state.typed.get(field.name)
        if value is None:
            start = state.given.get(field.name, None if field.required else field.default)
            value = written(field, start, caller.zone)
            if start and field.kind in (Kind.MEMBER, Kind.MEMBERS):
                value = await self._picked(caller, start)
        elif field.kind is Kind.YES_NO and value != "":
            value = ticked(field, value)
        options = field.ask.options if field.ask else ()
        if (only := state.only.get(field.name)) is not None:
            options = tuple(one for one in options if one.value in only)
            value = value if isinstance(value, tuple) or value in only else None
        if not options and field.ask and field.ask.suggest:
            options = await self._complete(caller, field.ask.suggest, "")
            if field.kind is Kind.TEXT and len(options) > LIMITS.select_options:
                options = ()
            if field.kind is Kind.TEXT and field.required and len(options) == 1 and not value:
                # There is one thing that it can be: nobody has to look for its code.
                value = options[0].value
        return ShownField(field, value, options, state.problems.get(field.name))

    async def _picked(self, caller: Caller, value: object) -> tuple[Picked, ...]:
        """Members as the caller's platform knows them; who is elsewhere only cannot be shown."""
        wanted = cast(tuple[MemberId, ...], value if isinstance(value, tuple) else (value,))
        found = await self._store.read(people.several, wanted)
        return tuple(
            Picked(account, one.name)
            for one in found
            if (account := one.at(caller.account)) is not None
        )


def lacks(action: type[Action], given: frozenset[str]) -> bool:
    """Whether something has to be asked for that was not given."""
    return any(field.required and field.name not in given for field in fields_of(action).values())


def correction(state: FormState) -> Button:
    """`Correct it`: the form again, with everything that was typed."""
    return Button(sentences.CORRECT, Reopen(state.id, 1, correcting=True), Look.MAIN)
