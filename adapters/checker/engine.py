"""What of the project runs in the checker page: its own modules, unchanged, and their libraries.

One zip; its hash stands on the page and in `python -m bot scan --version`, so that anybody can see
that both judge by the same rules.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_OURS: Final = (
    "bot/__init__.py",
    "bot/identifiers/*.py",
    *(
        f"bot/identifiers/pictures/{name}"
        for name in (
            "__init__.py",
            "dicom_greys.py",
            "dicom_tags.py",
            "judging.py",
            "lines.py",
            "metadata.py",
            "order.py",
            "plan.py",
            "recognised.py",
            "rows.py",
            "sniff.py",
            "terms.py",
            "data/*",
        )
    ),
    "bot/identifiers/text/**/*",
    "adapters/checker/drawing.py",
    "adapters/checker/fields.py",
    "adapters/checker/glue.py",
    "adapters/checker/picture.py",
)
"""What runs in the browser, unchanged. Packages without a word of their own get an empty file."""
_LIBRARIES: Final = {
    "phonenumbers": r"(?:(?!geodata|carrierdata|tzdata)[^/]+/)*"
    r"(?!geocoder|carrier|timezone)[^/]+\.py",
    "stdnum": r".*\.py|iban\.dat",
    "PIL": r"(?:_\w+|__init__|features|Image|ExifTags|TiffTags|JpegPresets|"
    r"\w*PaletteFile|GimpGradientFile|Image(?:File|Ops|Palette|Chops|Sequence|Mode|Color)|"
    r"(?:Png|Jpeg|Mpo|Bmp|Gif|Tiff|Iptc|Ppm)ImagePlugin)\.py",
    "pydicom": r"(?!(?:cli|examples|overlays|benchmarks)/|sr/_\w+_dict|fileset|"
    r"util/(?:codify|dump|fixer)).*\.py",
}
_UNCOMPILED: Final = '''"""In the place of Pillow's compiled part, which no header needs."""

PILLOW_VERSION = "{}"


def __getattr__(name):
    return lambda *_: None
'''
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def project_version() -> str:
    """As pyproject.toml has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def engine_hash() -> str:
    """SHA-256 of the zip, as the page shows it."""
    return hashlib.sha256(engine_zip()).hexdigest()


def engine_zip() -> bytes:
    """The project's own modules and their libraries, always the same bytes."""
    return zipped(_engine_files())


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Names and contents, always the same bytes; not packed inside, because the whole of it is."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, data in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return content.getvalue()


def _engine_files() -> Iterator[tuple[str, bytes]]:
    yield "adapters/__init__.py", b""
    yield "adapters/checker/__init__.py", b""
    for pattern in _OURS:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_bytes()
    for library, wanted in _LIBRARIES.items():
        spec = find_spec(library)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{library} is not installed: make setup")
        folder = Path(spec.origin).parent
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and re.fullmatch(wanted, name):
                yield f"{library}/{name}", file.read_bytes()
    named = f"Metadata-Version: 2.1\nName: pydicom\nVersion: {version('pydicom')}\n"
    yield "pydicom.dist-info/METADATA", named.encode()  # it asks for its own version
    yield "pydicom/examples/__init__.py", b""  # they are read at import
    yield "PIL/_imaging.py", _UNCOMPILED.format(version("pillow")).encode()
