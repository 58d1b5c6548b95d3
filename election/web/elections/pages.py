"""The elections of the office: list, set-up, stages, calendar."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)  # fmt: skip
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from election.actions.elections import set_up as acts
from election.clock import now
from election.database import db
from election.models import Congress, Election, ElectionKind, PopulationBasis
from election.queries.elections import progress as queries
from election.queries.elections import readiness
from election.queries.publication import published
from election.reports.ics import calendar_file
from election.rules.access import Permission
from election.rules.elections.calendar import ACTORS, check_date
from election.rules.elections.quota import (
    check_fixed,
    kind_of,
    quota,
)
from election.rules.elections.stages import ORDER, Stage
from election.rules.profile import PARAMETERS, PROFILES, Profile, profile
from election.rules.terms import Finding, InputFaults, Level, Severity
from election.web.access import Open, actor, allowed, official
from election.web.helpers import (
    Form,
    VersionedForm,
    answers,
    download,
    get_or_404,
    perform,
    require_version,
    say,
)  # fmt: skip
from election.web.words import choices

bp = Blueprint("elections", __name__)
# days that are recorded by the act they belong to, on that act's page: calendar key -> which list
OWN_PAGES = {"first_list_published": "first", "formal_list_published": "formal"}


class ElectionForm(VersionedForm):
    """Title, day, kind and law of an election."""

    title = StringField(_l("Title"), validators=[InputRequired(), Length(max=120)])
    election_day = DateField(_l("Election day"), validators=[InputRequired()])
    profile_name = SelectField(
        _l("Law profile"), choices=[SelectChoice(value=name, label=name) for name in PROFILES]
    )
    overrides = TextAreaField(_l("Parameters that differ, one per line: name = value ; reason"))


class NewForm(ElectionForm):
    """A new election."""

    kind = SelectField(
        _l("Kind"),
        choices=lambda: choices(ElectionKind),
        coerce=ElectionKind,
    )


class CongressForm(VersionedForm):
    """What was fixed for one congress: the seats elected here, by whom, for how many people."""

    name = StringField(_l("Name of the congress"), validators=[InputRequired(), Length(max=120)])
    term = IntegerField(_l("Term"), validators=[InputRequired(), NumberRange(1, 99)])
    approved_seats = IntegerField(
        _l("Seats to be elected here"), validators=[InputRequired(), NumberRange(1, 450)]
    )
    decision_reference = StringField(_l("Decision that fixed them"), validators=[Length(max=300)])
    population = IntegerField(
        _l("Population of the town"), validators=[Optional(), NumberRange(1, 2_000_000)]
    )
    population_basis = SelectField(
        _l("Population basis"),
        choices=lambda: choices(PopulationBasis),
        coerce=PopulationBasis,
    )
    population_date = DateField(_l("Date of the figure"), validators=[Optional()])
    population_source = StringField(_l("Source of the figure"), validators=[Length(max=300)])
    population_confirmed = BooleanField(_l("Figure and basis are confirmed"))


class StageForm(VersionedForm):
    """One stage on or back."""

    reason = StringField(_l("Reason"), validators=[Length(max=300)])
    staff_checked = BooleanField(_l("Candidates and their close relatives do not work here"))


class MilestoneForm(Form):
    """The day something of the calendar was done."""

    done_on = DateField(_l("Done on"), validators=[InputRequired()])
    note = StringField(_l("Note"), validators=[Length(max=300)])


@bp.get("/")
@allowed(Open.PUBLIC)
def home() -> ResponseReturnValue:
    """The front page: published results for everybody, the way in for the office."""
    return render_template("elections/home.html", publications=published(db.session()))


@bp.get("/elections")
@allowed(Permission.SEE_OFFICE)
def index() -> ResponseReturnValue:
    """The elections of this township; the administrator of a new office is led to name it first."""
    if actor().may(Permission.MANAGE_ACCOUNTS) and not queries.is_named(
        db.session(), official().township_id
    ):
        return redirect(url_for("accounts.township"), 303)
    elections = queries.of_township(db.session(), official().township_id)
    return render_template("elections/index.html", elections=elections)


@bp.route("/elections/new", methods=["GET", "POST"])
@allowed(Permission.SET_UP)
def new() -> ResponseReturnValue:
    """A new election."""
    form = NewForm()
    if not form.validate_on_submit():
        page = render_template("elections/new.html", form=form)
        return page, 422 if form.errors else 200
    return perform(
        lambda session: acts.create(
            session,
            title=form.title.data.strip(),
            election_day=form.election_day.data,
            kind=form.kind.data,
            profile_name=form.profile_name.data,
            by=actor(),
            at=now(),
        ),
        then=lambda made: url_for(".set_up", election_id=made.id),
        said=_("The election is created."),
    )


@bp.get("/elections/<int:election_id>")
@allowed(Permission.SEE_OFFICE)
def show(election_id: int) -> ResponseReturnValue:
    """Where the election stands, what is wrong, what next."""
    election = get_or_404(Election, election_id)
    place = ORDER.index(election.stage)
    ahead = ORDER[place + 1] if place + 1 < len(ORDER) else None
    session = db.session()
    return render_template(
        "elections/show.html",
        election=election,
        form=StageForm(obj=election),
        ahead=ahead,
        back=ORDER[place - 1] if place else None,
        missing=readiness.missing(session, election, ahead) if ahead else [],
        items=sorted(queries.calendar_of(election).items, key=lambda item: item.limit),
    )


@bp.post("/elections/<int:election_id>/stage/<to>")
@allowed(Permission.SET_UP)
def move_stage(election_id: int, to: str) -> ResponseReturnValue:
    """One stage on, or one back with a reason."""
    election, form = get_or_404(Election, election_id), StageForm()
    form.validate_on_submit()
    target = Stage(to) if to in {stage.value for stage in Stage} else None
    if target is None or form.errors:
        return redirect(url_for(".show", election_id=election.id), 303)

    def act(session: Any) -> None:  # noqa: ANN401
        row = require_version(session, Election, election_id, form)
        found = readiness.missing(session, row, target)
        alerts = sum(one.severity is Severity.ALERT for one in found)
        acts.move_stage(
            session,
            row,
            to=target,
            reason=form.reason.data or "",
            faults=len(found) - alerts,
            alerts=alerts,
            records=readiness.records(session, row),
            staff_checked=form.staff_checked.data,
            by=actor(),
            at=now(),
        )

    return perform(
        act, then=url_for(".show", election_id=election_id), said=_("The stage is changed.")
    )


@bp.get("/elections/<int:election_id>/set-up")
@allowed(Permission.SEE_OFFICE)
def set_up(election_id: int) -> ResponseReturnValue:
    """Title, day and law; below, the congresses. Everybody may look, the director changes."""
    election = get_or_404(Election, election_id)
    form = ElectionForm(obj=election)
    form.overrides.data = _overrides_text(election)
    return _set_up_page(election, form)


def _set_up_page(election: Election, form: ElectionForm) -> ResponseReturnValue:
    page = render_template(
        "elections/set_up.html",
        election=election,
        form=form,
        checks=_checks(election),
        parameters=PARAMETERS,
        editable=election.stage is Stage.SET_UP and actor().may(Permission.SET_UP),
    )
    return page, 422 if form.errors else 200


@bp.post("/elections/<int:election_id>/set-up")
@allowed(Permission.SET_UP)
def change(election_id: int) -> ResponseReturnValue:
    """Store another title, day, law or parameters."""
    election, form = get_or_404(Election, election_id), ElectionForm()
    valid = form.validate_on_submit()
    overrides = _read_overrides(form) if valid else {}
    if not valid or form.errors:
        return _set_up_page(election, form)

    def act(session: Any) -> None:  # noqa: ANN401
        row = require_version(session, Election, election_id, form)
        acts.change(
            session,
            row,
            title=form.title.data.strip(),
            election_day=form.election_day.data,
            profile_name=form.profile_name.data,
            overrides=overrides,
            by=actor(),
            at=now(),
        )

    return perform(act, then=url_for(".set_up", election_id=election_id), said=_("Saved."))


def _overrides_text(election: Election) -> str:
    return "\n".join(
        f"{name} = {override['raw']} ; {override['reason']}"
        for name, override in sorted(election.overrides.items())
    )


def _read_overrides(form: ElectionForm) -> dict[str, dict[str, object]]:
    """`name = value ; reason` per line; every fault goes to the field's errors."""
    found: dict[str, dict[str, object]] = {}
    errors: list[str] = []
    for number, line in enumerate((form.overrides.data or "").splitlines(), start=1):
        if not line.strip():
            continue
        name, equals, rest = line.partition("=")
        raw, _semicolon, reason = rest.partition(";")
        if not equals or not reason.strip():
            errors.append(_("Line %(n)d: write name = value ; reason", n=number))
            continue
        found[name.strip()] = {
            "value": _raw(raw.strip()), "raw": raw.strip(), "reason": reason.strip(),
        }  # fmt: skip
    try:
        profile({n: o["value"] for n, o in found.items()}, name=form.profile_name.data)
    except InputFaults as faults:
        errors += [say(fault.text) for fault in faults.faults]
    form.overrides.errors = errors
    return found


