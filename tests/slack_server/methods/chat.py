"""chat.*: posting, private replies, changing, deleting, permalinks."""

from tests.slack_server import posting
from tests.slack_server.methods.call import Call, Method
from tests.slack_server.wire import Json, Refusal
from tests.slack_server.world import Channel, Message


def _destination(call: Call) -> Channel:
    """The channel to write to; a person's id means the direct conversation with them."""
    given = call.required("channel", "channel_not_found")
    user = call.workspace.users.get(given)
    if user is None:
        channel = call.channel(by_name=True)
    elif user.is_bot or user.dms_refused_with == "cannot_dm_bot":
        raise Refusal("cannot_dm_bot")
    elif user.deleted or (user.dms_refused_with or "is_archived") != "is_archived":
        raise Refusal("channel_not_found")
    else:
        channel = call.world.open_im(call.workspace, user)
    if channel.archived:
        raise Refusal("is_archived")
    if channel.kind == "im":
        _direct(call, channel)
    elif call.workspace.bot.id not in channel.members:
        if channel.kind == "public" and "chat:write.public" in call.workspace.scopes:
            return channel
        raise Refusal("not_in_channel")
    return channel


def _direct(call: Call, channel: Channel) -> None:
    if not call.world.app.messages_tab:
        raise Refusal("messages_tab_disabled")
    partner = call.workspace.users[channel.partner or ""]
    if partner.dms_refused_with == "is_archived" or partner.deleted:
        raise Refusal("is_archived")


def _content(call: Call, most: int = posting.MOST_TEXT) -> tuple[str, list[Json]]:
    raw = call.structure("blocks", "invalid_blocks_format")
    blocks = posting.checked_blocks(raw)
    text = call.text("text") or call.text("markdown_text")
    other = bool(call.args.get("attachments"))
    return posting.checked_text(text, blocks, most=most, other=other), blocks


def _thread(call: Call, channel: Channel) -> str | None:
    thread = call.text("thread_ts") or None
    if thread is not None and channel.message(thread) is None:
        raise Refusal("thread_not_found")
    return thread


def _names_linked(call: Call) -> bool:
    return call.flag("link_names") or call.text("parse") == "full"


def post_message(call: Call) -> Json:
    """Post as the bot."""
    channel = _destination(call)
    text, blocks = _content(call)
    thread = _thread(call, channel)
    call.server.pace.check(channel.id)
    message = Message(
        ts=call.world.new_ts(),
        channel=channel.id,
        user=call.workspace.bot.id,
        text=text,
        blocks=blocks,
        bot=True,
        thread_ts=thread,
        metadata=call.structure("metadata"),
    )
    posting.post(call.server, call.workspace, channel, message)
    posting.note_pings(message, names_linked=_names_linked(call))
    call.recorded.pings = message.pings
    shape = posting.as_json(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def post_ephemeral(call: Call) -> Json:
    """A private reply: one person sees it until they reload, and it cannot be changed later."""
    channel = _destination(call)
    user = call.workspace.users.get(call.required("user"))
    if user is None or user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = _content(call)
    message = Message(
        ts=call.world.new_ts(),
        channel=channel.id,
        user=call.workspace.bot.id,
        text=text,
        blocks=blocks,
        bot=True,
        thread_ts=_thread(call, channel),
        only_for=user.id,
    )
    posting.post(call.server, call.workspace, channel, message)
    call.recorded.pings = message.pings
    return {"message_ts": message.ts}


def _own(call: Call, refusal: str) -> tuple[Channel, Message]:
    channel = call.channel()
    message = channel.message(call.required("ts"))
    if message is None:
        raise Refusal("message_not_found")
    if message.user != call.workspace.bot.id:
        raise Refusal(refusal)
    return channel, message


def update(call: Call) -> Json:
    """Change one of the bot's own messages. Text without blocks takes the blocks away."""
    channel, message = _own(call, "cant_update_message")
    if channel.archived:
        raise Refusal("is_inactive")
    text, blocks = _content(call, posting.MOST_TEXT_IN_UPDATE)
    if "blocks" not in call.args and not text:
        blocks = message.blocks
    posting.change(call.server, message, text, blocks)
    posting.note_pings(message, names_linked=_names_linked(call))
    call.recorded.pings = message.pings
    shape = posting.as_json(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": shape}


def delete(call: Call) -> Json:
    """Delete one of the bot's own messages; never anybody else's."""
    channel, message = _own(call, "cant_delete_message")
    posting.remove(call.server, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """The web address of a message."""
    channel = call.channel()
    message = channel.message(call.required("message_ts"))
    if message is None:
        raise Refusal("message_not_found")
    host = f"https://{call.workspace.domain}.slack.com"
    link = f"{host}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
}
