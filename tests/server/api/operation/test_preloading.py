"""What gunicorn reads before it forks must hold nothing that two processes cannot share."""

import json
import os
import subprocess
import sys

_LOOK = """
import gc, json, os
from anfang.kit.db import db
from anfang.wsgi import app
with app.app_context():
    pools = [engine.pool.checkedin() + engine.pool.checkedout() for engine in db.engines.values()]
print(json.dumps({
    "threads": len(os.listdir("/proc/self/task")),
    "connections": sum(pools),
    "left_to_the_collector": gc.get_freeze_count() == 0,
}))
"""


def test_the_program_is_read_without_threads_and_connections(settings):
    told = subprocess.run(
        [sys.executable, "-c", _LOOK],
        env={**os.environ, "ANFANG_DATA": str(settings.data)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    seen = json.loads(told.stdout)
    assert seen == {"threads": 1, "connections": 0, "left_to_the_collector": False}
