"""Verify the pack, as `anfang verify` does; it must be sound."""

import json
import sys
from pathlib import Path

from anfang.cli.packs import verify_pack
from support.measured import measured


def verify(folder: Path) -> None:
    """Read the pack and judge it."""
    known = json.loads((folder / "known.json").read_text("utf-8"))
    verdict = verify_pack(folder / "pack.zip", office_key=known["office_key"])
    if verdict.exit_code:
        raise RuntimeError(f"the pack is unsound: {verdict.faults[:3]}")


if __name__ == "__main__":
    with measured():
        verify(Path(sys.argv[1]))
