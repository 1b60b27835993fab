"""Holds the content of cases that wait: in the memory of this process, or sealed for the database.

Sealed content can be opened only with a key from the environment. What is posted stays here for a
while, so that it can be shown again after a second look; the oldest of it goes first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.domain.cases import CaseId
from bot.errors import SettingsError
from bot.services.cases.content import Content, unpack

MOST_HELD = 400 * 1024 * 1024
MOST_SHOWN = 100 * 1024 * 1024


class Vault:
    """`keys`: of `Fernet.generate_key`; the first one seals, all of them open. `alone`: this
    process has every role, so that what it remembers is where it is needed.

    Raises SettingsError for a key that is none.
    """

    def __init__(self, keys: Sequence[str] = (), *, alone: bool = True) -> None:
        try:
            self._keys = MultiFernet([Fernet(key) for key in keys]) if keys else None
        except ValueError:
            raise SettingsError(
                "cases.keys: each is 32 random bytes in url-safe base64; docs/cases.md says how one"
                " is made"
            ) from None
        self.alone = alone
        self._held: dict[CaseId, Content] = {}
        self._shown: dict[CaseId, Content] = {}
        self._sizes: dict[CaseId, int] = {}

    @property
    def can_seal(self) -> bool:
        """Whether there is a key."""
        return self._keys is not None

    @property
    def held(self) -> frozenset[CaseId]:
        """What this process remembers of what is not posted yet."""
        return frozenset(self._held)

    def room_for(self, size: int) -> bool:
        """Whether so many bytes more can be held."""
        return self._total(self._held) + size <= MOST_HELD

    def hold(self, case: CaseId, content: Content, size: int) -> None:
        """Keep what waits."""
        self._held[case] = content
        self._sizes[case] = size

    def posted(self, case: CaseId) -> None:
        """It is shown now; what was shown longest ago goes when there is too much."""
        content = self._held.pop(case, None)
        if content is not None:
            self._shown[case] = content
        while self._shown and self._total(self._shown) > MOST_SHOWN:
            self.drop(next(iter(self._shown)))

    def get(self, case: CaseId) -> Content | None:
        """What is remembered."""
        return self._held.get(case) or self._shown.get(case)

    def drop(self, case: CaseId) -> None:
        """It goes."""
        self._held.pop(case, None)
        self._shown.pop(case, None)
        self._sizes.pop(case, None)

    def drop_held(self, case: CaseId) -> None:
        """It goes, unless it is shown by now."""
        if self._held.pop(case, None) is not None:
            self._sizes.pop(case, None)

    async def seal(self, content: Content) -> str:
        """Encrypted. Raises SettingsError without a key."""
        keys = self._keys
        if keys is None:
            raise SettingsError("cases.keys: needed for durable drafts")
        return await asyncio.to_thread(lambda: keys.encrypt(content.pack()).decode("ascii"))

    async def open(self, sealed: str) -> Content | None:
        """Decrypted; None if none of the keys fits."""
        keys = self._keys
        if keys is None:
            return None
        try:
            return await asyncio.to_thread(lambda: unpack(keys.decrypt(sealed)))
        except (InvalidToken, ValueError):
            return None

    def _total(self, cases: Iterable[CaseId]) -> int:
        return sum(self._sizes.get(case, 0) for case in cases)
