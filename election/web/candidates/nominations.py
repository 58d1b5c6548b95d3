"""Nominations: registered, corrected, examined, accepted, sent back, withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from election.actions.act import Act
from election.actions.candidates import nominations as acts
from election.clock import today
from election.database import db
from election.models import Cosigner, District, Nomination, NominationKind, Person
from election.queries.candidates import nominations as queries
from election.queries.candidates.decisions import history
from election.queries.candidates.lists import list_facts
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.candidates.codes.refusals import SAME_NAME_UNDECIDED
from election.rules.candidates.nominations import check_papers
from election.rules.candidates.signatures import read_signature
from election.rules.figures import whole_number
from election.rules.names import normalise_name
from election.rules.terms import InputFault, InputFaults, RuleViolation
from election.web.access import allowed
from election.web.candidates import common, forms
from election.web.candidates.blueprint import bp
from election.web.candidates.words import act_word
from election.web.forms import VersionedForm, require_version
from election.web.locale import say
from election.web.operations import get_or_404, perform
from election.web.words import word

NAMESAKE = "new"


@bp.route("/districts/<int:district_id>/nominations/new", methods=["GET", "POST"])
@allowed(Permission.NOMINATE)
def nominate(district_id: int) -> ResponseReturnValue:
    """Register a nomination from the paper: person and nominators together."""
    district = common.district_or_404(district_id)
    form = forms.NominationForm(received_on=today())
    if not form.validate_on_submit():
        return _new_page(district, form, ask_who=bool(form.same_as.data))
    same_as = form.same_as.data or ""
    person, nominators = form.particulars(), form.nominators()

    def do(act: Act) -> Nomination:
        return acts.receive(
            act,
            act.session.get_one(District, district_id),
            person=person,
            nominators=nominators,
            received_on=form.received_on.data,
            same_as=whole_number(same_as, 9),
            namesake=same_as == NAMESAKE,
        )

    try:
        return perform(
            do,
            then=lambda created: url_for(".nomination", nomination_id=created.id),
            message=_registered(form),
        )
    except (InputFault, InputFaults) as fault:
        _show_faults(form, fault)
        return _new_page(common.district_or_404(district_id), form, ask_who=bool(same_as))
    except RuleViolation as refusal:
        if refusal.code is not SAME_NAME_UNDECIDED:
            raise
        form.same_as.errors = [_("Choose: the same person, or a namesake.")]
        return _new_page(common.district_or_404(district_id), form, ask_who=True)


def _new_page(
    district: District, form: forms.NominationForm, *, ask_who: bool
) -> ResponseReturnValue:
    """The form; ask_who: with the question whether it is the same person."""
    name, election = normalise_name(form.name.data or ""), queries.election_of(district)
    namesakes = queries.persons_called(db.session(), election, name) if ask_who else []
    form.same_as.choices = _choices_of(namesakes)
    page = render_template(
        "candidates/nominate.html",
        election=election,
        district=district,
        name=district_name(district),
        form=form,
        namesakes=namesakes,
    )
    return page, 422 if form.errors else 200


def _registered(form: forms.NominationForm | forms.AmendForm) -> str:
    """What is said after saving: repeated signatures are told here, for they are not stored."""
    signatures = form.nominators().signatures
    twice = len(signatures) - len(set(signatures))
    if twice:
        return str(
            ngettext(
                "Saved; %(num)d repeated signature counts once.",
                "Saved; %(num)d repeated signatures count once.",
                twice,
            )
        )
    return str(_("Saved."))


def _choices_of(persons: Sequence[Person]) -> list[tuple[str, str]]:
    """The registered persons as a reader tells them apart, and "another person"."""
    rows = [
        (
            str(person.id),
            "，".join(
                filter(
                    None,
                    (
                        person.name,
                        word(person.sex) if person.sex else "",
                        person.birth_month,
                        person.occupation,
                    ),
                )
            ),
        )
        for person in persons
    ]
    return [*rows, (NAMESAKE, _("Another person with the same name"))]


def _show_faults(form: Any, fault: InputFault | InputFaults) -> None:  # noqa: ANN401
    """The faults of the act under the field they name."""
    faults = fault.faults if isinstance(fault, InputFaults) else [fault]
    for each in faults:
        field = form["organisations" if each.field == "organisations" else "signers"]
        field.errors = [*field.errors, say(each.text)]


@bp.get("/nominations/<int:nomination_id>")
@allowed(Permission.SEE_OFFICE)
def nomination(nomination_id: int) -> ResponseReturnValue:
    """One nomination: the person, who nominates, what is wrong, what can be done."""
    return _page(common.nomination_or_404(nomination_id))


def _page(row: Nomination, **faulty: VersionedForm) -> ResponseReturnValue:
    """The page of a nomination; faulty: forms that came back with errors."""
    session, private = db.session(), common.sees_personal_data()
    check = queries.check(session, row)
    page_forms = {
        "accept": forms.AcceptForm(version=row.version),
        "send_back": forms.ReturnNominationForm(version=row.version),
        "withdraw": forms.WithdrawForm(version=row.version),
        "verdict": forms.VerdictForm(version=row.version),
        **faulty,
    }
    page = render_template(
        "candidates/nomination.html",
        election=queries.election_of(row.district),
        district=row.district,
        name=district_name(row.district),
        nomination=row,
        check=check,
        problems=list(check.findings) if private else common.without_signers(check.findings),
        least_signers=queries.election_of(row.district).profile.whole("nominators_min"),
        private=private,
        joint=row.kind is NominationKind.JOINT,
        facts_of_lists=list_facts(session, row.district),
        history=history(session, row.township_id, [f"n{row.id}"]),
        act_word=act_word,
        open=common.is_open(queries.election_of(row.district)),
        **page_forms,
    )
    return page, 422 if any(form.errors for form in faulty.values()) else 200


@bp.route("/nominations/<int:nomination_id>/edit", methods=["GET", "POST"])
@allowed(Permission.NOMINATE)
def edit_nomination(nomination_id: int) -> ResponseReturnValue:
    """Correct or complete the papers of a nomination that is not accepted."""
    row = common.nomination_or_404(nomination_id)
    form = forms.AmendForm(
        version=row.version,
        kind=row.kind,
        organisations=row.organisation,
        received_on=row.received_on,
        signers="\n".join(str(read_signature(cosigner.signer)) for cosigner in row.cosigners),
    )
    if not form.validate_on_submit():
        return _edit_page(row, form)
    nominators = form.nominators()

    def do(act: Act) -> None:
        current = require_version(act.session, Nomination, nomination_id, form)
        acts.amend(
            act,
            current,
            nominators=nominators,
            received_on=form.received_on.data,
        )

    try:
        return perform(
            do, then=url_for(".nomination", nomination_id=nomination_id), message=_registered(form)
        )
    except (InputFault, InputFaults) as fault:
        _show_faults(form, fault)
        return _edit_page(common.nomination_or_404(nomination_id), form)


def _edit_page(row: Nomination, form: forms.AmendForm) -> ResponseReturnValue:
    page = render_template(
        "candidates/edit_nomination.html",
        election=queries.election_of(row.district),
        district=row.district,
        name=district_name(row.district),
        nomination=row,
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post("/nominations/<int:nomination_id>/accept")
@allowed(Permission.NOMINATE)
def accept(nomination_id: int) -> ResponseReturnValue:
    """Accept a nomination whose papers are complete; missing ones are named first."""
    row, form = common.nomination_or_404(nomination_id), forms.AcceptForm()
    if form.validate_on_submit():
        missing = [
            finding for finding in check_papers(form.papers()) if finding.severity == "error"
        ]
        form.form_errors = [f"{say(finding.cause)}。{say(finding.remedy)}" for finding in missing]
    if form.errors:
        return _page(row, accept=form)
    papers, note = form.papers(), form.note.data or ""
    return _act(
        nomination_id,
        form,
        "accept",
        _("The nomination is accepted."),
        lambda act, current: acts.accept(act, current, papers=papers, note=note),
    )


@bp.post("/nominations/<int:nomination_id>/send-back")
@allowed(Permission.NOMINATE)
def send_back(nomination_id: int) -> ResponseReturnValue:
    """Send a nomination back to be completed."""
    form = forms.ReturnNominationForm()
    return _act(
        nomination_id,
        form,
        "send_back",
        _("The nomination is sent back."),
        lambda act, row: acts.send_back(act, row, reason=form.reason.data),
    )


@bp.post("/nominations/<int:nomination_id>/withdraw")
@allowed(Permission.NOMINATE)
def withdraw(nomination_id: int) -> ResponseReturnValue:
    """Record a withdrawal by the nominators or the nominee."""
    form = forms.WithdrawForm()
    return _act(
        nomination_id,
        form,
        "withdraw",
        _("The withdrawal is recorded."),
        lambda act, row: acts.withdraw(act, row, reason=form.reason.data),
    )


@bp.post("/cosigners/<int:cosigner_id>/verdict")
@allowed(Permission.NOMINATE)
def judge_signature(cosigner_id: int) -> ResponseReturnValue:
    """Record what the roll says of one signer."""
    nomination_id = get_or_404(Cosigner, cosigner_id).nomination_id
    form = forms.VerdictForm()

    def do(act: Act, _nomination: Nomination) -> None:
        row = act.session.get_one(Cosigner, cosigner_id)
        acts.judge_signature(act, row, verdict=form.verdict.data)

    return _act(nomination_id, form, "verdict", _("Saved."), do)


def _act(
    nomination_id: int,
    form: VersionedForm,
    name: str,
    message: str,
    do: Callable[[Act, Nomination], object],
) -> ResponseReturnValue:
    """One act on a nomination as the form saw it; a faulty form comes back on the same page."""
    row = common.nomination_or_404(nomination_id)
    if not form.validate_on_submit():
        return _page(row, **{name: form})
    return perform(
        lambda act: do(act, require_version(act.session, Nomination, nomination_id, form)),
        then=url_for(".nomination", nomination_id=nomination_id),
        message=message,
    )
