"""Where redacted copies go and what they are called. The only part of the engine that writes files."""  # noqa: E501

from __future__ import annotations

from pathlib import Path


class Copies:
    """Writes copies into one folder and never over a file that it did not write itself now.

    A copy keeps the stem of its original only if nothing was found in that name; otherwise it is
    called case-1, case-2 and so on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
        target.write_bytes(copy)
        if preview is not None:
            (self._folder / f"{stem}-marked.png").write_bytes(preview)
        return target

    def _stem(self, original: Path, name_tells: bool, suffix: str) -> str:
        same = self._folder.resolve() == original.parent.resolve()
        if not name_tells and not same and original.stem.casefold() not in self._taken:
            return original.stem
        while True:
            self._cases += 1
            stem = f"case-{self._cases}"
            free = stem not in self._taken and not (self._folder / f"{stem}{suffix}").exists()
            if free or (not same and stem not in self._taken):
                return stem
