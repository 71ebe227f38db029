"""The application: rooms put together, nothing else."""

from typing import Final

from flask import Flask, Response, current_app, jsonify, request
from werkzeug.middleware.proxy_fix import ProxyFix

from anfang.assignments import draw_routes as draws
from anfang.assignments import mandate_routes as supervisors
from anfang.assignments import public_pages as draw_pages
from anfang.assignments import routes as assignments
from anfang.ballots import public_pages as ballot_pages
from anfang.ballots import routes as ballots
from anfang.ballots import tasks as _ballots_tasks  # noqa: F401 -- checks rulebooks
from anfang.breaches import routes as breaches
from anfang.campaigns import routes as campaigns
from anfang.campaigns import rulebook_routes as rulebooks
from anfang.campaigns import stage_routes as stages
from anfang.campaigns import topic_routes as topics
from anfang.cases import followup_routes as case_followup
from anfang.cases import ledger_routes as ledger
from anfang.cases import public_pages as explanation_pages
from anfang.cases import routes as cases
from anfang.cases import sheet_routes as ledger_sheet
from anfang.cases import tasks as _cases_tasks  # noqa: F401 -- answers gates, checks rulebooks
from anfang.checklists import routes as checklists
from anfang.checklists import xlsform_routes as xlsforms
from anfang.claims import question_routes as claim_questions
from anfang.claims import routes as claims
from anfang.claims import tasks as _claims_tasks  # noqa: F401 -- checks rulebooks
from anfang.complaints import cluster_routes as complaint_clusters
from anfang.complaints import desk_routes as complaint_desk
from anfang.complaints import public_pages as complaint_pages
from anfang.complaints import release_routes as informants
from anfang.complaints import routes as complaints
from anfang.complaints import tasks as _complaints_tasks  # noqa: F401 -- answers events
from anfang.cycles import routes as cycles
from anfang.cycles import tasks as _cycles_tasks  # noqa: F401 -- answers events
from anfang.documents import desk_routes as document_desk
from anfang.documents import public_pages
from anfang.documents import routes as documents
from anfang.documents import template_routes as document_templates
from anfang.evidence import routes as evidence
from anfang.evidence import tasks as _evidence_tasks  # noqa: F401 -- answers events
from anfang.identity import account_routes as account
from anfang.identity import audit_routes as audit
from anfang.identity import custody_routes as custody
from anfang.identity import reset_routes as factor_resets
from anfang.identity import routes as identity
from anfang.inspections import disclosure_routes as disclosures
from anfang.inspections import routes as inspections
from anfang.inspections import tasks as _inspections_tasks  # noqa: F401 -- answers events
from anfang.kit.config import Settings, load_settings
from anfang.kit.connecting import connect
from anfang.kit.http import AnfangFlask, Room, install_converters, public
from anfang.kit.limits import Limits
from anfang.kit.logs import configure_logs
from anfang.kit.openapi import DocumentedApi
from anfang.kit.problem_answers import install_problem_handlers
from anfang.kit.request_log import install_request_log
from anfang.ladders import public_pages as correction_pages
from anfang.ladders import routes as ladders
from anfang.ladders import tasks as _ladders_tasks  # noqa: F401 -- checks rulebooks
from anfang.log import routes as log
from anfang.log import tasks as _log_tasks  # noqa: F401 -- registers periodic work
from anfang.metrics import install_metrics
from anfang.notifications import routes as notifications
from anfang.notifications import tasks as _notifications_tasks  # noqa: F401 -- answers events
from anfang.overview import routes as overview
from anfang.packs import routes as packs
from anfang.packs import tasks as _packs_tasks  # noqa: F401 -- answers events
from anfang.permission_map import FRESH, PERMISSIONS
from anfang.pwa import install_pages
from anfang.registers import public_pages as register_pages
from anfang.registers import routes as registers
from anfang.registers import tasks as _registers_tasks  # noqa: F401 -- answers events
from anfang.registry import import_routes as imports
from anfang.registry import routes as registry
from anfang.reports import public_pages as result_pages
from anfang.reports import report_routes
from anfang.reports import routes as reports
from anfang.reports.tiles import HOST as MAP_TILES_HOST
from anfang.retention import routes as retention
from anfang.retention import tasks as _retention_tasks  # noqa: F401 -- answers events
from anfang.review import routes as review
from anfang.review import tasks as _review_tasks  # noqa: F401 -- answers events
from anfang.scoring import desk_routes as score_desk
from anfang.scoring import public_pages as ranking_pages
from anfang.scoring import routes as scoring
from anfang.scoring import tasks as _scoring_tasks  # noqa: F401 -- checks rulebooks
from anfang.supervision import routes as supervision
from anfang.supervision import tasks as _supervision_tasks  # noqa: F401 -- answers events
from anfang.surveys import handing_routes as survey_handing
from anfang.surveys import public_pages as survey_pages
from anfang.surveys import routes as surveys
from anfang.surveys import tasks as _surveys_tasks  # noqa: F401 -- answers events, checks rulebooks

