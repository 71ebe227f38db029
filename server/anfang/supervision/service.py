"""Verbs of supervision: deal cards, withdraw one, open a case from one."""

from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.cases import service as cases
from anfang.cases.models import Case, CaseClass, CaseSource
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.supervision import queries, steps
from anfang.supervision.errors import CardHasCase, CardWithdrawn, NoSupervision
from anfang.supervision.models import ApprovalMatter, SupervisionCard
from anfang.supervision.rules import RANKS, Colour, Limits, Rules, colour_on


def deal_cards(campaign_id: UUID) -> int:
    """Deal a card for each matter that has turned a graver colour; returns how many.

    A finished matter is judged by the day on which it was finished.

    Raises:
        NoSupervision: the rulebook has none.
    """
    rules, version = queries.rules_of(campaign_id), campaigns.rulebook_version(campaign_id)
    if version is None:
        raise NoSupervision
    dealt = 0
    listed = queries.matters_listed(campaign_id, ApprovalMatter.colour != Colour.RED.value)
    for matter in db.session.scalars(listed).all():
        colour = _new_colour(rules, matter)
        if colour is not None:
            _deal(rules, version.id, matter, colour)
            dealt += 1
    db.session.flush()
    return dealt


def withdraw_card(card: SupervisionCard, reason: str) -> None:
    """Withdraw a card that was dealt wrongly; it stays on file, its points do not count.

    Args:
        card: locked (`queries.card_for_update`).

    Raises:
        CardWithdrawn: it is withdrawn already.
    """
    if card.withdrawn_at is not None:
        raise CardWithdrawn
    card.withdrawn_at, card.withdrawn_reason, card.withdrawn_by = now(), reason, person().id
    db.session.flush()
    log.audit("supervision.card_withdrawn", "supervision_card", card.id, colour=card.colour)


def open_case(card: SupervisionCard) -> Case:
    """Open a case for what a card is about; the unit is heard in it as in every case.

    Args:
        card: locked (`queries.card_for_update`).

    Raises:
        CardWithdrawn, CardHasCase: there is nothing, or nothing more, to open.
    """
    if card.withdrawn_at is not None:
        raise CardWithdrawn
    if card.case_id is not None:
        raise CardHasCase
    matter = card.matter
    found = cases.open_case(
        [],
        card.unit_id,
        translate("supervision-case-title", None, item=matter.item, number=matter.number),
        CaseClass.AT_ONCE.value,
        campaign_id=card.campaign_id,
        source=CaseSource.CLUE.value,
        summary=translate(
            "supervision-case-summary",
            None,
            accepted=matter.accepted_on.isoformat(),
            promised=matter.promised_until.isoformat(),
            legal=matter.legal_until.isoformat(),
            step=_where(card),
            handler=card.handler or "—",
        ),
        responsible=card.handler,
    )
    card.case_id = found.id
    db.session.flush()
    log.audit("supervision.case_opened", "supervision_card", card.id, case=found.number)
    return found


def _where(card: SupervisionCard) -> str:
    """Return the department and the step where a matter stuck; a dash where there is none."""
    return " · ".join(one for one in (card.department, card.step) if one) or "—"


def _new_colour(rules: Rules, matter: ApprovalMatter) -> Colour | None:
    """Return the colour that a matter has turned since its last card; None if it has not."""
    day = matter.finished_on or queries.today()
    colour = colour_on(rules, Limits(matter.promised_until, matter.legal_until), day)
    if colour is None or (matter.finished_on is not None and colour is Colour.BLUE):
        return None
    before = RANKS[Colour(matter.colour)] if matter.colour else 0
    return colour if RANKS[colour] > before else None


def _deal(rules: Rules, version_id: UUID, matter: ApprovalMatter, colour: Colour) -> None:
    stuck = steps.stuck_step(matter.steps, matter.finished_on or queries.today())
    card = SupervisionCard(
        campaign_id=matter.campaign_id,
        rulebook_version_id=version_id,
        matter=matter,
        unit_id=matter.unit_id,
        colour=colour.value,
        points=rules.colours[colour].points,
        step=stuck.step if stuck else "",
        department=stuck.department if stuck else "",
        handler=stuck.handler if stuck else "",
    )
    db.session.add(card)
    matter.colour = colour.value
    db.session.flush()
    log.audit("supervision.card_dealt", "supervision_card", card.id, colour=card.colour)
    jobs.emit(
        "supervision.card_dealt",
        card=str(card.id),
        campaign=str(card.campaign_id),
        unit=str(card.unit_id),
        title=f"{matter.number} {matter.item}",
        colour=card.colour,
    )
