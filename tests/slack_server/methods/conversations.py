"""conversations.*: channels and direct conversations."""

from tests.slack_server.methods.call import READ_SCOPES, Call, Method
from tests.slack_server.wire import Json, Refusal
from tests.slack_server.world import Channel

_KIND_OF_TYPE = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}


def _as_json(call: Call, channel: Channel) -> Json:
    shape: Json = {
        "id": channel.id,
        "created": 1700000000,
        "is_im": channel.kind == "im",
        "is_archived": channel.archived,
        "context_team_id": channel.team,
    }
    if channel.kind == "im":
        return {**shape, "user": channel.partner, "is_open": True}
    return {
        **shape,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_member": call.workspace.bot.id in channel.members,
        "is_general": channel.name == "general",
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }


def open_(call: Call) -> Json:
    """Open or resume the direct conversation with one person."""
    if call.text("channel"):
        channel = call.channel()
        if channel.kind != "im":
            raise Refusal("method_not_supported_for_channel_type")
        return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}
    wanted = [name for name in call.text("users").split(",") if name]
    if not wanted:
        raise Refusal("users_list_not_supplied")
    if len(wanted) > 1:
        call.needs("mpim:write")
        raise Refusal("invalid_user_combination")
    user = call.workspace.users.get(wanted[0])
    if user is None:
        raise Refusal("user_not_found")
    if user.is_bot:
        raise Refusal("cannot_dm_bot")
    if user.deleted:
        raise Refusal("user_disabled")
    if user.dms_refused_with and user.dms_refused_with != "is_archived":
        raise Refusal(user.dms_refused_with)
    known = call.workspace.im(user.id) is not None
    if not known and call.flag("prevent_creation"):
        raise Refusal("channel_not_found")
    channel = call.world.open_im(call.workspace, user)
    shape = _as_json(call, channel) if call.flag("return_im") else {"id": channel.id}
    answer: Json = {"channel": shape}
    if known:
        answer |= {"no_op": True, "already_open": True}
    return answer


def info(call: Call) -> Json:
    """One channel."""
    channel = call.channel()
    call.needs(READ_SCOPES[channel.kind])
    shape = _as_json(call, channel)
    if call.flag("include_num_members"):
        shape["num_members"] = len(channel.members)
    return {"channel": shape}


def list_(call: Call) -> Json:
    """Channels the bot may see, in pages."""
    types = (call.text("types") or "public_channel").split(",")
    kinds = [_KIND_OF_TYPE.get(name.strip()) for name in types]
    if None in kinds:
        raise Refusal("invalid_types")
    for kind in kinds:
        call.needs(READ_SCOPES.get(kind or "", "mpim:read"))
    bot = call.workspace.bot.id
    found = [
        _as_json(call, channel)
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or bot in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    return call.page(found, "channels")


def members(call: Call) -> Json:
    """Who is in a channel, in pages."""
    channel = call.channel()
    call.needs(READ_SCOPES[channel.kind])
    return call.page(sorted(channel.members), "members")


def join(call: Call) -> Json:
    """Enter a public channel."""
    channel = call.channel()
    if channel.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    already = call.workspace.bot.id in channel.members
    channel.members.add(call.workspace.bot.id)
    call.world.bell.ring()
    answer: Json = {"channel": _as_json(call, channel)}
    return {**answer, "warning": "already_in_channel"} if already else answer


METHODS = {
    "conversations.open": Method(open_, ("im:write",)),
    "conversations.info": Method(info, ("channels:read",)),
    "conversations.list": Method(list_),
    "conversations.members": Method(members),
    "conversations.join": Method(join, ("channels:join",)),
}
