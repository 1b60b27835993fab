"""The registry of tables: complete, true, and carried out on both engines."""

from __future__ import annotations

import asyncio
import enum
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    Table,
    Time,
    insert,
    select,
)

from bot.domain.people import Account, MemberId, Place
from bot.services import own_data
from bot.services.ports import Work
from bot.settings import RetentionSettings
from cogs.own_data.fields import FIELDS, OMITTED
from cogs.own_data.headings import HEADINGS
from storage import OpenStore, open_store
from storage.backup import back_up
from storage.models import metadata
from storage.own_data import RULES, After, Fate, Rule, With
from storage.types import EnumText, UtcDateTime
from storage.urls import InFile, understand
from tests.storage.sample import connection

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
FAR = NOW + timedelta(days=30)
MARK = "planted7q"
OTHERS = {
    ("mentor_requests", "mentor_id"): {"who", "why", "ask", "times", "domain", "answer"},
    ("mentor_requests", "trainee_id"): {"question"},
    ("follow_ups", "owes_id"): {"about"},
    ("reports", "reporter_id"): {"text", "link", "answer"},  # kept under its own rule
    ("reports", "subject_id"): {"text", "link", "answer"},
    ("reports", "closed_by_id"): {"text", "link", "answer"},
    ("changes", "by_id"): {"old", "new", "why"},
    ("cases", "reader_id"): {"message", "messages", "files", "found", "kept"},
    ("cases", "flagged_id"): {"message", "messages", "files", "found", "kept", "word"},
    ("case_notes", "member_id"): {"found", "kept"},
    ("mentor_listings", "verified_by_id"): {"offer", "words", "verified_how"},
}
"""What in a row of two people was given by the other one."""
MACHINE = {
    "code", "subject", "key", "kind", "token", "uid", "digest", "id", "zone", "channel", "purpose",
    "region", "matter", "verified_how", "firsts", "name", "platform", "workspace",
}  # fmt: skip
"""Texts that the program writes, unless the registry says that a person gave them."""


# The registry itself ------------------------------------------------------------------------------


def test_every_table_is_in_the_registry() -> None:
    assert set(RULES) == set(metadata.tables)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_column_is_in_the_registry_once(rule: Rule) -> None:
    assert sorted(rule.columns) == sorted(rule.table.c.keys())
    own = {name for who in rule.who.values() for name in who.own}
    assert own <= set(rule.hidden) | set(rule.who)
    for who in rule.who.values():
        assert set(who.empties) <= set(rule.table.c.keys())


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_reference_to_a_member_is_spoken_for(rule: Rule) -> None:
    named = {
        key.parent.name for key in rule.table.foreign_keys if key.column.table.name == "members"
    }
    assert named <= set(rule.who)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_table_has_a_retention(rule: Rule) -> None:
    match rule.keep:
        case After(setting):
            assert setting in RetentionSettings.model_fields
        case With(table):
            assert table in RULES
        case _:
            assert rule.keep.says
    assert rule.personal or "Nothing about a person" in rule.holds


def test_every_setting_of_retention_is_used() -> None:
    used = {rule.keep.setting for rule in RULES.values() if isinstance(rule.keep, After)}
    assert used | {"left", "backups"} == set(RetentionSettings.model_fields)


def test_every_exported_table_has_a_heading() -> None:
    shown = {
        name
        for name, rule in RULES.items()
        if rule.by_account
        or any(who.shown for who in rule.who.values())
        or any(via.shown for via in rule.via)
    }
    assert shown == set(HEADINGS)


def test_every_exported_field_has_a_word_or_is_left_to_the_other_file() -> None:
    for name, rule in RULES.items():
        if name not in HEADINGS:
            continue
        shown = {*rule.said, *rule.noted, *rule.links}
        for who in rule.who.values():
            shown |= {*who.own}
        shown |= {column for column, who in rule.who.items() if who.shown}
        shown = {one.removesuffix("_id") for one in shown if one != "user_id"}
        assert shown - OMITTED <= set(FIELDS), name


# Planting -----------------------------------------------------------------------------------------


