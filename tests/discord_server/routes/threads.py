"""Threads: opening one beside a message or on its own, joining, changing."""

from tests.discord_server import refusal, wire
from tests.discord_server.api import Call, Table
from tests.discord_server.permissions import Can
from tests.discord_server.refusal import FormErrors
from tests.discord_server.routes import access
from tests.discord_server.world import (
    HAS_THREAD,
    NEWS,
    NEWS_THREAD,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    THREADS,
    Channel,
    Json,
)

table = Table()
DURATIONS = (60, 1440, 4320, 10080)


def _open(call: Call, parent: Channel, kind: int, identifier: int) -> Channel:
    if parent.guild is None or parent.is_thread:
        raise refusal.not_on_dm_channel()
    form = FormErrors()
    name = form.text(("name",), call.body.get("name"), 1, 100, required=True)
    duration = call.body.get("auto_archive_duration") or 1440
    if duration not in DURATIONS:
        form.choices(("auto_archive_duration",), DURATIONS)
    form.raise_if_any()
    private = kind == PRIVATE_THREAD
    access.need(call, parent, Can.CREATE_PRIVATE_THREADS if private else Can.CREATE_PUBLIC_THREADS)
    thread = Channel(
        identifier,
        kind,
        name or "",
        parent.guild,
        parent,
        owner_id=call.world.bot.id,
        auto_archive=duration,
        created=call.server.clock.now(),
        members={call.world.bot.id},
    )
    call.world.channels[thread.id] = thread
    parent.guild.channels[thread.id] = thread
    call.server.events.channel("THREAD_CREATE", thread)
    return thread


@table.route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def from_message(call: Call) -> tuple[int, Json]:
    parent = access.channel(call)
    message = access.message(call, parent)
    if message.thread is not None:
        raise refusal.thread_exists()
    kind = NEWS_THREAD if parent.type == NEWS else PUBLIC_THREAD
    message.thread = _open(call, parent, kind, message.id)
    message.flags |= HAS_THREAD
    call.server.events.message("MESSAGE_UPDATE", message)
    return 201, wire.channel(message.thread)


@table.route("POST", "/channels/{channel_id}/threads")
def alone(call: Call) -> tuple[int, Json]:
    parent = access.channel(call)
    kind = call.body.get("type", PRIVATE_THREAD)
    if kind not in THREADS:
        form = FormErrors()
        form.choices(("type",), THREADS)
        form.raise_if_any()
    return 201, wire.channel(_open(call, parent, kind, call.world.ids.next()))


@table.route("PUT", "/channels/{channel_id}/thread-members/{user_id}")
def add_member(call: Call) -> None:
    thread = access.channel(call)
    access.need(call, thread, Can.SEND_MESSAGES_IN_THREADS)
    if thread.archived:
        raise refusal.archived_thread()
    if thread.guild is None or call.id("user_id") not in thread.guild.members:
        raise refusal.unknown_user()
    thread.members.add(call.id("user_id"))


@table.route("PATCH", "/channels/{channel_id}")
def change(call: Call) -> Json:
    place = access.channel(call)
    if not place.is_thread or place.owner_id != call.world.bot.id:
        access.need(call, place, Can.MANAGE_THREADS if place.is_thread else Can.MANAGE_CHANNELS)
    form = FormErrors()
    name = form.text(("name",), call.body.get("name"), 1, 100)
    form.text(("topic",), call.body.get("topic"), 0, 1024)
    form.raise_if_any()
    place.name = name or place.name
    place.archived = bool(call.body.get("archived", place.archived))
    place.locked = bool(call.body.get("locked", place.locked))
    place.topic = call.body.get("topic", place.topic)
    event = "THREAD_UPDATE" if place.is_thread else "CHANNEL_UPDATE"
    call.server.events.channel(event, place)
    return wire.channel(place)
