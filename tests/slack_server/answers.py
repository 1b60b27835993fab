"""response_url: where an app answers one act of one person, without a token."""

import json
from typing import TYPE_CHECKING

from aiohttp import web

from tests.slack_server import posting
from tests.slack_server.tickets import Address
from tests.slack_server.wire import Json, Refusal
from tests.slack_server.world import Message, Workspace

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

_KNOWN = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "metadata",
    "mrkdwn",
}


class Answers:
    """Takes what apps post to the addresses handed out. `problems` collects careless bodies."""

    def __init__(self, server: "SlackServer") -> None:
        self._server = server
        self.problems: list[str] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One POST to a response_url, with whatever fault waits for it."""
        return await self._server.faults.around(request, "response_url", self._serve)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            address = self._server.addresses.use(request.match_info["key"])
            body = await request.json()
            address.bodies.append(body)
            self.give(address, body)
        except json.JSONDecodeError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except Refusal as refusal:
            status = refusal.status if refusal.status != 200 else 400
            return web.json_response(refusal.answer(), status=status)
        return web.Response(text="ok")

    def give(self, address: Address, body: Json) -> Message | None:
        """Do what the body says: a new reply, or the message acted on replaced or removed."""
        unknown = sorted(set(body) - _KNOWN)
        if unknown:
            self.problems.append(f"response_url: unknown fields {', '.join(unknown)}")
        source = address.source
        if source is not None and not {"replace_original", "delete_original"} & set(body):
            self.problems.append("response_url after an action: replace_original is not said")
        if body.get("delete_original"):
            if source is not None:
                posting.remove(self._server, source)
            return None
        blocks = posting.checked_blocks(body.get("blocks"))
        other = bool(body.get("attachments"))
        text = posting.checked_text(str(body.get("text") or ""), blocks, other=other)
        if body.get("replace_original") and source is not None:
            if source.deleted and source.only_for is None:
                raise Refusal("message_not_found", status=404)
            # A private reply lost in a reload stays lost; Slack says ok all the same.
            posting.change(self._server, source, text, blocks)
            return source
        return self._new(address, body, text, blocks)

    def _new(self, address: Address, body: Json, text: str, blocks: list[Json]) -> Message:
        world = self._server.world
        workspace = world.workspaces[address.team]
        channel = workspace.channels[address.channel]
        public = body.get("response_type") == "in_channel"
        message = Message(
            ts=world.new_ts(),
            channel=channel.id,
            user=workspace.bot.id,
            text=text,
            blocks=blocks,
            bot=True,
            thread_ts=str(body["thread_ts"]) if body.get("thread_ts") else None,
            only_for=None if public else address.user,
        )
        posting.post(self._server, workspace, channel, message)
        return message

    def from_acknowledgement(self, workspace: Workspace, address: Address, body: Json) -> None:
        """A reply that came with the acknowledgement itself; counts no use."""
        if body.get("text") or body.get("blocks"):
            self.give(address, body)
        self._server.world.bell.ring()
