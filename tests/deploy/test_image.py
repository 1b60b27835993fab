"""The Dockerfile, step by step, as an unprivileged user in an empty folder.

The base image is not here: its Python is the one that runs the tests, and nothing but files is
made. So this proves that the steps need no root, no build tools and nothing but what is copied; it
does not prove that the image builds. Run by `.ci/run`, because it installs everything once more.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NOBODY = 65534
_TOPS = ("/opt", "/data")
_GIVEN = "python:3.11-slim"
_OUTSIDE = re.compile(r"(PIP_|SSL_|https?_proxy$|HTTPS?_PROXY$|no_proxy$|NO_PROXY$)")
"""How the outside world is reached from here; nothing of it is in the image."""
_NO_PLATFORM = "no platform is configured"


@dataclass
class Stage:
    """A folder in which the steps of one stage are carried out."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    here: str = "/opt"
    instructions: dict[str, str] = field(default_factory=dict[str, str])

    def inside(self, text: str) -> str:
        """Absolute paths of the image, as paths of this machine."""
        tops = "|".join(_TOPS)
        return re.sub(rf"(?<![\w/])({tops})(?=/|\b)", lambda top: f"{self.root}{top[1]}", text)

    def run(self, words: list[str], **given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.inside(self.here),
            env={**self.environment, **given},
            capture_output=True,
            text=True,
            check=False,
            timeout=1200,
            **_as_nobody(),
        )


def _as_nobody() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def lines(file: Path) -> Iterator[tuple[str, str]]:
    text = re.sub(
        r"\\\n\s*", "", re.sub(r"^#.*\n", "", file.read_text(encoding="utf-8"), flags=re.M)
    )
    for line in filter(None, text.splitlines()):
        word, _space, rest = line.partition(" ")
        yield word, rest.strip()


@pytest.fixture(scope="module")
def image() -> Iterator[Stage]:
    """The last stage after every step."""
    top = Path(tempfile.mkdtemp(prefix="introducer-image-"))
    top.chmod(0o755)
    context = top / "context"
    _context(context)
    base = top / "base"
    base.mkdir()
    _interpreter(base)
    stages: dict[str, Stage] = {}
    stage = Stage(top)
    try:
        for word, rest in lines(ROOT / "Dockerfile"):
            if word == "FROM":
                given, _as, name = rest.partition(" AS ")
                assert given == _GIVEN
                root = top / f"stage-{len(stages)}"
                for folder in _TOPS[:1]:
                    (root / folder[1:]).mkdir(parents=True)
                _hand_over(root)
                given_here = {
                    name: value for name, value in os.environ.items() if _OUTSIDE.match(name)
                }
                given_here |= {"PATH": f"{base}/bin:/usr/bin:/bin", "HOME": str(root)}
                given_here["LD_LIBRARY_PATH"] = f"{base}/lib"
                stage = stages[name or "last"] = Stage(root, given_here)
            else:
                _step(stage, stages, context, base, word, rest)
        yield stage
    finally:
        shutil.rmtree(top)


def _step(
    stage: Stage, stages: dict[str, Stage], context: Path, base: Path, word: str, rest: str
) -> None:
    match word:
        case "RUN":
            done = stage.run(["sh", "-e", "-c", stage.inside(rest)])
            assert done.returncode == 0, done.stderr
        case "COPY":
            flags = {each for each in rest.split() if each.startswith("--")}
            *sources, target = [each for each in rest.split() if not each.startswith("--")]
            named = next((flag[7:] for flag in flags if flag.startswith("--from=")), None)
            for source in sources:
                origin = context / source if named is None else Path(stages[named].inside(source))
                goal = Path(stage.inside(target)) / (source if target.endswith("/") else "")
                _copy(origin, goal, stages[named].root if named else None, stage.root)
            _hand_over(stage.root)
        case "ENV":
            for name, value in (pair.split("=", 1) for pair in shlex.split(rest)):
                stage.environment[name] = stage.inside(value).replace(
                    "/usr/local/bin", f"{base}/bin"
                )
        case "WORKDIR":
            stage.here = rest
        case _:
            stage.instructions[word] = rest


def _interpreter(base: Path) -> None:
    """What the base image has: `python` on the path, and none of this folder's packages."""
    (base / "bin").mkdir()
    python = base / "bin/python"
    real = Path(sys.base_prefix).resolve()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    tried = (
        subprocess.run([f"{real}/bin/{version}", "-c", ""], check=False, **_as_nobody())
        if (_may_enter(real))
        else None
    )
    if tried is not None and tried.returncode == 0:
        python.symlink_to(real / "bin" / version)
        return
    # It belongs to somebody else alone: a copy for everybody.
    shutil.copy2(real / "bin" / version, python)
    shutil.copytree(
        real / "lib" / version,
        base / "lib" / version,
        ignore=shutil.ignore_patterns("site-packages", "test", "__pycache__", "config-*"),
    )
    for library in (real / "lib").glob("libpython*"):
        shutil.copy2(library, base / "lib" / library.name)


def _may_enter(folder: Path) -> bool:
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents))


def _context(folder: Path) -> None:
    """What `docker build` would see: this folder without what `.dockerignore` keeps away."""
    kept = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for path in tracked:
        if path.split("/")[0] in kept:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    folder.chmod(0o755)


def _copy(origin: Path, goal: Path, old: Path | None, new: Path) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    if origin.is_dir():
        shutil.copytree(origin, goal, symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy2(origin, goal)
    if old is None:
        return
    # In the image both stages have the same paths; here the folder's name stands in scripts.
    for file in [*goal.glob("bin/*"), goal / "pyvenv.cfg"]:
        if file.is_file() and not file.is_symlink() and str(old) in (text := _text(file)):
            file.write_text(text.replace(str(old), str(new)), encoding="utf-8")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _hand_over(root: Path) -> None:
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(root)], check=True)


@pytest.mark.timeout(1800)
def test_the_steps_need_no_root_and_give_a_bot_that_runs(image: Stage) -> None:
    command = json.loads(image.instructions["ENTRYPOINT"])
    helped = image.run([*command, "--help"])
    assert helped.returncode == 0, helped.stderr
    refused = image.run([*command, *json.loads(image.instructions["CMD"])])
    assert refused.returncode == 2
    assert _NO_PLATFORM in refused.stderr
    assert "Traceback" not in refused.stderr
    assert image.run([*command, "migrate"]).returncode == 0
    data = Path(image.inside("/data"))
    assert (data / "introducer.sqlite3").stat().st_mode & 0o077 == 0
    backed_up = image.run([*command, "backup", "one.backup"])
    assert backed_up.returncode == 0, backed_up.stderr
    scanned = image.run(["sh", "-c", f"echo 'MRN 12345678' | {shlex.join(command)} scan --text -"])
    assert scanned.returncode == 1, scanned.stderr
    manifest = image.run([*command, "slack-manifest"])
    assert yaml.safe_load(manifest.stdout)["oauth_config"]

    # Small, no build tools, not root.
    assert not image.run(["sh", "-c", "command -v pip pip3"]).stdout.count(str(image.root))
    assert image.run(["python", "-c", "import pip"]).returncode == 1
    user = image.instructions["USER"].split(":")[0]
    assert user.isdecimal()
    assert int(user) > 0
    # The health check is a program of its own; nobody answers it here.
    check = json.loads(image.instructions["HEALTHCHECK"].partition("CMD ")[2])
    sick = image.run(check)
    assert sick.returncode == 1
    assert "refused" in sick.stderr
