"""Catalogues of translated sentences, and plain wording for places without markup.

Catalogues live in `bot/locale/<language>/LC_MESSAGES/introducer.po` and are read when they are
first needed; English is the source and needs none.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.moment import Moment
from bot.ui.words import (
    CHANNEL_ELSEWHERE,
    Catalogue,
    HasRole,
    InChannel,
    Person,
    Slash,
    When,
    Words,
    on_the_day,
    speak,
)

LOCALE = Path(__file__).resolve().parents[1] / "locale"


class GettextCatalogue:
    """One language; falls back to English where a sentence is missing."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._found = _translations(language)

    def gettext(self, message: str, /) -> str:
        """The sentence in this language."""
        return self._found.gettext(message)

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """The right plural form in this language."""
        return self._found.ngettext(one, many, count)


def _translations(language: str) -> gettext.NullTranslations:
    file = _file(language)
    if not language.isalpha() or not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as text:
        catalog = read_po(text, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "introducer.po"


@lru_cache(maxsize=1)
def languages() -> Mapping[str, str]:
    """Every language that can be chosen, by code, as it calls itself."""
    found = sorted(path.name for path in LOCALE.iterdir() if _file(path.name).is_file())
    codes = ("en", *(one for one in found if one != "en"))
    return {code: (Locale(code).get_display_name(code) or code).capitalize() for code in codes}


@lru_cache(maxsize=16)
def catalogue(language: str) -> GettextCatalogue:
    """The catalogue of a language code such as `en` or `de`."""
    return GettextCatalogue(language)


@dataclass(frozen=True)
class PlainDialect:
    """Words without markup: button labels, file contents, the command line.

    Moments are written in `zone`, with its abbreviation, because a label cannot follow its reader.
    """

    catalogue: Catalogue
    zone: ZoneInfo

    def plain(self, text: str) -> str:
        """As it is."""
        return text

    def strong(self, text: str) -> str:
        """As it is."""
        return text

    def code(self, text: str) -> str:
        """As it is."""
        return text

    def slash(self, slash: Slash) -> str:
        """With a plain stroke in front."""
        return f"/{slash.name} {slash.rest}".rstrip()

    def when(self, when: When) -> str:
        """Such as `Thu, 11 Mar 2027, 18:00 GMT`."""
        return spelled(when, self.zone, self.catalogue.language)

    def person(self, person: Person) -> str:
        """The name."""
        return person.who.name

    def channel(self, channel: InChannel) -> str:
        """Its name where that is its id, as in the preview; no id means anything elsewhere."""
        return speak(CHANNEL_ELSEWHERE, self) if channel.platform else f"#{channel.ref}"

    def role(self, role: HasRole) -> str:
        """Its name where that is its id; else the id."""
        return f"@{role.ref}"


def spelled(when: When, zone: ZoneInfo, language: str) -> str:
    """A moment in words and digits, in `zone`, naming the zone."""
    local = when.at.astimezone(zone)
    clock = f"{format_time(local, 'HH:mm', tzinfo=zone, locale=language)} {local.tzname()}"
    if not when.with_date:
        return clock
    day = on_the_day(local.date(), language)
    return f"{day}, {clock}" if when.with_time else day


def on_the_wall(moment: Moment, language: str) -> str:
    """What the clock shows where the moment was meant: `Thu, 3 Dec 2026, 18:00`."""
    day = on_the_day(moment.wall.date(), language)
    return f"{day}, {format_time(moment.wall, 'HH:mm', locale=language)}"


def plainly(words: Words, catalogue: Catalogue, zone: ZoneInfo) -> str:
    """A sentence without markup."""
    return speak(words, PlainDialect(catalogue, zone))
