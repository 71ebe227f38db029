import shutil
from dataclasses import replace

import pytest

from anfang.packs.verify import verify_pack
from support import pack_factory as factory
from support.authority import Authority

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def stamped(authority, tmp_path):
    """Build a pack whose log has this stamp and authority; give the verdict."""

    def make(stamp, authority_pem):
        office = factory.Office()
        data = factory.make_content(office, records=("a",))
        log = replace(data.log, stamps=(stamp(data.log.checkpoint.encode()),),
                      authority_pem=authority_pem)  # fmt: skip
        path = factory.write_pack(tmp_path, replace(data, log=log), office.key)
        return verify_pack(path, office_key=office.kid)

    return make


def found(verdict):
    return {(fault.file, fault.code) for fault in verdict.faults}


def test_a_stamp_of_the_checkpoint_holds(stamped, authority):
    assert stamped(authority.stamp, authority.root).exit_code == 0


def test_a_stamp_of_something_else_is_refused(stamped, authority):
    verdict = stamped(lambda data: authority.stamp(data + b"x"), authority.root)
    assert found(verdict) == {("data/log/01.tsr", "pack-stamp-invalid")}


def test_a_stamp_by_another_authority_is_refused(stamped, authority, tmp_path_factory):
    other = Authority(tmp_path_factory.mktemp("other"))
    verdict = stamped(other.stamp, authority.root)
    assert found(verdict) == {("data/log/01.tsr", "pack-stamp-invalid")}


def test_a_stamp_without_its_authority_is_refused(stamped, authority):
    assert found(stamped(authority.stamp, None)) == {("keys/tsa.pem", "pack-file-missing")}


@pytest.mark.parametrize("change", [lambda s: b"", lambda s: s[:-9], lambda s: s[:80] + b"x" * 9])
def test_a_broken_stamp_is_refused(change, stamped, authority):
    verdict = stamped(lambda data: change(authority.stamp(data)), authority.root)
    assert found(verdict) == {("data/log/01.tsr", "pack-stamp-invalid")}
