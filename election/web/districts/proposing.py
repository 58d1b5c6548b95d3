"""Ask the planner: the calculation becomes a job, the page of the job shows how far it is."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions import jobs
from election.actions.act import Act
from election.database import db
from election.jobs import worker
from election.models import Congress, Job
from election.queries.districts import plans as queries
from election.queries.districts import proposals
from election.queries.districts.proposals import ProposalRequest
from election.rules.access import Permission
from election.rules.elections.phases import require_open
from election.rules.jobs import PLAN, TOO_MANY_WAITING
from election.rules.terms import InputFault, InputFaults, RuleViolation
from election.web.access import allowed
from election.web.again import FillAgain
from election.web.districts.blueprint import bp
from election.web.districts.forms import refusal, require_free_name
from election.web.districts.overview import congress_page
from election.web.districts.propose_form import ProposeForm, propose_form
from election.web.operations import get_or_404, perform


@bp.post("/congresses/<int:congress_id>/propose")
@allowed(Permission.EDIT_DISTRICTS)
def propose(congress_id: int) -> ResponseReturnValue:
    """Put a calculation into the queue and show it; what cannot be asked is said at once."""
    body = get_or_404(Congress, congress_id)
    require_open("districts", body.election.phase)
    form = propose_form(body)
    if not form.validate_on_submit():
        return congress_page(congress_id, propose=form)
    proposal = form.proposal(form.name.value or _name(form))
    if not _answerable(form, body, proposal):
        return congress_page(congress_id, propose=form)

    def do(act: Act) -> Job:
        require_free_name(form.name, queries.names_of(act.session, congress_id))
        return jobs.ask(
            act,
            act.session.get_one(Congress, congress_id),
            kind=PLAN,
            title=proposal.name,
            asked=proposal.to_json(),
        )

    try:
        answer = perform(do, then=lambda job: url_for("jobs.show", job_id=job.id))
    except FillAgain:
        return congress_page(congress_id, propose=form)
    except RuleViolation as refused:
        if refused.code is not TOO_MANY_WAITING:
            raise
        form.form_errors = [refusal(refused)]
        return congress_page(congress_id, propose=form)
    worker.wake()
    return answer


def _answerable(form: ProposeForm, body: Congress, proposal: ProposalRequest) -> bool:
    """Whether the planner can be asked so; if not, the form says why beside each field."""
    if form.locked_from.data and not proposal.wishes.locked:
        form.tell(
            [
                InputFault(
                    "locked_from",
                    "该方案没有锁定的选区；请先在方案中锁定，或选“不保留”",
                    "this plan has no locked district; lock some in it first, or choose none",
                )
            ]
        )
        return False
    try:
        proposals.question(db.session(), body, proposal)
    except InputFaults as faults:
        form.tell(faults.faults)
        return False
    except RuleViolation as refused:
        form.form_errors = [refusal(refused)]
        return False
    return True


def _name(form: ProposeForm) -> str:
    """A name that says how the plan was found."""
    seed = form.seed.data
    if form.source.data == proposals.TOWN_DISTRICTS:
        return str(_("Of town districts (seed %(n)d)", n=seed))
    return str(_("Proposal (seed %(n)d)", n=seed))
