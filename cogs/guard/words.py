"""Where posting a case begins, as the guard says it."""

from __future__ import annotations

from typing import Final

from bot.ui.words import Slash

POST: Final = Slash("case post")
