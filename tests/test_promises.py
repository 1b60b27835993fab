"""The tables of docs/reliability.md and docs/security.md name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.troubles import ROWS

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


def test_the_table_of_troubles_is_what_meets_every_feature() -> None:
    """Each row that is planted is told under its name, and nothing else; and whether it differs."""
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    told: list[tuple[str, str, bool]] = []
    for where, named, happens in re.findall(
        r"^\| on (Discord|Slack|both): (.*?) \| (.*?) \| `T/faults/test_every_feature", text, re.M
    ):
        for name in named.split("; "):
            plain = re.match(r"as above(;|$)", happens) is not None
            told += [(one, name, plain) for one in ROWS if where in ("both", one.title())]
    planted = [
        (platform, name, not row.instead)
        for platform, rows in ROWS.items()
        for name, row in rows.items()
    ]
    assert sorted(told) == sorted(planted)
