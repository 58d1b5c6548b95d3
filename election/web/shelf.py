"""What strangers read: made once, kept as a file, sent from there until it has changed.

A file is named after everything its content depends on, the program included, and comes under its
name by a rename: it is there whole or not at all. Nothing a visitor writes into an address but a
language we speak is part of a name.
"""

import gzip
import hashlib
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from flask import Response, current_app, g, request, session
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response as BaseResponse

from election.settings import ROOT
from election.web.locale import LANGUAGES, language

SECONDS = 5  # a page may be kept before it is asked about again
_FOREVER = "public, max-age=31536000, immutable"
_MADE_OF = frozenset({".html", ".css", ".js", ".svg", ".py", ".mo", ".typ"})
_COMPRESSED = ("text/", "application/json", "image/svg+xml")
_making = threading.Lock()


def is_visitor() -> bool:
    """Whether this reader sees what every stranger sees."""
    return g.official is None and "_flashes" not in session


def heed_language_alone() -> None:
    """Forget every argument of the address but a language: links on the page must not carry it."""
    asked = request.args.get("lang")
    request.args = ImmutableMultiDict({"lang": asked} if asked in LANGUAGES else {})


def page(make: Callable[[], str], *key: object) -> BaseResponse:
    """A page as every stranger gets it; key: what it shows, all of it."""
    address = request.endpoint, sorted((request.view_args or {}).items())
    full_key = (address, request.args.get("lang", ""), language(), *key)
    response = _answer(lambda: make().encode(), full_key, "text/html; charset=utf-8")
    response.vary.update(("Accept-Language", "Cookie"))
    response.headers["Cache-Control"] = f"max-age={SECONDS}"
    return response.make_conditional(request)


def lasting(make: Callable[[], bytes], *key: object, mime: str) -> BaseResponse:
    """A file of which the address never says anything else."""
    response = _answer(make, key, mime)
    response.headers["Cache-Control"] = _FOREVER
    return response.make_conditional(request)


def _answer(make: Callable[[], bytes], key: tuple[object, ...], mime: str) -> BaseResponse:
    g.may_cache = True
    name = hashlib.sha256(repr((mime, *key)).encode()).hexdigest()
    compressible = mime.startswith(_COMPRESSED)
    try:
        squeezed = compressible and bool(request.accept_encodings["gzip"])
        content = _content(name, make, compressible=compressible, squeezed=squeezed)
    except OSError:  # a full disk keeps nobody from reading
        squeezed, content = False, make()
    response = Response(content, content_type=mime)
    if compressible:
        response.vary.add("Accept-Encoding")
    if squeezed:
        response.content_encoding = "gzip"
    response.set_etag(f"{name[:32]}{'-gz' if squeezed else ''}")
    return response


def _content(name: str, make: Callable[[], bytes], *, compressible: bool, squeezed: bool) -> bytes:
    """What lies on the shelf under a name, made first where nothing does."""
    plain = _folder() / name
    compressed = plain.with_suffix(".gz")
    if not plain.exists():
        with _making:
            if not plain.exists():
                _put(plain, compressed if compressible else None, make())
    return (compressed if squeezed else plain).read_bytes()


def _put(plain: Path, compressed: Path | None, content: bytes) -> None:
    """The plain file last: where it is, the other one is too."""
    if compressed is not None:
        _write(compressed, gzip.compress(content, 9, mtime=0))
    _write(plain, content)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _folder() -> Path:
    """The shelf of this very program; what another release made is thrown away."""
    shelf = Path(current_app.config["XUANBAN_DATA"]) / "shelf"
    own = shelf / _program()
    if not own.exists():
        with suppress(FileNotFoundError):
            for other in shelf.iterdir():
                shutil.rmtree(other, ignore_errors=True)
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
    return own


@cache
def _program() -> str:
    """A digest of all that pages are made of."""
    whole = hashlib.sha256()
    for folder in ("templates", "static", "election"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _MADE_OF:
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]
