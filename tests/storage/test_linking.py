"""Two members become one and two again, over every table and on every engine."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.people import Account
from bot.services.ports import Work
from storage import OpenStore
from storage.models import metadata
from storage.models_people import members
from tests.storage.sample import connection
from tests.storage.test_own_data import MARK, NOW, Garden, plant

_THEIRS = Account("discord", "", f"{MARK}-account")


def _naming(work: Work, garden: Garden) -> dict[str, int]:
    """Rows by table that still name the one who is gone."""
    link = connection(work)
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        for column in table.c:
            if any(key.column is members.c.id for key in column.foreign_keys):
                rows = select(func.count()).select_from(table).where(column == garden.victim)
                if many := link.execute(rows).scalar_one():
                    found[f"{table.name}.{column.name}"] = many
    return found


async def test_everything_of_the_one_is_the_others(any_store: OpenStore) -> None:
    garden = await any_store.write(plant)
    assert len(await any_store.read(_naming, garden)) > 40
    before = await any_store.read(lambda work: work.own_data.export(garden.victim))

    await any_store.write(lambda work: work.links.merge(garden.victim, garden.other))

    assert await any_store.read(_naming, garden) == {}
    assert await any_store.read(lambda work: work.people.profile(garden.victim)) is None
    found = await any_store.read(lambda work: work.people.find(_THEIRS))
    assert found is not None
    assert found.member == garden.other
    assert found.zone == f"{MARK}-zone"
    after = await any_store.read(lambda work: work.own_data.export(garden.other))
    # What they had with each other is nobody's any more, and of two listings one is kept.
    gone = {"blocks", "unreachable", "session_cohosts", "series_cohosts"}
    gone |= {"mentor_consents", "mentor_firsts"}
    assert {one.table for one in before} - gone <= {one.table for one in after}
    assert await any_store.read(lambda work: work.blocks.around(garden.other)) == frozenset()


async def test_apart_again_the_account_begins_anew(any_store: OpenStore) -> None:
    garden = await any_store.write(plant)
    await any_store.write(lambda work: work.links.merge(garden.victim, garden.other))
    later = NOW + timedelta(days=1)

    new = await any_store.write(lambda work: work.links.split(garden.other, _THEIRS, later))

    assert new is not None
    kept = await any_store.read(lambda work: work.own_data.export(new))
    assert {one.table for one in kept} <= {
        "members", "accounts", "memberships", "wishes", "absences", "without",
        "role_grants",  # by the account's own name
    }  # fmt: skip
    assert await any_store.write(lambda work: work.links.split(new, _THEIRS, later)) is None
