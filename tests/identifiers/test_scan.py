"""`python -m bot scan`: exit codes, the one JSON object, the readable report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main


def files(out: str) -> list[dict[str, object]]:
    return json.loads(out)["files"]


def test_json_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    telling = tmp_path / "a.txt"
    telling.write_bytes("Ünal, MRN 5548213\r\n".encode())
    silent = tmp_path / "b.md"
    silent.write_text("TIPS or Denver shunt?")
    assert main(["scan", "--json", str(telling), str(silent)]) == 1
    first, second = files(capsys.readouterr().out)
    assert first["verdict"] == "block"
    findings = first["findings"]
    assert isinstance(findings, list)
    number = next(one for one in findings if one["kind"] == "mrn")
    assert (number["text"], number["start"], number["end"]) == ("5548213", 10, 17)
    assert {"kind", "where", "confidence", "why"} <= set(number)
    assert second["verdict"] == "nothing_found"
    assert second["findings"] == []
    assert second["not_checked"] == []


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silent = tmp_path / "b.txt"
    silent.write_text("Which coil do you like?")
    assert main(["scan", str(silent)]) == 0
    assert "nothing found" in capsys.readouterr().out
    assert main(["scan", "--json", str(silent), str(tmp_path / "missing.txt")]) == 2
    report = files(capsys.readouterr().out)[1]
    assert report["verdict"] == "block"
    assert main(["scan"]) == 2


def test_what_cannot_be_read_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / "x.unknown"
    odd.write_bytes(b"\x00\x01")
    binary = tmp_path / "y.txt"
    binary.write_bytes(b"\x00\x01\x02")
    assert main(["scan", "--json", str(odd), str(binary)]) == 2
    for report in files(capsys.readouterr().out):
        assert report["verdict"] == "block"
        found = report["findings"]
        assert isinstance(found, list)
        assert [one["kind"] for one in found] == ["unreadable"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Frau Müßig, MRN 5548213".encode(encoding))
    assert main(["scan", "--json", str(path)]) == 1
    found = files(capsys.readouterr().out)[0]["findings"]
    assert isinstance(found, list)
    assert {"Frau Müßig", "5548213"} == {one["text"] for one in found}


def test_text_from_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "scan", "--text", "-", "--json"],
        input=b"Mrs Oyelaran, 94F",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert files(done.stdout.decode())[0]["file"] == "-"


def test_report_hides_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Mrs Oyelaran\x1b[2J wrote to a\x1b]0;x\x07b@example.org")
    main(["scan", str(path)])
    assert "\x1b" not in capsys.readouterr().out
