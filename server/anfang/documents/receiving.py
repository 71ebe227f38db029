"""Verbs of documents: a unit signs that it received what was issued to it (签收)."""

from anfang.documents import queries
from anfang.documents.errors import AlreadyReceived
from anfang.documents.models import Notice, NoticeReceipt
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log


def sign_receipt(notice: Notice, remark: str = "") -> NoticeReceipt:
    """Sign for a document with the caller's account, once; it says nothing about agreement.

    Args:
        notice: locked, and issued to the caller's unit (`policies.delivered_notices`).

    Raises:
        AlreadyReceived: somebody of the unit has signed before.
    """
    if queries.receipts_of([notice.id]):
        raise AlreadyReceived
    receipt = NoticeReceipt(
        notice_id=notice.id, signed_by=person().id, signed_at=now(), remark=remark
    )
    db.session.add(receipt)
    db.session.flush()
    log.audit("notice.received", "notice", notice.id, number=notice.number)
    return receipt
