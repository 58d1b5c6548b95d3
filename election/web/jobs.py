"""The page of a background job: how far it is, what came of it, and the two ways to end it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from election.actions import jobs as acts
from election.actions.act import Act
from election.database import db
from election.jobs.worker import bury_dead, wake
from election.models import Congress, Job, JobState
from election.planning.districting import Objective
from election.queries import jobs as queries
from election.queries.districts.proposals import (
    COUNTY_DISTRICTS,
    TOWN_DISTRICTS,
    UNITS,
    ProposalRequest,
)
from election.queries.jobs import JobRow
from election.queries.units import table as unit_queries
from election.rules.access import Permission
from election.rules.jobs import ENDED, PLAN
from election.rules.rounding import in_seats
from election.web.access import allowed
from election.web.filters import percent
from election.web.forms import Form
from election.web.locale import say
from election.web.operations import get_or_404, perform

bp = Blueprint("jobs", __name__)
SOURCE_NAMES = {
    UNITS: _l("units"),
    TOWN_DISTRICTS: _l("the districts of the adopted town plan"),
    COUNTY_DISTRICTS: _l("units, inside the districts of the adopted county plan"),
}
OBJECTIVE_NAMES = {
    Objective.MAX: _l("the largest deviation as small as possible"),
    Objective.SUM: _l("all deviations together as small as possible"),
}
PHASES = {
    "preparing": _l("reading the units"),
    "search": _l("looking for a good plan"),
    "neighbourhoods": _l("improving parts of the plan"),
    "proof": _l("proving whether a better plan exists"),
    "polish": _l("choosing among equally good plans"),
    "done": _l("storing the plan"),
    "storing": _l("storing the plan"),
}


@dataclass(frozen=True, slots=True)
class JobView:
    """A job in the words of the page; what is not known yet is a dash."""

    row: JobRow
    proposal: ProposalRequest
    sentence: str
    phase: str
    seconds: float
    value: str
    bound: str
    districts: str

    @property
    def job(self) -> Job:
        """The stored job."""
        return self.row.job

    @property
    def ended(self) -> bool:
        """Nothing will change any more."""
        return self.job.state in ENDED

    def to_json(self) -> dict[str, object]:
        """What the page asks for every second."""
        return {
            "state": self.job.state.value,
            "ended": self.ended,
            "done": self.seconds,
            "of": self.proposal.limit,
            "texts": {
                "sentence": self.sentence,
                "phase": self.phase,
                "value": self.value,
                "bound": self.bound,
                "districts": self.districts,
                "seconds": f"{self.seconds:.0f}",
            },
        }


@bp.get("/jobs/<int:job_id>")
@allowed(Permission.SEE_OFFICE)
def show(job_id: int) -> ResponseReturnValue:
    """One job; the page asks again every second until it has ended."""
    view = _job_view(job_id)
    congress = db.session.get_one(Congress, view.job.congress_id)
    rows = unit_queries.of_election(db.session(), congress.election_id)
    return render_template(
        "jobs/show.html",
        election=congress.election,
        congress=congress,
        shown=view,
        job=view.job,
        proposal=view.proposal,
        names=unit_queries.names(rows),
        form=Form(formdata=None),
        by_max=view.proposal.objective is Objective.MAX,
        source_names=SOURCE_NAMES,
        objective_names=OBJECTIVE_NAMES,
    )


@bp.get("/jobs/<int:job_id>/progress")
@allowed(Permission.SEE_OFFICE)
def progress(job_id: int) -> ResponseReturnValue:
    """How far it is, as JSON with the sentences of the page's language."""
    return jsonify(_job_view(job_id).to_json())


@bp.post("/jobs/<int:job_id>/stop")
@allowed(Permission.EDIT_DISTRICTS)
def stop(job_id: int) -> ResponseReturnValue:
    """Enough: keep the best so far."""
    return _end(job_id, acts.stop, _("The calculation ends now; the best plan so far is kept."))


