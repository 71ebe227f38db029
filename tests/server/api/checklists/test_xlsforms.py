"""XLSForms become checklists, or say by name and row why not."""

import io

import openpyxl
import pytest

from anfang.kit.principal import Role
from factories import setup

SURVEY = ["type", "name", "label::中文 (zh)", "label::English (en)", "required", "constraint"]
CHOICES = [
    ["list_name", "name", "label::中文 (zh)", "label::English (en)"],
    ["yn", "yes", "是", "Yes"],
    ["yn", "no", "否", "No"],
    ["tone", "good", "好", "Good"],
    ["tone", "poor", "差", "Poor"],
    ["seen", 1, "抽烟", "Smoking"],
    ["seen", 2, "玩手机", "On the phone"],
]


@pytest.fixture
def lead(office):
    return office(Role.LEAD)


def form(*survey, head=SURVEY, choices=CHOICES, settings=("window-2026", "窗口检查")):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for name, rows in (
        ("survey", [head, *survey]),
        ("choices", choices),
        ("settings", [["form_id", "form_title"], list(settings)]),
    ):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(lead, data, **query):
    form_data = {"file": (io.BytesIO(data), "form.xlsx")}
    return lead.post("/checklist-forms", data=form_data, query_string=query)


def refused(answer):
    return {(one["row"], one["name"], one["code"]) for one in answer.json["refused"]}


def test_a_form_becomes_a_draft_that_can_be_published_and_filed(lead):
    data = form(
        ["note", "hello", "先看门口", "Look at the door"],
        ["begin group", "desk", "窗口", "Desk"],
        ["select_one yn", "manned", "有人在岗", "Somebody is there", "yes"],
        ["image", "manned_photo", "拍照", "Picture", "yes"],
        ["select_one tone", "tone", "态度", "Tone", "yes"],
        ["end group"],
        ["select_multiple seen", "seen", "看到什么", "Seen", "yes"],
        ["integer", "queue", "排队人数", "Queue", "yes", ". >= 0 and . < 100"],
        ["decimal", "fee", "收费", "Fee", "yes", ".>=0.5"],
        ["text", "words", "说了什么", "Words", None],
        ["geopoint", "where", "位置", "Place"],
    )
    shown = send(lead, data)
    assert (shown.json["code"], shown.json["title"]) == ("window-2026", "窗口检查")
    assert shown.json["refused"] == []
    assert lead.get("/checklists").json["items"] == []
    taken = send(lead, data, apply="true", code="window-a")
    version = setup.created(taken)["checklist"]["versions"][0]["id"]
    published = setup.created(lead.post(f"/checklist-versions/{version}/publish"))
    items = {one["id"]: one for one in published["items"]}
    assert list(items) == ["manned", "tone", "seen", "queue", "fee", "words"]
    assert items["manned"] == {
        "id": "manned",
        "kind": "yes_no",
        "text": "窗口：先看门口：有人在岗",
        "text_en": "Desk：Look at the door：Somebody is there",
        "photo": "always",
        "points": 0,
        "veto": False,
    }
    assert items["tone"]["text"] == "窗口：态度"
    assert [one["value"] for one in items["tone"]["options"]] == ["good", "poor"]
    assert items["seen"]["kind"] == "choices"
    assert items["seen"]["options"][0] == {
        "value": "1",
        "label": "抽烟",
        "label_en": "Smoking",
    }
    queue, fee = items["queue"], items["fee"]
    assert (queue["scale"], queue["min"], queue["max"]) == (0, 0, 99)
    assert (fee["scale"], fee["min"], "max" in fee) == (2, 50, False)
    noticed = {(one["name"], one["code"]) for one in shown.json["noticed"]}
    assert noticed == {
        ("manned_photo", "xlsform-image-joined"),
        ("fee", "xlsform-decimal-places"),
        ("words", "xlsform-asked-anyway"),
        ("where", "xlsform-recorded-anyway"),
    }


def test_all_that_cannot_be_said_is_listed_at_once_by_name_and_row(lead):
    head = [*SURVEY, "relevant", "calculation", "choice_filter", "appearance", "label::Français"]
    data = form(
        ["image", "first", "照片"],
        ["begin repeat", "again", "重复"],
        ["end repeat"],
        ["audio", "sound", "录音"],
        ["calculate", "sum", "合计", None, None, None, None, "1+1"],
        ["select_one nowhere", "lost", "没有的列表"],
        ["select_one yn or_other", "other", "其他"],
        ["text", "when", "条件", None, None, None, "${tone} = 'poor'"],
        ["text", "rule", "约束", None, None, "regex(., '[0-9]+')"],
        ["integer", "odd", "单数", None, None, ". mod 2 = 1"],
        ["decimal", "strict", "严格", None, None, ". > 0"],
        ["text", "_bad", "坏名字"],
        ["text", "twice", "重名"],
        ["text", "twice", "重名"],
        ["text", "mute", None],
        ["text", "long", "长" * 401],
        ["begin group", "open", "没有结束"],
        ["text", "shape", "外观", None, None, None, None, None, None, "multiline", "Forme"],
        ["note", "last", "最后"],
        head=head,
    )
    answer = send(lead, data)
    assert refused(answer) == {
        (2, "first", "xlsform-image-alone"),
        (3, "again", "xlsform-type-unsupported"),
        (4, "", "xlsform-type-unsupported"),
        (5, "sound", "xlsform-type-unsupported"),
        (6, "sum", "xlsform-column-unsupported"),
        (6, "sum", "xlsform-type-unsupported"),
        (7, "lost", "xlsform-list-unknown"),
        (8, "other", "xlsform-list-unknown"),
        (9, "when", "xlsform-relevance-unsupported"),
        (10, "rule", "xlsform-constraint-unsupported"),
        (11, "odd", "xlsform-constraint-unsupported"),
        (12, "strict", "xlsform-constraint-unsupported"),
        (13, "_bad", "xlsform-name-unusable"),
        (14, "twice", "item-id-twice"),
        (15, "twice", "item-id-twice"),
        (16, "mute", "xlsform-label-missing"),
        (17, "long", "xlsform-text-too-long"),
        (18, "open", "xlsform-group-open"),
        (20, "last", "xlsform-note-last"),
    }
    assert "${tone} = 'poor'" in str(answer.json["refused"])
    noticed = {(one["name"], one["code"]) for one in answer.json["noticed"]}
    assert ("shape", "xlsform-column-left-out") in noticed
    assert ("shape", "xlsform-language-left-out") in noticed
    taken = send(lead, data, apply="true")
    assert (taken.status_code, taken.json["code"]) == (422, "xlsform-refused")
    assert lead.get("/checklists").json["items"] == []


def test_what_is_no_form_is_refused(lead):
    book = openpyxl.Workbook()
    file = io.BytesIO()
    book.save(file)
    assert refused(send(lead, file.getvalue())) == {(0, "", "xlsform-no-survey")}
    assert send(lead, b"PK").json["code"] == "workbook-unreadable"
    unnamed = form(["text", "a", "甲", None, "yes"], settings=("", ""))
    assert send(lead, unnamed, apply="true").json["code"] == "xlsform-refused"
    good = form(["text", "a", "甲", None, "yes"])
    assert send(lead, good, apply="true").status_code == 200
    assert send(lead, good, apply="true").json["code"] == "checklist-code-taken"


def test_only_a_lead_brings_forms(office):
    assert send(office(Role.ADMINISTRATOR), form()).status_code == 403
