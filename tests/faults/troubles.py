"""What is planted: the troubles of docs/reliability.md that meet every feature, by platform.

A trouble is about to happen to the next requests, or has just happened to the connection, the
database, the clock, a place or a person. Where it changes what can come of an errand, the row says
what is read instead, and whether it took effect all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from tests.contract.on_discord import OnDiscord
from tests.contract.on_slack import OnSlack
from tests.contract.stage import MODERATOR
from tests.discord_server import Can
from tests.faults.errands import FEATURES, Round
from tests.faults.ward import Ward
from tests.slack_server.faults import Fault

N = len(FEATURES)
"""Errands of a round: each of them meets the trouble once."""
Plant: TypeAlias = Callable[[Ward], Awaitable[None] | None]


@dataclass(frozen=True)
class Instead:
    """What comes of an errand that a trouble makes impossible, in part or altogether."""

    says: str
    effects: int = 0
    heard: int | None = 0
    """None: at most once, when the way is open again."""


@dataclass(frozen=True)
class Row:
    """`over`: it passes, where that takes more than time. `instead`: by feature."""

    plant: Plant
    over: Plant | None = None
    instead: Mapping[str, Instead] = field(default_factory=dict[str, Instead])
    meanwhile: Plant | None = None
    """While people act."""


def on_discord(ward: Ward) -> OnDiscord:
    """The stage, which is Discord."""
    assert isinstance(ward.stage, OnDiscord)
    return ward.stage


def on_slack(ward: Ward) -> OnSlack:
    """The stage, which is Slack."""
    assert isinstance(ward.stage, OnSlack)
    return ward.stage


# Requests ----------------------------------------------------------------------------------------

ACK, ANSWER, POST = "/callback", "/messages/@original", r"/channels/\d+/messages"


def discord_error(method: str, path: str, *, after: bool = False, times: int = N) -> Row:
    return Row(
        lambda ward: on_discord(ward).server.faults.error(method, path, after=after, times=times)
    )


def discord_cut(method: str, path: str) -> Row:
    return Row(lambda ward: on_discord(ward).server.faults.drop(method, path, after=True, times=N))


def discord_limit(method: str, path: str, seconds: float, times: int = N) -> Row:
    return Row(
        lambda ward: on_discord(ward).server.faults.limit(seconds, method, path, times=times)
    )


def slack_fault(method: str, **how: object) -> Row:
    def plant(ward: Ward) -> None:
        on_slack(ward).slack.faults.add(Fault(method, times=N, **how))  # pyright: ignore[reportArgumentType]
        if method == "users.info":
            lifted_soon(ward)

    return Row(plant)


# Connections -------------------------------------------------------------------------------------


def discord_doubles(ward: Ward) -> None:
    on_discord(ward).server.gateway.duplicates = N


def discord_drops(ward: Ward) -> None:
    """Who acts meanwhile is heard when the session is resumed."""
    on_discord(ward).server.gateway.drop()


def discord_stutters(ward: Ward) -> None:
    """Nothing is read or written for a while; then everything at once, still in time."""
    gateway = on_discord(ward).server.gateway
    gateway.freeze()
    asyncio.get_running_loop().call_later(0.7, gateway.thaw)


def discord_freezes(ward: Ward) -> None:
    """Until the connection is given up: what was asked meanwhile comes too late to be answered."""
    gateway = on_discord(ward).server.gateway

    def give_up() -> None:
        gateway.drop()
        gateway.thaw()

    gateway.freeze()
    asyncio.get_running_loop().call_later(4.0, give_up)


def discord_forgets(ward: Ward) -> None:
    """Who acts before the next session begins is not heard."""
    on_discord(ward).server.gateway.invalidate()


def discord_asks(ward: Ward) -> None:
    on_discord(ward).server.gateway.ask_reconnect()


async def discord_closes(ward: Ward) -> None:
    await on_discord(ward).server.gateway.close(4000)


async def discord_is_back(ward: Ward) -> None:
    """A session that began anew, or went on."""
    server = on_discord(ward).server
    server.gateway.thaw()
    await server.until_connected(within=30)


def slack_doubles(ward: Ward) -> None:
    on_slack(ward).slack.sockets.duplicates = N


def slack_is_slow(ward: Ward) -> None:
    """What people do arrives late, and may still be answered."""
    on_slack(ward).slack.sockets.late = 1.5


def slack_is_quick(ward: Ward) -> None:
    on_slack(ward).slack.sockets.late = 0.0


async def slack_drops(ward: Ward) -> None:
    slack = on_slack(ward).slack
    before = slack.sockets.connected_times
    await slack.sockets.drop()
    await slack.wait_for(lambda: slack.sockets.connected_times > before, within=30)


def slack_freezes(ward: Ward) -> None:
    """Open, and deaf: the client gives it up after some pings without an answer."""
    on_slack(ward).slack.sockets.freeze()


async def slack_renews(ward: Ward) -> None:
    await on_slack(ward).slack.sockets.refresh()


async def slack_is_back(ward: Ward) -> None:
    """A connection that is neither frozen nor about to close. What people's clients said of the
    silence was right.
    """
    slack = on_slack(ward).slack

    def fresh() -> bool:
        return any(one.thawed.is_set() and not one.closing for one in slack.sockets.connections)

    await slack.wait_for(fresh, within=30)
    for person in slack.people.values():
        person.notices[:] = [one for one in person.notices if one not in SILENT]


SILENT = ("operation_timeout", "dispatch_failed")
"""What Slack tells somebody whose app did not answer."""


# The database, the clock -------------------------------------------------------------------------


def database_away(transactions: int) -> Row:
    def plant(ward: Ward) -> None:
        ward.store.away = transactions
        lifted_soon(ward)

    return Row(plant)


def lifted(ward: Ward) -> None:
    """What is left of the trouble goes."""
    ward.store.away = 0
    if isinstance(ward.stage, OnDiscord):
        ward.stage.server.faults.clear()
    else:
        ward.stage.slack.faults.planned.clear()


def lifted_soon(ward: Ward) -> None:
    """Although somebody still waits who is not answered before it goes."""
    asyncio.get_running_loop().call_later(1.5, lifted, ward)


def clock(jump: timedelta) -> Row:
    return Row(lambda ward: ward.stage.clock.move(jump))


# Places and people -------------------------------------------------------------------------------


async def told_to_stop(ward: Ward) -> None:
    """In the middle of what people do: what was begun is finished, the rest waits for the next."""
    await asyncio.sleep(0.05)
    await ward.restarts()


def others(ward: Ward) -> tuple[str, ...]:
    """Who hears of what somebody else did in this round."""
    round_ = Round(ward.number)
    return (*(round_.named(who) for who in ("host", "mentor", "old", "poster")), MODERATOR)


def messages_closed(ward: Ward) -> None:
    for who in others(ward):
        ward.close_messages(who)


def messages_open(ward: Ward) -> None:
    for who in others(ward):
        ward.close_messages(who, closed=False)


async def others_leave(ward: Ward) -> None:
    for who in ("mentor", "old"):
        await ward.leaves(Round(ward.number).named(who))


async def channel_gone(ward: Ward) -> None:
    await ward.posts_go_to_what_is_gone()


def discord_mute(ward: Ward) -> None:
    stage = on_discord(ward)
    bot = stage.server.world.bot
    stage.server.overwrite(stage.general, bot, deny=Can.SEND_MESSAGES)


def discord_unmute(ward: Ward) -> None:
    stage = on_discord(ward)
    stage.server.overwrite(stage.general, stage.server.world.bot)


def slack_mute(ward: Ward) -> None:
    workspace = on_slack(ward).slack.workspace
    on_slack(ward).slack.channel("general").members.discard(workspace.bot.id)


def slack_unmute(ward: Ward) -> None:
    workspace = on_slack(ward).slack.workspace
    on_slack(ward).slack.channel("general").members.add(workspace.bot.id)


def no_moderator(ward: Ward) -> None:
    ward.moderates(MODERATOR, may=False)


def moderator_again(ward: Ward) -> None:
    ward.moderates(MODERATOR, may=True)


AWAY = "the database is away for a while"
STOPS = "SIGTERM in the middle"
UNPOSTED = {"ask": Instead("I could not post your question")}
"""A case is posted in another channel, or once more where it may be posted again."""
ANY: dict[str, Row] = {
    "the database fails once": database_away(1),
    AWAY: database_away(40),
    "the clock jumps ahead": clock(timedelta(minutes=40)),
    "the clock is set back": clock(timedelta(hours=-1)),
    STOPS: Row(lambda _ward: None, meanwhile=told_to_stop),
}
TAKEN: dict[str, Row] = {
    "direct messages closed": Row(
        messages_closed,
        messages_open,
        {
            "mentor": Instead("is on its way", 1, None),
            "report": Instead("Your name is shown to nobody", 1, None),
        },
    ),
    "the other one left": Row(
        others_leave,
        instead={
            "mentor": Instead("is on its way", 1),
        },
    ),
    "the channel deleted": Row(channel_gone, instead=UNPOSTED),
    "the right to moderate taken away": Row(
        no_moderator, moderator_again, {"setup": Instead("moderators")}
    ),
}
ROWS: dict[str, dict[str, Row]] = {
    "discord": {
        "acknowledgement refused with 500": discord_error("POST", ACK),
        "acknowledgement taken, its receipt lost": discord_error("POST", ACK, after=True),
        "acknowledgement cut off": discord_cut("POST", ACK),
        "answer refused with 500": discord_error("PATCH", ANSWER),
        "answer taken, its receipt lost": discord_error("PATCH", ANSWER, after=True),
        "answer limited for long": discord_limit("PATCH", ANSWER, 3.0),
        "message refused with 500": discord_error("POST", POST, times=3),
        "message taken, its receipt lost": discord_error("POST", POST, after=True, times=3),
        "message limited for long": discord_limit("POST", POST, 2.0, times=2),
        "every act told twice": Row(discord_doubles),
        "the connection dropped": Row(discord_drops, discord_is_back),
        "the connection frozen for a moment": Row(discord_stutters, discord_is_back),
        "the connection frozen until it is given up": Row(discord_freezes, discord_is_back),
        "the session invalid": Row(
            # What was written meanwhile is told to nobody.
            discord_forgets,
            discord_is_back,
            {"guard": Instead("")},
        ),
        "told to reconnect": Row(discord_asks, discord_is_back),
        "closed by Discord": Row(discord_closes, discord_is_back),
        "the bot may no longer write there": Row(discord_mute, discord_unmute, UNPOSTED),
        **TAKEN,
        # The other rows that know no platform are tried on the quicker one.
        **{name: ANY[name] for name in (AWAY, STOPS)},
    },
    "slack": {
        "every request refused with 500": slack_fault("*"),
        "message refused with 500": slack_fault("chat.postMessage"),
        "message cut off": slack_fault("chat.postMessage", drop=True),
        "answer taken, its receipt lost": slack_fault("response_url", when="after"),
        "answer refused with 500": slack_fault("response_url"),
        "everything limited for long": slack_fault("*", retry_after=2),
        "the directory fails": slack_fault("users.info", status=503),
        "a scope taken away": slack_fault("chat.postMessage", error="missing_scope"),
        "the token refused for a while": slack_fault("chat.postMessage", error="token_revoked"),
        "every envelope twice": Row(slack_doubles),
        "every envelope late": Row(slack_is_slow, slack_is_quick),
        "the connection dropped": Row(slack_drops),
        "the connection frozen": Row(slack_freezes, slack_is_back),
        "asked for a new connection": Row(slack_renews, slack_is_back),
        "the bot is no longer in the channel": Row(
            slack_mute,
            slack_unmute,
            {**UNPOSTED, "guard": Instead("")},
        ),
        **TAKEN,
        **ANY,
    },
}
