"""A listing as words for a full-text index, and a search as the words that have to be there.

Closed lists become marks such as `t_oncology`, which nobody can type; what people wrote becomes
plain words. Labels are not in it: they may change, and a search looks for their marks instead.
Backgrounds and programmes are not in it either. The same on every engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.finding import Wanted
from bot.domain.listings import Offer, Verified
from bot.domain.people import CommunityId
from bot.domain.taxonomy import OTHER, List, Taxonomy

LONGEST, MOST = 40, 200
MOST_TYPED = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """`every` word has to be there, at least one of `some` if there are any, and of each of `typed`
    either a word that begins with it or one of its marks.
    """

    every: tuple[str, ...]
    typed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    some: tuple[str, ...] = ()


def words_of(
    community: CommunityId, offer: Offer, verified: Verified | None, lists: Taxonomy
) -> str:
    """Every word of a listing once, with a space between."""
    marks = [
        f"c_{community}",
        *(f"t_{key}" for key in offer.topics),
        *(f"h_{key}" for key in offer.help),
        *(f"f_{key}" for key in offer.formats),
        *(f"l_{key}" for key in offer.languages),
    ]
    chosen = (("r", offer.region), ("s", offer.stage), ("p", offer.practice))
    marks += [f"{sign}_{key}" for sign, key in chosen if key]
    if verified is not None:
        marks.append("v_yes")
    if offer.near_peer(lists):
        marks.append("n_peer")
    return " ".join(list(dict.fromkeys((*marks, *plain_words(offer.about))))[:MOST])


def sought(
    community: CommunityId,
    wanted: Wanted,
    any_topic: tuple[str, ...],
    lists: Taxonomy,
    *,
    verified_only: bool,
) -> Sought:
    """What a search has to find."""
    pairs = (
        ("t", wanted.topic),
        ("h", wanted.help),
        ("f", wanted.form or ""),
        ("l", wanted.language),
        ("r", wanted.region),
    )
    every = [f"c_{community}", *(f"{sign}_{key}" for sign, key in pairs if key)]
    if wanted.stage == NEAR_PEER:
        every.append("n_peer")
    elif wanted.stage:
        every.append(f"s_{wanted.stage}")
    if verified_only:
        every.append("v_yes")
    words = list(dict.fromkeys(plain_words(wanted.text)))[:MOST_TYPED]
    typed = tuple((word, tuple(_labelled(word, lists))) for word in words)
    return Sought(tuple(every), typed, tuple(f"t_{key}" for key in any_topic))


_READ = (("t", List.TOPICS), ("h", List.HELP), ("s", List.STAGES), ("p", List.PRACTICES))


def _labelled(typed: str, lists: Taxonomy) -> Iterator[str]:
    """Marks of what a typed word may mean, by the labels as they read now."""
    for sign, of in _READ:
        for key, label in lists.lists[of].items():
            if key != OTHER and any(word.startswith(typed) for word in plain_words(label)):
                yield f"{sign}_{key}"


NEAR_PEER = "near_peer"
"""Stands for every stage of a near-peer in a search."""


def plain_words(text: str) -> Iterator[str]:
    """Words of letters and digits, in small letters and without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in spread if not unicodedata.combining(sign))
    for word in "".join(sign if sign.isalnum() else " " for sign in kept).split():
        yield word[:LONGEST]
