"""What the page's Python imports at its start, compiled when the page is built.

The interpreter that does it is the page's own, run by Node, because compiled files belong to one
version of it. Knows the interpreter's packages and the engine's zip, nothing of the page.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

HERE: Final = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Compiled:
    """Two zips: the standard library, and what goes beside the sources of the engine."""

    library: bytes
    beside: bytes


def compiled(packages: Path, engine: bytes, library: bytes) -> Compiled:
    """`packages` is a `node_modules` with Pyodide; the other two are zips of sources.

    Raises subprocess.CalledProcessError where the engine does not run in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "engine.zip").write_bytes(engine)
        (work / "python_stdlib.zip").write_bytes(library)
        (work / "compiled_inside.py").write_bytes((HERE / "compiled_inside.py").read_bytes())
        (work / "samples").mkdir()
        for name, content in _samples():
            (work / "samples" / name).write_bytes(content)
        words = ["node", str(HERE / "compile.mjs"), str(packages), str(work)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        return Compiled((work / "library.zip").read_bytes(), (work / "compiled.zip").read_bytes())


def _samples() -> Iterator[tuple[str, bytes]]:
    """A small file of each kind that people bring, so that its readers are among the imported."""
    picture = Image.new("L", (16, 16), 40)
    fields = Image.Exif()
    fields[0x010E] = "ROSSI^MARIA"
    for name in ("one.png", "one.jpg", "one.gif", "one.webp", "one.tif"):
        content = BytesIO()
        kept = {} if name.endswith("gif") else {"exif": fields}
        picture.save(content, {"jpg": "JPEG", "tif": "TIFF"}.get(name[-3:]) or name[4:], **kept)
        yield name, content.getvalue()
    yield "one.dcm", _record()


def _record() -> bytes:
    one = Dataset()
    one.file_meta = FileMetaDataset()
    one.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    one.SpecificCharacterSet = "ISO_IR 192"
    one.PatientName = "ROSSI^MARIA"
    one.PatientBirthDate = "19500403"
    one.Rows = one.Columns = 4
    one.SamplesPerPixel, one.PhotometricInterpretation = 1, "MONOCHROME2"
    one.BitsAllocated, one.BitsStored, one.HighBit, one.PixelRepresentation = 8, 8, 7, 0
    one.PixelData = bytes(16)
    content = BytesIO()
    one.save_as(content, enforce_file_format=False)
    return content.getvalue()
