"""`anfang pack build` and `anfang pack verify`, the latter also as `anfang verify`.

Verifying works anywhere: without an installation it makes none, and trusts no key of its own.
"""

import fcntl
import json
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import click
import sqlalchemy as sa

from anfang.cli.tables import tables
from anfang.cli.terminal import AS_JSON, answer, progress, terminal_locale
from anfang.identity.models import OfficeKey
from anfang.kit.config import ConfigurationError, Settings, load_settings
from anfang.kit.db import transaction
from anfang.kit.i18n import LOCALES, translate
from anfang.kit.jose import JoseError
from anfang.kit.notes import NoteError
from anfang.log import service as log
from anfang.log.keys import read_log_verifier
from anfang.packs import building
from anfang.packs.collecting import collect
from anfang.packs.content import Profile
from anfang.packs.selector import Selector
from anfang.packs.verdict import NOT_A_PACK, SIGNER_UNKNOWN, SOUND, Verdict
from anfang.packs.verify import read_office_key, verify_pack

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_WORDS: Final = {
    SOUND: "pack-verdict-sound",
    SIGNER_UNKNOWN: "pack-verdict-signer-unknown",
    NOT_A_PACK: "pack-verdict-not-a-pack",
}


@click.group()
def pack() -> None:
    """Evidence packs: build one, check one."""


