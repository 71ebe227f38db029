"""Addresses of complaints for the public: file one, follow it by its code. No script, no cookie.

Nothing here depends on who calls, so that there is nothing to forge: whoever sends a form speaks
for nobody but its own text, and whoever has a code is the complainant. Codes travel in bodies,
never in an address.
"""

from collections.abc import Callable
from typing import Any, Final, cast
from uuid import UUID

from flask import Response, current_app, request
from marshmallow import fields

from anfang.complaints import following, queries, receipts, receiving
from anfang.complaints.models import Complaint
from anfang.complaints.public_forms import (
    INFORMANT,
    ComplaintForm,
    FollowForm,
    FormFaultyError,
    SatisfactionForm,
    WordsForm,
    read_form,
)
from anfang.complaints.receiving import Brought
from anfang.complaints.words import (
    OWN_WORDS,
    TO_COMPLAINANT,
    TO_COMPLAINANT_IN_WORDS,
    Channel,
    Kind,
    Satisfaction,
    State,
)
from anfang.kit.db import transaction
from anfang.kit.errors import NotFound, Problem
from anfang.kit.http import PUBLIC, AnfangFlask, Room
from anfang.kit.i18n import translate
from anfang.kit.public_html import LanguageQuery, render_page

pages = Room(
    "public_complaints",
    __name__,
    url_prefix="/p/complaints",
    template_folder="templates",
    description="Public pages of complaints",
)

_UNPROCESSABLE: Final = 422
_TOO_MANY: Final = 429


class CampaignQuery(LanguageQuery):
    """Whom the complaint goes to, where several campaigns run."""

    campaign = fields.UUID()


@pages.get("", permission=PUBLIC)
@pages.get("/", permission=PUBLIC)
@pages.arguments(CampaignQuery, location="query")
def show_form(query: dict[str, Any]) -> Response:
    """Show the form, or the campaigns to choose from."""
    return _form(query.get("campaign"))


@pages.post("/receipt", permission=PUBLIC, own_transactions=True)
def file_complaint() -> Response:
    """Take a complaint and show its receipt code; sent again, the same form shows the same code."""
    given = request.form.to_dict()
    try:
        filled = read_form(ComplaintForm, given)
        if not receipts.is_form(filled["form"]):
            raise FormFaultyError({"form": translate("public-complaint-form-old")})
        _count("complaint")
        received = receiving.receive(_brought(filled), filled["form"])
    except FormFaultyError as faulty:
        return _form_again(given, faulty.faults, _UNPROCESSABLE)
    except Problem as problem:
        return _form_again(given, {"": _sentence(problem)}, problem.status, problem.retry_after)
    return _html("receipt", number=received.number, code=receipts.grouped(received.code))


