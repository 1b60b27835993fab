"""Which words and shapes in a picture are harmless; knows nothing of pixels or identifiers' kinds."""  # noqa: E501

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.overlay import is_display_line

_ROMAN: Final = re.compile(r"[IVX]+[AB]?$")
_PIECE: Final = re.compile(r"[^\W_]+", re.UNICODE)
_UNITS: Final = (
    r"(?:mm2?|cm2?|m|um|µm|ml|cc|l|ms|msec|s|sec|min|h|hr|kv|kvp|ma|mas|mgy|gy|m?gycm2?|ugym2|dgycm2|"
    r"cgycm2|hz|khz|mhz|db|fps|f/s|p/s|hu|px|mm/px|cm/s|m/s|mmhg|psi|kpa|kg|lb|lbs|bpm|deg|°|%|x|f|fr|"
    r"g|ga|in|d|t|mv|w|k|yrs?|y|yo|m2|ml/s|l/min|n|deg/s|°/s|mi|ti|tis)"
)
_MEASURE: Final = re.compile(
    rf"[~<>=+\-±]?\d{{1,4}}(?:[.,:]\d{{1,3}})?(?:\s?[x×*]\s?\d{{1,4}}(?:[.,]\d{{1,3}})?){{0,2}}(?:[\s.]?{_UNITS})?$",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\d{1,4}\s?(?:/|of)\s?\d{1,4}$", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?\s?(?:am|pm)?$", re.IGNORECASE)
_AGE: Final = re.compile(r"0?[0-8]?\d\s?[YyJjAa](?:rs?|o)?$")
_AGE_SEX: Final = re.compile(r"(?:0?[0-8]?\d[YyJjAa]?)?[\s/]*[MFOmfo]$")
_PROBE: Final = re.compile(r"[A-Za-z]{1,2}\d{1,2}(?:-\d{1,2})?[a-z]?s?$")
_SHORT_CODE: Final = re.compile(r"[A-Za-z]{1,4}\d{1,3}[a-z]?$|\d{1,2}[A-Za-z]{1,2}$")
_MONTH: Final = re.compile(
    r"(?i)(?:\d|\b)(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]v(?:rier)?|m[aä]r(?:ch|z|s)?|apr(?:il)?|avr(?:il)?|"
    r"ma[iy]|jun[ei]?|juin|jul[yi]?|juillet|aug(?:ust)?|ao[uû]t|sep(?:t|tember)?|o[ck]t(?:ober)?|"
    r"nov(?:ember)?|de[cz](?:ember)?|ene(?:ro)?|abr(?:il)?|ago(?:sto)?|dic(?:iembre)?)"
    r"[\W_]{0,2}\d|\d[\W_]{0,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|mai|f[ée]v|avr|juin)",
)
_GLUED: Final = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?")
_SETTINGS: Final = frozenset(
    [
        "wc",
        "ww",
        "wl",
        "w",
        "l",
        "mi",
        "ti",
        "tis",
        "ma",
        "kv",
        "kvp",
        "mas",
        "fr",
        "gn",
        "dr",
        "im",
        "img",
        "se",
        "ser",
        "fov",
        "dfov",
        "sid",
        "sod",
        "te",
        "tr",
        "fa",
        "thk",
        "co",
        "seg",
        "run",
        "ph",
    ]
)
_SIDES: Final = frozenset({"lt", "rt", "left", "right", "l", "r", "re", "li"})
_YEAR: Final = re.compile(r"(?:19|20)\d{2}$")


def folded(text: str) -> str:
    """Small letters without accents, for comparing."""
    spread = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return plain.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").casefold()


@lru_cache(maxsize=1)
def overlay_words() -> frozenset[str]:
    """The vocabulary of harmless overlay words, folded."""
    listing = (
        files("bot.identifiers.pictures").joinpath("data/overlay_terms.txt").read_text("utf-8")
    )
    words: set[str] = set()
    for line in listing.splitlines():
        if line and not line.startswith("#"):
            words.update(folded(line.partition(":")[2]).split())
    return frozenset(words)


_TWINS: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b"})


def _outline(word: str) -> str:
    """The word with the signs that a reader takes for one another made the same."""
    return word.replace("rn", "m").translate(_TWINS)


@lru_cache(maxsize=1)
def _outlines() -> frozenset[str]:
    return frozenset(_outline(word) for word in overlay_words() if len(word) > 2)


