"""`python -m bot scan`: looks for patient identifiers in files on this machine, sends nothing.

A file that cannot be read is reported as such and never counted as nothing found.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from bot.identifiers.findings import FileReport, Verdict, unreadable, verdict
from bot.identifiers.readers import Looked, Reader, Unreadable, decode, default_readers
from bot.identifiers.report import show


def scan_file(path: Path, readers: Mapping[str, Reader] | None = None) -> FileReport:
    """Look into one file and at its name."""
    known = default_readers() if readers is None else readers
    begin = time.perf_counter()
    reader = known.get(path.suffix.lower())
    try:
        if reader is None:
            raise Unreadable("Files of this kind are not readable yet.")
        looked = reader(path)
    except Unreadable as error:
        return unreadable(str(path), str(error), time.perf_counter() - begin)
    except OSError as error:
        why = f"It could not be opened: {error.strerror or 'unknown reason'}."
        return unreadable(str(path), why, time.perf_counter() - begin)
    return _report(str(path), looked, begin, path.name)


def scan_text(text: str, name: str = "-") -> FileReport:
    """Look into a text that has no file."""
    from bot.identifiers.text import find

    begin = time.perf_counter()
    return _report(name, Looked(find(text)), begin, None)


def _report(file: str, looked: Looked, begin: float, name: str | None) -> FileReport:
    from bot.identifiers.text import check_filename

    findings = looked.findings + (check_filename(name) if name is not None else ())
    seconds = time.perf_counter() - begin
    return FileReport(file, verdict(findings), findings, looked.not_checked, seconds=seconds)


def exit_code(reports: Sequence[FileReport]) -> int:
    """2 if any file was unreadable, else 1 if anything was found, else 0."""
    if any(report.unreadable for report in reports):
        return 2
    return int(any(report.verdict is not Verdict.NOTHING_FOUND for report in reports))


def run(files: Sequence[Path], texts: Sequence[str], *, as_json: bool, out: TextIO) -> int:
    """Scan everything that was named; print a report or one JSON object; answer the exit code."""
    reports: list[FileReport] = []
    for number, path in enumerate(files, start=1):
        if not as_json and len(files) > 3 and sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{len(files)} ")
            sys.stderr.flush()
        reports.append(scan_file(path))
    reports += [_named_text(source) for source in texts]
    if as_json:
        json.dump({"files": [report.to_json() for report in reports]}, out, ensure_ascii=False)
        out.write("\n")
    else:
        out.write(show(reports, colour=out.isatty()))
    return exit_code(reports)


def _named_text(source: str) -> FileReport:
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        text = decode(raw)
    except Unreadable as error:
        return unreadable(source, str(error))
    except OSError as error:
        return unreadable(source, f"It could not be opened: {error.strerror or 'unknown reason'}.")
    return scan_text(text, source)
