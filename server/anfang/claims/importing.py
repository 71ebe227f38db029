"""Verbs of claims from Excel: show what a sheet would file; file it whole or not at all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from anfang.claims import answers as wording
from anfang.claims import queries, service, sheet
from anfang.claims.errors import ClaimSheetChanged, ClaimSheetFaulty
from anfang.claims.models import ClaimSheet
from anfang.kit.ids import sha256_hex
from anfang.kit.sheets import Fault
from anfang.kit.workbooks import Row


@dataclass
class Plan:
    """What a workbook would file; `digest` names these answers on top of this very version."""

    answers: list[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""
    done: bool = False


def import_answers(claim_sheet: ClaimSheet, rows: Sequence[Row], digest: str | None = None) -> Plan:
    """Show what a workbook says, or file it as the next version.

    Args:
        claim_sheet: locked.
        digest: of the plan that was shown; None only shows.

    Raises:
        ClaimSheetFaulty, ClaimSheetChanged: nothing was filed.
        ClaimLocked, ClaimUnchanged: as `service.file_answers`.
    """
    answers, numbers, faults = sheet.read(rows)
    for pointer, code in wording.faults(answers, claim_sheet.request.item_ids).items():
        place = int(pointer.split("/")[2])
        faults.append(Fault(numbers[place], None, code, answers[place]["item"]))
    plan = Plan(answers, faults, _digest(claim_sheet, answers))
    if digest is None:
        return plan
    if plan.faults:
        raise ClaimSheetFaulty
    if digest != plan.digest:
        raise ClaimSheetChanged
    service.file_answers(claim_sheet, answers)
    plan.done = True
    return plan


def answers_so_far(claim_sheet: ClaimSheet) -> list[Any]:
    """Return what the newest version says, for the workbook to begin with."""
    version = queries.newest_version(claim_sheet)
    return [] if version is None else version.answers


def _digest(claim_sheet: ClaimSheet, answers: Sequence[Any]) -> str:
    told = [str(claim_sheet.id), claim_sheet.version, list(answers)]
    return sha256_hex(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
