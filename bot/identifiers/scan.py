"""`python -m bot scan`: looks for patient identifiers in files on this machine, sends nothing.

A file that cannot be read is reported as such and never counted as nothing found.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.identifiers.copies import Copies
from bot.identifiers.findings import FileReport, Verdict, Where, unreadable, verdict
from bot.identifiers.pictures.sniff import sniff
from bot.identifiers.readers import Looked, Reader, Unreadable, decode, default_readers
from bot.identifiers.report import show

if TYPE_CHECKING:
    from bot.identifiers.pictures.workers import Workers


class Scanner:
    """Looks into files one after another; keeps the process that opens pictures warm between them.

    With `copies` every file gets a redacted copy there.
    """

    def __init__(
        self, copies: Copies | None = None, readers: Mapping[str, Reader] | None = None
    ) -> None:
        self._copies = copies
        self._readers = default_readers() if readers is None else readers
        self._workers: Workers | None = None

    def scan(self, path: Path) -> FileReport:
        """Look into one file and at its name."""
        begin = time.perf_counter()
        try:
            with path.open("rb") as file:
                head = file.read(1024)
            if sniff(head) is not None:
                return self._picture(path, begin)
            reader = self._readers.get(path.suffix.lower())
            if reader is None:
                raise Unreadable("This kind of file cannot be read here.")
            return self._text(path, reader(path), begin)
        except Unreadable as error:
            return unreadable(str(path), str(error), time.perf_counter() - begin)
        except OSError as error:
            why = f"It could not be opened: {error.strerror or 'unknown reason'}."
            return unreadable(str(path), why, time.perf_counter() - begin)

    def close(self) -> None:
        """End the process that opens pictures."""
        if self._workers is not None:
            self._workers.close()

    def _picture(self, path: Path, begin: float) -> FileReport:
        from bot.identifiers.pictures.examine import Wish
        from bot.identifiers.pictures.material import MAX_BYTES
        from bot.identifiers.pictures.material import Unreadable as NotRead
        from bot.identifiers.pictures.workers import Workers

        if path.stat().st_size > MAX_BYTES:
            raise Unreadable("The file is too large to be looked through.")
        if self._workers is None:
            self._workers = Workers()
        wanted = self._copies is not None
        try:
            outcome = self._workers.examine(path.read_bytes(), Wish(redact=wanted, preview=wanted))
        except NotRead as error:
            raise Unreadable(str(error)) from error
        looked = Looked(outcome.findings, outcome.not_checked)
        report = _report(str(path), looked, begin, path.name)
        if self._copies is None:
            return report
        if outcome.copy is None:
            return replace(report, not_checked=(*report.not_checked, outcome.refused or ""))
        written = self._copies.write(
            path, _name_tells(report), outcome.suffix, outcome.copy, outcome.preview
        )
        return replace(report, redacted=str(written))

    def _text(self, path: Path, looked: Looked, begin: float) -> FileReport:
        report = _report(str(path), looked, begin, path.name)
        if self._copies is None:
            return report
        from bot.identifiers.text import replacements

        shown = replacements(decode(path.read_bytes()), looked.findings).encode()
        written = self._copies.write(path, _name_tells(report), path.suffix, shown, None)
        return replace(report, redacted=str(written))


def _name_tells(report: FileReport) -> bool:
    return any(finding.where is Where.FILENAME for finding in report.findings)


def scan_file(path: Path, readers: Mapping[str, Reader] | None = None) -> FileReport:
    """Look into one file and at its name."""
    scanner = Scanner(readers=readers)
    try:
        return scanner.scan(path)
    finally:
        scanner.close()


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


def run(
    files: Sequence[Path],
    texts: Sequence[str],
    *,
    as_json: bool,
    out: TextIO,
    redact: Path | None = None,
) -> int:
    """Scan everything that was named; print a report or one JSON object; answer the exit code."""
    reports: list[FileReport] = []
    scanner = Scanner(None if redact is None else Copies(redact))
    for number, path in enumerate(files, start=1):
        if not as_json and len(files) > 3 and sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{len(files)} ")
            sys.stderr.flush()
        reports.append(scanner.scan(path))
    scanner.close()
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
