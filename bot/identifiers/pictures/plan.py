"""Which boxes go over a picture: those of findings, without what a person said may stay, and those
a person drew. Standard library only, because the page in the browser covers by it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.identifiers.findings import Finding, Kind
from bot.identifiers.pictures.order import Mark, Wish
from bot.identifiers.pictures.rows import Box


def blocked(findings: Iterable[Finding]) -> str | None:
    """Why no copy can be made, if something was found that no box can cover."""
    if any(finding.kind is Kind.UNREADABLE for finding in findings):
        return "Not every part of the file was read, so no copy is handed out."
    return None


def kept(finding: Finding, keep: Sequence[Mark]) -> bool:
    """Whether a person said that this finding may stay."""
    if finding.box is None:
        return False
    x, y = (finding.box[0] + finding.box[2]) / 2, (finding.box[1] + finding.box[3]) / 2
    return any(
        mark.box[0] <= x <= mark.box[2]
        and mark.box[1] <= y <= mark.box[3]
        and (mark.page is None or mark.page == finding.page)
        for mark in keep
    )


def elsewhere(found: Iterable[Finding], listed: Sequence[Finding]) -> list[Finding]:
    """Those that stand in no place that is listed already, nor right beside one: what a look at the
    copy adds, rather than the rest of a line that was covered."""
    return [
        one
        for one in found
        if one.box is not None
        and not any(
            other.box is not None and other.page == one.page and _beside(one.box, other.box)
            for other in listed
        )
    ]


def _beside(one: Box, two: Box) -> bool:
    near = min(one[3] - one[1], two[3] - two[1], one[2] - one[0], two[2] - two[0])
    return all(
        one[side] < two[side + 2] + near * share and two[side] < one[side + 2] + near * share
        for side, share in ((0, 1.0), (1, -0.3))
    )


def cover(boxes_of: list[list[Box]], findings: Iterable[Finding], wish: Wish) -> None:
    """Add the boxes of findings and manual marks to those of every frame concerned."""
    count = len(boxes_of)
    for finding in findings:
        if finding.box is None or kept(finding, wish.keep):
            continue
        frames = finding.frame
        wanted = range(count) if frames is None else [frames] if isinstance(frames, int) else frames
        for frame in wanted:
            if frame < count and finding.box not in boxes_of[frame]:
                boxes_of[frame].append(finding.box)
    for mark in wish.hide:
        for frame in range(count) if mark.frame is None else [mark.frame]:
            if 0 <= frame < count:
                boxes_of[frame].append(mark.box)
