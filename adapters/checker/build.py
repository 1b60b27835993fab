"""Puts the checker page together: `make page`, one static folder from locked packages.

    python -m adapters.checker.build artifacts/page

Needs npm for the interpreter (by `package-lock.json`, with hashes) and the project's own virtual
environment for the two libraries of the text engine. The same sources give the same bytes. Nothing
is fetched later: what the page needs is in the folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
SITE: Final = HERE / "site"
MOST: Final = 18_000_000
"""Bytes of the whole folder; more fails the build."""

_OURS: Final = (
    "bot/__init__.py",
    "bot/identifiers/*.py",
    "bot/identifiers/pictures/__init__.py",
    "bot/identifiers/pictures/sniff.py",
    "bot/identifiers/text/**/*",
    "adapters/checker/glue.py",
)
"""What runs in the browser, unchanged. Packages without a word of their own get an empty file."""
_LIBRARIES: Final = {
    "phonenumbers": r"(?:(?!geodata|carrierdata|tzdata)[^/]+/)*[^/]+\.py",
    "stdnum": r".*\.py|iban\.dat",
}
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_RUNTIME: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


def build(target: Path) -> Mapping[str, object]:
    """Write the folder; answer what `files.json` says. Raises SystemExit if it grew too large."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    loaded: dict[str, bytes] = {**_runtime(), "engine.zip": engine_zip()}
    loaded["worker.js"] = (SITE / "worker.js").read_bytes()
    frame, outer = _frame()
    loaded["frame.html"] = frame.encode()
    files = {
        name: {"bytes": len(content), "sha256": _hex(content)}
        for name, content in sorted(loaded.items())
    }
    digest = _hex(json.dumps(files, sort_keys=True).encode())[:16]
    listed = {"version": _version(), "digest": digest, "files": files}
    shell = {
        "index.html": _text("index.html").replace("{{outer_policy}}", outer),
        "files.json": json.dumps(listed, indent=1),
        **{
            name: _text(name)
            for name in ("outer.js", "outer.css", "mark.svg", "manifest.webmanifest")
        },
    }
    whole = _hex("".join([digest, *(shell[name] for name in sorted(shell))]).encode())[:16]
    kept = ["./", *(name for name in [*shell, *loaded] if name != "index.html")]
    shell["sw.js"] = (
        _text("sw.js")
        .replace("{{version}}", _version())
        .replace("{{digest}}", whole)
        .replace("{{shell}}", json.dumps(kept))
    )
    for name, content in loaded.items():
        (target / name).write_bytes(content)
    for name, words in shell.items():
        (target / name).write_text(words, encoding="utf-8")
    size = sum(one.stat().st_size for one in target.iterdir())
    if size > MOST:
        raise SystemExit(f"the page has {size:,} bytes; {MOST:,} is the most")
    return listed


def engine_zip() -> bytes:
    """The project's own modules and their two libraries, always the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in sorted(_engine_files()):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return content.getvalue()


def _engine_files() -> Iterator[tuple[str, bytes]]:
    yield "adapters/__init__.py", b""
    yield "adapters/checker/__init__.py", b""
    for pattern in _OURS:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_bytes()
    for library, wanted in _LIBRARIES.items():
        spec = find_spec(library)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{library} is not installed: make setup")
        folder = Path(spec.origin).parent
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and re.fullmatch(wanted, name):
                yield f"{library}/{name}", file.read_bytes()


def _runtime() -> dict[str, bytes]:
    """The interpreter, from npm by the lock file; its list of packages is emptied."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            (Path(folder) / name).write_bytes((HERE / name).read_bytes())
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(words, cwd=folder, check=True)  # noqa: S603 - our own words
        package = Path(folder) / "node_modules" / "pyodide"
        found = {name: (package / name).read_bytes() for name in _RUNTIME}
        lock = json.loads((package / "pyodide-lock.json").read_text(encoding="utf-8"))
    lock["packages"] = {}
    found["pyodide-lock.json"] = json.dumps(lock, sort_keys=True).encode()
    return found


def _frame() -> tuple[str, str]:
    """The locked frame, complete, and the policy of the page around it."""
    style, script = _text("frame.css"), _text("frame.js")
    allowed = {"style": _source(style), "script": _source(script)}
    inside = (
        "default-src 'none'; "
        f"script-src {allowed['script']} blob: 'wasm-unsafe-eval'; style-src {allowed['style']}; "
        "worker-src blob:; img-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    # The frame inherits the policy of the page around it, which has to allow what runs inside.
    around = (
        "default-src 'none'; "
        f"script-src 'self' {allowed['script']} blob: 'wasm-unsafe-eval'; "
        f"style-src 'self' {allowed['style']}; img-src 'self' blob:; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self' blob:; frame-src 'none'; object-src 'none'; "
        "form-action 'none'; base-uri 'none'"
    )
    words = _text("frame.html").replace("{{frame_policy}}", inside)
    return words.replace("{{frame_style}}", style).replace("{{frame_script}}", script), around


def _source(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (SITE / name).read_text(encoding="utf-8")


def _hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


if __name__ == "__main__":
    told = build(Path(sys.argv[1] if len(sys.argv) > 1 else "artifacts/page"))
    print(f"version {told['version']}, {told['digest']}")  # noqa: T201 - a program
