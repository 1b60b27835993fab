"""What mentors help with and how people describe themselves: the lists of `taxonomy.toml`.

Keys are kept, labels are shown. A deployment, and each community, may add to the lists, rename what
is in them or take it off. Knows no sentence: labels are looked up where something is shown.
"""

from __future__ import annotations

import enum
import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, cast

from bot.errors import SettingsError

SHIPPED = Path(__file__).with_name("taxonomy.toml")
LONGEST_LIST, LONGEST_LABEL, LONGEST_KEY = 25, 60, 30
OTHER = "other"
"""In every list: something else, or prefer not to say. Two who chose it have nothing in common."""


class List(enum.StrEnum):
    """The closed lists, by the name of their table."""

    TOPICS = "topics"
    HELP = "help"
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
class Entry:
    """An entry that is added or changed. `off`: nobody can choose it any more; who did keeps it."""

    label: str
    off: bool = False


Own: TypeAlias = Mapping[List, Mapping[str, Entry]]
"""What a deployment's file, or a community's moderators, put over the lists below."""


class Flaw(enum.Enum):
    """What lists may not be."""

    KEY = enum.auto()
    """Keys are kept for ever, so they are plain: letters, digits and underscores."""
    LABEL = enum.auto()
    """Empty, or too long for a list."""
    SAME = enum.auto()
    """Two entries of one list read the same."""
    FULL = enum.auto()
    OTHER = enum.auto()
    """Something else, or prefer not to say: stays in every list."""


class TaxonomyFlaw(ValueError):
    """Lists that cannot be. `where` is a list, or an entry of one."""

    def __init__(self, flaw: Flaw, where: str) -> None:
        super().__init__(f"{where}: {flaw.name.lower()}")
        self.flaw = flaw
        self.where = where


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Every list: labels by key, in the order of the file."""

    lists: Mapping[List, Mapping[str, str]]
    near_peers: frozenset[str] = field(default_factory=frozenset[str])
    """Stages of somebody who was recently where the asker is now."""
    off: frozenset[tuple[List, str]] = field(default_factory=frozenset[tuple[List, str]])
    """What was chosen once and cannot be chosen any more."""

    def label(self, of: List, key: str) -> str:
        """What people read for a key."""
        return self.lists[of].get(key) or key

    def keys(self, of: List) -> tuple[str, ...]:
        """What can be chosen at present."""
        return tuple(key for key in self.lists[of] if (of, key) not in self.off)

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


def over(under: Taxonomy, own: Own) -> Taxonomy:
    """The lists below with these entries in them. New ones stand before `other`. Raises
    TaxonomyFlaw.
    """
    made: dict[List, Mapping[str, str]] = {}
    off = set(under.off)
    for of in List:
        labels = dict(under.lists[of])
        last = labels.pop(OTHER, None)
        for key, entry in own.get(of, {}).items():
            where = f"{of}.{key}"
            if not (key.isidentifier() and key.isascii() and len(key) <= LONGEST_KEY):
                raise TaxonomyFlaw(Flaw.KEY, where)
            if not entry.label.strip() or len(entry.label) > LONGEST_LABEL:
                raise TaxonomyFlaw(Flaw.LABEL, where)
            if key == OTHER:
                if entry.off:
                    raise TaxonomyFlaw(Flaw.OTHER, where)
                last = entry.label
            else:
                labels[key] = entry.label
            off.discard((of, key))
            if entry.off:
                off.add((of, key))
        if last is None:
            raise TaxonomyFlaw(Flaw.OTHER, str(of))
        labels[OTHER] = last
        offered = [label.casefold() for key, label in labels.items() if (of, key) not in off]
        if len(offered) > LONGEST_LIST:
            raise TaxonomyFlaw(Flaw.FULL, str(of))
        if len(set(offered)) < len(offered):
            raise TaxonomyFlaw(Flaw.SAME, str(of))
        made[of] = MappingProxyType(labels)
    return replace(under, lists=MappingProxyType(made), off=frozenset(off))


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
    own: dict[List, dict[str, Entry]] = {}
    near = under.near_peers
    for name, table in tables.items():
        if name not in (*List, "near_peer") or not isinstance(table, dict):
            raise SettingsError(f"mentors.taxonomy: {path}: there is no list {name!r}")
        if name == "near_peer":
            near = frozenset(cast(dict[str, list[str]], table).get("stages", []))
            continue
        of = List(name)
        for key, label in cast(dict[str, object], table).items():
            if not isinstance(label, str):
                raise SettingsError(f"mentors.taxonomy: {path}: {name}.{key} is no text")
            # An empty label takes an entry off the list.
            own.setdefault(of, {})[key] = Entry(label or under.label(of, key), off=not label)
    try:
        made = over(under, own)
    except TaxonomyFlaw as flaw:
        raise SettingsError(
            f"mentors.taxonomy: {path}: {flaw.where}: {_FLAWS[flaw.flaw]}"
        ) from None
    if strange := near - set(made.lists[List.STAGES]):
        raise SettingsError(f"mentors.taxonomy: {path}: near_peer: no stage {min(strange)!r}")
    return replace(made, near_peers=near)


_FLAWS = {
    Flaw.KEY: "a key has letters, digits and underscores alone",
    Flaw.LABEL: f"a label is a short text of at most {LONGEST_LABEL} characters",
    Flaw.SAME: "two entries read the same",
    Flaw.FULL: f"at most {LONGEST_LIST} entries fit into a list",
    Flaw.OTHER: f"{OTHER!r} stays in every list: something else, or prefer not to say",
}
