"""Written-out posts as lessons for the tagger: the same sentence, again and again with other people in it.

What stands in `{name=...}` is taken apart; a given name gives way to a given name, a surname to a
surname, in the same case, and titles stay. So the tagger learns the sentence and not its people.
A set that is learned from measures nothing any more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from corpus import DOCTOR, HONOUR, LOCALES, TOWNS, Post, _names, noisy
from heldout import texts

from bot.identifiers.text.lexicon import look_up

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")
TITLES = {
    word.strip(".").lower()
    for forms in (*HONOUR.values(), *DOCTOR.values())
    for form in forms.split("|")
    for word in form.split()
}
TITLES |= set(
    """and und et y e en mr mrs ms miss mx sir dame lady dr drs dra prof professor nurse sister matron
    tech rn md np pa uncle auntie aunt grandad granny father pastor rabbi fam familie pat pt patient
    pflegekraft schwester oa oä pd frau herr hr fr mme mlle me m pr docteur don doña dña sr sra srta
    madame monsieur tante onkel oncle tío tía the la le el der die de das von van den""".split()  # noqa: SIM905
)
LAST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Lessons:
    """Posts of one or more folders, filled anew each time."""

    def __init__(self, seed: int, folders: list[Path]) -> None:
        self.rng = random.Random(seed)
        self.lists = _names()
        self.kept = [one for folder in folders for one in texts(folder)]

    def make(self, rounds: int) -> Iterator[Post]:
        """Every post as it is, then with other people; those without identifiers twice."""
        for style, sentence, holds in self.kept:
            for turn in range(rounds if holds else 2):
                post = self._filled(sentence, style, turn > 0)
                yield noisy(post, self.rng) if turn else post

    def _filled(self, sentence: str, style: str, others: bool) -> Post:
        language = style if style in LANGUAGES else "en"
        post = Post("", language=language)
        for piece in re.split(r"(\{[^{}]+\})", sentence.replace("\\n", "\n")):
            kind, written, words = piece[1:-1].partition("=")
            if not piece.startswith("{") or not written:
                post.text += piece
                continue
            if others and self.rng.random() < 0.85:
                words = self._other(kind, words, language)
            begin = len(post.text)
            post.text += words
            if kind == "name":
                post.spans += [
                    (begin + one.start(), begin + one.end(), kind)
                    for one in LAST.finditer(words)
                    if one.group().strip(".").lower() not in TITLES
                ]
            else:
                post.spans.append((begin, len(post.text), kind))
        return post

    def _other(self, kind: str, words: str, language: str) -> str:
        if kind == "city" and words == words.title():
            return self.rng.choice(TOWNS[language].split("|"))
        if kind == "name" and "@" not in words:
            return LAST.sub(lambda one: self._another(one.group(), language), words)
        return words

    def _another(self, word: str, language: str) -> str:
        if word.strip(".").lower() in TITLES:
            return word
        if len(word) < 3:
            return (
                self.rng.choice("ABCDEFGHJKLMNOPRSTVW")
                if len(word) == 1 and word.isupper()
                else word
            )
        known = look_up(word)
        which = 0 if known.given > known.family else 1
        locales = LOCALES[language] if self.rng.random() < 0.7 else list(self.lists)
        found = next(
            one for one in iter(lambda: self.rng.choice(locales), None) if one in self.lists
        )
        name = self.rng.choice(self.lists[found][which]).split(" ")[0]
        return name.upper() if word.isupper() else name.lower() if word.islower() else name
