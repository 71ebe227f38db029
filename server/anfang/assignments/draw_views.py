"""Reads of draws in the form that the console shows."""

import json
from typing import Any

from anfang.assignments import draw_files, draw_queries
from anfang.assignments.models import Draw
from anfang.kit.ids import sha256_hex
from anfang.log import queries as log

Members = dict[str, Any]


def frame_view(objects: Members, inspectors: Members) -> Members:
    """Return both frozen pools as the console shows them: of the inspectors, figures only."""
    reasons = [one["reason"] for one in inspectors["barred"]]
    return {
        **objects,
        "per_object": inspectors["per_object"],
        "inspectors_rest_days": inspectors["rest_days"],
        "inspectors": len(inspectors["inspectors"]),
        "conflicts": reasons.count("conflict"),
        "rotated": reasons.count("rotation"),
    }


def draw_view(draw: Draw) -> Members:
    """Return a draw whole."""
    digest = draw_files.hash_of(draw.commitment)
    replaces = draw.commitment["replaces"]
    return {
        **{name: getattr(draw, name) for name in _PLAIN},
        "entropy_source": draw.commitment["entropy_source"],
        "secret_sha256": draw.commitment["secret_sha256"],
        "commitment_sha256": digest,
        "logged_at": log.entries_of([("draw", str(draw.id), digest)])[0].position,
        "reason": "" if replaces is None else replaces["reason"],
        "frame": frame_view(draw.objects_frame, draw.inspectors_frame),
        "visits": _visits(draw),
        "open_visits": draw_queries.open_visit_count(draw.id),
        "objects_sha256": _hash_of(draw.objects_file),
        "inspectors_sha256": _hash_of(draw.inspectors_file),
    }


def public_view(draw: Draw) -> Members:
    """Return what a public page shows of a draw: the objects' half, and nothing else."""
    document = json.loads(draw.objects_file or "{}")
    drawn = {one["object"]: one["round"] for one in document["drawn"]}
    return {
        "draw": draw,
        "document": document,
        "drawn": drawn,
        "file_sha256": _hash_of(draw.objects_file),
    }


_PLAIN = (
    "id",
    "campaign",
    "from_day",
    "to_day",
    "state",
    "committed_at",
    "drawn_at",
    "published_at",
    "replaces_id",
    "entropy",
    "witness",
)


def _visits(draw: Draw) -> list[Members]:
    if draw.objects_file is None or draw.inspectors_file is None:
        return []
    objects = {
        one["id"]: one for stratum in draw.objects_frame["strata"] for one in stratum["objects"]
    }
    aliases = {one["id"]: one["alias"] for one in draw.inspectors_frame["inspectors"]}
    strata = {one["object"]: one["stratum"] for one in json.loads(draw.objects_file)["drawn"]}
    return [
        {
            "stratum": strata[one["object"]],
            "object": one["object"],
            "name": objects[one["object"]]["name"],
            "unit_name": objects[one["object"]]["unit_name"],
            "inspectors": [aliases[inspector] for inspector in one["inspectors"]],
        }
        for one in json.loads(draw.inspectors_file)["drawn"]
    ]


def _hash_of(half: str | None) -> str | None:
    return None if half is None else sha256_hex(half.encode())
