"""What the page calls: the project's own search, its answers as JSON. Runs in the reader's browser.

The rules are those of `bot.identifiers`, unchanged; nothing is decided here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.identifiers.findings import Finding
from bot.identifiers.scan import scan_text
from bot.identifiers.text import find, replacements

_last: tuple[str, Sequence[Finding]] | None = None
"""The text that the screen speaks of, so that ticking a box searches nothing anew."""


def look(text: str) -> str:
    """The report on a text, as `scan --json` has it for one file, without the time it took."""
    global _last
    report = scan_text(text)
    _last = (text, report.findings)
    told = report.to_json()
    told.pop("seconds", None)
    return json.dumps(told, ensure_ascii=False)


def replaced(text: str, kept: list[int]) -> str:
    """The text with the suggestions in place; findings whose numbers are in `kept` stay."""
    findings = _last[1] if _last is not None and _last[0] == text else find(text)
    stay = set(kept)
    return replacements(text, [one for at, one in enumerate(findings) if at not in stay])


def forget() -> None:
    """Hold no text any more."""
    global _last
    _last = None
