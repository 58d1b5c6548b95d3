"""The WSGI application, for `flask --app app ...`; `python -m election start` serves it."""

from election.settings import UnusableInstallation, load
from election.web import create_app

try:
    app = create_app(load())
except UnusableInstallation as unusable:
    raise SystemExit(str(unusable)) from None
