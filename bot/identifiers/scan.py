"""`python -m bot scan`: looks for patient identifiers in files on this machine, sends nothing.

A file that cannot be read is reported as such and never counted as nothing found.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.identifiers.copies import Copies, marked_beside
from bot.identifiers.findings import FileReport, Finding, Kind, Verdict, Where, unreadable, verdict
from bot.identifiers.pictures.sniff import sniff
from bot.identifiers.readers import MOST_TEXT, TOO_LONG, Looked, Unreadable, decode, reader_for
from bot.identifiers.report import closing, show

if TYPE_CHECKING:
    from bot.identifiers.pictures.workers import Workers


class Scanner:
    """Looks into files one after another; keeps the process that opens pictures warm between them.

    With `copies` every file gets a redacted copy there.
    """

    def __init__(self, copies: Copies | None = None) -> None:
        self._copies = copies
        self._workers: Workers | None = None

    def scan(self, path: Path) -> FileReport:
        """Look into one file and at its name."""
        begin = time.perf_counter()
        try:
            if path.exists() and not path.is_file():
                raise Unreadable("It is a folder or a device, not a file.")
            with path.open("rb") as file:
                head = file.read(1024)
            if sniff(head) is not None:
                return self._picture(path, begin)
            reader = reader_for(head, path.suffix.lower())
            if reader is None:
                raise Unreadable("This kind of file cannot be read here.")
            return self._text(path, reader(path), begin)
        except Unreadable as error:
            return _unread(path, str(error), begin)
        except OSError as error:
            why = f"It could not be opened: {error.strerror or 'unknown reason'}."
            return _unread(path, why, begin)

    def close(self) -> None:
        """End the process that opens pictures."""
        if self._workers is not None:
            self._workers.close()

    def _picture(self, path: Path, begin: float) -> FileReport:
        from bot.identifiers.pictures.order import MAX_BYTES, Wish
        from bot.identifiers.pictures.order import Unreadable as NotRead
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
        report = replace(_report(path, looked, begin), pixels=True)
        if outcome.copy is None:
            refused = () if outcome.refused is None else (outcome.refused,)
            return replace(report, not_checked=(*report.not_checked, *refused))
        return self._copied(path, report, outcome.suffix, outcome.copy, outcome.preview)

    def _text(self, path: Path, looked: Looked, begin: float) -> FileReport:
        report = _report(path, looked, begin)
        if self._copies is None:
            return report
        from bot.identifiers.text import replacements

        shown = replacements(decode(path.read_bytes()), looked.findings).encode()
        return self._copied(path, report, path.suffix, shown, None)

    def _copied(
        self, path: Path, report: FileReport, suffix: str, copy: bytes, preview: bytes | None
    ) -> FileReport:
        if self._copies is None:
            return report
        name_tells = any(finding.where is Where.FILENAME for finding in report.findings)
        try:
            written = self._copies.write(path, name_tells, suffix, copy, preview)
        except OSError as error:
            why = f"The redacted copy could not be written: {error.strerror or 'unknown reason'}."
            return replace(report, not_checked=(*report.not_checked, why))
        beside = None if preview is None else str(marked_beside(written))
        return replace(report, redacted=str(written), preview=beside)


def scan_file(path: Path) -> FileReport:
    """Look into one file and at its name."""
    scanner = Scanner()
    try:
        return scanner.scan(path)
    finally:
        scanner.close()


def scan_text(text: str, name: str = "-") -> FileReport:
    """Look into a text that has no file."""
    from bot.identifiers.text import find, without_model

    begin = time.perf_counter()
    findings = find(text)
    seconds = time.perf_counter() - begin
    left = (*_left_out(findings), *without_model())
    return FileReport(name, verdict(findings), findings, left, seconds=seconds)


def _left_out(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What the search itself says that it left out, as sentences."""
    return tuple(finding.why for finding in findings if finding.kind is Kind.UNREADABLE)


def _report(path: Path, looked: Looked, begin: float) -> FileReport:
    from bot.identifiers.text import check_filename, without_model

    findings = looked.findings + check_filename(path.name)
    seconds = time.perf_counter() - begin
    left = tuple(dict.fromkeys((*looked.not_checked, *_left_out(findings), *without_model())))
    return FileReport(str(path), verdict(findings), findings, left, seconds=seconds)


def _unread(path: Path, why: str, begin: float) -> FileReport:
    """What could not be opened still has a name that may tell."""
    from bot.identifiers.text import check_filename

    report = unreadable(str(path), why, time.perf_counter() - begin)
    if not path.is_file():
        return report
    return replace(report, findings=report.findings + check_filename(path.stem))


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
    """Scan everything that was named; print each report when it is there, or one JSON object at the
    end; answer the exit code."""
    reports: list[FileReport] = []
    scanner = Scanner(None if redact is None else Copies(redact, files))
    count = len(files) + len(texts)
    told = count > 1 and sys.stderr.isatty()

    def add(number: int, look: Callable[[], FileReport]) -> None:
        if told:
            sys.stderr.write(f"\r{number} of {count} ")
            sys.stderr.flush()
        reports.append(look())
        if told:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        if not as_json:
            out.write(show(reports[-1], colour=out.isatty()))
            out.flush()

    try:
        for number, path in enumerate(files, start=1):
            add(number, partial(scanner.scan, path))
        for number, source in enumerate(texts, start=len(files) + 1):
            add(number, partial(_named_text, source))
    finally:
        scanner.close()
    if as_json:
        json.dump({"files": [report.to_json() for report in reports]}, out, ensure_ascii=False)
        out.write("\n")
    else:
        out.write(closing(reports))
    return exit_code(reports)


def _named_text(source: str) -> FileReport:
    try:
        if source == "-":
            raw = sys.stdin.buffer.read(MOST_TEXT + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.read(MOST_TEXT + 1)
        if len(raw) > MOST_TEXT:
            raise Unreadable(TOO_LONG)
        text = decode(raw)
    except Unreadable as error:
        return unreadable(source, str(error))
    except OSError as error:
        return unreadable(source, f"It could not be opened: {error.strerror or 'unknown reason'}.")
    return scan_text(text, source)
