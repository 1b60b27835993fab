"""`setup channels`: which channel of a place serves what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import CommunityId, Role
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, onward, test_of
from bot.runtime.feature import Command, Handler
from bot.runtime.inspecting import Inspect, Lack, Right, Wanted
from bot.runtime.settable import Settable
from bot.services import questions
from bot.services.follow_ups import own
from bot.services.kinds import CHANNEL
from bot.services.people import staff_roles
from bot.services.ports import Store, Work
from bot.ui.action import Action, Ask, ChannelRef, Option
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Part, Reply, Style, Text
from bot.ui.topics import TOPICS, topic_key
from bot.ui.words import Argument, InChannel, Msg, _
from cogs.follow_ups import help_channels

USES = (
    Option(questions.DEFAULT, _("questions without a channel of their own")),
    Option("topic", _("questions about one topic")),
    Option(questions.HELP, _("a help channel in which questions are followed")),
    Option("community", _("where everybody meets")),
    Option("staff", _("moderators")),
    Option("hours", _("office hours")),
    Option("cases", _("cases")),
)


@dataclass(frozen=True)
class ShowChannels(Action, tag="su.channels.1"):
    """Which channel serves what in this place."""


@dataclass(frozen=True)
class OpenChannel(Action, tag="su.open_chan.1"):
    """The form of a channel."""


@dataclass(frozen=True)
class ProposeChannel(Action, tag="su.prop_chan.1"):
    """Old and new, before it is changed."""

    use: Annotated[str, Ask(_("For"), options=USES)]
    channel: Annotated[ChannelRef | None, Ask(_("Channel"), hint=_("Leave empty for none"))] = None
    topic: Annotated[
        str | None,
        Ask(_("Topic"), hint=_("For questions about one topic"), suggest="topic", most=24),
    ] = None


class ChannelScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock, inspect: Inspect) -> None:
        self._store = store
        self._inspect = inspect
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowChannels, self.channels, moderator, before_setup=True),
            Handler(OpenChannel, self.open_channel, moderator, opens=True, before_setup=True),
            Handler(ProposeChannel, self.propose_channel, moderator, before_setup=True),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup channels", _("Which channel serves what"), ShowChannels),)

    async def channels(self, caller: Caller, ask: ShowChannels) -> Reply:
        """The panel."""
        if caller.place is None:
            return _elsewhere()
        labels = _purposes()
        found = await self._store.read(own.channels, caller.community, caller.place, tuple(labels))
        facts = tuple((labels[purpose], InChannel(channel)) for purpose, channel in found)
        parts: tuple[Part, ...] = (
            (Facts(facts),) if facts else (Text(_("No channel is chosen yet.")),)
        )
        follows = any(purpose == questions.HELP for purpose, _channel in found)
        return Reply(
            (
                Text(_("Channels of this place"), Style.HEADING),
                *parts,
                *(help_channels.takes(caller) if follows else ()),
                Button(_("Choose a channel"), OpenChannel()),
                test_of(CHANNEL.name),
                *onward(caller, CHANNEL.name),
            )
        )

    async def open_channel(self, caller: Caller, ask: OpenChannel) -> Form:
        """The form."""
        return Form(_("Choose a channel"), ProposeChannel)

    async def propose_channel(self, caller: Caller, ask: ProposeChannel) -> Reply:
        """Old and new."""
        if caller.place is None:
            return _elsewhere()
        if ask.use == "topic" and not ask.topic:
            return Reply((Text(_("Which topic is it for?")),), correctable=True)
        purpose = f"topic:{topic_key(ask.topic or '')}" if ask.use == "topic" else ask.use
        if purpose == "staff" and ask.channel:
            staff = await self._store.read(staff_roles, caller.community, caller.place)
            rights = frozenset({Right.SEE, Right.POST})
            wanted = Wanted(ask.channel, rights, private=True, staff=staff)
            lacks = await self._inspect(caller.place, (wanted,))
            if any(lack.readable for lack in lacks):
                return _refused(lacks)
        follows = purpose == questions.HELP and ask.channel
        notes = help_channels.means(caller) if follows else ()
        setting = Setting(CHANNEL.name, purpose, caller.place)
        return await self._changing.propose(
            caller, CHANNEL_SETTING, setting, ask.channel or "", notes=notes
        )


def _purposes() -> dict[str, Msg]:
    labels: dict[str, Msg] = {}
    for option in USES:
        if option.value == "topic":
            labels.update({f"topic:{key}": label for key, label in TOPICS.items()})
        elif isinstance(option.label, Msg):
            labels[option.value] = option.label
    return labels


def _named(channel: str | None) -> Msg:
    named: Argument = InChannel(channel) if channel else _("none")
    return _("{channel}", channel=named)


def _all(work: Work, community: CommunityId) -> tuple[Setting, ...]:
    return tuple(
        Setting(CHANNEL.name, purpose, place)
        for place in work.communities.places(community)
        for purpose in _purposes()
        if work.communities.channel(community, purpose, place) is not None
    )


def _setting_name(setting: Setting) -> Msg:
    use = _purposes().get(setting.name)
    if use is None:
        use = _("questions about one topic")
    return _("Channel for {use}", use=use)


CHANNEL_SETTING = Settable(
    CHANNEL, _all, _setting_name, lambda _setting, value: _named(value), ShowChannels()
)


def _refused(lacks: tuple[Lack, ...]) -> Reply:
    said = _("This channel cannot be for moderators as long as members can read it.")
    grants = [part for lack in lacks for part in (Text(lack.what), Text(lack.grant, Style.QUIET))]
    return Reply((Text(said), *grants), correctable=True)


def _elsewhere() -> Reply:
    return Reply((Text(_("Channels belong to a place, so this works there, not in a message.")),))
