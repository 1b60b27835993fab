"""The delivery table: one row per message, claimed in turn, never lost, on every engine."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.delivery import Attempt, Delivery, DeliveryId, NewDelivery, Outcome
from bot.domain.people import CommunityId, MemberId
from bot.services.delivery import claim, next_due, release
from bot.services.ports import Work
from storage import OpenStore
from tests.storage.sample import NOON, begin, connection, found, note, record, settle, until_leads

LEASE = timedelta(seconds=30)
LATER = NOON + timedelta(hours=1)


async def schedule(store: OpenStore, *rows: NewDelivery) -> None:
    await store.write(lambda work: work.deliveries.schedule(rows))


async def take(
    store: OpenStore, token: str = "t", now: datetime = NOON, limit: int = 100
) -> tuple[Delivery, ...]:
    return await store.write(claim, token, now, LEASE, limit)


async def outcome(
    store: OpenStore,
    rows: Sequence[Delivery],
    result: Outcome,
    retry_at: datetime | None = None,
    token: str = "t",
) -> None:
    attempts = [Attempt(row.id, result, retry_at) for row in rows]
    await store.write(record, token, attempts, NOON)


def keys(rows: Sequence[Delivery]) -> list[str]:
    return [row.key for row in rows]


async def test_what_is_due_is_claimed_as_it_was_written(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    due = NOON.astimezone(timezone(timedelta(hours=5)))
    row = NewDelivery("hello", village.community, "s:1", "k", due, village.member, None, 2**40)
    await schedule(any_store, row, note(village.community, "next", 1))

    (claimed,) = await take(any_store)

    assert claimed == Delivery(
        claimed.id, "hello", village.community, "s:1", "k", NOON, village.member, None, 2**40
    )
    assert claimed.due.tzinfo is UTC
    assert await take(any_store) == ()


async def test_the_same_key_is_one_message(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "a"), note(village.community, "a", 5))
    await schedule(any_store, note(village.community, "a", 9), note(village.community, "b"))

    assert keys(await take(any_store, now=LATER)) == ["a", "b"]


async def test_nothing_to_schedule_is_no_trouble(any_store: OpenStore) -> None:
    await schedule(any_store)
    assert await any_store.read(next_due) is None


async def test_communities_take_turns(any_store: OpenStore) -> None:
    big, small, tiny, quiet = await any_store.write(settle, 4)
    await schedule(
        any_store,
        *(note(big, f"big{number}", -60 + number) for number in range(50)),
        *(note(small, f"small{number}", -30 + number) for number in range(4)),
        note(tiny, "tiny", -1),
        note(quiet, "quiet", 30),
    )

    rows = await take(any_store, limit=10)

    assert Counter(row.community for row in rows) == {big: 5, small: 4, tiny: 1}
    assert keys(rows)[:3] == ["big0", "small0", "tiny"]
    assert len(await take(any_store, limit=100)) == 45


async def test_more_communities_than_the_batch_has_room_for(any_store: OpenStore) -> None:
    homes = await any_store.write(settle, 12)
    await schedule(
        any_store,
        *(note(home, f"{home}:{n}", n * 60 - home) for home in homes for n in range(-2, 0)),
    )

    batches = [{row.community for row in await take(any_store, limit=4)} for _ in range(6)]

    # Whoever waits longest is first, and nobody is served twice before everybody was once.
    longest_first = [set(homes[8:]), set(homes[4:8]), set(homes[:4])]
    assert batches == [*longest_first, *longest_first]


async def test_a_lapsed_lease_comes_back_and_what_was_begun_is_doubtful(
    any_store: OpenStore,
) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "begun"), note(village.community, "not"))
    rows = await take(any_store)
    assert await any_store.write(begin, "t", [rows[0].id], NOON + LEASE) == {rows[0].id}

    assert await take(any_store, "other", NOON + LEASE - timedelta(seconds=1)) == ()
    back = await take(any_store, "other", NOON + LEASE)

    assert [(row.key, row.doubtful) for row in back] == [("begun", True), ("not", False)]
    # Whoever was too slow has no say any more.
    assert await any_store.write(begin, "t", [row.id for row in rows], LATER) == frozenset()
    await outcome(any_store, rows, Outcome.SENT)
    assert len(await take(any_store, "third", LATER)) == 2


async def test_work_on_one_row_keeps_the_whole_batch(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "a"), note(village.community, "b"))
    rows = await take(any_store)

    await any_store.write(begin, "t", [rows[0].id], LATER)

    assert await take(any_store, "other", LATER - timedelta(seconds=1)) == ()
    assert await any_store.read(next_due) == LATER


async def test_what_was_not_begun_can_be_given_back(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "begun"), note(village.community, "not"))
    rows = await take(any_store)
    await any_store.write(begin, "t", [rows[0].id], LATER)

    await any_store.write(release, "t")

    (back,) = await take(any_store, "other")
    assert (back.key, back.attempts, back.doubtful) == ("not", 0, False)


@pytest.mark.parametrize("claimed", [False, True])
async def test_a_subject_is_cancelled_for_all_or_for_one(
    any_store: OpenStore, claimed: bool
) -> None:
    village = await any_store.write(found)
    rows = [
        note(village.community, "a", member=village.member),
        note(village.community, "b"),
        note(village.community, "c", subject="session:2"),
    ]
    await schedule(any_store, *rows)
    taken = await take(any_store) if claimed else ()

    async def cancel(subject: str, member: MemberId | None = None) -> int:
        return await any_store.write(lambda work: work.deliveries.cancel(subject, member=member))

    assert await cancel("session:1", village.member) == 1
    assert await cancel("session:1") == 1
    assert await cancel("session:1") == 0
    if claimed:
        left = await any_store.write(begin, "t", [row.id for row in taken], LATER)
        assert left == {row.id for row in taken if row.key == "c"}
    else:
        assert keys(await take(any_store)) == ["c"]
    # The same cause again says nothing: it was called off.
    await schedule(any_store, *rows)
    assert await take(any_store, now=NOON) == ()


@pytest.mark.parametrize(
    "final", [Outcome.SENT, Outcome.MOOT, Outcome.STALE, Outcome.UNDELIVERABLE]
)
async def test_an_outcome_is_final(any_store: OpenStore, final: Outcome) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "a"))
    await outcome(any_store, await take(any_store), final)

    assert await take(any_store, now=LATER) == ()
    assert await any_store.read(next_due) is None
    assert await any_store.write(lambda work: work.deliveries.cancel("session:1")) == 0


async def test_trying_again_keeps_the_promised_time(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "a"))
    await outcome(any_store, await take(any_store), Outcome.AGAIN, LATER)

    assert await any_store.read(next_due) == LATER
    assert await take(any_store, now=LATER - timedelta(seconds=1)) == ()
    (again,) = await take(any_store, now=LATER)
    assert (again.due, again.attempts, again.doubtful) == (NOON, 1, False)


async def test_next_due_is_the_earliest_of_all(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "b", 9), note(village.community, "a", 0))
    assert await any_store.read(next_due) == NOON

    await take(any_store)
    assert await any_store.read(next_due) == NOON + LEASE


async def test_recording_what_nobody_claimed_changes_nothing(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    await schedule(any_store, note(village.community, "a"))
    (row,) = await take(any_store)

    await outcome(any_store, [row], Outcome.SENT, token="somebody else")
    await any_store.write(record, "t", [Attempt(DeliveryId(999), Outcome.SENT)], NOON)

    assert len(await take(any_store, now=LATER)) == 1


async def test_whoever_listens_hears_of_what_was_scheduled(any_store: OpenStore) -> None:
    rung: list[str] = []
    any_store.on_scheduled(lambda: rung.append("rung"))
    await until_leads(any_store)  # a link to the server that has just come up rings by itself
    rung.clear()
    village = await any_store.write(found)

    def change_of_mind(work: Work) -> None:
        work.deliveries.schedule([note(village.community, "b")])
        raise LookupError

    with pytest.raises(LookupError):
        await any_store.write(change_of_mind)
    assert rung == []

    await schedule(any_store, note(village.community, "a"))
    assert rung


def crowd(work: Work) -> list[CommunityId]:
    """Thousands of rows that wait, in 50 communities, besides a few that are due."""
    homes = settle(work, 50)
    work.deliveries.schedule(
        note(homes[number % 50], f"wait{number}", 60 + number % 5000) for number in range(5_000)
    )
    work.deliveries.schedule(note(home, f"due{home}") for home in homes)
    return homes


async def test_rows_that_wait_are_never_walked_through(any_store: OpenStore) -> None:
    homes = await any_store.write(crowd)

    def plans(work: Work) -> str:
        """How the engine means to carry out everything the dispatcher asks for."""
        link = connection(work)
        asked: list[str] = []
        explain = "EXPLAIN" if link.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        if link.dialect.name == "postgresql":
            link.exec_driver_sql("ANALYZE deliveries")

        def note_down(_c: object, _cur: object, statement: str, given: Any, *_: object) -> None:
            if not statement.startswith("EXPLAIN"):
                asked.append(statement)
                rows = link.exec_driver_sql(f"{explain} {statement}", given)
                asked.extend(str(row) for row in rows)

        event.listen(link, "before_cursor_execute", note_down)
        taken = work.deliveries.claim("t", NOON, LEASE, 100)
        assert len(taken) == len(homes)
        begin(work, "t", [row.id for row in taken[:9]], LATER)
        work.deliveries.record("t", [Attempt(row.id, Outcome.SENT) for row in taken[:9]], NOON)
        work.deliveries.release("t")
        work.deliveries.cancel("session:7")
        work.deliveries.next_due()
        event.remove(link, "before_cursor_execute", note_down)
        return "\n".join(asked)

    told = await any_store.write(plans)
    assert "SCAN deliveries'" not in told
    assert "Seq Scan on deliveries" not in told
