"""How many messages are begun together: what a death may repeat, so as few as make sense.

Knows no messages, only how many there were and how long they took.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST, MOST = 16, 100
"""Messages begun together: at first, and where a platform takes them as fast as they are made."""
QUICK = 0.02
"""Seconds that a group larger than the least is expected to take. A platform that has to be asked
over a network takes longer, so there nothing grows.
"""


@dataclass
class Group:
    """The size of the next group; it follows the time that the last one took."""

    least: int = LEAST
    most: int = LEAST
    size: int = 0

    def __post_init__(self) -> None:
        self.size = self.least

    @property
    def grown(self) -> bool:
        """Whether more go together than at first."""
        return self.size > self.least

    def took(self, count: int, seconds: float) -> None:
        """What became known of a group: as many go next as fit into `QUICK`, at most twice as many.

        A group that was not full can only tell that the platform is slow.
        """
        fits = int(count * QUICK / max(seconds, 1e-6))
        if count < self.size <= fits:
            return
        self.size = min(max(min(fits, 2 * count), self.least), max(self.most, self.least))
