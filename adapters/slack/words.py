"""The words after a slash command, read into the options of a command.

Pure. Words fill options in order, `name:value` fills by name, quotes group, the last text option
takes the rest; where that leaves doubt, `Given.doubt` says so and the form is opened instead.
Nothing that was typed is lost: what fits nowhere is in `Given.left`. A value given by name that
cannot be read stays with its option all the same, so that nothing runs as if it had not been named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.slack import PLATFORM
from bot.domain.people import Account
from bot.ui.action import Field, Kind
from bot.ui.form import Picked, Raw
from bot.ui.reading import Problem, Reading, read_field

_NAME = re.compile(r"([A-Za-z][A-Za-z_-]{0,39})( ?):")
_QUOTED = re.compile(r'["“”]([^"“”]*)["“”](?=\s|$)')
_BARE = re.compile(r"(?:<[^<>]*>|\S)+")
_ENTITY = re.compile(r"<([^<>]*)>")
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|([^<>]*))?>")
_PEOPLE = re.compile(r"(?:<@[A-Z0-9]+(?:\|[^<>]*)?>[,;]?)+")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|[^<>]*)?>")
_QUOTE_IN_LINK = re.compile(r"""(<https?://[^<>|\s"“”]*)(["“”])>""")
_CHECKED = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.WHOLE)
"""Kinds whose unreadable answers the core sends back with a sentence."""
_NUMBER = re.compile(r"[+-]?[0-9]+")
_ANY = Reading(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), "en", {})
"""For kinds whose reading depends on neither the time nor the store."""


@dataclass(frozen=True)
class Given:
    """What was typed: by option; whether to ask rather than guess; and what fitted nowhere."""

    raw: Mapping[str, Raw]
    doubt: bool = False
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Word:
    """One word of the text. `start` to `end` is all of it, `at` where its value begins."""

    index: int
    start: int
    end: int
    at: int
    name: str | None
    quoted: str | None
    apart: bool = False
    """A space stands before its colon: perhaps a name, perhaps a sentence."""

    @property
    def empty(self) -> bool:
        """A name with nothing right behind its colon."""
        return self.at == self.end

    def unnamed(self) -> _Word:
        """The same as an ordinary word, name and colon included."""
        return replace(self, at=self.start, name=None, quoted=None)


def read_words(text: str, fields: Sequence[Field], workspace: str) -> Given:
    """The options that `text` fills; `text` as Slack sends it with `should_escape`."""
    named = {field.name: field for field in fields if field.kind is not Kind.FILES}
    # An address right before a closing quote may have swallowed it.
    text = _QUOTE_IN_LINK.sub(r"\1>\2", text)
    return _Filling(text, fields, named, workspace).given()


