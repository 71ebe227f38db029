"""`anfang doctor`: examine the installation and say what to do."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

import click

from anfang.app import create_app
from anfang.cli.terminal import AS_JSON, told
from anfang.kit.config import load_settings
from anfang.upkeep.doctor import examine
from anfang.upkeep.findings import Finding, Level, Tally

_SHOWN_OF_A_KIND: Final = 10


@click.command()
@click.option("--deep", is_flag=True, help="Read every stored byte again and compare its hash.")
@AS_JSON
def doctor(*, deep: bool, as_json: bool) -> None:
    """Examine the installation; changes nothing and may run while the service runs.

    Exit codes: 0 sound (warnings may be listed), 1 something is broken; each line says what to do.
    """
    settings = load_settings()
    app = create_app(settings)
    tally = Tally()
    with app.app_context():
        findings = list(examine(app, settings, tally, deep=deep))
    sound = is_sound(findings)
    if as_json:
        document = {
            "sound": sound,
            "findings": [_as_json(one) for one in findings],
            "checked": asdict(tally),
        }
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        show(findings)
        click.echo(told("doctor-checked", **asdict(tally)))
        click.echo(told("doctor-sound" if sound else "doctor-unsound"))
    sys.exit(0 if sound else 1)


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether nothing that was found is broken."""
    return all(one.level != Level.FAULT for one in findings)


def text_of(finding: Finding) -> str:
    """Return what is wrong and what to do, in the terminal's language."""
    if finding.code.startswith("log-"):
        known = told(f"log-fault-{finding.code.removeprefix('log-')}")
        if not known.startswith("log-fault-"):
            return f"{known} {told('doctor-log-broken')}"
    return told(f"doctor-{finding.code}", **finding.facts)


def show(findings: Iterable[Finding]) -> None:
    """Write findings for a person, the first few of each kind."""
    shown: Counter[str] = Counter()
    for one in findings:
        shown[one.code] += 1
        if shown[one.code] <= _SHOWN_OF_A_KIND:
            where = f"{one.where}: " if one.where else ""
            click.echo(f"{told(f'doctor-{one.level}')}  {where}{text_of(one)} [{one.code}]")
    for code, count in shown.items():
        if count > _SHOWN_OF_A_KIND:
            click.echo(told("doctor-more", count=count - _SHOWN_OF_A_KIND, code=code))


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level.value,
        "code": finding.code,
        "where": finding.where,
        "text": text_of(finding),
    }
