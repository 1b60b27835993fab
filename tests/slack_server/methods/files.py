"""files.*: the two-step upload, looking at files and deleting them."""

from tests.slack_server import posting
from tests.slack_server.methods.call import Call, Method
from tests.slack_server.wire import Json, Refusal
from tests.slack_server.world import Channel, Message, StoredFile


def get_upload_address(call: Call) -> Json:
    """An address to post the bytes to, and the id the file will have."""
    name = call.required("filename")
    length = call.number("length", 0)
    if length < 1:
        raise Refusal("invalid_arguments")
    file = call.server.files.new(call.workspace, call.workspace.bot.id, name)
    file.announced_length = length
    file.alt_txt = call.text("alt_txt") or None
    return {"upload_url": call.server.files.upload_address(file), "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Finish uploads and share them. The answer tells no message timestamp."""
    wanted = call.structure("files")
    if not isinstance(wanted, list) or not wanted:
        raise Refusal("invalid_arguments")
    finished = [_finish(call, item) for item in wanted]
    names = [name for name in (call.text("channel_id"), *call.text("channels").split(",")) if name]
    channels = [_shareable(call, name) for name in names]
    for file in finished:
        file.complete = True
    for channel in channels:
        _share(call, channel, finished)
    call.world.bell.ring()
    return {"files": [{"id": file.id, "title": file.title} for file in finished]}


def _finish(call: Call, item: Json) -> StoredFile:
    file = call.workspace.files.get(str(item.get("id", "")))
    if file is None or file.user != call.workspace.bot.id or not file.uploaded or file.complete:
        raise Refusal("file_not_found")
    file.title = str(item.get("title") or file.name)
    return file


def _shareable(call: Call, name: str) -> Channel:
    channel = call.workspace.channels.get(name)
    bot = call.workspace.bot.id
    if channel is None or (channel.kind != "public" and bot not in channel.members):
        raise Refusal("channel_not_found")
    if bot not in channel.members:
        raise Refusal("not_in_channel")
    if channel.archived:
        raise Refusal("is_archived")
    return channel


def _share(call: Call, channel: Channel, files: list[StoredFile]) -> None:
    for file in files:
        file.visible_in.add(channel.id)
    comment = call.text("initial_comment")
    blocks = [] if comment else posting.checked_blocks(call.structure("blocks"))
    message = Message(
        ts=call.world.new_ts(),
        channel=channel.id,
        user=call.workspace.bot.id,
        text=comment,
        blocks=blocks,
        bot=True,
        thread_ts=call.text("thread_ts") or None,
        files=[file.id for file in files],
    )
    posting.post(call.server, call.workspace, channel, message)
    call.recorded.pings = message.pings


def _seen(call: Call) -> StoredFile:
    file = call.workspace.files.get(call.required("file", "file_not_found"))
    if file is None or not call.server.files.app_may_see(call.workspace, file):
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_deleted")
    return file


def info(call: Call) -> Json:
    """One file."""
    return {"file": call.server.files.as_json(_seen(call)), "comments": []}


def delete(call: Call) -> Json:
    """Delete a file of the bot's own."""
    file = _seen(call)
    if file.user != call.workspace.bot.id:
        raise Refusal("cant_delete_file")
    file.deleted, file.content = True, b""
    call.world.bell.ring()
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_address, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
    "files.delete": Method(delete, ("files:write",)),
}
