"""A drawing surface in logical pixels of 1600×1200, drawn twice as large for smooth edges."""

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1600, 1200
_SCALE = 2
_FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"),
)
_SIMPLIFIED_CHINESE = 2  # the face's place in the Noto CJK collections

Colour = tuple[int, int, int]
Point = tuple[float, float]


@lru_cache(maxsize=64)
def _font(size: int) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, bool]:
    """Return a font and whether it can write Chinese."""
    for path in _FONTS:
        if path.is_file():
            face = _SIMPLIFIED_CHINESE if path.suffix == ".ttc" else 0
            return ImageFont.truetype(str(path), size, index=face), True
    return ImageFont.load_default(size), False


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; `share` (0–1) is the second one's part."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Canvas:
    """Flat shapes on one picture; all coordinates and sizes in logical pixels."""

    def __init__(self, seed: int, background: Colour = (236, 238, 240)) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), background)
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: Colour | None,
        *,
        radius: float = 0,
        outline: Colour | None = None,
        line: float = 0,
        alpha: int = 255,
    ) -> None:
        """Draw a rectangle, with rounded corners where `radius` is given."""
        self._draw.rounded_rectangle(
            self._box(x, y, w, h),
            radius * _SCALE,
            None if fill is None else (*fill, alpha),
            outline,
            round(line * _SCALE),
        )

    def gradient(self, x: float, y: float, w: float, h: float, top: Colour, low: Colour) -> None:
        """Fill a rectangle with a vertical gradient."""
        left, upper, right, lower = (round(v) for v in self._box(x, y, w, h))
        ramp = Image.linear_gradient("L").resize((right - left, lower - upper))
        first = Image.new("RGB", ramp.size, top)
        self.image.paste(
            Image.composite(Image.new("RGB", ramp.size, low), first, ramp), (left, upper)
        )

    def poly(self, points: Sequence[Point], fill: Colour, *, alpha: int = 255) -> None:
        """Draw a filled polygon."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], (*fill, alpha))

    def ellipse(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        fill: Colour | None,
        *,
        outline: Colour | None = None,
        line: float = 0,
        alpha: int = 255,
    ) -> None:
        """Draw an ellipse around its centre."""
        self._draw.ellipse(
            self._box(cx - rx, cy - ry, 2 * rx, 2 * ry),
            None if fill is None else (*fill, alpha),
            outline,
            round(line * _SCALE),
        )

    def arc(
        self, cx: float, cy: float, r: float, start: float, end: float, fill: Colour, line: float
    ) -> None:
        """Draw an arc; degrees clockwise from three o'clock."""
        box = self._box(cx - r, cy - r, 2 * r, 2 * r)
        self._draw.arc(box, start, end, fill, round(line * _SCALE))

    def line(
        self, points: Sequence[Point], fill: Colour, width: float, *, alpha: int = 255
    ) -> None:
        """Draw a polyline with soft joints."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, (*fill, alpha), round(width * _SCALE), joint="curve")

    def text(
        self, x: float, y: float, words: str, size: float, fill: Colour, anchor: str = "mm"
    ) -> None:
        """Write words at an anchored point; Chinese is left out where no font can write it."""
        font, writes_chinese = _font(round(size * _SCALE))
        if writes_chinese or words.isascii():
            self._draw.text((x * _SCALE, y * _SCALE), words, fill, font=font, anchor=anchor)

    def shadow(self, x: float, y: float, w: float, h: float, blur: float, strength: int) -> None:
        """Darken softly below and around a rectangle that is drawn afterwards."""
        margin = blur * 2
        box = [round(v) for v in self._box(x - margin, y - margin, w + 2 * margin, h + 2 * margin)]
        patch = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        inner = [v * _SCALE for v in (margin, margin, margin + w, margin + h)]
        ImageDraw.Draw(patch).rounded_rectangle(inner, blur * _SCALE, strength)
        self._darken(patch, (box[0], box[1]), blur)

    def glow(self, cx: float, cy: float, r: float, colour: Colour, strength: int) -> None:
        """Lay a soft round light over the picture."""
        side = round(4 * r * _SCALE)
        patch = Image.new("L", (side, side), 0)
        ImageDraw.Draw(patch).ellipse(
            [side // 4, side // 4, side * 3 // 4, side * 3 // 4], strength
        )
        patch = patch.filter(ImageFilter.GaussianBlur(r * _SCALE / 2))
        corner = (round((cx - 2 * r) * _SCALE), round((cy - 2 * r) * _SCALE))
        self.image.paste(Image.new("RGB", patch.size, colour), corner, patch)

    def finished(self, tilt: float, warmth: float) -> Image.Image:
        """Return the picture as a phone held by hand would show it: tilted, vignetted, grainy."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        turned = picture.rotate(tilt, Image.Resampling.BICUBIC)
        inset_x, inset_y = round(WIDTH * 0.03), round(HEIGHT * 0.03)
        cut = turned.crop((inset_x, inset_y, WIDTH - inset_x, HEIGHT - inset_y))
        picture = cut.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        tint = Image.new(
            "RGB", picture.size, (255, round(255 - 4 * warmth), round(255 - 14 * warmth))
        )
        picture = ImageChops.multiply(picture, tint)
        return self._grain(self._vignette(picture))

    def _vignette(self, picture: Image.Image) -> Image.Image:
        falloff = Image.radial_gradient("L").resize(picture.size)
        mask = falloff.point([max(0, round((v - 110) * 0.55)) for v in range(256)])
        return Image.composite(Image.new("RGB", picture.size, (12, 14, 20)), picture, mask)

    def _grain(self, picture: Image.Image) -> Image.Image:
        # Image.effect_noise draws from the C library's generator, which no seed reaches.
        cells = (WIDTH // 2, HEIGHT // 2)
        noise = Image.frombytes("L", cells, self.rng.randbytes(cells[0] * cells[1]))
        noise = noise.filter(ImageFilter.BoxBlur(1)).resize(picture.size, Image.Resampling.BICUBIC)
        grey = Image.merge("RGB", (noise, noise, noise))
        return Image.blend(picture, ImageChops.overlay(picture, grey), 0.10)

    def _darken(self, patch: Image.Image, corner: tuple[int, int], blur: float) -> None:
        soft = patch.filter(ImageFilter.GaussianBlur(blur * _SCALE / 1.5))
        self.image.paste(Image.new("RGB", soft.size, (20, 22, 30)), corner, soft)

    @staticmethod
    def _box(x: float, y: float, w: float, h: float) -> tuple[float, float, float, float]:
        return x * _SCALE, y * _SCALE, (x + w) * _SCALE, (y + h) * _SCALE
