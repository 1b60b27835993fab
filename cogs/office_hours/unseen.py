"""Moderators and questions without a name: muting unseen, revealing with a second moderator.

The author's name stands in no message but to the two moderators who both wanted it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import Question
from bot.domain.people import Role
from bot.domain.unseen import About, RevealId, Source
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler, Moot, Notice
from bot.services import unseen
from bot.services.ports import Store
from bot.services.unseen import Case, Kind
from bot.ui.action import Action, Ask, Option
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Look, Part, Reply, Select, Style, Text
from bot.ui.words import Msg, Person, Typed, When, _

_EXCERPT = 60


@dataclass(frozen=True)
class LookInto(Action, tag="un.look.1"):
    """A question to the community, by its code."""

    question: Annotated[str, Ask(_("Question"), hint=_("Its code, as in the post"), most=20)]


@dataclass(frozen=True)
class LookIntoOne(Action, tag="un.one.1"):
    """One question."""

    source: Source
    question: str = ""


@dataclass(frozen=True)
class Mute(Action, tag="un.mute.1"):
    """Mutes whoever asked, or takes that back."""

    source: Source
    question: int
    muted: bool


@dataclass(frozen=True)
class Want(Action, tag="un.want.1"):
    """Asks the other moderators."""

    source: Source
    question: int


@dataclass(frozen=True)
class Agree(Action, tag="un.agree.1"):
    """A second moderator agrees."""

    source: Source
    question: int


class Unseen:
    """Handlers and notices."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        may = Role.MODERATOR
        return (
            Handler(LookInto, self.by_code, may),
            Handler(LookIntoOne, self.one, may),
            Handler(Mute, self.mute, may),
            Handler(Want, self.want, may),
            Handler(Agree, self.agree, may),
        )

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries."""
        return (
            Notice(Kind.WANTED, self.wanted, None),
            Notice(Kind.AGREED, self.agreed, None),
            Notice(Kind.TOLD, self.told, None),
        )

    async def by_code(self, caller: Caller, request: LookInto) -> Reply:
        """A question to the community."""
        code = request.question.strip().lstrip("#").lower()
        about = await self._store.read(unseen.by_code, caller.community, code)
        return _unknown() if about is None else await self._shown(caller, about)

    async def one(self, caller: Caller, request: LookIntoOne) -> Reply:
        """A question of a session, from the roster."""
        if not request.question.isdecimal():
            return _unknown()
        return await self._shown(caller, About(request.source, int(request.question)))

    async def mute(self, caller: Caller, request: Mute) -> Reply:
        """Unseen."""
        about = About(request.source, request.question)
        return await self._changed(caller, about, partial(unseen.mute, muted=request.muted))

    async def want(self, caller: Caller, request: Want) -> Reply:
        """The first of two."""
        return await self._changed(caller, About(request.source, request.question), unseen.want)

    async def agree(self, caller: Caller, request: Agree) -> Reply:
        """The second of two."""
        return await self._changed(caller, About(request.source, request.question), unseen.agree)

    async def wanted(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For the moderators' channel."""
        case = await self._store.read(
            unseen.wanted, self._clock.now(), RevealId(delivery.ref), None
        )
        if case is None or case.reveal is None or case.reveal.revealed:
            return Moot.MOOT
        said = _("A moderator would like to learn who asked this. It takes a second one to agree.")
        agree = Button(_("Agree"), Agree(case.about.source, case.about.id))
        return Reply((Text(said), _quoted(case), agree))

    async def agreed(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For the first moderator."""
        if delivery.member is None:
            return Moot.MOOT
        case = await self._store.read(
            unseen.wanted, self._clock.now(), RevealId(delivery.ref), delivery.member
        )
        if case is None or case.author is None:
            return Moot.MOOT
        return Reply((_quoted(case), Text(_known(case.author.name))))

    async def told(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For whoever asked."""
        case = await self._store.read(
            unseen.wanted, self._clock.now(), RevealId(delivery.ref), None
        )
        if case is None:
            return Moot.MOOT
        said = _(
            "Two moderators looked into this question together and learned that it is yours."
            " Nobody else did. They may write to you; you can write to them as well."
        )
        return Reply((_quoted(case), Text(said)))

    async def _shown(self, caller: Caller, about: About) -> Reply:
        case = await self._store.read(
            unseen.look, self._clock.now(), caller.community, caller.member, about
        )
        return _unknown() if case is None else _screen(case, caller)

    async def _changed(
        self, caller: Caller, about: About, use_case: Callable[..., Case | None]
    ) -> Reply:
        case = await self._store.write(
            use_case, self._clock.now(), caller.community, caller.member, about
        )
        return _unknown() if case is None else _screen(case, caller, replaces=True)


def _screen(case: Case, caller: Caller, *, replaces: bool = False) -> Reply:
    source, id = case.about.source, case.about.id
    parts: list[Part] = [_quoted(case)]
    if case.muted:
        parts.append(Text(_("Whoever asked it asks no questions without a name here for a month.")))
        parts.append(Button(_("Take that back"), Mute(source, id, muted=False)))
    else:
        parts.append(Button(_("Mute whoever asked"), Mute(source, id, muted=True)))
    reveal = case.reveal
    if case.author is not None:
        parts.append(
            Text(_("You and a second moderator agreed: {who} asked it.", who=Person(case.author)))
        )
    elif reveal is not None and reveal.revealed:
        parts.append(Text(_("Two other moderators have looked into this.")))
    elif reveal is not None and reveal.asked_by == caller.member:
        parts.append(
            Text(
                _(
                    "You asked at {when}. Who wrote it is shown when a second moderator agrees,"
                    " and not before.",
                    when=When(reveal.asked_at),
                )
            )
        )
    elif reveal is not None:
        parts.append(Text(_("A moderator would like to learn who asked this.")))
        parts.append(Button(_("Agree"), Agree(source, id), Look.GRAVE))
    else:
        parts.append(
            Text(_("Learning who asked takes two moderators. They are told of it."), Style.QUIET)
        )
        parts.append(Button(_("Ask to learn who it was"), Want(source, id), Look.GRAVE))
    return Reply(tuple(parts), replaces=replaces)


def to_look_into(questions: tuple[Question, ...], roles: frozenset[Role]) -> tuple[Part, ...]:
    """For moderators: one of the questions of a session."""
    if not questions or Role.MODERATOR not in roles:
        return ()
    options = tuple(
        Option(str(one.id), _("{text}", text=Typed(one.text[:_EXCERPT])))
        for one in questions[-LIMITS.select_options :]
    )
    return (Select(_("Look into a question"), LookIntoOne(Source.SESSION), "question", options),)


def _quoted(case: Case) -> Text:
    return Text(_("“{question}”", question=Typed(case.text)))


def _known(name: str) -> Msg:
    return _("A second moderator agreed: {who} asked it.", who=Typed(name))


def _unknown() -> Reply:
    return Reply((Text(_("There is no question without a name under this code here.")),))
