"""From a feature's reply to the screen of whoever asked: whose eyes it is for, who may see it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.runtime.caller import Arrival, Caller
from bot.runtime.screen import Screen, Voice, screen_of
from bot.ui.parts import Audience, Reply, settle
from bot.ui.wire import UNKNOWN_COMMUNITY


def voice_of(caller: Caller) -> Voice:
    """Whose eyes an answer to this caller is for."""
    return Voice(caller.community, caller.language, caller.zone)


def bare_voice(arrival: Arrival) -> Voice:
    """Whose eyes an answer is for as long as nobody knows which member arrived."""
    return Voice(UNKNOWN_COMMUNITY, arrival.language or "en", ZoneInfo("UTC"))


def settled(caller: Caller, reply: Reply, most: Audience = Audience.ONLY_YOU) -> Screen:
    """The reply as this caller's platform can show it.

    Raises ValueError if more people would see it than `most`, which its handler declares.
    """
    if reply.audience > most:
        raise ValueError("a reply may not reach more people than its handler declares")
    return screen_of(reply, settle(reply.parts, caller.can), voice_of(caller))


def bare(arrival: Arrival, reply: Reply) -> Screen:
    """A private reply to somebody whom nobody knows yet."""
    return screen_of(reply, settle(reply.parts, arrival.can), bare_voice(arrival))
