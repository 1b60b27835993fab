"""Whether many people ask a mentor about one topic at present: one group hour may help them all
(etiquette, mentor overload, 9).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.listings import State
from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import OTHER
from bot.services.ports import Work

MANY = 3
"""So many people; nobody has two requests open to one mentor, and askers are counted once."""
SOON = timedelta(weeks=4)
"""A session of theirs on the topic within this time is the group hour already."""
_AHEAD = 50


@dataclass(frozen=True, slots=True)
class Demand:
    """A topic, by its key, and how many people ask about it: never who."""

    topic: str
    people: int


def demand(
    work: Work, now: datetime, community: CommunityId, mentor: MemberId, topics: Collection[str]
) -> Demand | None:
    """The topic that most people ask this mentor about, if they are many and no session of theirs
    is about it soon. `topics`: the keys of the community's list.

    Requests that wait for them count, and open questions of the community on topics they are listed
    for or like to be shown.
    """
    asking = Counter(request.text.domain for request in work.requests.pending_to(mentor, community))
    for topic, people in work.questions.open_by_topic(community, mentor).items():
        # Added, not merged: a number that knew who asked without a name would tell it.
        if _theirs(work, community, mentor, topic):
            asking[topic] += people
    planned = _planned(work, now, community, mentor)
    found = [
        Demand(topic, people)
        for topic, people in asking.items()
        if topic in topics and topic not in planned and topic != OTHER
    ]
    many = [one for one in found if one.people >= MANY]
    return max(many, key=lambda one: (one.people, one.topic), default=None)


def behind(
    work: Work, now: datetime, community: CommunityId, mentor: MemberId, topic: str
) -> frozenset[MemberId]:
    """Who asks this mentor about a topic on which a group hour would be proposed; nobody where none
    would. For a word to each of them alone: the mentor may not learn who they are.
    """
    if demand(work, now, community, mentor, (topic,)) is None:
        return frozenset()
    pending = work.requests.pending_to(mentor, community)
    asking = {request.trainee for request in pending if request.text.domain == topic}
    if _theirs(work, community, mentor, topic):
        asking |= work.questions.askers(community, topic)
    return frozenset(asking - {mentor} - work.blocks.around(mentor))


def _theirs(work: Work, community: CommunityId, mentor: MemberId, topic: str) -> bool:
    listing = work.listings.of(community, mentor)
    if listing is not None and listing.state is State.PUBLISHED and topic in listing.offer.topics:
        return True
    return bool(topic) and mentor in work.manners.helpers(community, topic)


def _planned(work: Work, now: datetime, community: CommunityId, mentor: MemberId) -> frozenset[str]:
    led = work.office_hours.led_by(mentor, community, now, _AHEAD)
    return frozenset(one.plan.topic for one in led if one.starts <= now + SOON)
