"""What mentors help with and how people describe themselves: the lists of `taxonomy.toml`.

Keys are kept, labels are shown. A deployment may add to the lists or rename what is in them. Knows
no sentence: labels are looked up where something is shown.
"""

from __future__ import annotations

import enum
import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import cast

from bot.errors import SettingsError

SHIPPED = Path(__file__).with_name("taxonomy.toml")
LONGEST_LIST, LONGEST_LABEL = 25, 60
OTHER = "other"
"""In every list: something else, or prefer not to say. Two who chose it have nothing in common."""


class List(enum.StrEnum):
    """The closed lists, by the name of their table."""

    TOPICS = "topics"
    HELP = "help"
    FORMATS = "formats"
    STAGES = "stages"
    PRACTICES = "practices"
    REGIONS = "regions"
    LANGUAGES = "languages"
    BACKGROUNDS = "backgrounds"


class Format(enum.StrEnum):
    """How people work together; the lighter ones first."""

    QUESTION = "question"
    TALK = "talk"
    PROJECT = "project"
    VISIT = "visit"
    ONGOING = "ongoing"
    OTHER = "other"

    @property
    def lasts(self) -> bool:
        """Whether it takes an ongoing place; else it is one of a month's talks."""
        return self in (Format.PROJECT, Format.ONGOING)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Every list: labels by key, in the order of the file."""

    lists: Mapping[List, Mapping[str, str]]
    near_peers: frozenset[str] = field(default_factory=frozenset[str])
    """Stages of somebody who was recently where the asker is now."""

    def label(self, of: List, key: str) -> str:
        """What people read for a key; the key itself if it was taken off the list."""
        return self.lists[of].get(key) or key

    def keys(self, of: List) -> tuple[str, ...]:
        """What can be chosen at present."""
        return tuple(key for key, label in self.lists[of].items() if label)

    def key(self, of: List, typed: str) -> str | None:
        """The key of what was chosen or typed: a key, a label, or an unmistakable part of one."""
        wanted = " ".join(typed.split()).casefold()
        if not wanted:
            return None
        offered = [(key, self.lists[of][key].casefold()) for key in self.keys(of)]
        exact = [key for key, label in offered if wanted in (key, label)]
        parts = exact or [key for key, label in offered if wanted in label]
        return parts[0] if len(parts) == 1 else None

    def known(self, of: List, chosen: Iterable[str]) -> tuple[str, ...]:
        """Those of the chosen keys that are on the list, each once, in the order of the list."""
        wanted = set(chosen)
        return tuple(key for key in self.keys(of) if key in wanted)


@functools.cache
def taxonomy(own: Path | None = None) -> Taxonomy:
    """The shipped lists, with a deployment's own file over them. Raises SettingsError."""
    shipped = _read(SHIPPED, Taxonomy({each: {} for each in List}))
    return shipped if own is None else _read(own, shipped)


def _read(path: Path, under: Taxonomy) -> Taxonomy:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"mentors.taxonomy: {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"mentors.taxonomy: {path}: {error}") from None
    lists = {each: dict(labels) for each, labels in under.lists.items()}
    near = under.near_peers
    for name, table in tables.items():
        if name == "near_peer":
            near = frozenset(cast(list[str], table.get("stages", [])))
            continue
        if name not in list(List):
            raise SettingsError(f"mentors.taxonomy: {path}: there is no list {name!r}")
        for key, label in cast(dict[str, object], table).items():
            if not isinstance(label, str) or len(label) > LONGEST_LABEL or not key.isidentifier():
                raise SettingsError(f"mentors.taxonomy: {path}: {name}.{key} is not a short text")
            lists[List(name)][key] = label
    _formats_stay(path, lists)
    made = {each: MappingProxyType(labels) for each, labels in lists.items()}
    result = replace(under, lists=MappingProxyType(made), near_peers=near)
    for each in List:
        if len(result.keys(each)) > LONGEST_LIST:
            raise SettingsError(f"mentors.taxonomy: {path}: {each} has over {LONGEST_LIST} entries")
    return result


def _formats_stay(path: Path, lists: Mapping[List, Mapping[str, str]]) -> None:
    if set(lists[List.FORMATS]) - set(Format):
        raise SettingsError(f"mentors.taxonomy: {path}: formats can be renamed, not added")
