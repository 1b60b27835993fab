"""What every adapter's tests need once."""

import pytest

from bot.ui.reading import warm


@pytest.fixture(scope="session", autouse=True)
def _warmed() -> None:
    """As the program does at its start: no test waits for the list of places."""
    warm()
