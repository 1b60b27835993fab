"""`hours change`: title, place, seats and so on, for one session or for it and those after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from bot.clock import Clock
from bot.domain.office_hours import ForWhom, Plan, Scope
from bot.domain.people import MemberId, Someone
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.office_hours import editing, views
from bot.services.office_hours.editing import Edits, planned
from bot.services.office_hours.results import Refused, Why
from bot.services.ports import Store
from bot.ui.action import Action, Ask, ChannelRef
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Look, Reply, Text
from bot.ui.topics import topic_key, topic_words
from bot.ui.words import Listing, Msg, Person, Typed, When, Words, _, ngettext
from cogs.office_hours.actions import (
    AGENDA,
    AUDIENCES,
    COHOSTS,
    SCOPES,
    SESSION,
    SESSION_HINT,
    VOICE_HINT,
)
from cogs.office_hours.outcomes import question, will_tell
from cogs.office_hours.places import where_words
from cogs.office_hours.planning import voice_in, waitlist_rule
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import for_whom, title_of


@dataclass(frozen=True)
class ChangeSession(Action, tag="oh.change.1"):
    """What is to be different; what is left empty stays as it is."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="led_session")]
    title: Annotated[str | None, Ask(_("Title"), least=3, most=100)] = None
    topic: Annotated[str | None, Ask(_("Topic"), suggest="topic", most=60)] = None
    minutes: Annotated[int | None, Ask(_("Minutes"), least=5, most=480)] = None
    seats: Annotated[int | None, Ask(_("Seats"), least=1, most=500)] = None
    where: Annotated[str | None, Ask(_("Where"), least=2, most=300)] = None
    agenda: Annotated[str | None, AGENDA] = None
    voice: Annotated[ChannelRef | None, Ask(_("Voice channel"), hint=VOICE_HINT)] = None
    audience: Annotated[ForWhom | None, Ask(_("For whom"), options=AUDIENCES)] = None
    closes: Annotated[
        int | None, Ask(_("Sign-up closes"), hint=_("Hours before the start"), least=0, most=336)
    ] = None
    fair: Annotated[
        bool | None,
        Ask(
            _("Last time first"),
            hint=_("On the waitlist, who had no seat in the session before comes first"),
        ),
    ] = None
    scope: Annotated[Scope, Ask(_("Of a series"), options=SCOPES)] = Scope.ONE
    cohosts: Annotated[tuple[MemberId, ...], COHOSTS] = ()
    shown: bool = False
    """The co-hosts stood in the form: what is left there is all of them, also nobody."""


@dataclass(frozen=True)
class OpenChange(Action, tag="oh.changing.1"):
    """Opens the form, filled in."""

    session: str


def edits_of(request: ChangeSession, caller: Caller) -> Edits:
    """What was typed, as edits."""
    return Edits(
        title=None if request.title is None else " ".join(request.title.split()),
        topic=None if request.topic is None else topic_key(request.topic),
        minutes=request.minutes,
        seats=request.seats,
        where=request.where,
        agenda=request.agenda,
        voice=voice_in(request.voice, caller),
        for_whom=request.audience,
        closes=request.closes,
        fair=request.fair,
        cohosts=request.cohosts if request.shown or request.cohosts else None,
    )


