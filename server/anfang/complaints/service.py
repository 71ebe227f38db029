"""Verbs for the room of retention: end what of a complaint may be kept no longer.

[Note: Complaints end] that there was a complaint, whose matter it was and what it came to stays, so
that none can vanish; who brought it goes first, the words of all go with the file.
"""

from sqlalchemy import update

from anfang.complaints.models import Complaint, ComplaintEntry
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.log import service as log


def erase_informant(complaint: Complaint) -> None:
    """Erase the sealed box with who complained; nobody, the custodians included, reads it again.

    Args:
        complaint: locked; it holds a box.
    """
    complaint.informant_box, complaint.informant_erased_at = None, now()
    db.session.flush()
    log.audit("complaint.informant_erased", "complaint", complaint.id)


def erase_words(complaint: Complaint) -> None:
    """Erase what was said in a complaint and about it; verdict, steps and their days stay.

    Args:
        complaint: locked; its words are there.
    """
    complaint.text = complaint.text_for_unit = complaint.about = complaint.happened = ""
    complaint.hints, complaint.words_erased_at = [], now()
    # Entries never change, but for this: the mapper that refuses it is not asked.
    of_it = update(ComplaintEntry).where(ComplaintEntry.complaint_id == complaint.id)
    db.session.execute(of_it.values(text=""))
    db.session.flush()
    log.audit("complaint.words_erased", "complaint", complaint.id)
