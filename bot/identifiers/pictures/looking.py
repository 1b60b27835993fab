"""How a picture is looked at for text: a quick look, and closer ones where that may not be enough.

Small print is lost when a large picture is made small, faint print when the picture is bright. So
the borders, where machines print, are looked at once more with stretched contrast where something
stands that was not read, and a large picture in full size.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from bot.identifiers.pictures.faint import (
    faint_places,
    grown_to_ink,
    hardly_stands_out,
    turned_up,
)
from bot.identifiers.pictures.lines import Line
from bot.identifiers.pictures.ocr import Image, Quad, TextReader
from bot.identifiers.pictures.rows import without_repeats

QUICK: Final = 736
SMALL: Final = 900
"""A picture whose long side is below this is made larger before its lines are read."""
_DETAIL: Final = 1100
"""Above this the quick look misses lines of ordinary size."""
_CLOSE: Final = 1280
_AREA: Final = 850_000
"""The most pixels that the detector is given of a large picture at once."""
_STARK: Final = 110
"""A step between neighbouring pixels that is steeper than anything in the body: print."""
_SPECKS: Final = 40
_LEAST_STEP: Final = 16.0
_MOST_SPOTS: Final = 6
_MARGIN: Final = 0.16
_FAINT: Final = 0.5
_EASY: Final = 0.85
"""Print that is read the wrong way round scores less, the right way round more."""
_TURNED: Final = 0.8
_SURE: Final = 0.9
_FAINT_INK: Final = 40
"""Pixels that stand out a little and were not read: one short word."""
_FAINT_SCORE: Final = 0.8


Window = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels."""


def look(reader: TextReader, image: Image) -> tuple[list[Line], list[Window]]:
    """Every line of text in an RGB picture, each once, in its own pixels; and the windows that were
    already looked at closely."""
    height, width = image.shape[:2]
    longest = max(height, width)
    lines = _read(reader, image, reader.find(image, _side(image)))
    if longest > 2200:
        lines += _tiles(reader, image)
    windows = _spots(_unexplained(image, lines, _STARK))
    if len(windows) > _MOST_SPOTS:
        lines += _plain(_borders(reader, image))
        windows = [(0, 0, width, height)]
    elif windows:
        lines += _plain(_in_spots(reader, image, windows))
    clear = [line for line in lines if line.score >= _FAINT and not _organ(line, height)]
    return without_repeats(_to_their_ends(reader, image, clear)), windows


def _side(image: Image) -> int:
    """The long side in which a picture is first looked at."""
    height, width = image.shape[:2]
    longest = max(height, width)
    if longest > _DETAIL:
        return round(min(_CLOSE, longest, longest * (_AREA / (height * width)) ** 0.5))
    # a wide picture may be seen larger for the same work
    return round(max(QUICK, min(longest, QUICK * (longest / min(height, width)) ** 0.5)))


def look_closer(
    reader: TextReader, image: Image, lines: list[Line], windows: list[Window]
) -> list[Line]:
    """What a second look adds, before it is said that nothing was found. Borders in which nothing
    stands out from its surroundings any more are not looked at again, and the whole picture is
    turned up where print may stand that is fainter than what a detector sees."""
    lines = [*lines, *_faintly(reader, image, lines)]
    unseen = _unexplained(image, lines, None)
    for x0, y0, x1, y1 in windows:
        unseen[y0:y1, x0:x1] = False
    if not unseen.any():
        return lines
    more = [*lines, *_plain(_borders(reader, image))]
    clear = [line for line in more if line.score >= _FAINT]
    return without_repeats(_to_their_ends(reader, image, clear))


def _to_their_ends(reader: TextReader, image: Image, lines: Sequence[Line]) -> list[Line]:
    """Lines whose print hardly stands out, as long as their ink: the detector sees the middle of
    such a line first, and a copy must not keep the first letters of a name."""
    weak = [line for line in lines if hardly_stands_out(image, line.quad)]
    if not weak:
        return list(lines)
    shown, far = turned_up(image)
    longer = {id(line): grown_to_ink(line.quad, far) for line in weak}
    grown = [line for line in weak if longer[id(line)] is not line.quad]
    again = {id(new.quad): new for new in reader.read(shown, [longer[id(one)] for one in grown])}
    ended = {id(line): _ended(line, longer[id(line)], again) for line in grown}
    return [ended.get(id(line), line) for line in lines]


