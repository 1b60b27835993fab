"""What the engine's messages are worded from: the present state, in one read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.after_session import SessionStep, SessionStepId
from bot.domain.delivery import Delivery
from bot.domain.follow_ups import Ending, FollowUp, FollowUpId, Step, resumed
from bot.domain.office_hours import Session, SessionId
from bot.domain.pairs import Pair, PairId, PromisedStep, Said, StepId
from bot.domain.people import CommunityId, MemberId, Place, Someone
from bot.domain.policies import Matter
from bot.domain.questions import Asked, AskedId
from bot.services.follow_ups import sending
from bot.services.follow_ups.engine import hours_of
from bot.services.ports import Work
from bot.services.questions import HELP

_PAIR = (Matter.FIRST_MEETING, Matter.CHECK_IN, Matter.NOT_HEARD, Matter.RENEWAL, Matter.HELP)


@dataclass(frozen=True, slots=True)
class Seen:
    """A matter as `reader` sees it; `other` is whoever stands on the other side."""

    follow_up: FollowUp
    reader: MemberId
    other: Someone | None
    step: Step | None = None
    pair: Pair | None = None
    promised: PromisedStep | None = None
    asked: Asked | None = None
    session: Session | None = None
    host: Someone | None = None
    """Of the session."""
    session_step: SessionStep | None = None
    again: bool = False
    """It may have been said before, by a process that ended meanwhile."""
    asks: datetime | None = None
    """When the reader is asked next, by their own hours; only in the list of what is open."""
    channel: tuple[Place, str] | None = None
    """Where a question of a help channel stands, if the community has one such channel."""
    within_reach: bool = True
    """Whether the account that reads a note is one of this matter's community, too."""
    home: str = ""
    """The name of that community, in a note about matters of several."""

    @property
    def owes(self) -> bool:
        """Whether it is the reader's turn, or was."""
        return self.follow_up.owes in (self.reader, None) and self.follow_up.waits != self.reader


def seen(work: Work, id: int, reader: MemberId, step: Step | None = None) -> Seen | None:
    """A matter and what it is about; None if it is not known."""
    one = work.follow_ups.get(FollowUpId(id))
    return None if one is None else _seen(work, one, step, reader)


def open_of(
    work: Work, now: datetime, member: MemberId, community: CommunityId
) -> tuple[Seen, ...]:
    """Everything open in which a member owes or waits, by date.

    What was asked on a member's behalf stands until its date, whether or not the other side acted
    before: when they did is theirs.
    """
    hours = hours_of(work, member, community)
    found: list[Seen] = []
    mine = [*work.follow_ups.of(member, community), *_acted_upon(work, now, member, community)]
    for one in sorted(mine, key=lambda one: one.deadline):
        step = one.next_step if one.owes == member else None
        asks = None if step is None else hours.next_awake(step[1])
        # Whoever reads this can be reached again, so their clock runs.
        shown = resumed(one, now) if one.owes == member else one
        found.append(replace(_seen(work, shown, None, member), asks=asks))
    return tuple(found)


def to_say(work: Work, row: Delivery, reader: MemberId) -> Seen | None:
    """What a step has to say, if it still has."""
    found = sending.live(work, row.kind, row.ref, reader)
    return None if found is None else _seen(work, resumed(found[0], row.due), found[1], reader)


def digest(work: Work, row: Delivery, reader: MemberId) -> Sequence[Seen]:
    """What a note has to say, the nearest date first; of several communities one after another."""
    # Of a matter that anybody may take up two steps can have waited: it stands there once.
    found = {
        live[0].id: (live, item.doubtful)
        for item in sending.items_of(work, row)
        if (live := sending.live(work, item.kind, item.ref, reader)) is not None
    }
    ordered = sorted(found.values(), key=lambda one: one[0][0].deadline)
    seen = [replace(_seen(work, *live, reader), again=again) for live, again in ordered]
    homes = dict.fromkeys(one.follow_up.community for one in seen)
    if len(homes) == 1 and row.community in homes:
        return seen
    return [
        replace(
            one,
            within_reach=_one_door(work, reader, row.community, home),
            home="" if (known := work.communities.get(home)) is None else known.name,
        )
        for home in homes
        for one in seen
        if one.follow_up.community == home
    ]


def next_due(work: Work) -> datetime | None:
    """When something has to be sent, ended or begun."""
    found = (
        work.deliveries.next_due(),
        work.follow_ups.next_deadline(),
        work.pairs.next_round(),
    )
    return min((at for at in found if at is not None), default=None)


def person(work: Work, member: MemberId) -> Someone:
    """A member as others may see them."""
    return work.people.someone(member)


def _one_door(work: Work, member: MemberId, one: CommunityId, other: CommunityId) -> bool:
    """Whether a button of the one community can be pressed wherever a message of the other goes."""
    if one == other:
        return True
    accounts = work.people.accounts(member)
    doors = [
        {account for account in accounts if any(place.holds(account) for place in places)}
        for places in (work.communities.places(one), work.communities.places(other))
    ]
    return len(doors[0]) == 1 and doors[0] == doors[1]


def _acted_upon(
    work: Work, now: datetime, member: MemberId, community: CommunityId
) -> list[FollowUp]:
    found: list[FollowUp] = []
    for pair in work.pairs.of(member, community):
        said = pair.mentor_said if member == pair.mentor else pair.trainee_said
        if pair.open and said is Said.NOT_HEARD:
            last = work.follow_ups.about(f"heard:{pair.id}", ended=True)[-1:]
            found.extend(
                one
                for one in last
                if one.waits == member and one.ending is Ending.DONE and now < one.deadline
            )
    return found


def _seen(work: Work, one: FollowUp, step: Step | None, reader: MemberId) -> Seen:
    pair = work.pairs.get(PairId(one.ref)) if one.matter in _PAIR else None
    promised = work.pairs.step(StepId(one.ref)) if one.matter is Matter.NEXT_STEP else None
    asked = work.questions.get(AskedId(one.ref)) if one.matter is Matter.QUESTION else None
    kept = None
    if one.matter is Matter.SESSION_STEP:
        kept = work.after_sessions.step(SessionStepId(one.ref))
    if promised is not None:
        pair = work.pairs.get(promised.pair)
    if pair is not None and reader in pair.sides:
        other = pair.other(reader)
    else:
        other = one.waits if one.owes == reader else one.owes
    # Who asked anonymously is known to nobody.
    if asked is not None:
        other = None
    session = _session(work, one, kept)
    return Seen(
        one,
        reader,
        None if other is None else work.people.someone(other),
        step,
        pair,
        promised,
        asked,
        session,
        None if session is None else work.people.someone(session.host),
        kept,
        channel=_help_channel(work, one.community) if asked is not None and asked.link else None,
    )


def _help_channel(work: Work, community: CommunityId) -> tuple[Place, str] | None:
    found = [
        (place, channel)
        for place in work.communities.places(community)
        if (channel := work.communities.channel(community, HELP, place)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _session(work: Work, one: FollowUp, step: SessionStep | None) -> Session | None:
    if one.matter is Matter.AFTER_SESSION:
        return work.office_hours.session(SessionId(one.ref))
    return None if step is None else work.office_hours.session(step.session)
