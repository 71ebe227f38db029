"""Ingest, memory, cost curve and slow uploaders of the server, beside raw limits of the same run.

`ingest`: independent clients deliver signed records, without photos and with two of 300 KB, to
`anfang serve` on SQLite and on a durable PostgreSQL. Beside each figure, with the same bytes: an
append and fsync of one file after another, and a bare gunicorn route that stores what it gets.
`curve`: the same at 10³, 10⁴ … records in the tables. `uploaders`: how many phones at 20 KB/s
leave the console's p99 below 300 ms, without and with the proxy of compose.yaml.
`central`: what `ingest` delivers, as far as it can be, to a running ODK Central instead.
A hundred scenes take turns in the photos, with other bytes each time: every one is hashed, stored
and decoded. Figures are medians of `--repeat` runs; each run is listed.
"""

from pathlib import Path

import click

from bench.server import central, curve, ingest, plot, uploaders

PARTS = {
    "ingest": ingest.run,
    "curve": curve.run,
    "uploaders": uploaders.run,
    "central": central.run,
}

OPTIONS = [
    click.Option(["--part"], type=click.Choice([*PARTS]), multiple=True, default=["ingest"],
                 show_default=True, help="What to measure; repeatable."),
    click.Option(["--database"], type=click.Choice(["sqlite", "postgresql"]), multiple=True,
                 default=["sqlite", "postgresql"], show_default=True),
    click.Option(["--clients"], type=click.IntRange(1), multiple=True, default=[1, 8, 32],
                 show_default=True, help="Clients at once; repeatable."),
    click.Option(["--repeat"], type=click.IntRange(1), default=1, show_default=True),
    click.Option(["--largest"], type=click.IntRange(1_000), default=1_000_000, show_default=True,
                 help="Where the curve ends, in records."),
    click.Option(["--central"], help="Where ODK Central answers; its administrator's address and "
                 "password are in ANFANG_CENTRAL_EMAIL and ANFANG_CENTRAL_PASSWORD."),
    click.Option(["--plot"], type=click.Path(path_type=Path), help="Draw the curve as SVG."),
]  # fmt: skip


def run(
    size: int | None,
    part: tuple[str, ...],
    plot: Path | None,
    **options: object,
) -> dict[str, object]:
    """Measure the parts; `size` is the number of records of one figure (400)."""
    found = {name: PARTS[name](size, **options) for name in part}
    if plot is not None:
        draw(found["curve"], plot)
    return found


draw = plot.draw
