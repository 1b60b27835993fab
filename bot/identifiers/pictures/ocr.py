"""Finds and reads printed text in a picture; knows nothing of what the text means.

Behind the small `TextReader` interface stands the PP-OCRv6 pair of models (detector and reader)
that the rapidocr wheel carries, run with onnxruntime. The wheel's own pipeline is not imported: it
loads four more libraries at start and has no way to read one set of boxes found in several looks.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from bot.identifiers.pictures.lines import Line

Image = npt.NDArray[np.uint8]
Quad = npt.NDArray[np.float32]

_STEP: Final = 32
"""Both sides of what the detector sees are multiples of this."""
_INK: Final = 0.3
_SURE: Final = 0.45
_WIDEN: Final = 1.6
"""The detector marks the core of a line; its box is widened by area x this / perimeter."""
_HEIGHT: Final = 48
_BATCH: Final = 6
_LONGEST: Final = 2400
"""Widest strip that is read at once, in pixels at a height of 48."""


class TextReader(Protocol):
    """Finds where text is, and reads it. Pictures are RGB, height x width x 3."""

    def find(self, image: Image, long_side: int) -> list[Quad]:
        """Corners of every line, looked for in a copy whose long side is `long_side`."""
        ...

    def read(self, image: Image, quads: Sequence[Quad], *, turned: bool = False) -> list[Line]:
        """What stands in the boxes. `turned`: for one who turned the picture upside down."""
        ...


class ModelsMissing(Exception):
    """The models that read text are not installed, or cannot be loaded."""


class OnnxReader:
    """The PP-OCRv6 models under onnxruntime."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime

        onnxruntime.set_default_logger_severity(4)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # An arena keeps the memory of the largest picture ever seen.
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Most weights of two of the detector's layers are denormal numbers (below 1.2e-38), with
        # which processors calculate so slowly that these two took two thirds of its time. The
        # runtime heeds this in the first session of a process alone.
        options.add_session_config_entry("session.set_denormal_as_zero", "1")

        def load(pattern: str) -> Any:
            found = sorted(folder.glob(pattern))
            if not found:
                raise ModelsMissing
            try:
                return onnxruntime.InferenceSession(
                    str(found[0]), options, providers=["CPUExecutionProvider"]
                )
            except _unloadable() as error:
                raise ModelsMissing from error

        self._detector = load("PP-OCR*_det_*.onnx")
        self._reader = load("PP-OCR*_rec_*.onnx")
        letters = self._reader.get_modelmeta().custom_metadata_map.get("character")
        if not letters:
            raise ModelsMissing
        self._letters = ["", *letters.split("\n"), " "]

    def find(self, image: Image, long_side: int) -> list[Quad]:
        """Corners of every line."""
        height, width = image.shape[:2]
        scale = long_side / max(height, width)
        seen_w = max(_STEP, round(width * scale / _STEP) * _STEP)
        seen_h = max(_STEP, round(height * scale / _STEP) * _STEP)
        how = cv2.INTER_AREA if scale < 0.6 else cv2.INTER_LINEAR
        small = cv2.resize(image, (seen_w, seen_h), interpolation=how)
        sheet = _sheet(small)[None]
        ink: npt.NDArray[np.float32] = self._detector.run(None, {"x": sheet})[0][0, 0]
        quads = _outlines(ink)
        for quad in quads:
            quad[:, 0] *= width / seen_w
            quad[:, 1] *= height / seen_h
        return quads

    def read(self, image: Image, quads: Sequence[Quad], *, turned: bool = False) -> list[Line]:
        """What stands in the boxes; boxes in which nothing can be read are left out."""
        strips = [_strip(image, quad, turned=turned) for quad in quads]
        order = sorted(range(len(strips)), key=lambda index: strips[index].shape[1])
        lines: list[Line | None] = [None] * len(strips)
        for start in range(0, len(order), _BATCH):
            chunk = order[start : start + _BATCH]
            width = max(strips[index].shape[1] for index in chunk)
            width = max(64, math.ceil(width / 16) * 16)
            sheets = np.zeros((len(chunk), 3, _HEIGHT, width), np.float32)
            for row, index in enumerate(chunk):
                strip = strips[index]
                sheets[row, :, :, : strip.shape[1]] = _sheet(strip)
            guesses = self._reader.run(None, {"x": sheets})[0]
            for row, index in enumerate(chunk):
                text, score, steps = self._spell(guesses[row])
                if text.strip():
                    scale = width / len(guesses[row]) / strips[index].shape[1]
                    lead = len(text) - len(text.lstrip())
                    kept = steps[lead : lead + len(text.strip())]
                    level = not turned and _upright(quads[index])
                    places = tuple(min(1.0, (step + 0.5) * scale) for step in kept if level)
                    lines[index] = Line(text.strip(), score, quads[index], places)
        return [line for line in lines if line is not None]

    def _spell(self, guesses: npt.NDArray[np.float32]) -> tuple[str, float, list[int]]:
        best = guesses.argmax(axis=1)
        sure = guesses.max(axis=1)
        kept = best != 0
        kept[1:] &= best[1:] != best[:-1]
        if not kept.any():
            return "", 0.0, []
        letters = "".join(self._letters[index] for index in best[kept])
        return letters, float(sure[kept].mean()), [int(step) for step in np.nonzero(kept)[0]]


