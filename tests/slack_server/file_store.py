"""Files: stored bytes, the address they are posted to, and who may fetch them."""

import mimetypes
import secrets

from aiohttp import web
from aiohttp.web_request import FileField

from tests.slack_server.faults import Faults
from tests.slack_server.world import Json, StoredFile, Workspace, World

SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"


class FileStore:
    """Every uploaded file. A refused download answers 200 with the sign-in page, as Slack does."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self.origin = ""
        self.refused: list[str] = []
        """Paths of downloads that were answered with the sign-in page."""

    def new(self, workspace: Workspace, user: str, name: str, content: bytes = b"") -> StoredFile:
        """A file that somebody uploads; complete at once when the content is given."""
        file = StoredFile(self._world.new_id("F"), name, user, workspace.id, title=name)
        file.secret = secrets.token_hex(12)
        file.created = int(self._world.now())
        file.mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if content:
            file.content, file.uploaded, file.complete = content, True, True
        workspace.files[file.id] = file
        return file

    def upload_address(self, file: StoredFile) -> str:
        """Where the bytes of this file are posted to."""
        return f"{self.origin}/upload/v1/{file.secret}"

    def as_json(self, file: StoredFile) -> Json:
        """A file as payloads and answers show it."""
        address = f"{self.origin}/files-pri/{file.secret}/{file.name}"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "filetype": file.name.rpartition(".")[2].lower(),
            "user": file.user,
            "user_team": file.team,
            "size": len(file.content),
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": address,
            "url_private_download": address,
            "channels": sorted(file.visible_in),
        }

    def app_may_see(self, workspace: Workspace, file: StoredFile) -> bool:
        """Whether the app may read a file: its own, given to it in a form, or shared with it."""
        bot = workspace.bot.id
        shared = any(
            channel.id in file.visible_in and bot in channel.members
            for channel in workspace.channels.values()
        )
        return shared or file.given_to_app or file.user == bot

    def _by_secret(self, secret: str) -> tuple[Workspace, StoredFile] | None:
        for workspace in self._world.workspaces.values():
            for file in workspace.files.values():
                if file.secret == secret:
                    return workspace, file
        return None

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes that were announced, once."""
        return await self._faults.around(request, "upload", self._upload)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        hit = self._by_secret(request.match_info["secret"])
        if hit is None or hit[1].uploaded:
            return web.Response(status=404, text="no such upload")
        file = hit[1]
        if request.content_type.startswith("multipart/"):
            parts = (await request.post()).values()
            content = b"".join(part.file.read() for part in parts if isinstance(part, FileField))
        else:
            content = await request.read()
        if len(content) != file.announced_length:
            return web.Response(status=400, text="length differs from what was announced")
        file.content, file.uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Hand the bytes to a token that may have them; to others, the sign-in page."""
        return await self._faults.around(request, "download", self._download)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        workspace = self._world.workspace_of_token(token)
        hit = self._by_secret(request.match_info["secret"])
        if workspace is None or hit is None or not self._allowed(workspace, *hit):
            self.refused.append(request.path)
            return web.Response(text=SIGN_IN, content_type="text/html")
        return web.Response(body=hit[1].content, content_type=hit[1].mimetype)

    def _allowed(self, asking: Workspace, home: Workspace, file: StoredFile) -> bool:
        granted = "files:read" in asking.scopes and asking is home and not file.deleted
        return granted and self.app_may_see(home, file)
