"""`checkin help`: what helps with a pair, and calls for a moderator, from the call to its end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.follow_ups import FollowUp
from bot.domain.pairs import Said
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler, Moot, Notice
from bot.services import moderator_help, pair_views
from bot.services.moderator_help import Called, Kind, Taken
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, When, _
from cogs.follow_ups.actions import (
    Answer,
    AskModerators,
    ClosePair,
    GetHelp,
    OpenUpdate,
    ShowStatus,
    TakeHelpBack,
    TakeUpHelp,
)
from cogs.follow_ups.notices import NEWS, news
from cogs.follow_ups.own_pair import unknown

_CALLED: Mapping[Called, Msg] = {
    Called.NOW: _(
        "Moderators are told now that you would like their help, and one of them writes to you. The"
        " other side hears nothing of it."
    ),
    Called.BEFORE: _("Moderators know already that you would like their help with this pair."),
    Called.NOBODY: _(
        "I can tell nobody: this community has no channel for moderators yet. Please write to one"
        " of them yourself."
    ),
    Called.INVOLVED: _(
        "I can tell nobody: the moderators I know are part of this pair. Please write to another"
        " one yourself."
    ),
}
_SETTLED = _("A call for a moderator's help is settled. There is nothing to do.")


class Helping:
    """Its handlers and notices."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(GetHelp, self.help),
            Handler(AskModerators, self.call),
            Handler(TakeHelpBack, self.take_back),
            Handler(TakeUpHelp, self.take_up, Role.MODERATOR),
        )

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (
            Notice(Kind.CALL, self.called, None, course=NEWS, over=self.over),
            news(Kind.TAKEN, self.taken),
        )

    async def help(self, caller: Caller, ask: GetHelp) -> Reply:
        """Two kinds of help."""
        pair = await self._store.read(pair_views.find, caller.member, caller.community, ask.pair)
        if pair is None:
            return unknown()
        return Reply(
            (
                Text(_("What would help?")),
                Text(
                    _(
                        "An update and a farewell go to them. If you have not heard back, I ask"
                        " them in my own words; of a moderator's help they hear nothing."
                    ),
                    Style.QUIET,
                ),
                Button(_("I have not heard back"), Answer(pair.code, Said.NOT_HEARD)),
                Button(_("I'd like a moderator's help"), AskModerators(pair.code)),
                Button(_("Send an update"), OpenUpdate(pair.code)),
                Button(_("Close kindly"), ClosePair(pair.code)),
            )
        )

    async def call(self, caller: Caller, ask: AskModerators) -> Reply:
        """A moderator's help."""

        def run(work: Work) -> tuple[Called, FollowUp | None] | None:
            pair = pair_views.find(work, caller.member, caller.community, ask.pair)
            if pair is None:
                return None
            return moderator_help.call(work, self._clock.now(), caller.member, pair.id)

        found = await self._store.write(run)
        if found is None:
            return unknown()
        called, follow_up = found
        parts: list[Part] = [Text(_CALLED[called])]
        if follow_up is not None:
            told = _(
                "They are told again until one of them takes it up; on {when} I tell you if nobody"
                " has.",
                when=When(follow_up.deadline),
            )
            back = Button(_("I need no help any more"), TakeHelpBack(follow_up.id))
            parts.extend((Text(told, Style.QUIET), back))
        return Reply(tuple(parts))

    async def take_back(self, caller: Caller, ask: TakeHelpBack) -> Reply:
        """It went another way."""
        done = await self._store.write(
            moderator_help.take_back, self._clock.now(), caller.member, ask.call
        )
        if not done:
            return Reply((Text(_("That call is over already. There is nothing to do.")),))
        said = _("Taken back. Moderators are not told again, and what they read says so.")
        return Reply((Text(said), Button(_("What is open"), ShowStatus())))

    async def take_up(self, caller: Caller, ask: TakeUpHelp) -> Reply:
        """A moderator writes to them."""
        match await self._store.write(
            moderator_help.take_up,
            self._clock.now(),
            caller.member,
            caller.community,
            ask.call,
        ):
            case Taken.NOW:
                said = _("Thank you. They hear that a moderator writes to them.")
            case Taken.SETTLED:
                said = _SETTLED
            case Taken.INVOLVED:
                said = _("You are one of this pair; this is for another moderator.")
        return Reply((Text(said),))

    async def called(self, row: Delivery, late: bool) -> Reply | Moot:
        """For moderators."""
        call = await self._store.read(moderator_help.standing, row.ref)
        if call is None:
            return Moot.MOOT
        first = _("{who} would like a moderator's help with a pair.", who=Person(call.who))
        if row.due > call.follow_up.since:
            first = _(
                "{who} would like a moderator's help with a pair, since {when}.",
                who=Person(call.who),
                when=When(call.follow_up.since),
            )
        then = _(
            "Please write to them; what they said about it stays with them. One tap tells them and"
            " the other moderators that you do."
        )
        return Reply(
            (
                Text(first),
                Text(then, Style.QUIET),
                Button(_("I write to them"), TakeUpHelp(call.follow_up.id), Look.MAIN),
            )
        )

    async def over(self, ref: int, again: bool) -> Reply | None:
        """What stands in place of a call that holds no more, or was repeated."""
        call = await self._store.read(moderator_help.standing, ref)
        if call is None:
            return Reply((Text(_SETTLED),))
        if not again:
            return None
        newer = _("A call for a moderator's help: there is a newer message about it below.")
        return Reply((Text(newer),))

    async def taken(self, row: Delivery, late: bool) -> Reply | Moot:
        """For whoever called."""
        pair = await self._store.read(moderator_help.taken, row.ref)
        if pair is None:
            return Moot.MOOT
        return Reply(
            (
                Text(_("A moderator writes to you about the help that you asked for.")),
                Text(_("If nothing comes within a day or two, tell them again."), Style.QUIET),
                Button(_("Tell moderators again"), AskModerators(pair.code)),
            )
        )
