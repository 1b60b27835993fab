"""What is decided at the moment of sending, and what follows from its outcome.

Each function is one transaction: the budget is looked at and used in the same one, so two workers
cannot both find it free. What may not go out now waits for one note at the start of a morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import budget
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.follow_ups import TRIES, FollowUp, FollowUpId, Step, resumed, room_needed, stretched
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import POLICIES
from bot.services.follow_ups import telling
from bot.services.follow_ups.engine import hours_of, keep_room, say_next
from bot.services.follow_ups.leaving import gone
from bot.services.follow_ups.telling import KIND_STEP, Kind
from bot.services.ports import Work
from bot.services.ports.follow_ups import Waiting


def live(work: Work, kind: str, ref: int, member: MemberId) -> tuple[FollowUp, Step] | None:
    """The follow-up that a row or a waiting item still has something to say about."""
    found = work.follow_ups.get(FollowUpId(ref))
    step = KIND_STEP[Kind(kind)]
    if found is None or not found.open:
        return None
    if found.owes is None:
        return found, step
    following = found.next_step
    if found.owes != member or following is None or following[0] is not step:
        return None
    return found, step


def admit(work: Work, now: datetime, row: Delivery) -> bool:
    """Whether a step may be said now. If not, it goes into the note of a later morning."""
    member = _receiver(row)
    found = live(work, row.kind, row.ref, member)
    if found is None:
        return False
    policy = POLICIES[found[0].matter]
    asked_for = policy.expected and found[1] is Step.ASK
    if _unwanted(work, found[0], member):
        heard(work, now, row)
        return False
    duty = policy.duty or asked_for
    hours = hours_of(work, member, row.community)
    # Admitted before, and nobody knows whether it went out; or for the first time.
    used, again = _used(work, now, row)
    if hours.awake(now) and (again or duty or budget.allows(hours, now, used)):
        if not (again or duty):
            note = _note_at(now)
            if hours.awake(note) and _joins(work, now, row, found[0], note):
                _leave(work, now, [_waits(row, "")], note)
                return False
            work.nudges.count(member, row.key, now)
        _dated(work, now, found)
        return True
    if asked_for:
        # A note has a line for each matter; what nobody read yet is shown whole, so it comes alone.
        due = hours.next_awake(now)
        work.deliveries.schedule([_later(row, due)])
        keep_room(work, now, *found, _with_room(work, *found, due))
        return False
    _leave(work, now, [_waits(row, "")], budget.next_chance(hours, now, used))
    return False


def admit_digest(work: Work, now: datetime, row: Delivery) -> bool:
    """Whether the note may go out now. If not, all it would say goes to a later one."""
    member = _receiver(row)
    for item in items_of(work, row):
        one = live(work, item.kind, item.ref, item.member)
        if one is not None and _unwanted(work, one[0], member):
            _said(work, now, item.kind, item.ref, member)
    items = items_of(work, row)
    if not items:
        work.nudges.told(row.key)
        return False
    hours = hours_of(work, member, row.community)
    used, again = _used(work, now, row)
    if hours.awake(now) and (again or budget.allows(hours, now, used)):
        if not again:
            work.nudges.count(member, row.key, now)
        for item in items:
            _dated(work, now, live(work, item.kind, item.ref, item.member))
        return True
    # What a process that ended was saying may have arrived: a later note says so.
    left = [replace(one, doubtful=one.doubtful or row.doubtful) for one in items]
    _leave(work, now, left, budget.next_chance(hours, now, used))
    return False


def items_of(work: Work, row: Delivery) -> tuple[Waiting, ...]:
    """What a note has to say at present."""
    waiting = work.nudges.waiting(row.key)
    return tuple(one for one in waiting if live(work, one.kind, one.ref, one.member) is not None)


def heard(work: Work, now: datetime, row: Delivery) -> None:
    """A step was read, wherever that was."""
    _said(work, now, row.kind, row.ref, _receiver(row))


def said(work: Work, now: datetime, row: Delivery) -> None:
    """A step reached its receiver."""
    heard(work, now, row)
    way_open(work, now, _receiver(row), row.key)


def said_digest(work: Work, now: datetime, row: Delivery) -> None:
    """The note reached its receiver."""
    for item in items_of(work, row):
        _said(work, now, item.kind, item.ref, item.member)
    work.nudges.told(row.key)
    way_open(work, now, _receiver(row), row.key)


def undelivered(work: Work, now: datetime, row: Delivery) -> None:
    """A step could not be brought to its receiver: the clock stands, and the sender is told."""
    member = _receiver(row)
    if row.community not in work.people.communities(member):
        gone(work, now, member, row.community)
        return
    _close_way(work, now, member, row.community)
    _stop(work, now, row.kind, row.ref, member)


def undelivered_digest(work: Work, now: datetime, row: Delivery) -> None:
    """The same for everything a note would have said."""
    member = _receiver(row)
    items = items_of(work, row)
    work.nudges.told(row.key)
    for community in {row.community, *(item.community for item in items)}:
        if community not in work.people.communities(member):
            gone(work, now, member, community)
        elif community == row.community:
            _close_way(work, now, member, community)
    for item in items:
        _stop(work, now, item.kind, item.ref, member)


def admit_news(work: Work, now: datetime, row: Delivery) -> bool:
    """News about something a person relies on may always go out."""
    return True


def admit_closing(work: Work, now: datetime, row: Delivery) -> bool:
    """How something ended is outside of any budget, and waits for its reader's own hours."""
    member = _receiver(row)
    hours = hours_of(work, member, row.community)
    if hours.awake(now):
        return True
    work.deliveries.schedule([_later(row, hours.next_awake(now))])
    return False


