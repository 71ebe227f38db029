"""Real photographs where the corpus is at hand, drawn ones elsewhere."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

from anfang.demo import pictures
from support.house import ROOT


def corpus() -> Path | None:
    """Folder of the photo corpus: ANFANG_CORPUS, else beside the project."""
    folder = Path(os.environ.get("ANFANG_CORPUS", ROOT.parent / "shared" / "corpus" / "photos"))
    return folder if folder.is_dir() else None


def photos(folder: Path, *names: str) -> list[Path]:
    """The named photos of the corpus, or as many drawn ones written into `folder`."""
    found = corpus()
    if found is not None:
        return [found / name for name in names]
    written = []
    for name in names:
        # Drawn by its name, as the corpus has it: no two names are the same picture.
        number = crc32(name.encode())
        path = folder / Path(name).with_suffix(".jpg").name
        kind = pictures.KINDS[number % len(pictures.KINDS)]
        taken_at = datetime(2026, 11, 1, 2, tzinfo=UTC) + timedelta(seconds=number % 86_400)
        path.write_bytes(pictures.scene(kind, number, taken_at, 297_012_000, 1_159_903_000))
        written.append(path)
    return written
