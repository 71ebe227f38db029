"""Custodians and retention at the desk: a ceremony, a release seen once, a hold set and lifted."""

from playwright.sync_api import expect

from support.e2e_office import Console

PASSPHRASES = ("纸船 走过 七座 石桥 之后 停在 灯下", "a quiet lamp above nine grey stairs")


def test_two_custodians_hold_the_ceremony_and_release_who_filed_a_record_once(
    anfang, console, photograph
):
    one = console("custodian1")
    one.go("/custody")
    _ceremony(one, [anfang.sign_in_of(name) for name in ("custodian1", "custodian2")])
    for name in ("保管员一", "保管员二"):
        expect(one["custody-state"]).to_contain_text(name)
    anfang.asked("custody", "status")

    record = anfang.demonstration["records"][0]
    one["disclosure-record"].fill(record)
    one["disclosure-reason"].fill("法院调取")
    one["disclosure-witnesses"].click()
    one["disclosure-send"].click()
    expect(one["disclosures"]).to_contain_text(record)
    expect(one["disclosure-open"]).to_have_count(0)
    photograph(one, "custody")

    other = console("custodian2")
    other.go("/custody")
    other["disclosure-open"].click()
    other["open-reason"].fill("核对无误，同意")
    other["open-passphrase"].fill(PASSPHRASES[1])
    other["open-asker-passphrase"].fill(PASSPHRASES[0])
    other["open-send"].click()
    expect(other["open-shown"]).to_contain_text("暗访员")
    other["open-close"].click()
    expect(other["open-shown"]).to_have_count(0)
    expect(other["disclosure-open"]).to_have_count(0)
    expect(other["disclosures"]).to_contain_text("核对无误，同意")
    assert "暗访员" not in other["disclosures"].inner_text()


def test_a_hold_keeps_until_it_is_lifted_with_a_reason(console, photograph):
    lead = console("lead")
    lead.go("/retention")
    expect(lead["retention-rules"].locator("tbody tr")).to_have_count(7)
    lead["hold-on-campaign"].click()
    lead.choose("hold-object", "甲市机关作风整顿和四项专项整治")
    lead["hold-reason"].fill("法院立案，证据保全")
    lead["hold-place"].click()
    expect(lead["holds"]).to_contain_text("法院立案，证据保全")
    photograph(lead, "retention")
    lead["hold-lift"].click()
    expect(lead["lift-confirm"]).to_be_disabled()
    lead["lift-reason"].fill("已结案")
    lead["lift-confirm"].click()
    expect(lead["holds"]).to_contain_text("已结案")
    expect(lead["hold-lift"]).to_have_count(0)


def _ceremony(console: Console, people: list) -> None:
    for at, (who, passphrase) in enumerate(zip(people, PASSPHRASES, strict=True)):
        typed = (who.username, who.password, passphrase, passphrase)
        for place, text in enumerate(typed):
            console[f"pledge-{at}"].locator("input").nth(place).fill(text)
    console["ceremony-send"].click()
    expect(console["ceremony-send"]).to_have_count(0, timeout=60_000)