def _ended(line: Line, quad: Quad, again: Mapping[int, Line]) -> Line:
    """The line in its longer box; what it says is read anew only where that adds letters to it."""
    new = again.get(id(quad))
    if new is not None and new.score >= _FAINT_SCORE and _letters(line) in _letters(new):
        return new
    return Line(line.text, line.score, quad, ())


def _letters(line: Line) -> str:
    return "".join(line.text.split())


def _faintly(reader: TextReader, image: Image, lines: list[Line]) -> list[Line]:
    """Print that differs from its ground by little, where something does that was not read."""
    shown, far = turned_up(image)
    seen = _covered(image, lines)
    if faint_places(far, seen).sum() < _FAINT_INK:
        return []
    found = [quad for quad in reader.find(shown, _side(image)) if not _inside(seen, quad)]
    quads = [grown_to_ink(quad, far) for quad in found]
    return [line for line in _plain(reader.read(shown, quads)) if line.score >= _FAINT_SCORE]


def _organ(line: Line, height: int) -> bool:
    """An organ in which the reader sees one huge letter: no line, and what is printed over it has
    still to be found."""
    x0, y0, x1, y1 = line.box
    return len(line.text) < 4 and line.score < _SURE and min(x1 - x0, y1 - y0) > max(64, height / 6)


def _covered(image: Image, lines: Sequence[Line]) -> npt.NDArray[np.bool_]:
    """Where a line was read."""
    height, width = image.shape[:2]
    seen = np.zeros((height, width), np.bool_)
    for line in lines:
        x0, y0, x1, y1 = (int(side) for side in line.box)
        if _organ(line, height):
            continue
        seen[max(0, y0 - 6) : max(0, y1 + 6), max(0, x0 - 6) : max(0, x1 + 6)] = True
    return seen


def _inside(seen: npt.NDArray[np.bool_], quad: Quad) -> bool:
    x, y = quad.mean(axis=0)
    return bool(seen[min(int(y), seen.shape[0] - 1), min(int(x), seen.shape[1] - 1)])


def _plain(lines: list[Line]) -> list[Line]:
    """Without the signs that a reader sees in marks and specks when it looks closely."""
    return [line for line in lines if line.score >= 0.7 and len(line.text) >= 3]


def _unexplained(image: Image, lines: list[Line], stark: float | None) -> npt.NDArray[np.bool_]:
    """Where the borders have print-like edges although no line was read there. Without `stark` an
    edge is what is twice as steep as the borders usually are: faint print."""
    height = image.shape[0]
    strip = max(48, int(height * _MARGIN))
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    slopes = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    if stark is None:
        usual = np.median(np.concatenate([slopes[:strip], slopes[height - strip :]]))
        stark = max(_LEAST_STEP, 2 * float(usual))
    steep = slopes > stark
    steep[strip : height - strip] = False
    steep[_covered(image, lines)] = False
    # print comes in clusters: specks of noise far from one another do not count
    dense = cv2.boxFilter(steep.astype(np.float32), -1, (24, 12), normalize=False)
    return np.asarray((dense > _SPECKS) & steep, np.bool_)


