"""QR codes as SVG images. Pure."""

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """Return a QR code of a text as an SVG element."""
    image = BytesIO()
    segno.make(text, error="m").save(image, kind="svg", scale=6, xmldecl=False, nl=False)
    return image.getvalue().decode()
