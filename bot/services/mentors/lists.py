"""What a community's moderators change in the lists: entries added, renamed, taken off, put back.

Each list is a setting of its own, so a change is on record and can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from bot.domain.audit import Setting
from bot.domain.people import CommunityId
from bot.domain.search_words import plain_words
from bot.domain.taxonomy import LONGEST_KEY, Entry, Flaw, List, Own, Taxonomy, TaxonomyFlaw, over
from bot.services.kinds import choice
from bot.services.ports import Work

KIND = choice("mentor_list")
"""Its name is the list; its value is what `text_of` makes."""
_OURS = "x_"
"""Keys that are made here begin so, and never meet one that is shipped later."""


def setting_of(of: List) -> Setting:
    """One list."""
    return Setting(KIND.name, of.value)


def text_of(entries: Mapping[str, Entry]) -> str:
    """Changed entries as the value of a setting."""
    rows = [[key, one.label, one.off] for key, one in entries.items()]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def entries_in(value: str) -> dict[str, Entry]:
    """The entries that such a value stands for."""
    rows = cast(list[tuple[str, str, bool]], json.loads(value)) if value else []
    return {key: Entry(label, off) for key, label, off in rows}


def own(work: Work, community: CommunityId) -> Own:
    """What was changed; mostly nothing."""
    kept = work.chosen.all(community, KIND.name)
    return {of: entries_in(kept[of]) for of in List if of in kept}


def changed(before: Own, under: Taxonomy, of: List, key: str, entry: Entry) -> str | Flaw:
    """The setting of a list with one entry added (with the key ""), renamed, taken off or put
    back; or why the list cannot be so.
    """
    entry = Entry(" ".join(entry.label.split()), entry.off)
    key = key or _new_key(over(under, before), of, entry.label)
    entries = {**before.get(of, {}), key: entry}
    try:
        over(under, {**before, of: entries})
    except TaxonomyFlaw as flaw:
        return flaw.flaw
    return text_of(entries)


def _new_key(lists: Taxonomy, of: List, label: str) -> str:
    words = "_".join(word for word in plain_words(label) if word.isascii())
    stem = f"{_OURS}{words}"[: LONGEST_KEY - 3].rstrip("_")
    taken, number = lists.lists[of], 1
    found = stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found
