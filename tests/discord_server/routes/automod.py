"""AutoMod rules: kept per server, as Discord keeps them, and applied to what people write.

Patterns are read by Rust's `regex`, as Discord reads them; pydantic's core brings it along.
"""

from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from tests.discord_server import permissions, refusal
from tests.discord_server.api import Call, Table
from tests.discord_server.permissions import Can
from tests.discord_server.refusal import FormErrors
from tests.discord_server.routes import access
from tests.discord_server.world import Channel, Guild, Json, Member

table = Table()
ALL = "/guilds/{guild_id}/auto-moderation/rules"
ONE = ALL + "/{rule_id}"
KEYWORD, BLOCK = 1, 1
MOST = 6
"""Keyword rules of one server."""


def stopped(guild: Guild, channel: Channel, member: Member, text: str) -> str | None:
    """What somebody reads whose message a rule stops; None if it may appear."""
    if permissions.in_guild(member, guild) & Can.MANAGE_GUILD:
        return None
    place = channel.parent if channel.is_thread and channel.parent else channel
    for rule in guild.automod.values():
        roles = {str(role) for role in member.roles}
        if not rule["enabled"] or str(place.id) in rule["exempt_channels"]:
            continue
        if roles & set(rule["exempt_roles"]):
            continue
        if any(_matches(one, text) for one in rule["trigger_metadata"]["regex_patterns"]):
            return str(rule["actions"][0]["metadata"].get("custom_message") or "")
    return None


def _matches(pattern: str, text: str) -> bool:
    try:
        _reader(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


def _reader(pattern: str) -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])


def _checked(call: Call, guild: Guild, old: Json | None) -> Json:
    body, form = call.body, FormErrors()
    form.text(("name",), body.get("name"), 1, 100, required=old is None)
    metadata: Json = body.get("trigger_metadata") or {}
    patterns = form.items(
        ("trigger_metadata", "regex_patterns"), metadata.get("regex_patterns"), 0, 10
    )
    for place, pattern in enumerate(patterns):
        where = ("trigger_metadata", "regex_patterns", place)
        if form.text(where, pattern, 1, 260, required=True) is None:
            continue
        try:
            _reader(pattern)
        except SchemaError:
            form.add(where, "AUTO_MODERATION_INVALID_REGEX", "Invalid regex")
    for place, action in enumerate(body.get("actions") or []):
        said = (action.get("metadata") or {}).get("custom_message")
        form.text(("actions", place, "metadata", "custom_message"), said, 0, 150)
    _known(form, "exempt_roles", body, {str(one) for one in guild.roles}, 20)
    _known(form, "exempt_channels", body, {str(one) for one in guild.channels}, 50)
    form.raise_if_any()
    made = {
        "guild_id": str(guild.id),
        "creator_id": str(call.world.bot.id),
        "event_type": 1,
        "trigger_type": KEYWORD,
        "enabled": False,
        "exempt_roles": [],
        "exempt_channels": [],
        **(old or {}),
        **{key: value for key, value in body.items() if value is not None},
    }
    blank = {"keyword_filter": [], "regex_patterns": [], "allow_list": []}
    made["trigger_metadata"] = {**blank, **made.get("trigger_metadata", {})}
    made["actions"] = [
        {"type": one["type"], "metadata": one.get("metadata") or {}} for one in made["actions"]
    ]
    return made


def _known(form: FormErrors, field: str, body: Json, there: set[str], most: int) -> None:
    given = form.items((field,), body.get(field), 0, most)
    for place, one in enumerate(given):
        if str(one) not in there:
            form.add((field, place), "AUTO_MODERATION_INVALID_EXEMPTION", "Unknown")


@table.route("GET", ALL)
def listed(call: Call) -> list[Json]:
    guild = access.guild(call)
    access.need_in_guild(call, guild, Can.MANAGE_GUILD)
    return list(guild.automod.values())


@table.route("POST", ALL)
def create(call: Call) -> Json:
    guild = access.guild(call)
    access.need_in_guild(call, guild, Can.MANAGE_GUILD)
    if sum(one["trigger_type"] == KEYWORD for one in guild.automod.values()) >= MOST:
        form = FormErrors()
        code = "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED"
        form.add(("trigger_type",), code, "Maximum number of rules of this type reached")
        form.raise_if_any()
    made = _checked(call, guild, None)
    made["id"] = str(call.world.ids.next())
    guild.automod[int(made["id"])] = made
    call.server.changed()
    return made


@table.route("PATCH", ONE)
def change(call: Call) -> Json:
    guild, old = _one(call)
    guild.automod[int(old["id"])] = made = _checked(call, guild, old)
    call.server.changed()
    return made


@table.route("DELETE", ONE)
def delete(call: Call) -> None:
    guild, old = _one(call)
    del guild.automod[int(old["id"])]
    call.server.changed()


def _one(call: Call) -> tuple[Guild, Json]:
    guild = access.guild(call)
    access.need_in_guild(call, guild, Can.MANAGE_GUILD)
    found = guild.automod.get(call.id("rule_id"))
    if found is None:
        raise refusal.unknown_rule()
    return guild, found