def told_news(work: Work, now: datetime, row: Delivery) -> None:
    """News reached its receiver."""
    if row.member is not None:
        way_open(work, now, row.member, row.key)


def missed_news(work: Work, now: datetime, row: Delivery) -> None:
    """News could not be brought to its receiver: they are kept until the way is open again."""
    member = row.member
    if member is None:
        return
    if row.community not in work.people.communities(member):
        gone(work, now, member, row.community)
        return
    _close_way(work, now, member, row.community)
    work.nudges.wait(_waits(row, missed_note(member)))


def missed_note(member: MemberId) -> str:
    """Where news wait that could not be delivered."""
    return f"missed:{member}"


def way_open(work: Work, now: datetime, member: MemberId, by: str = "") -> int:
    """Something reaches the member again, or they acted: every clock that stood runs again.

    What could not be delivered is said once more. `by`: the key of the message that got through.
    How many matters that were.
    """
    since = work.manners.unreachable_since(member)
    if since is None:
        return 0
    work.manners.set_unreachable(member, None)
    work.deliveries.cancel(f"unreachable:{member}")
    work.nudges.refund(member, since, by)
    stood = [one for one in work.follow_ups.of(member) if one.owes == member and one.stopped]
    for one in stood:
        running = resumed(one, now)
        again = replace(running, tries=running.tries + 1)
        work.follow_ups.put(again)
        subject = telling.subject_of(again)
        doubtful = telling.in_doubt(work, again, member)
        work.deliveries.cancel(subject, member=member)
        work.nudges.forget(subject, member)
        say_next(work, now, again, doubtful=doubtful)
    missed = work.nudges.waiting(missed_note(member))
    work.nudges.told(missed_note(member))
    work.deliveries.schedule(
        NewDelivery(
            item.kind,
            item.community,
            item.subject,
            f"{item.key}:{int(now.timestamp())}",
            now,
            member,
            ref=item.ref,
            doubtful=item.doubtful,
        )
        for item in missed
    )
    return len(stood) + len(missed)


def _said(work: Work, now: datetime, kind: str, ref: int, member: MemberId) -> None:
    found = live(work, kind, ref, member)
    if found is None:
        return
    follow_up, step = found
    if follow_up.owes is None:
        work.follow_ups.put(replace(follow_up, said=step, said_at=now))
        return
    later = stretched(_after(follow_up, step, now), now + room_needed(follow_up.policy, step))
    work.follow_ups.put(later)
    telling.moved(work, now, follow_up, later)
    say_next(work, now, later)


def _after(follow_up: FollowUp, step: Step, at: datetime) -> FollowUp:
    """As it stands once a step was said at that moment: what follows keeps its distance."""
    policy = follow_up.policy
    then = resumed(replace(follow_up, said=step, said_at=at), at)
    if step is Step.ASK and then.remind_at is not None and policy.reminder is not None:
        then = replace(then, remind_at=max(then.remind_at, at + policy.reminder))
    if then.last_at is not None and step is not Step.LAST:
        apart = policy.apart if step is Step.REMIND else policy.last_word or timedelta()
        then = replace(then, last_at=max(then.last_at, at + apart))
    return then


