from collections.abc import AsyncIterator, Iterator

import pytest

from storage import memory_store
from tests.cogs.house import House, open_house
from tests.cogs.stage import Stage
from tests.services.village import Village


@pytest.fixture
def stage() -> Iterator[Stage]:
    """The cog, a host and people who want seats."""
    store = memory_store()
    yield Stage(Village(store))
    store.close_now()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A community that two people manage, set up."""
    async with open_house() as made:
        yield made
