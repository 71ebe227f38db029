"""A WSGI route that makes each body durable in a file of its own, and nothing else."""

import os
from pathlib import Path
from uuid import uuid4

FOLDER = Path(os.environ.get("BARE_FOLDER", "."))


def app(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    handle = os.open(FOLDER / uuid4().hex, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(handle, body)
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(FOLDER, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    start_response("201 Created", [("Content-Length", "0")])
    return [b""]
