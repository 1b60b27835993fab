from collections.abc import Iterator

import pytest

from storage import memory_store
from tests.cogs.stage import Stage
from tests.services.village import Village


@pytest.fixture
def stage() -> Iterator[Stage]:
    """The cog, a host and people who want seats."""
    store = memory_store()
    yield Stage(Village(store))
    store.close_now()
