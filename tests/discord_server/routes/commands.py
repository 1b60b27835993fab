"""Application commands: reading and registering them, globally and per server."""

from tests.discord_server import refusal
from tests.discord_server.api import Call, Table
from tests.discord_server.checks.commands import CHAT, MESSAGE, USER, check_command, check_commands
from tests.discord_server.refusal import FormErrors
from tests.discord_server.world import Json

table = Table()
GLOBAL = "/applications/{application_id}/commands"
LOCAL = "/applications/{application_id}/guilds/{guild_id}/commands"


def _store(call: Call) -> tuple[dict[int, Json], int | None]:
    """The commands of the path's scope, and the server if there is one."""
    if call.id("application_id") != call.world.application.id:
        raise refusal.unknown_application()
    if "guild_id" not in call.ids:
        return call.world.global_commands, None
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None or call.world.bot.id not in guild.members:
        raise refusal.missing_access()
    return call.world.guild_commands.setdefault(guild.id, {}), guild.id


def _complete(call: Call, raw: Json, guild_id: int | None, old: Json | None) -> Json:
    """A registered command as Discord gives it back: ids, version and every default."""
    kind = raw.get("type") or CHAT
    made: Json = {
        "application_id": str(call.world.application.id),
        "type": kind,
        "name": raw["name"],
        "name_localizations": raw.get("name_localizations"),
        "description": raw.get("description") or "",
        "description_localizations": raw.get("description_localizations"),
        "default_member_permissions": None,
        "nsfw": bool(raw.get("nsfw")),
        "options": [_option(o) for o in raw.get("options") or []],
    }
    if raw.get("default_member_permissions") is not None:
        made["default_member_permissions"] = str(raw["default_member_permissions"])
    if guild_id is not None:
        made["guild_id"] = str(guild_id)
    else:
        made["contexts"] = raw.get("contexts")
        made["integration_types"] = raw.get("integration_types") or [0]
        allowed = raw.get("contexts")
        made["dm_permission"] = raw.get("dm_permission", True) and (allowed is None or 1 in allowed)
    if old is not None and {k: v for k, v in old.items() if k not in ("id", "version")} == made:
        return old
    made["id"] = old["id"] if old else str(call.world.ids.next())
    made["version"] = str(call.world.ids.next())
    return made


def _option(raw: Json) -> Json:
    """Defaults are left out and empty localisations come back as null-less, as with Discord."""
    out = {k: v for k, v in raw.items() if v not in (None, False, [], {})}
    for key in ("min_value", "max_value", "min_length", "max_length"):
        if raw.get(key) is not None:
            out[key] = raw[key]
    if "options" in out:
        out["options"] = [_option(o) for o in raw["options"]]
    return out


def _in_one_language(raw: Json) -> Json:
    kept = {key: value for key, value in raw.items() if not key.endswith("_localizations")}
    for key in ("options", "choices"):
        if key in kept:
            kept[key] = [_in_one_language(each) for each in kept[key]]
    return kept


@table.route("GET", GLOBAL)
@table.route("GET", LOCAL)
def listed(call: Call) -> list[Json]:
    """Without `with_localizations` Discord leaves out what is said in other languages."""
    store, _ = _store(call)
    if call.query.get("with_localizations", "").lower() in ("1", "true"):
        return list(store.values())
    return [_in_one_language(each) for each in store.values()]


@table.route("PUT", GLOBAL)
@table.route("PUT", LOCAL)
def replace(call: Call) -> list[Json]:
    store, guild_id = _store(call)
    form = FormErrors()
    commands = form.items((), call.request.body, 0, 10_000)
    form.raise_if_any()
    _count(call, commands)
    check_commands(form, call.server.limits, commands)
    form.raise_if_any()
    old = {(c["type"], c["name"]): c for c in store.values()}
    made = [
        _complete(call, c, guild_id, old.get((c.get("type") or CHAT, c["name"]))) for c in commands
    ]
    store.clear()
    store.update({int(c["id"]): c for c in made})
    call.server.changed()
    return made


@table.route("POST", GLOBAL)
@table.route("POST", LOCAL)
def create(call: Call) -> tuple[int, Json]:
    store, guild_id = _store(call)
    form = FormErrors()
    check_command(form, call.server.limits, call.body)
    form.raise_if_any()
    kind, name = call.body.get("type") or CHAT, call.body["name"]
    old = next((c for c in store.values() if (c["type"], c["name"]) == (kind, name)), None)
    _count(call, [*(c for c in store.values() if c is not old), call.body])
    made = _complete(call, call.body, guild_id, old)
    store[int(made["id"])] = made
    call.server.changed()
    return (200 if old else 201), made


@table.route("DELETE", GLOBAL + "/{command_id}")
@table.route("DELETE", LOCAL + "/{command_id}")
def delete(call: Call) -> None:
    store, _ = _store(call)
    if store.pop(call.id("command_id"), None) is None:
        raise refusal.unknown_command()


@table.route("GET", GLOBAL + "/{command_id}")
@table.route("GET", LOCAL + "/{command_id}")
def one(call: Call) -> Json:
    store, _ = _store(call)
    found = store.get(call.id("command_id"))
    if found is None:
        raise refusal.unknown_command()
    return found


def _count(call: Call, commands: list[Json]) -> None:
    limits = call.server.limits
    kinds = [c.get("type") or CHAT for c in commands if isinstance(c, dict)]
    if kinds.count(CHAT) > limits.commands:
        raise refusal.too_many_commands()
    if max(kinds.count(USER), kinds.count(MESSAGE)) > limits.context_commands:
        raise refusal.too_many_commands()