def _unloadable() -> tuple[type[Exception], ...]:
    """What the runtime raises for a model that is cut off, of another version, or none."""
    state: Any = import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    names = (
        *("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NoModel", "NoSuchFile"),
        *("NotImplemented", "RuntimeException", "EPFail"),
    )
    return (OSError, RuntimeError, *(getattr(state, name) for name in names))


@lru_cache(maxsize=1)
def text_reader(threads: int = 2) -> TextReader:
    """The reader of this process, loaded once. Raises ModelsMissing."""
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations or find_spec("onnxruntime") is None:
        raise ModelsMissing
    try:
        return OnnxReader(Path(spec.submodule_search_locations[0]) / "models", threads)
    except ImportError as error:
        raise ModelsMissing from error


def _sheet(image: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """RGB bytes as the models want them: BGR, -1 to 1, channels first."""
    scaled = np.asarray(image)[:, :, ::-1].astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(scaled.transpose(2, 0, 1))


def _outlines(ink: npt.NDArray[np.float32]) -> list[Quad]:
    mask = cv2.dilate((ink > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads: list[Quad] = []
    for outline in outlines[:1500]:
        middle, (wide, high), angle = cv2.minAreaRect(outline)
        if min(wide, high) < 3:
            continue
        core = _corners(cv2.boxPoints((middle, (wide, high), angle)))
        if _certainty(ink, core) < _SURE:
            continue
        more = wide * high * _WIDEN / (2 * (wide + high))
        grown = (middle, (wide + 2 * more, high + 2 * more), angle)
        if min(grown[1]) < 5:
            continue
        quads.append(_corners(cv2.boxPoints(grown)))
    return quads


def _corners(points: npt.ArrayLike) -> Quad:
    """Top left, top right, bottom right, bottom left."""
    by_x = sorted(np.asarray(points, np.float32), key=lambda point: float(point[0]))
    left = sorted(by_x[:2], key=lambda point: float(point[1]))
    right = sorted(by_x[2:], key=lambda point: float(point[1]))
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def _certainty(ink: npt.NDArray[np.float32], quad: Quad) -> float:
    height, width = ink.shape
    x0, y0 = np.clip(np.floor(quad.min(axis=0)).astype(int), 0, [width - 1, height - 1])
    x1, y1 = np.clip(np.ceil(quad.max(axis=0)).astype(int), 0, [width - 1, height - 1])
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(mask, [(quad - [x0, y0]).astype(np.int32)], 1)
    return float(cv2.mean(ink[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _sides(quad: Quad) -> tuple[float, float]:
    """Width and height of a box, at least a pixel each."""
    wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]), 1.0)
    high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]), 1.0)
    return float(wide), float(high)


def _upright(quad: Quad) -> bool:
    wide, high = _sides(quad)
    return wide * 1.5 >= high


def _strip(image: Image, quad: Quad, *, turned: bool) -> Image:
    """The line cut out, upright, 48 pixels high; standing text is laid on its side, as if it were
    read from top to bottom. `turned`: the other way round."""
    wide, high = _sides(quad)
    upright = _upright(quad)
    ratio = wide / high if upright else high / wide
    across = int(np.clip(round(_HEIGHT * ratio), 8, _LONGEST))
    size = (across, _HEIGHT) if upright else (_HEIGHT, across)
    goal = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), goal)
    strip = cv2.warpPerspective(
        image, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    quarters = (0 if upright else 1) + (2 if turned else 0)
    return np.asarray(np.rot90(strip, quarters), np.uint8)
