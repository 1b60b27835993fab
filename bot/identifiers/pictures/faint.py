"""Where faint print may stand: what stands out from its ground by little, but by more than noise.

Print twelve levels of 255 from its ground is invisible to a detector made for photographs, and
plain to somebody who turns up the contrast. Each pixel is measured by the unrest around it, so that
a flat ground is turned up a lot and speckle not at all. Knows nothing of reading.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]

_GROUND: Final = 31
"""Side of the window whose middle value is the ground: wider than strokes, narrower than organs."""
_AROUND: Final = 97
_QUIET: Final = 0.8
"""Levels of unrest that every ground is taken to have, or coding noise would be turned up."""
_STANDS_OUT: Final = 2.6
_GAIN: Final = 26.0
_FAINT: Final = 32.0
"""Levels by which the strongest strokes of a line stand out where its ends may have been missed."""
_LEAST: Final = 60
"""Pixels in a window of 48 x 20 that stand out: a word of four letters has more."""
_REACH: Final = 20
"""Heights of a line by which its box may become longer at either end."""
_MOST_SHARE: Final = 0.35


def turned_up(image: Image) -> tuple[Image, npt.NDArray[np.float32]]:
    """The RGB picture with each pixel measured by the unrest around it, as dark on light, and how
    far each stands out from its ground (in units of that unrest)."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    smooth = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 0.7)
    apart = smooth - cv2.medianBlur(grey, _GROUND).astype(np.float32)
    near = np.minimum(np.abs(apart), 24.0)  # stark print must not hide the faint beside it
    unrest = cv2.boxFilter(near, -1, (_AROUND, _AROUND))
    far = np.asarray(apart / (unrest + _QUIET), np.float32)
    shown = np.clip(128.0 - _GAIN * np.abs(far), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_GRAY2RGB), np.uint8), far


def faint_places(
    far: npt.NDArray[np.float32], seen: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Where clusters stand out, without what was `seen`; none where a third of the picture does."""
    out = (np.abs(far) > _STANDS_OUT) & ~seen
    dense = cv2.boxFilter(out.astype(np.float32), -1, (48, 20), normalize=False)
    places = np.asarray((dense > _LEAST) & out, np.bool_)
    return places if places.mean() < _MOST_SHARE else np.zeros_like(places)


def hardly_stands_out(image: Image, quad: npt.NDArray[np.float32]) -> bool:
    """Whether the print in a box differs so little from its ground that its ends may be missing."""
    height, width = image.shape[:2]
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    left, top = max(0, int(x0)), max(0, int(y0))
    crop = image[top : min(height, int(y1) + 1), left : min(width, int(x1) + 1)]
    if min(crop.shape[:2]) < 4:
        return False
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY)
    apart = np.abs(grey.astype(np.float32) - cv2.medianBlur(grey, _GROUND))
    return float(np.percentile(apart, 97)) < _FAINT


def grown_to_ink(
    quad: npt.NDArray[np.float32], far: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """A line's box made longer at both ends as far as ink goes on, with gaps of a letter at most:
    the detector often leaves the first or the last letters of faint print out. The same box where
    nothing goes on; a box that is about as high as wide has no direction and stays too."""
    sides = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    long, high = max(sides), min(sides)
    if high < 1 or high * 1.5 > long:
        return quad
    begin, end = ((0, 3), (1, 2)) if sides[0] >= sides[1] else ((0, 1), (3, 2))
    along = (quad[end[0]] - quad[begin[0]]) / long
    across = (quad[begin[1]] - quad[begin[0]]) / high
    reach = int(_REACH * high)
    start = quad[begin[0]] + 0.2 * high * across - reach * along
    laid = np.array([[along[0], across[0], start[0]], [along[1], across[1], start[1]]], np.float32)
    size = (int(long) + 2 * reach, max(2, int(0.6 * high)))
    level = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    inked = (cv2.warpAffine(np.abs(far), laid, size, flags=level) > _STANDS_OUT).sum(axis=0) >= 2
    gap = max(2, int(0.6 * high))
    left, right = first, last = reach, reach + int(long)
    while left > 0 and inked[max(0, left - gap) : left].any():
        left = max(0, left - gap) + int(inked[max(0, left - gap) : left].argmax())
    while right < size[0] and inked[right : right + gap].any():
        right += 1 + int(np.flatnonzero(inked[right : right + gap])[-1])
    if (left, right) == (first, last):
        return quad
    margin = 0.15 * high
    longer = quad.copy()
    if left < first:
        longer[list(begin)] -= (first - left + margin) * along
    if right > last:
        longer[list(end)] += (right - last + margin) * along
    height, width = far.shape
    return np.clip(longer, 0, (width, height)).astype(np.float32)
