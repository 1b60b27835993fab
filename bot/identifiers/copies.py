"""Where redacted copies go and what they are called. The only part of the engine that writes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


class Copies:
    """Writes copies into one folder, never over one of the `originals`.

    A copy keeps the stem of its original only if nothing was found in that name; otherwise it is
    called case-1, case-2 and so on. A copy of an earlier run is replaced.
    """

    def __init__(self, folder: Path, originals: Iterable[Path] = ()) -> None:
        self._folder = folder
        self._originals = {path.resolve() for path in originals}
        self._taken: set[str] = set()
        self._cases = 0

    def write(
        self, original: Path, name_tells: bool, suffix: str, copy: bytes, preview: bytes | None
    ) -> Path:
        """Write a copy, and beside it the preview; answer the path of the copy. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        stem = self._stem(original, name_tells, suffix)
        self._taken.add(stem.casefold())
        target = self._folder / f"{stem}{suffix}"
        _put(target, copy)
        if preview is not None:
            _put(marked_beside(target), preview)
        return target

    def _stem(self, original: Path, name_tells: bool, suffix: str) -> str:
        if not name_tells and self._free(original.stem, suffix):
            return original.stem
        while True:
            self._cases += 1
            stem = f"case-{self._cases}"
            if self._free(stem, suffix):
                return stem

    def _free(self, stem: str, suffix: str) -> bool:
        if stem.casefold() in self._taken:
            return False
        target = self._folder / f"{stem}{suffix}"
        return not self._originals & {target.resolve(), marked_beside(target).resolve()}


def marked_beside(copy: Path) -> Path:
    """Where the marked-up preview of a copy is."""
    return copy.with_name(f"{copy.stem}-marked.png")


def _put(target: Path, content: bytes) -> None:
    """Whole or not at all; a link that lies in the way is replaced, not followed."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as file:
            file.write(content)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
