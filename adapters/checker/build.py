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
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import zstandard
from babel.messages.pofile import read_po

from adapters.checker.compiling import compiled
from adapters.checker.engine import engine_zip, project_version, zipped
from adapters.checker.models import ocr_models

HERE: Final = Path(__file__).resolve().parent
SITE: Final = HERE / "site"
CATALOGUE: Final = HERE.parents[1] / "bot" / "locale" / "de" / "LC_MESSAGES" / "introducer.po"
_OF_FINDINGS: Final = {"cogs/cases/reasons.py", "cogs/cases/words.py"}
MOST: Final = 20_000_000
"""Bytes of the whole folder, which a visitor loads once; more fails the build."""

_RUNTIME: Final = {
    "pyodide.mjs": "pyodide/pyodide.mjs",
    "pyodide.asm.mjs": "pyodide/pyodide.asm.mjs",
    "pyodide.asm.wasm": "pyodide/pyodide.asm.wasm",
    "python_stdlib.zip": "pyodide/python_stdlib.zip",
    "ort.mjs": "onnxruntime-web/dist/ort.wasm.bundle.min.mjs",
    "ort.wasm": "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
    "zxing.js": "zxing-wasm/dist/iife/reader/index.js",
    "zxing.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "gif.mjs": "gifenc/dist/gifenc.esm.js",
    "clip.mjs": "mediabunny/dist/bundles/mediabunny.min.mjs",
    "unpack.js": "fzstd/umd/index.js",
}
_UNUSED: Final = re.compile(
    r"(?:unittest|pydoc_data|idlelib|tkinter|turtledemo|test|ensurepip|xmlrpc|multiprocessing|"
    r"sqlite3|wsgiref|curses|dbm|venv|lib2to3|xml/dom|xml/sax|ctypes|tomllib)/|"
    r"_pyrepl/(?!__init__|pager|types)\w+\.py|"
    r"(?:doctest|pdb|turtle|imaplib|smtplib|poplib|ftplib|mailbox|optparse|pickletools|"
    r"cProfile|profile|pstats|trace|zipapp|webbrowser|pyclbr|tabnanny|socketserver|antigravity|"
    r"this|_pyio|_pydatetime|nturl2path|mailcap|cgi|cgitb|sched|"
    r"logging/handlers|http/server|http/cookiejar|http/cookies|rlcompleter|timeit|"
    r"pty|tty|getpass|netrc|cmd|bdb|fileinput|filecmp|graphlib|wave|colorsys|"
    r"chunk|sndhdr|imghdr|xdrlib|plistlib|shelve|modulefinder|compileall|code|symtable|"
    r"asyncio/(?:proactor_events|windows_\w+)|logging/config|pyodide/console|"
    r"concurrent/futures/process|"
    r"argparse|tarfile|difflib|configparser|statistics|gettext|csv|"
    # The alphabets of old computers; what files and DICOM name stays, and cp437 for zip files.
    r"encodings/(?:mac_(?!roman)\w+|cp(?:0|1006|1026|11|273|424|5|7|8)\w*|hp_roman8|palmos|"
    r"ptcp154|kz1048))\.py"
)
_READER: Final = (
    *("pixels.js", "outlines.js", "faint.js", "looking.js", "clips.js", "marks.js"),
    *("files.js", "video.js", "copies.js", "threads.js", "reader.js"),
)
_NAMED: Final = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_FRAME: Final = (
    "reasons.js",
    "german.js",
    "frames.js",
    "beginning.js",
    "frame.js",
    "boxes.js",
    "picture.js",
)


