"""The screens are the kept ones; a change of words is a change that somebody reads."""

from __future__ import annotations

from tests.golden.renew import HERE, pages


async def test_screens_are_the_kept_ones():
    wanted = await pages()
    kept = {file: file.read_text(encoding="utf-8") for file in HERE.glob("*/*.txt")}
    assert sorted(kept) == sorted(wanted), "run `python -m tests.golden.renew` and read the change"
    for file, text in wanted.items():
        assert kept[file] == text, f"{file.name}: run `python -m tests.golden.renew`, then read it"
