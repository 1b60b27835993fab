"""Text that people typed, made to show as it was typed: no markup and no mention.

Pure functions over strings, which come without hidden signs (`bot.ui.visible`). Web addresses stay
clickable, but stand alone: never behind other words and without a preview.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>\[\]|*`\\\"]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,:;!?'\")"
# An underscore within a word, as in `New_York`, is none: emphasis ends only
# where a word ends.
_MARKUP = re.compile(r"[\\*~`|<\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(r"(?m)^([ \t]*)([#>+-])")
_NUMBERED = re.compile(r"(?m)^([ \t]*[0-9]{1,9})([.)])(?=[ \t])")
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_INVITE = re.compile(r"\b(discord(?:app)?)\.(?=gg/|com/invite/)", re.IGNORECASE)

# Most pieces of a sentence hold nothing that any rule above could touch; one look is enough.
_PERHAPS = re.compile(
    r"[\\*~`|<\[\]_@]|://|^[ \t]*(?:[#>+-]|[0-9]{1,9}[.)])|discord", re.IGNORECASE | re.MULTILINE
)


def escape(text: str) -> str:
    """Markdown that shows exactly `text` and mentions nobody."""
    return text if _PERHAPS.search(text) is None else with_rules(text)


def with_rules(text: str) -> str:
    """The same, without the quick look."""
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
    return " ".join(text.split())


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
