#!/usr/bin/env python3
"""Makes invented pictures with printed identifiers: ultrasound, angiography and CT look-alikes.

    python benchmarks/identifiers/files_make.py OUT [--count 60] [--seed 1]

Writes OUT/files/* and OUT/manifest.jsonl (boxes of identifiers and of harmless text). Fonts, places,
labels and wording are drawn from lists that the engine does not read; half of the files carry none.
"""

from __future__ import annotations

import argparse
import io
import json
import random
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FONTS = [
    "DejaVuSans.ttf", "DejaVuSansMono.ttf", "DejaVuSans-Bold.ttf", "LiberationSans-Regular.ttf",
    "LiberationSansNarrow-Regular.ttf", "LiberationMono-Bold.ttf", "DejaVuSerif.ttf", "",
]  # fmt: skip
SITES = [
    "St. Brannock's Hospital", "Northmere General", "Univ.-Klinikum Traunfels", "CHU de Valbrume",
    "Hosp. San Telmo", "Quarry Bank Infirmary", "Lakeview Vascular Institute", "AZ Sint-Elooi",
]  # fmt: skip
HARMLESS = {
    "us": ["LOGIQ E10", "Abdomen", "C1-6-D", "MI 0.9", "TIs 0.3", "FR 24", "Freq 4.0 MHz", "Gn 52", "DR 66", "D 14.0 cm",
           "Map F/0/0", "CF 2.5 MHz", "PRF 1.2 kHz", "WF 112 Hz", "PS 98.2 cm/s", "ED 31.0 cm/s", "RI 0.68", "Vol 24.1 ml",
           "RT Kidney Long", "Hepatic vein", "Liver TRV", "+ L 3.21 cm", "AO% 100", "HR 72 bpm", "S/A 1/2"],
    "xa": ["LAO: 31", "CRA: 12", "SID: 108 cm", "FD 22", "kV: 72", "mA: 413", "15 f/s", "DSA", "Run: 4", "Img 12 of 34",
           "WC 2048", "WW 4096", "Left ICA", "Mask 3", "Roadmap", "Table 88.4", "RPT", "AK 214 mGy", "DAP 32.1 Gycm2",
           "Common Hepatic", "Post Coil", "R Hypogastric", "Late phase", "CO2 run", "Iodixanol 320 5 ml/s 15 ml"],
    "ct": ["kVp 120", "mA 240", "Thk 3.0 mm", "W: 400 L: 50", "Loc: -123.5", "FoV: 380 mm", "Br40", "HFS", "A", "R", "L", "P",
           "Portal Venous", "Contrast: 100 ml", "Zoom: 1.4x", "Axial MPR", "5.0 mm", "Ex: ---", "Se: 3/7", "Im: 44/210",
           "512 x 512", "Tilt: 0.0", "DFOV 38.0 cm", "C+ Delayed", "Angle 32 deg", "MinIP"],
}  # fmt: skip


def names(part: int) -> list[tuple[str, str]]:
    """Given and family names; `part` 1 is the half that training never sees."""
    found: list[tuple[str, str]] = []
    for line in (HERE / "names.tsv").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 3:
            continue
        given, family = cells[1].split("|"), cells[2].split("|")
        found += [(one, two) for one, two in zip(given[part::2], family[part::2], strict=False)]
    return [pair for pair in found if all(ord(letter) < 0x250 for letter in "".join(pair))]