def _spots(unexplained: npt.NDArray[np.bool_]) -> list[Window]:
    """Windows around the clusters, wide enough for the rest of the word."""
    joined = cv2.dilate(unexplained.astype(np.uint8), np.ones((17, 61), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    height, width = unexplained.shape
    return [
        (max(0, x - 24), max(0, y - 12), min(width, x + wide + 24), min(height, y + high + 12))
        for x, y, wide, high, _ in stats[1:].tolist()
    ]


def _in_spots(reader: TextReader, image: Image, spots: list[Window]) -> list[Line]:
    """What stands in the windows, twice as large and turned over."""
    vivid = np.ascontiguousarray(255 - _stretched(image))
    found: list[Line] = []
    for x0, y0, x1, y1 in spots:
        quads = reader.find(vivid[y0:y1, x0:x1], min(1056, 2 * max(x1 - x0, y1 - y0)))
        found += _either_way(
            reader, vivid, [quad + np.array([x0, y0], np.float32) for quad in quads]
        )
    return found


def _read(reader: TextReader, image: Image, quads: list[Quad]) -> list[Line]:
    """Reads boxes; what was hard to read is read again from a larger copy with more contrast."""
    lines = _either_way(reader, image, quads)
    weak = [line for line in lines if line.score < _EASY]
    if not weak:
        return lines
    vivid = _stretched(image)
    again = reader.read(vivid, [_slimmer(line.quad) for line in weak])
    better = {id(line): line for line in lines}
    for old in weak:
        middle = old.quad.mean(axis=0)
        for new in again:
            near = float(np.abs(new.quad.mean(axis=0) - middle).max()) < 2
            if near and new.score > old.score:
                better[id(old)] = Line(new.text, new.score, old.quad, new.places)
    return list(better.values())


def _either_way(reader: TextReader, image: Image, quads: Sequence[Quad]) -> list[Line]:
    """Reads boxes as they stand, and upside down where that gave nothing that is easy to read:
    print that runs from bottom to top, a picture that was turned round."""
    lines = reader.read(image, quads)
    read = {id(line.quad): line for line in lines}
    hard = [quad for quad in quads if id(quad) not in read or read[id(quad)].score < _EASY]
    for new in reader.read(image, hard, turned=True) if hard else ():
        old = read.get(id(new.quad))
        if new.score >= _TURNED and len(new.text) >= 3 and (not old or new.score > old.score + 0.1):
            read[id(new.quad)] = new
    return [read[id(quad)] for quad in quads if id(quad) in read]


def _slimmer(quad: Quad) -> Quad:
    middle = quad.mean(axis=0)
    return (middle + (quad - middle) * 0.97).astype(np.float32)


def _tiles(reader: TextReader, image: Image) -> list[Line]:
    """A very large picture in overlapping pieces."""
    height, width = image.shape[:2]
    found: list[Line] = []
    step, size = 1100, 1280
    for top in range(0, max(1, height - (size - step)), step):
        for left in range(0, max(1, width - (size - step)), step):
            piece = np.ascontiguousarray(image[top : top + size, left : left + size])
            for line in _either_way(reader, piece, reader.find(piece, max(piece.shape[:2]))):
                found.append(
                    Line(
                        line.text,
                        line.score,
                        line.quad + np.array([left, top], np.float32),
                        line.places,
                    )
                )
    return found


def _borders(reader: TextReader, image: Image) -> list[Line]:
    """Upper and lower strip on one sheet, contrast stretched, dark on light turned over."""
    height, width = image.shape[:2]
    strip = max(48, int(height * _MARGIN))
    if height < 3 * strip:
        return []
    top = image[:strip]
    bottom = image[height - strip :]
    sheet = np.ascontiguousarray(255 - _stretched(np.concatenate([top, bottom], axis=0)))
    grown = min(1.6, max(1.0, SMALL / width))
    quads = reader.find(sheet, int(min(1056, width * grown)))
    found: list[Line] = []
    for line in _either_way(reader, sheet, quads):
        y0, y1 = line.box[1], line.box[3]
        middle = (y0 + y1) / 2
        if y0 < strip < y1 and min(strip - y0, y1 - strip) > 0.3 * (y1 - y0):
            continue  # what lies across the seam is no line of the picture
        shift = 0 if middle < strip else height - 2 * strip
        found.append(
            Line(line.text, line.score, line.quad + np.array([0, shift], np.float32), line.places)
        )
    return found


def _stretched(image: Image) -> Image:
    """Local contrast made strong, colours gone."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    vivid = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4)).apply(grey)
    return np.asarray(cv2.cvtColor(vivid, cv2.COLOR_GRAY2RGB), np.uint8)