def _raw(text: str) -> object:
    """The text of a parameter as JSON would give it."""
    fixed: dict[str, object] = {"true": True, "false": False, "null": None}
    if text.lower() in fixed:
        return fixed[text.lower()]
    return int(text) if text.isascii() and text.isdigit() else text


@bp.route("/elections/<int:election_id>/congresses/<level>", methods=["GET", "POST"])
@allowed(Permission.SET_UP)
def congress(election_id: int, level: str) -> ResponseReturnValue:
    """What is fixed for one congress; the formula stands beside it."""
    election = get_or_404(Election, election_id)
    if level not in {member.value for member in Level}:
        return redirect(url_for(".set_up", election_id=election_id), 303)
    stored = next((c for c in election.congresses if c.level.value == level), None)
    form = CongressForm(obj=stored)
    if not form.validate_on_submit():
        page = render_template(
            "elections/congress.html", election=election, form=form, level=Level(level),
            checks=_checks(election),
        )  # fmt: skip
        return page, 422 if form.errors else 200

    def act(session: Any) -> Congress:  # noqa: ANN401
        row = session.get_one(Election, election_id)
        if stored is not None:
            require_version(session, Congress, stored.id, form)
        fields = answers(form)
        fields["decision_reference"] = (fields["decision_reference"] or "").strip()
        fields["population_source"] = fields["population_source"] or ""
        return acts.set_congress(session, row, level=Level(level), by=actor(), at=now(), **fields)

    return perform(act, then=url_for(".set_up", election_id=election_id), said=_("Saved."))


