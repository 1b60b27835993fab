"""Short names that people use for a time zone, and the zones they can mean.

A table, because no standard lists them: letters such as IST are shared by three countries. Only
names in use today, spelled the way people type them. Knows no places; those are in zone_places.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShortName:
    """One meaning of a short name.

    `zone` is an IANA key. `tzname` is what the zone calls itself while the name is in force (EDT:
    only in summer); None for names that hold all year (ET).
    """

    zone: str
    tzname: str | None = None


def _season(zone: str, standard: str, daylight: str) -> dict[str, tuple[ShortName, ...]]:
    return {name: (ShortName(zone, name),) for name in (standard, daylight)}


SHORT_NAMES: dict[str, tuple[ShortName, ...]] = {
    "UTC": (ShortName("UTC"),),
    "GMT": (ShortName("UTC"),),
    "Z": (ShortName("UTC"),),
    "ET": (ShortName("America/New_York"),),
    "CT": (ShortName("America/Chicago"),),
    "MT": (ShortName("America/Denver"),),
    "PT": (ShortName("America/Los_Angeles"),),
    **_season("America/New_York", "EST", "EDT"),
    **_season("America/Chicago", "CST", "CDT"),
    **_season("America/Denver", "MST", "MDT"),
    **_season("America/Los_Angeles", "PST", "PDT"),
    **_season("America/Anchorage", "AKST", "AKDT"),
    **_season("America/St_Johns", "NST", "NDT"),
    **_season("Europe/Lisbon", "WET", "WEST"),
    **_season("Europe/Athens", "EET", "EEST"),
    **_season("Australia/Sydney", "AEST", "AEDT"),
    **_season("Australia/Adelaide", "ACST", "ACDT"),
    **_season("Pacific/Auckland", "NZST", "NZDT"),
    # The middle of Europe keeps one time; Paris stands for it, as in the IANA files.
    **_season("Europe/Paris", "CET", "CEST"),
    "MEZ": (ShortName("Europe/Berlin", "CET"),),
    "MESZ": (ShortName("Europe/Berlin", "CEST"),),
    "HST": (ShortName("Pacific/Honolulu"),),
    "BST": (ShortName("Europe/London", "BST"),),
    "AEST": (ShortName("Australia/Sydney", "AEST"), ShortName("Australia/Brisbane", "AEST")),
    "AET": (ShortName("Australia/Sydney"), ShortName("Australia/Brisbane")),
    "AWST": (ShortName("Australia/Perth"),),
    "MSK": (ShortName("Europe/Moscow"),),
    "TRT": (ShortName("Europe/Istanbul"),),
    "BRT": (ShortName("America/Sao_Paulo"),),
    "ART": (ShortName("America/Argentina/Buenos_Aires"),),
    "COT": (ShortName("America/Bogota"),),
    "PKT": (ShortName("Asia/Karachi"),),
    "ICT": (ShortName("Asia/Bangkok"), ShortName("Asia/Ho_Chi_Minh")),
    "SGT": (ShortName("Asia/Singapore"),),
    "MYT": (ShortName("Asia/Kuala_Lumpur"),),
    "PHT": (ShortName("Asia/Manila"),),
    "WIB": (ShortName("Asia/Jakarta"),),
    "HKT": (ShortName("Asia/Hong_Kong"),),
    "JST": (ShortName("Asia/Tokyo"),),
    "KST": (ShortName("Asia/Seoul"),),
    "SAST": (ShortName("Africa/Johannesburg"),),
    "EAT": (ShortName("Africa/Nairobi"),),
    "WAT": (ShortName("Africa/Lagos"),),
    "CAT": (ShortName("Africa/Harare"),),
    "IST": (
        ShortName("Asia/Kolkata"),
        ShortName("Asia/Jerusalem", "IST"),
        ShortName("Europe/Dublin", "IST"),
    ),
    "IDT": (ShortName("Asia/Jerusalem", "IDT"),),
    "AST": (ShortName("America/Halifax", "AST"), ShortName("Asia/Riyadh")),
    "ADT": (ShortName("America/Halifax", "ADT"),),
    "GST": (ShortName("Asia/Dubai"),),
    # Said out loud without "time" as often as with it.
    "EASTERN": (ShortName("America/New_York"),),
    "CENTRAL": (ShortName("America/Chicago"),),
    "MOUNTAIN": (ShortName("America/Denver"),),
    "PACIFIC": (ShortName("America/Los_Angeles"),),
    "CENTRAL EUROPEAN": (ShortName("Europe/Paris"),),
}
SHORT_NAMES["CST"] += (ShortName("Asia/Shanghai", "CST"),)

SUGGESTED = ("ET", "CT", "MT", "PT", "CET", "UTC")
"""Offered before anything is typed."""

COUNTRY_NAMES: dict[str, str] = {
    "uk": "GB",
    "great britain": "GB",
    "britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "us": "US",
    "usa": "US",
    "america": "US",
    "uae": "AE",
    "holland": "NL",
    "korea": "KR",
    "czech republic": "CZ",
    "turkey": "TR",
    "ivory coast": "CI",
}
"""What people call a country besides its name, folded -> ISO 3166 code."""

CITY_NAMES: dict[str, str] = {
    "nyc": "new york city",
    "la": "los angeles",
    "sf": "san francisco",
    "philly": "philadelphia",
    "vegas": "las vegas",
}
"""What people call a city besides the names in the data, both folded."""
