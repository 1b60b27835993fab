"""Scheduled events of a server: making, changing, calling off. Everybody there sees them."""

from datetime import datetime

from tests.discord_server import refusal
from tests.discord_server.api import Call, Table
from tests.discord_server.permissions import Can
from tests.discord_server.refusal import FormErrors
from tests.discord_server.routes import access
from tests.discord_server.world import VOICE, Guild, Happening, Json

table = Table()
ALL = "/guilds/{guild_id}/scheduled-events"
ONE = ALL + "/{guild_scheduled_event_id}"
IN_VOICE, EXTERNAL = 2, 3
SCHEDULED, CANCELED = 1, 4


def _json(place: Guild, event: Happening) -> Json:
    return {
        "id": str(event.id),
        "guild_id": str(place.id),
        "channel_id": None if event.channel_id is None else str(event.channel_id),
        "creator_id": str(event.creator_id),
        "name": event.name,
        "description": event.description,
        "image": None,
        "scheduled_start_time": event.starts.isoformat(),
        "scheduled_end_time": None if event.ends is None else event.ends.isoformat(),
        "status": event.status,
        "entity_type": event.entity_type,
        "entity_id": None,
        "recurrence_rule": None,
        "privacy_level": 2,
        "guild_scheduled_event_exceptions": [],
        "entity_metadata": None if event.location is None else {"location": event.location},
    }


def _at(form: FormErrors, name: str, value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        form.add((name,), "DATE_TIME_TYPE_PARSE", "Could not parse.")
        return None


def _fill(call: Call, place: Guild, event: Happening) -> None:
    """Takes over what the body says, or refuses all of it."""
    body, form = call.body, FormErrors()
    name = form.text(("name",), body.get("name", event.name), 1, 100, required=True)
    about = form.text(("description",), body.get("description", event.description), 0, 1000)
    if body.get("privacy_level", 2) != 2:
        form.choices(("privacy_level",), (2,))
    starts, ends = event.starts, event.ends
    if "scheduled_start_time" in body:
        starts = _at(form, "scheduled_start_time", body["scheduled_start_time"]) or starts
        if starts <= call.server.clock.now():
            problem = "Cannot schedule event in the past."
            form.add(("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", problem)
    if body.get("scheduled_end_time") is not None:
        ends = _at(form, "scheduled_end_time", body["scheduled_end_time"])
    kind = body.get("entity_type", event.entity_type)
    channel, location = event.channel_id, event.location
    if "channel_id" in body:
        channel = None if body["channel_id"] is None else int(body["channel_id"])
    if "entity_metadata" in body:
        location = (body["entity_metadata"] or {}).get("location")
    if kind == EXTERNAL:
        form.text(("entity_metadata", "location"), location, 1, 100, required=True)
        if ends is None:
            form.required(("scheduled_end_time",))
        if channel is not None:
            form.add(("channel_id",), "BASE_TYPE_BAD", "External events have no channel.")
    elif kind == IN_VOICE:
        known = place.channels.get(channel or 0)
        if known is None or known.type != VOICE:
            form.add(("channel_id",), "CHANNEL_INVALID", "Not a voice channel.")
    else:
        form.choices(("entity_type",), (IN_VOICE, EXTERNAL))
    form.raise_if_any()
    event.name, event.description = name or "", about
    event.starts, event.ends, event.entity_type = starts, ends, kind
    event.channel_id, event.location = channel, location


@table.route("GET", ALL)
def listed(call: Call) -> list[Json]:
    place = access.guild(call)
    shown = [one for one in place.happenings.values() if one.status < CANCELED - 1]
    return [_json(place, one) for one in shown]


@table.route("POST", ALL)
def create(call: Call) -> Json:
    place = access.guild(call)
    access.need_in_guild(call, place, Can.CREATE_EVENTS)
    if sum(one.status < CANCELED - 1 for one in place.happenings.values()) >= 100:
        raise refusal.too_many_events()
    now = call.server.clock.now()
    event = Happening(call.world.ids.next(), call.world.bot.id, "", now)
    _fill(call, place, event)
    place.happenings[event.id] = event
    return _json(place, event)


@table.route("PATCH", ONE)
def change(call: Call) -> Json:
    place = access.guild(call)
    event = place.happenings.get(call.id("guild_scheduled_event_id"))
    if event is None:
        raise refusal.unknown_event()
    mine = event.creator_id == call.world.bot.id
    access.need_in_guild(call, place, Can.CREATE_EVENTS if mine else Can.MANAGE_EVENTS)
    status = call.body.get("status", event.status)
    if event.status >= CANCELED - 1 or (status == CANCELED and event.status != SCHEDULED):
        raise refusal.event_is_over()
    if set(call.body) - {"status"}:
        _fill(call, place, event)
    event.status = status
    return _json(place, event)
