"""Verbs of packs: ask for one, hand its file out. `building` makes it."""

from anfang.jobs import service as jobs
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.packs import selecting
from anfang.packs.content import Profile
from anfang.packs.errors import PackExpired, PackNotReady
from anfang.packs.models import Pack, PackState
from anfang.packs.selector import Selector


def request_pack(
    profile: Profile, selector: Selector, *, seal: bool = False, private: bool = False
) -> Pack:
    """Ask for a pack; the worker builds it.

    Args:
        seal: append what waits to the log first, instead of refusing.
        private: also show the records' `private` disclosures (full packs only).

    Raises:
        NotFound: a record, case or notice does not exist.
        NotReviewed: a protected pack shows accepted records only.
        PublicationTooEarly: a visit in a protected pack could still be picked out.
        NotYetLogged: something that the pack would show has no place in the log yet.
    """
    if private and profile != "full":
        raise ValueError("a protected pack never shows private disclosures")
    if seal:
        log.seal()
    selection = selecting.select(profile, selector)
    selecting.require_logged(selecting.required_entries(selection))
    pack = Pack(
        profile=profile,
        selector=selector.as_json(),
        private=private,
        requested_by=person().id,
        record_count=len(selection.records),
    )
    db.session.add(pack)
    db.session.flush()
    log.audit("pack.requested", "pack", pack.id, profile=profile, private=private)
    jobs.emit("pack.requested", pack=str(pack.id))
    return pack


def hand_out(pack: Pack) -> str:
    """Note that the caller takes a pack's file away; returns the hash that storage knows it by.

    Raises:
        PackExpired: its time has run out.
        PackNotReady: there is no file (yet).
    """
    if pack.state == PackState.EXPIRED:
        raise PackExpired
    if pack.state != PackState.READY or pack.sha256 is None:
        raise PackNotReady
    log.audit("pack.downloaded", "pack", pack.id, profile=pack.profile)
    return pack.sha256
