"""Messages in channels: sending, reading, changing, deleting, pinning."""

from tests.discord_server import refusal
from tests.discord_server.api import Call, Table
from tests.discord_server.composing import compose, revise
from tests.discord_server.permissions import Can
from tests.discord_server.refusal import FormErrors
from tests.discord_server.routes import access
from tests.discord_server.world import CATEGORY, FORUM, Channel, Json, Message

table = Table()
ALL = "/channels/{channel_id}/messages"
ONE = ALL + "/{message_id}"
PINS = ALL + "/pins"


@table.route("POST", ALL)
def send(call: Call) -> Json:
    place = access.channel(call)
    if place.type == FORUM:
        raise refusal.forum_channel()
    if place.type == CATEGORY:
        raise refusal.non_text_channel()
    wanted = Can.SEND_MESSAGES_IN_THREADS if place.is_thread else Can.SEND_MESSAGES
    access.need(call, place, wanted)
    if call.request.files:
        access.need(call, place, Can.ATTACH_FILES)
    if call.body.get("embeds"):
        access.need(call, place, Can.EMBED_LINKS)
    if place.is_thread and place.archived:
        if place.locked:
            raise refusal.archived_thread()
        place.archived = False
    made = compose(call.server, place, call.world.bot, call.draft())
    access.reachable(call, place)
    if before := _same_nonce(call, place, made):
        return call.server.message_json(before)
    _reference(call, place, made)
    made.application_id = call.world.application.id
    _only_permitted_pings(call, place, made)
    place.messages[made.id] = made
    call.server.events.message("MESSAGE_CREATE", made)
    return call.server.message_json(made)


def _only_permitted_pings(call: Call, place: Channel, made: Message) -> None:
    """Everyone, and roles that are not mentionable, need a permission; without it nobody rings."""
    if access.bot_permissions(call, place) & Can.MENTION_EVERYONE:
        return
    made.mention_everyone = False
    roles = place.guild.roles if place.guild else {}
    made.mention_roles = [r for r in made.mention_roles if r in roles and roles[r].mentionable]


def _same_nonce(call: Call, place: Channel, made: Message) -> Message | None:
    if made.nonce is None or not call.body.get("enforce_nonce"):
        return None
    since = made.created.timestamp() - call.server.limits.nonce_seconds
    return next(
        (
            m
            for m in place.messages.values()
            if m.nonce == made.nonce and m.author is made.author and m.created.timestamp() > since
        ),
        None,
    )


def _reference(call: Call, place: Channel, made: Message) -> None:
    reference = call.body.get("message_reference")
    if not reference:
        return
    access_bits = access.bot_permissions(call, place)
    if not access_bits & Can.READ_MESSAGE_HISTORY:
        raise refusal.no_history_for_reply()
    target = place.messages.get(int(reference.get("message_id") or 0))
    if target is None or target.ephemeral_to is not None:
        if reference.get("fail_if_not_exists", True):
            form = FormErrors()
            form.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            form.raise_if_any()
        return
    made.type, made.reference, made.reference_id = 19, target, target.id
    allowed = call.body.get("allowed_mentions")
    if (allowed is None or allowed.get("replied_user")) and target.author not in made.mentions:
        made.mentions.append(target.author)


@table.route("GET", ALL)
def history(call: Call) -> list[Json]:
    """Newest first; empty, not refused, where the bot may not read back."""
    place = access.channel(call)
    form = FormErrors()
    limit = call.query.get("limit", "50")
    if not limit.isdigit() or not 1 <= int(limit) <= 100:
        form.add(("limit",), "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    form.raise_if_any()
    if not access.bot_permissions(call, place) & Can.READ_MESSAGE_HISTORY:
        return []
    found = [m for m in place.messages.values() if m.ephemeral_to is None]
    if "after" in call.query:
        after = sorted((m for m in found if m.id > int(call.query["after"])), key=lambda m: m.id)
        found = after[: int(limit)]
    if "before" in call.query:
        found = [m for m in found if m.id < int(call.query["before"])]
    found.sort(key=lambda m: m.id, reverse=True)
    return [_readable(call, m) for m in found[: int(limit)]]


@table.route("GET", ONE)
def one(call: Call) -> Json:
    place = access.channel(call)
    if not access.bot_permissions(call, place) & Can.READ_MESSAGE_HISTORY:
        raise refusal.missing_access()
    return _readable(call, access.message(call, place))


def _readable(call: Call, message: Message) -> Json:
    granted = bool(call.world.application.privileged_intents & (1 << 15))
    return call.server.message_json(message, content=granted)


@table.route("PATCH", ONE)
def edit(call: Call) -> Json:
    place = access.channel(call)
    message = access.message(call, place)
    if message.author is not call.world.bot:
        raise refusal.not_the_author()
    if place.archived:
        raise refusal.archived_thread()
    _old_edit(call, message)
    revise(call.server, message, call.draft())
    message.edited = call.server.clock.now()
    call.server.events.message("MESSAGE_UPDATE", message)
    return call.server.message_json(message)


def _old_edit(call: Call, message: Message) -> None:
    """30046 after so many edits of a message older than an hour."""
    limits, now = call.server.limits, call.server.clock.now().timestamp()
    if now - message.created.timestamp() < limits.old_message_seconds:
        return
    message.edits = [t for t in message.edits if t > now - limits.old_message_seconds]
    if len(message.edits) >= limits.old_message_edits:
        raise refusal.too_many_old_edits()
    message.edits.append(now)


@table.route("DELETE", ONE)
def delete(call: Call) -> None:
    place = access.channel(call)
    message = access.message(call, place)
    if message.author is not call.world.bot:
        if place.guild is None:
            raise refusal.not_on_dm_channel()
        access.need(call, place, Can.MANAGE_MESSAGES)
    message.deleted = True
    del place.messages[message.id]
    call.server.events.message_delete(message)


@table.route("GET", PINS)
def pins(call: Call) -> Json:
    place = access.channel(call)
    if not access.bot_permissions(call, place) & Can.READ_MESSAGE_HISTORY:
        return {"items": [], "has_more": False}
    found = sorted(
        ((m.pinned_at, m) for m in place.messages.values() if m.pinned_at is not None),
        key=lambda pair: pair[0],
        reverse=True,
    )
    limit = int(call.query.get("limit", "50"))
    items = [
        {"pinned_at": at.isoformat(), "message": _readable(call, message)}
        for at, message in found[:limit]
    ]
    return {"items": items, "has_more": len(found) > limit}


@table.route("PUT", PINS + "/{message_id}")
def pin(call: Call) -> None:
    place = access.channel(call)
    access.need(call, place, Can.PIN_MESSAGES)
    message = access.message(call, place)
    if message.pinned_at is None:
        if sum(m.pinned_at is not None for m in place.messages.values()) >= call.server.limits.pins:
            raise refusal.too_many_pins()
        message.pinned_at = call.server.clock.now()
        call.server.events.pins(place)


@table.route("DELETE", PINS + "/{message_id}")
def unpin(call: Call) -> None:
    place = access.channel(call)
    access.need(call, place, Can.PIN_MESSAGES)
    message = access.message(call, place)
    message.pinned_at = None
    call.server.events.pins(place)
