"""Sentences as values: marked for translation where they stand, worded when somebody reads them.

`_("{who} starts at {when}", who=..., when=...)` makes a `Msg`; nothing is translated until an
adapter speaks it in the reader's language with its own `Dialect`. What people typed enters only as
an argument, so a renderer can escape it and no text can smuggle in markup or mentions.

Knows no platform.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol, TypeAlias

from babel.dates import format_date

from bot.domain.people import Someone
from bot.ui.visible import isolated, visible


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that a person typed: cleared of hidden signs by `pieces`, escaped by every renderer."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out; escaped like `Typed`."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A short code, set so that it can be copied; escaped like `Typed`."""

    text: str


@dataclass(frozen=True, slots=True)
class Slash:
    """A command, written as it is typed on the reader's platform; `rest` are its options."""

    name: str
    rest: str = ""

    @property
    def group(self) -> str:
        """The first word of its name, or the only one."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class When:
    """A moment, shown in the reader's own zone. `with_date` False shows the time of day alone,
    `with_time` False the day alone.
    """

    at: datetime
    with_date: bool = True
    with_time: bool = True

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment that people read is aware")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, the same for every reader; written in their language."""

    date: date


@dataclass(frozen=True, slots=True)
class Person:
    """A member, mentioned natively where they have an account; pings only if asked to."""

    who: Someone
    ping: bool = False


@dataclass(frozen=True, slots=True)
class InChannel:
    """A channel, by the platform's own id; its members can follow it. `platform`: whose id it is,
    where the reader may be on another."""

    ref: str
    platform: str = ""

    def elsewhere(self, platform: str) -> bool:
        """Whether a reader on this platform cannot follow it."""
        return self.platform not in ("", platform)


@dataclass(frozen=True, slots=True)
class HasRole:
    """Everybody with a role of the place, by the platform's own id; never pings."""

    ref: str


Atom: TypeAlias = Typed | Strong | Code | Slash | When | Person | InChannel | HasRole
Argument: TypeAlias = "Atom | Day | Msg | Listing | int"


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things in one sentence, joined as the reader's language joins them.

    `either`: one of them is meant, so they are joined by "or".
    """

    items: tuple[Atom | Msg, ...]
    either: bool = False


@lru_cache(maxsize=8192)
def _parsed(text: str) -> tuple[tuple[str, str | None, bool], ...]:
    """A sentence taken apart: words, what it leaves open behind them, and whether it asks for that
    plainly. There are few sentences, all of them in the program or its catalogues, and each is made
    many times."""
    return tuple(
        (literal, field, not (spec or conversion))
        for literal, field, spec, conversion in string.Formatter().parse(text)
    )


@dataclass(frozen=True, slots=True)
class Msg:
    """A sentence, not yet in any language. Compare by value; build with `_` or `ngettext`."""

    text: str
    arguments: tuple[tuple[str, Argument], ...] = ()
    plural: str | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        named = {name for name, _value in self.arguments}
        for text in (self.text, self.plural or ""):
            for _literal, field, plain in _parsed(text):
                if field is not None and (field not in named or not plain):
                    raise ValueError(f"no plain argument for {{{field}}} in {text!r}")


Words: TypeAlias = Msg | Atom


def _(text: str, /, **arguments: Argument) -> Msg:
    """Mark a sentence for translation."""
    return Msg(text, tuple(sorted(arguments.items(), key=lambda pair: pair[0])))


def ngettext(one: str, many: str, count: int, /, **arguments: Argument) -> Msg:
    """Mark a sentence that depends on a number; `{count}` is filled in as well."""
    given = {**arguments, "count": count}
    return Msg(one, tuple(sorted(given.items(), key=lambda pair: pair[0])), many, count)


class Catalogue(Protocol):
    """Translations of one language."""

    @property
    def language(self) -> str:
        """The language code."""
        ...

    def gettext(self, message: str, /) -> str:
        """The sentence in this language."""
        ...

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """The right plural form in this language."""
        ...


class Dialect(Protocol):
    """How one platform writes the atoms of a sentence; each method returns native markup."""

    @property
    def catalogue(self) -> Catalogue:
        """The reader's language."""
        ...

    def plain(self, text: str) -> str:
        """Our own words or what people typed: shown literally, never as markup or a mention."""
        ...

    def strong(self, text: str) -> str:
        """Text that stands out."""
        ...

    def code(self, text: str) -> str:
        """A short code."""
        ...

    def slash(self, slash: Slash) -> str:
        """A command as it is typed here, with this platform's prefix."""
        ...

    def when(self, when: When) -> str:
        """A moment in the reader's own zone."""
        ...

    def person(self, person: Person) -> str:
        """A mention or, without an account here, the name."""
        ...

    def channel(self, channel: InChannel) -> str:
        """A channel of this place."""
        ...

    def role(self, role: HasRole) -> str:
        """A role of this place, without a ping."""
        ...


