"""What a pack says of its own form, and where the office publishes it."""

import json

import jsonschema
import pytest

from anfang.kit.config import load_settings
from factories import packs

SCHEMAS = {
    "pack.json": "data/pack.json",
    "proofs.json": "data/log/proofs.json",
    "case.json": "data/cases/",
}


def schema(app, address):
    answer = app.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    return jsonschema.Draft202012Validator(json.loads(answer.data))


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_the_documents_are_of_the_published_schemas(profile, sealed, office, app, tmp_path):
    case, desk = packs.case_of(sealed.record, office)
    desk.published(desk.draft(case))
    pack = packs.ordered(sealed.lead, profile, case=case["id"], seal=True)
    files = packs.unzipped(packs.downloaded(sealed.lead, pack, tmp_path))
    index = json.loads(files["data/pack.json"])
    origin = app.config["ORIGIN"]
    assert index["$schema"] == f"{origin}/api/v1/packs/schemas/pack.json"
    assert index["$schema"] in files["VERIFY.md"].decode()
    for name, path in SCHEMAS.items():
        validator = schema(app, f"/api/v1/packs/schemas/{name}")
        validator.check_schema(validator.schema)
        documents = [json.loads(data) for file, data in files.items() if file.startswith(path)]
        assert documents
        for document in documents:
            validator.validate(document)
            with pytest.raises(jsonschema.ValidationError):
                validator.validate({**document, "unheard_of": 1})


def test_no_other_file_is_published_as_a_schema(app):
    client = app.test_client()
    for name in ("x.json", "proofs.schema.json", "..%2Ferrors.py"):
        assert client.get(f"/api/v1/packs/schemas/{name}").status_code == 404


def test_the_office_is_named_as_configured(sealed, app, monkeypatch, tmp_path):
    def named():
        pack = packs.ordered(sealed.lead, "protected", records=[sealed.record.id])
        files = packs.unzipped(packs.downloaded(sealed.lead, pack, tmp_path))
        assert f"Source-Organization: {named_in(files)}\n" in files["bag-info.txt"].decode()
        return named_in(files)

    def named_in(files):
        return json.loads(files["data/pack.json"])["office"]

    assert named() == "暗访工作办公室"
    monkeypatch.setenv("ANFANG_OFFICE", " 甲市两整办 ")
    monkeypatch.setitem(app.config, "OFFICE", load_settings().office)
    assert named() == "甲市两整办"
    monkeypatch.setenv("ANFANG_OFFICE", " ")
    assert load_settings().office is None
