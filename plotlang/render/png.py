"""Pixels as a PNG file, much faster than a general encoder: rows as they are, lightly compressed."""

from __future__ import annotations

import zlib
from struct import pack
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_RGB: Final = 2


def encoded(pixels: NDArray[np.uint8]) -> bytes:
    """The PNG file of an opaque picture, shape (height, width, 3 or more); channels beyond RGB are dropped."""
    height, width = pixels.shape[:2]
    rows = np.empty((height, 1 + 3 * width), np.uint8)
    rows[:, 0] = 0  # no filter
    for channel in range(3):  # three times faster than all at once
        rows[:, 1 + channel :: 3] = pixels[:, :, channel]
    header = pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows.data, 1)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
