"""reactions.* and pins.*: small marks on messages."""

import re

from tests.slack_server.methods.call import Call, Method
from tests.slack_server.wire import Json, Refusal
from tests.slack_server.world import Message

MOST_PINS = 100


def _message(call: Call) -> Message:
    channel = call.channel()
    if channel.kind != "im" and call.workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    message = channel.message(call.required("timestamp", "no_item_specified"))
    if message is None:
        raise Refusal("message_not_found")
    return message


def add_reaction(call: Call) -> Json:
    """A reaction in the bot's name."""
    message = _message(call)
    name = call.required("name", "invalid_name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Refusal("invalid_name")
    who = message.reactions.setdefault(name, set())
    if call.workspace.bot.id in who:
        raise Refusal("already_reacted")
    who.add(call.workspace.bot.id)
    call.world.bell.ring()
    return {}


def add_pin(call: Call) -> Json:
    """Pin a message to its channel."""
    message = _message(call)
    if message.pinned:
        raise Refusal("already_pinned")
    channel = call.channel()
    if sum(each.pinned for each in channel.messages) >= MOST_PINS:
        raise Refusal("too_many_pins")
    message.pinned = True
    call.world.bell.ring()
    return {}


def remove_pin(call: Call) -> Json:
    """Take a pin away."""
    message = _message(call)
    if not message.pinned:
        raise Refusal("no_pin")
    message.pinned = False
    call.world.bell.ring()
    return {}


METHODS = {
    "reactions.add": Method(add_reaction, ("reactions:write",)),
    "pins.add": Method(add_pin, ("pins:write",)),
    "pins.remove": Method(remove_pin, ("pins:write",)),
}
