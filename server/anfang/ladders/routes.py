"""Addresses of ladders: measures, reviews, referrals, facts, rules."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from sqlalchemy import Select

from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal, at_the_desk, principal
from anfang.kit.waiting import waits
from anfang.ladders import attesting, measures, queries, referring, reviewing, views
from anfang.ladders.models import Measure, MeasureState, ReviewOutcome
from anfang.ladders.policies import require_own_unit, visible_measures
from anfang.ladders.schemas import (
    AttestedFactSchema,
    DeskMeasureSchema,
    FactQuerySchema,
    LadderRulesQuerySchema,
    LadderRulesSchema,
    MeasureDecisionSchema,
    MeasureQuerySchema,
    MeasureReviewDecisionSchema,
    MeasureSchema,
    MeasureTextSchema,
    NewFactSchema,
    NewMeasureSchema,
    NewReferralSchema,
    NewRewardSchema,
    NewUnitRuleSchema,
    OfferQuerySchema,
    OfferSchema,
    ReferralDecisionSchema,
    ReferralQuerySchema,
    ReferralSchema,
)
from anfang.log import service as log

room = Room("ladders", __name__, description="Ladders of consequences")

_DESK_PAGE = page_of(DeskMeasureSchema)()


@room.get("/measures", permission="measure.read")
@room.arguments(MeasureQuerySchema, location="query")
@room.response(200, page_of(MeasureSchema))
def list_measures(query: dict[str, Any]) -> Page | Response:
    """List measures, the newest first; a unit reads what is in force or was against itself."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    caller = principal()
    found = page(
        queries.measures_listed(visible_measures(caller), **query), cursor=cursor, limit=limit
    )
    if at_the_desk(caller):
        return jsonify(_DESK_PAGE.dump(Page(views.desk_measures_view(found.items), found.next)))
    return Page(views.measures_view(found.items), found.next)


@waits("measures", permission="measure.approve")
def _to_approve(caller: Principal) -> Select[Any]:
    seen = visible_measures(caller)
    proposed = queries.measures_listed(seen, state=MeasureState.PROPOSED.value)
    return proposed.with_only_columns(Measure.id)


@room.post("/measures", permission="measure.propose")
@room.arguments(NewMeasureSchema)
@room.response(201, MeasureSchema)
def propose(body: dict[str, Any]) -> dict[str, Any]:
    """Propose a step of a ladder against the unit of some cases."""
    return _told(measures.propose(**body))


@room.get("/measures/offer", permission="measure.propose")
@room.arguments(OfferQuerySchema, location="query")
@room.response(200, OfferSchema)
def show_offer(query: dict[str, Any]) -> dict[str, Any]:
    """Return what may be proposed against the unit of some cases, and what stands in the way."""
    return views.offer_view(query["case"])


@room.post("/rewards", permission="measure.propose")
@room.arguments(NewRewardSchema)
@room.response(201, MeasureSchema)
def propose_reward(body: dict[str, Any]) -> dict[str, Any]:
    """Propose a reward for a unit."""
    return _told(measures.propose_reward(**body))


@room.post("/measures/<uuid:measure_id>/decide", permission="measure.approve")
@room.arguments(MeasureDecisionSchema)
@room.response(200, MeasureSchema)
def decide(body: dict[str, Any], measure_id: UUID) -> dict[str, Any]:
    """Approve or reject what somebody else proposed."""
    measure = queries.measure(measure_id, visible_measures(principal()))
    if body["approved"]:
        measures.approve(measure, body["note"], body.get("skip_approval", ""))
    else:
        measures.reject(measure, body["note"])
    return _told(measure)


@room.post("/measures/<uuid:measure_id>/enforce", permission="measure.propose")
@room.response(200, MeasureSchema)
def enforce(measure_id: UUID) -> dict[str, Any]:
    """Put an approved measure in force."""
    measure = queries.measure(measure_id, visible_measures(principal()))
    measures.enforce(measure)
    return _told(measure)


@room.post("/measures/<uuid:measure_id>/finish", permission="measure.propose")
@room.arguments(MeasureTextSchema)
@room.response(200, MeasureSchema)
def finish(body: dict[str, str], measure_id: UUID) -> dict[str, Any]:
    """Say that a measure was carried out."""
    measure = queries.measure(measure_id, visible_measures(principal()))
    measures.finish(measure, body["text"])
    return _told(measure)


