"""Typed commands: `/hours join session:k3f9 about:"first job"` taken apart. Pure.

Words fill options in order, `name:value` by name; only declared names count before a colon, so
"18:00" and "https:" are words like any other. Quotes group. A value given by name goes on until the
next name where its kind allows several words; the last text takes what is left. Whatever remains
unclear is `doubt`: then the form opens, filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from adapters.preview.people import ROLES, People
from adapters.preview.render import typed_options
from bot.runtime.registry import Registry
from bot.ui.action import Field, Kind, asked_fields
from bot.ui.form import Raw

_TOKEN = re.compile(
    r"""
    (?P<bare>[A-Za-z_]{1,32}[ ]?:)(?=\s|$)
    | (?P<head>[A-Za-z_]{1,32}[ ]?:)?
      (?: ["“”](?P<quoted>[^"“”]*)["“”]?  |  (?P<word>[^\s"“”]+) )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A command and what was given with it, as typed."""

    name: str
    raw: Mapping[str, Raw]
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class NoCommand:
    """No command of that name; `near` are those that look like it."""

    word: str
    near: tuple[str, ...]


@dataclass(slots=True)
class _Word:
    text: str
    name: str | None
    quoted: bool
    start: int
    end: int


@dataclass(slots=True)
class _Filled:
    values: dict[str, str] = field(default_factory=dict[str, str])
    doubt: bool = False


def read_line(line: str, registry: Registry, people: People) -> TypedCommand | NoCommand:
    """A typed line that starts with a slash."""
    words = line.removeprefix("/").split(maxsplit=2)
    for count in (2, 1):
        name = " ".join(words[:count])
        if len(words) >= count and name in registry.commands:
            rest = _after(line, count)
            asked = asked_fields(registry.commands[name].action)
            several = tuple(one for one in asked if one.kind is Kind.MEMBERS)
            fields = (*typed_options(asked), *several)
            filled = _fill(rest, fields)
            by_name = {one.name: one for one in fields}
            raw = {key: _raw(by_name[key], value, people) for key, value in filled.values.items()}
            unsure = any(not raw[one.name] for one in several if one.name in raw)
            return TypedCommand(name, raw, filled.doubt or unsure)
    wanted = " ".join(words[:2])
    return NoCommand(wanted, _near(words, registry))


def _near(words: Sequence[str], registry: Registry) -> tuple[str, ...]:
    if not words:
        return ()
    same_group = [command.name for command in registry.under(words[0])]
    if same_group:
        return tuple(sorted(same_group)[:6])
    return tuple(get_close_matches(" ".join(words[:2]), registry.commands, 3, 0.5))


def _after(line: str, count: int) -> str:
    found = re.match(rf"/?(?:\s*\S+){{{count}}}", line)
    return line[found.end() :] if found else ""


def _words(rest: str, names: frozenset[str]) -> list[_Word]:
    found: list[_Word] = []
    for token in _TOKEN.finditer(rest):
        start, end = token.span()
        head = (token["head"] or token["bare"] or "").removesuffix(":")
        quoted = token["quoted"] is not None
        text = token["quoted"] if quoted else token["word"] or ""
        if head and head.strip().lower() not in names:
            # Not one of ours: the colon belongs to the word.
            text, head, quoted = f"{head}:{text}", "", False
        elif head:
            start = token.end("head") if token["head"] else end
        found.append(_Word(text, head.strip().lower() or None, quoted, start, end))
    return found


def _several(one: Field) -> bool:
    """Whether a value of this kind may be several words without quotes."""
    if one.kind is Kind.TEXT:
        return one.ask is None or one.ask.suggest is None
    return one.kind not in (Kind.WHOLE, Kind.YES_NO)


def _fill(rest: str, fields: Sequence[Field]) -> _Filled:
    by_name = {one.name: one for one in fields}
    words = _words(rest, frozenset(by_name))
    filled = _Filled()
    loose: list[_Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.name is None:
            loose.append(word)
            continue
        text, one = word.text, by_name[word.name]
        if not text and not word.quoted and not _several(one):
            # A space behind the colon: what follows is its value.
            while at < len(words) and words[at].name is None:
                text = f"{text} {words[at].text}".strip()
                at += 1
                if words[at - 1].quoted or not _suggested(one) or _code(words[at - 1]):
                    break
        elif not word.quoted and _several(one):
            first = at
            last = word
            while at < len(words) and words[at].name is None:
                last = words[at]
                at += 1
            if at == first + 1 and last.quoted and not text:
                # A space behind the colon, then quotes around all of it.
                text = last.text
            else:
                # As it was typed, with its own quotes and line breaks.
                text = rest[word.start : last.end].strip()
        # Named and left empty is no answer: it is asked for rather than passed over.
        filled.doubt |= word.name in filled.values or not (text or word.quoted)
        if not text and one.kind is Kind.YES_NO:
            # Not the usual answer then, and never read as if it had not been named.
            text = f"{word.name}:"
        filled.values[word.name] = text
    in_order = [one for one in fields if not one.kind.many and one.name not in filled.values]
    _in_order(rest, loose, in_order, filled)
    return filled


def _in_order(rest: str, loose: list[_Word], open_fields: list[Field], filled: _Filled) -> None:
    """Words without a name, to the options that are left, in order."""
    texts = [one for one in open_fields if one.kind is Kind.TEXT and _several(one)]
    last_text = texts[-1] if texts else None
    while loose and open_fields:
        one = open_fields.pop(0)
        if one.kind is Kind.CHOICE:
            _choice(one, loose, filled)
        elif _suggested(one) and len(loose) > 1 and not loose[0].quoted and not _code(loose[0]):
            # A title or a place of several words; what follows it can only be guessed.
            filled.values[one.name] = rest[loose[0].start : loose[-1].end]
            filled.doubt |= bool(open_fields)
            loose.clear()
        elif one.kind is Kind.YES_NO and loose[0].text.casefold() not in _YES_NO:
            continue
        elif not loose[0].quoted and (
            one is last_text or (_several(one) and one.kind is not Kind.TEXT)
        ):
            filled.values[one.name] = rest[loose[0].start : loose[-1].end]
            # A date or a name of several words may have swallowed what was meant for the next.
            filled.doubt |= one is not last_text and any(left.required for left in open_fields)
            loose.clear()
        else:
            filled.values[one.name] = loose.pop(0).text
    filled.doubt |= bool(loose)


def _suggested(one: Field) -> bool:
    return one.kind is Kind.TEXT and one.ask is not None and one.ask.suggest is not None


def _code(word: _Word) -> bool:
    """Whether a word can be a short code, which never reads like a word of a title."""
    return _CODE.fullmatch(word.text.casefold()) is not None


_CODE = re.compile(r"[2-9bcdfghjkmnpqrstvwxyz]{4,8}")
_YES_NO = frozenset({"yes", "no", "true", "false", "on", "off"})


def _choice(one: Field, loose: list[_Word], filled: _Filled) -> None:
    """The longest run of words that is a choice; an option that does not match is passed over."""
    options = one.ask.options if one.ask else ()
    if not options:
        filled.values[one.name] = loose.pop(0).text
        return
    known = {word.casefold() for each in options for word in (each.value, each.label.text)}
    for count in range(min(len(loose), 8), 0, -1):
        text = " ".join(word.text for word in loose[:count])
        if text.casefold() in known:
            filled.values[one.name] = text
            del loose[:count]
            return


def _raw(one: Field, value: str, people: People) -> Raw:
    match one.kind:
        case Kind.MEMBER:
            picked = people.picked(value)
            return value if picked is None else (picked,)
        case Kind.MEMBERS:
            return people.all_picked(value)
        case Kind.CHANNEL:
            return value.strip().removeprefix("#")
        case Kind.ROLE:
            named = {name.casefold(): id for id, name in ROLES.items()}
            word = value.strip().removeprefix("@")
            return named.get(word.casefold(), word)
        case _:
            return value
