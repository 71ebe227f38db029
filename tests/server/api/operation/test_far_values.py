"""Numbers and days that no column and no calendar holds are refused or bound nothing: no fault."""

import uuid

import pytest

from anfang.kit.principal import Role

HUGE = 5814723520563123322880


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/log/proof?index=115&size={HUGE}", 422),
        (f"/log/consistency?from={HUGE}&to={HUGE}", 422),
        (f"/campaigns/{uuid.UUID(int=1)}/rulebook/versions/{HUGE}", 404),
        ("/case-groups?by=theme&opened_from=0001-01-01&opened_to=9999-12-31", 200),
        ("/cases?due_from=0001-01-01&due_to=9999-12-31", 200),
    ],
)
def test_what_lies_beyond_every_column_is_no_fault(office, address, status):
    assert office(Role.LEAD).get(address).status_code == status
