"""The last word about a new pair asks whether to keep, pause or close; its buttons answer that."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.follow_ups import Step
from bot.domain.policies import Matter
from bot.runtime.screen import FormScreen
from bot.services import pairs
from bot.services.follow_ups import views
from bot.ui.parts import Button
from cogs.follow_ups.controls import controls
from cogs.follow_ups.words import step
from tests.cogs.hall import Village, spoken, words


async def test_the_buttons_are_the_answers_to_what_is_asked():
    hall = await Village.opened("Mara", "Ana")
    given = (hall.clock.now(), hall.home, hall.members["Mara"], hall.members["Ana"])
    await hall.store.write(lambda work: pairs.open_pair(work, *given))
    ana = hall.members["Ana"]
    mine = await hall.store.read(lambda work: work.follow_ups.of(ana))
    [first] = [one for one in mine if one.matter is Matter.FIRST_MEETING and one.owes == ana]
    seen = await hall.store.read(views.seen, first.id, ana, Step.LAST)
    assert seen is not None
    assert "keep, pause or close?" in " ".join(spoken(one) for one in step(seen))
    shown = {spoken(one.label): one for one in controls(seen) if isinstance(one, Button)}
    assert list(shown) == ["Keep", "Pause", "Close", "We met"]
    form = await hall.does("Ana", shown["Pause"].does)
    assert isinstance(form, FormScreen)
    day = f"{hall.clock.now() + timedelta(days=30):%Y-%m-%d}"
    assert "No check-ins until" in words(await hall.fills("Ana", form, {"until": day}))
    assert "stays open" in words(await hall.does("Ana", shown["Keep"].does))
    await hall.store.close()
