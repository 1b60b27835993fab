"""Short codes such as `k3f9`: easy to read out, hard to confuse, never given twice.

A code is a number in disguise. A fixed shuffle of all codes of one length keeps neighbours apart,
so a slip of the finger does not reach the neighbouring session. Codes are names, not secrets.
"""

from __future__ import annotations

# No vowels, so that no words appear, and none of 0 o, 1 i l.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
SHORTEST = 4

_BASE = len(ALPHABET)
# A step that shares no factor with 28 (= 2 * 2 * 7) visits every code of a length exactly once.
# This one lies near the golden section of 28 ** 4, which keeps visits far apart; what is added
# only decides where the walk begins. Neither may ever change: codes in use depend on them.
_STEP = 379_889
_START = 212_573


def code_of(number: int) -> str:
    """The code with this number, counted from 0; longer once the shorter ones are used up."""
    if number < 0:
        raise ValueError("codes are numbered from 0")
    length = SHORTEST
    while number >= _BASE**length:
        number -= _BASE**length
        length += 1
    size = _BASE**length
    spread = (number * _STEP + _START) % size
    # Reversed, the quickly changing end comes first; the second walk moves what is left in step.
    mixed = (_reversed(spread, length) * _STEP + _START) % size
    return "".join(ALPHABET[digit] for digit in _digits(mixed, length))


def tidy(typed: str) -> str:
    """A typed code as it was given out: any case, spaces around it and a `#` before it go."""
    return typed.strip().removeprefix("#").strip().lower()


def _digits(number: int, length: int) -> list[int]:
    found: list[int] = []
    for _ in range(length):
        number, digit = divmod(number, _BASE)
        found.append(digit)
    return found


def _reversed(number: int, length: int) -> int:
    turned = 0
    for digit in _digits(number, length):
        turned = turned * _BASE + digit
    return turned
