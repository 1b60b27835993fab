"""Runs in the page's own interpreter when the page is built: compiles what a start imports.

Otherwise a browser would compile 340 modules at each start, which took it five seconds. Of the
project's modules and their libraries only those compiled files are used that carry the hash of
their source (PEP 552, checked), so that the sources beside them stay what decides.
"""

import ast
import importlib.util
import json
import marshal
import sys
import zipfile
from pathlib import Path

WORK = Path("/work")
LIBRARY = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip/"
ENGINE = "/engine/"
MOMENT = (1980, 1, 1, 0, 0, 0)
TEXTS = (
    "Mrs Mary Kowalczyk, DOB 12/03/1951, MRN 48210937, NHS 943 476 5919, call 0151 4960123.",
    "Frau Öztürk, geb. 3.4.1950, Tel. 0761 4960123; Inés, DNI 12345678Z; M. Petit, 06 12 34 56 78",
)


def main() -> None:
    """Use what people use, then compile what that has imported."""
    from adapters.checker import glue
    from adapters.checker.picture import Picture

    for text in TEXTS:
        json.loads(glue.look(text))
    for sample in sorted((WORK / "samples").iterdir()):
        Picture(sample.name, sample.read_bytes()).begin()
    places = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    imported = {place for place in places if place}
    with zipfile.ZipFile(WORK / "python_stdlib.zip") as sources:
        held = {name: sources.read(name) for name in sources.namelist() if not name.endswith("/")}
    written(
        "library.zip",
        {
            (f"{name}c" if LIBRARY + name in imported else name): (
                compiled(LIBRARY + name, source, False) if LIBRARY + name in imported else source
            )
            for name, source in held.items()
        },
    )
    with zipfile.ZipFile(WORK / "engine.zip") as sources:
        written(
            "compiled.zip",
            {
                importlib.util.cache_from_source(name): compiled(
                    ENGINE + name, sources.read(name), True
                )
                for name in sources.namelist()
                if ENGINE + name in imported
            },
        )


def compiled(place: str, source: bytes, checked: bool) -> bytes:
    """As a file of its own, without docstrings, which nobody reads there."""
    tree = ast.parse(source, place)
    for part in ast.walk(tree):
        if isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = part.body[0] if part.body else None
            match first:
                case ast.Expr(value=ast.Constant(value=str())):
                    part.body[:1] = [] if part.body[1:] else [ast.copy_location(ast.Pass(), first)]
    code = compile(tree, place, "exec", dont_inherit=True, optimize=0)
    key = importlib.util.source_hash(source)
    kind = (0b11 if checked else 0b01).to_bytes(4, "little")  # PEP 552
    return importlib.util.MAGIC_NUMBER + kind + key + marshal.dumps(code)


def written(name: str, files: dict[str, bytes]) -> None:
    """Always in the same order and of the same moment; not packed inside."""
    with zipfile.ZipFile(WORK / name, "w") as packed:
        for place, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(place, MOMENT), content)
