"""Where papers are cited: authors, journals, and lists of "Author year". Nobody there is of this case.

Reads forms alone: initials behind a family name and a journal, a journal and a year.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"(?:(?:van|von|de|der|den|la|di|da|del|el|al|le|dos) ){0,2}[A-ZÀ-Þ][\w'’-]+"
_JOURNAL: Final = (
    r"(?:(?:N Engl )?J (?:[A-Z][A-Za-z]*\.? ?){1,5}|N Engl J Med|NEJM|JAMA(?: [A-Z][a-z]+)*|BMJ|Lancet(?: [A-Z][a-z]+)*|JVIR|CVIR(?: Endovasc)?|Radiology|Radiolog[íi]a|R[öo]Fo|AJR|AJNR|JNIS|Radio[Gg]raphics|Circulation|"
    r"Hepatology|Gut|Gastroenterology|Stroke|Chest|Blood|Cancer|Ann (?:[A-Z][a-z]+\.? ?){1,3}|Eur (?:[A-Z][a-z]*\.? ?){1,3}|Am J (?:[A-Z][a-z]+\.? ?){1,3}|Br J (?:[A-Z][a-z]+\.? ?){1,2}|Int J (?:[A-Z][a-z]+\.? ?){1,3}|"
    r"Clin (?:[A-Z][a-z]+\.? ?){1,3}|Semin (?:[A-Z][a-z]+\.? ?){1,3}|Tech (?:[A-Z][a-z]+\.? ?){1,3}|Cardiovasc (?:[A-Z][a-z]+\.? ?){1,3}|World J (?:[A-Z][a-z]+\.? ?){1,2}|Diagn (?:[A-Z][a-z]+\.? ?){1,3}|Curr (?:[A-Z][a-z]+\.? ?){1,3}|Insights (?:[A-Z][a-z]+\.? ?){0,2}|Abdom Radiol|Acta Radiol|Phlebology|Neuroradiology|Radiother Oncol|Liver Int|Cochrane)"
)
_FORMS: Final = [
    re.compile(pattern)
    for pattern in (
        # Salem R, Johnson GE, et al. Title up to the full stop. JVIR
        rf"(?:{_NAME} [A-Z]{{1,3}}\.?(?:, | and | & |; |,? und |,? et |,? y ))*{_NAME}(?: [A-Z]{{1,3}})?(?:,? (?:et al|y cols?|u\. ?a|et coll))?[.,:;]{{0,2}} \(?{_JOURNAL}\b[^\n]{{0,24}}?(?:19|20)\d\d",
        rf"(?:{_NAME} [A-Z]{{1,3}}(?:, | and | & |; )){{1,8}}(?:{_NAME} [A-Z]{{1,3}}|et al)\b",
        # a journal with its year
        rf"(?<![\w]){_JOURNAL}[,.]? \(?(?:19|20)\d\d\b",
        # Hammill 2011, Adams 2016
        rf"{_NAME} \(?(?:19|20)\d\d[ab]?\)?(?:(?:, and |, und |,| and| und| et| y|;| vs\.?| &) {_NAME} \(?(?:19|20)\d\d[ab]?\)?)+",
        # the one that is spoken of as a paper
        rf"\b(?:[Pp]aper|[Ss]tudy|[Tt]rial|[Aa]rticle|[Ss]eries|[Rr]eview|[Mm]eta-?analysis|PDF|[Mm][ée]ta|[Aa]rbeit|[Ss]tudie|[Ee]studio|[Aa]rt[íi]culo|[Tt]rabajo|[ÉEé]tude) (?:by|from|of|du|de|von|der|des) {_NAME}(?= (?:in|from|(?:19|20)\d\d)|[.?!,;)]|$)",
    )
]


def cited_spans(text: str) -> list[tuple[int, int]]:
    """Every piece that cites a paper."""
    if not _YEAR.search(text) and " et al" not in text and not _SPOKEN.search(text):
        return []
    return [match.span() for pattern in _FORMS for match in pattern.finditer(text)]


_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SPOKEN: Final = re.compile(r"(?i)\b(?:paper|study|trial|article|series|review|pdf|m[ée]ta)\b")