class Editing:
    """The handlers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (ChangeSession,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ChangeSession, self.change),
            Handler(OpenChange, self.open, opens=True),
        )

    async def open(self, caller: Caller, request: OpenChange) -> Answer:
        """The form with what stands."""
        card = await self._store.read(
            views.look, self._clock.now(), actor_of(caller), request.session, views.Among.LED
        )
        if isinstance(card, Refused):
            return refusal(card)
        if not card.manageable(caller.roles):
            return refusal(Refused(Why.NOT_YOURS, card.session))
        plan = card.session.plan
        asks = ("title", "minutes", "where", "agenda", "cohosts", "closes")
        if plan.capacity is not None:
            asks = ("title", "minutes", "seats", "where", "agenda", "cohosts", "closes")
        if card.session.series is not None:
            asks = (*asks, "fair", "scope")
        return Form(
            _("Change a session"),
            ChangeSession,
            asks=asks,
            given={
                "session": card.session.code,
                "title": plan.title,
                "minutes": plan.minutes,
                "where": plan.where,
                "agenda": plan.agenda,
                "closes": plan.closes,
                "cohosts": plan.cohosts,
                "shown": True,
                **({} if plan.capacity is None else {"seats": plan.capacity}),
                **({} if card.session.series is None else {"fair": plan.fair}),
            },
            intro=_(
                "{title} on {when}.",
                title=title_of(card.session),
                when=When(card.session.starts),
            ),
        )

    async def change(self, caller: Caller, request: ChangeSession) -> Reply:
        """Shows what would be different."""
        if request.shown:
            request = replace(request, cohosts=await self._all_cohosts(caller, request))
        edits = edits_of(request, caller)
        found = await self._store.read(
            editing.foresee_edit,
            self._clock.now(),
            actor_of(caller),
            request.session,
            edits,
            request.scope,
        )
        if isinstance(found, Refused):
            return _refused(found)
        session = found.card.session
        cohosts = await self._store.read(views.named, planned(session, edits).cohosts)
        said = _(
            "Change {title} on {when} like this?",
            title=title_of(session),
            when=When(session.starts),
        )
        different = replace(edits, cohosts=None).beside(session.plan)
        rows = _rows(different, session.plan)
        if {one.member for one in cohosts} != {*session.plan.cohosts}:
            rows = (*rows, (_("Co-hosts"), _people(cohosts)))
        parts = [Text(said), Facts(rows)]
        if found.scope is Scope.LATER:
            parts.append(
                Text(
                    ngettext(
                        "This is about {count} session.",
                        "This is about {count} sessions, this one and those after it.",
                        found.sessions,
                    )
                )
            )
        parts.append(Text(will_tell(found.told)))
        draft = await self._pending.keep(
            caller, replace(request, session=session.code), session.revision
        )
        return Reply((*parts, *question(draft)))

    async def _all_cohosts(self, caller: Caller, request: ChangeSession) -> tuple[MemberId, ...]:
        """Those of the form, and whoever it could not show, since they are on another platform."""
        card = await self._store.read(
            views.look, self._clock.now(), actor_of(caller), request.session, views.Among.LED
        )
        known = () if isinstance(card, Refused) else card.cohosts
        hidden = (one.member for one in known if one.at(caller.account) is None)
        return tuple(dict.fromkeys((*hidden, *request.cohosts)))


def _people(people: tuple[Someone, ...]) -> Words:
    if not people:
        return _("nobody")
    return _("{people}", people=Listing(tuple(Person(one) for one in people)))


def _refused(found: Refused) -> Reply:
    """With nothing to change, what can be changed is one tap away."""
    reply, session = refusal(found), found.session
    if found.why is not Why.NOTHING_NEW or session is None:
        return reply
    form = Button(_("Change"), OpenChange(session.code), Look.MAIN)
    return replace(reply, parts=(reply.parts[0], form, *reply.parts[1:]))


def _rows(edits: Edits, plan: Plan) -> tuple[tuple[Msg, Words], ...]:
    rows: list[tuple[Msg, Words]] = []
    if edits.title is not None:
        rows.append((_("Title"), Typed(edits.title)))
    if edits.topic is not None:
        rows.append((_("Topic"), topic_words(edits.topic)))
    if edits.minutes is not None:
        rows.append((_("Minutes"), _("{minutes} min", minutes=edits.minutes)))
    if edits.seats is not None:
        rows.append((_("Seats"), ngettext("{count} seat", "{count} seats", edits.seats)))
    if edits.agenda is not None:
        rows.append((_("Agenda"), Typed(edits.agenda)))
    if edits.voice is not None or edits.where:
        rows.append((_("Where"), where_words(edits.on(plan))))
    if edits.for_whom is not None:
        rows.append((_("For whom"), for_whom(edits.for_whom)))
    if edits.closes is not None:
        rows.append((_("Sign-up closes"), _("{hours} h before", hours=edits.closes)))
    if edits.fair is not None:
        rows.append((_("Waitlist"), waitlist_rule(edits.fair)))
    return tuple(rows)