def background(kind: str, size: tuple[int, int], rng: random.Random) -> np.ndarray:
    """Something grey that looks a little like ultrasound, angiography or CT."""
    width, height = size
    noise = np.random.default_rng(rng.randrange(1 << 30))
    if kind == "us":
        picture = np.zeros((height, width), np.float32)
        fan = np.zeros((height, width), np.uint8)
        cv2.ellipse(
            fan, (width // 2, int(height * 0.06)), (int(height * 0.8),) * 2, 0, 45, 135, 255, -1
        )
        speckle = cv2.GaussianBlur(
            noise.rayleigh(60, (height, width)).astype(np.float32), (0, 0), 1.4
        )
        picture[fan > 0] = speckle[fan > 0]
        for _ in range(4):
            middle = (
                rng.randint(width // 3, 2 * width // 3),
                rng.randint(height // 4, 2 * height // 3),
            )
            cv2.ellipse(
                picture,
                middle,
                (rng.randint(20, 80), rng.randint(10, 50)),
                rng.randint(0, 180),
                0,
                360,
                rng.randint(10, 40),
                -1,
            )
        return np.clip(picture, 0, 255).astype(np.uint8)
    if kind == "xa":
        base = rng.randint(90, 190)
        picture = np.full((height, width), base, np.float32)
        picture += cv2.GaussianBlur(
            noise.normal(0, 900, (height, width)).astype(np.float32), (0, 0), 60
        )
        for _ in range(14):
            points = np.cumsum(noise.normal(0, 1, (60, 2)) * 18 + noise.normal(0, 8, 2), axis=0)
            points += [rng.randint(0, width), rng.randint(0, height)]
            cv2.polylines(
                picture,
                [points.astype(np.int32)],
                False,
                rng.randint(15, 70),
                rng.randint(2, 10),
                cv2.LINE_AA,
            )
        picture += noise.normal(0, 5, picture.shape)
        return np.clip(picture, 0, 255).astype(np.uint8)
    picture = np.zeros((height, width), np.float32)
    cv2.ellipse(
        picture,
        (width // 2, height // 2),
        (int(width * 0.38), int(height * 0.3)),
        0,
        0,
        360,
        105,
        -1,
    )
    for _ in range(16):
        middle = (
            rng.randint(width // 4, 3 * width // 4),
            rng.randint(height // 3, 2 * height // 3),
        )
        cv2.ellipse(
            picture,
            middle,
            (rng.randint(10, 90), rng.randint(10, 60)),
            rng.randint(0, 180),
            0,
            360,
            rng.choice([60, 90, 120, 130, 240]),
            -1,
        )
    picture = cv2.GaussianBlur(picture, (0, 0), 2) + noise.normal(0, 6, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def identifier_lines(
    rng: random.Random, pool: list[tuple[str, str]]
) -> list[list[tuple[str, str, str]]]:
    """Lines of (label, kind, value); kind '' is harmless."""
    given, family = rng.choice(pool)
    name = rng.choice([f"{family.upper()}^{given.upper()}", f"{family}, {given}", f"{given} {family}",
                       f"{family.upper()} {given.upper()}", f"{given[0]}. {family}", f"{family.upper()}, {given[0]}"])  # fmt: skip
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1932, 2025)
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    date = rng.choice([f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}", f"{day:02}-{months[month - 1]}-{year}",
                       f"{months[month - 1].title()} {day}, {year}", f"{year}{month:02}{day:02}"])  # fmt: skip
    number = rng.choice(
        [
            str(rng.randint(10**6, 10**8)),
            f"{rng.choice('ABHKMX')}{rng.randint(10**5, 10**7)}",
            f"{rng.randint(100, 999)} {rng.randint(100, 999)} {rng.randint(1000, 9999)}",
            f"{rng.randint(10**9, 10**10 - 1)}",
        ]
    )
    lines = [[(rng.choice(["", "Pat. ", "Patient Name: ", "Name ", "Pt. ", "NOM: "]), "name", name)],
             [(rng.choice(["ID ", "Patient ID: ", "MRN ", "Hosp No. ", "PID # ", "Fallnr. ", ""]), "mrn", number)]]  # fmt: skip
    if rng.random() < 0.7:
        lines.append(
            [(rng.choice(["DOB ", "Birth Date: ", "geb. ", "Exam ", "", "*"]), "date", date)]
        )
    if rng.random() < 0.5:
        lines.append([("", "facility", rng.choice(SITES))])
    if rng.random() < 0.4:
        other = rng.choice(pool)
        lines.append(
            [
                (
                    rng.choice(["Dr. ", "Operator: ", "Perf. Phys ", "Sonographer "]),
                    "name",
                    f"{other[0]} {other[1]}",
                )
            ]
        )
    if rng.random() < 0.4:
        lines.append(
            [
                (
                    rng.choice(["Acc. No ", "Acc# ", "Order "]),
                    "accession",
                    f"{rng.choice(['', 'RX', 'U', 'E-'])}{rng.randint(10**6, 10**9)}",
                )
            ]
        )
    rng.shuffle(lines)
    return lines


def write_line(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    pieces: list[tuple[str, str, str]],
    font: ImageFont.FreeTypeFont,
    fill: tuple[int, int, int],
    right: bool,
    shadow: bool,
) -> tuple[list[dict], list[dict]]:
    """Draws one line; answers the entries of its identifiers and of its harmless pieces."""
    items, harmless = [], []
    whole = "".join(label + value for label, _, value in pieces)
    x, y = at
    if right:
        x -= int(draw.textlength(whole, font=font))
    for label, kind, value in pieces:
        for text, its in ((label, ""), (value, kind)):
            if not text:
                continue
            if shadow:
                draw.text((x + 1, y + 1), text, font=font, fill=(0, 0, 0))
            draw.text((x, y), text, font=font, fill=fill)
            box = [int(side) for side in draw.textbbox((x, y), text.rstrip(), font=font)]
            entry = {"value": text, "box": box}
            if its:
                items.append(
                    entry
                    | {"kind": its, "where": "pixel", "tier": "must", "page": 0, "frames": None}
                )
            elif text.strip():
                harmless.append(entry)
            x += int(draw.textlength(text, font=font))
    return items, harmless


def make(number: int, rng: random.Random, pool: list[tuple[str, str]], folder: Path) -> dict:
    """Writes one file; answers its line of the manifest."""
    kind = rng.choice(["us", "xa", "ct"])
    flagged = number % 2 == 0
    size = rng.choice(
        [(512, 512), (640, 480), (800, 600), (1024, 768), (1024, 1024), (960, 720), (1280, 1024)]
    )
    grey = background(kind, size, rng)
    picture = Image.fromarray(np.repeat(grey[:, :, None], 3, axis=2))
    draw = ImageDraw.Draw(picture)
    points = rng.randint(max(11, size[1] // 64), max(13, size[1] // 34))
    face = rng.choice(FONTS)
    try:
        font = ImageFont.truetype(face, points) if face else ImageFont.load_default(points)
    except OSError:
        font = ImageFont.load_default(points)
    fill = rng.choice(
        [(255, 255, 255), (230, 230, 230), (255, 255, 160), (140, 255, 140), (130, 220, 255)]
    )
    shadow = kind == "xa" or rng.random() < 0.3
    items: list[dict] = []
    harmless: list[dict] = []
    corners = [(0, 0), (1, 0), (0, 1), (1, 1)]
    rng.shuffle(corners)
    pitch = int(points * rng.uniform(1.25, 1.6))
    for place, (right, bottom) in enumerate(corners):
        if place == 0 and flagged:
            lines = identifier_lines(rng, pool)
        elif rng.random() < 0.8:
            lines = [[("", "", "")] for _ in range(0)] + [
                [(text, "", "")] for text in rng.sample(HARMLESS[kind], rng.randint(1, 6))
            ]
        else:
            continue
        x = size[0] - 8 if right else 8
        y = size[1] - 6 - pitch * len(lines) if bottom else 6
        for line in lines:
            found, rest = write_line(draw, (x, y), line, font, fill, bool(right), shadow)
            items += found
            harmless += rest
            y += pitch
    form = rng.choice(["png", "jpg", "bmp", "webp", "tif", "dcm"])
    name = f"{kind}{number:03}.{form}"
    target = folder / name
    if form == "jpg":
        picture.save(target, quality=rng.randint(60, 92))
    elif form == "webp":
        picture.save(target, quality=85)
    elif form == "dcm":
        target.write_bytes(dicom(picture, rng, flagged, pool, items))
    else:
        picture.save(target)
    clear = not items
    return {"id": target.stem, "file": f"files/{name}", "family": f"{kind}_{form}", "size": list(size), "frames": 1, "items": items,
            "harmless": harmless, "expect": "clear" if clear else "flag", "expect_strict": "clear" if clear else "block"}  # fmt: skip


def dicom(
    picture: Image.Image,
    rng: random.Random,
    flagged: bool,
    pool: list[tuple[str, str]],
    items: list[dict],
) -> bytes:
    """A secondary capture, sometimes compressed."""
    import pydicom
    from pydicom.dataset import FileDataset, FileMetaDataset
    from pydicom.uid import (
        ExplicitVRLittleEndian,
        RLELossless,
        SecondaryCaptureImageStorage,
        generate_uid,
    )

    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid()
    data = FileDataset("x", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID, data.SOPInstanceUID = (
        meta.MediaStorageSOPClassUID,
        meta.MediaStorageSOPInstanceUID,
    )
    data.SpecificCharacterSet, data.Modality = "ISO_IR 192", "OT"
    pixels = np.asarray(picture)
    data.Rows, data.Columns, data.SamplesPerPixel = *pixels.shape[:2], 3
    data.PhotometricInterpretation, data.PlanarConfiguration = "RGB", 0
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation = 7, 0
    data.PixelData = pixels.tobytes()
    if flagged:
        given, family = rng.choice(pool)
        data.PatientName, data.PatientID = f"{family}^{given}", str(rng.randint(10**6, 10**8))
        data.StudyDate = "20240117"
        for kind, value in (
            ("name", str(data.PatientName)),
            ("mrn", data.PatientID),
            ("date", "20240117"),
        ):
            items.append(
                {
                    "kind": kind,
                    "value": value,
                    "where": "metadata",
                    "tier": "must",
                    "box": None,
                    "page": 0,
                    "frames": None,
                }
            )
    if rng.random() < 0.5:
        data.compress(RLELossless)
    target = io.BytesIO()
    pydicom.dcmwrite(target, data, enforce_file_format=True)
    return target.getvalue()


def main() -> None:
    """Writes the set that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    folder = asked.out / "files"
    folder.mkdir(parents=True, exist_ok=True)
    pool = names(1)
    with (asked.out / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for number in range(asked.count):
            manifest.write(json.dumps(make(number, rng, pool, folder), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
