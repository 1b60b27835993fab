"""Lines that were read from a picture: short, in capitals, misread here and there.

Works by allow-list: a line that is neither an identifier nor made of known display words is at least a
warning, because a name that nobody listed looks like any other unknown word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.text.engine import find
from bot.identifiers.text.folding import fold
from bot.identifiers.text.harmless import section
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.tokens import LETTER

_WORD: Final = re.compile(rf"[{LETTER}\d][{LETTER}\d'*+./:°%µ-]*")
_MISREAD: Final = str.maketrans(
    {
        "O": "0",
        "o": "0",
        "Q": "0",
        "D": "0",
        "I": "1",
        "l": "1",
        "|": "1",
        "S": "5",
        "B": "8",
        "Z": "2",
    }
)
_UNREAD: Final = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "|": "l"})
_HARMLESS_NUMBER: Final = re.compile(
    r"[<>=~+-]*\d{1,4}(?:[.,]\d{1,3})?%?|\d{1,3}(?:[.,]\d+)?(?:mm|cm|ml|s|ms|kv|ma|mas|fps|hz|mhz|khz|db|gy|mgy|x|fr|f|g|kg|cc|w|l|r|t|bpm|hu|°|deg|cm2|cm/s|m/s|mmhg)(?:/\w{1,3})?|\d{1,4}[/x:-]\d{1,4}(?:[x/:]\d{1,4})?|\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?|(?:19|20)\d\d",
    re.IGNORECASE,
)
_UNKNOWN: Final = (
    "Text in the picture that is not a known display word; it may be a name or a place."
)
_NUMBER: Final = "A number in the picture that nothing harmless explains."
_NAME: Final = "This line reads like a person's name."


def check_lines(
    lines: Sequence[str], *, where: Where = Where.PIXELS
) -> tuple[tuple[Finding, ...], ...]:
    """One tuple of findings for each line; offsets are those of the line. An empty tuple means that
    every word of the line is a known display word or a harmless number."""
    found = [_line(line, where) for line in lines]
    for number, line in enumerate(lines[:-1]):
        # A label on one line and its value on the next.
        if not found[number + 1] and line.strip() and len(line) < 40:
            joined = f"{line.rstrip(' :')}: {lines[number + 1]}"
            shift = len(joined) - len(lines[number + 1])
            moved = [
                replace(
                    one, start=(one.start or 0) - shift, end=(one.end or 0) - shift, where=where
                )
                for one in find(joined)
                if (one.start or 0) >= shift
            ]
            if moved:
                found[number + 1] = tuple(moved)
    return tuple(found)


def is_display_line(line: str) -> bool:
    """Whether every word of a line is a known display word or a harmless number."""
    return not any(_unknown(word) for word in _WORD.findall(line))


def _line(line: str, where: Where) -> tuple[Finding, ...]:
    found = list(find(line, where=where))
    mended = _mend(line)
    if mended != line:
        for one in find(mended, where=where):
            start, end = one.start or 0, one.end or 0
            if not any((other.start or 0) < end and start < (other.end or 0) for other in found):
                found.append(replace(one, text=line[start:end]))
    taken = [(one.start or 0, one.end or 0) for one in found]
    rest = [
        match
        for match in _WORD.finditer(line)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    unknown = [match for match in rest if _unknown(match.group())]
    words = [match for match in unknown if sum(c.isalpha() for c in match.group()) >= 2]
    if unknown:
        start, end = unknown[0].start(), unknown[-1].end()
        text = line[start:end]
        if any(_called(match.group()) for match in words):
            found.append(
                Finding(Kind.NAME, where, _NAME, 0.7, text, start, end, suggestion="[name]")
            )
        else:
            kind, why = (Kind.NAME, _UNKNOWN) if words else (Kind.OTHER_ID, _NUMBER)
            found.append(
                Finding(
                    kind, where, why, 0.4, text, start, end, suggestion="[removed]", doubtful=True
                )
            )
    return tuple(sorted(found, key=lambda one: one.start or 0))


def _mend(line: str) -> str:
    """Letters read for digits become digits where a word is mostly digits; the length stays."""

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        digits = sum(c.isdigit() for c in word)
        if digits >= 2 and digits * 2 >= sum(c.isalnum() for c in word):
            return word.translate(_MISREAD)
        return word

    return re.sub(r"[\w|./-]+", mend, line)


def _called(word: str) -> bool:
    """Whether people are called so and the word is no plain word."""
    known = look_up(word)
    return (known.given >= 2 or known.family >= 2) and known.listed not in (1, 2)


def _unknown(word: str) -> bool:
    bare = word.strip(".,:;-+*'/°%")
    if not bare or _HARMLESS_NUMBER.fullmatch(bare) or len(bare) == 1:
        return False
    parts = [part for part in re.split(r"[./:*+'-]", bare) if part]
    return not all(_display(part) for part in parts)


def _display(part: str) -> bool:
    word = fold(part)
    if len(word) == 1 or word in _vocabulary() or section(word) in ("abb", "dev"):
        return True
    if word.isdigit():
        return len(word) <= 4
    if re.fullmatch(r"\d{1,3}[a-z]{1,3}|[a-z]{1,2}\d{1,3}", word):
        return True
    letters = word.translate(_UNREAD)
    if letters in _vocabulary():
        return True
    known = look_up(word)
    return len(word) >= 6 and known.given + known.family + known.town == 0 and _near(letters)


def _near(word: str) -> bool:
    """One letter away from a display word."""
    return any(word[:at] + "?" + word[at + 1 :] in _blanked() for at in range(len(word)))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    text = (files("bot.identifiers.text") / "data" / "overlay.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@lru_cache(maxsize=1)
def _blanked() -> frozenset[str]:
    return frozenset(
        word[:at] + "?" + word[at + 1 :]
        for word in _vocabulary()
        if len(word) >= 6
        for at in range(len(word))
    )
