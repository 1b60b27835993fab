"""WebKit as the system has it (WebKitGTK shares its engine with Safari), driven by WebDriver."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))


class WebKit:
    """One window on a screen that nobody sees. `run` and `inside` evaluate JavaScript in the page
    and in its first frame."""

    @staticmethod
    def is_here() -> bool:
        """Whether everything that it needs is installed."""
        return bool(shutil.which("WebKitWebDriver") and shutil.which("Xvfb") and BROWSERS)

    def __init__(self) -> None:
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1200x1000x24"]
        self._screen = subprocess.Popen(
            [*screen, "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as told:
            display = told.readline().strip()
        self._folder = tempfile.mkdtemp()
        env = {"DISPLAY": f":{display}", "PATH": "/usr/bin:/bin", "HOME": self._folder}
        env |= {"XDG_RUNTIME_DIR": self._folder, "LIBGL_ALWAYS_SOFTWARE": "1", "GDK_BACKEND": "x11"}
        self._port = _free_port()
        self._driver = subprocess.Popen(
            ["WebKitWebDriver", f"--port={self._port}", "--host=127.0.0.1"],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        options = {"binary": str(BROWSERS[-1]), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        begun = self._patiently("POST", "/session", {"capabilities": wanted})
        self._session = f"/session/{begun['sessionId']}"
        self._tell("POST", "/timeouts", {"script": 300_000, "pageLoad": 120_000})

    def open(self, address: str) -> None:
        """Go to an address."""
        self._tell("POST", "/frame", {"id": None})
        self._tell("POST", "/url", {"url": address})

    def run(self, code: str) -> Any:
        """What JavaScript answers in the page; JSON values only."""
        self._tell("POST", "/frame", {"id": None})
        return self._evaluated(code)

    def inside(self, code: str) -> Any:
        """The same in its frame."""
        if not self.run("document.querySelectorAll('iframe').length"):
            return None
        frame = self._tell("POST", "/element", {"using": "css selector", "value": "iframe"})
        self._tell("POST", "/frame", {"id": frame})
        return self._evaluated(code)

    def until(self, code: str, wanted: str, seconds: float = 150) -> None:
        """Waits until words in the frame hold what is wanted."""
        end = time.monotonic() + seconds
        while wanted not in (said := str(self.inside(code))):
            assert time.monotonic() < end, said
            time.sleep(0.5)

    def close(self) -> None:
        """Ends it."""
        self._tell("DELETE", "", None)
        for one in (self._driver, self._screen):
            one.terminate()
            one.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _evaluated(self, code: str) -> Any:
        script = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => JSON.stringify(await ({code})) ?? 'null')()"
            ".then((said) => done({ said }), (trouble) => done({ trouble: String(trouble) }));"
        )
        told = self._tell("POST", "/execute/async", {"script": script, "args": []})
        assert "said" in told, told
        return json.loads(told["said"])

    def _tell(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        return self._ask(method, self._session + path, body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=360)
        sent = None if body is None else json.dumps(body)
        line.request(method, path, sent, {"Content-Type": "application/json"})
        answer = line.getresponse()
        told = json.loads(answer.read())["value"]
        line.close()
        assert answer.status == 200, told
        return told

    def _patiently(self, method: str, path: str, body: dict[str, Any]) -> Any:
        for _ in range(100):
            try:
                return self._ask(method, path, body)
            except ConnectionRefusedError:
                time.sleep(0.1)
        raise AssertionError("WebKitWebDriver did not start")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
