"""Hosting: a new session or series, moving, calling off, running late, and `Confirm`."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.office_hours import Scope
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.office_hours import changes, hosting, views
from bot.services.office_hours.changes import Change
from bot.services.office_hours.results import Card, Changed, Foreseen, Opened, Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Typed, When, _, ngettext
from cogs.office_hours.actions import (
    CallOff,
    Cancel,
    Confirm,
    HostSession,
    ListSessions,
    MoveSession,
    MySessions,
    OpenCallOff,
    OpenMove,
    RunLate,
    ShowRoster,
)
from cogs.office_hours.planning import (
    clock_notes,
    echo,
    on_the_clock,
    plan_of,
    read_as,
    rule_in,
    zone_note,
)
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import drop_this, facts, keep_this, moments, title_of

_DATES = 4


class Hosting:
    """Handlers for people who hold sessions."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (HostSession, MoveSession, CallOff))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(HostSession, self.host, may=Role.HOST),
            Handler(MoveSession, self.move),
            Handler(OpenMove, self.open_move, opens=True),
            Handler(CallOff, self.call_off),
            Handler(OpenCallOff, self.open_call_off, opens=True),
            Handler(RunLate, self.late),
            Handler(Confirm, self.confirm),
            Handler(Cancel, self.cancel),
        )

    async def host(self, caller: Caller, request: HostSession) -> Reply:
        """Echoes what was understood; nothing is saved yet."""
        rule = rule_in(request)
        why = hosting.problem(self._clock.now(), plan_of(request), request.starts, rule)
        if why is not None:
            return refusal(Refused(why))
        cohosts = await self._store.read(views.named, request.cohosts)
        draft = await self._pending.keep(caller, request)
        return Reply(
            (
                Text(_("Is this right? Nothing is saved before you confirm.")),
                *echo(request, cohosts, caller),
                *_question(draft),
            ),
            correctable=True,
            waits=draft,
        )

    async def move(self, caller: Caller, request: MoveSession) -> Reply:
        """Shows what moving would do."""
        found = await self._store.read(
            changes.foresee_move,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.starts.at,
            request.scope,
        )
        if isinstance(found, Refused):
            return refusal(found)
        session = found.card.session
        said = _(
            "Move {title} from {old} to {new}?",
            title=title_of(session),
            old=When(session.starts),
            new=When(request.starts.at),
        )
        parts: list[Part] = [
            Text(said),
            Text(_("The new time was read as {time}.", time=read_as(request.starts, caller))),
            *zone_note(request.starts, caller),
        ]
        if found.rule is not None:
            parts.append(
                Text(_("The series then follows {clock}.", clock=on_the_clock(found.rule)))
            )
            parts.extend(clock_notes(found.rule))
        return await self._ask(caller, request, found, parts)

    async def open_move(self, caller: Caller, request: OpenMove) -> Answer:
        """The form for a new time."""
        card = await self._manageable(caller, request.session)
        if isinstance(card, Refused):
            return refusal(card)
        return Form(
            _("Move a session"),
            MoveSession,
            asks=("starts", "scope") if card.session.series else ("starts",),
            given={"session": card.session.code},
            intro=_(
                "{title}, now at {when}.",
                title=title_of(card.session),
                when=When(card.session.starts),
            ),
        )

    async def call_off(self, caller: Caller, request: CallOff) -> Reply:
        """Shows what calling off would do."""
        found = await self._store.read(
            changes.foresee_call_off,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.scope,
        )
        if isinstance(found, Refused):
            return refusal(found)
        session = found.card.session
        said = _("Call off {title} on {when}?", title=title_of(session), when=When(session.starts))
        parts: list[Part] = [Text(said)]
        if request.reason:
            parts.append(Text(_("Reason given: {reason}", reason=Typed(request.reason))))
        return await self._ask(caller, request, found, parts)

    async def open_call_off(self, caller: Caller, request: OpenCallOff) -> Answer:
        """The form for calling off."""
        card = await self._manageable(caller, request.session)
        if isinstance(card, Refused):
            return refusal(card)
        return Form(
            _("Call off a session"),
            CallOff,
            asks=("reason", "scope") if card.session.series else ("reason",),
            given={"session": card.session.code},
            intro=_(
                "{title} on {when}.",
                title=title_of(card.session),
                when=When(card.session.starts),
            ),
        )

    async def late(self, caller: Caller, request: RunLate) -> Reply:
        """Tells everybody concerned at once: there is no time to lose."""
        result = await self._store.write(
            changes.late, self._clock.now(), actor_of(caller), request.session, request.minutes
        )
        if isinstance(result, Refused):
            return refusal(result)
        said = _(
            "{title} begins about {minutes} min later.",
            title=title_of(result.card.session),
            minutes=request.minutes,
        )
        return Reply((Text(said), Text(_told(result.told), Style.QUIET)))

    async def confirm(self, caller: Caller, request: Confirm) -> Reply:
        """Carries out what was shown, once."""
        now, actor = self._clock.now(), actor_of(caller)
        found = await self._pending.find(caller, request.draft)
        if found is None:
            card = await self._store.read(views.made, actor, request.draft)
            return refusal(Refused(Why.GONE)) if card is None else _opened(Opened(card, ()))
        action, revision = found
        result: Opened | Changed | Refused
        match action:
            case HostSession():
                result = await self._store.write(
                    hosting.host,
                    now,
                    actor,
                    plan_of(action),
                    action.starts,
                    rule_in(action),
                    request.draft,
                )
            case MoveSession():
                change = Change(action.scope, revision, request.draft)
                result = await self._store.write(
                    changes.move, now, actor, action.session, action.starts.at, change
                )
            case CallOff():
                change = Change(action.scope, revision, request.draft)
                result = await self._store.write(
                    changes.call_off, now, actor, action.session, action.reason or "", change
                )
            case _:
                result = Refused(Why.GONE)
        match result:
            case Refused():
                return refusal(result)
            case Opened():
                return _opened(result)
            case Changed():
                return _changed(result)

    async def cancel(self, caller: Caller, request: Cancel) -> Reply:
        """Leaves everything as it is."""
        if not await self._pending.drop(caller, request.draft):
            return refusal(Refused(Why.GONE))
        return Reply((Text(_("Nothing was changed.")),), replaces=True)

    async def _ask(
        self,
        caller: Caller,
        request: MoveSession | CallOff,
        found: Foreseen,
        parts: list[Part],
    ) -> Reply:
        if found.scope is Scope.LATER:
            said = ngettext(
                "This is about {count} session.",
                "This is about {count} sessions, this one and those after it.",
                found.sessions,
            )
            parts.append(Text(said))
        parts.append(Text(_will_tell(found.told)))
        draft = await self._pending.keep(
            caller,
            replace(request, session=found.card.session.code),
            found.card.session.revision,
        )
        return Reply((*parts, *_question(draft)))

    async def _manageable(self, caller: Caller, text: str) -> Card | Refused:
        card = await self._store.read(
            views.look, self._clock.now(), actor_of(caller), text, views.Among.LED
        )
        if isinstance(card, Card) and not card.manageable(caller.roles):
            return Refused(Why.NOT_YOURS, card.session)
        return card


