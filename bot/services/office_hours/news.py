"""What newer news of a session make of older ones that were not sent yet: nobody reads two notes
where one says it all, and nothing that changed is left unsaid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from bot.domain.office_hours import Session
from bot.domain.people import MemberId
from bot.services.office_hours import telling
from bot.services.office_hours.telling import Kind
from bot.services.ports import Work

_ONE = frozenset(
    {
        Kind.MOVED,
        Kind.LATE,
        Kind.CHANGED,
        Kind.HANDED_OVER,
        Kind.WITHOUT_HOST,
        Kind.WITH_HOST,
        Kind.SEVERAL,
    }
)
"""News of one session, which can be said together."""
_AT_ITS_TIME = frozenset({Kind.LATE, Kind.WITHOUT_HOST, Kind.WITH_HOST})
_SAID_WITH: Mapping[Kind, frozenset[Kind]] = MappingProxyType(
    {
        **dict.fromkeys(_ONE | {Kind.CALLED_OFF}, _ONE),
        Kind.SERIES_MOVED: _AT_ITS_TIME | {Kind.MOVED, Kind.SERIES_MOVED},
        Kind.SERIES_CHANGED: frozenset({Kind.CHANGED, Kind.SERIES_CHANGED}),
        Kind.SERIES_HANDED_OVER: frozenset({Kind.HANDED_OVER, Kind.SERIES_HANDED_OVER}),
        Kind.SERIES_OFF: _ONE
        | {Kind.SERIES_MOVED, Kind.SERIES_CHANGED, Kind.SERIES_HANDED_OVER, Kind.SERIES_OFF},
    }
)
"""Which older news need no note of their own beside newer ones."""
_NO_MORE: Mapping[Kind, frozenset[Kind]] = MappingProxyType(
    {
        Kind.CALLED_OFF: _ONE,
        Kind.MOVED: _AT_ITS_TIME,
        Kind.WITHOUT_HOST: frozenset({Kind.WITH_HOST}),
        Kind.WITH_HOST: frozenset({Kind.WITHOUT_HOST}),
        Kind.HANDED_OVER: frozenset({Kind.WITHOUT_HOST, Kind.WITH_HOST}),
    }
)
"""Which older ones are not true any more by the newer."""


def together(
    work: Work, kind: Kind, sessions: Iterable[Session], members: Collection[MemberId]
) -> Mapping[MemberId, Kind]:
    """Takes back what is said with this news, or is no more; and as which kind each of these hears
    of it."""
    older: defaultdict[MemberId, set[str]] = defaultdict(set)
    for session in sessions:
        back = work.deliveries.take_back(telling.news(session), _SAID_WITH[kind], members)
        for member, was in back:
            older[member].add(was)
    past = _NO_MORE.get(kind, frozenset())
    return {
        member: Kind.SEVERAL if kind in _ONE and older[member] - past - {kind} else kind
        for member in members
    }
