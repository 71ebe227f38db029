"""The built PWA and the health addresses: what the server hands out beside its API."""

import json
import mimetypes
import re
from pathlib import Path
from typing import Final

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from flask.typing import ResponseReturnValue
from markupsafe import escape
from sqlalchemy import text
from werkzeug.security import safe_join

from anfang.ballots import queries as ballots
from anfang.kit.db import db
from anfang.kit.http import public
from anfang.kit.schema import is_current

_PACKED: Final = {"br": ".br", "gzip": ".gz"}
_SCRIPTS: Final = re.compile(r'<(?:script|link rel="modulepreload")[^>]* (?:src|href)="([^"]+)"')
_OWN_POLICY: Final = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


def install_pages(
    app: Flask, dist: Path, app_name: str | None = None, icons: Path | None = None
) -> None:
    """Serve field app, console and their assets, and tell whether the service is healthy.

    `app_name` is what the office calls the field app, where its own neutral name is not wanted;
    `icons` a folder with the office's own files under the names of `pwa/public/icons`.
    """

    @public
    def field() -> Response:
        page = dist / "field.html"
        answer = _under_own_policy(page, _named_page(page, app_name) if app_name else None)
        return _naming_scripts(page, answer)

    @public
    def manifest() -> Response:
        if app_name is None:
            return _page(dist, "manifest.webmanifest")
        return _named_manifest(dist, app_name)

    @public
    def console(path: str = "") -> Response:  # noqa: ARG001 -- the console routes in the browser
        return _page(dist, "console.html")

    @public
    def asset(path: str) -> Response:
        answer = _file(dist / "assets", path)
        # Vite names assets by their content, so a name never changes its bytes.
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    @public
    def icon(path: str) -> Response:
        own = safe_join(str(icons), path) if icons else None
        answer = _file(icons if icons and own and Path(own).is_file() else dist / "icons", path)
        return _changing(answer)

    @public
    def root_file(path: str) -> Response:
        return _page(dist, path)

    @public
    def front() -> ResponseReturnValue:
        return redirect("/field")

    app.add_url_rule("/", view_func=front, endpoint="front")
    app.add_url_rule("/field", view_func=field, endpoint="field")
    app.add_url_rule("/console", view_func=console, endpoint="console", strict_slashes=False)
    app.add_url_rule("/console/<path:path>", view_func=console, endpoint="console_inner")
    app.add_url_rule("/assets/<path:path>", view_func=asset, endpoint="asset")
    app.add_url_rule("/manifest.webmanifest", view_func=manifest, endpoint="pwa_manifest")
    _install_verifier(app, dist / "verify-pack.html")
    for name in ("sw.js", "icon.svg"):
        app.add_url_rule(
            f"/{name}", view_func=root_file, endpoint=f"pwa_{name}", defaults={"path": name}
        )
    app.add_url_rule("/icons/<path:path>", view_func=icon, endpoint="icons")
    app.add_url_rule("/healthz", view_func=_healthz, endpoint="healthz")
    app.add_url_rule("/readyz", view_func=_readyz, endpoint="readyz")


@public
def _healthz() -> Response:
    return jsonify(status="ok")


@public
def _readyz() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    if not is_current(db.engine):
        return jsonify(status="migration-needed"), 503
    if not ballots.is_store_ready():
        return jsonify(status="ballot-box-missing"), 503
    return jsonify(status="ok")


def _named_page(page: Path, name: str) -> Response:
    """Return the field app's page under the office's name; the app reads it from there."""
    said = escape(name)
    meta = f'<meta name="application-name" content="{said}" />'
    text = page.read_text("utf-8")
    for own, named in (
        (r"<title>[^<]*</title>", f"<title>{said}</title>{meta}"),
        (r'<h1 class="first">[^<]*', f'<h1 class="first">{said}'),
    ):
        text = re.sub(own, named.replace("\\", r"\\"), text, count=1)
    return _changing(Response(text, mimetype="text/html"))


def _named_manifest(dist: Path, name: str) -> Response:
    members = json.loads((dist / "manifest.webmanifest").read_text("utf-8"))
    named = json.dumps({**members, "name": name, "short_name": name}, ensure_ascii=False)
    return _changing(Response(named, mimetype="application/manifest+json"))


def _install_verifier(app: Flask, page: Path) -> None:
    """Serve the page that checks packs, under the policy that stands in it: it sends nothing."""

    @public
    def verifier() -> Response:
        return _under_own_policy(page)

    app.add_url_rule(f"/{page.name}", view_func=verifier, endpoint="verifier")


def _under_own_policy(page: Path, answer: Response | None = None) -> Response:
    """Send a page under the policy that stands in it, which names the styles that stand in it."""
    answer = answer or _page(page.parent, page.name)
    policy = _OWN_POLICY.search(page.read_text("utf-8"))
    if policy is not None:
        answer.headers["Content-Security-Policy"] = f"{policy[1]}; frame-ancestors 'none'"
    return answer


def _naming_scripts(page: Path, answer: Response) -> Response:
    """Name a page's scripts in its head: a browser asks for them before it reads the page."""
    scripts = _SCRIPTS.findall(page.read_text("utf-8"))
    answer.headers["Link"] = ", ".join(f"<{one}>; rel=modulepreload" for one in scripts)
    return answer


def _page(dist: Path, name: str) -> Response:
    return _changing(_file(dist, name))


def _file(folder: Path, name: str) -> Response:
    """Send a file of the build, packed as the browser takes it where the build has it so."""
    packed = next((one for one in _PACKED if _comes_packed(folder, name, one)), None)
    answer = send_from_directory(
        folder,
        name + _PACKED[packed] if packed else name,
        mimetype=mimetypes.guess_type(name)[0],
        download_name=Path(name).name,
    )
    if packed:
        answer.headers["Content-Encoding"] = packed
    answer.vary.add("Accept-Encoding")
    del answer.headers["Content-Disposition"]  # it is shown where it is named
    return answer


def _changing(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _comes_packed(folder: Path, name: str, coding: str) -> bool:
    path = safe_join(str(folder), name + _PACKED[coding])
    return (
        request.accept_encodings.quality(coding) > 0 and path is not None and Path(path).is_file()
    )
