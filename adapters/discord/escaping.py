"""Text that people typed, made to show as it was typed: no markup, no mention, no hidden sign.

Pure functions over strings. Web addresses stay clickable, but stand alone: never behind other words
and without a preview.
"""

from __future__ import annotations

import re

# Signs that show nothing, turn the reading direction or hide text: control characters,
# bidirectional overrides and isolates, zero-width and filler characters, tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e00ff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_PILED_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)

_ADDRESS = re.compile(r"https?://[^\s<>\[\]|*`\\\"]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,:;!?'\")"
# An underscore within a word, as in `New_York`, is none: emphasis ends only
# where a word ends.
_MARKUP = re.compile(r"[\\*~`|<\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(r"(?m)^([ \t]*)([#>+-])")
_NUMBERED = re.compile(r"(?m)^([ \t]*[0-9]{1,9})([.)])(?=[ \t])")
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_INVITE = re.compile(r"\b(discord(?:app)?)\.(?=gg/|com/invite/)", re.IGNORECASE)


def visible(text: str) -> str:
    """Without signs that a reader cannot see and without walls of blank lines."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    return _PILED_MARKS.sub(r"\1", _BLANK_LINES.sub("\n\n", text))


def escape(text: str) -> str:
    """Markdown that shows exactly `text` (as far as it is visible) and mentions nobody."""
    text = visible(text)
    shown: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_AFTER_ADDRESS)
        if not address.partition("://")[2]:
            continue
        shown.append(_literal(text[at : found.start()]))
        shown.append(f"<{address}>")
        at = found.start() + len(address)
    shown.append(_literal(text[at:]))
    return "".join(shown)


def one_line(text: str) -> str:
    """Without line breaks, for headings and labels."""
    return " ".join(visible(text).split())


def in_code(text: str) -> str:
    """`text` as inline code, which cannot be left from within."""
    inner = one_line(text).replace("`", "\u02cb").replace("||", "|\u2009|")
    return f"`{inner}`" if inner else ""


def _literal(text: str) -> str:
    text = _MARKUP.sub(r"\\\g<0>", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    # An invisible space breaks the word for everybody's client; the message's own list of allowed
    # mentions is what keeps anybody from being called.
    text = _EVERYBODY.sub("@\u200b", text)
    return _INVITE.sub(r"\1\\.", text)
