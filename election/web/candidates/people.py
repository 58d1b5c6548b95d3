"""One person: particulars, the candidacy and its history, opinions, and the lawful ways off."""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.candidates import candidacies as acts
from election.actions.candidates import persons
from election.database import db
from election.models import Candidacy, CandidacyStatus, Election, Person
from election.queries.candidates import lists as queries
from election.queries.candidates import nominations
from election.queries.candidates.decisions import history
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.id_numbers import mask
from election.web.access import allowed
from election.web.candidates import common, forms
from election.web.candidates.blueprint import bp
from election.web.candidates.words import act_word
from election.web.forms import VersionedForm, require_version
from election.web.operations import get_or_404, perform


@bp.get("/candidacies/<int:candidacy_id>")
@allowed(Permission.SEE_OFFICE)
def candidacy(candidacy_id: int) -> ResponseReturnValue:
    """One candidacy: the person, every nomination, what was decided and why."""
    return _page(common.candidacy_or_404(candidacy_id))


def _page(row: Candidacy, **faulty: VersionedForm) -> ResponseReturnValue:
    """The page of a candidacy; faulty: forms that came back with errors."""
    session, facts = db.session(), queries.list_facts(db.session(), row.district)
    own_nominations = nominations.of_person(session, row.person)
    subjects = [
        row.code,
        f"p{row.person_id}",
        *(f"n{nomination.id}" for nomination in own_nominations),
    ]
    page_forms = {
        "review": forms.ReviewForm(version=row.version),
        "leave": forms.LeaveForm(version=row.version),
        "inactive": forms.InactiveForm(version=row.version),
        **faulty,
    }
    page = render_template(
        "candidates/candidacy.html",
        election=nominations.election_of(row.district),
        district=row.district,
        name=district_name(row.district),
        candidacy=row,
        person=row.person,
        masked=_masked(row.person),
        nominations=own_nominations,
        district_names={
            nomination.id: district_name(nomination.district) for nomination in own_nominations
        },
        history=history(session, row.township_id, subjects),
        act_word=act_word,
        facts_of_lists=facts,
        status=CandidacyStatus,
        private=common.sees_personal_data(),
        open=common.is_open(nominations.election_of(row.district)),
        may_fall=common.may_fall(row),
        **page_forms,
    )
    return page, 422 if any(form.errors for form in faulty.values()) else 200


def _masked(person: Person) -> str:
    return mask(person.id_number) if person.id_number else ""


@bp.route("/persons/<int:person_id>/edit", methods=["GET", "POST"])
@allowed(Permission.NOMINATE)
def edit_person(person_id: int) -> ResponseReturnValue:
    """Correct the particulars of a person; an identity number left empty stays what it is."""
    row = get_or_404(Person, person_id)
    form = forms.PersonForm(
        version=row.version,
        id_number="",
        **{name: getattr(row, name) for name in _PARTICULARS},
    )
    listed = persons.is_listed(db.session(), row)
    if not form.validate_on_submit():
        page = render_template(
            "candidates/person.html",
            election=get_or_404(Election, row.election_id),
            person=row,
            form=form,
            masked=_masked(row),
            listed=listed,
            nominations=nominations.of_person(db.session(), row),
        )
        return page, 422 if form.errors else 200

    def do(act: Act) -> None:
        current = require_version(act.session, Person, person_id, form)
        persons.change_person(
            act,
            current,
            form.particulars(current.id_number),
            stroke_override=form.stroke_override.data,
            reason=form.reason.data or "",
        )

    nomination_page = url_for(".nomination", nomination_id=_first_nomination(row))
    return perform(do, then=nomination_page, message=_("Saved."))


_PARTICULARS = (
    "name",
    "sex",
    "birth_month",
    "nationality",
    "education",
    "party",
    "occupation",
    "stroke_override",
)


def _first_nomination(person: Person) -> int:
    return nominations.of_person(db.session(), person)[0].id


@bp.post("/candidacies/<int:candidacy_id>/review")
@allowed(Permission.REVIEW)
def review(candidacy_id: int) -> ResponseReturnValue:
    """Record an opinion of the joint review; it never removes anybody."""
    form = forms.ReviewForm()
    return _act(
        candidacy_id,
        form,
        "review",
        _("The opinion is recorded."),
        lambda act, row: acts.review(act, row, opinion=form.opinion.data.strip()),
    )


@bp.post("/candidacies/<int:candidacy_id>/leave")
@allowed(Permission.FIX_LISTS)
def leave(candidacy_id: int) -> ResponseReturnValue:
    """Take somebody off on a ground of the law, or be told why the law forbids it."""
    form = forms.LeaveForm()
    return _act(
        candidacy_id,
        form,
        "leave",
        _("Recorded; the name is off the list."),
        lambda act, row: acts.leave(act, row, ground=form.ground.data, reason=form.reason.data),
    )


@bp.post("/candidacies/<int:candidacy_id>/deactivate")
@allowed(Permission.FIX_LISTS)
def deactivate(candidacy_id: int) -> ResponseReturnValue:
    """Mark a formal candidate inactive after the formal list."""
    return _mark(candidacy_id, acts.deactivate)


@bp.post("/candidacies/<int:candidacy_id>/reinstate")
@allowed(Permission.FIX_LISTS)
def reinstate(candidacy_id: int) -> ResponseReturnValue:
    """Take a mistaken mark "inactive" back."""
    return _mark(candidacy_id, acts.reinstate)


def _mark(candidacy_id: int, verb: Callable[..., None]) -> ResponseReturnValue:
    """Set the mark "inactive" or take it back; both ask for the same reason."""
    form = forms.InactiveForm()
    return _act(
        candidacy_id,
        form,
        "inactive",
        _("It is recorded."),
        lambda act, row: verb(act, row, reason=form.reason.data),
    )


def _act(
    candidacy_id: int,
    form: VersionedForm,
    name: str,
    message: str,
    do: Callable[[Act, Candidacy], Any],
) -> ResponseReturnValue:
    """One act on a candidacy as the form saw it; a faulty form comes back on the same page."""
    row = common.candidacy_or_404(candidacy_id)
    if not form.validate_on_submit():
        return _page(row, **{name: form})
    return perform(
        lambda act: do(act, require_version(act.session, Candidacy, candidacy_id, form)),
        then=url_for(".candidacy", candidacy_id=candidacy_id),
        message=message,
    )
