"""What the office and a unit do at their pages again and again, from record to measure."""

from playwright.sync_api import expect

from support.e2e_office import Console
from support.e2e_phone import FieldPhone

DELIVERY_MS = 30_000


def assigned(
    lead: Console, campaign: str, checklist: str, alias: str, site: tuple[str, str]
) -> None:
    """Hand a visit out by hand; `site` is the unit's name and the site's."""
    lead.go("/setup/assignments")
    lead["assignment-new"].click()
    lead.choose("assignment-campaign", campaign)
    lead.choose("assignment-checklist", checklist)
    lead.choose("assignment-inspector", alias)
    lead.choose("assignment-unit", site[0])
    lead.choose("assignment-site", site[1])
    lead["assignment-save"].click()
    expect(lead["assignment-save"]).to_be_hidden()


def delivered(phone: FieldPhone) -> str:
    """Submit the open visit and wait until the office has all of it; returns the record's id."""
    phone["submit"].click()
    phone["submit-now"].click()
    entry = phone.entry().first
    expect(entry).to_have_attribute("data-phase", "delivered", timeout=DELIVERY_MS)
    record = entry.get_attribute("data-record")
    assert record
    return record


def accepted(reviewer: Console, record: str) -> None:
    """Accept a record with every finding that its answers suggest."""
    reviewer.go("/review")
    reviewer[f"record-{record}"].click()
    reviewer["accept"].click()
    reviewer["accept-confirm"].click()
    expect(reviewer["findings"]).to_be_visible()


def case_opened(lead: Console, record: str, title: str, unit: str | None = None) -> str:
    """Open a case from a record's findings, for a unit above its own if named; returns its id."""
    lead.go(f"/review/{record}")
    lead["open-case"].click()
    if unit is not None:
        lead.choose("case-unit", unit)
    lead["case-title"].fill(title)
    lead["case-open-confirm"].click()
    expect(lead["case-deadline"]).to_be_visible()
    return lead.page.url.rsplit("/", 1)[-1]


def stated(liaison: Console, case: str, kind: str, text: str) -> None:
    """State the unit's defence or rectification in a case."""
    liaison.go(f"/cases/{case}")
    liaison[f"state-{kind}"].click()
    liaison["statement-text"].fill(text)
    liaison["statement-send"].click()
    liaison.confirm()
    expect(liaison.page.get_by_text(text)).to_be_visible()


def proposed(lead: Console, case: str, step: str, reason: str) -> None:
    """Propose a step of a ladder against the unit of a case."""
    lead.go(f"/cases/{case}")
    lead["case-measure"].click()
    lead[f"step-{step}"].click()
    lead["measure-reason"].fill(reason)
    lead["measure-confirm"].click()
    expect(lead["propose-dialog"]).to_be_hidden()


def enforced(approver: Console, lead: Console, title: str, number: str) -> None:
    """Approve what was proposed in a case, and put it in force."""
    approver.go("/ladders")
    waiting = approver["waiting"].get_by_test_id("measure").filter(has_text=number)
    waiting.get_by_test_id("measure-approve").click()
    waiting.get_by_test_id("measure-text").fill("同意")
    waiting.get_by_test_id("measure-send").click()
    expect(waiting).to_be_hidden()
    lead.go("/ladders")
    measure = lead["measure"].filter(has_text=number).filter(has_text=title)
    measure.get_by_test_id("measure-enforce").click()
    expect(measure).to_contain_text("已生效")
