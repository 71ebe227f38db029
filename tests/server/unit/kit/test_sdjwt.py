import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit import jose, sdjwt

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "sdjwt.json").read_text("utf-8"))
GOOD = VECTORS["complete"][0]


def named(entries):
    return pytest.mark.parametrize("vector", entries, ids=lambda vector: vector["name"])


@named(VECTORS["complete"])
def test_accepts_a_complete_document(vector):
    record = sdjwt.verify(vector["sdjwt"], complete=True)
    assert record.clear == vector["clear"]
    assert record.disclosed == vector["disclosed"]
    assert record.record_sha256 == vector["record_sha256"]
    assert jose.key_thumbprint(record.key) == VECTORS["key"]["thumbprint"]


@named(VECTORS["presented"])
def test_a_presentation_discloses_only_what_is_named(vector):
    assert sdjwt.present(vector["from"], set(vector["names"])) == vector["sdjwt"]
    record = sdjwt.verify(vector["sdjwt"], complete=False)
    assert record.disclosed == vector["disclosed"]
    assert record.record_sha256 == vector["record_sha256"]


@named(VECTORS["refused"])
@pytest.mark.parametrize("complete", [True, False])
def test_refuses_with_the_reason(vector, complete):
    with pytest.raises(jose.JoseError) as refusal:
        sdjwt.verify(vector["sdjwt"], complete=complete)
    assert refusal.value.reason == vector["reason"]


@named(VECTORS["incomplete"])
def test_what_is_withheld_is_refused_only_at_submission(vector):
    sdjwt.verify(vector["sdjwt"], complete=False)
    with pytest.raises(sdjwt.SdJwtError) as refusal:
        sdjwt.verify(vector["sdjwt"], complete=True)
    assert refusal.value.reason == vector["reason"]


def test_reads_the_disclosures_that_rfc9901_prints():
    for published in VECTORS["published"]:
        disclosure = sdjwt.parse_disclosure(published["disclosure"])
        assert (disclosure.name, disclosure.value) == (published["name"], published["value"])
        assert disclosure.digest == published["digest"]


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda n: n not in {"_sd", "_sd_alg", "..."}),
        st.none() | st.text() | st.integers(0, 9),
        max_size=6,
    ),
    st.data(),
)
def test_what_was_issued_is_disclosed_and_nothing_withheld_can_be_read(values, data):
    key = jose.load_private_pem(VECTORS["key"]["private_pem"].encode())
    text = sdjwt.issue(key, {}, values)
    assert sdjwt.verify(text, complete=True).disclosed == values
    names = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else set()
    shown = sdjwt.verify(sdjwt.present(text, names), complete=False)
    assert shown.disclosed == {name: values[name] for name in names}


@given(st.data())
def test_any_changed_character_is_refused(data):
    text = GOOD["sdjwt"]
    position = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters().filter(lambda c: c != text[position]))
    with pytest.raises(jose.JoseError):
        sdjwt.verify(text[:position] + letter + text[position + 1 :], complete=True)
