"""S4, rows 30, 71, 74, 75: a citizen complains on a phone without script and reads the reply."""

import re

import pytest
from playwright.sync_api import expect

from support.axe import beyond_the_width

pytestmark = pytest.mark.slow

CENTRE = "甲市行政服务中心"
SAID = "上午十点到服务大厅三号窗口，没有人，等了一个小时。"
NAME, PHONE = "保密反映人甲", "13800001234"
FOR_UNIT = "反映服务大厅三号窗口上午无人在岗。"
FOUND = "经查属实，已调整排班，窗口全天有人。"
REPLY = "您反映的情况属实，窗口已增加人手，感谢监督。"


@pytest.fixture
def citizen(browser):
    """An ordinary phone whose browser runs no script and keeps nothing."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        java_script_enabled=False,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_from_the_form_to_the_reply(anfang, console, citizen):
    code = complained(anfang, citizen)
    assert citizen.context.cookies() == []
    lead, liaison = console("lead"), console("liaison-fw")

    number = taken_on_and_given(lead)
    followed(anfang, citizen, code, "责任单位正在办理")
    answered(liaison, number)
    replied(lead, number)

    followed(anfang, citizen, code, "已答复")
    expect(citizen.get_by_text(REPLY)).to_be_visible()
    expect(citizen.get_by_text(FOUND)).to_have_count(0)
    citizen.get_by_label("不满意").check()
    citizen.get_by_label("理由").fill("下午还是没有人。")
    citizen.get_by_role("button", name="提交评价").tap()
    expect(citizen.get_by_text("你对答复不满意")).to_be_visible()
    lead.go("/complaints")
    expect(lead[f"complaint-{number}"]).to_contain_text("群众不满意")
    assert NAME not in lead.page.content()


def complained(anfang, citizen):
    """Fill the form in; returns the code that is shown once."""
    citizen.goto(f"{anfang.origin}/p/complaints")
    citizen.locator(".notices a").first.tap()
    citizen.get_by_label("举报").check()
    citizen.get_by_label("反映哪个单位").fill("服务大厅三号窗口")
    citizen.get_by_label("事情经过").fill(f"我叫{NAME}，{SAID}")
    citizen.get_by_label("姓名").fill(NAME)
    fits(citizen)
    send = citizen.get_by_role("button", name="提交", exact=True)
    send.tap()
    expect(citizen.get_by_role("alert")).to_contain_text("留下电话或住址")
    expect(citizen.get_by_label("事情经过")).to_have_value(f"我叫{NAME}，{SAID}")
    citizen.get_by_label("电话").fill(PHONE)
    send.tap()
    shown = citizen.locator("#code")
    expect(shown).to_have_text(re.compile(r"\d{4}( \d{4}){3}"))
    fits(citizen)
    return shown.inner_text()


def followed(anfang, citizen, code, state):
    """Type the code in, never in an address, and see how far it is."""
    citizen.goto(f"{anfang.origin}/p/complaints/follow")
    citizen.get_by_label("查询码").fill(code)
    citizen.get_by_role("button", name="查询").tap()
    expect(citizen.get_by_role("status")).to_contain_text(state)
    assert code.replace(" ", "") not in citizen.url
    fits(citizen)


def taken_on_and_given(lead):
    """Write what the unit may read, take the complaint on, give it to the centre."""
    lead.go("/complaints")
    line = lead["complaints"].get_by_role("row").filter(has_text="三号窗口")
    expect(line).to_contain_text("实名")
    number = line.get_by_role("link").first.inner_text()
    line.get_by_role("link").first.click()
    expect(lead["complaint-text"]).not_to_contain_text(NAME)
    expect(lead["hints"]).to_contain_text("已隐去")
    expect(lead["verb-transfer"]).to_have_count(0)
    done(lead, "accept")
    lead["for-unit-write"].click()
    lead["for-unit-text"].fill(FOR_UNIT)
    lead["for-unit-save"].click()
    lead["verb-transfer"].click()
    lead.choose("verb-unit", CENTRE, typed=True)
    lead["verb-text"].fill("请五个工作日内反馈。")
    lead["verb-confirm"].click()
    expect(lead["complaint-timeline"]).to_contain_text(f"转办 → {CENTRE}")
    return number


def answered(liaison, number):
    """Take it at the desk and answer the office."""
    liaison.go("/desk-complaints")
    liaison["desk-complaints"].get_by_role("link", name=number).click()
    expect(liaison.page.get_by_text(FOR_UNIT)).to_be_visible()
    for kept in (NAME, PHONE, SAID):
        assert kept not in liaison.page.content()
    liaison["desk-take"].click()
    liaison["desk-answer-text"].fill(FOUND)
    liaison["desk-answer"].click()
    expect(liaison["complaint-timeline"]).to_contain_text("单位反馈")


def replied(lead, number):
    """Say that it is so, and answer the citizen."""
    lead.go("/complaints")
    lead[f"complaint-{number}"].get_by_role("link").first.click()
    expect(lead["complaint-timeline"]).to_contain_text(FOUND)
    lead["verb-verdict"].click()
    lead["verdict-verified"].click()
    lead["verb-text"].fill("调取排班表核实。")
    lead["verb-confirm"].click()
    done(lead, "reply", REPLY)
    expect(lead["complaint-timeline"]).to_contain_text(REPLY)


def done(lead, verb, text=None):
    lead[f"verb-{verb}"].click()
    if text is not None:
        lead["verb-text"].fill(text)
    lead["verb-confirm"].click()
    expect(lead["complaint-verb"]).to_have_count(0)


def fits(page):
    assert page.viewport_size["width"] == 390
    assert beyond_the_width(page) <= 0
