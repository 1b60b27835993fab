"""Moderators vouch for a mentor, or no more; it is on record, and the mentor hears it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.audit import ChangeId, Setting
from bot.domain.listings import Listing, State, Verified
from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import Taxonomy
from bot.services.mentors import telling
from bot.services.mentors.keeping import keep
from bot.services.mentors.telling import Kind
from bot.services.ports import Work

VERIFY, UNVERIFY = "verify", "unverify"
"""What stands in the record of changes."""


def verify(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    member: MemberId,
    by: MemberId,
    how: str,
) -> Listing | None:
    """Who vouches, when and how is on the card; None: this person is not in the list."""
    return _seal(work, now, lists, community, member, by, Verified(by, now, how))


def unverify(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    member: MemberId,
    by: MemberId,
    undoes: ChangeId | None = None,
) -> Verified | None:
    """Nobody vouches any more; the seal as it was, or None if there was none."""
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.verified is None:
        return None
    _seal(work, now, lists, community, member, by, None, undoes)
    return listing.verified


def restore(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    member: MemberId,
    by: MemberId,
    seal: Verified,
    undoes: ChangeId | None = None,
) -> Listing | None:
    """A seal that was taken back stands again as it was; None if another one stands by now."""
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.verified is not None:
        return None
    return _seal(work, now, lists, community, member, by, seal, undoes)


def _seal(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    member: MemberId,
    by: MemberId,
    seal: Verified | None,
    undoes: ChangeId | None = None,
) -> Listing | None:
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.state is State.WITHDRAWN:
        return None
    act = Setting(UNVERIFY if seal is None else VERIFY)
    why = "" if seal is None else seal.how
    work.audit.add(community, by, now, act, "", "", why=why, about=member, undoes=undoes)
    subject = f"seal:{listing.id}"
    # What was not read yet says nothing that holds.
    work.deliveries.cancel(subject)
    kind = Kind.UNVERIFIED if seal is None else Kind.VERIFIED
    telling.tell(work, now, kind, community, member, listing.id, subject)
    return keep(work, replace(listing, verified=seal), now, lists)
