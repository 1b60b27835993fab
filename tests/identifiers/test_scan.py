"""`python -m bot scan`: exit codes, the one JSON object, the readable report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.identifiers.findings import FileReport, Verdict
from bot.identifiers.report import closing


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


@pytest.mark.parametrize(
    ("name", "content"),
    [("note.jpg", "MRN 5548213"), ("drawn.svg", "<svg><text>MRN 5548213</text></svg>")],
)
def test_a_picture_that_is_none_is_never_nothing_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    odd, empty = tmp_path / name, tmp_path / f"b{name}"
    odd.write_text(content)
    empty.write_text("Which coil do you like?")
    assert main(["scan", "--json", str(odd), str(empty)]) == 2
    for report, others in zip(files(capsys.readouterr().out), (["mrn"], []), strict=True):
        assert report["verdict"] == "block"
        found = report["findings"]
        assert isinstance(found, list)
        assert [one["kind"] for one in found] == ["unreadable", *others]
        assert report["not_checked"] == ["It is named like a picture and cannot be read as one."]


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


def test_text_is_told_by_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "list.csv"
    table.write_text("name;born\nMrs Oyelaran;14.03.1961\n")
    assert main(["scan", "--json", str(table)]) == 1
    (report,) = files(capsys.readouterr().out)
    assert report["not_checked"] == [
        "It was read as plain text: what its markup draws or embeds was not looked at."
    ]


def test_a_folder_a_long_text_and_a_telling_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = tmp_path / "long.txt"
    long.write_text("a " * 600_000)
    broken = tmp_path / "KOWALCZYK^MARTINA.png"
    broken.write_bytes(b"\0\1\2")
    assert main(["scan", "--json", str(tmp_path), str(long), str(broken)]) == 2
    folder, text, picture = files(capsys.readouterr().out)
    for report, kinds in (
        (folder, ["unreadable"]),
        (text, ["unreadable"]),
        (picture, ["unreadable", "name"]),
    ):
        found = report["findings"]
        assert isinstance(found, list)
        assert [one["kind"] for one in found] == kinds


def test_text_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Mrs Oyelaran, 94F")
    code = (
        "import sys; from bot.__main__ import main; main(['scan', sys.argv[1]]); "
        "print({'numpy', 'cv2', 'PIL', 'onnxruntime', 'pydicom', 'av'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("set()\n")


def test_redacted_texts_keep_a_name_that_tells_nothing_and_spare_originals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    telling = tmp_path / "KOWALCZYK^MARTINA.txt"
    silent = tmp_path / "shunt.txt"
    already = out / "shunt.txt"
    for path in (telling, silent, already):
        path.write_text("Mrs Oyelaran came back.")
    asked = [str(telling), str(silent), str(already)]
    assert main(["scan", "--json", "--redact", str(out), *asked]) == 1
    written = [str(one["redacted"]) for one in files(capsys.readouterr().out)]
    assert [Path(one).name for one in written] == ["case-1.txt", "case-2.txt", "case-3.txt"]
    assert already.read_text() == "Mrs Oyelaran came back."
    assert all("Oyelaran" not in Path(one).read_text() for one in written)


def test_a_copy_replaces_a_link_and_does_not_follow_it(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "shunt.txt").symlink_to(elsewhere)
    path = tmp_path / "shunt.txt"
    path.write_text("Mrs Oyelaran came back.")
    main(["scan", "--redact", str(out), str(path)])
    assert elsewhere.read_text() == "mine"


def test_many_files_end_with_a_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text("TIPS or Denver shunt?")
    paths[1].write_text("Mrs Oyelaran, 94F")
    assert main(["scan", *map(str, paths)]) == 1
    assert "3 files, 1 with something to look at." in capsys.readouterr().out


def test_progress_on_many_files_is_shown_on_a_terminal_alone(tmp_path: Path) -> None:
    import pty

    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text("TIPS or Denver shunt?")
    command = [sys.executable, "-m", "bot", "scan", *map(str, paths)]
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as running:
            assert running.stdout is not None
            report = running.stdout.read().decode()
        shown = os.read(ours, 10_000).decode()
    finally:
        os.close(theirs)
        os.close(ours)
    assert [f"{number} of 3" in shown for number in (1, 2, 3)] == [True] * 3
    assert shown.endswith("\x1b[K")
    assert report.count("nothing found") == 3
    assert "\x1b" not in report
    quiet = subprocess.run(command, capture_output=True, check=True)
    assert quiet.stderr == b""


def test_what_no_reader_of_print_sees_is_said_where_pictures_were_opened() -> None:
    opened = FileReport("a.png", Verdict.NOTHING_FOUND, pixels=True)
    said = closing([opened, FileReport("b.txt", Verdict.NOTHING_FOUND)])
    assert "print along a curve" in said
    assert "four corners yourself" in said
    assert "corners" not in closing([FileReport("b.txt", Verdict.NOTHING_FOUND)])
