"""The local CDN: files by signed address, for as long as the address says."""

from typing import TYPE_CHECKING

from aiohttp import web

from tests.discord_server import wire_messages

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

PATH = "/cdn"
GONE = "This content is no longer available."


class Cdn:
    """Serves what `composing.store_file` has kept."""

    def __init__(self, server: "DiscordServer") -> None:
        self._server = server
        self.downloads: list[int] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.rel_url.raw_path.removeprefix(PATH)
        expires = request.query.get("ex", "")
        found = self._server.world.attachments.get(int(request.match_info["attachment"]))
        signed = request.query.get("hm") == wire_messages.signature(path, expires)
        now = self._server.clock.now().timestamp()
        if found is None or not signed or int(expires, 16) < now:
            return web.Response(status=404, text=GONE)
        self.downloads.append(found.id)
        return web.Response(body=found.data, content_type=found.content_type)
