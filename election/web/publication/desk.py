"""The office's side of a publication: what is missing, a preview, publishing, versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from election.actions import jobs
from election.actions.act import Act
from election.database import db
from election.exchange.publication.package import tables
from election.jobs import worker
from election.models import Congress, Election, Job, Withdrawal
from election.queries.elections.readiness import district_name
from election.queries.jobs import latest_preparation
from election.queries.publication import Edition, editions, freeze
from election.queries.results.corrections import waiting
from election.rules.access import Permission
from election.rules.canonical import anchor
from election.rules.elections.phases import OPEN_IN
from election.rules.jobs import PUBLICATION
from election.rules.publication import Frozen, missing
from election.rules.terms import Finding
from election.web.access import allowed
from election.web.forms import Form
from election.web.operations import get_or_404, perform
from election.web.publication.blueprint import bp
from election.web.publication.pages import Summary, summary
from election.web.publication.preparing import ready_preparation
from election.web.words import word


class CongressesField(SelectMultipleField):
    """One check box per congress."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PrepareForm(Form):
    """Which congresses are to be published, and for a correction why."""

    congresses = CongressesField(_l("What is published"), coerce=int)
    reason = StringField(_l("Reason of the correction"), validators=[Length(max=300)])


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One congress on the desk."""

    congress: Congress
    frozen: Frozen
    missing: list[Finding]
    editions: list[Edition]
    waiting: Sequence[Withdrawal]

    @property
    def ready(self) -> bool:
        """Whether it can be published now: nothing missing, and no certificate in doubt."""
        return not self.missing and not self.waiting

    @property
    def version(self) -> int:
        """The version that would be published next."""
        return self.editions[0].version + 1 if self.editions else 1

    @property
    def summary(self) -> Summary:
        """The frozen values at a glance."""
        return summary(self.frozen)


@bp.get("/elections/<int:election_id>/publication")
@allowed(Permission.SEE_OFFICE)
def desk(election_id: int) -> ResponseReturnValue:
    """Per congress what is missing, and its published versions."""
    election = get_or_404(Election, election_id)
    lines = [_line(congress) for congress in election.congresses]
    return render_template(
        "publication/desk.html",
        election=election,
        lines=lines,
        anchor=anchor,
        name=district_name,
        open_now=election.phase in OPEN_IN["publication"],
        preparation=ready_preparation(latest_preparation(db.session(), election.id)),
    )


@bp.get("/congresses/<int:congress_id>/publication/preview")
@allowed(Permission.SEE_RESULTS)
def preview(congress_id: int) -> ResponseReturnValue:
    """What is certified so far, as tables; stored nowhere."""
    congress = get_or_404(Congress, congress_id)
    line = _line(congress)
    return render_template(
        "publication/preview.html",
        election=congress.election,
        line=line,
        tables=list(tables(line.frozen).values()),
    )


@bp.route("/elections/<int:election_id>/publication/new", methods=["GET", "POST"])
@allowed(Permission.PUBLISH)
def new(election_id: int) -> ResponseReturnValue:
    """Prepare the congresses that are ready, together or one by one."""
    election = get_or_404(Election, election_id)
    lines = [line for line in map(_line, election.congresses) if line.ready]
    form = PrepareForm()
    form.congresses.choices = [_choice(line) for line in lines]
    if not form.is_submitted():
        form.congresses.data = [line.congress.id for line in lines if not line.editions]
    valid = form.validate_on_submit()
    if not valid or not _reasoned(form, lines):
        page = render_template("publication/new.html", election=election, lines=lines, form=form)
        return page, 422 if form.errors else 200
    return _ask(election_id, form)


def _ask(election_id: int, form: PrepareForm) -> ResponseReturnValue:
    """Have the chosen congresses prepared; the page of the preparation shows how far it is."""
    chosen = list(form.congresses.data or ())
    asked = {"congresses": chosen, "reason": (form.reason.data or "").strip()}

    def do(act: Act) -> Job:
        election = act.session.get_one(Election, election_id)
        congress = act.session.get_one(Congress, chosen[0])
        return jobs.ask(act, congress, kind=PUBLICATION, title=election.title, asked=asked)

    answer = perform(do, then=lambda job: url_for(".preparation", job_id=job.id))
    worker.wake()
    return answer


def _reasoned(form: PrepareForm, lines: list[DeskLine]) -> bool:
    """Something is chosen, and corrections have a reason."""
    chosen = set(form.congresses.data or ())
    if not chosen:
        form.congresses.errors = [_("Choose at least one congress.")]
        return False
    corrected = [line for line in lines if line.congress.id in chosen and line.editions]
    if corrected and not (form.reason.data or "").strip():
        form.reason.errors = [_("A correction needs a reason; visitors see it.")]
        return False
    return True


def _choice(line: DeskLine) -> SelectChoice:
    name = f"{word(line.congress.level)} · {line.congress.name}"
    label = _("%(name)s: version %(n)d", name=name, n=line.version)
    return SelectChoice(value=line.congress.id, label=label)


def _line(congress: Congress) -> DeskLine:
    session = db.session()
    frozen = freeze(session, congress)
    faults = missing(frozen, congress.election.profile)
    doubted = waiting(session, congress)
    return DeskLine(congress, frozen, faults, editions(session, congress.id), doubted)
