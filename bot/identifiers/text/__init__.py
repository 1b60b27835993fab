"""The text half of the identifier engine: standard library, data files, pure-Python wheels.

It knows no chat, no files and no pictures, and imports nothing of this project but the findings.
"""

from __future__ import annotations

from bot.identifiers.findings import verdict
from bot.identifiers.text.engine import find
from bot.identifiers.text.filenames import check_filename
from bot.identifiers.text.overlay import check_lines, is_display_line
from bot.identifiers.text.replacing import replacements
from bot.identifiers.text.tagger import without_model

__all__ = [
    "check_filename",
    "check_lines",
    "find",
    "is_display_line",
    "replacements",
    "verdict",
    "without_model",
]
