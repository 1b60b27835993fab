"""Every walk whose screens are kept, by the name of its file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tests.golden.crowds import group_hour, wave
from tests.golden.walk import (
    Walk,
    afterwards,
    asking,
    called_away,
    declining,
    directory,
    dropping_in,
    hosting,
    looking_around,
    matching,
    messages,
    offering,
    setting_up,
    taking_part,
)

CHAPTERS: Mapping[str, Callable[[Walk], Awaitable[None]]] = {
    "setting-up": setting_up,
    "looking-around": looking_around,
    "hosting": hosting,
    "taking-part": taking_part,
    "messages": messages,
    "called-away": called_away,
    "afterwards": afterwards,
    "dropping-in": dropping_in,
    "offering": offering,
    "asking": asking,
    "declining": declining,
    "matching": matching,
    "directory": directory,
    "group-hour": group_hour,
    "wave": wave,
}
