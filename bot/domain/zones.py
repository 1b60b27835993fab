"""What people call a place or a time zone -> the IANA zone that is kept there.

`find_zones` completes what somebody is typing; `zone_of` decides what they typed. The data knows
34,000 cities, so one name often means several: that is an answer of its own, never a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from heapq import nlargest
from importlib import resources
from itertools import chain
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_name

from bot.domain.zone_names import SHORT_NAMES, SUGGESTED, ShortName
from bot.domain.zone_places import Place, areas, country_name, fold, gazetteer, locale_of

# Of two places with one name in different zones, the one with ten times as many people is meant:
# London is in England and Paris in France, but Portland and Birmingham are asked about.
_CLEARLY_BIGGER = 10
_NOT_MEANT = 20  # and with so many times fewer people, nobody is asked about it
# Somebody who types the beginning of a city's other name hardly ever means that city.
_OTHER_NAME_COUNTS = 10
# Shorter beginnings fit too much.
_SHORTEST_OTHER_START = 3
_SMALL_PLACE = 100_000
_LONGEST = 100
_MOST_CHOICES = 5
_LONGEST_TYPED = 60  # it has to fit a button

_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
_ZONE_TIME = re.compile(r"(?i)\s+time\s*$")


@dataclass(frozen=True, slots=True)
class ZoneMatch:
    """An IANA key and how to show it: "Boston, United States (America/New_York)".

    `typed` is what somebody can type, alone or after a time, to mean it: "Springfield, Illinois".
    """

    zone: str
    label: str
    typed: str = ""

    def __post_init__(self) -> None:
        if not self.typed:
            object.__setattr__(self, "typed", self.zone)


@dataclass(frozen=True, slots=True)
class ZoneFound:
    """The one zone that is meant.

    `tzname` is set when the name holds for part of the year only ("EDT"): what the zone calls
    itself then. It tells the two readings of a doubled hour apart. `place` is set when a place was
    named: which one was found, with its country or US state ("Atlantis, South Africa").
    """

    zone: ZoneInfo
    tzname: str | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ZoneChoices:
    """Several zones could be meant; the likelier first. Places of one zone stand for themselves."""

    matches: tuple[ZoneMatch, ...]


def find_zones(text: str, language: str = "en", limit: int = 25) -> tuple[ZoneMatch, ...]:
    """Up to `limit` zones for what somebody has typed so far, the likeliest first.

    `language` is the one country names are shown and understood in, besides English. The first
    call reads the data (see zone_places.gazetteer).
    """
    found: dict[str, ZoneMatch] = {}
    for match in _candidates(text[:_LONGEST], language, limit):
        found.setdefault(match.label, match)
        if len(found) >= limit:
            break
    return tuple(found.values())


def zone_of(
    text: str, *, language: str = "en", near: ZoneInfo | None = None, careful: bool = False
) -> ZoneFound | ZoneChoices | None:
    """The zone that `text` names: a label from `find_zones`, an IANA key, a short name or a place.

    `near` is the person's present zone: it settles what would be ambiguous, because people mean
    the Cambridge of their own country. `careful` leaves out small places whose one-word name was
    typed without a capital, for text in which a place is not expected. None if nobody is called so.
    """
    text = " ".join(text[:_LONGEST].split())
    if (bracket := _IN_BRACKETS.search(text)) and (found := _by_key(bracket[1])):
        return found
    found = _by_short_name(text, language, near) or _by_key(text)
    if found is None and (bare := _ZONE_TIME.sub("", text)) != text:
        found = zone_of(bare, language=language, near=near)
    return found or _by_place(text, language, near, careful=careful)


def _candidates(text: str, language: str, limit: int) -> Iterator[ZoneMatch]:
    typed = fold(text)
    if not typed:
        for name in SUGGESTED:
            yield from _short_matches(name, SHORT_NAMES[name], language)
        return
    short = _short_name(text)
    yield from _short_matches(short, SHORT_NAMES.get(short, ()), language)
    if isinstance(exact := _by_key(text), ZoneFound):
        yield ZoneMatch(exact.zone.key, exact.zone.key)
    yield from _labels(_whole(typed, language), language)
    yield from _labels(_beginning(typed, language, limit), language)
    yield from _labels(_qualified(typed, language, unfinished=True), language)
    known = gazetteer()
    if len(typed) >= _SHORTEST_OTHER_START:
        inside = chain(areas(language).names.inside(typed), known.cities.inside(typed))
        yield from _labels(nlargest(limit, inside, key=_people), language)
    for key, folded in _current_keys():
        if f" {typed}" in f" {folded}":
            yield ZoneMatch(key, key)


def _people(place: Place) -> int:
    return place.people


def _whole(typed: str, language: str) -> list[Place]:
    known = gazetteer()
    found = [
        *areas(language).names.whole(typed),
        *known.cities.whole(typed),
        *known.other_names.whole(typed),
    ]
    return sorted(found, key=_people, reverse=True)


def _beginning(typed: str, language: str, limit: int) -> list[Place]:
    known = gazetteer()
    named = chain(areas(language).names.beginning(typed), known.cities.beginning(typed))
    weighed = [(place.people, place.city, place) for place in named]
    if len(typed) >= _SHORTEST_OTHER_START:
        weighed += (
            (place.people // _OTHER_NAME_COUNTS, place.city, place)
            for place in known.other_names.beginning(typed)
        )
    # Places in one zone and country share a label, so more are taken than will be shown.
    return [place for _, _, place in nlargest(4 * limit, weighed, key=lambda one: one[:2])]


def _qualified(typed: str, language: str, *, unfinished: bool = False) -> list[Place]:
    """Cities followed by a country or US state: "portland oregon", "cambridge uk", "paris tx".

    With `unfinished`, the area may be the beginning of its name.
    """
    words = typed.split()
    for cut in range(len(words) - 1, 0, -1):
        city, area = " ".join(words[:cut]), " ".join(words[cut:])
        codes = areas(language).codes
        meant = set(codes.get(area, ()))
        if unfinished:
            meant.update(*(found for name, found in codes.items() if name.startswith(area)))
        places = [
            place
            for place in _whole(city, language)
            if place.city and ({place.country, f"US-{place.state}"} & meant)
        ]
        if places:
            return places
    return []


def _labels(places: Iterable[Place], language: str) -> Iterator[ZoneMatch]:
    states = gazetteer().states
    for place in places:
        name = country_name(place.country, language) or place.country
        if first := place.city or states.get(place.state):
            name = f"{first}, {name}"
        yield ZoneMatch(place.zone, f"{name} ({place.zone})")


def _by_place(
    text: str, language: str, near: ZoneInfo | None, *, careful: bool
) -> ZoneFound | ZoneChoices | None:
    typed = fold(text)
    named = _weighed(typed, language)
    if not named:
        named = [(place.people, place) for place in _qualified(typed, language)]
    casual = careful and " " not in typed and not text[:1].isupper()
    if casual and all(place.people < _SMALL_PLACE for _, place in named):
        return None
    weights: Counter[str] = Counter()
    biggest: dict[str, Place] = {}
    for weight, place in sorted(named, key=lambda one: one[0], reverse=True):
        weights[place.zone] += weight
        biggest.setdefault(place.zone, place)
    ranked = weights.most_common()
    if not ranked:
        return None
    zone, most = ranked[0]
    if all(most >= _CLEARLY_BIGGER * weight for _, weight in ranked[1:]):
        return ZoneFound(ZoneInfo(zone), place=", ".join(_named(biggest[zone], language)))
    if near is not None and near.key in weights:
        return ZoneFound(near, place=", ".join(_named(biggest[near.key], language)))
    meant = {zone for zone, weight in ranked if weight * _NOT_MEANT > most}
    first = [biggest[zone] for zone, _ in ranked if zone in meant]
    rest = [place for _, place in named if place.zone in meant and place not in first]
    rest = sorted((place for place in rest if place.city), key=_people, reverse=True)
    return ZoneChoices(tuple(_told_apart((*first, *rest), language))[:_MOST_CHOICES])


def _told_apart(places: Iterable[Place], language: str) -> Iterator[ZoneMatch]:
    """Places of one name, each with the US state or the country that it is in."""
    seen: set[tuple[str, str]] = set()
    for place in places:
        names = _named(place, language)
        if (names[-1], place.zone) in seen:
            continue
        seen.add((names[-1], place.zone))
        full = ", ".join(names)
        short = len(full) <= _LONGEST_TYPED
        typed = full if short and _means(full, place.zone, language) else ""
        yield ZoneMatch(place.zone, f"{full} ({place.zone})", typed)


def _named(place: Place, language: str) -> tuple[str, ...]:
    """A place's name and the US state or the country that it is in; that alone if it is one."""
    country = country_name(place.country, language) or place.country
    state = gazetteer().states.get(place.state, "")
    region = state if place.city and state else country
    name = place.city or state or country
    return (name, region) if name != region else (name,)


