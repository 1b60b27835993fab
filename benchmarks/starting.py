"""What a start costs beside the six libraries alone: seconds and memory, printed and kept."""

from __future__ import annotations

import statistics
import subprocess
import sys

from benchmarks.report import Figure, Report

LIBRARIES = "import discord, slack_bolt.async_app, sqlalchemy.ext.asyncio, apscheduler.schedulers.asyncio, pydantic_settings, aiohttp"
OURS = "import bot.app, adapters.discord.door, adapters.slack.door, storage.postgres"
HELP = "import sys; sys.argv[1:] = ['--help']; from bot.__main__ import main\ntry: main()\nexcept SystemExit: pass"
SCAN = "import io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO(b'nothing')); from bot.__main__ import main; main(['scan', '--text', '-'])"
HEAVY = (
    "discord",
    "slack_sdk",
    "slack_bolt",
    "sqlalchemy",
    "apscheduler",
    "aiohttp",
    "prometheus_client",
)
ROUNDS = 5
_SHELL = (
    "import resource, sys, time, warnings; warnings.simplefilter('ignore'); t = time.perf_counter()\n{}\n"
    "print('MEASURED', time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,"
    " ','.join(n for n in {!r} if n in sys.modules))"
)


def run(code: str) -> tuple[float, float, str]:
    """Seconds, MB, and which of the heavy libraries were loaded; the median of some runs."""
    seen: list[tuple[float, float]] = []
    loaded = ""
    for _time in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", _SHELL.format(code, HEAVY)],
            capture_output=True,
            text=True,
            check=True,
        )
        words = done.stdout.split("MEASURED", 1)[1].split()
        seen.append((float(words[0]), float(words[1])))
        loaded = words[2] if len(words) > 2 else ""
    return statistics.median(t for t, _m in seen), statistics.median(m for _t, m in seen), loaded


if __name__ == "__main__":
    report = Report("starting")
    bare_seconds, bare_memory, _all = run(LIBRARIES)
    seconds, memory, _all = run(OURS)
    report.add(Figure("imports of the whole program", seconds, "s", bare_seconds))
    report.add(Figure("memory after them", memory, "MB", bare_memory))
    for name, code in (("--help", HELP), ("scan of a text", SCAN)):
        seconds, memory, loaded = run(code)
        report.add(Figure(f"{name}: time", seconds, "s", bare_seconds))
        report.add(
            Figure(
                f"{name}: heavy libraries loaded",
                float(len(loaded.split(",")) if loaded else 0),
                "",
                None,
                0.5,
            )
        )
    report.end()
