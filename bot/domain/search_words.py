"""A listing as words for a full-text index, and a search as the words that have to be there.

Closed lists become marks such as `t_oncology`, which nobody can type; what people wrote becomes
plain words. Backgrounds and programmes are not among them. The same on every engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.finding import Wanted
from bot.domain.listings import Offer, Verified
from bot.domain.people import CommunityId
from bot.domain.taxonomy import List, Taxonomy

LONGEST, MOST = 40, 200
MOST_TYPED = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """`every` word has to be there, and a word that begins with each of `beginnings`, and at least
    one of `some` if there are any.
    """

    every: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
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
    marks += [f"{sign}_{key}" for sign, key in (("r", offer.region), ("s", offer.stage)) if key]
    if verified is not None:
        marks.append("v_yes")
    if offer.near_peer(lists):
        marks.append("n_peer")
    written = [
        offer.about,
        *(lists.label(List.TOPICS, key) for key in offer.topics),
        *(lists.label(List.HELP, key) for key in offer.help),
        lists.label(List.PRACTICES, offer.practice) if offer.practice else "",
        lists.label(List.STAGES, offer.stage) if offer.stage else "",
    ]
    plain = (word for text in written for word in plain_words(text))
    return " ".join(list(dict.fromkeys((*marks, *plain)))[:MOST])


def sought(
    community: CommunityId, wanted: Wanted, any_topic: tuple[str, ...], *, verified_only: bool
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
    beginnings = tuple(dict.fromkeys(plain_words(wanted.text)))[:MOST_TYPED]
    return Sought(tuple(every), beginnings, tuple(f"t_{key}" for key in any_topic))


NEAR_PEER = "near_peer"
"""Stands for every stage of a near-peer in a search."""


def plain_words(text: str) -> Iterator[str]:
    """Words of letters and digits, in small letters and without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in spread if not unicodedata.combining(sign))
    for word in "".join(sign if sign.isalnum() else " " for sign in kept).split():
        yield word[:LONGEST]
