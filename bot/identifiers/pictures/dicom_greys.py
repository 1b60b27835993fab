"""Which stored values of a DICOM picture are black and white. Loads no library, because the page in
the browser shows such pictures by it as well."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def deep_range(dataset: Any) -> tuple[float, float]:
    """Black and white in stored values: the window of the file, else all values that can be."""
    signed = int(dataset.get("PixelRepresentation", 0) or 0)
    bits = int(dataset.get("BitsStored", 8) or 8)
    full = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    slope = number_of(dataset.get("RescaleSlope")) or 1.0
    intercept = number_of(dataset.get("RescaleIntercept"))
    centre, width = number_of(dataset.get("WindowCenter")), number_of(dataset.get("WindowWidth"))
    if width > 1:
        low = (centre - width / 2 - intercept) / slope
        return float(low), float(low + width / slope)
    return float(full[0]), float(full[1])


def number_of(value: object) -> float:
    """The first number of an element; 0 for none."""
    if value is None:
        return 0.0
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = value[0] if len(value) else 0
    try:
        return float(str(value))
    except ValueError:
        return 0.0
