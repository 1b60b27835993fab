"""A proxy on this machine that notes everything a browser asks for, and passes on only what goes to
one server: whatever else a page would say to anybody is seen here, and ends here."""

from __future__ import annotations

import asyncio
import threading
from urllib.parse import urlsplit


class Recorder:
    """Listens in a thread of its own. `asked` are the addresses of all requests."""

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        self._served = port
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        begun = asyncio.run_coroutine_threadsafe(self._begin(), self._loop)
        self._server = begun.result(10)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Nothing goes through any more."""
        self._loop.call_soon_threadsafe(self._server.close)

    async def _begin(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, address, _ = head[0].split(" ")
            self.asked.append(address if method == "GET" else f"{method} {address}")
            place = urlsplit(address)
            if method == "GET" and place.netloc == f"127.0.0.1:{self._served}":
                await self._passed(head, f"{place.path}?{place.query}", writer)
            else:
                writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (OSError, ValueError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _passed(self, head: list[str], path: str, writer: asyncio.StreamWriter) -> None:
        own = ("connection:", "proxy-connection:")
        kept = [line for line in head[1:] if line and not line.lower().startswith(own)]
        asked = [f"GET {path} HTTP/1.1", *kept, "Connection: close", "", ""]
        there, back = await asyncio.open_connection("127.0.0.1", self._served)
        back.write("\r\n".join(asked).encode("latin-1"))
        while piece := await there.read(65_536):
            writer.write(piece)
            await writer.drain()
        back.close()
