"""The WSGI application: `waitress-serve app:app`, `flask --app app run`."""

from election.settings import Unusable, load
from election.web import create_app

try:
    app = create_app(load())
except Unusable as unusable:
    raise SystemExit(str(unusable)) from None
