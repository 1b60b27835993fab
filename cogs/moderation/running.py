"""How the bot runs, in words: what works, what waits, how long things take. Nobody is named.

It must not know where the figures come from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

from bot.metrics import Timed
from bot.runtime.state import State
from bot.ui.parts import Facts, Part, Style, Text
from bot.ui.words import Msg, Typed, Words, _, ngettext

_TIMED: Mapping[Timed, Msg] = {
    "acknowledged": _("Commands acknowledged"),
    "sent": _("Messages sent, after their time"),
    "rate": _("Waits for a limit of the platform"),
    "database": _("Answers of the database"),
    "scanned": _("Looks for patient details"),
}
_KNOWN = {
    "database": _("Database"),
    "discord": _("Discord"),
    "slack": _("Slack"),
    "preview": _("Preview"),
}


def running(state: State, undeliverable: int) -> tuple[Part, ...]:
    """The facts; nothing where nobody watches. `undeliverable`: of this community, last week."""
    if not state.works:
        return ()
    rows: list[tuple[Msg, Words]] = [
        (_KNOWN.get(name) or _("{name}", name=Typed(name)), _works(works))
        for name, works in state.works.items()
    ]
    rows.append((_("Messages past their time"), _waits(state)))
    rows.append((_("Reached nobody in a week"), _("{count}", count=undeliverable)))
    rows += [(_TIMED[name], _within(bound)) for name, bound in state.within.items()]
    since = _("Each time holds for 19 in 20, in the process that answered you, since it started.")
    return (
        Text(_("How it runs"), Style.HEADING),
        Facts(tuple(rows)),
        *((Text(since, Style.QUIET),) if state.within else ()),
    )


def _works(works: bool) -> Msg:
    return _("works") if works else _("cannot be reached at present")


def _waits(state: State) -> Msg:
    if not state.due:
        return _("none")
    return _("{count}, the first for {time}", count=state.due, time=_long(state.oldest))


def _long(period: timedelta) -> Msg:
    if period >= timedelta(days=1):
        return ngettext("{count} day", "{count} days", period.days)
    if period >= timedelta(hours=1):
        hours = int(period.total_seconds() // 3600)
        return ngettext("{count} hour", "{count} hours", hours)
    minutes = int(period.total_seconds() // 60)
    if not minutes:
        return _("less than a minute")
    return ngettext("{count} minute", "{count} minutes", minutes)


def _within(seconds: float) -> Msg:
    if math.isinf(seconds):
        return _("longer than is measured")
    if seconds < 1:
        thousandths = max(round(seconds * 1000), 1)
        return _("within {count} ms", count=thousandths)
    return ngettext("within {count} second", "within {count} seconds", math.ceil(seconds))
