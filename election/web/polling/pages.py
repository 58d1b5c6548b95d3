"""The pages: places by district, one place, many places, the voters of each district."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from wtforms.validators import ValidationError

from election.actions.act import Act
from election.actions.errors import Stale
from election.actions.polling import places as acts
from election.actions.polling.places import PlaceDraft
from election.database import db
from election.models import District, Election, PollingPlace
from election.queries.elections.readiness import district_name
from election.queries.polling import places as queries
from election.rules.access import Permission
from election.rules.elections.phases import OPEN_IN
from election.rules.terms import Level
from election.web.access import allowed
from election.web.counting.fields import figure, version_number
from election.web.forms import require_version
from election.web.operations import get_or_404, perform
from election.web.polling.blueprint import bp
from election.web.polling.forms import (
    FOLLOW,
    NONE,
    ActForm,
    ManyForm,
    PlaceForm,
    RegisteredForm,
    read_places,
)


@bp.get("/elections/<int:election_id>/polling")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """Every district with its places, voters and faults."""
    election, session = get_or_404(Election, election_id), db.session()
    served = queries.districts(session, election_id)
    lines = queries.place_lines(session, election)
    return render_template(
        "polling/index.html",
        election=election,
        served=queries.by_district(lines, served),
        loose=[line for line in lines if line.town is None],
        findings=[fault for line in lines for fault in line.findings],
        places=len(lines),
        open_=election.phase in OPEN_IN["places"],
        form=ActForm(),
    )


@bp.route("/elections/<int:election_id>/polling/new", methods=["GET", "POST"])
@allowed(Permission.EDIT_PLACES)
def new(election_id: int) -> ResponseReturnValue:
    """One more place."""
    election, form = get_or_404(Election, election_id), PlaceForm()
    form.offer(queries.districts(db.session(), election_id))
    if not form.validate_on_submit():
        page = render_template("polling/place.html", election=election, form=form, place=None)
        return page, 422 if form.errors else 200
    return _add(election_id, [form.draft()])


@bp.route("/elections/<int:election_id>/polling/many", methods=["GET", "POST"])
@allowed(Permission.EDIT_PLACES)
def many(election_id: int) -> ResponseReturnValue:
    """Many places at once, all of them or none."""
    election, form = get_or_404(Election, election_id), ManyForm()
    served = queries.districts(db.session(), election_id)
    drafts: list[PlaceDraft] = []
    faults: list[Any] = []
    valid = form.validate_on_submit()
    if valid:
        codes_in_use = [line.place.code for line in queries.place_lines(db.session(), election)]
        drafts, faults = read_places(form.lines.data, served, codes_in_use)
    if not valid or faults:
        page = render_template("polling/many.html", election=election, form=form, faults=faults)
        return page, 422 if form.errors or faults else 200
    return _add(election_id, drafts)


@bp.post("/elections/<int:election_id>/polling/stations")
@allowed(Permission.EDIT_PLACES)
def stations(election_id: int) -> ResponseReturnValue:
    """One station for every town district that has no place yet."""
    election, form = get_or_404(Election, election_id), ActForm()
    form.validate_on_submit()
    session = db.session()
    lines = queries.place_lines(session, election)
    served = queries.by_district(lines, queries.districts(session, election_id))
    bare = [row.district for row in served[Level.TOWN] if not row.places]
    return _add(election_id, _stations(bare, {line.place.code for line in lines}))


def _stations(bare: list[District], codes_in_use: set[str]) -> list[PlaceDraft]:
    free = (f"S{n:02d}" for n in range(1, 1000) if f"S{n:02d}" not in codes_in_use)
    return [
        PlaceDraft(code=code, name=_station_name(row), town=row.id)
        for row, code in zip(bare, free, strict=False)
    ]


def _station_name(row: District) -> str:
    # printed on Chinese papers, so Chinese whatever the language of the page
    return f"{row.name or district_name(row).zh}投票站"


def _add(election_id: int, drafts: list[PlaceDraft]) -> ResponseReturnValue:
    return perform(
        lambda act: acts.add_places(act, act.session.get_one(Election, election_id), drafts),
        then=url_for(".index", election_id=election_id),
        message=ngettext("%(num)d place is added.", "%(num)d places are added.", len(drafts)),
    )


@bp.route("/places/<int:place_id>", methods=["GET", "POST"])
@allowed(Permission.EDIT_PLACES)
def place(place_id: int) -> ResponseReturnValue:
    """Change one place."""
    row = get_or_404(PollingPlace, place_id)
    election_id, election = row.election_id, get_or_404(Election, row.election_id)
    form = PlaceForm(obj=row, **_served_by(row))
    form.offer(queries.districts(db.session(), election_id))
    if not form.validate_on_submit():
        page = render_template(
            "polling/place.html", election=election, form=form, place=row, act_form=ActForm(obj=row)
        )
        return page, 422 if form.errors else 200

    def do(act: Act) -> None:
        stored = require_version(act.session, PollingPlace, place_id, form)
        acts.change_place(act, stored, form.draft())

    return perform(do, then=url_for(".index", election_id=election_id), message=_("Saved."))


def _served_by(row: PollingPlace) -> dict[str, str]:
    """What the two district fields show for a stored place."""
    serves = {link.district.congress.level: link.district_id for link in row.districts}
    town, county = serves.get(Level.TOWN), serves.get(Level.COUNTY)
    above = queries.nesting(db.session(), row.election_id).get(town) if town else None
    follows = county == above and town is not None
    return {
        "town": str(town) if town else NONE,
        "county": FOLLOW if follows else str(county) if county else NONE,
    }


@bp.post("/places/<int:place_id>/remove")
@allowed(Permission.EDIT_PLACES)
def remove(place_id: int) -> ResponseReturnValue:
    """Remove a place nobody has used."""
    row, form = get_or_404(PollingPlace, place_id), ActForm()
    election_id = row.election_id
    form.validate_on_submit()

    def do(act: Act) -> None:
        stored = require_version(act.session, PollingPlace, place_id, form)
        acts.remove_place(act, stored)

    then = url_for(".index", election_id=election_id)
    return perform(do, then=then, message=_("The place is removed."))


@bp.route("/elections/<int:election_id>/polling/registered", methods=["GET", "POST"])
@allowed(Permission.EDIT_PLACES)
def registered(election_id: int) -> ResponseReturnValue:
    """The voters on the frozen roll of every district, both congresses in one table."""
    election, form = get_or_404(Election, election_id), RegisteredForm()
    served = queries.districts(db.session(), election_id)
    rows = [row for level in (Level.TOWN, Level.COUNTY) for row in served[level]]
    valid = form.validate_on_submit()
    numbers, faults = _read_registered(form, rows) if valid else ({}, {})
    if not valid or faults:
        page = render_template(
            "polling/registered.html",
            election=election,
            form=form,
            rows=rows,
            faults=faults,
            open_=election.phase in OPEN_IN["registered"],
        )
        return page, 422 if form.errors or faults else 200
    versions = {key: form.seen.text(str(key)) for key in numbers}

    def do(act: Act) -> None:
        _require_versions(act.session, versions)
        row = act.session.get_one(Election, election_id)
        acts.set_registered(act, row, numbers)

    then = url_for(".index", election_id=election_id)
    return perform(do, then=then, message=_("The numbers of voters are stored."))


def _read_registered(
    form: RegisteredForm, rows: list[District]
) -> tuple[dict[int, int | None], dict[int, str]]:
    """District -> number as typed (empty is unknown), and district -> what is wrong with it."""
    numbers: dict[int, int | None] = {}
    faults: dict[int, str] = {}
    for row in rows:
        if str(row.id) not in form.registered.data:
            continue
        text = form.registered.text(str(row.id)).strip()
        try:
            numbers[row.id] = figure(text) if text else None
        except ValidationError as error:
            faults[row.id] = str(error)
    return numbers, faults


def _require_versions(session: Session, versions: Mapping[int, str]) -> None:
    """Stale (409) when one of the districts changed since the table was opened."""
    for key, version in versions.items():
        row = session.get_one(District, key)
        if str(row.version) != version:
            raise Stale(row, version_number(version))
