"""Everything after the first answer: the original reply and further messages, by token."""

from tests.discord_server import interactions as acts
from tests.discord_server import refusal
from tests.discord_server.api import Call, Table
from tests.discord_server.composing import compose, flags_of, revise
from tests.discord_server.interactions import Interaction
from tests.discord_server.replies import REPLY, metadata, placed
from tests.discord_server.world import EPHEMERAL, Json, Message

table = Table()
HOOK = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL, ONE = HOOK + "/messages/@original", HOOK + "/messages/{message_id}"


def _interaction(call: Call) -> Interaction:
    return call.server.interactions.for_webhook(call.id("webhook_id"), call.ids["webhook_token"])


def _original(call: Call) -> tuple[Interaction, Message]:
    one = _interaction(call)
    if one.original is None or one.original.deleted:
        raise refusal.unknown_message()
    return one, one.original


def _message(call: Call) -> tuple[Interaction, Message]:
    """A message of this interaction, or the one whose button was pressed; no other."""
    one = _interaction(call)
    wanted = call.id("message_id")
    own = [*one.made, *([one.source] if one.source else [])]
    found = next((m for m in own if m.id == wanted and not m.deleted), None)
    if found is None:
        raise refusal.unknown_message()
    return one, found


@table.route("POST", HOOK, open=True)
def follow_up(call: Call) -> Json:
    """A further message. After a deferral the first one takes the place of "is thinking"."""
    server, one = call.server, _interaction(call)
    waiting = one.original
    held = waiting is not None and waiting.loading and not waiting.deleted
    if one.answer == acts.DEFER and waiting is not None and held:
        return _edit(call, waiting)
    private = one.user.id if flags_of(call.body) & EPHEMERAL else None
    made = compose(server, one.channel, server.world.bot, call.draft(), ephemeral_to=private)
    made.interaction = metadata(one)
    made.application_id = server.world.application.id
    if one.original is not None:
        made.type, made.reference, made.reference_id = REPLY, one.original, one.original.id
    placed(server, one, made)
    return server.message_json(made)


def _edit(call: Call, message: Message) -> Json:
    first = message.loading
    revise(call.server, message, call.draft())
    if not first:
        message.edited = call.server.clock.now()
    call.server.events.message("MESSAGE_UPDATE", message)
    return call.server.message_json(message)


def _remove(call: Call, message: Message) -> None:
    message.deleted = True
    message.channel.messages.pop(message.id, None)
    call.server.events.message_delete(message)


@table.route("GET", ORIGINAL, open=True)
def get_original(call: Call) -> Json:
    return call.server.message_json(_original(call)[1])


@table.route("PATCH", ORIGINAL, open=True)
def edit_original(call: Call) -> Json:
    one, message = _original(call)
    if message is one.source:
        one.source_updated = True
    return _edit(call, message)


@table.route("DELETE", ORIGINAL, open=True)
def delete_original(call: Call) -> None:
    _remove(call, _original(call)[1])


@table.route("GET", ONE, open=True)
def get_one(call: Call) -> Json:
    return call.server.message_json(_message(call)[1])


@table.route("PATCH", ONE, open=True)
def edit_one(call: Call) -> Json:
    one, message = _message(call)
    if message is one.source:
        one.source_updated = True
    return _edit(call, message)


@table.route("DELETE", ONE, open=True)
def delete_one(call: Call) -> None:
    _remove(call, _message(call)[1])
