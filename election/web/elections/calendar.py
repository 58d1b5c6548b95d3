"""The legal calendar of an election and the days on record."""

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.elections import set_up as acts
from election.clock import now
from election.database import db
from election.models import Congress, Election
from election.queries.elections import progress as queries
from election.reports.ics import calendar_file
from election.rules.access import Permission
from election.rules.elections.calendar import check_date
from election.rules.elections.calendar_items import ACTORS
from election.web.access import allowed
from election.web.elections.blueprint import bp
from election.web.elections.forms import MilestoneForm
from election.web.files import download
from election.web.operations import get_or_404, perform

# days that are recorded by the act they belong to, on that act's page: calendar key -> which list
OWN_PAGES = {"first_list_published": "first", "formal_list_published": "formal"}


@bp.get("/elections/<int:election_id>/calendar")
@allowed(Permission.SEE_OFFICE)
def calendar(election_id: int) -> ResponseReturnValue:
    """Every deadline with its article, what was done, and whether in time."""
    election = get_or_404(Election, election_id)
    done = {c.id: queries.milestones(db.session(), c.id) for c in election.congresses}
    days = queries.calendar_of(election)
    checks = {
        (c, item.key): check_date(item, done[c][item.key].done_on)
        for c in done
        for item in days.items
        if item.key in done[c]
    }
    return render_template(
        "elections/calendar.html",
        election=election,
        calendar=days,
        done=done,
        checks=checks,
        actors=ACTORS,
        own_pages=OWN_PAGES,
        form=MilestoneForm(done_on=date.fromisoformat(days.election_day.isoformat())),
    )


@bp.post("/congresses/<int:congress_id>/calendar/<key>")
@allowed(Permission.FIX_LISTS)
def set_milestone(congress_id: int, key: str) -> ResponseReturnValue:
    """Record the day a step was done."""
    body, form = get_or_404(Congress, congress_id), MilestoneForm()
    keys = {item.key for item in queries.calendar_of(body.election).items} - OWN_PAGES.keys()
    calendar_page = url_for(".calendar", election_id=body.election_id)
    if key not in keys or not form.validate_on_submit():
        return redirect(calendar_page, 303)
    return perform(
        lambda act: acts.set_milestone(
            act,
            act.session.get_one(Congress, congress_id),
            key=key,
            done_on=form.done_on.data,
            note=form.note.data or "",
        ),
        then=calendar_page,
        message=_("Saved."),
    )


@bp.get("/elections/<int:election_id>/calendar.ics")
@allowed(Permission.SEE_OFFICE)
def calendar_ics(election_id: int) -> ResponseReturnValue:
    """The deadlines for a phone's calendar."""
    election = get_or_404(Election, election_id)
    body = calendar_file(queries.calendar_of(election), title=election.title, at=now())
    return download(body, name=f"{election.title}.ics", mime="text/calendar")
