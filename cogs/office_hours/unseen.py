"""Moderators and questions without a name: muting unseen, revealing with a second moderator.

The author's name stands in no message but to the two moderators who both wanted it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import Role
from bot.domain.unseen import About, RevealId, Source
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler, Moot, Notice
from bot.services import unseen
from bot.services.ports import Store
from bot.services.unseen import Case, Kind
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Person, Typed, When, _
from cogs.office_hours.flagging import to_look_into
from cogs.office_hours.notices import NEWS
from cogs.office_hours.unseen_actions import Agree, LookInto, LookIntoOne, Mute, PutAside, Want
from cogs.office_hours.wording import title_of


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
            Handler(PutAside, self.put_aside, may),
            Handler(Want, self.want, may),
            Handler(Agree, self.agree, may),
        )

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries."""
        return (
            Notice(Kind.WANTED, self.wanted, None),
            Notice(Kind.AGREED, self.agreed, None, course=NEWS),
            Notice(Kind.TOLD, self.told, None, course=NEWS),
        )

    async def by_code(self, caller: Caller, request: LookInto) -> Reply:
        """A question to the community."""
        code = request.question.strip().lstrip("#").lower()
        about = await self._store.read(unseen.by_code, caller.community, code)
        if about is not None:
            return await self._shown(caller, about)
        found = await self._store.read(unseen.of_session, caller.community, code)
        if found is None or not found[1]:
            return _unknown()
        said = _("Questions for {title}. Which one?", title=title_of(found[0]))
        return Reply((Text(said), *to_look_into(found[1], caller.roles)))

    async def one(self, caller: Caller, request: LookIntoOne) -> Reply:
        """A question of a session, from the roster."""
        if not request.question.isdecimal():
            return _unknown()
        return await self._shown(caller, About(request.source, int(request.question)))

    async def mute(self, caller: Caller, request: Mute) -> Reply:
        """Unseen."""
        about = About(request.source, request.question)
        return await self._changed(caller, about, partial(unseen.mute, muted=request.muted))

    async def put_aside(self, caller: Caller, request: PutAside) -> Reply:
        """Off the roster, or on it again."""
        use_case = partial(unseen.put_aside, aside=request.aside)
        return await self._changed(caller, About(Source.SESSION, request.question), use_case)

    async def want(self, caller: Caller, request: Want) -> Reply:
        """The first of two."""
        return await self._changed(caller, About(request.source, request.question), unseen.want)

    async def agree(self, caller: Caller, request: Agree) -> Reply:
        """The second of two."""
        return await self._changed(caller, About(request.source, request.question), unseen.agree)

    async def wanted(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For the moderators' channel."""
        case = await self._store.read(unseen.wanted, self._clock.now(), RevealId(delivery.ref))
        if case is None or case.reveal is None or case.reveal.revealed:
            return Moot.MOOT
        said = _("A moderator would like to learn who asked this. It takes a second one to agree.")
        agree = Button(_("Agree"), Agree(case.about.source, case.about.id))
        return Reply((Text(said), _quoted(case), agree))

    async def agreed(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For the first moderator. The name stands behind a button, which asks for the role."""
        case = await self._store.read(unseen.wanted, self._clock.now(), RevealId(delivery.ref))
        if case is None or case.reveal is None or not case.reveal.revealed:
            return Moot.MOOT
        said = _("A second moderator agreed that the two of you learn who asked this.")
        show = Button(_("Show who asked"), LookIntoOne(case.about.source, str(case.about.id)))
        return Reply((Text(said), _quoted(case), show))

    async def told(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For whoever asked."""
        case = await self._store.read(unseen.wanted, self._clock.now(), RevealId(delivery.ref))
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
    if case.aside is not None:
        if case.aside:
            parts.append(Text(_("It is off the roster and the reminders of its session.")))
        label = _("Put it back") if case.aside else _("Take it off the roster")
        parts.append(Button(label, PutAside(id, aside=not case.aside)))
    reveal = case.reveal
    if case.author is not None:
        parts.append(
            Text(_("You and a second moderator agreed: {who} asked it.", who=Person(case.author)))
        )
    elif reveal is not None and reveal.revealed:
        parts.append(Text(_("Two other moderators have looked into this.")))
    elif case.own:
        said = _(
            "You lead this session, so it is for other moderators to decide whether they learn"
            " who asked."
        )
        parts.append(Text(said, Style.QUIET))
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


def _quoted(case: Case) -> Text:
    return Text(_("“{question}”", question=Typed(case.text)))


def _unknown() -> Reply:
    return Reply((Text(_("There is no question without a name under this code here.")),))
