"""Typesetting by typst: which typefaces stand for which, and a folder of templates to a PDF. Pure.

Nothing is read but the fonts and the folder: no clock, no network.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

_CHECKOUT_FONTS: Final = Path(__file__).resolve().parents[3] / ".tools" / "fonts"

# For each face of the standard the families that may serve, best first: licensed ones that an
# operator dropped in, then free ones, then those that know rare characters.
_RARE: Final = ("LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans")
_FACES: Final[dict[str, tuple[str, ...]]] = {
    "fangsong": (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "方正仿宋_GBK",
        "FZFangSong-Z02",
        "FangSong",
        "FandolFang R",
        "FandolFang",
    ),
    "kaiti": ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FZKai-Z03", "KaiTi", "LXGW WenKai"),
    "biaosong": (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "Noto Serif CJK SC",
    ),
    "heiti": ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "Noto Sans CJK SC"),
    "songti": ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "Noto Serif CJK SC"),
}


class TypesettingError(Exception):
    """A page cannot be set: a typeface is missing, or a character exists in no typeface."""


def default_font_folders(operator: Path | None = None) -> tuple[Path, ...]:
    """Name the folders to look for fonts in, besides the system's: best first.

    `operator` is the folder of the setting ``ANFANG_FONTS`` (read from the environment when left
    out); `tools/install-fonts.sh` fills the second. Folders that do not exist are left out.
    """
    if operator is None and os.environ.get("ANFANG_FONTS"):
        operator = Path(os.environ["ANFANG_FONTS"])
    folders = [operator, _CHECKOUT_FONTS]
    return tuple(folder for folder in folders if folder is not None and folder.is_dir())


def compile_sheet(
    template: Path,
    data: Mapping[str, Any],
    *,
    timestamp: datetime,
    font_folders: Sequence[Path],
) -> bytes:
    """Set one template with its data in the sans-serif face (黑体) and return the PDF.

    Args:
        data: what the template reads from `data.json`; `fonts` is added.
        timestamp: becomes the PDF's creation date.

    Raises:
        TypesettingError: a typeface is missing, or a character cannot be shown.
    """
    fonts = fonts_in(tuple(font_folders))
    with tempfile.TemporaryDirectory(prefix="anfang-sheet-") as name:
        root = Path(name)
        shutil.copyfile(template, root / "main.typ")
        whole = {"fonts": faces_of(fonts.families())["heiti"], **data}
        (root / "data.json").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
        return compile_pdf(root, fonts, timestamp)


def compile_pdf(root: Path, fonts: typst.Fonts, timestamp: datetime) -> bytes:
    """Set `main.typ` of a folder and return the PDF (PDF/A-2b mode).

    Args:
        timestamp: becomes the PDF's creation date.

    Raises:
        TypesettingError: a character exists in no typeface, or a template is faulty.
    """
    try:
        return typst.compile(
            str(root / "main.typ"),
            root=str(root),
            font_paths=fonts,
            format="pdf",
            pdf_standards="a-2b",
            timestamp=int(timestamp.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{error.message} {' '.join(error.hints)}".strip()) from error


@lru_cache(maxsize=4)
def fonts_in(folders: tuple[Path, ...]) -> typst.Fonts:
    """Index fonts once per process: reading the folders takes longer than setting a notice."""
    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


def faces_of(families: Iterable[str]) -> dict[str, list[str]]:
    """Choose the families for each face from those at hand; raises TypesettingError."""
    known = {family.lower(): family for family in families}
    faces: dict[str, list[str]] = {}
    for face, wanted in _FACES.items():
        if not any(family.lower() in known for family in wanted):
            raise TypesettingError(
                f"no typeface for {face} is installed ({wanted[-1]}); run tools/install-fonts.sh"
            )
        order = dict.fromkeys((*wanted, *_RARE))
        faces[face] = [known[family.lower()] for family in order if family.lower() in known]
    return faces
