"""How figures are shown and kept: a line each as they come, a table, JSON, and one chart picture.

`BENCH_OUT` (default `artifacts/bench`) takes the files; `python -m benchmarks.report` gathers what
lies there into one table and one chart.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OUT = Path(os.environ.get("BENCH_OUT", "artifacts/bench"))


@dataclass(frozen=True)
class Figure:
    """One measurement. `peer`: the same thing by a peer or limit, in the same run and unit.

    `target`: the most it should be, where there is a target in this unit.
    """

    name: str
    value: float
    unit: str
    peer: float | None = None
    target: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.target is None:
            return ""
        return "met" if self.value <= self.target else "MISSED"

    def row(self) -> str:
        """A line of a Markdown table."""
        peer = "" if self.peer is None else f"{self.peer:.3g}"
        ratio = "" if not self.peer else f"{self.value / self.peer:.2f}"
        target = "" if self.target is None else f"{self.target:g}"
        return f"| {self.name} | {self.value:.3g} {self.unit} | {peer} | {ratio} | {target} | {self.verdict} |"


HEAD = "| what | seen | peer | ratio | target | |\n|---|---|---|---|---|---|"


class Report:
    """The figures of one benchmark."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.figures: list[Figure] = []

    def add(self, figure: Figure) -> None:
        """One more, shown at once."""
        self.figures.append(figure)
        print(figure.row(), flush=True)

    def lateness(self, name: str, late: Sequence[float], bare: Sequence[float]) -> None:
        """Median and 99th percentile in milliseconds, beside a bare timer's."""
        self.add(
            Figure(f"{name}, p50", statistics.median(late), "ms", statistics.median(bare), 20.0)
        )
        self.add(Figure(f"{name}, p99", p99(late), "ms", p99(bare), 250.0))

    def end(self) -> None:
        """Write the JSON file."""
        OUT.mkdir(parents=True, exist_ok=True)
        machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
        said = {
            "machine": machine,
            "python": platform.python_version(),
            "load": os.getloadavg()[0],
            "figures": [asdict(figure) for figure in self.figures],
        }
        (OUT / f"{self._name}.json").write_text(json.dumps(said, indent=1), encoding="utf-8")


def p99(values: Iterable[float]) -> float:
    """The value that one in a hundred exceeds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def p95(values: Iterable[float]) -> float:
    """The value that one in twenty exceeds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def chart(figures: Sequence[Figure]) -> str:
    """An SVG of bars: each figure as a share of its target (1 is the line)."""
    shown = [one for one in figures if one.target]
    height = 26 * len(shown) + 40
    bars = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="{height}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/><text x="10" y="18">share of the target; the line is the target itself</text>',
    ]
    for number, one in enumerate(shown):
        share = one.value / (one.target or 1.0)
        y, width = 32 + 26 * number, max(2.0, min(share, 2.0) * 200)
        colour = "#4a7" if share <= 1 else "#c55"
        bars.append(f'<text x="10" y="{y + 13}">{one.name} ({one.unit})</text>')
        bars.append(f'<rect x="460" y="{y}" width="{width:.0f}" height="18" fill="{colour}"/>')
        bars.append(
            f'<text x="{466 + width:.0f}" y="{y + 13}">{one.value:.3g} / {one.target:g}</text>'
        )
    bars.append(f'<line x1="660" y1="26" x2="660" y2="{height - 8}" stroke="black"/></svg>')
    return "\n".join(bars)


def gather() -> int:
    """One table and one chart of everything that was measured."""
    figures: list[Figure] = []
    for file in sorted(OUT.glob("*.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        print(
            f"\n{file.stem}: {said['machine']}, Python {said['python']}, load {said['load']:.1f}\n\n{HEAD}"
        )
        here = [Figure(**figure) for figure in said["figures"]]
        print("\n".join(figure.row() for figure in here))
        figures += here
    (OUT / "chart.svg").write_text(chart(figures), encoding="utf-8")
    print(f"\nchart: {OUT / 'chart.svg'}")
    return 0


if __name__ == "__main__":
    sys.exit(gather())
