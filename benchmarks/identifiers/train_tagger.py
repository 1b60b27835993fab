"""Trains the name tagger on invented posts and plain prose; writes data/tagger.bin.

    python benchmarks/identifiers/train_tagger.py [--posts 9000] [--epochs 4] [--prose FILE ...]

`--prose` takes plain text files without identifiers (manuals in several languages were used).
`--lessons` takes folders of written-out posts and fills them anew with other people.
The shipped file was made with --posts 11000 --all-templates --rounds 8 --lessons people corridor lobby
pinboard noticeboard threads stairwell pager canteen ward landing_a.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import zlib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from corpus import Post, make  # noqa: E402
from lessons import Lessons  # noqa: E402

from bot.identifiers.text.features import Seen  # noqa: E402
from bot.identifiers.text.folding import plain  # noqa: E402
from bot.identifiers.text.lexicon import Word, look_up  # noqa: E402
from bot.identifiers.text.tagger import LABELS  # noqa: E402
from bot.identifiers.text.tokens import tokenize  # noqa: E402

OUT = ROOT / "bot/identifiers/text/data/tagger.bin"
KIND = {"name": 1, "city": 2, "facility": 3}


def gold(post: Post, rng: random.Random, strike: float) -> tuple[Seen, list[int]]:
    """Tokens and their labels. Some names are struck from the word list, as unseen ones are."""
    tokens = tokenize(plain(post.text).text)
    labels = [
        next(
            (
                KIND.get(kind, 0)
                for start, end, kind in post.spans
                if start < t.end and t.start < end
            ),
            0,
        )
        for t in tokens
    ]
    struck = {
        token.text
        for token, label in zip(tokens, labels, strict=True)
        if label in (1, 2) and rng.random() < strike
    }

    def known(word: str) -> Word:
        found = look_up(word)
        if word in struck and found.common < 4:
            return Word(
                0, 0, found.english, found.german, found.french, found.spanish, found.other, 0, 0
            )
        return found

    return Seen(tokens, known), labels


def prose(paths: list[Path], count: int, rng: random.Random) -> list[Post]:
    """Paragraphs of plain text, without identifiers."""
    found: list[Post] = []
    for path in paths:
        paragraphs = re.split(r"\n\s*\n", path.read_text(encoding="utf-8", errors="replace"))
        good = [" ".join(p.split()) for p in paragraphs if 60 < len(p) < 700]
        found += [Post(p) for p in rng.sample(good, min(count, len(good)))]
    return found


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=9000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--prose", type=Path, nargs="*", default=[])
    parser.add_argument("--dropout", type=float, default=0.08, help="share of features not seen")
    parser.add_argument("--strike", type=float, default=0.22, help="share of names not listed")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--all-templates", action="store_true", help="for the shipped weights")
    parser.add_argument("--lessons", nargs="*", default=[], help="folders of written-out posts")
    parser.add_argument("--rounds", type=int, default=8, help="how often each of these is filled")
    asked = parser.parse_args()
    rng = random.Random(5)
    posts = list(make(11, "train", asked.posts))
    if asked.all_templates:
        posts += list(make(12, "test", asked.posts // 4))
    posts += Lessons(13, [Path(__file__).parent / name for name in asked.lessons]).make(
        asked.rounds
    )
    posts += prose(asked.prose, 250, rng)
    print(len(posts), "posts", flush=True)
    examples: list[tuple[Seen, list[int]]] = [gold(post, rng, asked.strike) for post in posts]
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    stamps: dict[str, list[int]] = defaultdict(lambda: [0] * 4)
    uses: dict[str, int] = defaultdict(int)
    clock = 0
    for epoch in range(asked.epochs):
        rng.shuffle(examples)
        wrong = seen_tokens = 0
        for seen, labels in examples:
            before, before2 = "O", "O"
            for place, token in enumerate(seen.tokens):
                if not token.is_word:
                    inside = before in "NF" and token.text in ".,-^&'s" and token.text != "\n"
                    before, before2 = (before if inside else "O"), before
                    continue
                clock += 1
                features = [
                    f for f in seen.features(place, before, before2) if rng.random() > asked.dropout
                ]
                scores = [0.0] * 4
                for feature in features:
                    for number, weight in enumerate(weights.get(feature, ())):
                        scores[number] += weight
                truth = labels[place]
                # a margin keeps the boundary away from the seen examples; misses weigh more
                scores[truth] -= 1.5 if truth == 0 else 3.0
                guess = max(range(4), key=lambda number: scores[number])
                scores[truth] += 1.5 if truth == 0 else 3.0
                seen_tokens += 1
                if guess != truth:
                    wrong += 1
                    for feature in features:
                        uses[feature] += 1
                        for number, step in ((truth, 1.0), (guess, -1.0)):
                            held = weights[feature]
                            totals[feature][number] += (clock - stamps[feature][number]) * held[
                                number
                            ]
                            stamps[feature][number] = clock
                            held[number] += step
                honest = max(range(4), key=lambda number: scores[number])
                chosen = truth if epoch == 0 or rng.random() < 0.5 else honest
                before, before2 = LABELS[chosen], before
        print(f"epoch {epoch}: {wrong / seen_tokens:.4f} updates per token", flush=True)
    packed: dict[str, list[float]] = {}
    for feature, held in weights.items():
        mean = [
            (totals[feature][n] + (clock - stamps[feature][n]) * held[n]) / clock for n in range(4)
        ]
        if uses[feature] >= 2 and max(mean) - min(mean) > 0.15:
            packed[feature] = [round(value, 1) for value in mean]
    raw = json.dumps(packed, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    asked.out.write_bytes(zlib.compress(raw.encode(), 9))
    print(len(packed), "features,", asked.out.stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
