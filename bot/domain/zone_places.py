"""Cities, countries and US states with the zones they keep, indexed to be looked up by name.

Built when first asked for, from data/cities.bin (GeoNames' cities of 15,000 people and more, packed
by benchmarks/build_cities.py) and, for the names of countries, Babel. What is offered to people,
and in which order, is decided in `zones`.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from babel import Locale, UnknownLocaleError

from bot.domain.zone_names import CITY_NAMES, COUNTRY_NAMES

# A short name in use ("nyc") is meant for the big city, not for its namesakes.
_SHORT_NAMES_FROM = 150_000
# A zone that so small a part of a country or state keeps is found by its cities.
_WORTH_NAMING = 0.02

_ACCENT = re.compile("[\u0300-\u036f]")
_NO_ACCENT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_NOT_A_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` for comparing: no case, accents, dots or other marks; single spaces.

    "Saint" becomes "st", as the data has most of them.
    """
    text = text.casefold()
    if not text.isascii():
        text = _ACCENT.sub("", unicodedata.normalize("NFKD", text)).translate(_NO_ACCENT)
    if not text.isalnum():
        text = _NOT_A_WORD.sub(" ", text.replace(".", "").replace("'", "")).strip()
        if text.startswith("saint "):
            text = "st " + text[len("saint ") :]
    return text


@dataclass(frozen=True, slots=True)
class Place:
    """A city; or, with an empty `city`, the part of a country or US state that keeps this zone.

    `country` is an ISO 3166 code, `state` the two letters of a US state or empty, `people` how
    many live there (in the cities of the data).
    """

    city: str
    state: str
    country: str
    zone: str
    people: int


class Names:
    """Folded names and what they stand for, to be looked up whole or by how they begin."""

    def __init__(self, named: Iterable[tuple[str, Place]]) -> None:
        whole: dict[str, tuple[Place, ...]] = {}
        for name, place in named:
            others = whole.get(name, ())
            if place not in others:
                whole[name] = (*others, place)
        self._whole = whole
        self._sorted = sorted(whole)

    def whole(self, name: str) -> tuple[Place, ...]:
        """The places with exactly this folded name."""
        return self._whole.get(name, ())

    def beginning(self, start: str) -> Iterator[Place]:
        """The places with a folded name that begins so, the whole name included."""
        for index in range(bisect_left(self._sorted, start), len(self._sorted)):
            name = self._sorted[index]
            if not name.startswith(start):
                return
            yield from self._whole[name]

    def inside(self, start: str) -> Iterator[Place]:
        """The places with a folded name in which a later word begins so."""
        later = " " + start
        for name in self._sorted:
            if later in name:
                yield from self._whole[name]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The data, indexed: cities by the name on the map and by other names, areas by code."""

    cities: Names
    other_names: Names
    areas: dict[str, tuple[Place, ...]]
    """ISO 3166 code of a country, or US- and the letters of a state -> its zones, biggest first."""
    states: dict[str, str]
    """Letters of a US state -> its name."""


@cache
def gazetteer() -> Gazetteer:
    """The index of cities and areas; the first call takes some tenths of a second."""
    packed = (files("bot.domain") / "data" / "cities.bin").read_bytes()
    parts = zlib.decompress(packed).decode("utf-8").split("\n\n")
    states, zones, rows = (part.split("\n") for part in parts)
    main: list[tuple[str, Place]] = []
    other: list[tuple[str, Place]] = []
    people: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name, country, state, zone, inhabitants, other_names = row.split("\t")
        place = Place(name, state, country, zones[int(zone)], int(inhabitants))
        own = fold(name)
        main.append((own, place))
        other += ((known_as, place) for known_as in other_names.split("|") if known_as)
        if place.people >= _SHORT_NAMES_FROM:
            other += ((short, place) for short, long in CITY_NAMES.items() if long == own)
        people[country][place.zone] += place.people
        if state:
            people["US-" + state][place.zone] += place.people
    return Gazetteer(
        Names(main),
        Names(other),
        {code: _zones(code, counted) for code, counted in people.items()},
        dict(cast("tuple[str, str]", state.split("\t")) for state in states),
    )


def _zones(code: str, counted: Counter[str]) -> tuple[Place, ...]:
    country, _, state = code.partition("-")
    enough = counted.total() * _WORTH_NAMING
    return tuple(
        Place("", state, country, zone, people)
        for zone, people in counted.most_common()
        if people >= enough
    )


@dataclass(frozen=True, slots=True)
class Areas:
    """Countries and US states by name in one language (and in English)."""

    names: Names
    codes: dict[str, frozenset[str]]
    """Folded name, or the letters of its code -> keys in `Gazetteer.areas`."""


@lru_cache(maxsize=16)
def areas(language: str) -> Areas:
    """The names of areas that somebody who uses `language` may type."""
    known = gazetteer()
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for letters, name in known.states.items():
        codes[fold(name)].add("US-" + letters)
    for code in known.areas:
        country, _, state = code.partition("-")
        if not state:
            codes[fold(country_name(country, "en"))].add(code)
            codes[fold(country_name(country, language))].add(code)
    for name, code in COUNTRY_NAMES.items():
        codes[name].add(code)
    found = {name: codes[name] & known.areas.keys() for name in codes if name}
    names = Names(
        (name, place) for name in found for code in found[name] for place in known.areas[code]
    )
    for code in known.areas:
        codes[code[-2:].lower()].add(code)
    return Areas(names, {name: frozenset(found) for name, found in codes.items()})


@lru_cache(maxsize=4096)
def country_name(code: str, language: str) -> str:
    """What `language` calls a country, or English if it has no name for it; else empty."""
    return _territories(language).get(code) or _territories("en").get(code, "")


def _territories(language: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", locale_of(language).territories)


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's data for a language tag such as "de" or "pt-BR"; English for an unknown one."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