@room.post("/measures/<uuid:measure_id>/lift", permission="measure.approve")
@room.arguments(MeasureTextSchema)
@room.response(200, MeasureSchema)
def lift(body: dict[str, str], measure_id: UUID) -> dict[str, Any]:
    """Take a measure back."""
    measure = queries.measure(measure_id, visible_measures(principal()))
    measures.lift(measure, body["text"])
    return _told(measure)


@room.post("/measures/<uuid:measure_id>/review", permission="measure.appeal")
@room.arguments(MeasureTextSchema)
@room.response(201, MeasureSchema)
def ask_review(body: dict[str, str], measure_id: UUID) -> tuple[Response, int]:
    """Ask, as the unit, to have a measure looked at again."""
    measure = queries.measure(measure_id, visible_measures(principal()))
    reviewing.ask(measure, body["text"])
    (told,) = views.desk_measures_view([measure])
    return jsonify(DeskMeasureSchema().dump(told)), 201


@room.post("/measure-reviews/<uuid:review_id>/decide", permission="measure.review")
@room.arguments(MeasureReviewDecisionSchema)
@room.response(200, MeasureSchema)
def decide_review(body: dict[str, Any], review_id: UUID) -> dict[str, Any]:
    """Decide a review, as somebody who had no part in the conclusion."""
    review = queries.review(review_id, visible_measures(principal()))
    outcome = ReviewOutcome(body.pop("outcome"))
    reviewing.decide(review, outcome, **body)
    return _told(review.measure)


@room.get("/ladder-rules", permission="measure.read")
@room.arguments(LadderRulesQuerySchema, location="query")
@room.response(200, LadderRulesSchema)
def show_rules(query: dict[str, Any]) -> dict[str, Any]:
    """Return a campaign's ladders and rules; with a unit, its own rules too."""
    if query["unit"] is not None:
        require_own_unit(principal(), query["unit"])
    return views.rules_view(query["campaign"], query["unit"])


@room.post("/unit-rules", permission="measure.extend_rules")
@room.arguments(NewUnitRuleSchema)
@room.response(201, LadderRulesSchema)
def extend_rules(body: dict[str, Any]) -> dict[str, Any]:
    """Add a rule of accountability for one unit: stricter than the campaign's, or its own."""
    require_own_unit(principal(), body["unit_id"])
    attesting.extend_rules(**body)
    return views.rules_view(body["campaign_id"], body["unit_id"])


@room.get("/unit-facts", permission="measure.propose")
@room.arguments(FactQuerySchema, location="query")
@room.response(200, page_of(AttestedFactSchema))
def list_facts(query: dict[str, Any]) -> Page:
    """List attested facts, the newest first."""
    statement = queries.facts_listed(query["campaign"], query["unit"])
    found = page(statement, cursor=query["cursor"], limit=query["limit"])
    return Page(views.facts_view(found.items), found.next)


@room.post("/unit-facts", permission="measure.propose")
@room.arguments(NewFactSchema)
@room.response(201, AttestedFactSchema)
def attest(body: dict[str, Any]) -> dict[str, Any]:
    """Attest a fact about a unit, with what it rests on."""
    (told,) = views.facts_view([attesting.attest(**body)])
    return told


@room.get("/referrals", permission="referral.read")
@room.arguments(ReferralQuerySchema, location="query")
@room.response(200, page_of(ReferralSchema))
def list_referrals(query: dict[str, Any]) -> Page:
    """List referrals; who reads them is written down."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    found = page(queries.referrals_listed(**query), cursor=cursor, limit=limit)
    for one in found.items:
        log.audit("referral.read", "referral", one.id)
    return Page(views.referrals_view(found.items), found.next)


@room.post("/referrals", permission="measure.propose")
@room.arguments(NewReferralSchema)
@room.response(201, ReferralSchema)
def propose_referral(body: dict[str, Any]) -> dict[str, Any]:
    """Propose that a case leaves for the competent body."""
    (told,) = views.referrals_view([referring.propose(**body)])
    return told


@room.post("/referrals/<uuid:referral_id>/decide", permission="measure.approve")
@room.arguments(ReferralDecisionSchema)
@room.response(200, ReferralSchema)
def decide_referral(body: dict[str, Any], referral_id: UUID) -> dict[str, Any]:
    """Decide on a referral; approved, its case is locked."""
    referral = queries.referral(referral_id)
    referring.decide(referral, **body)
    (told,) = views.referrals_view([referral])
    return told


def _told(measure: Measure) -> dict[str, Any]:
    (told,) = views.measures_view([measure])
    return told
