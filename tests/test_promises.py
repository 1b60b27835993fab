"""The tables of docs/reliability.md and docs/security.md name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("page", ["reliability.md", "security.md"])
def test_every_test_that_is_named_exists(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`T/([\w/]+\.py)::(test_\w+)`", text))
    assert len(named) > 10
    for file, test in sorted(named):
        source = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {test}\(", source, re.M), f"{file}::{test}"


@pytest.mark.parametrize("page", ["reliability.md", "security.md"])
def test_every_line_of_a_table_names_a_test(page: str) -> None:
    rows = re.findall(r"^\|.*\|$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.M)
    for row in rows:
        head = row.startswith(("| trouble |", "| threat |", "|---"))
        assert head or "`T/" in row, row