def _question(draft: str) -> tuple[Part, ...]:
    return (
        Button(_("Confirm"), Confirm(draft), Look.MAIN),
        Button(_("Cancel"), Cancel(draft)),
    )


def _opened(result: Opened) -> Reply:
    card = result.card
    parts: list[Part] = [
        Text(
            _(
                "{title} is open for sign-up. Its code is {code}.",
                title=title_of(card.session),
                code=Code(card.session.code),
            )
        ),
        facts(card),
    ]
    if len(result.dates) > 1:
        dates = _(
            "The first dates are {dates}; more are added as time goes on.",
            dates=moments(result.dates[:_DATES]),
        )
        parts.append(Text(dates))
    parts.append(
        Text(
            _("You are reminded a day and an hour before, and told when questions come in."),
            Style.QUIET,
        )
    )
    parts.append(keep_this(card))
    parts.append(Button(_("Roster"), ShowRoster(card.session.code)))
    parts.append(Button(_("Move"), OpenMove(card.session.code)))
    parts.append(Button(_("Call off"), OpenCallOff(card.session.code), Look.GRAVE))
    return Reply(tuple(parts), replaces=True)


def _changed(result: Changed) -> Reply:
    session = result.card.session
    if session.called_off:
        said = _("{title} is called off.", title=title_of(session))
    else:
        said = _("{title} is at {when} now.", title=title_of(session), when=When(session.starts))
    parts: list[Part] = [Text(said)]
    if result.sessions > 1:
        count = result.sessions
        parts.append(Text(ngettext("{count} session changed.", "{count} sessions changed.", count)))
    parts.append(Text(_told(result.told), Style.QUIET))
    if result.card.leads:
        card = result.card
        parts.append(drop_this(card) if session.called_off else keep_this(card))
    parts.append(Button(_("My sessions"), MySessions()))
    if session.called_off:
        parts.append(Button(_("Office hours"), ListSessions()))
    return Reply(tuple(parts), replaces=True)


def _will_tell(count: int) -> Msg:
    if count == 0:
        return _("Nobody else is concerned yet, so nobody has to be told.")
    return ngettext(
        "{count} person will be told, once.", "{count} people will be told, once each.", count
    )


def _told(count: int) -> Msg:
    if count == 0:
        return _("Nobody else was concerned.")
    return ngettext("{count} person is being told.", "{count} people are being told.", count)
