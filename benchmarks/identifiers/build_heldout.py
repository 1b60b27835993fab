"""Collects names, streets and towns for measuring: heldout/values.json.

Run by hand in an environment with `mimesis` (MIT), whose lists the engine was not built from.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent / "heldout/values.json"
LOCALES = [
    "en",
    "en-gb",
    "en-ca",
    "en-au",
    "de",
    "de-at",
    "de-ch",
    "es",
    "es-mx",
    "fr",
    "it",
    "nl",
    "nl-be",
    "pt",
    "pt-br",
    "pl",
    "cs",
    "da",
    "fi",
    "hr",
    "hu",
    "is",
    "no",
    "sk",
    "sv",
    "tr",
    "et",
]
MOST = 260


def main() -> None:
    """Write the lists."""
    rng = random.Random(7)
    found = {
        locale: {
            key: sorted(rng.sample(values, min(MOST, len(values))))
            for key, raw in datasets(locale).items()
            if (values := sorted({v for v in raw if re.match("[A-Za-zÀ-ɏ]", v)}))
        }
        for locale in LOCALES
    }
    OUT.write_text(json.dumps(found, ensure_ascii=False, sort_keys=True, indent=0) + "\n", "utf-8")


def datasets(locale: str) -> dict[str, list[str]]:
    """All that the package lists for a locale."""
    import mimesis

    folder = Path(mimesis.__file__).parent / "datasets"
    lists: dict[str, list[str]] = {}
    for name in ("person", "address"):
        path = folder / locale / f"{name}.json"
        data: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        lists.setdefault("given", []).extend(_flat(data.get("names")))
        lists.setdefault("family", []).extend(_flat(data.get("surnames")))
        lists.setdefault("town", []).extend(_flat(data.get("city")))
        street = data.get("street") or {}
        lists.setdefault("street", []).extend(_flat(street.get("name")))
        lists.setdefault("suffix", []).extend(_flat(street.get("suffix")))
    return lists


def _flat(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [item for part in value.values() for item in _flat(part)]
    return [str(item) for item in value or []]


if __name__ == "__main__":
    main()
