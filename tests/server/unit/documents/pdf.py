"""Reading PDFs with poppler: text, words with their places (in mm), fonts, pictures of pages."""

import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

POINT = 25.4 / 72


@dataclass(frozen=True)
class Word:
    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Pdf:
    path: Path

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [*command[:-1], str(self.path), command[-1]], capture_output=True, check=True
        )
        return done.stdout.decode()

    def text(self) -> str:
        """All text without white space, page after page."""
        return "".join(self.run("pdftotext", "-raw", "-").split())

    def words(self) -> list[Word]:
        found: list[Word] = []
        page = 0
        for line in self.run("pdftotext", "-bbox", "-").splitlines():
            page += "<page " in line
            box = re.search(
                r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*)</word>', line
            )
            if box:
                places = [float(box[i]) * POINT for i in range(1, 5)]
                found.append(Word(page, html.unescape(box[5]), *places))
        return found

    def page_sizes(self) -> list[tuple[float, float]]:
        pages = re.findall(
            r'<page width="(.+?)" height="(.+?)">', self.run("pdftotext", "-bbox", "-")
        )
        return [(float(w) * POINT, float(h) * POINT) for w, h in pages]

    def fonts(self) -> list[tuple[str, bool]]:
        """Names of the fonts used, without the subset prefix, and whether they are embedded."""
        listing = subprocess.run(
            ["pdffonts", str(self.path)], capture_output=True, check=True
        ).stdout.decode()
        rows = listing.splitlines()[2:]
        # From the right: object, generation, unicode, subset, embedded.
        return [(row.split()[0].split("+")[-1], row.split()[-5] == "yes") for row in rows]

    def page(self, number: int, dpi: int = 200) -> "Page":
        out = self.path.with_suffix(f".{number}")
        pages = ["-f", str(number), "-l", str(number), "-singlefile"]
        subprocess.run(["pdftoppm", "-r", str(dpi), *pages, str(self.path), str(out)], check=True)
        with Image.open(f"{out}.ppm") as image:
            return Page(image.convert("RGB"), 25.4 / dpi)


@dataclass(frozen=True)
class Page:
    image: Image.Image
    scale: float

    def bands(self, *, red: bool = False) -> list[tuple[float, float]]:
        """Top and bottom in mm of every band of rows that bear ink (or red ink only)."""
        mask = _red(self.image) if red else self.image.convert("L").point(lambda v: v < 140 and 255)
        _, inked = mask.getprojection()
        bands: list[tuple[float, float]] = []
        start = None
        for y, ink in enumerate([*inked, False]):
            if ink and start is None:
                start = y
            elif not ink and start is not None:
                bands.append((start * self.scale, y * self.scale))
                start = None
        return bands

    def width_of(self, band: tuple[float, float]) -> tuple[float, float]:
        """Left and right edge in mm of the ink in a band."""
        top, bottom = (round(edge / self.scale) for edge in band)
        strip = self.image.convert("L").crop((0, top, self.image.width, bottom))
        box = strip.point(lambda v: v < 140 and 255).getbbox()
        assert box is not None
        return box[0] * self.scale, box[2] * self.scale


def _red(image: Image.Image) -> Image.Image:
    red, green, _ = image.split()
    strong = red.point(lambda v: v > 180 and 255)
    pure = green.point(lambda v: v < 110 and 255)
    return Image.composite(strong, Image.new("L", image.size), pure)
