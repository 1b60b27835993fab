"""Finds the specification files, which are not part of the repository."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "specs"


def folder() -> Path:
    """Where the files are looked for: SPECS_DIR, else beside the checkout."""
    return Path(os.environ.get("SPECS_DIR") or BESIDE)


def load_spec(name: str) -> dict[str, Any]:
    """A specification by file name.

    Where it is absent the test is skipped by name; with CI=true that is an error instead.
    """
    path = folder() / name
    if path.is_file():
        return _read(path)
    sentence = f"specification {name} not found in {folder()} (set SPECS_DIR)"
    if os.environ.get("CI", "").casefold() in ("true", "1"):
        raise FileNotFoundError(sentence)
    pytest.skip(sentence)


@cache
def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))
