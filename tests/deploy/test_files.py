"""The shape of what a host copies: compose.yaml and the systemd unit."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_compose_offers_the_bot_alone_and_with_postgresql() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    by_profile: dict[str, set[str]] = {}
    for name, service in services.items():
        for profile in service["profiles"]:
            by_profile.setdefault(profile, set()).add(name)
    assert by_profile == {"sqlite": {"bot"}, "postgres": {"bot-on-postgres", "database"}}
    for name in ("bot", "bot-on-postgres"):
        bot = services[name]
        assert bot["read_only"]
        assert bot["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in bot["security_opt"]
        assert "ports" not in bot
        assert int(bot["stop_grace_period"].rstrip("s")) > 10
    assert {
        volume.split(":")[0] for each in services.values() for volume in each["volumes"]
    } == set(compose["volumes"])


def test_the_unit_runs_as_nobody_special_and_waits_for_the_end() -> None:
    text = (ROOT / "docs/deploy/introducer.service").read_text(encoding="utf-8")
    given = dict(re.findall(r"^(\w+)=(.*)$", text, re.M))
    assert given["User"] == "introducer"
    assert given["NoNewPrivileges"] == "yes"
    assert given["ProtectSystem"] == "strict"
    assert given["CapabilityBoundingSet"] == ""
    assert given["RestartPreventExitStatus"] == "2"
    assert int(given["TimeoutStopSec"]) > 10
    assert given["ExecStart"].endswith("python -m bot run")


def test_the_image_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
    users = [line.split()[1] for line in last if line.startswith("USER ")]
    assert len(users) == 1
    assert all(int(each) > 0 for each in users[0].split(":"))
    after = last[last.index(f"USER {users[0]}") :]
    assert not [line for line in after if line.startswith(("RUN ", "COPY ", "ADD "))]
    # Nothing is built or fetched in the last stage: it has what the first one made.
    assert not [line for line in last if line.startswith(("RUN ", "ADD "))]
    assert all("--from=build" in line for line in last if line.startswith("COPY "))
