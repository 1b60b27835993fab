"""The registry of tables: what each holds about a person, how it is exported, erased and kept.

A table or column that is missing here fails a test (tests/storage/test_own_data.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from storage.own_data import cases, follow_ups, guard, hours, mentors, moderation, people
from storage.own_data.rules import After, Fate, Keep, Rule, Until, Via, Who, With

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.table.name: rule
        for part in (people, hours, follow_ups, mentors, moderation, guard, cases)
        for rule in part.RULES
    }
)

__all__ = ["RULES", "After", "Fate", "Keep", "Rule", "Until", "Via", "Who", "With"]
