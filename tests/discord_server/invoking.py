"""From "/hours list" and options to the data of an interaction, as strict as Discord's client.

A command that is not registered, a missing required option, a wrong type or a value outside the
choices raises `NotOffered`: a person could not have sent it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import permissions, wire, wire_messages
from tests.discord_server.composing import store_file
from tests.discord_server.permissions import Can
from tests.discord_server.turn import NotOffered
from tests.discord_server.world import Channel, Guild, Json, Role, User

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

SUB, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
PERSON, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11


@dataclass(frozen=True)
class Upload:
    """A file that a person picks."""

    data: bytes
    filename: str
    description: str | None = None


@dataclass
class Resolved:
    """The people, roles, channels and files that values name."""

    server: "DiscordServer"
    channel: Channel
    parts: dict[str, Json] = field(default_factory=dict)

    def add(self, value: object) -> str:
        """Note this value and return its id; raises NotOffered for anything without one."""
        value = getattr(value, "user", value)
        guild = self.channel.guild
        if isinstance(value, User):
            self.parts.setdefault("users", {})[str(value.id)] = wire.user(value)
            if guild and (member := guild.members.get(value.id)):
                bits = permissions.in_channel(member, self.channel)
                seen = {**wire.member(member, with_user=False), "permissions": str(bits)}
                self.parts.setdefault("members", {})[str(value.id)] = seen
        elif isinstance(value, Role):
            self.parts.setdefault("roles", {})[str(value.id)] = wire.role(value)
        elif isinstance(value, Channel):
            seen = {**wire.channel(value), "permissions": str(permissions.EVERYTHING)}
            self.parts.setdefault("channels", {})[str(value.id)] = seen
        elif isinstance(value, Upload):
            stored = store_file(
                self.server,
                self.channel,
                value.data,
                value.filename,
                description=value.description,
                ephemeral=True,
            )
            life = self.server.limits.attachment_link_seconds
            seen = wire_messages.attachment(
                stored, self.server.cdn_url, self.server.clock.now(), life
            )
            self.parts.setdefault("attachments", {})[str(stored.id)] = seen
            return str(stored.id)
        else:
            raise NotOffered(f"{value!r} is nobody, no role, no channel and no file")
        return str(value.id)


def find_command(
    server: "DiscordServer", user: User, name: str, channel: Channel, kind: int = 1
) -> Json:
    """The registered command of this name that this person sees in this channel."""
    guild = channel.guild
    found = next(
        (c for c in server.world.commands_for(guild) if (c["type"], c["name"]) == (kind, name)),
        None,
    )
    if found is None:
        known = sorted(c["name"] for c in server.world.commands_for(guild) if c["type"] == kind)
        raise NotOffered(f"no command {name!r} is registered here; there are {known}")
    _permitted(server, user, found, guild, channel)
    return found


def _permitted(
    server: "DiscordServer", user: User, command: Json, guild: Guild | None, channel: Channel
) -> None:
    name, contexts = command["name"], command.get("contexts")
    if contexts is not None and (0 if guild else 1) not in contexts:
        raise NotOffered(f"{name!r} is not offered {'in servers' if guild else 'in direct'}")
    if guild is None:
        if not command.get("dm_permission", True):
            raise NotOffered(f"{name!r} is not offered in direct messages")
        if not server.world.mutual(user):
            raise NotOffered("this person shares no server with the bot")
        return
    if server.world.bot.id not in guild.members:
        raise NotOffered("the bot is not in this server")
    bits = permissions.in_channel(guild.members[user.id], channel)
    if not bits & Can.VIEW_CHANNEL or not bits & Can.USE_APPLICATION_COMMANDS:
        raise NotOffered(f"commands cannot be used in #{channel.name}")
    wanted = command.get("default_member_permissions")
    if wanted is not None:
        lacking = int(wanted) & ~bits if int(wanted) else not bits & Can.ADMINISTRATOR
        if lacking:
            raise NotOffered(f"{name!r} is not offered: it needs permissions {wanted}")


def find_leaf(command: Json, words: list[str]) -> list[Json]:
    """The option objects from the command's subcommand group down to its subcommand."""
    path: list[Json] = []
    node = command
    for word in words:
        inner = next(
            (o for o in node.get("options", []) if o["name"] == word and o["type"] in (SUB, GROUP)),
            None,
        )
        if inner is None:
            raise NotOffered(f"{command['name']!r} has no subcommand {' '.join(words)!r}")
        path.append(inner)
        node = inner
    if any(o["type"] in (SUB, GROUP) for o in node.get("options", [])):
        raise NotOffered(f"{node['name']!r} has subcommands and cannot be used itself")
    return path


def build_options(
    leaf: Json, values: dict[str, Any], resolved: Resolved, *, focused: str | None = None
) -> list[Json]:
    """The option values of one command; while completing (`focused`) others may be missing."""
    declared = {o["name"]: o for o in leaf.get("options", [])}
    if unknown := set(values) - set(declared):
        raise NotOffered(f"{leaf['name']!r} has no option {sorted(unknown)}; {sorted(declared)}")
    out: list[Json] = []
    for name, option in declared.items():
        if name not in values:
            if option.get("required") and focused is None:
                raise NotOffered(f"{leaf['name']!r} needs {name!r}")
            continue
        if name == focused:
            out.append({**_typed(option, str(values[name])), "focused": True})
        else:
            out.append(_typed(option, _value(option, values[name], resolved)))
    return out


def _typed(option: Json, value: object) -> Json:
    return {"name": option["name"], "type": option["type"], "value": value}


def _value(option: Json, value: Any, resolved: Resolved) -> object:
    kind, name = option["type"], option["name"]
    if kind in (PERSON, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT):
        _right_thing(option, getattr(value, "user", value))
        return resolved.add(value)
    if choices := option.get("choices"):
        for choice in choices:
            if value in (choice["value"], choice["name"]):
                return choice["value"]
        raise NotOffered(f"{value!r} is no choice of {name!r}: {[c['name'] for c in choices]}")
    wanted = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}[kind]
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotOffered(f"{name!r} cannot take {value!r}")
    if isinstance(value, str):
        low, high = option.get("min_length", 0), option.get("max_length", 6000)
        if not max(low, 1) <= len(value) <= high:
            raise NotOffered(f"{name!r} takes {low} to {high} characters, not {len(value)}")
    elif kind in (INTEGER, NUMBER):
        low, high = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
        if not low <= value <= high:
            raise NotOffered(f"{name!r} takes {low} to {high}, not {value}")
    return value


def _right_thing(option: Json, value: object) -> None:
    kind = option["type"]
    wanted = {
        PERSON: User,
        CHANNEL: Channel,
        ROLE: Role,
        MENTIONABLE: (User, Role),
        ATTACHMENT: Upload,
    }[kind]
    if not isinstance(value, wanted):
        raise NotOffered(f"{option['name']!r} cannot take {value!r}")
    types = option.get("channel_types")
    if isinstance(value, Channel) and types and value.type not in types:
        raise NotOffered(f"{option['name']!r} takes no channel of type {value.type}")


def nest(path: list[Json], options: list[Json]) -> list[Json]:
    """Wrap option values into their subcommand and group."""
    for step in reversed(path):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    return options
