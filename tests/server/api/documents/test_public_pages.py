"""What the public reads: light pages without script, in Chinese and English."""

import re

import pytest

from anfang.kit.db import transaction
from anfang.log import service as log
from factories import cases, setup

REASON = {"reason": "复查发现照片拍摄地点不符"}


@pytest.fixture
def public(app):
    return app.test_client()


def page(public, path, status=200):
    answer = public.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html"), path
    text = answer.get_data(as_text=True)
    assert "<script" not in text
    assert not re.search(r"\son\w+=|\sstyle=", text)
    return text


def test_only_what_was_published_exists_for_the_public(desk, public):
    assert "还没有发布过通报" in page(public, "/p/")
    draft = desk.draft()
    desk.approved(draft)
    assert "还没有发布过通报" in page(public, "/p/")
    page(public, "/p/notices/2026/1", status=404)
    page(public, "/p/notices/2026/1/document.pdf", status=404)
    assert "没有发布过文号" in page(public, "/p/verify?number=甲整办通〔2026〕1号", status=404)
    setup.created(desk.lead.post(f"/notices/{draft['id']}/publish"))
    assert draft["title"] in page(public, "/p/")
    assert "暗访人员" in page(public, "/p/notices/2026/1")
    page(public, "/p/notices/2025/1", status=404)


def test_a_page_shows_the_text_and_how_to_check_it(desk, public):
    finding = cases.confirmed_finding(desk.campaign, picture="redacted")
    notice = desk.published(desk.draft(desk.case(findings=[finding])))
    text = page(public, "/p/notices/2026/1")
    keys = public.get("/.well-known/anfang-keys.json").json["office_keys"]
    for shown in (
        notice["number"],
        notice["pdf_sha256"],
        keys[0]["kid"],
        "http://127.0.0.1:8000/p/notices/2026/1",
        cases.TEXT,
        "一、总体情况",
        "已排队",
        'href="/p/notices/2026/1/document.pdf"',
    ):
        assert shown in text
    for secret in (cases.ALIAS, cases.REVIEWER, "原话", "分管副主任", "账号", finding.record):
        assert secret not in text
    with transaction():
        log.seal()
    assert "已写入" in page(public, "/p/notices/2026/1")


def test_what_was_corrected_or_withdrawn_stays_and_says_so(desk, public):
    original = desk.published()
    pdf = public.get("/p/notices/2026/1/document.pdf").get_data()
    path = f"/notices/{original['id']}"
    changes = {**REASON, "changes": [{"was": "甲", "now": "乙"}]}
    correction = setup.created(desk.lead.post(f"{path}/correct", changes))
    assert "已有更正" not in page(public, "/p/notices/2026/1")
    desk.published(correction)
    text = page(public, "/p/notices/2026/1")
    assert "本通报已有更正" in text
    assert 'href="/p/notices/2026/2"' in text
    assert 'href="/p/notices/2026/1"' in page(public, "/p/notices/2026/2")

    desk.published(setup.created(desk.lead.post(f"{path}/withdraw", REASON)))
    text = page(public, "/p/notices/2026/1")
    assert "本通报已撤回" in text
    assert REASON["reason"] in text
    assert public.get("/p/notices/2026/1/document.pdf").get_data() == pdf
    assert "已撤回" in page(public, "/p/")
    assert "本通报已撤回" in page(public, f"/p/verify?number={original['number']}")


def test_a_number_is_verified_as_people_type_it_and_a_file_by_its_hash(desk, public):
    notice = desk.published()
    for typed in ("甲整办通〔2026〕1号", "甲整办通[2026]1", " 甲整办通（２０２６）第1号 "):
        text = page(public, f"/p/verify?number={typed}")
        assert "文号属实" in text
        assert notice["pdf_sha256"] in text
    same = page(public, f"/p/verify?number=甲整办通[2026]1&sha256={notice['pdf_sha256'].upper()}")
    assert "一致：" in same
    other = page(public, f"/p/verify?number=甲整办通[2026]1&sha256={'0' * 64}")
    assert "不一致" in other
    for unknown in ("甲整办通〔2026〕2号", "不是文号", "<b>x</b>"):
        text = page(public, f"/p/verify?number={unknown}", status=404)
        assert "没有发布过文号" in text
        assert "<b>x" not in text
    assert "<form" in page(public, "/p/verify")


def test_text_is_never_markup(desk, public):
    notice = desk.draft()
    content = notice["content"]
    content["body"].append({"text": "<script>alert(1)</script>&amp;", "heading": "", "level": 0})
    path = f"/notices/{notice['id']}"
    setup.created(desk.lead.change(path, {"content": content, "title": "<i>标题</i>"}))
    desk.published(notice)
    text = page(public, "/p/notices/2026/1")
    assert "&lt;script&gt;alert(1)" in text
    assert "<i>标题" not in text + page(public, "/p/")


def test_pages_come_in_both_languages_and_links_keep_the_choice(desk, public):
    desk.published()
    assert '<html lang="zh-CN">' in page(public, "/p/")
    english = page(public, "/p/?lang=en")
    assert '<html lang="en">' in english
    assert "Published notices" in english
    assert "/p/notices/2026/1?lang=en" in english
    assert "in force" in english
    notice = page(public, "/p/notices/2026/1?lang=en")
    assert "Thumbprint of the office key" in notice
    assert "?lang=zh-CN" in notice
    answer = public.get("/p/", headers={"Accept-Language": "en-GB,en"})
    assert answer.headers["Content-Language"] == "en"


def test_the_list_is_paged_and_the_style_sheet_is_served(desk, public):
    for _ in range(3):
        desk.published()
    first = page(public, "/p/?limit=2")
    assert len(re.findall('class="state', first)) == 2
    following = re.search(r'href="(/p/\?cursor=[^"]+)"', first)[1].replace("&amp;", "&")
    assert "〔2026〕1号" in page(public, following)
    style = public.get("/p/style.css")
    assert (style.status_code, style.mimetype) == (200, "text/css")