@pack.command()
@click.option("--profile", type=click.Choice(["full", "protected"]), required=True)
@click.option("--record", "records", multiple=True, type=click.UUID, help="A record; repeatable.")
@click.option("--case", type=click.UUID, help="A case, with the records of its findings.")
@click.option("--notice", help="The number of a published notice, with its cases and records.")
@click.option("--seal", is_flag=True, help="Append what waits to the log first.")
@click.option("--private", is_flag=True, help="Show private disclosures too (full packs only).")
@click.option("--output", type=_FILE, required=True, help="The ZIP file to write.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@AS_JSON
def build(
    profile: Profile,
    records: tuple[UUID, ...],
    case: UUID | None,
    notice: str | None,
    output: Path,
    *,
    seal: bool,
    private: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Build a pack of records, of a case or of a notice into a file."""
    selector = _selector(records, case, notice)
    if private and profile != "full":
        raise click.UsageError("--private is for full packs only")
    if output.exists() and not force:
        raise click.ClickException(f"{output} is there already; --force replaces it")
    with tables(), _beside(output) as unfinished:
        built = _build(profile, selector, unfinished, seal=seal, private=private, quiet=as_json)
    made = {
        "pack": built.pack_name,
        "file": str(output),
        "bytes": built.bytes,
        "records": built.records,
        "profile": profile,
        "sha256": built.sha256,
    }
    answer(made, as_json=as_json)


class OfficeKeyMalformedError(click.UsageError):
    """`--office-key` is neither a PEM file of an office key nor a thumbprint.

    Ends with 64 (EX_USAGE of sysexits.h): 2, click's own, means "not a pack" here.
    """

    exit_code = 64


@dataclass(frozen=True)
class Installed:
    """What this installation knows of itself: its office keys' thumbprints, its log's keys."""

    keys: Collection[str] = ()
    logs: Collection[str] = ()


@pack.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--office-key", help="The trusted key: a PEM file, or the thumbprint on a notice.")
@click.option("--lang", type=click.Choice(LOCALES), help="Language of the faults; else LANG's.")
@AS_JSON
def verify(file: Path, office_key: str | None, lang: str | None, *, as_json: bool) -> None:
    """Check a pack, offline, from the file alone.

    Without --office-key the keys of this installation are trusted, if there is one. Exit codes:
    0 sound and the signer is known; 1 unsound (which file, why); 2 not a pack; 3 consistent, but
    the signer is unknown; 64 --office-key is neither a key nor a thumbprint.
    """
    locale = lang or terminal_locale(os.environ)
    thumbprint = None if office_key is None else _thumbprint(office_key, locale, as_json=as_json)
    installed = _installed()
    with progress(translate("pack-verifying", locale), quiet=as_json) as tell:
        verdict = verify_pack(
            file,
            office_key=thumbprint,
            known=installed.keys,
            known_logs=installed.logs,
            locale=locale,
            progress=_summed(tell, file.stat().st_size),
        )
    if as_json:
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False))
    else:
        _print_verdict(verdict, locale)
    sys.exit(verdict.exit_code)


def _build(
    profile: Profile,
    selector: Selector,
    path: Path,
    *,
    seal: bool,
    private: bool,
    quiet: bool,
) -> building.Built:
    if seal:
        with transaction():
            log.seal()
    with transaction(write=False):
        content, signer = collect(profile, selector, private=private, room=path.parent)
    with progress(translate("pack-building", terminal_locale(os.environ)), quiet=quiet) as tell:
        built = building.build_to_file(content, signer, path, tell)
    with transaction():
        building.enter(built, profile, selector)
    return built


def _selector(records: Sequence[UUID], case: UUID | None, notice: str | None) -> Selector:
    try:
        return Selector(tuple(records), case, notice)
    except ValueError as error:
        raise click.UsageError("give --record (again and again), --case or --notice") from error


@contextmanager
def _beside(output: Path) -> Iterator[Path]:
    """Give a file to write beside the output, which takes its place if all goes well.

    What a killed build left of it is overwritten by the next one; its lock fell with the process.
    """
    unfinished = output.with_name(f".{output.name}.part")
    with unfinished.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(f"{output} is being built just now") from error
        try:
            yield unfinished
            unfinished.replace(output)
        finally:
            unfinished.unlink(missing_ok=True)


def _thumbprint(argument: str, locale: str, *, as_json: bool) -> str:
    try:
        return read_office_key(argument)
    except (JoseError, OSError) as error:
        code = "pack-office-key-malformed"
        text = translate(code, locale)
        if as_json:
            click.echo(json.dumps({"error": {"code": code, "text": text}}, ensure_ascii=False))
        raise OfficeKeyMalformedError(f"--office-key: {text}") from error


def _installed() -> Installed:
    """Return what this installation knows; nothing where there is none."""
    try:
        settings = load_settings()
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    if not _may_be_there(settings):
        return Installed()
    engine = sa.create_engine(settings.database_url)
    try:
        if not sa.inspect(engine).has_table(OfficeKey.__tablename__):
            return Installed()
        with engine.connect() as connection:
            keys = list(connection.scalars(sa.select(OfficeKey.kid)))
    except sa.exc.OperationalError as error:
        click.echo(f"anfang: the installation's keys cannot be read: {error.orig}", err=True)
        return Installed()
    finally:
        engine.dispose()
    return Installed(keys, _installed_logs(settings))


def _installed_logs(settings: Settings) -> list[str]:
    """Return the log's public key; none where the keys are kept from who runs this."""
    try:
        return [str(read_log_verifier(settings.keys))]
    except (OSError, NoteError) as error:
        click.echo(f"anfang: the log's key cannot be read: {error}", err=True)
        return []


def _may_be_there(settings: Settings) -> bool:
    """Whether asking the database would not bring one into being, as opening SQLite's does."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return True
    return bool(url.database) and Path(str(url.database)).is_file()


def _summed(tell: Any, total: int) -> Any:
    """Turn the verifier's pieces into a sum."""
    done = 0

    def add(piece: int) -> None:
        nonlocal done
        done += piece
        tell(min(done, total), total)

    return add


def _print_verdict(verdict: Verdict, locale: str) -> None:
    code = _WORDS.get(verdict.exit_code, "pack-verdict-unsound")
    count = len(verdict.faults)
    click.echo(translate(code, locale, records=verdict.records, count=count))
    for fault in verdict.faults:
        where = f"{fault.file}: " if fault.file else ""
        click.echo(f"  {where}{fault.text} [{fault.code}]")
