"""`python -m tests.golden.renew`: write the kept screens anew, for the reviewer to read."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.golden.chapters import CHAPTERS
from tests.golden.drawing import DRAWN, PLATFORMS, in_words, page
from tests.golden.walk import walk_on

HERE = Path(__file__).parent


async def pages() -> dict[Path, str]:
    """Every kept file with what should stand in it."""
    found: dict[Path, str] = {}
    for name, platform in PLATFORMS.items():
        for chapter, play in CHAPTERS.items():
            async with walk_on(platform) as walk:
                await play(walk)
            found[HERE / name / f"{chapter}.txt"] = page(DRAWN[name], walk.scenes)
            if name == "preview":
                found[HERE / "words" / f"{chapter}.txt"] = page(in_words, walk.scenes)
    return found


def main() -> None:
    """Write them, and take away what is no longer drawn."""
    wanted = asyncio.run(pages())
    for file in HERE.glob("*/*.txt"):
        if file not in wanted:
            file.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
