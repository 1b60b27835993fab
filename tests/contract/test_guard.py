"""The guard on every platform: what goes round the helper, and who learns what of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.runtime.scanning import Scanning
from bot.ui.parts import Can
from tests.contract.guarded import NAMED, PLAIN, PLANTED, TELLING, Guarded, until
from tests.contract.stage import MEMBER, MODERATOR, OTHER, Stage, seen, sheet


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scans() -> AsyncIterator[Scanning]:
    """The processes, started once for all these tests."""
    held = Scanning()
    yield held
    await held.close()


@pytest_asyncio.fixture(loop_scope="function")
async def guarded(empty: Stage, scans: Scanning) -> AsyncIterator[Guarded]:
    """A stage with the real features, and the guard's hands on its door."""
    held = Guarded(empty, scans)
    await held.start()
    yield held
    await held.stop()


def told(stage: Stage, who: str) -> str:
    return "\n".join(stage.direct(who))


async def test_what_tells_who_a_patient_is(guarded: Guarded):
    stage = guarded.stage
    done = await guarded.watch("hold")
    assert "hold" in done.text
    await stage.say(OTHER, "Good morning, Ingrid Solberg speaks at 18:00 on 3 March")
    await stage.say(OTHER, TELLING)
    await until(lambda: "replaced" in told(stage, OTHER))
    said = told(stage, OTHER)
    assert "a name" in said
    assert "a record number" in said
    assert "bled again" in said, "the author gets the text back, with those places replaced"
    assert not any(word in said for word in PLANTED)
    removed = Can.REMOVE_OTHERS_MESSAGES in stage.can
    assert ("was taken down" in said) is removed
    assert len(stage.direct(OTHER)) == 1, "ordinary talk is not spoken of"
    for who in (MEMBER, MODERATOR):
        assert not stage.direct(who)
    assert not any(stage.in_channel(MEMBER)), "no public reproach"
    assert set(stage.pinged()) <= {OTHER}


async def test_moderators_get_a_link_where_it_still_stands(guarded: Guarded):
    stage = guarded.stage
    await guarded.watch("warn")
    await guarded.staff()
    await stage.say(OTHER, "look at this", NAMED)
    await until(lambda: "In file 1" in told(stage, OTHER))
    assert "still stands" in told(stage, OTHER)
    await until(lambda: any("may tell who" in text for text in stage.in_channel(MODERATOR)))
    alert = next(text for text in stage.in_channel(MODERATOR) if "may tell who" in text)
    assert "told privately" in alert
    assert not any(word in alert + told(stage, OTHER) for word in PLANTED)


async def test_an_ordinary_case_makes_no_noise(guarded: Guarded):
    stage = guarded.stage
    await guarded.watch("hold")
    await stage.say(OTHER, "45F with HCC, TACE last week, lipiodol uptake on the left", PLAIN)
    await stage.say(OTHER, TELLING)  # so that there is something to wait for
    await until(lambda: bool(stage.direct(OTHER)))
    assert "HCC" not in told(stage, OTHER)
    assert len(stage.direct(OTHER)) == 1


async def test_who_passes_and_what_is_off(guarded: Guarded):
    stage = guarded.stage
    await stage.say(OTHER, TELLING)
    await guarded.watch("hold")
    panel = seen(await stage.command(MODERATOR, "setup guard", {}))
    form = sheet(await stage.press(MODERATOR, panel, "Let a role pass"))
    echo = seen(await stage.send(MODERATOR, form, {"role": "moderator"}))
    assert "not looked at" in echo.text
    await stage.press(MODERATOR, echo, "Confirm")
    await stage.say(MODERATOR, TELLING)
    await stage.say(OTHER, TELLING)
    await until(lambda: bool(stage.direct(OTHER)))
    assert not stage.direct(MODERATOR)
    assert len(stage.direct(OTHER)) == 1, "what was written before was not watched"


async def test_check_for_identifiers(guarded: Guarded):
    stage = guarded.stage
    message = await stage.say(OTHER, TELLING, NAMED)
    answer = seen(await stage.point(MEMBER, message, "Check for identifiers"))
    assert answer.private
    assert "a record number" in answer.text
    assert "In file 1" in answer.text
    assert "four corners" in answer.text
    assert not any(word in answer.text for word in PLANTED)
    assert not answer.files, "no picture goes back"
    message = await stage.say(OTHER, "Good morning")
    answer = seen(await stage.point(MEMBER, message, "Check for identifiers"))
    assert "I found nothing" in answer.text
