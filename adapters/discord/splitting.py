"""Long markdown in pieces that Discord takes, cut where it hurts least."""

from __future__ import annotations

from collections.abc import Iterator


def split(text: str, most: int) -> Iterator[str]:
    """Pieces of at most `most` characters: at a line end, else a space, else anywhere but inside an
    escape or a `<...>`."""
    while len(text) > most:
        at = text.rfind("\n", most // 2, most + 1)
        if at < 0:
            at = text.rfind(" ", most // 2, most + 1)
        if at < 0:
            at = _anywhere(text, most)
        piece, text = text[:at].rstrip(), text[at:].lstrip("\n ")
        if piece:
            yield piece
    if text:
        yield text


def _anywhere(text: str, most: int) -> int:
    at = most
    opened = text.rfind("<", 0, at)
    if opened > 0 and ">" not in text[opened:at] and text[opened - 1] != "\\":
        return opened
    while at > 1 and text[at - 1] == "\\":
        at -= 1
    return at
