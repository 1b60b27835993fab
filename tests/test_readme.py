"""What the README says is what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bot.printed import slack_manifest
from bot.settings import Settings
from tests.docs_tables import (
    FOLLOW_UPS,
    MANIFEST,
    PRIVACY,
    README,
    filled,
    followed,
    private,
)

ROOT = Path(__file__).parents[1]
TEXT = README.read_text(encoding="utf-8")


def test_the_tables_are_true() -> None:
    """Mend with `python -m tests.docs_tables`."""
    assert filled(TEXT) == TEXT
    assert MANIFEST.read_text(encoding="utf-8") == slack_manifest(Settings.model_construct())


def test_the_policies_are_true() -> None:
    text = FOLLOW_UPS.read_text(encoding="utf-8")
    assert followed(text) == text


def test_the_page_on_privacy_is_true() -> None:
    text = PRIVACY.read_text(encoding="utf-8")
    assert private(text) == text


def test_the_two_commands_come_first() -> None:
    block = re.search(r"```\n(.*?)```", TEXT, re.S)
    assert block is not None
    assert block[1].split("\n")[:2] == ["make preview", "make test"]


def test_every_make_target_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", TEXT)) - {"and"}
    for target in sorted(named):
        made = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False)
        assert made.returncode == 0, target


def test_every_command_line_exists() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    guides = sorted((ROOT / "docs").rglob("*.md"))
    docs = TEXT + "".join(guide.read_text(encoding="utf-8") for guide in guides)
    for command in set(re.findall(r"python -m bot ([a-z-]+)", docs)):
        assert re.search(rf"^ +{command}\b", help_text, re.M), command


def test_links_and_pictures_exist() -> None:
    for page in [README, *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_nothing_else_stands_at_the_top() -> None:
    allowed = {
        "bot", "cogs", "adapters", "storage", "tests", "docs", "benchmarks",
        "config.example.toml", "pyproject.toml", "README.md", "Makefile", "Dockerfile",
        "compose.yaml", "LICENSE", "requirements.lock", "requirements-test.lock",
    }  # fmt: skip
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    tops = {path.split("/")[0] for path in tracked if path}
    assert {top for top in tops if not top.startswith(".")} <= allowed


def test_lock_files_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
