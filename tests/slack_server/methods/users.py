"""users.*: the people of a workspace."""

from tests.slack_server.methods.call import Call, Method
from tests.slack_server.wire import Json
from tests.slack_server.world import User, Workspace


def as_json(workspace: Workspace, user: User, *, locale: bool = False) -> Json:
    """A person as the Web API shows them to this app."""
    profile: Json = {"real_name": user.real_name, "display_name": user.name, "team": user.team}
    if "users:read.email" in workspace.scopes and user.email:
        profile["email"] = user.email
    shape: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 1700000000,
    }
    if user.deleted:
        return shape
    shape |= {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz_label,
        "tz_offset": user.tz_offset,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
    }
    return {**shape, "locale": user.locale} if locale else shape


def info(call: Call) -> Json:
    """One person."""
    locale = call.flag("include_locale")
    return {"user": as_json(call.workspace, call.user(), locale=locale)}


def list_(call: Call) -> Json:
    """Everybody, in pages."""
    locale = call.flag("include_locale")
    people = [
        as_json(call.workspace, user, locale=locale) for user in call.workspace.users.values()
    ]
    return {"cache_ts": int(call.world.now()), **call.page(people, "members")}


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(list_, ("users:read",)),
}
