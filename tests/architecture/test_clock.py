"""The clock tells the truth: only the demonstration plays moments of the past."""

from support.house import sources


def test_only_the_demonstration_replays_the_past():
    users = {
        source.room
        for source in sources()
        if "replaying" in source.path.read_text("utf-8") and source.module != "anfang.kit.clock"
    }
    assert users == {"demo"}
