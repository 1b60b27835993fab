"""Mentors of the sample community, and a request that waits for an answer. All of it invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.listings import Offer
from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import Introduction
from bot.domain.taxonomy import Format, Taxonomy
from bot.services.mentors import listing, requesting, sealing
from bot.services.ports import Work

_MENTORS: tuple[tuple[str, str, Offer], ...] = (
    ("mentor", "", Offer(
        help=("career", "communication"), topics=("embolisation", "ablation", "practice"),
        formats=(Format.QUESTION, Format.TALK, Format.ONGOING), stage="attending",
        practice="academic", region="europe", languages=("en", "other"),
        about="Write two lines first; then a call, Thursdays after five. No names in cases.",
        places=2, talks=4,
    )),
    ("malik", "Europe/London", Offer(
        help=("career", "only_one", "family"), topics=("trauma", "dialysis", "career"),
        formats=(Format.QUESTION, Format.TALK, Format.VISIT), stage="attending",
        practice="community", region="uk", languages=("en",),
        about="Come to my open door first, or ask one question here.",
        talks=6,
    )),
    ("hannah", "Europe/Berlin", Offer(
        help=("research", "match", "changing"), topics=("oncology", "research", "portal"),
        formats=(Format.TALK, Format.PROJECT, Format.ONGOING), stage="early",
        practice="academic", region="europe", languages=("de", "en", "fr"),
        about="A page on what you have tried so far helps more than a CV.",
        places=2,
    )),
    ("yuki", "Asia/Tokyo", Offer(
        help=("education", "match"), topics=("embolisation", "match", "career"),
        formats=(Format.QUESTION, Format.TALK), stage="integrated", region="east_asia",
        languages=("ja", "en"), about="Two years ahead of you: ask what you ask nobody else.",
    )),
)  # fmt: skip
_REQUEST = Introduction(
    who="I am in my second year; there is no IR where I train.",
    why="Your evening on a first UFE was the first time somebody showed me the choices.",
    ask="Could we talk for 20 minutes about how to get to scrub in? One next step is enough.",
    form=Format.TALK,
    times="Weekday evenings",
    domain="embolisation",
)


def fill(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    members: Mapping[str, MemberId],
) -> None:
    """Once: mentors who have room, one of them verified, and one request that is open."""
    if listing.mine(work, community, members["mentor"]) is not None:
        return
    for who, zone, offer in _MENTORS:
        if zone:
            work.people.set_zone(members[who], zone)
        listing.publish(work, now, lists, community, members[who], offer, background=False)
    how = "met at the annual meeting"
    sealing.verify(work, now, lists, community, members["hannah"], members["moderator"], how)
    requesting.send(work, now, community, members["leila"], members["mentor"], _REQUEST)
