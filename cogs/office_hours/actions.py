"""What can be asked for about office hours. Tags stay for ever; fields are the options' names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from bot.domain.moment import Moment
from bot.domain.office_hours import ForWhom, Mode, Scope
from bot.domain.people import MemberId
from bot.domain.recurrence import Repeat
from bot.ui.action import Action, Ask, ChannelRef, Option
from bot.ui.words import _

SESSION = _("Session")
SESSION_HINT = _("Its code or its title, as in the list of office hours")
_STARTS_HINT = _("For example: Thu 6pm, tomorrow 18:00 London, or 2027-03-11 18:00")
VOICE_HINT = _("If it is one: which, so that its name is a way in")

MODES = (Option("seats", _("seats")), Option("drop-in", _("drop-in")))
REPEATS = (
    Option("none", _("none")),
    Option("weekly", _("weekly")),
    Option("two_weekly", _("every two weeks")),
    Option("monthly", _("monthly")),
)
AUDIENCES = (
    Option("everyone", _("everyone")),
    Option("students", _("students")),
    Option("residents_up", _("residents and up")),
    Option("hosts", _("hosts of this community")),
    Option("reviewers", _("reviewers of this community")),
    Option("moderators", _("moderators of this community")),
)
AGENDA = Ask(
    _("Agenda"),
    hint=_("What you have in mind; everybody with a seat reads it in the reminders"),
    most=600,
    lines=4,
)
COHOSTS = Ask(_("Co-hosts"), most=10, form_only=True, acts=True)
SCOPES = (Option("one", _("this one")), Option("later", _("this and later")))


@dataclass(frozen=True)
class ListSessions(Action, tag="oh.list.1"):
    """Sessions that can be joined. `page` counts from 0; `series`: the code of a session, to see
    all of its series."""

    topic: Annotated[str | None, Ask(_("Topic"), suggest="topic", most=60)] = None
    from_: Annotated[date | None, Ask(_("From"), hint=_("The first day to show"))] = None
    page: int = 0
    series: str | None = None


@dataclass(frozen=True)
class JoinSession(Action, tag="oh.join.1"):
    """A seat, or a place in line."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="session")]
    about: Annotated[
        str | None,
        Ask(
            _("What you want to talk about"),
            hint=_("The host and co-hosts will see it"),
            most=300,
            lines=3,
        ),
    ] = None


@dataclass(frozen=True)
class JoinAsMeant(Action, tag="oh.as_meant.1"):
    """`I am`: the session is meant for people like me."""

    draft: str


@dataclass(frozen=True)
class LeaveSession(Action, tag="oh.leave.1"):
    """Gives a seat or a place in line back."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="my_session")]


@dataclass(frozen=True)
class DeclineOffer(Action, tag="oh.notnow.1"):
    """`Not now` to a seat that was offered. `here`: in the message that offers it."""

    session: str
    here: bool = False


@dataclass(frozen=True)
class MySessions(Action, tag="oh.mine.1"):
    """Seats, places in line, and sessions I host."""

    page: int = 0


@dataclass(frozen=True)
class AskQuestion(Action, tag="oh.ask.1"):
    """A question for a session; its author is shown to nobody."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="session")]
    question: Annotated[
        str,
        Ask(
            _("Your question"),
            hint=_("The host sees the question, never who asked it"),
            least=3,
            most=600,
            lines=4,
        ),
    ]


@dataclass(frozen=True)
class OpenQuestion(Action, tag="oh.asking.1"):
    """Opens the form for a question."""

    session: str


@dataclass(frozen=True)
class HostSession(Action, tag="oh.host.1"):
    """A new session or series."""

    title: Annotated[str, Ask(_("Title"), least=3, most=100)]
    topic: Annotated[str, Ask(_("Topic"), suggest="topic", most=60)]
    starts: Annotated[Moment, Ask(_("Starts"), hint=_STARTS_HINT)]
    minutes: Annotated[int, Ask(_("Minutes"), least=5, most=480)] = 45
    seats: Annotated[
        int, Ask(_("Seats"), hint=_("Not counted for drop-in hours"), least=1, most=500)
    ] = 6
    mode: Annotated[
        Mode, Ask(_("Mode"), hint=_("With seats, or come as you like"), options=MODES)
    ] = Mode.SEATS
    repeat: Annotated[Repeat, Ask(_("Repeat"), options=REPEATS)] = Repeat.NONE
    until: Annotated[
        date | None, Ask(_("Until"), hint=_("The last day of a series; empty means no end"))
    ] = None
    where: Annotated[
        str,
        Ask(
            _("Where"),
            hint=_("A link, a voice channel or a room; only people with a seat see it"),
            least=2,
            most=300,
        ),
    ] = field(kw_only=True)
    agenda: Annotated[str | None, AGENDA] = None
    audience: Annotated[ForWhom, Ask(_("For whom"), options=AUDIENCES)] = ForWhom.EVERYONE
    cohosts: Annotated[tuple[MemberId, ...], COHOSTS] = ()
    closes: Annotated[
        int,
        Ask(_("Sign-up closes"), hint=_("Hours before the start"), least=0, most=336),
    ] = 0
    fair: Annotated[
        bool,
        Ask(
            _("Last time first"),
            hint=_("On the waitlist, who had no seat in the session before comes first"),
        ),
    ] = True
    voice: Annotated[ChannelRef | None, Ask(_("Voice channel"), hint=VOICE_HINT)] = None


@dataclass(frozen=True)
class MoveSession(Action, tag="oh.move.1"):
    """A new time."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="led_session")]
    starts: Annotated[Moment, Ask(_("New start"), hint=_STARTS_HINT)]
    scope: Annotated[Scope, Ask(_("Of a series"), options=SCOPES)] = Scope.ONE


@dataclass(frozen=True)
class OpenMove(Action, tag="oh.moving.1"):
    """Opens the form for a new time."""

    session: str


@dataclass(frozen=True)
class CallOff(Action, tag="oh.calloff.1"):
    """The session will not be held."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="led_session")]
    reason: Annotated[
        str | None, Ask(_("Reason"), hint=_("Everybody concerned reads it"), most=300, lines=3)
    ] = None
    scope: Annotated[Scope, Ask(_("Of a series"), options=SCOPES)] = Scope.ONE


@dataclass(frozen=True)
class OpenCallOff(Action, tag="oh.calling.1"):
    """Opens the form for calling a session off."""

    session: str


@dataclass(frozen=True)
class RunLate(Action, tag="oh.late.1"):
    """The session begins a little later."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="led_session")]
    minutes: Annotated[int, Ask(_("Minutes"), hint=_("How much later"), least=1, most=120)]


@dataclass(frozen=True)
class ShowRoster(Action, tag="oh.roster.1"):
    """Who comes, and what they want to know. `page` counts from 0."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="led_session")]
    page: int = 0


@dataclass(frozen=True)
class GetCalendar(Action, tag="oh.calendar.1"):
    """An .ics file of one session or of all mine."""

    session: Annotated[
        str | None,
        Ask(SESSION, hint=_("Empty: everything I take part in"), most=100, suggest="session"),
    ] = None


@dataclass(frozen=True)
class Choose(Action, tag="oh.choose.1"):
    """Which session was meant by a title."""

    draft: str
    session: str


@dataclass(frozen=True)
class Confirm(Action, tag="oh.confirm.1"):
    """Carries out what was shown."""

    draft: str


@dataclass(frozen=True)
class Cancel(Action, tag="oh.cancel.1"):
    """Leaves everything as it is."""

    draft: str
