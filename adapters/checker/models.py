"""Makes the two models that read print small enough for a page: the same network, less of it.

The reader keeps the letters of the scripts that are read here (Latin, Greek, digits, signs); what
stands in another script gets a box that nobody could read, which is told. Weights are stored in
half the bytes or fewer and widened when the page starts: everything is calculated as before.
"""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import onnx
from onnx import numpy_helper

from bot.identifiers.pictures.faces import face_model

_FEW: Final = 64
"""Smaller pieces stay as they are: nothing is won there."""
_BITS: Final = 9
"""Binary digits of a weight of the reader that are kept. With a byte a weight it loses blanks."""
_SCRIPTS: Final = ("LATIN", "GREEK", "DIGIT")
_SIGNS: Final = "–—‘’“”„…•‹›€£™°±²³µ×÷·：；，。（）℃"


def ocr_models() -> dict[str, bytes]:
    """`detector.onnx`, `reader.onnx`, `faces.onnx` and `letters.txt` (a line of all but the blank).

    Raises SystemExit where the packages they come from are not installed.
    """
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("rapidocr is not installed: make setup")
    folder = Path(spec.submodule_search_locations[0]) / "models"
    (detector,) = folder.glob("PP-OCR*_det_*.onnx")
    (reader,) = folder.glob("PP-OCR*_rec_*.onnx")
    cut, letters = _cut(onnx.load(reader))
    return {
        "detector.onnx": _smaller(onnx.load(detector), coarse=True),
        "reader.onnx": _smaller(cut, coarse=False),
        "letters.txt": letters.encode(),
        "faces.onnx": Path(face_model()).read_bytes(),
    }


def wanted(sign: str) -> bool:
    """Whether the reader in the page knows this sign."""
    if sign.isascii() or sign in _SIGNS:
        return True
    return len(sign) == 1 and unicodedata.name(sign, "").startswith(_SCRIPTS)


def _cut(model: onnx.ModelProto) -> tuple[onnx.ModelProto, str]:
    """The reader with the classes of the wanted signs, and the signs in order."""
    signs = next(one.value for one in model.metadata_props if one.key == "character").split("\n")
    classes = ["", *signs, " "]
    kept = [0, *(at for at, sign in enumerate(classes) if at and wanted(sign))]
    last = {name for node in model.graph.node[-4:] for name in node.input}
    for piece in model.graph.initializer:
        if piece.name in last and piece.dims[-1] == len(classes):
            weights = numpy_helper.to_array(piece)[..., kept]
            piece.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(weights), piece.name))
    del model.metadata_props[:]
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = len(kept)
    return model, "".join(classes[at] for at in kept[1:])


def _smaller(model: onnx.ModelProto, *, coarse: bool) -> bytes:
    """The model with weights in half the bytes; `coarse`: in whole numbers of one byte, each row
    with a scale of its own. Nodes in front widen them again when the model is opened."""
    graph = model.graph
    del graph.value_info[:]
    widened: list[onnx.NodeProto] = []
    for piece in list(graph.initializer):
        if piece.data_type != onnx.TensorProto.FLOAT or np.prod(piece.dims) < _FEW:
            continue
        name, weights = piece.name, numpy_helper.to_array(piece)
        if weights.ndim < 2 or not coarse:
            piece.CopyFrom(numpy_helper.from_array(_rounded(weights), f"{name}.short"))
            widened.append(_cast(f"{name}.short", name))
            continue
        own = weights.ndim - 1 if weights.ndim == 2 else 0
        rest = tuple(axis for axis in range(weights.ndim) if axis != own)
        scale = np.maximum(np.abs(weights).max(axis=rest, keepdims=True), 1e-12) / 127
        whole = np.round(weights / scale).astype(np.int8)
        piece.CopyFrom(numpy_helper.from_array(whole, f"{name}.whole"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        widened.append(_cast(f"{name}.whole", f"{name}.wide"))
        widened.append(onnx.helper.make_node("Mul", [f"{name}.wide", f"{name}.scale"], [name]))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend([*widened, *nodes])
    return model.SerializeToString(deterministic=True)


def _cast(old: str, new: str) -> onnx.NodeProto:
    return onnx.helper.make_node("Cast", [old], [new], to=onnx.TensorProto.FLOAT)


def _rounded(
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float16]]:
    """In half the bytes, and with few different last ones, which pack well."""
    scale = np.float32(1 << _BITS)
    parts, exponents = np.frexp(weights.astype(np.float16).astype(np.float32))
    return np.ldexp(np.round(parts * scale) / scale, exponents).astype(np.float16)
