"""Style sheets, scripts and pictures: read, cut down and compressed once, when the program starts.

Their address holds a digest of all of them. So a browser keeps them for ever and asks for none of
them again, and a script that imports another by its relative address gets the one it was made for.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from election.settings import ROOT
from election.web.access import Open, allowed
from election.web.assets.cutting import cut

BOOTSTRAP = "css/bootstrap.css"
_FOREVER = "public, max-age=31536000, immutable"
_MIMES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",  # a Windows registry may say something else
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: plain, or compressed to a browser that can read that."""

    mime: str
    plain: bytes
    compressed: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All of them by their name (css/xuanban.css), and the digest that their address holds."""

    digest: str
    by_name: dict[str, Asset]


def init_app(app: Flask) -> None:
    """Serve them; url_for("static", filename=...) gives the lasting address."""
    digest = assets().digest
    app.add_url_rule(f"/static/{digest}/<path:filename>", "static", static)
    app.add_url_rule("/static/<path:filename>", "static_by_name", static_by_name)


@allowed(Open.PUBLIC)
def static(filename: str) -> ResponseReturnValue:
    """One file, for ever."""
    asset = assets().by_name.get(filename)
    if asset is None:
        abort(404)
    squeezed = bool(request.accept_encodings["gzip"])
    response = Response(asset.compressed if squeezed else asset.plain, content_type=asset.mime)
    if squeezed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = _FOREVER
    g.may_cache = True
    return response


@allowed(Open.PUBLIC)
def static_by_name(filename: str) -> ResponseReturnValue:
    """What a page of an earlier release, or a person, asks for: led to the lasting address."""
    if filename not in assets().by_name:
        abort(404)
    return redirect(url_for("static", filename=filename), 308)


@cache
def assets() -> Assets:
    """What lies in static/, and the part of Bootstrap that templates and scripts use."""
    folder = ROOT / "static"
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _MIMES
    }
    contents[BOOTSTRAP] = bootstrap().encode()
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(name.encode() + hashlib.sha256(content).digest())
    return Assets(
        whole.hexdigest()[:16],
        {
            name: Asset(_MIMES[Path(name).suffix], content, gzip.compress(content, 9, mtime=0))
            for name, content in contents.items()
        },
    )


def bootstrap() -> str:
    """Bootstrap's style sheet without the rules that nothing here can meet."""
    package = files("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    own_styles = "".join(_texts("static", "*.css"))
    makers = ("templates", "*.html"), ("static", "*.js"), ("election/web", "*.py")
    texts = [text for maker in makers for text in _texts(*maker)]
    return cut(package.read_text(encoding="utf-8"), used_in=texts, own_styles=own_styles)


def _texts(folder: str, pattern: str) -> list[str]:
    paths = sorted((ROOT / folder).rglob(pattern))
    return [path.read_text(encoding="utf-8") for path in paths]
