"""The store: one schema, two engines.

    store = await open_store(settings.database_url)    # brings the schema up to date, too
    result = await store.write(use_case, ...)
    await store.close()

`memory_store()` is the same in memory, for tests and the simulation; it has `write_now` and
`read_now` beside `write` and `read`. Backup and restore: `storage/backup.py`.
"""

from __future__ import annotations

from storage.memory import MemoryStore
from storage.opening import exists, migrate, open_store
from storage.store import OpenStore

__all__ = ["MemoryStore", "OpenStore", "exists", "memory_store", "migrate", "open_store"]


def memory_store() -> MemoryStore:
    """An empty store in memory, ready to use."""
    return MemoryStore()
