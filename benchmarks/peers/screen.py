"""What stands on a page after pictures and patches, as pixels."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image


class Screen:
    """The place of one picture; a patch is laid over what is there, as on ipympl's canvas."""

    def __init__(self):
        self._image = None

    def put(self, shots):
        """Show these one after the other; what can be seen after each, as arrays of uint8."""
        return [self._shown(each) for each in shots]

    @property
    def pixels(self):
        return np.asarray(self._image.convert("RGB"))

    def _shown(self, shot):
        image = Image.open(io.BytesIO(shot.png)).convert("RGBA")
        if shot.patch and self._image is not None and self._image.size == image.size:
            image = Image.alpha_composite(self._image, image)
        self._image = image
        return self.pixels