def build(target: Path) -> Mapping[str, object]:
    """Write the folder; answer what `files.json` says. Raises SystemExit if it grew too large."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    loaded: dict[str, bytes] = {**_runtime(engine := engine_zip()), **ocr_models()}
    loaded["engine.zip"] = engine
    unpack = loaded.pop("unpack.js")
    loaded["worker.js"] = _text("worker.js").encode()
    loaded["reader.js"] = _joined(_READER).encode()
    frame, outer = _frame()
    loaded["frame.html"] = frame.encode()
    packer = zstandard.ZstdCompressor(level=22)
    # Packed here, so that every host sends little; the hashes are those of what is inside.
    packed = {name: packer.compress(content) for name, content in loaded.items()}
    files = {
        name: {"bytes": len(packed[name]), "sha256": _hex(content)}
        for name, content in sorted(loaded.items())
    }
    digest = _hex(json.dumps(files, sort_keys=True).encode())[:16]
    listed = {"version": project_version(), "digest": digest, "files": files}
    shell = {
        "index.html": _text("index.html").replace("{{outer_policy}}", outer),
        "files.json": json.dumps(listed, indent=1),
        "unpack.js": unpack.decode(),
        **{
            name: _text(name)
            for name in ("outer.js", "outer.css", "mark.svg", "manifest.webmanifest")
        },
    }
    whole = _hex("".join([digest, *(shell[name] for name in sorted(shell))]).encode())[:16]
    kept = ["./", *(name for name in shell if name != "index.html")]
    kept += [f"{name}.zst" for name in loaded]
    shell["sw.js"] = (
        _text("sw.js")
        .replace("{{version}}", project_version())
        .replace("{{digest}}", whole)
        .replace("{{shell}}", json.dumps(kept))
    )
    for name, content in packed.items():
        (target / f"{name}.zst").write_bytes(content)
    for name, words in shell.items():
        (target / name).write_text(words, encoding="utf-8")
    size = sum(one.stat().st_size for one in target.iterdir())
    if size > MOST:
        raise SystemExit(f"the page has {size:,} bytes; {MOST:,} is the most")
    return listed


def _runtime(engine: bytes) -> dict[str, bytes]:
    """The interpreter, from npm by the lock file; its list of packages is emptied, and what a start
    imports is compiled."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            (Path(folder) / name).write_bytes((HERE / name).read_bytes())
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(words, cwd=folder, check=True)  # noqa: S603 - our own words
        packages = Path(folder) / "node_modules"
        found = {name: (packages / place).read_bytes() for name, place in _RUNTIME.items()}
        ready = compiled(packages, engine, _needed(found["python_stdlib.zip"]))
        lock = json.loads((packages / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    found["python_stdlib.zip"], found["compiled.zip"] = ready.library, ready.beside
    lock["packages"] = {}
    found["pyodide-lock.json"] = json.dumps(lock, sort_keys=True).encode()
    return found


def _needed(library: bytes) -> bytes:
    """The standard library without what a page has no use for."""
    with zipfile.ZipFile(BytesIO(library)) as packed:
        return zipped(
            (name, packed.read(name)) for name in packed.namelist() if not _UNUSED.match(name)
        )


def _frame() -> tuple[str, str]:
    """The locked frame, complete, and the policy of the page around it."""
    style = _text("frame.css")
    scripts = {name: _reasons() if name == "reasons.js" else _text(name) for name in _FRAME}
    script = joined(scripts)
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


def _reasons() -> str:
    """What is said of findings, in the second language: from the bot's own catalogue."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="de")
    words = {
        str(one.id): str(one.string)
        for one in catalogue
        if isinstance(one.id, str) and one.string and _OF_FINDINGS & {at for at, _ in one.locations}
    }
    return f"const REASONS = {json.dumps(words, sort_keys=True, ensure_ascii=False)};"


def _source(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (SITE / name).read_text(encoding="utf-8")


def _joined(names: Iterable[str]) -> str:
    return joined({name: _text(name) for name in names})


def joined(scripts: Mapping[str, str]) -> str:
    """Scripts as one. Raises SystemExit where two use the same name: one of them would be lost, or
    nothing would run."""
    owners: dict[str, str] = {}
    for script, words in scripts.items():
        for name in _NAMED.findall(words):
            if name in owners:
                raise SystemExit(f"{name} is named in {owners[name]} and in {script}")
            owners[name] = script
    return "\n".join(scripts.values())


def _hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    told = build(Path(sys.argv[1] if len(sys.argv) > 1 else "artifacts/page"))
    print(f"version {told['version']}, {told['digest']}")  # noqa: T201 - a program
