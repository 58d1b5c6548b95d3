"""What office commands share: the application of this installation, with its database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from election.settings import load
from election.web import create_app


@contextmanager
def office() -> Iterator[Flask]:
    """The application, inside its context."""
    app = create_app(load())
    with app.app_context():
        yield app
