"""Which names this office answers to, and that a form comes from its own pages (T32, T41)."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

_LOCAL = ("localhost",)


def init_app(app: Flask, *, host: str, trusted: tuple[str, ...]) -> None:
    """Answer to numbers, this machine's own names and those the administrator listed."""
    names = (*_LOCAL, socket.gethostname(), host, *trusted)
    app.config["XUANBAN_NAMES"] = frozenset(_plain(name) for name in names if name)
    app.before_request(check)


def check() -> None:
    """400 for a foreign Host header; 403 for a form that another host sent.

    A page with `Referrer-Policy: no-referrer` sends `Origin: null`: that names no host.
    """
    host = _host_of(f"//{request.headers.get('Host', 'localhost')}")
    if host is None or not (_is_number(host) or host in current_app.config["XUANBAN_NAMES"]):
        abort(400)
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin not in (None, "null") and _host_of(origin) != host:
        abort(403)


def _host_of(address: str) -> str | None:
    """The host of //host:port or of an origin, in one spelling; None where there is none."""
    try:
        name = urlsplit(address).hostname
    except ValueError:
        return None
    return _plain(name) if name else None


def _plain(name: str) -> str:
    return name.strip().lower().rstrip(".")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
