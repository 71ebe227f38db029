"""What is read before the service forks must hold nothing that two processes cannot share."""

import json
import os
import subprocess
import sys

_LOOK = """
import json, os
from pathlib import Path

from anfang.cli import serve
from anfang.kit.db import db

def look(app, settings, announce, *, with_worker):
    with app.app_context():
        pools = [one.pool.checkedin() + one.pool.checkedout() for one in db.engines.values()]
    files = [os.path.realpath(handle) for handle in Path("/proc/self/fd").iterdir()]
    print(json.dumps({
        "threads": len(os.listdir("/proc/self/task")),
        "connections": sum(pools),
        "files": [file for file in files if file.startswith(str(settings.data))],
    }))
    return 0

serve.run_services = look
serve.serve([])
"""


def test_the_program_is_read_without_threads_connections_and_open_files(settings):
    told = subprocess.run(
        [sys.executable, "-c", _LOOK],
        env={**os.environ, "ANFANG_DATA": str(settings.data)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(told.stdout) == {"threads": 1, "connections": 0, "files": []}
