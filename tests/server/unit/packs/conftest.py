import pytest

from support import pack_factory as factory
from support import pack_forge as forge


@pytest.fixture(scope="session")
def office():
    return factory.Office()


@pytest.fixture(scope="session")
def packs(tmp_path_factory, office):
    """One full and one protected pack of the same office, by profile."""
    folder = tmp_path_factory.mktemp("packs")
    return {
        profile: factory.write_pack(
            folder, factory.make_content(factory.Office(), profile), office.key
        )
        for profile in ("full", "protected")
    }


@pytest.fixture(scope="session")
def small_packs(tmp_path_factory, office):
    """The same with a single record: quick to verify a thousand times."""
    folder = tmp_path_factory.mktemp("small")
    return {
        profile: factory.write_pack(
            folder, factory.make_content(factory.Office(), profile, records=("a",)), office.key
        )
        for profile in ("full", "protected")
    }


@pytest.fixture
def files():
    """Read a pack into paths and bytes."""

    return forge.read
