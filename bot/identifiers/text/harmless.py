"""Words of the field that look like names or codes and identify nobody: eponyms, devices, trials."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

from bot.identifiers.text.folding import fold

# Whose names stand for a technique; a doctor's title in front does not tie them to a case.
PIONEERS: Final = frozenset(
    [
        "dotter",
        "gruentzig",
        "gruntzig",
        "judkins",
        "seldinger",
        "palmaz",
        "amplatz",
        "gianturco",
        "rosch",
        "roesch",
        "greenfield",
        "cope",
        "fogarty",
        "forssmann",
        "moniz",
        "hounsfield",
        "rontgen",
        "roentgen",
        "doppler",
        "charcot",
        "osler",
        "virchow",
        "trousseau",
        "baum",
        "nusbaum",
        "athanasoulis",
        "castaneda-zuniga",
        "wallace",
        "wholey",
        "colapinto",
        "parodi",
        "volodos",
        "mobin-uddin",
        "ring",
        "sos",
        "simmons",
        "cobra",
        "tegtmeyer",
        "zeitler",
        "porstmann",
        "dos-santos",
        "ravina",
        "yamada",
        "guglielmi",
        "serbinenko",
        "debrun",
        "djindjian",
        "abrams",
        "sones",
        "hickman",
        "tenckhoff",
        "semba",
        "dake",
    ]
)


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    found: dict[str, str] = {}
    text = (files("bot.identifiers.text") / "data" / "harmless.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#") or ":" not in line:
            continue
        section, words = line.split(":", 1)
        for word in words.split():
            found.setdefault(fold(word), section[:3])
    return found


def section(folded: str) -> str:
    """The section of the list in which a folded word stands, by three letters, or nothing."""
    return _sections().get(folded, "")
