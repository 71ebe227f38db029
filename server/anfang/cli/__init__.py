"""The `anfang` command: composition only; every verb lives in its room.

Exit codes: 0 done · 1 refused or unsound · 2 wrong use, or not a pack · 3 signer unknown.
"""

from anfang.cli.entry import cli, main

__all__ = ["cli", "main"]