@dataclass
class Garden:
    """Rows in every table, one for each way in which it can be about somebody."""

    victim: MemberId
    other: MemberId
    ids: dict[str, int] = field(default_factory=dict[str, int])
    planted: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    count: int = 0

    def value(self, rule: Rule, column: Column[Any], role: str) -> object:
        self.count += 1
        name = column.name
        for key in column.foreign_keys:
            target = key.column.table.name
            if target == "members":
                return self.victim if name == role else self.other
            return self.ids[target]
        theirs = name not in OTHERS.get((rule.table.name, role), set())
        written = name in rule.said or name not in MACHINE
        match column.type:
            case EnumText() as kind:
                return next(iter(cast("type[enum.Enum]", kind.members)))
            case UtcDateTime():
                return None if name in ("ended_at", "paused_until") else FAR
            case JSON():
                return (
                    [[int(self.victim), int(self.other)]]
                    if name == "draft"
                    else (
                        [int(self.victim)]
                        if name == "ranked"
                        else self.mark(rule, name, theirs, {})
                    )
                )
            case Boolean():
                return False
            case Integer() | BigInteger():
                return 1 if name != "cohosts" else 0
            case Date():
                return date(2027, 4, 1)
            case Time():
                return time(9)
            case DateTime():
                return FAR
            case _:
                if written and role:
                    return self.mark(rule, name, theirs, "")
                return f"{name}{self.count}"

    def mark(self, rule: Rule, name: str, theirs: bool, like: object) -> object:
        if not theirs or not rule.personal:
            return {"a": 1} if isinstance(like, dict) else f"other{self.count}"
        text = f"{MARK}-{rule.table.name}-{name}-{self.count}"
        self.planted.setdefault(rule.table.name, set()).add(text)
        return {"about": text} if isinstance(like, dict) else text


def plant(work: Work) -> Garden:
    """Victim and other, and rows between them."""
    link = connection(work)
    home = work.communities.add(Place("discord", "9"), "Radiology", NOW)
    account = Account("discord", "", f"{MARK}-account")
    victim = work.people.add(account, f"{MARK}-name", NOW).member
    other = work.people.add(Account("discord", "", "2"), "Other", NOW).member
    work.people.join(other, home.id, NOW)
    work.people.join(victim, home.id, NOW)
    work.people.set_zone(victim, f"{MARK}-zone")
    garden = Garden(victim, other)
    garden.ids["communities"] = home.id
    skipped = {"members", "accounts", "memberships", "communities", "places", "rate_limits"}
    for table in metadata.sorted_tables:
        if table.name in skipped:
            continue
        rule = RULES[table.name]
        for role in rule.who or ([""] if not rule.via else ["via"]):
            _insert(link, rule, table, role, garden)
    return garden


def _insert(link: Any, rule: Rule, table: Table, role: str, garden: Garden) -> None:
    row = {
        column.name: garden.value(rule, column, role)
        for column in table.columns
        if not (column.primary_key and column.autoincrement is True and column.name == "id")
    }
    if table.name == "deliveries":
        row["channel"] = None
    if table.name == "mentor_listings" and role != "member_id":
        row["offer"] = {"help": [], "topics": [], "formats": []}
    if table.name == "role_grants":
        row.update(platform="discord", workspace="9", ref=f"{MARK}-account", is_person=True)
    made = link.execute(insert(table).values(row))
    if "id" in table.c and made.inserted_primary_key and "id" in table.primary_key.columns:
        garden.ids.setdefault(table.name, made.inserted_primary_key[0])


def everything(work: Work) -> Iterator[str]:
    link = connection(work)
    for table in metadata.sorted_tables:
        for row in link.execute(select(table)).all():
            yield f"{table.name}: {[v.value if isinstance(v, enum.Enum) else v for v in row]}"


async def dump(url: str, store: OpenStore, folder: Path) -> str:
    """A backup as text, and on SQLite every byte of the files."""
    file = folder / "all.backup"
    await store.close()
    await asyncio.to_thread(back_up, url, file, NOW)
    text = gzip.decompress(file.read_bytes()).decode()
    where = understand(url)
    if isinstance(where, InFile):
        for each in where.file.parent.glob(f"{where.file.name}*"):
            text += each.read_bytes().decode("latin-1")
    return text


