"""What only the store on PostgreSQL promises: races are run again, lost connections are told."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import Text, func, select, update

from bot.domain.people import Account
from bot.errors import StoreUnavailable
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone
from storage import OpenStore, migrate, open_store
from storage.models_people import accounts, code_counters, members
from storage.postgres import CHANNEL
from tests.storage.sample import ANA, HALL, NOON, Village, connection, found, note


@pytest_asyncio.fixture
async def store(postgres_url: str) -> AsyncIterator[OpenStore]:
    opened = await open_store(postgres_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def village(store: OpenStore) -> Village:
    made = await store.write(found)
    await store.write(lambda work: work.codes.next(made.community))
    return made


@pytest_asyncio.fixture
async def outsider(postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    link = await asyncpg.connect(postgres_url)
    yield link
    await link.close()


def wait(work: Work) -> None:
    """Long enough for somebody else to commit."""
    connection(work).execute(select(func.pg_sleep(0.3)))


def hang_up(work: Work) -> None:
    connection(work).execute(select(func.pg_terminate_backend(func.pg_backend_pid())))


class Doubling:
    """Reads a number, thinks, writes its double; counts how often it was run."""

    def __init__(self, village: Village) -> None:
        self.looked = asyncio.Event()
        self.runs = 0
        self._row = code_counters.c.community_id == village.community

    def __call__(self, work: Work) -> int:
        self.runs += 1
        given = (
            connection(work).execute(select(code_counters.c.given).where(self._row)).scalar_one()
        )
        self.looked.set()
        if self.runs == 1:
            wait(work)
        connection(work).execute(update(code_counters).where(self._row).values(given=given * 2))
        return given * 2


async def test_whoever_loses_a_race_is_run_again(
    store: OpenStore, village: Village, outsider: asyncpg.Connection
) -> None:
    double = Doubling(village)
    doubled = asyncio.ensure_future(store.write(double))
    await double.looked.wait()
    await outsider.execute("UPDATE code_counters SET given = 10")

    assert await doubled == 20
    assert double.runs == 2


async def test_a_name_taken_meanwhile_is_looked_up_again(
    store: OpenStore, outsider: asyncpg.Connection
) -> None:
    looked = asyncio.Event()
    runs: list[object] = []

    def add_unless_there(work: Work) -> bool:
        runs.append(work)
        if work.people.find(ANA) is not None:
            return False
        looked.set()
        wait(work)
        member = connection(work).execute(
            members.insert().values(created_at=NOON).returning(members.c.id)
        )
        connection(work).execute(
            accounts.insert().values(
                member_id=member.scalar_one(),
                platform=ANA.platform,
                workspace=ANA.workspace,
                user_id=ANA.user,
                name="Ana",
                used_at=NOON,
            )
        )
        return True

    adding = asyncio.ensure_future(store.write(add_unless_there))
    await looked.wait()
    await outsider.execute("INSERT INTO members (created_at) VALUES (now())")
    await outsider.execute(
        "INSERT INTO accounts (member_id, platform, workspace, user_id, name, used_at)"
        " SELECT max(id), 'discord', '', '100', 'Ana', now() FROM members"
    )

    assert await adding is False
    assert len(runs) == 2


async def test_two_who_each_rely_on_the_other_are_told_apart(store: OpenStore) -> None:
    """Write skew: each checks what the other writes; one of them has to see it."""
    both = asyncio.Barrier(2)
    first = await store.write(lambda work: work.people.add(ANA, "Ana", NOON))
    second = await store.write(
        lambda work: work.people.add(Account("discord", "", "2"), "Ben", NOON)
    )
    pair = (first.member, second.member)
    started: list[int] = []

    def leave_unless_alone(work: Work, me: int, other: int) -> bool:
        profile = work.people.profile(pair[other])
        started.append(me)
        if len(started) <= 2:
            wait(work)
        if profile is None or profile.zone == "gone":
            return False
        work.people.set_zone(pair[me], "gone")
        return True

    async def leave(me: int, other: int) -> bool:
        await both.wait()
        return await store.write(leave_unless_alone, me, other)

    assert sorted(await asyncio.gather(leave(0, 1), leave(1, 0))) == [False, True]


async def test_what_asks_for_less_sees_what_others_commit(
    store: OpenStore, village: Village, outsider: asyncpg.Connection
) -> None:
    looked = asyncio.Event()

    @each_statement_alone
    def look_twice(work: Work) -> list[int]:
        asked = select(code_counters.c.given)
        seen = [connection(work).execute(asked).scalar_one()]
        looked.set()
        wait(work)
        return [*seen, connection(work).execute(asked).scalar_one()]

    looking = asyncio.ensure_future(store.write(look_twice))
    await looked.wait()
    await outsider.execute("UPDATE code_counters SET given = 10")
    assert await looking == [1, 10]


async def test_a_reader_sees_one_snapshot_and_cannot_write(
    store: OpenStore, village: Village, outsider: asyncpg.Connection
) -> None:
    looked = asyncio.Event()

    def look_twice(work: Work) -> list[int]:
        asked = select(code_counters.c.given)
        seen = [connection(work).execute(asked).scalar_one()]
        looked.set()
        wait(work)
        return [*seen, connection(work).execute(asked).scalar_one()]

    looking = asyncio.ensure_future(store.read(look_twice))
    await looked.wait()
    await outsider.execute("UPDATE code_counters SET given = 10")
    assert await looking == [1, 1]

    with pytest.raises(Exception, match="read-only transaction"):
        await store.read(lambda work: work.codes.next(village.community))


async def test_a_connection_lost_before_the_commit_is_made_up_for(
    store: OpenStore, village: Village
) -> None:
    runs: list[object] = []

    def unlucky(work: Work) -> int:
        runs.append(work)
        connection(work).execute(update(code_counters).values(given=code_counters.c.given + 1))
        if len(runs) == 1:
            hang_up(work)
        return connection(work).execute(select(code_counters.c.given)).scalar_one()

    assert await store.write(unlucky) == 2
    assert len(runs) == 2


async def test_a_connection_that_is_always_lost_is_told(store: OpenStore) -> None:
    runs: list[object] = []

    def doomed(work: Work) -> None:
        runs.append(work)
        hang_up(work)

    with pytest.raises(StoreUnavailable, match="connection was lost"):
        await store.write(doomed)
    assert len(runs) == 3
    assert await store.read(lambda work: work.communities.of(HALL)) is None


async def test_after_an_unknown_commit_nothing_is_run_again(
    store: OpenStore, outsider: asyncpg.Connection
) -> None:
    await outsider.execute(
        """
        CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON communities
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up();
        """
    )
    runs: list[object] = []

    def add(work: Work) -> None:
        runs.append(work)
        work.communities.add(HALL, "Radiology", NOON)

    with pytest.raises(StoreUnavailable):
        await store.write(add)
    assert len(runs) == 1


async def test_cancelled_callers_leave_every_connection_usable(
    store: OpenStore, village: Village
) -> None:
    def slow(work: Work) -> None:
        work.codes.next(village.community)
        wait(work)

    callers = [asyncio.ensure_future(store.write(slow)) for _ in range(30)]
    await asyncio.sleep(0.1)
    for caller in callers:
        caller.cancel()
    await asyncio.gather(*callers, return_exceptions=True)

    codes = await asyncio.gather(
        *(store.write(lambda work: work.codes.next(village.community)) for _ in range(30))
    )
    assert len(set(codes)) == 30


@each_statement_alone
def next_code(work: Work, village: Village, fails: bool = False) -> tuple[str, int]:
    code = work.codes.next(village.community)
    if fails:
        raise LookupError(code)
    asked = select(func.pg_current_xact_id().cast(Text))
    return code, int(connection(work).execute(asked).scalar_one())


async def test_a_crowd_shares_transactions_and_each_hears_of_their_own(
    store: OpenStore, village: Village
) -> None:
    answers = await asyncio.gather(*(store.write(next_code, village) for _ in range(120)))
    assert len({code for code, _transaction in answers}) == 120
    assert len({transaction for _code, transaction in answers}) < 60


async def test_one_failure_in_a_crowd_hurts_nobody_else(store: OpenStore, village: Village) -> None:
    answers = await asyncio.gather(
        *(store.write(next_code, village, number == 40) for number in range(60)),
        return_exceptions=True,
    )
    failed = [answer for answer in answers if isinstance(answer, BaseException)]
    assert isinstance(answers[40], LookupError)
    assert len(failed) == 1
    assert len({answer[0] for answer in answers if isinstance(answer, tuple)}) == 59


async def test_whoever_gives_up_in_a_crowd_leaves_the_others_alone(
    store: OpenStore, village: Village
) -> None:
    callers = [asyncio.ensure_future(store.write(next_code, village)) for _ in range(60)]
    await asyncio.sleep(0)
    for caller in callers[:30]:
        caller.cancel()
    await asyncio.gather(*callers[:30], return_exceptions=True)
    assert len(set(await asyncio.gather(*callers[30:]))) == 30


async def test_other_processes_hear_of_what_was_scheduled(
    store: OpenStore, village: Village, outsider: asyncpg.Connection
) -> None:
    heard = asyncio.Event()
    await outsider.add_listener(CHANNEL, lambda *_: heard.set())

    await store.write(lambda work: work.codes.next(village.community))
    await asyncio.sleep(0.05)
    assert not heard.is_set()

    await store.write(lambda work: work.deliveries.schedule([note(village.community, "a")]))
    await asyncio.wait_for(heard.wait(), 5)
    await outsider.remove_listener(CHANNEL, lambda *_: None)


async def test_a_server_that_is_gone_is_told(tmp_path: object) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        await open_store(f"postgresql://postgres:@/postgres?host={tmp_path}")


async def test_a_closed_store_says_so(postgres_url: str) -> None:
    store = await open_store(postgres_url)
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.read(lambda work: work.communities.of(HALL))


def test_migrating_works_without_an_event_loop(postgres_server: str) -> None:
    migrate(postgres_server.format("introducer_template"))