def pieces(words: Words, catalogue: Catalogue) -> list[str | Atom]:
    """A sentence in the reader's language as literal strings and atoms, in reading order."""
    found: list[str | Atom] = []
    _take_apart(words, catalogue, found)
    return found


def _take_apart(words: Words, catalogue: Catalogue, found: list[str | Atom]) -> None:
    if not isinstance(words, Msg):
        found.append(_cleared(words))
        return
    if words.plural is not None and words.count is not None:
        template = catalogue.ngettext(words.text, words.plural, words.count)
    else:
        template = catalogue.gettext(words.text)
    arguments = dict(words.arguments)
    for literal, field, _plain in _parsed(template):
        if literal:
            found.append(literal)
        if field is not None:
            _argument(arguments[field], catalogue, found)


_DAYS = {"de": "EEE, d. MMM"}
"""How a day is written where it is not as in English: German puts a dot after its number."""


def on_the_day(day: date, language: str, *, year: bool = True, weekday: bool = True) -> str:
    """A calendar day: `Thu, 24 Dec 2026`, and in German `Do., 24. Dez. 2026`."""
    pattern = _DAYS.get(language, "EEE, d MMM")
    pattern = pattern if weekday else pattern.removeprefix("EEE, ")
    return format_date(day, f"{pattern} y" if year else pattern, locale=language)


def _cleared(atom: Atom) -> Atom:
    """Without anything in it that would show nothing, or turn the words around it."""
    match atom:
        case Typed(text):
            return Typed(isolated(text))
        case Strong(text):
            return Strong(isolated(text))
        case Code(text):
            return Code(visible(text))  # copied as it stands, so nothing is added to it
        case Person(who):
            name = isolated(who.name)
            return atom if name == who.name else replace(atom, who=replace(who, name=name))
        case Slash(name, rest):
            return Slash(name, visible(rest))
        case When() | InChannel() | HasRole():
            return atom


def _argument(value: Argument, catalogue: Catalogue, found: list[str | Atom]) -> None:
    match value:
        case int():
            found.append(str(value))
        case Day(day):
            found.append(on_the_day(day, catalogue.language))
        case Listing(items, either):
            joint = _(" or ") if either else _(" and ")
            for index, item in enumerate(items):
                if index:
                    last = index == len(items) - 1
                    found.append(catalogue.gettext(joint.text) if last else ", ")
                _take_apart(item, catalogue, found)
        case _:
            _take_apart(value, catalogue, found)


CHANNEL_ELSEWHERE = _("a channel on another platform")
"""Stands for a channel that the reader cannot follow."""


def speak(words: Words, dialect: Dialect) -> str:
    """One string of native markup."""
    spoken: list[str] = []
    for piece in pieces(words, dialect.catalogue):
        match piece:
            case str():
                spoken.append(dialect.plain(piece))
            case Typed(text):
                spoken.append(dialect.plain(text))
            case Strong(text):
                spoken.append(dialect.strong(text))
            case Code(text):
                spoken.append(dialect.code(text))
            case Slash():
                spoken.append(dialect.slash(piece))
            case When():
                spoken.append(dialect.when(piece))
            case Person():
                spoken.append(dialect.person(piece))
            case InChannel():
                spoken.append(dialect.channel(piece))
            case HasRole():
                spoken.append(dialect.role(piece))
    return "".join(spoken)
