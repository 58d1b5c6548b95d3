"""The WSGI application: `waitress-serve app:app`, `flask --app app run`."""

from election.settings import load
from election.web import create_app

app = create_app(load())
