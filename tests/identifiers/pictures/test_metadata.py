"""Fields beside the pixels, one by one: XMP, IPTC, what a PDF says of itself."""

from __future__ import annotations

import io
import struct

from PIL import Image

from bot.identifiers.findings import Finding, Kind
from bot.identifiers.pictures.metadata import judge_field, picture_fields, xmp_fields
from bot.identifiers.pictures.pdf import read_pdf
from tests.identifiers.pictures.drawing import saved

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
<rdf:Description xmp:CreateDate="2021-03-04T10:00:00" xmp:CreatorTool="GIMP 2.10">
<dc:creator><rdf:Seq><rdf:li>Martina Kowalczyk</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li>Patient MRN 48210937</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def told(findings: list[Finding]) -> set[tuple[Kind, str]]:
    return {(finding.kind, finding.text or "") for finding in findings}


def iptc(fields: dict[int, bytes]) -> bytes:
    """A JPEG segment in which Photoshop keeps records of the second kind."""
    records = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in fields.items()
    )
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records
    body += b"\0" * (len(records) % 2)
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def grey() -> Image.Image:
    return Image.new("RGB", (32, 32), (90, 90, 90))


def test_an_xmp_packet_tells_its_texts_and_attributes():
    found = told(list(xmp_fields(XMP.encode())))
    assert (Kind.NAME, "Martina Kowalczyk") in found
    assert (Kind.MRN, "48210937") in found
    assert (Kind.DATE, "2021-03-04T10:00:00") in found
    assert not any("GIMP" in text for _, text in found)


def test_an_xmp_packet_in_a_picture_is_read():
    with Image.open(io.BytesIO(saved(grey(), "PNG"))) as picture:
        picture.info["xmp"] = XMP.encode()
        assert (Kind.MRN, "48210937") in told(list(picture_fields(picture)))


def test_a_broken_xmp_packet_is_answered():
    for packet in (b"", b"<" * 5000, b'a="' * 5000, "\ufffd<x>".encode() * 400, bytes(range(256))):
        assert list(xmp_fields(packet)) == []


def test_iptc_records_tell_who_and_where():
    plain = saved(grey(), "JPEG")
    segment = iptc(
        {80: b"Martina Kowalczyk", 90: b"Flensburg", 120: b"MRN 48210937", 116: b"K. Hrube\xc5\xa1"}
    )
    with Image.open(io.BytesIO(plain[:2] + segment + plain[2:])) as picture:
        found = told(list(picture_fields(picture)))
    assert found >= {
        (Kind.NAME, "Martina Kowalczyk"),
        (Kind.CITY, "Flensburg"),
        (Kind.MRN, "48210937"),
        (Kind.NAME, "K. Hrubeš"),
    }


def test_what_a_pdf_says_of_itself_is_read():
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>",
        b"<</Author(Martina Kowalczyk)/Title(MRN 48210937)"
        b"/CreationDate(D:20210304100000Z)/Producer(GIMP)>>",
    ]
    data, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 5\n0000000000 65535 f \n" + table
    data += b"trailer<</Size 5/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF" % data.index(
        b"xref"
    )
    material, document = read_pdf(data)
    document.close()
    found = told(material.findings)
    assert (Kind.NAME, "Martina Kowalczyk") in found
    assert (Kind.MRN, "48210937") in found
    assert any(kind is Kind.DATE for kind, _ in found)
    assert not any("GIMP" in text for _, text in found)


def test_a_field_without_letters_tells_nothing():
    assert list(judge_field("Artist", " \0\x01 -- ")) == []
    assert list(judge_field("DateTime", "0000:00:00 00:00:00")) == []
    assert list(judge_field("Software", "Adobe Photoshop 25.1")) == []
