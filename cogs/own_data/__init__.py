"""Members in control of what is kept about them: `my export`, `my erase`, and the retention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Feature, Handler, Tick
from bot.runtime.registry import Registry
from bot.services import own_data
from bot.services.own_data import Effects
from bot.services.ports import Store
from bot.ui.parts import Button, File, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Slash, _, ngettext
from cogs.own_data.actions import EraseForGood, EraseMine, ExportMine, KeepMine, ShowPanel
from cogs.own_data.page import Page, as_json

_AT_ONCE = 200


class OwnData:
    """The cog. `everything`: what every feature brings; `days`: the retention."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        everything: Callable[[], Registry],
        days: Mapping[str, int],
    ) -> None:
        self._store = store
        self._clock = clock
        self._everything = everything
        self._days = days

    def feature(self) -> Feature:
        """Its declaration."""
        member = Role.MEMBER
        return Feature(
            "own data",
            handlers=(
                Handler(ShowPanel, self.panel, member),
                Handler(ExportMine, self.export, member),
                Handler(EraseMine, self.ask, member),
                Handler(EraseForGood, self.erase, member),
                Handler(KeepMine, self.keep, member),
            ),
            commands=(
                Command("my panel", _("My settings, and everything that is mine"), ShowPanel),
                Command("my export", _("Everything kept about me, as files"), ExportMine),
                Command("my erase", _("Erase me; shows first what that ends"), EraseMine),
            ),
            ticks=(Tick("retention", timedelta(hours=6), self.tidy),),
            home=self.home,
        )

    async def panel(self, caller: Caller, ask: ShowPanel) -> Reply:
        """Every feature's section, one below the other."""
        return Reply(await self._everything().panel(caller))

    async def home(self, caller: Caller) -> Reply:
        """What is kept, and what can be done about it."""
        if Role.MEMBER not in caller.roles:
            return Reply((Text(_("What is kept about you"), Style.HEADING), Text(_GUEST)))
        return Reply(
            (
                Text(_("What is kept about you"), Style.HEADING),
                Button(_("Everything as files"), ExportMine()),
                Button(_("Erase me"), EraseMine()),
            )
        )

    async def export(self, caller: Caller, ask: ExportMine) -> Reply:
        """Two files, for this person alone."""
        now = self._clock.now()
        kept = await self._store.read(own_data.export, caller.member)
        page, data = Page(caller, self._everything()).of(kept, now), as_json(kept, now)
        return Reply(
            (
                Text(_("Everything that is kept about you"), Style.HEADING),
                Text(
                    _(
                        "One page to read, and the same for programs. Others cannot see these"
                        " files; they are not kept by me."
                    )
                ),
                File("my-data.html", page, "text/html", _("To read, in any browser.")),
                File("my-data.json", data, "application/json", _("For programs.")),
            )
        )

    async def ask(self, caller: Caller, ask: EraseMine) -> Reply:
        """What erasing would do."""
        found = await self._store.read(own_data.effects, self._clock.now(), caller.member)
        lines = tuple(Text(line) for line in _lines(found))
        notice: tuple[Part, ...] = (
            (Text(_("For others this ends:")), *lines, Text(_TOLD))
            if lines
            else (Text(_("Nobody else is concerned.")),)
        )
        where = ngettext(
            "Everything about you is erased, in {count} community.",
            "Everything about you is erased, in all {count} communities.",
            found.communities,
        )
        return Reply(
            (
                Text(_("Erase everything about you?"), Style.HEADING),
                Text(where),
                *notice,
                Text(
                    _(
                        "It is gone within a minute and cannot be brought back. Copies made before"
                        " are kept for {count} days. If you come back, you begin anew.",
                        count=self._days["backups"],
                    )
                ),
                Text(
                    _(
                        "To keep a copy for yourself, use {export} first.",
                        export=Slash("my export"),
                    ),
                    Style.QUIET,
                ),
                Button(_("Erase everything"), EraseForGood(), Look.GRAVE),
                Button(_("Cancel"), KeepMine()),
            )
        )

    async def erase(self, caller: Caller, ask: EraseForGood) -> Reply:
        """It is done when this is answered."""
        await self._store.write(
            own_data.erase, self._clock.now(), caller.member, self._everything().leaving
        )
        return Reply(
            (
                Text(_("Everything about you is erased. Thank you for having been here.")),
                Text(
                    _(
                        "What stands in channels or in messages is not mine to delete: please look"
                        " there yourself. If you use me again, you begin anew."
                    ),
                    Style.QUIET,
                ),
            ),
            replaces=True,
        )

    async def keep(self, caller: Caller, ask: KeepMine) -> Reply:
        """Nothing happens."""
        return Reply((Text(_("Nothing was erased.")),), replaces=True)

    async def tidy(self) -> None:
        """Removes what is beyond its retention, a little at a time."""
        now = self._clock.now()
        while found := await self._store.read(own_data.expired, now, self._days, _AT_ONCE):
            await self._store.write(own_data.remove, found)
        endings = self._everything().leaving
        while await self._store.write(own_data.erase_left, now, self._days["left"], endings):
            pass


_GUEST = _("Your account here, and nothing else. It is erased some time after you leave.")
_TOLD = _("They are told that it has ended, and nothing else.")


def _lines(found: Effects) -> Iterable[Msg]:
    """What ends, a line for each kind."""
    if found.led:
        yield ngettext(
            "{count} session ahead that you lead: a co-host goes on, or it is called off.",
            "{count} sessions ahead that you lead: co-hosts go on, or they are called off.",
            found.led,
        )
    if found.seats:
        yield ngettext(
            "{count} seat or place in line: it goes to the next.",
            "{count} seats and places in line: they go to the next.",
            found.seats,
        )
    if found.pairs:
        yield ngettext(
            "{count} pair: it closes, and the other side hears it.",
            "{count} pairs: they close, and the other sides hear it.",
            found.pairs,
        )
    if found.received:
        yield ngettext(
            "{count} request to you: it gets a kind answer.",
            "{count} requests to you: they get a kind answer.",
            found.received,
        )
    if found.sent:
        yield ngettext(
            "{count} request of yours: it is taken back.",
            "{count} requests of yours: they are taken back.",
            found.sent,
        )
