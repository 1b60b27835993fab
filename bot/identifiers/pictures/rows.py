"""Puts pieces of text that stand side by side into rows, and drops what was read twice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.identifiers.pictures.lines import Line

Box = tuple[float, float, float, float]


def overlap(one: Box, two: Box) -> float:
    """The shared area as a part of the smaller box."""
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    if wide <= 0 or high <= 0:
        return 0.0
    least = min((one[2] - one[0]) * (one[3] - one[1]), (two[2] - two[0]) * (two[3] - two[1]))
    return wide * high / max(least, 1.0)


def close(one: Box, two: Box) -> bool:
    """The same place in two frames of a clip."""
    return all(abs(a - b) < 8 for a, b in zip(one, two, strict=True))


def around(one: Box, two: Box) -> Box:
    """The box that holds both."""
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


def without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Of readings of the same place the one with more letters and the surer eye stays."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda one: -len(one.text) * one.score**4):
        if all(overlap(line.box, other.box) < 0.55 for other in kept):
            kept.append(line)
    return sorted(kept, key=lambda one: (one.box[1], one.box[0]))


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that continue each other on the same height, from left to right. A line that stands is
    a row of its own."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box[0]):
        x0, y0, _, y1 = line.box
        for row in () if _stands(line) else found:
            if _stands(row[-1]):
                continue
            last = row[-1].box
            high = min(y1 - y0, last[3] - last[1])
            level = min(y1, last[3]) - max(y0, last[1])
            if level > 0.6 * high and -high < x0 - last[2] < 1.3 * high:
                row.append(line)
                break
        else:
            found.append([line])
    return sorted(found, key=lambda row: (row[0].box[1], row[0].box[0]))


def _stands(line: Line) -> bool:
    """Whether it runs from top to bottom, or the other way."""
    x0, y0, x1, y1 = line.box
    return len(line.text) >= 3 and y1 - y0 > 1.5 * (x1 - x0)
