"""Calls for a second reader in the channel of staff do not outlive what they call for."""

from __future__ import annotations

from datetime import timedelta

from bot.runtime.scanning import Scanning
from tests.cases.clinic import STAFF, Clinic, clinic, labels, plain_grey, words


def calls(here: Clinic) -> list[str]:
    """What stands in the channel of staff, oldest first."""
    return [words(screen) for channel, screen in here.board.standing.values() if channel == STAFF]


async def test_a_call_ends_with_what_it_calls_for_and_is_not_repeated(scans: Scanning) -> None:
    async with clinic(scans) as here:
        sent = await here.posts("Ana", plain_grey(), reader=True)
        await here.passes(timedelta(minutes=1))
        (first,) = calls(here)
        assert "One look is enough" in first
        for _day in range(3):
            await here.passes(timedelta(days=1))
        await here.passes(timedelta(minutes=1))
        first, *others, last = calls(here)
        assert all("newer message" in one and "[" not in one for one in (first, *others))
        assert "has been open for a second reader since" in last
        await here.presses("Ana", sent, "Withdraw")
        await here.passes(timedelta(minutes=1))
        await here.passes(timedelta(minutes=1))
        for one in calls(here)[-1:]:
            assert "does not wait for a second reader any more" in one
            assert "Look at it" not in one
        assert not labels(next(iter(here.board.standing.values()))[1])