@bp.post("/jobs/<int:job_id>/cancel")
@allowed(Permission.EDIT_DISTRICTS)
def cancel(job_id: int) -> ResponseReturnValue:
    """Keep nothing."""
    return _end(job_id, acts.cancel, _("The calculation is being cancelled; nothing is kept."))


def recent_jobs(congress: Congress) -> list[JobView]:
    """The latest jobs of a congress, for the list on its page (jobs/recent.html)."""
    bury_dead()
    return [_described(row, waiting=0) for row in queries.recent(db.session(), congress)]


def _end(job_id: int, end: Callable[..., Job], message: str) -> ResponseReturnValue:
    get_or_404(Job, job_id)
    if not Form().validate_on_submit():
        return show(job_id)

    def do(act: Act) -> Job:
        return end(act, job_id)

    return perform(do, then=url_for(".show", job_id=job_id), message=message)


def _job_view(job_id: int) -> JobView:
    job = get_or_404(Job, job_id)
    if job.kind != PLAN:
        abort(404)
    if job.state is JobState.RUNNING:
        bury_dead()
        job = get_or_404(Job, job_id)
    waiting = 0
    if job.state is JobState.WAITING:
        waiting = queries.before(db.session(), job)
        wake()
    return _described(queries.row(db.session(), job), waiting=waiting)


def _described(row: JobRow, *, waiting: int) -> JobView:
    job, proposal = row.job, ProposalRequest.from_json(row.job.asked)
    heard: dict[str, Any] = {**(job.progress or {}), **(job.result or {})}
    value, bound = heard.get("value"), heard.get("lower_bound")
    return JobView(
        row=row,
        proposal=proposal,
        sentence=_sentence(row, proposal, waiting),
        phase=str(PHASES.get(heard.get("phase", ""), "")),
        seconds=heard.get("seconds", 0.0),
        value=_figure(proposal, value),
        bound=_figure(proposal, bound),
        districts=str(heard["districts"]) if "districts" in heard else "—",
    )


def _figure(proposal: ProposalRequest, value: str | None) -> str:
    """A deviation in per cent; the weighted sum in seats."""
    if value is None:
        return "—"
    exact = Fraction(value)
    return percent(exact) if proposal.objective is Objective.MAX else say(in_seats(exact))


def _sentence(row: JobRow, proposal: ProposalRequest, waiting: int) -> str:
    job = row.job
    if job.state is JobState.DONE:
        return _quality(proposal, job.result or {})
    if job.state is JobState.FAILED:
        return say(job.fault or {"zh": "", "en": ""})
    if job.state is JobState.CANCELLED:
        message = _("Cancelled: no plan was stored, none was changed.")
    elif job.cancel_asked:
        message = _("It is being cancelled; nothing will be kept.")
    elif job.asked.get("keep"):
        message = _("It is ending; the best plan so far will be kept.")
    elif job.state is JobState.WAITING:
        message = ngettext(
            "It waits for its turn; %(num)d stands before it.",
            "It waits for its turn; %(num)d stand before it.",
            waiting,
        )
    else:
        message = _("Calculating.")
    return str(message)


def _quality(proposal: ProposalRequest, result: dict[str, Any]) -> str:
    """How good the plan is, and what is proven."""
    value, bound = _figure(proposal, result["value"]), _figure(proposal, result["lower_bound"])
    if proposal.objective is Objective.SUM:
        if result["optimal"]:
            message = _("Sum of deviations %(value)s, proven: no plan can be better.", value=value)
        else:
            message = _(
                "Sum of deviations %(value)s; proven so far: no plan can be below %(bound)s.",
                value=value,
                bound=bound,
            )
    elif result["optimal"]:
        message = _("Largest deviation %(value)s, proven: no plan can be better.", value=value)
    else:
        message = _(
            "Largest deviation %(value)s; proven so far: no plan can be below %(bound)s.",
            value=value,
            bound=bound,
        )
    return str(message)
