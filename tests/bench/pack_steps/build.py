"""Build the pack of all records into a file, as `anfang pack build` does."""

import json
import sys
from pathlib import Path
from uuid import UUID

from anfang.cli.packs import building, collect
from anfang.cli.tables import tables
from anfang.kit.db import transaction
from anfang.packs.selector import Selector
from support.measured import measured


def build(folder: Path) -> None:
    """Collect from tables, then stream from storage."""
    known = json.loads((folder / "known.json").read_text("utf-8"))
    chosen = Selector(tuple(UUID(record) for record in known["records"]))
    with transaction(write=False):
        content, signer = collect("full", chosen)
    building.build_to_file(content, signer, folder / "pack.zip")


if __name__ == "__main__":
    with tables(), measured():
        build(Path(sys.argv[1]))