async def test_after_erasing_a_dump_holds_nothing_of_the_person(
    shared_url: str, tmp_path: Path
) -> None:
    store = await open_store(shared_url)
    garden = await store.write(plant)
    assert any(MARK in line for line in await store.read(lambda work: list(everything(work))))

    await store.write(own_data.erase, NOW, garden.victim, ())

    left = await store.read(lambda work: [one for one in everything(work) if MARK in one])
    assert left == []
    where = understand(shared_url)
    if isinstance(where, InFile):
        # Before the store is closed: not in the file, its log or its index either.
        for each in where.file.parent.glob(f"{where.file.name}*"):
            assert MARK.encode() not in each.read_bytes(), each.name
    assert MARK not in await dump(shared_url, store, tmp_path)


async def test_the_other_side_keeps_what_is_theirs(shared_url: str) -> None:
    store = await open_store(shared_url)
    garden = await store.write(plant)
    before = await store.read(own_data.export, garden.other)
    await store.write(own_data.erase, NOW, garden.victim, ())
    after = {kept.table: kept.rows for kept in await store.read(own_data.export, garden.other)}
    for kept in before:
        if RULES[kept.table].who:
            deleted = sum(who.fate is Fate.DELETE for who in RULES[kept.table].who.values())
            assert len(after.get(kept.table, ())) >= len(kept.rows) - deleted, kept.table
    assert "a former member" in json.dumps(after, default=str)
    assert MARK not in json.dumps(after, default=str)
    await store.close()


async def test_an_export_holds_everything_that_was_planted(any_store: OpenStore) -> None:
    garden = await any_store.write(plant)
    kept = await any_store.read(own_data.export, garden.victim)
    shown = json.dumps([one.rows for one in kept], default=str)
    for table, marks in garden.planted.items():
        rule = RULES[table]
        for mark in marks:
            column = mark.split("-")[2]
            if column in rule.hidden or (rule.via and column in ("renew",)):
                continue
            assert mark in shown, mark
    assert f"{MARK}-account" in shown
    assert f"{MARK}-name" in shown
    assert f"{MARK}-zone" in shown


async def test_an_export_holds_no_secret_of_others(any_store: OpenStore) -> None:
    garden = await any_store.write(plant)
    kept = {one.table: one.rows for one in await any_store.read(own_data.export, garden.victim)}
    # One row says whom they blocked; who blocked them stays silent.
    assert len(kept["blocks"]) == 1
    assert kept["blocks"][0]["member"] == "you"
    assert "mentor_apart" not in kept
    assert all("digest" not in row and "token" not in row for rows in kept.values() for row in rows)
    for row in kept["pairs"]:
        assert ("mentor_said" in row) is (row["mentor"] == "you")


async def test_what_is_over_goes_and_the_rest_stays(any_store: OpenStore) -> None:
    garden = await any_store.write(plant)
    days = RetentionSettings().model_dump()

    def look(work: Work) -> dict[str, int]:
        return {
            table.name: len(connection(work).execute(select(table)).all())
            for table in metadata.sorted_tables
        }

    async def tidy(now: datetime) -> None:
        while found := await any_store.read(own_data.expired, now, days, 50):
            await any_store.write(own_data.remove, found)

    before = await any_store.read(look)
    await tidy(NOW)
    assert await any_store.read(look) == before
    await tidy(NOW + timedelta(days=5000))
    after = await any_store.read(look)
    # What is open stays, however old it is.
    stays = {
        "cases",
        "deliveries",
        "follow_ups",
        "pairs",
        "pair_notes",
        "pair_steps",
        "mentor_requests",
    }
    for name, rule in RULES.items():
        if isinstance(rule.keep, After) and name not in stays | {"mentor_rounds", "asked"}:
            assert after[name] == 0, name
        elif name in stays:
            assert after[name] == before[name], name
    assert after["seats"] == after["questions"] == after["thanks"] == 0
    assert garden.victim


async def test_whoever_left_everything_is_erased_in_time(any_store: OpenStore) -> None:
    garden = await any_store.write(plant)
    home = (await any_store.read(lambda work: work.people.communities(garden.victim)))[0]
    await any_store.write(own_data.end_in, NOW, garden.victim, home, ())
    day = timedelta(days=1)
    assert await any_store.write(own_data.erase_left, NOW + 89 * day, 90, ()) == 0
    assert await any_store.write(own_data.erase_left, NOW + 91 * day, 90, ()) == 1
    assert await any_store.write(own_data.erase_left, NOW + 91 * day, 90, ()) == 0
    assert await any_store.read(lambda work: work.people.accounts(garden.victim)) == ()
