"""What can be asked for about hours, days off and seasons. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.domain.seasons import SeasonKind
from bot.ui.action import Action, Ask, Option
from bot.ui.words import _

_UNTIL = _("Until")

SEASON_KINDS = (
    Option(SeasonKind.APPLICATIONS, _("applications")),
    Option(SeasonKind.INTERVIEWS, _("interviews")),
    Option(SeasonKind.RANK_LIST, _("rank list")),
    Option(SeasonKind.MEETING, _("annual meeting")),
    Option(SeasonKind.BOARDS, _("boards")),
    Option(SeasonKind.OTHER, _("something else")),
)


@dataclass(frozen=True)
class GoAway(Action, tag="my.away.1"):
    """Days on which I am away, on call or on leave."""

    from_: Annotated[date, Ask(_("From"), hint=_("The first day, such as today or 2027-03-11"))]
    until: Annotated[date | None, Ask(_UNTIL, hint=_("The last day; the same if left empty"))] = (
        None
    )


@dataclass(frozen=True)
class ComeBack(Action, tag="my.back.1"):
    """Takes back the days that were noted; all that are to come if none are named."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class ShowWishes(Action, tag="my.notify.1"):
    """When the bot may write to me, and about what."""


@dataclass(frozen=True)
class OpenHours(Action, tag="my.open_hours.1"):
    """The form of waking hours."""


@dataclass(frozen=True)
class SetHours(Action, tag="my.hours.1"):
    """My waking hours."""

    opens: Annotated[str, Ask(_("From"), hint=_("For example: 08:00"), most=5)]
    closes: Annotated[str, Ask(_("To"), hint=_("For example: 20:00"), most=5)]
    weekends: Annotated[bool, Ask(_("On weekends as well"))] = False
    holidays: Annotated[
        str | None,
        Ask(_("Holidays of"), hint=_("A country or state, such as GB or US-MA"), most=6),
    ] = None
    topics: Annotated[
        str | None,
        Ask(_("Questions you like to see"), hint=_("Topics, separated by commas"), most=200),
    ] = None


@dataclass(frozen=True)
class PauseMe(Action, tag="my.pause.1"):
    """Nothing unasked for so many days; 0 ends a pause."""

    days: int


@dataclass(frozen=True)
class OpenPause(Action, tag="my.open_pause.1"):
    """The form of a pause that lasts as long as one likes."""


@dataclass(frozen=True)
class PauseUntil(Action, tag="my.pause_till.1"):
    """Nothing unasked until a day is over."""

    until: Annotated[date, Ask(_UNTIL, hint=_("The last day of it, such as 2027-03-11"))]


@dataclass(frozen=True)
class ShowSeasons(Action, tag="su.seasons.1"):
    """The periods in which everybody has less time."""


@dataclass(frozen=True)
class OpenSeason(Action, tag="su.open_season.1"):
    """The form of a season."""


@dataclass(frozen=True)
class AddSeason(Action, tag="su.season.1"):
    """Marks a season."""

    kind: Annotated[str, Ask(_("What keeps people busy"), options=SEASON_KINDS)]
    from_: Annotated[date, Ask(_("From"))]
    until: Annotated[date, Ask(_UNTIL)]
    patience: Annotated[
        int,
        Ask(
            _("Patience"), hint=_("How many times longer every period is, 1 to 4"), least=1, most=4
        ),
    ] = 2
    early: Annotated[bool, Ask(_("Earlier reminders for hard dates"))] = False


@dataclass(frozen=True)
class DropSeason(Action, tag="su.drop_season.1"):
    """Takes a season back."""

    season: int


@dataclass(frozen=True)
class MySeason(Action, tag="my.season.1"):
    """A busy period of one's own: more patience with requests to me."""

    from_: Annotated[date, Ask(_("From"))]
    until: Annotated[date, Ask(_UNTIL)]


@dataclass(frozen=True)
class ShowMySeasons(Action, tag="my.seasons.1"):
    """My own busy periods."""


@dataclass(frozen=True)
class DropMySeason(Action, tag="my.drop_season.1"):
    """Takes a busy period of one's own back."""

    season: int


@dataclass(frozen=True)
class OpenMySeason(Action, tag="my.open_season.1"):
    """The form of one's own busy period."""
