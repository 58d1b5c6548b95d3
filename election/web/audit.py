"""The audit log: read by director and auditor, written by nobody."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from election.database import db
from election.models import AuditEntry
from election.queries.audit import head
from election.rules.access import Permission
from election.rules.canonical import anchor
from election.web.access import allowed, official

bp = Blueprint("audit", __name__, url_prefix="/audit")
_PER_PAGE = 50


@bp.get("")
@allowed(Permission.SEE_AUDIT)
def index() -> ResponseReturnValue:
    """The acts, newest first, and the code of the day to print."""
    township_id = official().township_id
    query = (
        select(AuditEntry)
        .where(AuditEntry.township_id == township_id)
        .order_by(AuditEntry.seq.desc())
    )
    prefix = request.args.get("what", "").strip()
    if prefix:
        query = query.where(AuditEntry.what.startswith(prefix, autoescape=True))
    page = db.paginate(query, per_page=_PER_PAGE, max_per_page=_PER_PAGE)
    seq, digest = head(db.session(), township_id)
    return render_template("audit/index.html", page=page, what=prefix, seq=seq, code=anchor(digest))
