"""One piece of print in a picture, as whoever read it hands it over. Standard library only: what a
line means is decided in places where no picture library runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Quad = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of text: what it says, how sure (0 to 1), four corners in pixels."""

    text: str
    score: float
    quad: Quad
    """Top left, top right, bottom right, bottom left; pairs of numbers do as well."""
    places: Sequence[float] = ()
    """Where the middle of each letter stands, 0 to 1 from the left; empty if unknown, and for a
    line that stands or is upside down."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The upright box around the corners: x0, y0, x1, y1."""
        xs = [float(corner[0]) for corner in self.quad]
        ys = [float(corner[1]) for corner in self.quad]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def height(self) -> float:
        """Height of the line itself, also when it stands at an angle."""
        top, bottom = self.quad[0], self.quad[3]
        return hypot(float(bottom[0] - top[0]), float(bottom[1] - top[1]))
