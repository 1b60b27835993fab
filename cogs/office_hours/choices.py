"""Reminders of a seat that each person may do without."""

from __future__ import annotations

from bot.runtime.feature import Choice
from bot.ui.words import _

SESSION_DAY = Choice("session day", _("Reminders a day before a session of yours"))
SESSION_HOUR = Choice("session hour", _("Reminders an hour before a session of yours"))
