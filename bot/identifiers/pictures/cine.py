"""Groups the frames of a clip by the print that stands in them, so that one of each is read.

Print has steeper edges than anything in the body. The picture is cut into cells, and the steep
edges of each are counted. Cells that change all the time are moving body, not print that was
switched on, and do not part groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from bot.identifiers.pictures.material import Material
from bot.identifiers.pictures.ocr import Image

MOST_GROUPS: Final = 16
_CELL: Final = 16
_STEEP: Final = 100
_CHANGE: Final = 14
_RESTLESS: Final = 0.2
_OFTEN: Final = 8
_CELLS: Final = 2


@dataclass(slots=True)
class Group:
    """Frames with the same print, and the one of them that is read."""

    frames: list[int]
    image: Image
    read: bool = True


Counts = npt.NDArray[np.int16]


def steep_edges(image: Image) -> Counts:
    """How many steep pixels each cell has."""
    red, green, blue = cv2.split(image)
    grey = cv2.max(cv2.max(red, green), blue)
    steep = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > _STEEP
    height, width = steep.shape
    padded = np.zeros((-(-height // _CELL) * _CELL, -(-width // _CELL) * _CELL), np.int16)
    padded[:height, :width] = steep
    cells = padded.reshape(padded.shape[0] // _CELL, _CELL, padded.shape[1] // _CELL, _CELL)
    return cells.sum(axis=(1, 3)).astype(np.int16)


def grouped(material: Material) -> list[Group]:
    """The groups of a clip in order of first frame; beyond MOST_GROUPS they are marked unread."""
    if material.count == 1:
        return [Group([0], next(material.frames()))]
    prints: list[Counts] = []
    for image in material.frames():
        prints.append(steep_edges(image))
    if not prints:
        return []
    same_shape = all(one.shape == prints[0].shape for one in prints)
    assigned = _assign(prints, _calm(prints) if same_shape else None)
    members: dict[int, list[int]] = {}
    for frame, group in enumerate(assigned):
        members.setdefault(group, []).append(frame)
    chosen = {
        frames[len(frames) // 2]: group for group, frames in members.items() if group < MOST_GROUPS
    }
    images = dict(_pick(material, chosen))
    empty = np.zeros((1, 1, 3), np.uint8)
    return [
        Group(frames, images.get(group, empty), group in images)
        for group, frames in sorted(members.items())
    ]


def _pick(material: Material, chosen: dict[int, int]) -> Iterator[tuple[int, Image]]:
    last = max(chosen)
    for frame, image in enumerate(material.frames()):
        if frame in chosen:
            yield chosen[frame], image
        if frame >= last:
            return


def _calm(prints: list[Counts]) -> npt.NDArray[np.bool_]:
    stack = np.stack(prints)
    changes = np.abs(np.diff(stack, axis=0)) > _CHANGE // 2
    # in a short clip a name that comes and goes must not pass for movement
    return changes.sum(axis=0) < max(_RESTLESS * len(changes), _OFTEN)


def _assign(prints: list[Counts], calm: npt.NDArray[np.bool_] | None) -> list[int]:
    models: list[Counts] = []
    assigned: list[int] = []
    for counts in prints:
        best = -1
        for number in range(len(models) - 1, -1, -1):
            model = models[number]
            if model.shape != counts.shape:
                continue
            apart = np.abs(model - counts) > _CHANGE
            if calm is not None:
                apart &= calm
            if int(apart.sum()) < _CELLS:
                best = number
                break
        if best < 0:
            models.append(counts)
            best = len(models) - 1
        assigned.append(best)
    return assigned