def _with_room(work: Work, follow_up: FollowUp, step: Step, at: datetime) -> datetime:
    """When a step said at `at` would have to be said for the step after it to have its room too:
    that one waits for its reader's hours, and the date that is read now is to hold then."""
    then = _after(follow_up, step, at)
    following = then.next_step
    if following is None or follow_up.owes is None:
        return at
    hours = hours_of(work, follow_up.owes, follow_up.community)
    due = hours.next_awake(max(following[1], at))
    policy = follow_up.policy
    return max(at, due + room_needed(policy, following[0]) - room_needed(policy, step))


def _later(row: Delivery, due: datetime) -> NewDelivery:
    """The same message at a later moment."""
    return NewDelivery(
        row.kind,
        row.community,
        row.subject,
        f"{row.key}:{int(due.timestamp())}",
        due,
        row.member,
        ref=row.ref,
        doubtful=row.doubtful,
    )


def _stop(work: Work, now: datetime, kind: str, ref: int, member: MemberId) -> None:
    found = live(work, kind, ref, member)
    if found is None or found[0].owes is None:
        return
    follow_up, step = found
    first = not follow_up.stopped
    stopped = replace(follow_up, stopped_at=follow_up.stopped_at or now, tries=follow_up.tries + 1)
    work.follow_ups.put(stopped)
    if first:
        telling.not_delivered(work, now, stopped)
    if stopped.tries <= TRIES:
        hours = hours_of(work, member, follow_up.community)
        telling.say(work, stopped, step, hours.next_awake(now + timedelta(days=1)), member)


def _close_way(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    if work.manners.unreachable_since(member) is None:
        work.manners.set_unreachable(member, now)
        telling.elsewhere(work, community, member, now)


def _leave(work: Work, now: datetime, items: Sequence[Waiting], morning: datetime) -> None:
    first = items[0]
    key = telling.digest(work, first.community, first.member, morning)
    for item in items:
        work.nudges.wait(replace(item, digest=key))
        found = live(work, item.kind, item.ref, item.member)
        if found is not None and found[0].owes is not None:
            keep_room(work, now, *found, _with_room(work, *found, morning))


def _note_at(now: datetime) -> datetime:
    """When what is due at one time goes out as one note: the same full minute for all of it."""
    return (now + timedelta(minutes=2)).replace(second=0, microsecond=0)


def _joins(work: Work, now: datetime, row: Delivery, follow_up: FollowUp, note: datetime) -> bool:
    """Whether a step shares a note with others that are due now, or were left to it just now.

    What has a clock of its own does not wait, nor does what ends before.
    """
    if POLICIES[follow_up.matter].own_clock or note >= follow_up.bound:
        return False
    if work.deliveries.others_due(row, tuple(KIND_STEP), now):
        return True
    return bool(work.nudges.waiting(telling.digest_key(_receiver(row), note)))


def _dated(work: Work, now: datetime, found: tuple[FollowUp, Step] | None) -> None:
    """What is said names a date: if it is said late, the date moves before, not after."""
    if found is not None and found[0].owes is not None:
        keep_room(work, now, *found, _with_room(work, *found, now))


def _unwanted(work: Work, follow_up: FollowUp, member: MemberId) -> bool:
    """Whether its reader does without such: nothing is sent, and its time passes all the same."""
    if follow_up.owes is None:
        apart = () if follow_up.waits is None else work.blocks.around(follow_up.waits)
        likes = work.manners.helpers(follow_up.community, follow_up.about)
        return member in apart or member not in likes
    kind = POLICIES[follow_up.matter].kind
    return bool(kind) and kind in work.without.of(member)


def _used(work: Work, now: datetime, row: Delivery) -> tuple[tuple[datetime, ...], bool]:
    return work.nudges.used(_receiver(row), now - budget.LOOK_BACK, row.key)


def _waits(row: Delivery, digest: str) -> Waiting:
    return Waiting(
        _receiver(row),
        digest,
        row.community,
        row.kind,
        row.subject,
        row.key,
        row.ref,
        row.doubtful,
    )


def _receiver(row: Delivery) -> MemberId:
    if row.member is None:
        raise ValueError("a step is said to a member")
    return row.member
