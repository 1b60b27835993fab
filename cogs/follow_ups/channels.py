"""`setup channels`: which channel of a place serves what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler
from bot.services import questions
from bot.services.follow_ups import own
from bot.services.ports import Store
from bot.ui.action import Action, Ask, ChannelRef, Option
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.topics import TOPICS, topic_key, topic_words
from bot.ui.words import Argument, InChannel, Msg, _
from cogs.follow_ups.policies import LeaveAsIs, conflict

USES = (
    Option(questions.DEFAULT, _("questions without a channel of their own")),
    Option("topic", _("questions about one topic")),
    Option(questions.HELP, _("a help channel in which questions are followed")),
    Option("community", _("where everybody meets")),
    Option("staff", _("moderators")),
    Option("hours", _("office hours")),
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


@dataclass(frozen=True)
class SetChannel(Action, tag="su.set_chan.1"):
    """The change, if the channel is still as it was shown."""

    purpose: str
    old: str
    new: str


class ChannelScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowChannels, self.channels, moderator),
            Handler(OpenChannel, self.open_channel, moderator, opens=True),
            Handler(ProposeChannel, self.propose_channel, moderator),
            Handler(SetChannel, self.set_channel, moderator),
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
        return Reply(
            (
                Text(_("Channels of this place"), Style.HEADING),
                *parts,
                Button(_("Choose a channel"), OpenChannel()),
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
        old = await self._store.read(own.channel_of, caller.community, purpose, caller.place)
        new = ask.channel or ""
        if (old or "") == new:
            return Reply((Text(_("It is like that already.")),), correctable=True)
        heading = topic_words(topic_key(ask.topic or "")) if ask.use == "topic" else _label(ask.use)
        parts: list[Part] = [
            Text(heading, Style.HEADING),
            Facts(((_("Now"), _named(old)), (_("Then"), _named(new)))),
        ]
        if purpose == questions.HELP and new:
            parts.append(Text(HELP_MEANS))
        return Reply(
            (
                *parts,
                Button(_("Confirm"), SetChannel(purpose, old or "", new), Look.MAIN),
                Button(_("Cancel"), LeaveAsIs()),
            )
        )

    async def set_channel(self, caller: Caller, ask: SetChannel) -> Reply:
        """The change itself, unless another moderator was faster."""
        if caller.place is None:
            return _elsewhere()
        stands = await self._store.write(
            own.set_channel, caller.community, ask.purpose, caller.place, ask.old, ask.new
        )
        if stands != ask.new:
            return conflict(_named(stands), ShowChannels())
        return Reply((Text(_("Noted.")),), replaces=True)


HELP_MEANS = _(
    "Messages there that look like questions and get no reply are followed: I keep where they"
    " stand, never what they say. The app has to be allowed to read messages there."
)


def _purposes() -> dict[str, Msg]:
    labels: dict[str, Msg] = {}
    for option in USES:
        if option.value == "topic":
            labels.update({f"topic:{key}": label for key, label in TOPICS.items()})
        elif isinstance(option.label, Msg):
            labels[option.value] = option.label
    return labels


def _label(use: str) -> Msg:
    return _purposes()[use]


def _named(channel: str | None) -> Msg:
    named: Argument = InChannel(channel) if channel else _("none")
    return _("{channel}", channel=named)


def _elsewhere() -> Reply:
    return Reply((Text(_("Channels belong to a place, so this works there, not in a message.")),))
