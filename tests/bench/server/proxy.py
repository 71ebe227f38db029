"""The buffering proxy of compose.yaml, started from its own configuration."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

from support.faulty_site import until
from support.house import ROOT
from support.postgres import free_port

CONFIGURATION = ROOT / "deploy" / "proxy.conf.template"

_AROUND = """\
daemon off; master_process on; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/answers;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/proxy.conf;
}}
"""


def is_installed() -> bool:
    return shutil.which("nginx") is not None


@contextmanager
def running_proxy(upstream: tuple[str, int]) -> Iterator[tuple[str, int]]:
    """Put nginx before a service; gives its own address."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        filled = {
            "PROXY_LISTEN": f"127.0.0.1:{port}",
            "PROXY_UPSTREAM": ":".join(map(str, upstream)),
        }
        text = Template(CONFIGURATION.read_text()).safe_substitute(filled)
        (folder / "proxy.conf").write_text(text)
        (folder / "nginx.conf").write_text(_AROUND.format(folder=folder))
        server = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
        try:
            until(lambda: (folder / "pid").exists() and server.poll() is None, 20)
            yield "127.0.0.1", port
        finally:
            server.terminate()
            server.wait(20)
