"""The WSGI application: `waitress-serve app:app`, `flask --app app run`."""

from election.settings import UnusableInstallation, load
from election.web import create_app

try:
    app = create_app(load())
except UnusableInstallation as unusable:
    raise SystemExit(str(unusable)) from None
