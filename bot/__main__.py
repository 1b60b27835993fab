"""The command line, `python -m bot ...`. A command imports its heavy parts itself."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import IntroducerError, StoreAway

if TYPE_CHECKING:
    from bot.settings import Settings


AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: nobody has to mend anything; it is worth another start."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 2 for anything a person has to mend, and `AGAIN` where
    `run` finds its database away."""
    asked = _parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        return command(asked)
    except IntroducerError as error:
        print(error, file=sys.stderr)
        return AGAIN if command is _run and isinstance(error, StoreAway) else 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Introducer: the community bot for interventional radiology trainees.",
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="settings file (default: config.toml)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    preview = commands.add_parser("preview", help="try it in a local browser page; no token needed")
    preview.add_argument("--port", type=_port, default=0, metavar="N", help="0: any free port")
    preview.add_argument(
        "--no-browser", action="store_true", help="only print the address, open nothing"
    )
    preview.add_argument(
        "--database-url", metavar="URL", help="keep the sample there (default: a temporary file)"
    )
    preview.set_defaults(command=_preview)

    run = commands.add_parser("run", help="the bot on every platform that is configured")
    run.add_argument(
        "--role",
        type=_roles,
        metavar="ROLES",
        help="some of gateway,slack,worker: what this process does, of several on PostgreSQL",
    )
    run.set_defaults(command=_run)

    scan = commands.add_parser(
        "scan", help="look for patient identifiers in files, on this machine alone"
    )
    scan.add_argument("files", nargs="*", type=Path, metavar="FILE")
    scan.add_argument(
        "--text", action="append", default=[], metavar="FILE", help="read as text; - for input"
    )
    scan.add_argument("--json", action="store_true", help="one JSON object on standard output")
    scan.add_argument(
        "--redact", type=Path, metavar="DIR", help="write redacted copies into this folder"
    )
    scan.add_argument(
        "--version", action="store_true", help="version, and the hash that the checker page shows"
    )
    scan.set_defaults(command=_scan)

    check = commands.add_parser("check", help="check settings and database")
    check.add_argument(
        "--role", type=_roles, metavar="ROLES", help="as given to `run`, where processes share work"
    )
    check.set_defaults(command=_check)

    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.add_argument(
        "--to", metavar="REVISION", help="down to what an earlier version works with, or up to it"
    )
    migrate.set_defaults(command=_migrate)

    backup = commands.add_parser("backup", help="write everything into a new file; the bot may run")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", help="fill an empty database from a backup")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(command=_restore)

    manifest = commands.add_parser("slack-manifest", help="print the Slack app manifest (YAML)")
    manifest.set_defaults(command=_slack_manifest)

    invite = commands.add_parser("discord-invite", help="print the Discord invite address")
    invite.add_argument(
        "--application", metavar="ID", help="if no token is set: the application's id"
    )
    invite.set_defaults(command=_discord_invite)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _roles(text: str) -> frozenset[str]:
    roles = frozenset(text.split(","))
    if not roles <= {"gateway", "slack", "worker"}:
        raise argparse.ArgumentTypeError("roles are gateway, slack and worker, with commas between")
    return roles


def _settings(asked: argparse.Namespace) -> Settings:
    from bot.logs import begin
    from bot.settings import load

    settings = load(asked.config)
    begin(settings.log.level, settings.log.format)
    return settings


def _preview(asked: argparse.Namespace) -> int:
    from bot.app import preview

    settings = _settings(asked)
    asyncio.run(preview(settings, asked.port, asked.database_url, not asked.no_browser))
    return 0


def _run(asked: argparse.Namespace) -> int:
    from bot.app import ROLES, run

    asyncio.run(run(_settings(asked), asked.role or ROLES))
    return 0


def _scan(asked: argparse.Namespace) -> int:
    if asked.version:
        from adapters.checker.engine import engine_hash, project_version

        print(f"{project_version()}\nengine.zip {engine_hash()}")
        return 0
    from bot.identifiers.scan import run

    if not asked.files and not asked.text:
        print("Name a file to look into, or --text - to read from input.", file=sys.stderr)
        return 2
    return run(asked.files, asked.text, as_json=asked.json, out=sys.stdout, redact=asked.redact)


def _check(asked: argparse.Namespace) -> int:
    from bot.platforms import ROLES
    from bot.printed import check

    problems = asyncio.run(check(_settings(asked), asked.role or ROLES))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("Settings and database are in order.")
    return 2 if problems else 0


def _migrate(asked: argparse.Namespace) -> int:
    from storage import migrate

    revision = migrate(_settings(asked).database_url, asked.to)
    state = "up to date" if asked.to is None else "ready for the version that you asked for"
    print(f"The database is {state} (revision {revision}).")
    return 0


def _backup(asked: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from storage.backup import back_up

    rows = back_up(_settings(asked).database_url, asked.file, SystemClock().now())
    print(f"{rows:,} rows are in {asked.file}. It holds what members wrote: keep it private.")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    from bot.app import clock_of
    from storage.backup import restore

    settings = _settings(asked)
    days = settings.retention.backups
    rows = restore(settings.database_url, asked.file, clock_of(settings).now(), days)
    print(f"{rows:,} rows were restored, and the database is up to date.")
    return 0


def _slack_manifest(asked: argparse.Namespace) -> int:
    from bot.printed import slack_manifest

    print(slack_manifest(_settings(asked)), end="")
    return 0


def _discord_invite(asked: argparse.Namespace) -> int:
    from bot.printed import discord_invite

    print(discord_invite(_settings(asked), asked.application))
    return 0


if __name__ == "__main__":
    sys.exit(main())
