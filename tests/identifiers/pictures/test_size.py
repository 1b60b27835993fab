"""What the whole program takes on the disk."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[3]
MOST = 900


def test_the_installed_size_is_printed_and_bounded(capsys):
    total, sizes = 0, dict[str, int]()
    for name in sorted(
        set(re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.lock").read_text()))
    ):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            continue  # for another system or version of Python
        size = sum(
            path.stat().st_size
            for file in files
            if file.suffix != ".pyc" and (path := Path(str(file.locate()))).is_file()
        )
        sizes[name], total = size, total + size
    with capsys.disabled():
        largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
        shown = ", ".join(f"{name} {size >> 20}" for name, size in largest)
        print(f"\ninstalled: {total >> 20} MB ({shown})")  # noqa: T201
    assert total >> 20 <= MOST