def _means(text: str, zone: str, language: str) -> bool:
    found = _qualified(fold(text), language)
    return bool(found) and {place.zone for place in found} == {zone}


def _weighed(typed: str, language: str) -> list[tuple[int, Place]]:
    known = gazetteer()
    main = chain(areas(language).names.whole(typed), known.cities.whole(typed))
    return [
        *((place.people, place) for place in main),
        *((p.people // _OTHER_NAME_COUNTS, p) for p in known.other_names.whole(typed)),
    ]


def _by_key(text: str) -> ZoneFound | None:
    key = _all_keys().get(text.strip().replace(" ", "_").casefold())
    return ZoneFound(ZoneInfo(key)) if key else None


def _by_short_name(
    text: str, language: str, near: ZoneInfo | None
) -> ZoneFound | ZoneChoices | None:
    name = _short_name(text)
    meanings = SHORT_NAMES.get(name, ())
    if not meanings:
        return None
    if near is not None:
        for own in (_tzname(near, name), *(_tzname(near, one.tzname) for one in meanings)):
            if own:
                return ZoneFound(near, own)
        if any(_same_time(near.key, one.zone) for one in meanings):
            return ZoneFound(near)
    if len(meanings) == 1:
        return ZoneFound(ZoneInfo(meanings[0].zone), meanings[0].tzname)
    return ZoneChoices(tuple(_short_matches(name, meanings, language)))


def _short_name(text: str) -> str:
    return " ".join(text.replace(".", "").split()).upper()


def _tzname(zone: ZoneInfo, name: str | None) -> str | None:
    """`name` if the zone calls itself so, at least for part of the year."""
    return name if name in {tzname for _, tzname in _standing(zone.key)} else None


def _same_time(one: str, other: str) -> bool:
    return _standing(one) == _standing(other)


@lru_cache(maxsize=512)
def _standing(key: str) -> tuple[tuple[timedelta | None, str | None], ...]:
    """Offset and name of a zone in winter and summer by the rule that stands for good."""
    zone = ZoneInfo(key)
    days = (datetime(2100, month, 1, tzinfo=zone) for month in (1, 7))
    return tuple((day.utcoffset(), day.tzname()) for day in days)


def _short_matches(name: str, meanings: Iterable[ShortName], language: str) -> Iterator[ZoneMatch]:
    for meaning in meanings:
        if meaning.zone == name:
            yield ZoneMatch(name, name)
        elif meaning.zone == "UTC":
            yield ZoneMatch("UTC", f"{name} (UTC)")
        else:
            spoken = _spoken(meaning.zone, language)
            yield ZoneMatch(meaning.zone, f"{name}, {spoken} ({meaning.zone})")


def _spoken(key: str, language: str) -> str:
    """What a language calls the time of a zone: "Eastern Time"."""
    return get_timezone_name(
        ZoneInfo(key), width="long", zone_variant="generic", locale=locale_of(language)
    )


@cache
def _all_keys() -> dict[str, str]:
    """Every key an explicit answer may have, by its folded form. A key alone, such as "Japan" or
    "EST", is not taken for one: it is a place or a short name first."""
    return {key.casefold(): key for key in available_timezones() if "/" in key or key == "UTC"}


@cache
def _current_keys() -> tuple[tuple[str, str], ...]:
    """The keys in use today with their folded forms, for completion: no former names."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple((key, fold(key)) for key in sorted(row[2] for row in rows))
