from collections.abc import Iterator

import pytest

from storage import memory_store
from tests.services.village import Village
from tests.storage.fixtures import *  # noqa: F403


@pytest.fixture
def village() -> Iterator[Village]:
    """A community with a host and five people, on 1 March 2027 at noon in UTC."""
    store = memory_store()
    yield Village(store)
    store.close_now()
