"""What people typed, as far as a reader can see it: for every platform, before anything is shown.

Signs that show nothing or turn the reading direction are dropped, so that a title cannot mirror the
sentence around it or hide a word in it; text that runs from right to left by itself stays, set
apart from the words around it. Pure functions over strings; markup is each platform's own affair.
"""

from __future__ import annotations

import re
import unicodedata

# Control characters, bidirectional overrides and isolates, zero-width and filler characters, tags;
# a flag that is spelled with tags, such as England's, is one sign that everybody sees.
_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)|"
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e00ff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_PILED_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_ISOLATE, _END = "\u2068", "\u2069"
_FROM_THE_RIGHT = frozenset({"R", "AL"})


def visible(text: str) -> str:
    """Without signs that a reader cannot see and without walls of blank lines."""
    if text.isascii() and text.isprintable():
        return text  # one line of letters and signs: nothing below would touch it
    text = _UNSEEN.sub(lambda found: found[1] or "", _LINE_ENDS.sub("\n", text))
    return _PILED_MARKS.sub(r"\1", _BLANK_LINES.sub("\n\n", text))


def isolated(text: str) -> str:
    """`visible(text)`, set apart if it runs from right to left, so that its neighbours stay put.

    Each line by itself: a sign of direction ends with its line anyway.
    """
    text = visible(text)
    if text.isascii():
        return text
    return "\n".join(_set_apart(line) for line in text.split("\n"))


def _set_apart(line: str) -> str:
    if any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in line):
        return f"{_ISOLATE}{line}{_END}"
    return line
