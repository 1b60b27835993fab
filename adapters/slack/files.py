"""Files to and from Slack: the two-step upload, and fetching what somebody chose in a form.

Contents and names pass through memory only and are in no log and no exception.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.dialect import Reader, shortened
from adapters.slack.forms import FileJson
from adapters.slack.render import LIMITS, Attachment, about
from adapters.slack.trouble import TROUBLE, code_of
from bot.errors import FileLost, IntroducerError
from bot.ui.action import Upload
from bot.ui.parts import Image

MOST_BYTES = 10 * 1024 * 1024
"""What Slack takes for one file of a form."""
_PATIENCE = aiohttp.ClientTimeout(total=60)


_log = logging.getLogger(__name__)


class FileRefused(IntroducerError):
    """Slack did not hand over, or did not take, the content of a file."""


class Files:
    """Carries files, with the bot's token where Slack asks for it."""

    def __init__(self, api: AsyncWebClient, http: aiohttp.ClientSession, api_base: str) -> None:
        self._api = api
        self._http = http
        self._home = URL(api_base).origin()

    async def fetch(self, files: Sequence[FileJson]) -> tuple[Upload, ...]:
        """What was chosen in a form. Raises FileRefused or what the client raises."""
        return tuple([await self._fetch(file) for file in files])

    def reader(self, file: Mapping[str, Any]) -> Callable[[int], Awaitable[bytes]]:
        """What fetches one file of a message. Raises FileLost."""

        async def fetch(most: int) -> bytes:
            try:
                known = file
                if file.get("file_access") == "check_file_info":
                    # Through a shared channel Slack tells of a file only that it is there.
                    answer = await self._api.files_info(file=str(file.get("id")))
                    known = answer.get("file") or {}
                return (await self._fetch(known, most)).content
            except FileRefused as refusal:
                raise FileLost(str(refusal)) from None
            except TROUBLE as failure:
                raise FileLost(code_of(failure)) from None

        return fetch

    async def _fetch(self, file: Mapping[str, Any], most: int = MOST_BYTES) -> Upload:
        address = URL(str(file.get("url_private_download") or file.get("url_private") or ""))
        if not self._is_slack(address):
            raise FileRefused("not kept by Slack")  # the token goes to nobody else
        headers = {"Authorization": f"Bearer {self._api.token}"}
        async with self._http.get(
            address, headers=headers, allow_redirects=False, timeout=_PATIENCE
        ) as answer:
            declared = str(file.get("mimetype") or "application/octet-stream")
            if answer.status != 200:
                raise FileRefused(f"http_{answer.status}")
            # A refusal looks like success: it is the sign-in page.
            if answer.content_type == "text/html" and declared != "text/html":
                raise FileRefused("sign-in page")
            content = bytearray()
            async for chunk in answer.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > most:
                    raise FileRefused("too large")
        return Upload(str(file.get("name") or "file"), bytes(content), declared)

    def _is_slack(self, address: URL) -> bool:
        if not address.is_absolute() or address.host is None:
            return False
        at_slack = address.scheme == "https" and (
            address.host == "slack.com" or address.host.endswith(".slack.com")
        )
        return at_slack or address.origin() == self._home

    async def send(
        self, parts: Sequence[Attachment], reader: Reader, channel: str, thread: str | None
    ) -> tuple[str, ...]:
        """Put files into a conversation, one message for all of them; their ids."""
        if not parts:
            return ()
        done: list[dict[str, str | None]] = []
        for part in parts:
            words = about(part, reader)
            alt = {"alt_txt": shortened(words, LIMITS.alt_text)} if isinstance(part, Image) else {}
            place = await self._api.files_getUploadURLExternal(
                filename=part.name, length=len(part.content), **alt
            )
            async with self._http.post(
                str(place["upload_url"]), data=part.content, timeout=_PATIENCE
            ) as answer:
                if answer.status != 200:
                    raise FileRefused(f"http_{answer.status}")
            done.append({"id": str(place["file_id"]), "title": shortened(words, LIMITS.title)})
        where: dict[str, Any] = {"channel_id": channel}
        if thread is not None:
            where["thread_ts"] = thread
        await self._api.files_completeUploadExternal(files=done, **where)
        return tuple(str(each["id"]) for each in done)

    async def delete(self, ids: Iterable[str]) -> None:
        """Delete files of the bot's own; what is gone already is no trouble."""
        for id in ids:
            try:
                await self._api.files_delete(file=id)
            except TROUBLE as failure:
                if code_of(failure) not in ("file_deleted", "file_not_found"):
                    _log.warning("a file was not deleted: %s", code_of(failure))
