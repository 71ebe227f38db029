"""`anfang backup` and `anfang restore`."""

import sys
from pathlib import Path

import click

from anfang.app import create_app
from anfang.cli.application import installation
from anfang.cli.doctor import show
from anfang.cli.terminal import AS_JSON, answer, progress, told
from anfang.kit.config import load_settings
from anfang.upkeep import backup as making
from anfang.upkeep import restore as restoring
from anfang.upkeep.findings import Level
from anfang.upkeep.sealing import identities_of, recipients_of

_FOLDER = click.Path(path_type=Path, file_okay=False)
_THERE = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--encrypt-to", "recipients", multiple=True, help="An age recipient; repeatable.")
@click.option("--keys-to", type=_FOLDER, help="Write the private keys there, apart from the rest.")
@click.option("--keep", type=click.IntRange(1), help="Remove older generations than the newest N.")
@AS_JSON
def backup(
    folder: Path,
    recipients: tuple[str, ...],
    keys_to: Path | None,
    keep: int | None,
    *,
    as_json: bool,
) -> None:
    """Add a backup to FOLDER while the service runs; media that lie there are not copied again.

    Exit 1 if an object is not what its name says: it was left out, and `anfang doctor --deep`
    names it.
    """
    wish = making.Wish(keys_to, recipients_of(recipients), keep)
    settings = load_settings()
    with installation(settings), progress(told("backup-copying"), quiet=as_json) as tell:
        made = making.make(settings, folder, wish, tell)
    answer(
        {
            "generation": made.generation,
            "objects": made.objects,
            "new_objects": made.new_objects,
            "new_bytes": made.new_bytes,
            "damaged": made.damaged,
        },
        as_json=as_json,
    )
    sys.exit(1 if made.damaged else 0)


@click.command()
@click.argument("folder", type=_THERE)
@click.option("--into", type=_FOLDER, required=True, help="The data folder to fill; empty or new.")
@click.option("--generation", help="Which backup, by its name; else the newest.")
@click.option("--keys", type=_FILE, help="The file of private keys that was kept apart.")
@click.option("--identity", type=_FILE, help="The age identity that opens a sealed backup.")
@click.option("--keep-unsound", is_flag=True, help="Keep it even if it does not hold together.")
@AS_JSON
def restore(
    folder: Path,
    into: Path,
    generation: str | None,
    keys: Path | None,
    identity: Path | None,
    *,
    keep_unsound: bool,
    as_json: bool,
) -> None:
    """Restore a backup into an empty place and prove it: every hash, the whole log.

    Exit 0 only if everything holds together. Where ANFANG_DATABASE_URL or ANFANG_STORAGE_URL are
    set, their database and bucket are filled, and must be empty too.
    """
    identities = identities_of(identity.read_text("utf-8")) if identity else []
    source = restoring.Source(folder, generation, keys, identities)
    settings = load_settings(into)
    app = create_app(settings)
    with app.app_context(), progress(told("restore-copying"), quiet=as_json) as tell:
        restored = restoring.restore(app, settings, source, tell, keep_unsound=keep_unsound)
    sound = all(one.level != Level.FAULT for one in restored.findings)
    if not as_json:
        show(restored.findings)
    answer(
        {
            "generation": restored.generation,
            "sound": sound,
            "objects": restored.objects,
            "bytes": restored.tally.bytes,
            "log_entries": restored.tally.log_entries,
        },
        as_json=as_json,
    )
    sys.exit(0 if sound else 1)
