"""Stories of the source documents, each played alone by the people whose story it is."""

from support.e2e import (  # noqa: F401 -- fixtures and the hook
    anfang,
    console,
    profiles,
    pytest_runtest_makereport,
    story,
)
