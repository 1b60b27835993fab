"""Professional conduct: the text that people agree to once, and when they did."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Feature, Handler
from bot.runtime.settable import CommunityText, spoken
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Slash, When, _

CONDUCT = CommunityText(
    "conduct",
    _("Professional conduct"),
    _("Read and agreed to by everybody once, before their first request or post"),
    _(
        "We meet as colleagues, whatever our year. Be kind, and say no in time rather than nothing."
        " Never name or show a patient. What somebody tells you in private stays private. Help is"
        " given freely: nobody asks for favours, letters or money in return. If something is not"
        " right, {report} tells moderators who are not involved.",
        report=Slash("report"),
    ),
    most=1200,
)


@dataclass(frozen=True)
class ShowConduct(Action, tag="my.conduct.1"):
    """What we agreed to."""


class Conduct:
    """The cog. `asks`: whether people are asked to agree at all."""

    def __init__(self, store: Store, *, asks: bool) -> None:
        self._store = store
        self._asks = asks

    def feature(self) -> Feature:
        """Its declaration."""
        return Feature(
            "conduct",
            handlers=(Handler(ShowConduct, self.show, Role.GUEST),),
            texts=(CONDUCT,),
            conduct=CONDUCT if self._asks else None,
            home=self.home,
        )

    async def show(self, caller: Caller, ask: ShowConduct) -> Reply:
        """The text, and since when it is agreed to."""

        def when(work: Work) -> Text:
            at = work.conduct.agreed(caller.community, caller.member)
            if at is None:
                return Text(_("You are asked once, before your first request or post."), QUIET)
            return Text(_("You agreed on {when}.", when=When(at)), QUIET)

        words = await spoken(self._store, caller.community, CONDUCT)
        heading = Text(_("Professional conduct"), Style.HEADING)
        return Reply((heading, Text(words), await self._store.read(when)))

    async def home(self, caller: Caller) -> Reply:
        """A button for it."""
        parts: tuple[Part, ...] = (Button(_("Professional conduct"), ShowConduct()),)
        return Reply(parts)


QUIET = Style.QUIET