def _checks(election: Election) -> dict[Level, tuple[Any, list[Finding]]]:
    """Level -> (formula, findings). Only the town's number follows from the town's people."""
    found: dict[Level, tuple[Any, list[Finding]]] = {}
    for body in election.congresses:
        if body.level is Level.TOWN and body.population:
            drawn = quota(
                Level.TOWN, body.population, kind=kind_of(election.township.name),
                profile=_counting(election, body.population_basis),
            )  # fmt: skip
            found[body.level] = (
                drawn,
                check_fixed(drawn, body.approved_seats, basis_confirmed=body.population_confirmed),
            )
    return found


def _counting(election: Election, basis: PopulationBasis) -> Profile:
    """The law of the election with the population basis of one congress (R1.9)."""
    raw = {name: override["value"] for name, override in election.overrides.items()}
    return profile(raw | {"population_basis": basis.value}, name=election.profile_name)


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
        "elections/calendar.html", election=election, calendar=days, done=done, checks=checks,
        actors=ACTORS, own_pages=OWN_PAGES,
        form=MilestoneForm(done_on=date.fromisoformat(days.election_day.isoformat())),
    )  # fmt: skip


@bp.post("/congresses/<int:congress_id>/calendar/<key>")
@allowed(Permission.FIX_LISTS)
def set_milestone(congress_id: int, key: str) -> ResponseReturnValue:
    """Record the day a step was done."""
    body, form = get_or_404(Congress, congress_id), MilestoneForm()
    keys = {item.key for item in queries.calendar_of(body.election).items} - OWN_PAGES.keys()
    there = url_for(".calendar", election_id=body.election_id)
    if key not in keys or not form.validate_on_submit():
        return redirect(there, 303)
    return perform(
        lambda session: acts.set_milestone(
            session,
            session.get_one(Congress, congress_id),
            key=key,
            done_on=form.done_on.data,
            note=form.note.data or "",
            by=actor(),
            at=now(),
        ),
        then=there,
        said=_("Saved."),
    )


@bp.get("/elections/<int:election_id>/calendar.ics")
@allowed(Permission.SEE_OFFICE)
def calendar_ics(election_id: int) -> ResponseReturnValue:
    """The deadlines for a phone's calendar."""
    election = get_or_404(Election, election_id)
    body = calendar_file(queries.calendar_of(election), title=election.title, at=now())
    return download(body, name=f"{election.title}.ics", mime="text/calendar")
