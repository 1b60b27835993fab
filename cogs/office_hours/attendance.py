"""Who was there: the host's marks on the roster. Nobody but the host and the person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import MARKED_FOR, Came, Seat, SessionId
from bot.domain.people import MemberId
from bot.runtime.caller import Caller
from bot.runtime.feature import Choice, Course, Handler, Moot, Notice
from bot.services.office_hours import after, views
from bot.services.office_hours.results import Refused, Roster
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.action import Action, Option
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Part, Reply, Select, Style, Text
from bot.ui.words import Listing, Msg, Person, Typed, When, _, ngettext
from cogs.office_hours.actions import ShowRoster
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of

_NAMED = 12
_MARKS = Choice("marks", _("Who was there, after sessions you led"))


@dataclass(frozen=True)
class MarkCame(Action, tag="oh.came.1"):
    """One person, or everybody who has no mark yet."""

    session: str
    came: Came
    who: str = ""
    page: int = 0


@dataclass(frozen=True)
class ShowNames(Action, tag="oh.names.1"):
    """The names that no longer fit into the lists."""

    session: str
    page: int


class Attendance:
    """The handler, and the moment at which what comes after a session begins."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(MarkCame, self.mark), Handler(ShowNames, self.names))

    def notices(self) -> tuple[Notice, ...]:
        """The question to the host; of the other, only its moment counts."""
        begins = Course(after.begin, _nothing, _nothing)
        asks = Course(after.ask_host, _nothing, _nothing)
        return (
            Notice(Kind.OVER, self.over, None, course=begins),
            Notice(
                *(Kind.HOST_OVER, self.who_came),
                late_after=None,
                stale_after=MARKED_FOR,
                course=asks,
                choice=_MARKS,
            ),
        )

    async def mark(self, caller: Caller, request: MarkCame) -> Reply:
        """The host says who was there."""
        if request.who and not request.who.isdecimal():
            return refusal(Refused(after.Why.UNKNOWN))
        done = await self._store.write(
            after.mark,
            self._clock.now(),
            actor_of(caller),
            request.session,
            MemberId(int(request.who)) if request.who else None,
            request.came,
        )
        if isinstance(done, Refused):
            return refusal(done)
        session = done.roster.card.session
        people = Listing(tuple(Person(one) for one in done.people[:_NAMED]))
        if not done.people:
            said = _("Nothing was to be noted for {title}.", title=title_of(session))
        elif request.came is Came.HERE:
            said = _("Noted for {title}, was there: {people}", title=title_of(session),
                     people=people)  # fmt: skip
        else:
            said = _("Noted for {title}, did not come: {people}", title=title_of(session),
                     people=people)  # fmt: skip
        more = len(done.people) - _NAMED
        others = ngettext("and {count} more", "and {count} more", more)
        return Reply(
            (
                Text(said),
                *((Text(others),) if more > 0 else ()),
                Text(_("Everybody can correct what is said about them."), Style.QUIET),
                *marking(done.roster, self._clock.now(), request.page),
                Button(_("Roster"), ShowRoster(session.code)),
            ),
            replaces=True,
        )

    async def names(self, caller: Caller, request: ShowNames) -> Reply:
        """The lists with other names."""
        now = self._clock.now()
        found = await self._store.read(views.roster, now, actor_of(caller), request.session)
        if isinstance(found, Refused):
            return refusal(found)
        session = found.card.session
        parts = marking(found, now, request.page)
        if not parts:
            return refusal(Refused(after.Why.NOT_NOW_MARK, session))
        said = _("{title} · {when}", title=title_of(session), when=When(session.begins))
        return Reply(
            (Text(said), *parts, Button(_("Roster"), ShowRoster(session.code))), replaces=True
        )

    async def who_came(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For the host, once, when it is over."""
        if delivery.member is None:
            return Moot.MOOT
        roster = await self._store.read(
            views.roster_for, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        if roster is None:
            return Moot.MOOT
        parts = marking(roster, self._clock.now())
        if not parts:
            return Moot.MOOT
        session = roster.card.session
        said = _(
            "{title} on {when} is over, thank you for holding it. If you like, note who was there:"
            " {people}",
            title=title_of(session),
            when=When(session.starts),
            people=Listing(tuple(Person(who) for _seat, who in roster.held[:_NAMED])),
        )
        none = _("Without a mark nothing is held against anybody.")
        roster_button = Button(_("Roster"), ShowRoster(session.code))
        return Reply((Text(said), Text(none, Style.QUIET), *parts, roster_button))

    async def over(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Never said."""
        return Moot.MOOT


def came_words(seat: Seat) -> Msg | None:
    """What is known about one person, for those who lead the session."""
    if seat.own is not None and seat.own is not seat.marked:
        if seat.own is Came.HERE:
            return _("was there, in their own word")
        return _("could not come, in their own word")
    match seat.came:
        case Came.HERE:
            return _("was there")
        case Came.ABSENT:
            return _("did not come")
        case None:
            return None


def marking(roster: Roster, now: datetime, page: int = 0) -> tuple[Part, ...]:
    """The marks that can be set from the start on; for those who lead it. A page has as many names
    as a list can hold."""
    session = roster.card.session
    if not roster.card.leads or session.called_off or not roster.held:
        return ()
    if now < session.starts or now > session.ends + MARKED_FOR:
        return ()
    code, most = session.code, LIMITS.select_options
    page = min(max(0, page), (len(roster.held) - 1) // most)
    people = tuple(
        Option(str(who.member), _("{name}", name=Typed(who.name[: LIMITS.option_label])))
        for _seat, who in roster.held[page * most : (page + 1) * most]
    )
    parts: list[Part] = [Text(_("Who was there? Only you and each of them see it."), Style.QUIET)]
    if any(seat.marked is None for seat, _who in roster.held):
        nobody = all(seat.marked is None for seat, _who in roster.held)
        label = _("Everybody was there") if nobody else _("Everybody else was there")
        parts.append(Button(label, MarkCame(code, Came.HERE)))
    parts.append(Select(_("Did not come"), MarkCame(code, Came.ABSENT, page=page), "who", people))
    parts.append(Select(_("Was there"), MarkCame(code, Came.HERE, page=page), "who", people))
    if page > 0:
        parts.append(Button(_("Earlier names"), ShowNames(code, page - 1)))
    if (page + 1) * most < len(roster.held):
        parts.append(Button(_("More names"), ShowNames(code, page + 1)))
    return tuple(parts)


def late_note(roster: Roster) -> tuple[Part, ...]:
    """Seats that were given back late are no no-shows: they are counted apart."""
    if not roster.late:
        return ()
    said = ngettext(
        "{count} seat was given back less than 12 hours before.",
        "{count} seats were given back less than 12 hours before.",
        len(roster.late),
    )
    return (Text(said, Style.QUIET),)


def _nothing(work: Work, now: datetime, row: Delivery) -> None:
    return None
