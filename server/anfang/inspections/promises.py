"""Verbs of promises: a receipt says by when the log holds its record; who breaks that must say so.

The day's seal is the log's work. What is looked for here is a seal that did not come, or an entry
that it left out.
"""

import structlog

from anfang.inspections import logged
from anfang.kit.clock import rfc3339
from anfang.log import service as log


def alarm_missed() -> int:
    """Keep and report every broken `log_by`; repeated as long as one stays broken.

    Returns how many records have no place in the log though their receipts promised one.
    """
    overdue = logged.overdue()
    for version in overdue:
        log.alarm("record", str(version.record_id), version.record_sha256, version.log_by)
    if overdue:
        structlog.get_logger().error(
            "log-by-missed", records=len(overdue), oldest=rfc3339(overdue[0].log_by)
        )
    return len(overdue)
