"""Whether the house stands."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from election.database import db
from election.web.access import Open, allowed

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allowed(Open.PUBLIC)
def healthz() -> ResponseReturnValue:
    """200 with {"status": "ok"} when the database answers."""
    g.may_cache = False
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}
