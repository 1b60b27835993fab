"""The first answer to an interaction."""

from typing import Any

from tests.discord_server import components as tree
from tests.discord_server import interactions as acts
from tests.discord_server.api import Call, Table
from tests.discord_server.checks.modals import ModalForm
from tests.discord_server.composing import compose, flags_of, revise
from tests.discord_server.interactions import Interaction
from tests.discord_server.refusal import FormErrors, Refusal
from tests.discord_server.replies import metadata, placed, reply_type
from tests.discord_server.world import EPHEMERAL, LOADING, Json, Message

table = Table()


@table.route(
    "POST",
    "/interactions/{interaction_id}/{interaction_token}/callback",
    open=True,
    rated=False,
)
def callback(call: Call) -> Json | None:
    """Answers 204, or 200 with what was made if the bot asks `with_response`."""
    one = call.server.interactions.for_callback(
        call.id("interaction_id"), call.ids["interaction_token"]
    )
    try:
        made = _answer(call, one)
    except Refusal as no:
        one.refused.append(str(no))
        raise
    one.answered_at = call.server.clock.mono()
    call.server.changed()
    wanted = call.query.get("with_response", "").lower() in ("1", "true")
    return _described(call, one, made) if wanted else None


def _answer(call: Call, one: Interaction) -> Message | None:
    kind = call.body.get("type")
    if kind not in one.allowed_answers:
        form = FormErrors()
        form.choices(("type",), one.allowed_answers)
        form.raise_if_any()
    data: Json = call.body.get("data") or {}
    made: Message | None = None
    if kind in (acts.MESSAGE, acts.DEFER):
        made = _message(call, one, data, defer=kind == acts.DEFER)
    elif kind == acts.UPDATE and one.source is not None:
        revise(call.server, one.source, call.draft(data, ("data",)))
        one.source.edited = call.server.clock.now()
        one.original = made = one.source
        one.source_updated = True
        call.server.events.message("MESSAGE_UPDATE", one.source)
    elif kind == acts.DEFER_UPDATE:
        one.original = one.source
    elif kind == acts.CHOICES:
        one.choices = _choices(call, one, data)
    elif kind == acts.MODAL:
        form = FormErrors(("data",))
        ModalForm(form, call.server.limits).check(data)
        form.raise_if_any()
        one.modal = {**data, "components": tree.number(data["components"])}
    one.answer = kind
    return made


def _message(call: Call, one: Interaction, data: Json, *, defer: bool) -> Message:
    server = call.server
    private = one.user.id if flags_of(data) & EPHEMERAL else None
    if defer:
        made = Message(
            server.world.ids.next(),
            one.channel,
            server.world.bot,
            server.clock.now(),
            flags=LOADING | (EPHEMERAL if private else 0),
            ephemeral_to=private,
        )
    else:
        draft = call.draft(data, ("data",))
        made = compose(server, one.channel, server.world.bot, draft, ephemeral_to=private)
    made.type = reply_type(one)
    made.interaction = metadata(one)
    made.application_id = server.world.application.id
    if one.source is not None and one.kind == acts.COMPONENT:
        made.reference, made.reference_id = one.source, one.source.id
    one.original = made
    placed(server, one, made)
    return made


def _choices(call: Call, one: Interaction, data: Json) -> list[Json]:
    form = FormErrors(("data",))
    limit = call.server.limits.choices
    listed = form.items(("choices",), data.get("choices"), 0, limit, required=True)
    wanted = {3: str, 4: int, 10: (int, float)}[_focused(one.payload["data"])["type"]]
    for index, raw in enumerate(listed):
        here = ("choices", index)
        choice = form.model(here, raw)
        if choice is None:
            continue
        form.text((*here, "name"), choice.get("name"), 1, 100, required=True)
        value = choice.get("value")
        if not isinstance(value, wanted):
            form.add((*here, "value"), "BASE_TYPE_CHOICES", f'Value "{value}" has the wrong type.')
        elif isinstance(value, str):
            form.text((*here, "value"), value, 1, 100, required=True)
    form.raise_if_any()
    return listed


def _focused(data: Json) -> Json:
    for option in data.get("options", []):
        if option.get("focused"):
            return option
        if "options" in option:
            return _focused(option)
    raise AssertionError("an autocomplete interaction without a focused option")


def _described(call: Call, one: Interaction, made: Message | None) -> Json:
    interaction: dict[str, Any] = {"id": str(one.id), "type": one.kind}
    out: Json = {"interaction": interaction}
    if made is not None:
        interaction |= {
            "response_message_id": str(made.id),
            "response_message_loading": made.loading,
            "response_message_ephemeral": made.ephemeral_to is not None,
        }
    if made is not None and one.answer in (acts.MESSAGE, acts.UPDATE):
        out["resource"] = {"type": one.answer, "message": call.server.message_json(made)}
    return out