API_PREFIX: Final = "/api/v1"

ROOMS: Final[tuple[Room, ...]] = (
    log.room,
    overview.room,
    identity.room,
    account.room,
    factor_resets.room,
    audit.room,
    custody.room,
    registry.room,
    imports.room,
    evidence.room,
    checklists.room,
    xlsforms.room,
    campaigns.room,
    rulebooks.room,
    stages.room,
    topics.room,
    assignments.room,
    draws.room,
    supervisors.room,
    inspections.room,
    disclosures.room,
    review.room,
    cases.room,
    case_followup.room,
    ledger.room,
    ledger_sheet.room,
    ladders.room,
    registers.room,
    supervision.room,
    breaches.room,
    claims.room,
    claim_questions.room,
    surveys.room,
    survey_handing.room,
    complaints.room,
    complaint_desk.room,
    complaint_clusters.room,
    informants.room,
    ballots.room,
    scoring.room,
    score_desk.room,
    documents.room,
    document_templates.room,
    document_desk.room,
    retention.room,
    packs.room,
    cycles.room,
    reports.room,
    report_routes.room,
    notifications.room,
)

_API: Final = {
    "API_TITLE": "Anfang",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "ETAG_DISABLED": False,
    "MAX_CONTENT_LENGTH": 8 << 20,
}

_CONTENT_SECURITY: Final = (
    "default-src 'self'; img-src 'self' blob: data:; worker-src 'self' blob:; "
    "style-src 'self'; connect-src 'self'{tiles}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

_PAGE_HEADERS: Final = {
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
_PARTS_OF_A_PAGE: Final = frozenset({"text/javascript", "text/css"})


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for one configuration; raises ConfigurationError for a bad one."""
    settings = settings or load_settings()
    configure_logs(settings.log_level)
    app = AnfangFlask("anfang", static_folder=None)
    app.config.update(_API)
    connect(app, settings)
    app.authenticate = identity.authenticate
    app.permissions = PERMISSIONS
    app.fresh_endpoints = FRESH
    app.limits = Limits(
        settings.rates, redis_url=settings.redis_url, file=settings.data / "limits.sqlite3"
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    install_converters(app)
    _install_rooms(app)
    install_pages(app, settings.pwa, settings.app_name, settings.app_icons)
    install_metrics(app)
    install_problem_handlers(app)
    install_request_log(app)
    app.after_request(_secure)
    return app


def _install_rooms(app: AnfangFlask) -> None:
    api = DocumentedApi(app)
    for room in ROOMS:
        api.register_blueprint(room, url_prefix=API_PREFIX + (room.url_prefix or ""))
    api.register_blueprint(identity.well_known)
    app.register_blueprint(public_pages.pages)
    app.register_blueprint(draw_pages.pages)
    app.register_blueprint(explanation_pages.pages)
    app.register_blueprint(correction_pages.pages)
    app.register_blueprint(register_pages.pages)
    app.register_blueprint(result_pages.pages)
    app.register_blueprint(survey_pages.pages)
    app.register_blueprint(complaint_pages.pages)
    app.register_blueprint(ranking_pages.pages)
    app.register_blueprint(ballot_pages.pages)

    @public
    def openapi() -> Response:
        return jsonify(api.spec.to_dict())

    app.add_url_rule(f"{API_PREFIX}/openapi.json", view_func=openapi, endpoint="openapi")
    app.extensions["anfang_api"] = api


def _content_security() -> str:
    # 天地图 is asked for tiles only where the office has given its key.
    tiles = f" {MAP_TILES_HOST}" if current_app.config["TIANDITU_KEY"] else ""
    return _CONTENT_SECURITY.format(tiles=tiles)


def _secure(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if current_app.config["SECURE_COOKIES"]:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if not _is_part_of_a_page(response):
        headers.setdefault("Content-Security-Policy", _content_security())
        headers.update(_PAGE_HEADERS)
    return response


def _is_part_of_a_page(response: Response) -> bool:
    """Tell whether it is a script or style of ours: what a page may do is said with the page.

    On a slow line the words would cost each of them as much as another kilobyte of program.
    """
    return request.endpoint == "asset" and response.mimetype in _PARTS_OF_A_PAGE
