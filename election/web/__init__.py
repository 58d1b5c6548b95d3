"""Pages: one blueprint per stage. create_app() is the factory."""

import secrets

from flask import Flask, Response, abort, g, request, session
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from election import database
from election.actions import trail
from election.clock import now
from election.exchange.backups.restore import finish
from election.keys import keys_of, readable
from election.models.types import use_keys
from election.settings import ROOT, Settings
from election.web import assets, errors, filters, hosts
from election.web.access import enforce, keep_alive, leave, require_rules
from election.web.blueprints import BLUEPRINTS
from election.web.locale import choose_language
from election.web.operations import record_aside

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
_REFUSE = "xuanban.refuse"


def create_app(settings: Settings) -> Flask:
    """Build the application.

    Raises Unguarded when a route has no access rule, Unusable when the keys of a database in use
    are not there or its address cannot be read.
    """
    readable(settings.database_url)
    finish(settings.data, at=now())  # a restored office that an interruption left half in place
    keys = keys_of(settings)
    app = Flask(
        "election",
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    app.config.update(settings.flask, SECRET_KEY=keys["session"])
    app.jinja_env.undefined = StrictUndefined
    use_keys(encryption=keys["encryption"], index=keys["index"])
    database.init_app(app)
    Babel(app, locale_selector=choose_language, default_translation_directories=_catalogues())
    assets.init_app(app)
    hosts.init_app(app, host=settings.host, trusted=settings.trusted_hosts)
    app.before_request(_begin)
    CSRFProtect(app)
    errors.init_app(app)
    filters.init_app(app)
    app.before_request(enforce)
    app.after_request(_finish)
    app.teardown_request(leave)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    require_rules(app)
    return app


def _catalogues() -> str:
    return str(ROOT / "election" / "translations")


def _begin() -> None:
    g.request_id, g.may_cache = secrets.token_hex(6), False
    if _REFUSE in request.environ:  # the server has thrown the body away
        abort(int(request.environ[_REFUSE]))
    language = request.args.get("lang")
    if language in ("zh_Hans_CN", "en") and "ticket" in session:
        session["language"] = language
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def _record_download(response: Response) -> None:
    """A file that somebody signed in takes away stands in the chain."""
    disposition = response.headers.get("Content-Disposition", "")
    taken = response.status_code == 200 and disposition.startswith("attachment")
    if taken and request.method == "GET" and g.get("official") is not None:
        path = request.path
        record_aside(lambda act: trail.taken(act, path=path))


def _finish(response: Response) -> Response:
    """Headers of every answer; staff pages are never kept by a browser."""
    keep_alive()
    _record_download(response)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if not g.get("may_cache"):
        response.headers["Cache-Control"] = "no-store"
    return response
