"""What a host reads after asking: a question to confirm, what was opened, what was changed."""

from __future__ import annotations

from datetime import datetime

from bot.domain.office_hours import Session, reminders
from bot.services.office_hours.results import Changed, Opened
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.topics import topic_words
from bot.ui.words import Code, Msg, When, _, ngettext
from cogs.office_hours.actions import (
    Cancel,
    Confirm,
    ListSessions,
    MySessions,
    OpenCallOff,
    OpenMove,
    ShowRoster,
)
from cogs.office_hours.remarks import clash_note
from cogs.office_hours.wording import (
    drop_these,
    facts,
    keep_these,
    keep_this,
    moments,
    reminder_words,
    title_of,
)

_DATES = 4


def question(draft: str) -> tuple[Part, ...]:
    """The two buttons under what was understood."""
    return (
        Button(_("Confirm"), Confirm(draft), Look.MAIN),
        Button(_("Cancel"), Cancel(draft)),
    )


def opened(result: Opened, now: datetime) -> Reply:
    """A session or series is open."""
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
        parts.append(Text(_dates(result)))
    parts.extend(clash_note(result.clashes))
    if result.wanted:
        parts.append(
            Text(
                _(
                    "Whoever asks about {topic} at the moment hears of it.",
                    topic=topic_words(card.session.plan.topic),
                )
            )
        )
    parts.append(Text(_heard(card.session, now), Style.QUIET))
    parts.append(keep_this(card))
    parts.append(Button(_("Roster"), ShowRoster(card.session.code)))
    parts.append(Button(_("Move"), OpenMove(card.session.code)))
    parts.append(Button(_("Call off"), OpenCallOff(card.session.code), Look.GRAVE))
    return Reply(tuple(parts), replaces=True)


def _dates(result: Opened) -> Msg:
    """Those of a series, or the first of them."""
    first, count = moments(result.dates[:_DATES]), len(result.dates)
    if not result.complete:
        return _("The first dates are {dates}; more are added as time goes on.", dates=first)
    if count <= _DATES:
        return _("The dates are {dates}.", dates=first)
    return _("The first dates are {dates}; there are {count} in all.", dates=first, count=count)


def _heard(session: Session, now: datetime) -> Msg:
    """What the host will hear before it begins."""
    told = _("You are told when questions come in.")
    if session.series is not None:
        before = _("You are reminded a day and an hour before each.")
        return _("{reminded} {told}", reminded=before, told=told)
    times = tuple(at for _ahead, at in reminders(session.starts, now))
    return _("{reminded} {told}", reminded=reminder_words(times), told=told)


def changed(result: Changed, *, edited: bool = False) -> Reply:
    """It was moved or called off, or is something else now."""
    session = result.card.session
    if session.called_off:
        said = _("{title} is called off.", title=title_of(session))
    elif edited:
        said = _("{title} is changed.", title=title_of(session))
    else:
        said = _("{title} is at {when} now.", title=title_of(session), when=When(session.begins))
    parts: list[Part] = [Text(said)]
    if result.sessions > 1:
        count = result.sessions
        parts.append(Text(ngettext("{count} session changed.", "{count} sessions changed.", count)))
    parts.append(Text(told(result.told), Style.QUIET))
    if result.led:
        parts.append((drop_these if session.called_off else keep_these)(result.led))
    parts.append(Button(_("My sessions"), MySessions()))
    if session.called_off:
        parts.append(Button(_("Office hours"), ListSessions()))
    return Reply(tuple(parts), replaces=True)


def will_tell(count: int) -> Msg:
    """How many would hear of it."""
    if count == 0:
        return _("Nobody else is concerned yet, so nobody has to be told.")
    return ngettext(
        "{count} person will be told, once.", "{count} people will be told, once each.", count
    )


def told(count: int) -> Msg:
    """How many hear of it."""
    if count == 0:
        return _("Nobody else was concerned.")
    return ngettext("{count} person is being told.", "{count} people are being told.", count)
