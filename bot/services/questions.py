"""Use cases of `ask`: a question is posted, shown to people who like to help, and followed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.follow_ups import Ending, FollowUp, NewFollowUp
from bot.domain.people import CommunityId, MemberId, Place
from bot.domain.policies import Matter
from bot.domain.questions import Asked, AskedId, AskedState
from bot.services.follow_ups.engine import Closer, hush, restart, settle, start, withdraw
from bot.services.ports import Work

DEFAULT = "questions"
"""The purpose of the channel for topics without one of their own; else where members meet."""
HELP = "help"
"""The purpose of a channel whose ordinary messages are looked at."""
_FALLBACKS = (DEFAULT, "hours", "community")


class Kind(enum.StrEnum):
    """The kinds of deliveries about questions; `ref` is the question."""

    POSTED = "ask.posted"
    NOT_POSTED = "ask.not_posted"
    ANSWERED = "ask.answered"


class Muted(Exception):
    """A moderator muted anonymous questions of this person, unseen."""


def subject_of(id: AskedId) -> str:
    """What follows a question."""
    return f"asked:{id}"


def ask(
    work: Work,
    now: datetime,
    community: CommunityId,
    member: MemberId,
    topic: str,
    text: str,
    *,
    anonymous: bool,
) -> Asked | None:
    """Post a question and follow it; None if the community has no channel for it.

    Raises Muted if it has no name and the member was muted for such questions.
    """
    muted = work.after_sessions.muted_until(community, member)
    if anonymous and muted is not None and now < muted:
        raise Muted
    channel = _channel(work, community, topic)
    if channel is None:
        return None
    code = work.codes.next(community)
    asked = work.questions.add(community, code, member, topic, text, now, anonymous=anonymous)
    _post(work, now, asked, channel)
    new = NewFollowUp(
        community, Matter.QUESTION, subject_of(asked.id), asked.id, None, member, about=topic
    )
    start(work, now, new)
    return asked


def _post(work: Work, now: datetime, asked: Asked, channel: str) -> None:
    key = f"{Kind.POSTED}:{asked.id}:{int(now.timestamp())}"
    row = NewDelivery(
        Kind.POSTED,
        asked.community,
        f"asked.post:{asked.id}",
        key,
        now,
        channel=channel,
        ref=asked.id,
    )
    work.deliveries.schedule([row])


def posted(work: Work, now: datetime, row: Delivery) -> None:
    """It stands in its channel."""


def not_posted(work: Work, now: datetime, row: Delivery) -> None:
    """Its channel is gone or closed to us: nobody is asked anything, and the asker hears of it."""
    asked = work.questions.get(AskedId(row.ref))
    if asked is None or _end(work, now, asked.asker, asked.id, AskedState.CLOSED) is None:
        return
    key = f"{Kind.NOT_POSTED}:{row.key}"
    subject = f"asked.news:{asked.id}"
    told = NewDelivery(
        Kind.NOT_POSTED, asked.community, subject, key, now, asked.asker, ref=asked.id
    )
    work.deliveries.schedule([told])


def has_channel(work: Work, community: CommunityId, topic: str) -> bool:
    """Whether moderators gave a topic a channel of its own."""
    places = work.communities.places(community)
    return any(work.communities.channel(community, f"topic:{topic}", one) for one in places)


def until(work: Work, id: AskedId) -> FollowUp | None:
    """How a question is followed at present, or was last."""
    return next(iter(work.follow_ups.about(subject_of(id), ended=True)[-1:]), None)


def followed(work: Work, place: Place, channel: str) -> CommunityId | None:
    """The community that turned it on for this channel, so that its messages are looked at."""
    home = work.communities.of(place)
    if home is None or work.communities.channel(home.id, HELP, place) != channel:
        return None
    return home.id


def noticed(
    work: Work, now: datetime, community: CommunityId, member: MemberId, link: str, message: str
) -> Asked:
    """An ordinary message that looks like a question is followed; what it says is not kept."""
    known = work.questions.by_message(community, message)
    if known is not None:
        return known
    code = work.codes.next(community)
    asked = work.questions.add(
        community, code, member, "", "", now, anonymous=False, link=link, message=message
    )
    start(
        work,
        now,
        NewFollowUp(community, Matter.QUESTION, subject_of(asked.id), asked.id, None, member),
    )
    return asked


def replied(
    work: Work, now: datetime, community: CommunityId, member: MemberId, message: str
) -> Asked | None:
    """Somebody replied to a message: that question is answered."""
    asked = work.questions.by_message(community, message)
    if asked is None or asked.state is not AskedState.OPEN or asked.asker == member:
        return None
    settle(work, now, subject_of(asked.id), member)
    asked = replace(asked, state=AskedState.ANSWERED)
    work.questions.put(asked)
    return asked


def unsaid(work: Work, now: datetime, community: CommunityId, message: str) -> None:
    """A message was deleted: nothing is left to follow."""
    asked = work.questions.by_message(community, message)
    if asked is not None and asked.state is AskedState.OPEN:
        withdraw(work, now, subject_of(asked.id))
        work.questions.put(replace(asked, state=AskedState.CLOSED))


def taken_back(work: Work, id: AskedId) -> bool:
    """Whether its asker wanted it gone, rather than that its time came."""
    one = until(work, id)
    return one is None or one.ending is Ending.WITHDRAWN


def look(work: Work, id: AskedId) -> Asked | None:
    """A question as it stands."""
    return work.questions.get(id)


def answered(work: Work, now: datetime, member: MemberId, id: AskedId) -> Asked | None:
    """Somebody says that they answered: the asker is asked whether it helped."""
    asked = work.questions.get(id)
    if asked is None or asked.state is not AskedState.OPEN or asked.asker == member:
        return None
    if asked.heard:
        # Whoever asked is being asked; a second one who answered is no second question.
        return asked
    asked = replace(asked, heard=True)
    work.questions.put(asked)
    for one in work.follow_ups.about(subject_of(id)):
        # The asker is asked now; nobody else is shown it again meanwhile.
        hush(work, restart(work, now, one))
    key = f"{Kind.ANSWERED}:{id}:{int(now.timestamp())}"
    row = NewDelivery(
        Kind.ANSWERED, asked.community, f"asked.news:{id}", key, now, asked.asker, ref=id
    )
    work.deliveries.cancel(row.subject)
    work.deliveries.schedule([row])
    return asked


def helped(work: Work, now: datetime, member: MemberId, id: AskedId) -> Asked | None:
    """The asker says so: the question is answered."""
    return _end(work, now, member, id, AskedState.ANSWERED)


def take_back(work: Work, now: datetime, member: MemberId, id: AskedId) -> Asked | None:
    """The asker does not need an answer any more."""
    return _end(work, now, member, id, AskedState.CLOSED)


def still_open(work: Work, now: datetime, member: MemberId, id: AskedId) -> Asked | None:
    """The asker would like to hear more: the clock starts anew, also after it ran out."""
    asked = work.questions.get(id)
    if asked is None or asked.asker != member or asked.state is AskedState.ANSWERED:
        return None
    if asked.state is AskedState.CLOSED and not asked.link:
        # What was posted says that it is over.
        channel = _channel(work, asked.community, asked.topic)
        if channel is not None:
            _post(work, now, asked, channel)
    asked = replace(asked, state=AskedState.OPEN, heard=False)
    work.questions.put(asked)
    for one in work.follow_ups.about(subject_of(id), ended=True)[-1:]:
        restart(work, now, one)
    return asked


def _end(
    work: Work, now: datetime, member: MemberId, id: AskedId, state: AskedState
) -> Asked | None:
    asked = work.questions.get(id)
    if asked is None or asked.asker != member:
        return None
    if asked.state is state:
        return asked
    gone = asked.state is AskedState.CLOSED and taken_back(work, id)
    if gone or asked.state is AskedState.ANSWERED:
        # What was said of it first stands, whatever an older button says.
        return None
    if state is AskedState.ANSWERED:
        settle(work, now, subject_of(id), member)
    else:
        withdraw(work, now, subject_of(id))
    asked = replace(asked, state=state)
    work.questions.put(asked)
    return asked


def _left(work: Work, now: datetime, left: FollowUp) -> None:
    asked = work.questions.get(AskedId(left.ref))
    if asked is not None and asked.state is AskedState.OPEN:
        work.questions.put(replace(asked, state=AskedState.CLOSED))


CLOSERS: Mapping[Matter, Closer] = MappingProxyType({Matter.QUESTION: _left})
"""What becomes of a question that nobody answered."""


def _channel(work: Work, community: CommunityId, topic: str) -> str | None:
    for purpose in (f"topic:{topic}", *_FALLBACKS):
        for place in work.communities.places(community):
            if work.communities.channel(community, purpose, place) is not None:
                return purpose
    return None
