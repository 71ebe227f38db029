"""Copies of published pictures that are fit for print and for slow lines.

The evidence stays the PNG of PROTOCOL §7; the notice shows a smaller JPEG of it without metadata.
"""

import io
from typing import Final

from PIL import Image, UnidentifiedImageError

# 140 mm at about 250 dots per inch.
_LONGEST_SIDE: Final = 1400
_QUALITY: Final = 82


def print_copy(image: bytes) -> bytes:
    """Return `image` (PNG or JPEG) as an RGB JPEG of at most 1400 pixels a side, no metadata.

    Meant for pictures that this office has written itself (redactions, cleared derivatives), never
    for originals as they came from a phone: those are decoded in the confined process only.

    Raises:
        ValueError: the bytes are no PNG or JPEG, or hold implausibly many pixels.
    """
    try:
        with Image.open(io.BytesIO(image), formats=["PNG", "JPEG"]) as source:
            pixels = source.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError(f"not a picture that can be printed: {error}") from error
    pixels.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A fresh image: saving the opened one would carry its comment and profile along.
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