@lru_cache(maxsize=4096)
def harmless_word(word: str) -> bool:
    """Whether one word (no blanks) belongs to the vocabulary or has a harmless shape."""
    bare = word.strip("()[]{}<>.,:;|*'\"`´’!?#=~_-–—+/\\")
    if not bare:
        return True
    known = overlay_words()
    plain = folded(bare)
    if plain in known or _outline(plain) in _outlines() or _joined(plain) or _plain_word(plain):
        return True
    if _ROMAN.match(bare) or (len(bare) == 1 and not bare.isdigit()):
        return True
    if _YEAR.match(bare):
        return True
    if any(
        shape.match(bare)
        for shape in (_MEASURE, _COUNT, _CLOCK, _AGE, _AGE_SEX, _PROBE, _SHORT_CODE)
    ):
        return not _looks_dated(bare)
    pieces = _GLUED.findall(bare)
    if len(pieces) == 2 and "".join(pieces) == bare and folded(pieces[0]) in _SETTINGS:
        return bool(re.fullmatch(r"\d{1,4}(?:\.\d+)?", pieces[1]))
    if (
        3 <= len(pieces) <= 6
        and "".join(pieces) == bare
        and all(
            len(piece.split(".")[0]) <= 3 if piece[0].isdigit() else folded(piece) in known
            for piece in pieces
        )
    ):
        return True
    parts = re.split(r"[/:=\-+,;|()\[\]*]", bare)
    if len(parts) > 1 and any(letter.isalpha() for letter in bare):
        return all(not part or harmless_word(part) for part in parts)
    return False


def _plain_word(word: str) -> bool:
    """A word of the dictionary that is neither a person's name nor a town."""
    if len(word) < 4 or not word.isalpha():
        return False
    seen = look_up(word)
    return bool(seen.listed) and seen.given == 0 and seen.family <= 1 and seen.town == 0


@lru_cache(maxsize=4096)
def _joined(word: str) -> bool:
    """Two known words that the reader ran together: portalvenous, patid."""
    known = overlay_words()
    if not word.isalpha():
        return False
    if len(word) < 6:
        return any(
            word.startswith(side) and word[len(side) :] in known for side in _SIDES if len(side) > 1
        )
    return any(
        word[:cut] in known and word[cut:] in known
        for cut in range(2, len(word) - 1)
        if min(cut, len(word) - cut) >= 2 and max(cut, len(word) - cut) >= 4
    )


def _looks_dated(word: str) -> bool:
    found = re.match(r"(\d{1,2})\s?[./]\s?(\d{4})$", word)
    return bool(found and 1 <= int(found[1]) <= 12 and 1900 <= int(found[2]) <= 2099)


def harmless_line(text: str) -> bool:
    """Whether every word of a line is harmless, so that the line identifies nobody."""
    spaced = re.sub(r"(?<=[A-Za-z]):(?=\S)", ": ", unicodedata.normalize("NFKC", text))
    if _MONTH.search(spaced):
        return False
    # a number of many digits in pieces (12 345 678) is not a row of small numbers
    if re.search(r"\d[\s.-]?\d{2,}[\s.-]\d{2,}[\s.-]?\d", spaced) and not re.search(
        r"[a-zA-Z%]", spaced
    ):
        return False
    words = spaced.replace("×", "x").split()
    unknown = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if not (_harmless(word) or _blurred_unit(before, word))
    ]
    if len(unknown) == 1 and len(words) > 1:
        # two letters beside a number are a setting that nobody listed, or a misread unit
        return len(unknown[0]) <= 2 and unknown[0].isalpha()
    return not unknown


def _blurred_unit(before: str, word: str) -> bool:
    """What a reader makes of a unit behind a short number: 5 mis (ml/s), 32.1 Gychi2 (Gycm2)."""
    if not re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2})?", before):
        return False
    if len(word) <= 3 and word.isalpha() and word.islower():
        return True
    decimal = "." in before or "," in before
    return decimal and bool(re.fullmatch(r"(?:m|c|d|u|µ)?(?:Gy|gy)[a-z]{0,3}\d?", word))


def _harmless(word: str) -> bool:
    bare = word.strip(".,:;()[]")
    if harmless_word(word):
        return True
    # a word that no list has is not taken for a misread display word: it may be a name
    seen = look_up(bare)
    called = max(seen.given, seen.family, seen.town) >= max(1, seen.common - 2)
    return bare.isalpha() and seen.known and not called and is_display_line(word)


def letters_of(text: str) -> int:
    """How many letters and digits a line has."""
    return sum(len(piece) for piece in _PIECE.findall(text))
