"""What Discord accepts as the body of a message: text, embeds, mentions, attachments, flags."""

from tests.discord_server.checks.components import MessageComponents
from tests.discord_server.limits import Limits
from tests.discord_server.refusal import FormErrors, Path
from tests.discord_server.world import COMPONENTS_V2, Json

EMBED_TEXTS = {"title": 256, "description": 4096}
LEGACY = ("content", "embeds", "poll", "sticker_ids")


def check_body(
    form: FormErrors,
    limits: Limits,
    body: Json,
    *,
    flags: int,
    files: set[str],
) -> None:
    """Everything about a body that does not depend on where it is sent. `flags`: the resulting."""
    form.text(("content",), body.get("content"), 0, limits.content)
    form.number(("flags",), body.get("flags"), 0, 2**31)
    _embeds(form, limits, body.get("embeds"))
    _allowed_mentions(form, body.get("allowed_mentions"))
    v2 = bool(flags & COMPONENTS_V2)
    if v2:
        for name in LEGACY:
            if body.get(name):
                form.add(
                    (name,),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
    if body.get("components") is not None:
        MessageComponents(form, limits, files).check(body["components"], v2=v2)
    nonce = body.get("nonce")
    if isinstance(nonce, str):
        form.text(("nonce",), nonce, 0, 25)


def _embeds(form: FormErrors, limits: Limits, raw: object) -> None:
    embeds = form.items(("embeds",), raw, 0, limits.embeds)
    total = 0
    for index, item in enumerate(embeds):
        path: Path = ("embeds", index)
        embed = form.model(path, item)
        if embed is None:
            continue
        for name, high in EMBED_TEXTS.items():
            total += len(form.text((*path, name), embed.get(name), 0, high) or "")
        footer, author = embed.get("footer") or {}, embed.get("author") or {}
        total += len(form.text((*path, "footer", "text"), footer.get("text"), 0, 2048) or "")
        total += len(form.text((*path, "author", "name"), author.get("name"), 0, 256) or "")
        fields = form.items((*path, "fields"), embed.get("fields"), 0, 25)
        for number, field in enumerate(fields):
            here = (*path, "fields", number)
            model = form.model(here, field)
            if model is None:
                continue
            name = form.text((*here, "name"), model.get("name"), 1, 256, required=True)
            value = form.text((*here, "value"), model.get("value"), 1, 1024, required=True)
            total += len(name or "") + len(value or "")
    if total > limits.embed_total:
        form.add(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {limits.embed_total}",
        )


def _allowed_mentions(form: FormErrors, raw: object) -> None:
    if raw is None:
        return
    allowed = form.model(("allowed_mentions",), raw)
    if allowed is None:
        return
    parse = form.items(("allowed_mentions", "parse"), allowed.get("parse"), 0, 3)
    for index, name in enumerate(parse):
        if name not in ("users", "roles", "everyone"):
            known = "('users', 'roles', 'everyone')"
            form.choices(("allowed_mentions", "parse", index), known)
    for name in ("users", "roles"):
        listed = form.items(("allowed_mentions", name), allowed.get(name), 0, 100)
        if listed and name in parse:
            form.add(
                ("allowed_mentions", "parse"),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.',
            )
