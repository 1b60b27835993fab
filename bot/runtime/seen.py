"""What was taken up already, so that what a platform tells twice happens once."""

from __future__ import annotations

_MOST = 5000


class Seen:
    """The last ids: a platform repeats what it believes was not heard, within minutes."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def first(self, id: str) -> bool:
        """Whether this is new; from now on it is not."""
        if id in self._ids:
            return False
        if len(self._ids) >= _MOST:
            del self._ids[next(iter(self._ids))]
        self._ids[id] = None
        return True