@pages.get("/follow", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def ask_code(query: dict[str, Any]) -> Response:  # noqa: ARG001 -- the language alone
    """Ask for the receipt code."""
    return _html("follow", complaint=None, faults={})


@pages.post("/follow", permission=PUBLIC, own_transactions=True)
def follow() -> Response:
    """Show what became of the complaint of a code."""
    return _followed(FollowForm, None)


@pages.post("/words", permission=PUBLIC, own_transactions=True)
def add_words() -> Response:
    """Add what the complainant has to say."""
    return _followed(
        WordsForm, lambda complaint, filled: following.add_words(complaint, filled["text"])
    )


@pages.post("/satisfaction", permission=PUBLIC, own_transactions=True)
def judge_reply() -> Response:
    """Say whether the reply is satisfactory."""
    return _followed(
        SatisfactionForm,
        lambda complaint, filled: following.judge_reply(
            complaint, Satisfaction(filled["satisfaction"]), filled["text"]
        ),
    )


def _followed(
    schema: type[FollowForm], act: Callable[[Complaint, dict[str, Any]], None] | None
) -> Response:
    """Act on the complaint of a code, and show it; an unknown code is told like any other fault."""
    given = request.form.to_dict()
    try:
        _count("receipt")
        filled = read_form(FollowForm, given)
    except FormFaultyError:
        return _unknown_code()
    except Problem as problem:
        return _refused(problem)
    try:
        act_on = None if act is None else _bound(schema, given, act)
        complaint = following.with_code(filled["code"], act_on)
    except NotFound:
        return _unknown_code()
    except (FormFaultyError, Problem) as error:
        faults = error.faults if isinstance(error, FormFaultyError) else {"": _sentence(error)}
        return _shown(following.with_code(filled["code"]), filled["code"], faults, _UNPROCESSABLE)
    return _shown(complaint, filled["code"])


def _bound(
    schema: type[FollowForm],
    given: dict[str, str],
    act: Callable[[Complaint, dict[str, Any]], None],
) -> Callable[[Complaint], None]:
    filled = read_form(schema, given)
    return lambda complaint: act(complaint, filled)


def _brought(filled: dict[str, Any]) -> Brought:
    informant = {name: filled[name] for name in INFORMANT}
    told = {name: filled[name] for name in ("campaign_id", "text", "topic", "about", "happened")}
    return Brought(**told, kind=Kind(filled["kind"]), channel=Channel.PAGE, informant=informant)


def _count(kind: str) -> None:
    """Count a call of this address against a limit of its own; raises TooManyRequests."""
    cast(AnfangFlask, current_app).limits.require(kind, request.remote_addr or "")


def _form(campaign_id: UUID | None) -> Response:
    open_ones = queries.open_campaigns(Channel.PAGE)
    chosen = [one for one in open_ones if one.id == campaign_id] or open_ones
    if len(chosen) != 1:
        return _html("campaigns", campaigns=chosen)
    return _html("form", **_form_values(chosen[0].id), campaign=chosen[0], said={}, faults={})


def _form_again(
    said: dict[str, str], faults: dict[str, str], status: int, retry_after: int | None = None
) -> Response:
    with transaction(write=False):
        open_ones = queries.open_campaigns(Channel.PAGE)
        named = said.get("campaign_id")
        campaign = next((one for one in open_ones if str(one.id) == named), None)
        if campaign is None:
            return _html("campaigns", campaigns=open_ones, status=status)
        answer = _html(
            "form",
            **_form_values(campaign.id, said.get("form", "")),
            campaign=campaign, said=said, faults=faults, status=status,
        )  # fmt: skip
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _form_values(campaign_id: UUID, form: str = "") -> dict[str, Any]:
    return {
        "form": form if receipts.is_form(form) else receipts.new_form(),
        "topics": queries.topics_of(campaign_id),
        "kinds": [one.value for one in Kind],
    }


def _shown(
    complaint: Complaint, code: str, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    with transaction(write=False):
        head = queries.head_of(complaint)
        entries = queries.entries_of({complaint.id, head.id})
        told = [
            {
                "kind": one.kind,
                "at": one.at,
                "text": one.text if one.kind in TO_COMPLAINANT_IN_WORDS else "",
            }
            for one in entries
            if one.kind in TO_COMPLAINANT and _concerns(one.kind, one.complaint_id, complaint)
        ]
        replied = head.state == State.REPLIED.value
        return _html(
            "follow",
            status=status,
            complaint=complaint,
            head=head,
            told=told,
            code=code,
            faults=faults or {},
            may_judge=replied and complaint.satisfaction is None,
            satisfactions=[one.value for one in Satisfaction],
        )


def _concerns(kind: str, complaint_id: UUID, complaint: Complaint) -> bool:
    """Tell whether an entry is the reader's own, or the office's of the matter as a whole."""
    return complaint_id == complaint.id or kind not in OWN_WORDS


def _unknown_code() -> Response:
    sentence = translate("public-complaint-code-unknown")
    return _html("follow", status=404, complaint=None, faults={"code": sentence})


def _refused(problem: Problem) -> Response:
    answer = _html(
        "follow", status=problem.status, complaint=None, faults={"code": _sentence(problem)}
    )
    if problem.retry_after is not None:
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer


def _sentence(problem: Problem) -> str:
    if problem.status == _TOO_MANY:
        minutes = -(-(problem.retry_after or 60) // 60)
        return translate("public-complaint-too-many", None, minutes=minutes)
    return translate(problem.code, None, **problem.details)


def _html(name: str, *, status: int = 200, **values: Any) -> Response:
    answer = render_page(f"complaints/{name}.html", status=status, **values)
    # A shared phone must not keep a code, nor what somebody complained of.
    answer.headers["Cache-Control"] = "no-store"
    return answer