def plain(text: str) -> str:
    """Words as the person saw them while typing: no ids in brackets, nothing escaped."""
    shown = _ENTITY.sub(lambda found: _seen(found[1]), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _seen(inner: str) -> str:
    target, _bar, label = inner.partition("|")
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    if not label or target.endswith(label):
        return target  # Slack put the scheme in front
    return f"{label} ({target})"


class _Filling:
    """One text on its way into options."""

    def __init__(
        self, text: str, fields: Sequence[Field], named: Mapping[str, Field], workspace: str
    ) -> None:
        self._text = text
        self._fields = fields
        self._named = named
        self._workspace = workspace
        self._raw: dict[str, Raw] = {}
        self._left: list[str] = []
        self._doubt = False

    def given(self) -> Given:
        loose = self._take_named(list(self._words()))
        self._take_in_order(loose)
        doubt = self._doubt or bool(self._left)
        # A command without options has no form to open: it runs, whatever stands behind it.
        return Given(self._raw, doubt and bool(self._fields), tuple(self._left))

    def _words(self) -> list[_Word]:
        found: list[_Word] = []
        at = 0
        while True:
            while at < len(self._text) and self._text[at].isspace():
                at += 1
            if at >= len(self._text):
                return found
            start, name, apart = at, None, False
            if (named := _NAME.match(self._text, at)) is not None:
                wanted = named[1].lower().replace("-", "_")
                if wanted in self._named:
                    name, at, apart = wanted, named.end(), bool(named[2])
            value, quoted = at, None
            if (quote := _QUOTED.match(self._text, at)) is not None:
                quoted, at = quote[1], quote.end()
            elif (bare := _BARE.match(self._text, at)) is not None:
                at = bare.end()
            found.append(_Word(len(found), start, at, value, name, quoted, apart))

    def _take_named(self, words: Sequence[_Word]) -> list[_Word]:
        """Fill what is given by name; the words that remain, in order."""
        loose: list[_Word] = []
        held: dict[str, list[_Word]] = {}
        current: str | None = None
        for word in words:
            if word.name is not None and word.name not in held:
                held[word.name] = [] if word.empty else [word]
                current = None if word.quoted is not None else word.name
                self._doubt = self._doubt or word.empty or word.apart
                continue
            if word.name is not None:
                word = word.unnamed()  # named twice: read as what it looks like
                self._doubt = True
            if current is not None and self._goes_on(self._named[current], held[current], word):
                held[current].append(word)
            else:
                current = None
                loose.append(word)
        for name, taken in held.items():
            if taken:
                self._put(self._named[name], taken, by_name=True)
            elif self._named[name].kind is Kind.YES_NO:
                # Named without a word behind it: not the usual answer, and not to be passed over.
                self._raw[name] = f"{name}:"
        return loose

    def _goes_on(self, field: Field, held: Sequence[_Word], word: _Word) -> bool:
        """Whether a further word still belongs to an option given by name."""
        if not held or _is_free(field):
            return True
        if field.kind is Kind.MEMBERS:
            return _PEOPLE.fullmatch(self._slice([word])) is not None
        return field.kind is Kind.CHOICES and self._slice([held[-1]]).endswith(",")

    def _take_in_order(self, loose: Sequence[_Word]) -> None:
        """Fill the rest in order of declaration."""
        places = [
            field
            for field in self._fields
            if not field.kind.many and not (field.ask and field.ask.form_only)
        ]
        rest = _takes_rest(places)
        guessed = False
        words = list(loose)
        for field in places:
            if not words:
                return
            if field.name in self._raw:
                continue
            if field is rest:
                # A title of several words without quotes: who knows where it ends?
                self._doubt = self._doubt or (guessed and len(words) > 1)
                self._put(field, words)
                return
            if not self._fits(field, self._value(field, words[:1])):
                self._doubt = True
                continue
            guessed = guessed or (_is_free(field) and words[0].quoted is None)
            self._put(field, words[:1])
            words = words[1:]
        self._left.extend(plain(self._slice([word])) for word in words)

    def _put(self, field: Field, words: Sequence[_Word], *, by_name: bool = False) -> None:
        value = self._value(field, words)
        if self._fits(field, value):
            self._raw[field.name] = value
        else:
            shown = plain(self._slice(words))
            self._left.append(f"{field.name}:{shown}" if by_name else shown)
            if by_name and field.kind in _CHECKED and isinstance(value, str):
                self._raw[field.name] = value

    def _fits(self, field: Field, value: Raw) -> bool:
        match field.kind:
            case Kind.CHOICE | Kind.CHOICES | Kind.YES_NO:
                return not isinstance(read_field(field, value, _ANY), Problem)
            case Kind.WHOLE:
                return isinstance(value, str) and _NUMBER.fullmatch(value) is not None
            case Kind.MEMBER:
                return isinstance(value, tuple) and len(value) == 1
            case Kind.MEMBERS | Kind.CHANNEL:
                return bool(value)
            case _:
                return True

    def _value(self, field: Field, words: Sequence[_Word]) -> Raw:
        if len(words) == 1 and words[0].quoted is not None:
            text = words[0].quoted
        else:
            text = self._slice(words)
        match field.kind:
            case Kind.MEMBER | Kind.MEMBERS:
                return self._people(text)
            case Kind.CHANNEL:
                found = _CHANNEL.fullmatch(text)
                return found[1] if found else ""
            case Kind.ROLE:
                found = _GROUP.fullmatch(text)
                return found[1] if found else plain(text)
            case _:
                return plain(text)

    def _people(self, text: str) -> tuple[Picked, ...]:
        if _PEOPLE.fullmatch("".join(text.split())) is None:
            return ()
        return tuple(
            Picked(Account(PLATFORM, self._workspace, found[1]), found[2] or "")
            for found in _PERSON.finditer(text)
        )

    def _slice(self, words: Sequence[_Word]) -> str:
        """The words as they were typed, with the space between those that stood together."""
        pieces: list[str] = []
        for before, word in zip((None, *words), words, strict=False):
            if before is not None:
                together = before.index + 1 == word.index
                pieces.append(self._text[before.end : word.start] if together else " ")
            pieces.append(self._text[word.at : word.end])
        return "".join(pieces)


def _is_free(field: Field) -> bool:
    """Whether an answer may well have several words."""
    if field.kind is Kind.TEXT:
        return field.ask is None or field.ask.suggest is None
    return field.kind in (Kind.MOMENT, Kind.DAY)


def _takes_rest(places: Sequence[Field]) -> Field | None:
    """The option that takes all remaining words: free text, else a time, else any text."""
    texts = [field for field in places if field.kind is Kind.TEXT]
    free = [field for field in texts if _is_free(field)]
    times = [field for field in places if field.kind in (Kind.MOMENT, Kind.DAY)]
    for candidates in (free, times, texts):
        if candidates:
            return candidates[-1]
    return None
