"""Moderators pass neither what somebody set for themself nor the bounds of etiquette."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio

from bot.domain.people import Account
from bot.domain.policies import LEAST_PATIENCE, MOST_PATIENCE, Matter
from bot.runtime.screen import Screen
from bot.services.ports import Work
from bot.ui.parts import Button
from bot.ui.wire import to_wire
from cogs.follow_ups.policies import ProposePolicy
from storage.models_linking import without
from storage.models_mentors import blocks, mentor_listings
from storage.models_pairs import absences, wishes
from storage.work import Repositories
from tests.authority.people import Town, town
from tests.authority.test_replays import codes
from tests.authority.test_who_may import wires
from tests.messages_read import plain


@pytest_asyncio.fixture
async def places():
    made = await town()
    yield made
    await made.store.close()


def own_limits(town: Town) -> dict[str, object]:
    """Everybody's offer, hours, days away, refused kinds and blocks, but the moderator's."""

    def look(work: Work) -> dict[str, object]:
        assert isinstance(work, Repositories)
        mine = work.people.find(Account("preview", "preview", "moderator"))
        assert mine is not None
        found: dict[str, object] = {
            table.name: sorted(
                repr(tuple(row))
                for row in work.connection.execute(
                    table.select().where(table.c.member_id != mine.member)
                )
            )
            for table in (wishes, absences, without, blocks)
        }
        offers = mentor_listings.select().where(mentor_listings.c.member_id != mine.member)
        found["offers"] = {
            row.member_id: json.dumps(row.offer, sort_keys=True, default=str)
            for row in work.connection.execute(offers)
        }
        return found

    return town.store.read_now(look)


async def test_no_button_of_a_moderator_changes_somebody_elses_own_limits(places: Town) -> None:
    before = own_limits(places)
    offers = before["offers"]
    assert isinstance(offers, dict)
    assert len(offers) > 2
    for number in sorted(offers)[:3]:
        text = codes(places)[number % len(codes(places))]
        for tag, wire in wires(places, places.ours, text, number).items():
            if tag.startswith("my.erase"):
                continue
            await places.core.press(places.arrival("moderator"), wire)
    after = own_limits(places)
    # A listing may be taken down, with a reason that its mentor reads; it is never widened.
    left = after.pop("offers")
    assert isinstance(left, dict)
    assert left.items() <= before.pop("offers").items()  # pyright: ignore[reportAttributeAccessIssue]
    assert after == before


async def propose_and_confirm(places: Town, patience: int) -> None:
    who = places.arrival("moderator")
    for matter in Matter:
        shown = await places.core.press(who, to_wire(ProposePolicy(matter, patience), places.ours))
        assert isinstance(shown, Screen)
        for part in shown.parts:
            if isinstance(part, Button) and plain(part.label) == "Confirm":
                await places.core.press(who, to_wire(part.does, places.ours))


@pytest.mark.parametrize("patience", [-1, 0, 5, 99])
async def test_a_forged_period_stays_within_the_bounds(places: Town, patience: int) -> None:
    def kept() -> dict[Matter, int]:
        return dict(places.store.read_now(lambda work: work.manners.patience(places.ours)))

    await propose_and_confirm(places, patience)
    assert all(LEAST_PATIENCE <= one <= MOST_PATIENCE for one in kept().values())
    # What lies between them is taken, so the way there is open.
    await propose_and_confirm(places, 3)
    assert 3 in kept().values()
