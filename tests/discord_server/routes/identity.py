"""Who the bot is, where its gateway is, and the opening of direct channels."""

from tests.discord_server import permissions, refusal, wire
from tests.discord_server.api import Call, Table
from tests.discord_server.refusal import FormErrors
from tests.discord_server.world import Json

table = Table()


@table.route("GET", "/gateway", open=True, rated=False)
def gateway(call: Call) -> Json:
    return {"url": call.server.gateway_url}


@table.route("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Json:
    return {
        "url": call.server.gateway_url,
        "shards": 1,
        "session_start_limit": {
            "total": 1000,
            "remaining": 1000,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }


@table.route("GET", "/users/@me")
def me(call: Call) -> Json:
    return wire.me(call.world.application)


@table.route("GET", "/users/{user_id}")
def user(call: Call) -> Json:
    found = call.world.users.get(call.id("user_id"))
    if found is None:
        raise refusal.unknown_user()
    return wire.user(found)


@table.route("GET", "/oauth2/applications/@me")
@table.route("GET", "/applications/@me")
def application(call: Call) -> Json:
    return wire.application(call.world.application)


@table.route("GET", "/users/@me/guilds")
def guilds(call: Call) -> list[Json]:
    bot = call.world.bot.id
    return [
        {
            "id": str(g.id),
            "name": g.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(permissions.in_guild(g.members[bot], g)),
            "features": [],
        }
        for g in call.world.guilds.values()
        if bot in g.members
    ]


@table.route("POST", "/users/@me/channels")
def open_direct(call: Call) -> Json:
    """Opening succeeds even where sending will be refused; too many new ones are refused."""
    raw = call.body.get("recipient_id")
    if raw is None or not str(raw).isdigit():
        form = FormErrors()
        if raw is None:
            form.required(("recipient_id",))
        else:
            message = f'Value "{raw}" is not snowflake.'
            form.add(("recipient_id",), "NUMBER_TYPE_COERCE", message)
        form.raise_if_any()
    person = call.world.users.get(int(str(raw)))
    if person is None:
        raise refusal.unknown_user()
    if person is call.world.bot:
        raise refusal.cannot_message_user()
    if call.world.direct(person) is None:
        call.server.count_new_direct()
    return wire.channel(call.world.open_direct(person))
