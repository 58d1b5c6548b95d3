"""A publication being prepared: how far it is, its preview, and the act that makes it public."""

from dataclasses import dataclass
from pathlib import Path

from flask import abort, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField
from wtforms.validators import InputRequired

from election.actions.act import Act
from election.database import db
from election.exchange.publication import prepared
from election.exchange.publication.package import Opened
from election.exchange.publication.publishing import PublicationDraft, publish
from election.jobs.worker import bury_dead, wake
from election.models import Congress, Job, JobState, Publication
from election.queries import jobs as queries
from election.rules.access import Permission
from election.rules.jobs import ENDED, PUBLICATION
from election.rules.publication.codes import PREPARATION_GONE
from election.rules.terms import RuleViolation
from election.web.access import actor, allowed
from election.web.forms import Form
from election.web.locale import say
from election.web.operations import get_or_404, perform
from election.web.publication.blueprint import bp
from election.web.publication.pages import Summary, summary


class PublishForm(Form):
    """The publisher has looked at what will be public."""

    checked = BooleanField(
        _l("I have compared the preview with the signed papers; publishing cannot be undone."),
        validators=[InputRequired()],
    )


@dataclass(frozen=True, slots=True)
class PreparedCongress:
    """One congress that lies ready."""

    congress: Congress
    opened: Opened

    @property
    def summary(self) -> Summary:
        """The frozen values at a glance."""
        return summary(self.opened.frozen)


@bp.get("/publications/<int:job_id>")
@allowed(Permission.SEE_RESULTS)
def preparation(job_id: int) -> ResponseReturnValue:
    """How far it is; then the preview of every congress and the form that publishes."""
    return _page(preparation_job(job_id), PublishForm(formdata=None))


@bp.get("/publications/<int:job_id>/progress")
@allowed(Permission.SEE_RESULTS)
def preparation_progress(job_id: int) -> ResponseReturnValue:
    """How far it is, as JSON with the sentence of the page's language."""
    job = preparation_job(job_id)
    done, of = _steps(job)
    return jsonify(
        state=job.state.value,
        ended=job.state in ENDED,
        done=done,
        of=of,
        texts={"sentence": _sentence(job)},
    )


@bp.post("/publications/<int:job_id>/publish")
@allowed(Permission.PUBLISH)
def publish_prepared(job_id: int) -> ResponseReturnValue:
    """Publish exactly what was previewed: all its congresses or none."""
    job, form = preparation_job(job_id), PublishForm()
    if not form.validate_on_submit():
        return _page(job, form), 422
    drafts = [
        PublicationDraft(ready.congress.id, prepared.built_of(ready.opened))
        for ready in _prepared(job)
    ]
    if not drafts:  # it goes on, or came to nothing
        raise RuleViolation(PREPARATION_GONE)
    election_id = db.session.get_one(Congress, job.congress_id).election_id

    def do(act: Act) -> list[Publication]:
        return publish(Act(act.session, actor(), act.at), drafts)

    answer = perform(
        do,
        then=url_for(".desk", election_id=election_id),
        message=_("Published. Print the check codes below on the notice."),
    )
    for draft in drafts:
        prepared.drop(data_folder(), draft.congress_id)
    return answer


def preparation_job(job_id: int) -> Job:
    """The job of a preparation as it stands now; 404 for any other."""
    job = get_or_404(Job, job_id)
    if job.state is JobState.RUNNING:
        bury_dead()
        job = get_or_404(Job, job_id)
    if job.kind != PUBLICATION:
        abort(404)
    if job.state is JobState.WAITING:
        wake()
    return job


def ready_preparation(job: Job | None) -> Job | None:
    """The preparation, while somebody may wait for it or can publish it."""
    if job is None or job.state not in ENDED:
        return job
    try:
        return job if _prepared(job) else None
    except RuleViolation:
        return None


def opened_of(job: Job, congress_id: int) -> Opened:
    """What lies ready of one congress; 404 for one nobody asked for. Raises R.716."""
    digests = (job.result or {}).get("prepared", {})
    if str(congress_id) not in digests:
        abort(404)
    return prepared.fetch(data_folder(), congress_id, digests[str(congress_id)])


def data_folder() -> Path:
    """Where what was prepared lies."""
    return Path(current_app.config["XUANBAN_DATA"])


def _page(job: Job, form: PublishForm) -> str:
    congress = db.session.get_one(Congress, job.congress_id)
    ready: list[PreparedCongress] = []
    gone = ""
    try:
        ready = _prepared(job)
    except RuleViolation as refused:
        gone = say(refused.cause)
    done, of = _steps(job)
    return render_template(
        "publication/preparation.html",
        election=congress.election,
        job=job,
        form=form,
        ready=ready,
        gone=gone,
        ended=job.state in ENDED,
        sentence=gone or _sentence(job),
        done=done,
        of=of,
    )


def _prepared(job: Job) -> list[PreparedCongress]:
    """Every congress that lies ready; nothing while the job goes on. Raises R.716."""
    digests = (job.result or {}).get("prepared", {})
    return [
        PreparedCongress(db.session.get_one(Congress, int(key)), opened_of(job, int(key)))
        for key in digests
    ]


def _steps(job: Job) -> tuple[int, int]:
    """Drawings made, and how many there will be; of 1 while nobody knows yet."""
    heard = job.progress or {}
    return heard.get("done", 0), heard.get("of") or 1


def _sentence(job: Job) -> str:
    heard = job.progress or {}
    if job.state is JobState.FAILED:
        return say(job.fault or {"zh": "", "en": ""})
    if job.state is JobState.DONE:
        return str(_("Prepared; nothing is public yet. Look at the pages, then publish them."))
    if job.state is JobState.WAITING:
        waiting = queries.before(db.session(), job)
        message = ngettext(
            "It waits for its turn; %(num)d stands before it.",
            "It waits for its turn; %(num)d stand before it.",
            waiting,
        )
    elif heard.get("phase") == "drawing":
        message = _(
            "%(congress)s: drawing charts and notice, %(done)d of %(of)d are done.",
            congress=heard["congress"],
            done=heard["done"],
            of=heard["of"],
        )
    elif heard.get("phase") == "keeping":
        message = _("Everything is drawn; it is being put ready for the preview.")
    else:
        message = _("Reading the certified results.")
    return str(message)
