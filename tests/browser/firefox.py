"""Firefox as the system has it, driven by its own WebDriver BiDi: Playwright drives only builds of
its own."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")
QUIET = {
    "network.proxy.type": 1,  # nobody but this machine is spoken to
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "app.update.disabledForTesting": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Firefox:
    """One window. `run` and `inside` evaluate JavaScript in the page and in its first frame."""

    def __init__(self) -> None:
        path = shutil.which("firefox-esr") or shutil.which("firefox")
        assert path, "Firefox is not installed; `bash .ci/run` installs it"
        self._folder = Path(tempfile.mkdtemp())
        chosen = (f'user_pref("{name}", {json.dumps(value)});' for name, value in QUIET.items())
        (self._folder / "user.js").write_text("\n".join(chosen), encoding="utf-8")
        words = [path, "--headless", "--no-remote", "--profile", str(self._folder)]
        words += ["--remote-debugging-port=0", "about:blank"]
        env = {"HOME": str(self._folder), "PATH": "/usr/bin:/bin", "MOZ_HEADLESS": "1"}
        self._process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=env)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._asked = 0
        self._wait(self._begin(self._listening()))
        tree = self.ask("browsingContext.getTree")
        self._window = tree["contexts"][0]["context"]

    def _listening(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "WebDriver BiDi listening on " in line:
                return line.split(" on ")[1].strip()
        raise AssertionError("Firefox did not start")

    async def _begin(self, address: str) -> None:
        self._http = aiohttp.ClientSession()
        self._socket = await self._http.ws_connect(f"{address}/session", max_msg_size=0)
        await self._ask("session.new", {"capabilities": {}})

    def _wait(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(120)

    async def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._asked += 1
        number = self._asked
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol."""
        return self._wait(self._ask(method, params))

    def open(self, address: str) -> None:
        """Go to an address."""
        self.ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def run(self, code: str) -> Any:
        """What JavaScript answers in the page; JSON values only."""
        return self._run(self._window, code)

    def inside(self, code: str) -> Any:
        """The same in its frame."""
        tree = self.ask("browsingContext.getTree", root=self._window)
        frames = tree["contexts"][0]["children"]
        return self._run(frames[0]["context"], code) if frames else None

    def _run(self, context: str, code: str) -> Any:
        told = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({code})) ?? 'null')()",
            target={"context": context},
            awaitPromise=True,
        )
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])

    def until(self, code: str, wanted: str, seconds: float = 150) -> None:
        """Waits until words in the frame hold what is wanted."""
        end = time.monotonic() + seconds
        while wanted not in (said := str(self.inside(code))):
            assert time.monotonic() < end, said
            time.sleep(0.2)

    def close(self) -> None:
        """Ends it."""
        self._wait(self._http.close())
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stderr is not None
        self._process.stderr.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        shutil.rmtree(self._folder, ignore_errors=True)
