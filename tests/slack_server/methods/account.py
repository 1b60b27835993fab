"""auth.test, apps.connections.open, team.info: who am I and where do I connect."""

from tests.slack_server.methods.call import Call, Method
from tests.slack_server.wire import Json, Refusal


def auth_test(call: Call) -> Json:
    """Who the token belongs to."""
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    """An address for one websocket."""
    if "connections:write" not in call.world.app.app_scopes:
        provided = ",".join(sorted(call.world.app.app_scopes))
        raise Refusal("missing_scope", needed="connections:write", provided=provided)
    return {"url": call.server.sockets.new_address()}


def team_info(call: Call) -> Json:
    """The workspace."""
    workspace = call.workspace
    asked = call.text("team") or workspace.id
    if asked != workspace.id:
        raise Refusal("team_not_found")
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain}}


METHODS = {
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(connections_open, token="app"),
    "team.info": Method(team_info, ("team:read",)),
}
