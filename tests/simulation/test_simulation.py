"""Two years of a community on many seeds, on every engine; and the proof that it can fail."""

import pytest

from storage import open_store
from tests.simulation.__main__ import report
from tests.simulation.planted import PLANTED
from tests.simulation.running import Outcome, in_memory, simulate

SEEDS = range(60)
WITH_HOLDS = range(2000, 2006)
DEPLOYED = range(1000, 1005)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_years(seed: int) -> None:
    outcome = in_memory(seed)
    assert outcome.broken is None, str(outcome)
    assert outcome.letters > 50


@pytest.mark.parametrize("seed", WITH_HOLDS)
def test_two_years_in_which_messages_are_held(seed: int) -> None:
    outcome = in_memory(seed, holds=True)
    assert outcome.broken is None, str(outcome)


def test_a_seed_is_the_same_every_time() -> None:
    assert in_memory(3) == in_memory(3)


@pytest.mark.parametrize("seed", DEPLOYED)
@pytest.mark.timeout(900)
async def test_as_deployed(seed: int, shared_url: str) -> None:
    store = await open_store(shared_url)
    try:
        outcome = await simulate(seed, store)
    finally:
        await store.close()
    assert outcome.broken is None, str(outcome)


@pytest.mark.parametrize("bug", sorted(PLANTED))
def test_a_planted_bug_is_found(bug: str) -> None:
    planted = PLANTED[bug]
    with planted.plant():
        found = next((seed for seed in range(planted.within) if _fails(seed)), None)
    assert found is not None, f"{planted.what}: not found within {planted.within} seeds"


def _fails(seed: int) -> bool:
    return in_memory(seed).broken is not None


def test_a_bar_is_shown_and_how_a_failure_is_seen_again(capsys: pytest.CaptureFixture[str]) -> None:
    held = Outcome(0, None, 900, 600, 9, ())
    broke = Outcome(1, "a fourth message in a week", 90, 60, 1, ("2027-01-26 05:00 join",))
    assert report([held, broke], 2) == 1
    said = capsys.readouterr().out
    assert f"[{'#' * 15}{'.' * 15}] 1/2 seeds, 0 failed" in said
    assert f"[{'#' * 30}] 2/2 seeds, 1 failed" in said
    assert "broke a rule: a fourth message in a week\n  2027-01-26 05:00 join\n" in said
    assert "again: make simulate ARGS='--seed 1'" in said
    assert report([held], 1) == 0
