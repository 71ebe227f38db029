"""Notices to set, with units that plainly do not exist."""

import io
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image

from anfang.documents.content import (
    Contact,
    Distribution,
    Layout,
    NoticeDocument,
    Picture,
)
from anfang.documents.drafting import Draft, Finding, Hearing, Visits
from anfang.documents.drafting_reports import exposure_draft

OFFICE = "甲市机关作风整顿办公室"
NUMBER = "甲整办通〔2026〕3号"
THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
PUBLISHED = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
WINDOW, BUS = "甲市示范局政务服务窗口", "甲市公交示范公司"
FINDINGS = (
    Finding(BUS, "车辆到站不停", date(2026, 11, 6), "8路公交车到站不停", "示范路站"),
    Finding(WINDOW, "无故不在岗", date(2026, 11, 3), "2号窗口工作时间无人值守", "办事大厅"),
    Finding("甲市样例局", "无故不在岗", date(2026, 11, 4), "去向牌未更新；"),
)


def png(size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 160, 200)).save(out, "PNG")
    return out.getvalue()


def exposure(**changes: Any) -> Draft:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "theme": "全市窗口服务作风",
        "coverage": "全市政务服务窗口和公交线路",
        "visits": Visits(date(2026, 11, 2), date(2026, 11, 13), units=35, visits=62),
        "findings": FINDINGS,
        "hearing": Hearing(heard=2, expired=1),
        "deadline": date(2026, 12, 4),
        "view": "多数单位在岗在位、文明服务，少数单位制度落实不到位",
        "pictures": (Picture(png(), "2号窗口无人值守（2026年11月3日）"),),
    }
    return exposure_draft(**(facts | changes))


def notice(draft: Draft | None = None, **changes: Any) -> NoticeDocument:
    draft = draft or exposure()
    parts: dict[str, Any] = {
        "layout": Layout.OFFICIAL,
        "mark": OFFICE + "文件",
        "signatory": OFFICE,
        "number": NUMBER,
        "title": draft.title,
        "issued_on": date(2026, 11, 22),
        "body": draft.body,
        "annexes": draft.annexes,
        "addressees": ("各县（市、区）人民政府", "市政府各部门"),
        "contact": Contact("办公室值班员", "0000-1234567"),
        "distribution": Distribution(OFFICE, date(2026, 11, 23), ("市委办公室", "市政府办公室")),
        "verification_url": "https://office.example/v/2026-3",
        "key_thumbprint": THUMBPRINT,
    }
    return NoticeDocument(**(parts | changes))
