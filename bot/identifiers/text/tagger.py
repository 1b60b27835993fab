"""A small model that tells names, towns and hospitals from other words.

An averaged perceptron whose weights come from benchmarks/identifiers/train_tagger.py. It answers
with a margin: by how much the label beats "none". It knows no rules and no language by name.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from bot.identifiers.text.features import Seen

LABELS: Final = ("O", "N", "C", "F")
Weights = dict[str, tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Tag:
    """The label of a token (O none, N name, C town, F hospital) and its margin over the next."""

    label: str
    margin: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The trained weights, read once; none where the file was left out, and the rules stand alone."""
    try:
        packed_file = (files("bot.identifiers.text") / "data" / "tagger.bin").read_bytes()
    except FileNotFoundError:
        return {}
    raw = zlib.decompress(packed_file)
    packed: dict[str, list[float]] = json.loads(raw)
    return {name: (one[0], one[1], one[2], one[3]) for name, one in packed.items()}


_RULES_ONLY: Final = (
    "Names, towns and hospitals were looked for by rules and lists alone: the model that knows them"
    " from the sentence around them is not installed."
)


def without_model() -> tuple[str, ...]:
    """What has to be said of every search where the file was left out; nothing otherwise."""
    return () if weights() else (_RULES_ONLY,)


def tag(seen: Seen) -> Sequence[Tag]:
    """One tag per token, decided from left to right."""
    known = weights()
    before, before2 = "O", "O"
    tags: list[Tag] = []
    for place, token in enumerate(seen.tokens):
        if not token.is_word:
            label, margin = ("O", 9.0)
            if before in "NF" and token.text in ".,-^&'s" and token.text != "\n":
                label = before  # a sign inside does not end what it stands in
                tags.append(Tag("O", 0.0))
                before, before2 = f"{label}", before
                continue
            tags.append(Tag(label, margin))
            before, before2 = "O", before
            continue
        scores = score(known, seen.features(place, before, before2))
        best = max(range(4), key=lambda number: scores[number])
        rest = max(scores[number] for number in range(4) if number != best)
        tags.append(Tag(LABELS[best], scores[best] - rest))
        before, before2 = LABELS[best], before
    return tags


def score(known: Weights, features: Sequence[str]) -> list[float]:
    """The sum of the weights of the features, per label."""
    none = name = town = place = 0.0
    for feature in features:
        found = known.get(feature)
        if found is not None:
            none += found[0]
            name += found[1]
            town += found[2]
            place += found[3]
    return [none, name, town, place]
