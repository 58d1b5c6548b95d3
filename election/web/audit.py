"""The audit log: read by director and auditor, written by nobody."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from election.database import db
from election.queries.audit import head
from election.queries.audit.log import Filters, chosen, lines, people
from election.rules.access import Permission
from election.rules.acts import GROUPS
from election.rules.canonical import anchor
from election.web.access import allowed, official
from election.web.locale import say

bp = Blueprint("audit", __name__, url_prefix="/audit")
_PER_PAGE = 50


class FilterForm(FlaskForm):
    """Which records; read from the address, so that a page of them can be kept and sent."""

    day = DateField(_l("Day"), validators=[Optional()])
    who = SelectField(_l("Official"), validate_choice=False, default="")
    what = SelectField(_l("Kind of act"), validate_choice=False, default="")
    subject = StringField(_l("Subject contains"), validators=[Length(max=60)], default="")

    def filters(self) -> Filters:
        """What was asked for; a day that is none is not asked for."""
        day = None if self.day.errors else self.day.data
        subject = (self.subject.data or "").strip()
        return Filters(day, self.who.data or "", self.what.data or "", subject)


@bp.get("")
@allowed(Permission.SEE_AUDIT)
def index() -> ResponseReturnValue:
    """The acts, newest first, and the code of the day to print."""
    township_id, session = official().township_id, db.session()
    form = FilterForm(request.args, meta={"csrf": False})
    form.who.choices = [
        SelectChoice(value="", label=_("Everybody")),
        *(
            SelectChoice(value=number, label=f"{name} · {number}")
            for number, name in people(session, township_id).items()
        ),
    ]
    form.what.choices = [
        SelectChoice(value="", label=_("All")),
        *(SelectChoice(value=start, label=say(words)) for start, words in GROUPS.items()),
    ]
    valid = form.validate()
    query = chosen(township_id, form.filters())
    page = db.paginate(query, per_page=_PER_PAGE, max_per_page=_PER_PAGE)
    seq, digest = head(session, township_id)
    rendered = render_template(
        "audit/index.html",
        page=page,
        lines=lines(session, township_id, page.items),
        form=form,
        seq=seq,
        code=anchor(digest),
    )
    return rendered, 200 if valid else 422
