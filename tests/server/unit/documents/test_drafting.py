"""Drafts state the facts they are given, in the order of the trade, and nothing else."""

from datetime import date

import pytest

from anfang.documents.content import Paragraph, chinese_date, heading_number, number_headings
from anfang.documents.drafting import OWN_NUMBER, Draft, Finding, Hearing, Visits
from anfang.documents.drafting_orders import rectification_draft, supervision_draft
from anfang.documents.drafting_reports import unit_table
from anfang.documents.drafting_successors import (
    Change,
    OriginalNotice,
    correction_draft,
    withdrawal_draft,
)
from server.unit.documents.samples import FINDINGS, NUMBER, OFFICE, WINDOW, exposure

ORIGINAL = OriginalNotice("关于示范情况的通报", NUMBER, date(2026, 11, 22))


def text_of(draft: Draft) -> str:
    return "".join(p.number + p.heading + p.text for p in draft.body)


def rectification(**changes):
    facts = {
        "office": OFFICE,
        "unit": WINDOW,
        "subject": "窗口无故不在岗问题",
        "findings": [FINDINGS[1]],
        "evidence": ["R-0001", "R-0002"],
        "basis": "《甲市机关作风整顿实施方案》第八条",
        "demands": ["立即落实AB岗制度", "报送整改材料"],
        "deadline": date(2026, 12, 4),
        "defence_deadline": date(2026, 11, 27),
    }
    return rectification_draft(**(facts | changes))


def test_an_exposure_notice_counts_units_visits_and_problems():
    text = text_of(exposure())
    assert "到访35个单位、62个点次" in text
    assert "32个单位未发现问题，3个单位存在问题，共查实问题3个" in text
    assert "2个单位作了陈述申辩" in text
    assert "1个单位在规定期限内未提出陈述申辩" in text
    assert "2026年12月4日前" in text


def test_problem_classes_come_by_count_and_name_unit_day_and_fact():
    text = text_of(exposure())
    assert text.index("（一）无故不在岗（2个）。") < text.index("（二）车辆到站不停（1个）。")
    assert f"2026年11月3日，{WINDOW}办事大厅，2号窗口工作时间无人值守。" in text
    assert "去向牌未更新。" in text


def test_the_unit_table_counts_by_unit_and_class():
    table = unit_table([*FINDINGS, FINDINGS[1]])
    assert table.rows == (
        ("1", "甲市公交示范公司", "车辆到站不停", "1"),
        ("2", WINDOW, "无故不在岗", "2"),
        ("3", "甲市样例局", "无故不在岗", "1"),
    )


def test_an_exposure_notice_without_findings_or_with_wrong_counts_is_refused():
    with pytest.raises(ValueError, match="finding"):
        exposure(findings=())
    with pytest.raises(ValueError, match="more units"):
        exposure(visits=Visits(date(2026, 11, 2), date(2026, 11, 2), units=2, visits=2))


def test_a_notice_says_when_nobody_stated_a_defence():
    text = text_of(exposure(hearing=Hearing(heard=0, expired=3)))
    assert "均未提出陈述申辩" in text


def test_an_order_holds_facts_basis_demands_term_and_the_right_of_reply():
    draft = rectification()
    text = text_of(draft)
    order = ["查明的事实", "R-0001、R-0002", "第八条。", "1.立即落实AB岗制度。", "2.报送整改材料。"]
    order += ["2026年12月4日前完成整改", "反馈方式", "2026年11月27日前", "不因陈述申辩加重处理"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    slip = draft.annexes[0].table
    assert slip is not None
    assert f"{draft.title}（{OWN_NUMBER}）" in slip.rows[0]
    assert WINDOW in slip.rows[1]


def test_an_order_tells_when_the_term_rests_on_holidays_not_yet_published():
    assert "另行通知" in text_of(rectification(deadline_provisional=True))
    assert "另行通知" not in text_of(rectification())


def test_an_order_never_names_another_unit():
    stray = Finding("甲市样例局", "无故不在岗", date(2026, 11, 4), "无人值守")
    with pytest.raises(ValueError, match="own unit"):
        rectification(findings=[FINDINGS[1], stray])


def test_a_letter_states_matter_history_term_and_consequence():
    draft = supervision_draft(
        office=OFFICE,
        unit="甲市交通示范局",
        matter="解决到站不停问题",
        matter_text="多次到站不停",
        history="11月6日暗访发现",
        deadline=date(2026, 12, 1),
        supporting=("甲市公交示范公司", "甲市样例局"),
    )
    text = text_of(draft)
    assert draft.title == "关于解决到站不停问题的督办函"
    order = [
        "多次到站不停。",
        "11月6日暗访发现。",
        "2026年12月1日前办结",
        "甲市样例局配合",
        "逾期未办结",
    ]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_corrections_and_withdrawals_name_the_notice_they_are_about():
    changes = [Change("4间", "3间"), Change("${office}", "$x")]
    correction = correction_draft(
        office=OFFICE, original=ORIGINAL, changes=changes, reason="统计有误"
    )
    withdrawal = withdrawal_draft(office=OFFICE, original=ORIGINAL, reason="事实认定有误")
    for draft in (correction, withdrawal):
        assert NUMBER in text_of(draft)
        assert ORIGINAL.title in draft.title
    assert "1.原文“4间”，更正为“3间”。" in text_of(correction)
    assert "原文“${office}”，更正为“$x”" in text_of(correction)
    with pytest.raises(ValueError, match="change"):
        correction_draft(office=OFFICE, original=ORIGINAL, changes=(), reason="无")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), "2026年11月2日，"),
        (date(2026, 11, 2), date(2026, 11, 13), "2026年11月2日至13日，"),
        (date(2026, 10, 30), date(2026, 11, 2), "2026年10月30日至11月2日，"),
        (date(2025, 12, 30), date(2026, 1, 2), "2025年12月30日至2026年1月2日，"),
    ],
)
def test_periods_do_not_repeat_what_both_ends_share(first, last, expected):
    assert text_of(exposure(visits=Visits(first, last, 35, 62))).startswith(expected)


def test_headings_are_numbered_by_level_and_restart_beneath_a_new_one():
    levels = [1, 2, 2, 3, 4, 1, 2]
    numbered = number_headings(Paragraph(heading="题", level=level) for level in levels)
    assert [p.number for p in numbered] == [
        "一、",
        "（一）",
        "（二）",
        "1.",
        "（1）",
        "二、",
        "（一）",
    ]
    assert [heading_number(1, n) for n in (10, 11, 20, 21)] == [
        "十、",
        "十一、",
        "二十、",
        "二十一、",
    ]


def test_dates_have_no_leading_zeros():
    assert chinese_date(date(2026, 1, 2)) == "2026年1月2日"
