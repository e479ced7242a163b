"""Pixels as a PNG file, much faster than a general encoder: rows as they are, lightly compressed."""

from __future__ import annotations

import zlib
from functools import cache
from struct import pack
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_RGB: Final = 2


def encoded(pixels: NDArray[np.uint8], rows: NDArray[np.uint8] | None = None) -> bytes:
    """The PNG file of an opaque picture, shape (height, width, 3 or more); channels beyond RGB are dropped.

    `rows` is room for the work, as `room` gives it, for those who encode many pictures of one size.
    """
    height, width = pixels.shape[:2]
    rows = room(height, width) if rows is None else rows
    for channel in range(3):  # three times faster than all at once
        rows[:, 1 + channel :: 3] = pixels[:, :, channel]
    header = pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", _compress()(rows.data, 1)) + _chunk(b"IEND", b"")


def room(height: int, width: int) -> NDArray[np.uint8]:
    """Room for the rows of a picture, each after a 0: no filter."""
    return np.zeros((height, 1 + 3 * width), np.uint8)


@cache
def _compress() -> Callable[[memoryview, int], bytes]:
    """The fastest deflate there is: Intel's ISA-L where it is installed, else zlib."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib.compress
    compress: Callable[[memoryview, int], bytes] = isal_zlib.compress
    return compress


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(content, zlib.crc32(kind)))
