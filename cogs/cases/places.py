"""Places on a picture as a person names or draws them: a corner, a cell of the grid, a drawn box.

Each is a part of the picture, left, top, right and bottom between 0 and 1. Knows no draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from bot.identifiers.pictures.order import COLUMNS, ROWS
from bot.ui.action import Option
from bot.ui.words import Msg, _

Spot: TypeAlias = tuple[float, float, float, float]

_NAMED: Final[tuple[tuple[str, Msg, Spot], ...]] = (
    ("tl", _("top left corner"), (0, 0, 1 / 3, 1 / 6)),
    ("tr", _("top right corner"), (2 / 3, 0, 1, 1 / 6)),
    ("bl", _("bottom left corner"), (0, 5 / 6, 1 / 3, 1)),
    ("br", _("bottom right corner"), (2 / 3, 5 / 6, 1, 1)),
    ("t", _("strip along the top"), (0, 0, 1, 1 / 10)),
    ("b", _("strip along the bottom"), (0, 9 / 10, 1, 1)),
    ("l", _("strip along the left"), (0, 0, 1 / 8, 1)),
    ("r", _("strip along the right"), (7 / 8, 0, 1, 1)),
)
OPTIONS: Final = tuple(Option(key, label) for key, label, _spot in _NAMED)
_CELL: Final = re.compile(
    rf"([{COLUMNS}])\s*([1-{ROWS}])(?:\s*[-:]\s*([{COLUMNS}])\s*([1-{ROWS}]))?"
)
_WHOLE: Final = 1000


def named(key: str) -> tuple[Spot, ...]:
    """A corner or a strip; none for a name that is not in the list."""
    return tuple(spot for one, _label, spot in _NAMED if one == key)


def in_cells(typed: str) -> tuple[Spot, ...]:
    """Cells such as B3, and everything between two such as A1-F1; empty if none is named."""
    return tuple(_cells(match) for match in _CELL.finditer(typed.upper()))


def drawn(edges: Sequence[str]) -> tuple[Spot, ...]:
    """Boxes of four edges each, in thousandths. Whatever is no such box is left out."""
    if not all(edge.isascii() and edge.isdigit() for edge in edges):
        return ()
    sides = [min(int(edge[:5]), _WHOLE) / _WHOLE for edge in edges]
    fours = zip(sides[::4], sides[1::4], sides[2::4], sides[3::4], strict=False)
    return tuple(spot for spot in fours if spot[0] < spot[2] and spot[1] < spot[3])


def _cells(match: re.Match[str]) -> Spot:
    column, row = COLUMNS.index(match[1]), int(match[2]) - 1
    last_column = column if match[3] is None else COLUMNS.index(match[3])
    last_row = row if match[4] is None else int(match[4]) - 1
    x0, x1 = sorted((column, last_column))
    y0, y1 = sorted((row, last_row))
    wide = len(COLUMNS)
    return x0 / wide, y0 / ROWS, (x1 + 1) / wide, (y1 + 1) / ROWS
