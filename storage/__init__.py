"""The store: one schema, two engines."""

from __future__ import annotations

from storage.memory import MemoryStore
from storage.store import OpenStore

__all__ = ["MemoryStore", "OpenStore", "memory_store"]


def memory_store() -> MemoryStore:
    """An empty store in memory, ready to use."""
    return MemoryStore()
