"""The source campaigns, each loaded from its shipped rulebook, on a Monday at eleven in China."""

import pytest

from anfang.kit.principal import Role
from factories import rulebooks


@pytest.fixture
def s0(clock, office):
    return rulebooks.loaded(office, "s0-liangzheng")


@pytest.fixture
def s1(clock, office):
    return rulebooks.loaded(office, "s1-sanxiang-zhidu")


@pytest.fixture
def s2(clock, office):
    return rulebooks.loaded(office, "s2-zuofeng-zhengdun")


@pytest.fixture
def s3(clock, office):
    return rulebooks.loaded(office, "s3-sange-jianshe")


@pytest.fixture
def s4(clock, office):
    return rulebooks.loaded(office, "s4-minzhu-pingyi")


@pytest.fixture
def approver(clock, office):
    return office(Role.APPROVER)
