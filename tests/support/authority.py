"""A real time-stamping authority, `openssl ts`, also behind a small HTTP server."""

import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

CONFIG = """
[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
"""
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout")


class Authority:
    """A real time-stamping authority: `openssl ts`."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "tsa.cnf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        self.run("req", "-x509", *NEW_KEY, "ca.key", "-out", "ca.pem", "-subj", "/CN=root")
        self.run("req", *NEW_KEY, "tsa.key", "-out", "tsa.csr", "-subj", "/CN=stamps")
        self.run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                 "-CAcreateserial", "-out", "tsa.pem", "-extfile", "tsa.cnf",
                 "-extensions", "ext")  # fmt: skip

    def run(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def stamp(self, data):
        """Stamp bytes without HTTP."""
        (self.folder / "data").write_bytes(data)
        self.run("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query")
        return self.reply()

    def reply(self):
        """Answer the request in the file `query`."""
        self.run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    @property
    def root(self):
        return (self.folder / "ca.pem").read_bytes()


@contextmanager
def served(authority, port=0, spoil=lambda stamp: stamp, seen=None):
    """Serve an authority; gives its address.

    `spoil` changes what it answers, `seen` collects the methods by which it was asked.
    """

    def answer(handler, query):
        (authority.folder / "query").write_bytes(query)
        stamp = spoil(authority.reply())
        handler.send_response(200)
        handler.send_header("Content-Type", "application/timestamp-reply")
        handler.send_header("Content-Length", str(len(stamp)))
        handler.end_headers()
        handler.wfile.write(stamp)

    with _serving(port, answer, seen) as url:
        yield url


@contextmanager
def redirector(port, target):
    """Serve nothing but a redirection."""

    def answer(handler, _):
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with _serving(port, answer) as url:
        yield url


@contextmanager
def _serving(port, answer, seen=None):
    asked = [] if seen is None else seen

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append("GET")
            self.send_error(405)

        def do_POST(self):
            asked.append("POST")
            assert self.headers["Content-Type"] == "application/timestamp-query"
            answer(self, self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
