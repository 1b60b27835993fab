"""The gateway's transport encodings: plain text, zlib-stream and zstd-stream.

Which one a client asks for depends on what is installed beside it, so all must work everywhere.
The zstd stream is stored (uncompressed) blocks, RFC 8878, written here without a library.
"""

import zlib
from collections.abc import Callable, Iterator

Encoder = Callable[[str], str | bytes]

MAGIC = bytes.fromhex("28b52ffd")
HEADER = bytes([0x00, 0x38])  # no size, no checksum; a window of 128 KiB
BLOCK = 1 << 16


def _plain(text: str) -> str:
    return text


def _zlib() -> Encoder:
    stream = zlib.compressobj()

    def encode(text: str) -> bytes:
        return stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)

    return encode


def _zstd() -> Encoder:
    opening = [MAGIC + HEADER]

    def encode(text: str) -> bytes:
        return (opening.pop() if opening else b"") + b"".join(_stored(text.encode()))

    return encode


def _stored(data: bytes) -> Iterator[bytes]:
    """Blocks of type 0, none of them the last: the frame stays open as long as the socket."""
    for start in range(0, len(data), BLOCK):
        piece = data[start : start + BLOCK]
        yield (len(piece) << 3).to_bytes(3, "little") + piece


def encoder(compress: str) -> Encoder | None:
    """A fresh encoder for one socket, or None for an encoding that is not offered."""
    if compress == "":
        return _plain
    makers = {"zlib-stream": _zlib, "zstd-stream": _zstd}
    return makers[compress]() if compress in makers else None
