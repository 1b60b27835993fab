"""Measures the text engine on texts that the tagger was not trained on.

    python benchmarks/identifiers/evaluate.py [--texts voices] [--rounds 3] [--misses 30]

`heldout`, `fresh` and `voices` are texts in other styles, with names, streets and towns of other
lists; `people`, `corridor`, `lobby`, `pinboard`, `noticeboard`, `threads`, `stairwell`, `pager`, `canteen`,
`ward` and `harbour` are written out whole, the last eight as posts of trainees; `strangers` are posts with names that no list of the engine has. Each was written after the rules had been mended by
the misses of those before it. English texts without identifiers are `en`, `long` and `posts`. `corpus` is the
measuring fold of the training sentences. A labelled piece counts as found when at least half of it
is covered; `whole` is the share of those found that are covered to the last letter. `--prose` takes plain text without identifiers; the share of its paragraphs with a
finding is printed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

TITLE = re.compile(
    r"(?:(?:Mrs?|Ms|Miss|Dra?|Dres|Prof\w*|med|PD|OA|CA|AA|Herrn?|Frau|Hr|Fr|Fam(?:ilie)?|Schwester|Pfleger(?:in)?|Bruder|Brother|Sister|Nurse|Pat|Pt|Monsieur|Madame|Mme|Mlle|M|Me|Pr|Docteur|Sra?|Srta|Se[ñn]ora?|Don|Do[ñn]a|D[ñn]?a?|Enf|Sig(?:\.?ra|nora|nor)?|Dott(?:\.?ssa)?|Dhr|Mevr(?:ouw)?|Mw|Meneer|Tante|Onkel|Oma|Opa|Uncle|Aunt(?:ie)?|Tío|Tía|Abuela?|Mamie|Papi|Tata)\b\.? ?)+(?=\S)",
    re.IGNORECASE,
)
"""A label may begin with the title, which tells nobody who it is."""

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import heldout  # noqa: E402
from corpus import Post, make  # noqa: E402

from bot.identifiers.findings import Verdict, verdict  # noqa: E402
from bot.identifiers.text import find  # noqa: E402


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--prose", type=Path, nargs="*", default=[])
    parser.add_argument("--language")
    parser.add_argument(
        "--texts",
        default="heldout fresh voices people corridor lobby pinboard noticeboard threads stairwell strangers pager canteen ward harbour landing_b",
        help="folders of texts, or `corpus`",
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each of these texts is filled"
    )
    asked = parser.parse_args()
    count: Counter[tuple[str, str]] = Counter()
    notes: list[tuple[str, ...]] = []
    seconds: list[float] = []
    posts: list[Post] = []
    for name in asked.texts.split():
        folder = Path(__file__).parent / name
        posts += (
            make(99, "test", asked.posts)
            if name == "corpus"
            else heldout.make(3, asked.rounds, folder)
        )
    for post in posts:
        if asked.language and post.language != asked.language:
            continue
        begin = time.perf_counter()
        findings = find(post.text)
        seconds.append(time.perf_counter() - begin)
        covered = {at for f in findings for at in range(f.start or 0, f.end or 0)}
        for first, end, kind in post.spans:
            title = TITLE.match(post.text, first, end) if kind == "name" else None
            start = title.end() if title else first
            share = sum(at in covered for at in range(start, end)) / (end - start)
            hit, whole = share >= 0.5, share == 1
            for group in (kind, f"all {post.language}"):
                count[group, "all"] += 1
                count[group, "hit"] += hit
                count[group, "whole"] += whole
            if not whole:
                notes.append(
                    (
                        "PART" if hit else "MISS",
                        kind,
                        post.text[start:end],
                        post.text[max(0, start - 40) : end + 30],
                    )
                )
        for f in findings:
            start, end = f.start or 0, f.end or 0
            right = any(s < end and start < e for s, e, _ in post.spans)
            count[f"all {post.language}", "found"] += 1
            count[f"all {post.language}", "right"] += right
            if not right:
                notes.append(
                    ("ALARM", f.kind.value, f.text or "", post.text[max(0, start - 40) : end + 30])
                )
        if not post.spans:
            count[f"all {post.language}", "bare"] += 1
            count[f"all {post.language}", "flagged"] += (
                verdict(findings) is not Verdict.NOTHING_FOUND
            )
    for name in sorted({name for name, _ in count}):
        line = f"{name:13} n {count[name, 'all']:5}  recall {count[name, 'hit'] / max(1, count[name, 'all']):.3f}"
        line += f"  whole {count[name, 'whole'] / max(1, count[name, 'hit']):.3f}"
        if count[name, "found"]:
            line += f"  precision {count[name, 'right'] / count[name, 'found']:.3f}"
            line += f"  without identifiers flagged {count[name, 'flagged'] / max(1, count[name, 'bare']):.3f} of {count[name, 'bare']}"
        print(line)
    seconds.sort()
    print(
        f"seconds a post: p50 {seconds[len(seconds) // 2]:.4f} p99 {seconds[int(len(seconds) * 0.99)]:.4f}"
    )
    for path in asked.prose:
        text = path.read_text(encoding="utf-8", errors="replace")
        parts = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text) if 60 < len(p) < 700]
        parts = random.Random(9).sample(parts, min(400, len(parts)))
        flagged = 0
        for part in parts:
            findings = find(part)
            flagged += bool(findings)
            notes += [
                (
                    "PROSE",
                    f.kind.value,
                    f.text or "",
                    part[max(0, (f.start or 0) - 40) : (f.end or 0) + 30],
                )
                for f in findings
            ]
        print(f"{path.name}: {flagged}/{len(parts)} paragraphs flagged")
    random.Random(4).shuffle(notes)
    for note in notes[: asked.misses]:
        print(*note, sep=" | ")


if __name__ == "__main__":
    main()
