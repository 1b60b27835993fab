"""What Discord shows of commands, in every language there is a catalogue of.

Discord picks by the language of whoever looks at its menu. Names of commands and options are the
same in all, because help and guides name them; knows nothing of what the commands do.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from adapters.discord.people import language_of
from bot.ui.language import catalogue, languages, plainly
from bot.ui.words import Catalogue, Words

SHORT = 100
"""Longer than this is nothing that stands in a menu (Discord's documentation)."""
Wording = Callable[[Catalogue], str]

_WORDING = "wording"


def everywhere(wording: Wording) -> app_commands.locale_str:
    """A text in English that carries how it is said in other languages."""
    return app_commands.locale_str(wording(catalogue("en")), **{_WORDING: wording})


def said(words: Words) -> app_commands.locale_str:
    """A sentence without markup."""
    return everywhere(lambda known: shortened(plain(words, known)))


def plain(words: Words, known: Catalogue) -> str:
    """In one language."""
    return plainly(words, known, ZoneInfo("UTC"))


def shortened(text: str) -> str:
    """As much of it as a menu shows."""
    return text if len(text) <= SHORT else text[: SHORT - 1] + "\u2026"


class InEveryLanguage(app_commands.Translator):
    """Asked by the library for each text and each language that Discord has."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """None where English is shown: it has no catalogue, or would say the same."""
        wording: Wording | None = string.extras.get(_WORDING)
        language = language_of(locale.value)
        if wording is None or language is None or language not in languages():
            return None
        found = wording(catalogue(language))
        return None if found == string.message else found
