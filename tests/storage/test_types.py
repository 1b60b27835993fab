"""Instants, enums and JSON come back as they went in, on every engine."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from bot.domain.people import Role, RoleGrant
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from storage import OpenStore
from storage.models_people import communities, role_grants
from tests.storage.sample import HALL, NOON, connection, found


async def test_a_naive_datetime_is_refused(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    naive = datetime(2026, 3, 1, 12, 0)  # noqa: DTZ001

    with pytest.raises((ValueError, StatementError), match="naive"):
        await any_store.write(
            lambda work: work.communities.mark_set_up(village.community, "UTC", naive)
        )
    with pytest.raises((ValueError, StatementError), match="naive"):
        await any_store.read(lambda work: work.drafts.get("d", naive))


@pytest.mark.parametrize(
    "moment",
    [
        NOON.replace(microsecond=123_456),
        datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=-7))),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=timezone(timedelta(hours=1))),
    ],
)
async def test_an_instant_comes_back_in_utc(any_store: OpenStore, moment: datetime) -> None:
    made = await any_store.write(lambda work: work.communities.add(HALL, "R", moment))

    def stored(work: Work) -> datetime:
        return (
            connection(work)
            .execute(select(communities.c.created_at).where(communities.c.id == made.id))
            .scalar_one()
        )

    kept = await any_store.read(stored)
    assert kept == moment
    assert kept.tzinfo is UTC


async def test_instants_are_compared_as_instants(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    draft = Draft("d", village.member, village.community, {}, east)
    await any_store.write(lambda work: work.drafts.save(draft))

    before = (NOON - timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=-8)))
    assert await any_store.read(lambda work: work.drafts.get("d", before)) is not None
    assert await any_store.read(lambda work: work.drafts.get("d", NOON)) is None


async def test_an_enum_is_kept_as_its_text(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    grant = RoleGrant(Role.HOST, "discord", "9", "77")
    await any_store.write(
        lambda work: work.communities.grant(village.community, (grant,), Role.HOST)
    )

    def texts(work: Work) -> list[str]:
        found = connection(work).exec_driver_sql(f"SELECT role FROM {role_grants.name}")
        return list(found.scalars())

    assert await any_store.read(texts) == ["host"]
