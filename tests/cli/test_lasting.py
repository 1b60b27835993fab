"""What a start made is not walked through again while people wait."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot import lasting


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    young = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*young)


def test_the_collector_passes_over_what_lasts() -> None:
    made = [[number] for number in range(20_000)]
    lasting.settle()
    walked = {id(one) for one in gc.get_objects()}
    assert not any(id(one) in walked for one in made)
    later: list[object] = [made]
    later.append(later)
    assert any(one is later for one in gc.get_objects()), "what comes later is looked after"
