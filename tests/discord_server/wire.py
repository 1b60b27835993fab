"""World records as the JSON that Discord sends: shapes only, no rules.

Follows the response schemas of Discord's OpenAPI document; `test_shapes.py` holds it to them.
"""

from datetime import datetime

from tests.discord_server import permissions
from tests.discord_server.world import (
    CATEGORY,
    DIRECT,
    Application,
    Channel,
    Guild,
    Json,
    Member,
    Role,
    User,
    World,
)


def when(moment: datetime | None) -> str | None:
    """ISO 8601 with microseconds and offset, as Discord writes it."""
    return moment.isoformat(timespec="microseconds") if moment else None


def user(person: User) -> Json:
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": None if person.bot else person.global_name,
        "discriminator": "0000" if person.bot else "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "accent_color": None,
        "collectibles": None,
        "display_name_styles": None,
        "primary_guild": None,
        "clan": None,
        "public_flags": 0,
        "flags": 0,
        **({"bot": True} if person.bot else {}),
    }


def me(application: Application) -> Json:
    return {
        **user(application.bot),
        "email": None,
        "verified": True,
        "mfa_enabled": True,
        "locale": "en-US",
    }


def application(app: Application) -> Json:
    flags = 1 << 23
    for intent, limited in ((1 << 8, 13), (1 << 1, 15), (1 << 15, 19)):
        if app.privileged_intents & intent:
            flags |= 1 << limited
    return {
        "id": str(app.id),
        "name": app.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(app.bot),
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "is_monetized": False,
        "is_verified": False,
        "is_discoverable": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "eligible_oauth2_scopes": ["applications.commands", "bot"],
        "hook": True,
        "storefront_available": False,
        "integration_types_config": {"0": {}},
        "owner": user(app.owner),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "event_webhooks_status": 1,
        "explicit_content_filter": 0,
    }


def member(person: Member, *, with_user: bool = True) -> Json:
    return {
        **({"user": user(person.user)} if with_user else {}),
        "roles": [str(role) for role in person.roles],
        "nick": person.nick,
        "avatar": None,
        "banner": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "display_name_styles": None,
        "joined_at": when(person.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "flags": 0,
        "mute": False,
        "deaf": False,
    }


def role(one: Role) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "description": None,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": one.position,
        "permissions": str(one.permissions),
        "managed": one.managed_by is not None,
        "mentionable": one.mentionable,
        "flags": 0,
        **({"tags": {"bot_id": str(one.managed_by)}} if one.managed_by else {}),
    }


def channel(place: Channel) -> Json:
    last = place.last_message_id
    common: Json = {
        "id": str(place.id),
        "type": place.type,
        "last_message_id": str(last) if last else None,
        "flags": 0,
    }
    if place.type == DIRECT:
        assert place.recipient is not None
        return {**common, "recipients": [user(place.recipient)]}
    assert place.guild is not None
    named = {
        **common,
        "guild_id": str(place.guild.id),
        "name": place.name,
        "parent_id": str(place.parent.id) if place.parent else None,
        "rate_limit_per_user": 0,
    }
    if not place.is_thread:
        return {
            **named,
            "position": place.position,
            "topic": place.topic,
            "nsfw": False,
            "permission_overwrites": [
                {
                    "id": str(o.id),
                    "type": o.kind,
                    "allow": str(int(o.allow)),
                    "deny": str(int(o.deny)),
                }
                for o in place.overwrites
            ],
            **({"bitrate": 64000, "user_limit": 0} if place.type == 2 else {}),
        }
    return {
        **named,
        "owner_id": str(place.owner_id),
        "message_count": len(place.messages),
        "total_message_sent": len(place.messages),
        "member_count": len(place.members),
        "thread_metadata": {
            "archived": place.archived,
            "locked": place.locked,
            "auto_archive_duration": place.auto_archive,
            "archive_timestamp": when(place.created),
            "create_timestamp": when(place.created),
            **({"invitable": True} if place.type == 12 else {}),
        },
    }


def guild(place: Guild) -> Json:
    """What `GET /guilds/{id}` gives."""
    return {
        "id": str(place.id),
        "name": place.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(place.owner_id),
        "application_id": None,
        "region": "us-east",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role(one) for one in place.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": place.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create(place: Guild, world: World, *, presences: bool, joined: bool) -> Json:
    """The gateway's GUILD_CREATE. Without the presences intent it lists only the bot.

    `joined`: the bot has just been added; otherwise a known server has become available.
    """
    bot = place.members[world.bot.id]

    def seen(one: Channel) -> bool:
        return one.type == CATEGORY or bool(permissions.in_channel(bot, one))

    return {
        **guild(place),
        "joined_at": when(bot.joined_at),
        "large": False,
        **({} if joined else {"unavailable": False}),
        "member_count": len(place.members),
        "voice_states": [],
        "members": [
            member(m) for m in place.members.values() if presences or m.user.id == world.bot.id
        ],
        "channels": [channel(c) for c in place.channels.values() if not c.is_thread],
        "threads": [
            channel(c)
            for c in place.channels.values()
            if c.is_thread and not c.archived and seen(c)
        ],
        "presences": [],
        "stage_instances": [],
        "soundboard_sounds": [],
        "guild_scheduled_events": [],
    }
