"""What the page calls: the project's own search, its answers as JSON. Runs in the reader's browser.

The rules are those of `bot.identifiers`, unchanged; nothing is decided here.
"""

from __future__ import annotations

import json

from bot.identifiers.scan import scan_text
from bot.identifiers.text import find, replacements


def look(text: str) -> str:
    """The report on a text, as `scan --json` has it for one file, without the time it took."""
    report = scan_text(text).to_json()
    report.pop("seconds", None)
    return json.dumps(report, ensure_ascii=False)


def replaced(text: str, kept: list[int]) -> str:
    """The text with the suggestions in place; findings whose numbers are in `kept` stay."""
    stay = set(kept)
    return replacements(text, [one for at, one in enumerate(find(text)) if at not in stay])
