"""Templates: text and fields, as versions that never change once published."""

import pytest

from anfang.documents.content import NoticeKind
from anfang.documents.template_models import TemplateVersion
from anfang.documents.templates import shipped, unknown_fields
from anfang.kit.db import db, transaction
from factories import setup
from factories.documents import ASKED, letterhead
from server.api.documents.test_notices import refused, text_of


def current(desk, kind):
    (found,) = setup.created(desk.lead.get(f"/document-templates?kind={kind}&current=true"))[
        "items"
    ]
    return found


def drafted(desk, kind="supervision"):
    return setup.created(desk.lead.post("/document-templates", {"kind": kind}))


def change(desk, version, **content):
    body = {"content": {**version["content"], **content}, "note": "改写结尾"}
    return desk.lead.change(f"/document-templates/{version['id']}", body, "PUT")


def published(desk, version):
    return setup.created(desk.lead.post(f"/document-templates/{version['id']}/publish"))


def test_every_kind_comes_with_a_template_and_its_fields(desk):
    listed = setup.created(desk.lead.get("/document-templates"))["items"]
    assert {one["kind"] for one in listed} == {kind.value for kind in NoticeKind}
    assert {one["version"] for one in listed} == {1}
    whole = desk.lead.get(f"/document-templates/{current(desk, 'exposure')['id']}").json
    assert {"name": "theme", "label": "主题"} in whole["known_fields"]
    assert {"problem_classes"} == {one["name"] for one in whole["blocks"]}


def test_the_office_words_its_letters_and_a_letter_remembers_its_version(desk):
    before = desk.composed("supervision")
    assert before["template"]["version"] == 1
    version = drafted(desk)
    body = [
        {"heading": "事项", "level": 1},
        {"text": "${matter_text}依据${meeting}。"},
        {"text": "请于${deadline}前办结。共${unit}一家。"},
    ]
    own = [{"name": "meeting", "label": "会议名称"}]
    setup.created(change(desk, version, body=body, fields=own))
    # A draft of a template changes nothing yet.
    assert desk.composed("supervision")["template"]["version"] == 1
    published(desk, version)
    after = desk.composed("supervision", fields={"meeting": "第3次联席会议"})
    assert after["template"] == {"id": version["id"], "version": 2}
    assert text_of(after).startswith("事项\n督促所属窗口单位落实AB岗制度。依据第3次联席会议。")
    assert desk.lead.get(f"/notices/{before['id']}").json["template"]["version"] == 1
    case = desk.case()
    unknown = {"kind": "supervision", "case_ids": [case["id"]], **ASKED["supervision"],
               "letterhead": letterhead("supervision"), "fields": {"会议": "x"}}  # fmt: skip
    refused(desk.lead.post("/notices", unknown), 422, "unknown-template-field")


@pytest.mark.parametrize(
    ("content", "pointer", "name"),
    [
        ({"title": "关于${matter}和${inspector}的函"}, "/title", "inspector"),
        ({"body": [{"text": "${unit.parent}"}]}, "/body/0/text", "$"),
        ({"body": [{"text": "价格 $5"}]}, "/body/0/text", "$"),
        ({"body": [{"heading": "${demands}", "level": 1}]}, "/body/0/heading", "demands"),
        ({"phrases": {}}, "/phrases/history", "history"),
        ({"phrases": {"history": "${day}${alias}"}}, "/phrases/history", "alias"),
        ({"fields": [{"name": "unit", "label": "单位"}]}, "/fields/0/name", "unit"),
    ],
)
def test_an_unknown_field_is_refused_by_its_name_and_place(desk, content, pointer, name):
    version = drafted(desk)
    answer = refused(change(desk, version, **content), 422, "unknown-template-field")
    assert {one["pointer"]: one["detail"] for one in answer.json["errors"]} == {pointer: name}
    assert name in answer.json["title"]


def test_a_block_stands_alone_in_its_paragraph(desk):
    version = drafted(desk, "rectification")
    alone = [{"heading": "要求", "level": 1, "text": "${demands}"}]
    setup.created(change(desk, version, body=alone))
    version = desk.lead.get(f"/document-templates/{version['id']}").json
    refused(
        change(desk, version, body=[{"text": "要求：${demands}"}]), 422, "unknown-template-field"
    )


def test_a_published_version_never_changes(desk):
    first = desk.lead.get(f"/document-templates/{current(desk, 'reply')['id']}").json
    refused(change(desk, first, title="答复"), 409, "template-published")
    version = drafted(desk, "reply")
    answer = desk.lead.post("/document-templates", {"kind": "reply"})
    refused(answer, 409, "template-draft-exists")
    published(desk, version)
    refused(change(desk, version, title="答复"), 409, "template-published")
    again = desk.lead.post(f"/document-templates/{version['id']}/publish")
    refused(again, 409, "template-published")

    def write():
        with transaction():
            row = db.session.get(TemplateVersion, first["id"])
            row.content = {}
            db.session.flush()

    with pytest.raises(Exception, match="published"):
        write()


def test_only_the_lead_words_templates(desk):
    for who in (desk.counsel, desk.approver, desk.liaison):
        answer = who.post("/document-templates", {"kind": "reply"})
        refused(answer, 403, "not-permitted")
    refused(desk.liaison.get("/document-templates"), 403, "not-permitted")


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_what_the_product_ships_names_nothing_unknown(kind):
    assert unknown_fields(kind, shipped(kind)) == {}
