"""The bare form's server."""

import gzip
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from support.house import ROOT

PEER = ROOT / "tests" / "bench" / "field_peer"


@contextmanager
def peer(folder: Path) -> Iterator[int]:
    """Build the bare form with the PWA's tools and serve it as the office serves: gzip."""
    built = subprocess.run(
        [
            *(str(ROOT / "tools" / "pwa.sh"), "npm", "exec", "--", "vite", "build"),
            *("--config", str(PEER / "vite.config.mjs"), "--outDir", str(folder)),
        ],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr

    class Files(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / (self.path.strip("/") or "index.html")
            found = path.is_file()
            kinds = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}
            body = gzip.compress(path.read_bytes()) if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kinds.get(path.suffix, "text/plain"))
            self.send_header("Content-Encoding", "gzip" if found else "identity")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            left = int(self.headers["Content-Length"])
            while left:
                left -= len(self.rfile.read(min(left, 1 << 16)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
