"""Collects names, streets and towns for measuring: voices/values.json.

Run by hand where npm and `mimesis` (MIT) are at hand: the lists of the npm package `@faker-js/faker` (MIT),
which are others than those the engine was built from, and of mimesis what heldout/values.json has not.

    npm pack @faker-js/faker && tar xzf faker-js-faker-*.tgz
    python benchmarks/identifiers/build_voices.py package
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from build_heldout import LOCALES, MOST, datasets

FOLDER = Path(__file__).parent
PRINT = """
import { allLocales } from "PATH/dist/index.js";
const flat = v => !v ? [] : Array.isArray(v) ? v.map(x => x.value ?? x) : Object.values(v).flatMap(flat);
const lists = Object.entries(allLocales).map(([k, { person: p = {}, location: l = {} }]) => [k, {
  given: flat(p.first_name), family: flat(p.last_name), town: flat(l.city_name), street: flat(l.street_name) }]);
console.log(JSON.stringify(Object.fromEntries(lists)));
"""
_KIND = re.compile(
    r"\s(?:Street|Road|Lane|Avenue|Close|Drive|Court|Way|Place|Path|Crescent|Terrace|Grove)$"
    r"|^(?:Calle|Av\.?|Avenida|Boulevard|Bulevar\w*|Privada|Calzada|Andador|Rue|Place|Impasse) "
)
KEYS = ("given", "family", "town", "street", "suffix")


def main() -> None:
    """Write the lists."""
    code = PRINT.replace("PATH", str(Path(sys.argv[1]).resolve()))
    printed = subprocess.run(
        ["node", "--input-type=module", "-e", code], check=True, capture_output=True, text=True
    )
    other: dict[str, dict[str, list[Any]]] = json.loads(printed.stdout)
    kept: dict[str, dict[str, list[str]]] = json.loads(
        (FOLDER / "heldout/values.json").read_text("utf-8")
    )
    rng = random.Random(11)
    found: dict[str, dict[str, list[str]]] = {}
    for locale in [*LOCALES, *sorted(set(map(_named, other)) - set(LOCALES))]:
        lists: dict[str, list[str]] = {}
        known = datasets(locale) if locale in LOCALES else {}
        theirs = next((lists for name, lists in other.items() if _named(name) == locale), {})
        for key in KEYS:
            values = {
                str(value) for value in theirs.get(key, []) if re.match("[A-Za-zÀ-ɏ]", str(value))
            }
            if len(values) < 60:  # what the other package has not
                values |= set(known.get(key, [])) - set(kept.get(locale, {}).get(key, []))
            if key == "suffix":
                values = set(known.get(key, []))
            if key == "street" and locale[:2] in (
                "en",
                "es",
                "fr",
            ):  # a kind of street is added later
                values = {_KIND.sub("", value) for value in values} - {""}
            lists[key] = sorted(rng.sample(sorted(values), min(MOST // 2, len(values))))
        if lists["given"] or lists["town"]:
            found[locale] = lists
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, indent=0)
    (FOLDER / "voices/values.json").write_text(text + "\n", "utf-8")


def _named(name: str) -> str:
    return {"da": "da", "cs_CZ": "cs", "nb_NO": "no"}.get(name, name.lower().replace("_", "-"))


if __name__ == "__main__":
    main()
