"""The main job played act after act, by two inspectors, four people of the office and one unit.

The acts share one installation: run the folder whole (`pytest tests/e2e/main_job`). The published
notice, the server's log and, where the story broke off, every screen are in `build/e2e`.
"""

from support.e2e import (  # noqa: F401 -- fixtures and the hook
    anfang,
    console,
    first_phone,
    profiles,
    pytest_runtest_makereport,
    second_phone,
    story,
    unbroken,
)
