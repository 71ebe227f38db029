"""What slips into free text and must not be published."""

import pytest

from anfang.kit.privacy import find_private_traces


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("出租车京A·12345拒载", "plate", "京A·12345"),
        ("新能源车粤BD12345未打表", "plate", "粤BD12345"),
        ("教练车沪A1234学", "plate", "沪A1234学"),
        ("联系电话13800138000。", "mobile_phone", "13800138000"),
        ("身份证11010519491231002X", "identity_number", "11010519491231002X"),
    ],
)
def test_plates_phones_and_identity_numbers_are_found(text, kind, found):
    assert [(trace.kind, trace.text) for trace in find_private_traces(text)] == [(kind, found)]


@pytest.mark.parametrize(
    "text", ["甲整办通〔2026〕3号", "2026年11月22日8路公交", "监督电话0000-1234567", "2号窗口A岗"]
)
def test_numbers_dates_and_office_lines_are_left_alone(text):
    assert find_private_traces(text) == ()
