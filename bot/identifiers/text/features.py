"""What the tagger sees of a token: its shape, what the word list says, and what stands around it.

Nothing here decides anything. The same features are used for training
(benchmarks/identifiers/train_tagger.py) and for tagging.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.identifiers.text.compounds import put_together
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.folding import fold
from bot.identifiers.text.harmless import section
from bot.identifiers.text.lexicon import Word, look_up
from bot.identifiers.text.tokens import Token

_EDGE: Final = "<edge>"
_UNITS: Final = frozenset(
    [
        "fascia", "suture", "sutures", "sutured", "incision", "anesthesia", "anaesthesia", "hemostasis", "biopsy",
        "extubated", "intubated", "mm", "fr", "mg", "ml", "mcg", "inr", "gy", "mmhg", "atm", "dl", "iu", "ie", "f",
    ]
)  # fmt: skip
_EVERYDAY: Final = frozenset(
    [
        "resident", "body", "bodies", "bag", "port", "ports", "index", "paper", "wire",
        "balloon", "balloons", "doctor", "dr", "prof", "professor", "hospital", "clinic", "al",
        "pa", "do", "np", "child", "baby", "lady", "client", "family", "friend", "center",
        "centre", "space", "line", "lines", "study", "class", "stage", "scale", "register",
        "registry", "group", "system", "meeting", "conference", "test", "institute", "grade",
        "filter", "plug", "procedure", "technique", "kind", "mr", "mrs",
    ]
)  # fmt: skip


class Seen:
    """The tokens of one text with all that is asked of each more than once."""

    def __init__(self, tokens: Sequence[Token], known: Callable[[str], Word] = look_up) -> None:
        self.tokens = tokens
        self.folded = [fold(token.text) for token in tokens]
        self.words = [self._word(token, known) for token in tokens]
        self.shapes = [shape(token.text) for token in tokens]
        capitals = sum(1 for form in self.shapes if form in ("Xx", "XX"))
        letters = sum(1 for token in tokens if token.is_word)
        shouted = sum(1 for form in self.shapes if form == "XX")
        self.case = "low" if capitals == 0 else "up" if shouted > 0.6 * letters else "mix"
        self.language = self._language()
        self.classes = [self._class(place) for place in range(len(tokens))]
        self.cues = [CUE_OF.get(word, "") for word in self.folded]
        self.harmless = [self._harmless(word) for word in self.folded]
        self.medical = (
            any(self._medical(place) for place in range(len(tokens)))
            or self.harmless.count("epo") > 1
            or sum(w.listed == 2 and 0 < w.common < 5 for w in self.words) > 1
            or any(word in _UNITS for word in self.folded)
        )

    def _word(self, token: Token, known: Callable[[str], Word]) -> Word:
        word = known(token.text)
        if not word.known and "-" in token.text:
            pieces = [part for part in token.text.split("-") if part]
            parts = [known(part) for part in pieces if len(part) > 1]
            if parts and len(pieces[0]) > 1:  # not X-ray, B-Lynch
                return max(parts, key=lambda part: (part.given + part.family, part.common))
        if not word.known and (built := put_together(fold(token.text))):
            return built
        return word

    def _harmless(self, word: str) -> str:
        return section(word) or next(
            (found for part in word.split("-") if (found := section(part))), ""
        )

    def _medical(self, place: int) -> bool:
        """A word of the trade: a device, an eponym, a hospital, a patient, a rare word of medicine."""
        word, section_of = self.words[place], self.harmless[place]
        if self.cues[place] == "patient" and self.folded[place].startswith(("patient", "pacient")):
            return True
        if section_of in ("abb", "deu", "fra", "esp", "dru"):
            shouted = self.case == "mix" and self.shapes[place] == "XX" and word.common < 4
            return (
                len(self.folded[place]) > 2
                and word.common < 6
                and (shouted or not (word.given or word.family))
            )
        if section_of in ("dev", "tri") and not (word.given or word.family) and word.common < 4:
            return True
        if section_of == "wor" and word.common < 5 and len(self.folded[place]) > 5:
            return True
        if self.cues[place] in ("patient", "doctor", "place", "eponym"):
            return self.folded[place] not in _EVERYDAY
        return word.listed == 2 and 0 < word.common < 4 and len(self.folded[place]) > 5

    def harmless_at(self, place: int) -> str:
        """The section of harmless words in which a token stands."""
        return self.harmless[place] if 0 <= place < len(self.harmless) else ""

    def _language(self) -> str:
        sums = [0, 0, 0, 0, 0]
        for word in self.words:
            frequencies = (word.english, word.german, word.french, word.spanish, word.other)
            best = max(frequencies)
            if best >= 4:
                for place, value in enumerate(frequencies):
                    sums[place] += value - best
        best = max(range(5), key=lambda place: sums[place])
        return ("en", "de", "fr", "es", "other")[best] if any(sums) else "en"

    def frequency(self, place: int) -> int:
        """Zipf frequency of a token in the language of the text."""
        word = self.words[place]
        return {
            "en": word.english, "de": word.german, "fr": word.french, "es": word.spanish,
            "other": word.other,
        }[self.language]  # fmt: skip

    def _class(self, place: int) -> str:
        token = self.tokens[place]
        if not token.is_word:
            return "9" if token.text[0].isdigit() else token.text[:1]
        word = self.words[place]
        given = 0 if word.given == 0 else 1 if word.given < 3 else 2
        family = 0 if word.family == 0 else 1 if word.family < 3 else 2
        return f"{self.shapes[place]}{given}{family}{_level(self.frequency(place))}"

    def features(self, place: int, before: str, before2: str) -> list[str]:
        """All features of one token, given the labels of the two before it."""
        token, word, form = self.tokens[place], self.words[place], self.shapes[place]
        own, level = self.classes[place], _level(self.frequency(place))
        left, right = self.class_at(place - 1), self.class_at(place + 1)
        names = f"{min(word.given, 4)}{min(word.family, 4)}"
        any_level = _level(word.common)
        left_word, right_word = self.word_at(place - 1), self.word_at(place + 1)
        text = self.folded[place]
        found = [
            "b",
            f"s={form}|{self.case}",
            f"n={names}|{level}",
            f"n={names}|{form}|{any_level}|{word.listed}|{self.case}",
            f"t={min(word.town, 3)}|{form}|{level}",
            f"t={min(word.town, 3)}|{left_word}",
            f"d={word.listed}|{form}|{level}",
            f"g={self.language}|{form}|{level}|{min(word.given + word.family, 3)}",
            f"p={before}",
            f"p={before}|{before2}",
            f"p={before}|{own}",
            f"p={before}|{form}{left_word}",
            f"L={left}|{form}",
            f"R={right}|{form}",
            f"LR={left}|{own}|{right}",
            f"lw={left_word}",
            f"rw={right_word}",
            f"lw={left_word}|{form}|{names}",
            f"rw={right_word}|{form}|{names}",
            f"lw2={self.word_at(place - 2)}|{left_word}",
            f"rw2={right_word}|{self.word_at(place + 2)}",
            f"lw2={self.word_at(place - 2)}",
            f"Lc={left}|{own}",
            f"Rc={right}|{own}",
            f"cL={self.cue_before(place)}|{form}",
            f"cL={self.cue_before(place)}|{names}|{level}",
            f"cR={self.cue_after(place)}|{form}",
            f"own={CUE_OF.get(text, '')}",
            f"h={self.harmless[place]}|{form}|{names}",
            f"h={self.harmless[place]}|{left_word}",
            f"h={self.harmless[place]}|{right_word}",
            f"hLR={self.harmless_at(place - 1)}|{self.harmless[place]}|{self.harmless_at(place + 1)}",
            f"h2={self.harmless_at(place - 2)}|{self.harmless[place]}|{self.harmless_at(place + 2)}",
        ]
        if token.is_word:
            if level < 4:
                found += [
                    f"e3={text[-3:]}|{level}",
                    f"e2={text[-2:]}|{form}",
                    f"b3={text[:3]}|{level}",
                ]
            found.append(f"len={min(len(text), 8)}|{form}|{level}")
            if word.common >= 3 or word.listed:
                found.append(f"w={text}")
                found.append(f"w={text}|{form}")
        return found

    def word_at(self, place: int) -> str:
        """The folded word or sign at a place; rare words are only known by their frequency."""
        if not 0 <= place < len(self.tokens):
            return _EDGE
        token = self.tokens[place]
        if not token.is_word:
            return "9" if token.text[0].isdigit() else token.text[:1]
        if self.cues[place] or self.words[place].common >= 4:
            return self.folded[place]
        return f"~{_level(self.words[place].common)}"

    def class_at(self, place: int) -> str:
        """The class of a token by shape, names and frequency."""
        return self.classes[place] if 0 <= place < len(self.tokens) else _EDGE

    def cue_before(self, place: int) -> str:
        """The nearest cue within four tokens to the left, with its distance."""
        for distance in range(1, 5):
            at = place - distance
            if at < 0 or self.tokens[at].text == "\n":
                break
            if self.cues[at]:
                return f"{self.cues[at]}{min(distance, 3)}"
        return ""

    def cue_after(self, place: int) -> str:
        """The nearest cue within three tokens to the right."""
        for distance in range(1, 4):
            at = place + distance
            if at >= len(self.tokens) or self.tokens[at].text == "\n":
                break
            if self.cues[at]:
                return f"{self.cues[at]}{distance}"
        return ""


def shape(text: str) -> str:
    """Xx, XX, xx, xX, X (one capital), x, 9 or the sign itself."""
    first = text[0]
    if not first.isalpha():
        return "9" if first.isdigit() else first
    upper, lower = text.upper(), text.lower()
    if upper == lower:
        return "??"
    if len(text) == 1:
        return "X" if text == upper else "x"
    if text == lower:
        return "xx"
    if text == upper:
        return "XX"
    if first != first.lower():
        return "Xx"
    return "xX"


def _level(zipf: int) -> int:
    return 0 if zipf == 0 else 1 if zipf < 3 else zipf - 1 if zipf < 7 else 6
