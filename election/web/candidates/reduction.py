"""From the first list to the formal candidates of one district."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.candidates import reduction as acts
from election.actions.candidates.reduction import Reduction
from election.actions.errors import Stale
from election.database import db
from election.models import Candidacy, CandidacyStatus, District
from election.queries.candidates import lists as queries
from election.queries.candidates.decisions import Decisions, decisions
from election.queries.candidates.nominations import election_of
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.candidates.codes.refusals import NO_FIRST_LIST
from election.rules.candidates.kinds import Way
from election.rules.candidates.lists import PrimaryCut, clean_cuts
from election.rules.figures import whole_number
from election.rules.terms import InputFault
from election.web.access import allowed
from election.web.candidates import common, forms
from election.web.candidates.blueprint import bp
from election.web.locale import say
from election.web.operations import perform


@bp.route("/districts/<int:district_id>/formal-candidates", methods=["GET", "POST"])
@allowed(Permission.FIX_LISTS)
def fix_formal(district_id: int) -> ResponseReturnValue:
    """Record the consultation or the primary, and with it the formal candidates."""
    district = common.district_or_404(district_id)
    line = queries.district_line(db.session(), district)
    people = line.nominees
    form = forms.reduction_form({candidacy.id: candidacy.person.name for candidacy in people})(
        seen=_stamp(people), **_stored(district, people, too_many=len(people) > line.most)
    )
    cut = None
    if form.validate_on_submit():
        reduction = _read(form, people)
        cut = _cut(form, reduction, people, district)
        if not form.errors and not (cut and cut.tied and not _decided(reduction, cut)):
            return _perform(district_id, form.seen.data or "", reduction)
    if len(people) <= line.most and not queries.by_election(district):
        form.way.choices = [choice for choice in form.way.choices if choice.value == Way.ALL]
    page = render_template(
        "candidates/formal.html",
        election=election_of(district),
        district=district,
        name=district_name(district),
        line=line,
        form=form,
        cut=cut,
        facts_of_lists=queries.list_facts(db.session(), district),
        no_first_list=NO_FIRST_LIST,
        clean=_clean(form, people, district) if cut and cut.tied else (),
    )
    return page, 422 if form.errors or cut else 200


def _perform(district_id: int, stamp: str, reduction: Reduction) -> ResponseReturnValue:
    def do(act: Act) -> None:
        row = act.session.get_one(District, district_id)
        _require_unchanged(queries.candidacies(act.session, [row])[district_id], stamp)
        acts.fix_formal(act, row, reduction)

    district_page = url_for(".district", district_id=district_id)
    return perform(do, then=district_page, message=_("The formal candidates are fixed."))


def _stamp(people: Sequence[Candidacy]) -> str:
    """The versions a form was made from: 12:3 13:1."""
    return " ".join(f"{candidacy.id}:{candidacy.version}" for candidacy in people)


def _require_unchanged(people: Sequence[Candidacy], stamp: str) -> None:
    """Stale (409) when somebody changed one of these candidacies meanwhile, or added one."""
    versions = dict(pair.split(":", 1) for pair in stamp.split() if ":" in pair)
    for candidacy in people:
        if candidacy.status in queries.NOMINATED and versions.get(str(candidacy.id)) != str(
            candidacy.version
        ):
            raise Stale(candidacy, whole_number(versions.get(str(candidacy.id), ""), 9) or 0)


def _stored(
    district: District, people: Sequence[Candidacy], *, too_many: bool
) -> dict[str, object]:
    """What the form shows at first: what was recorded last, else what the number asks for."""
    subject = queries.subject(district)
    decided: Decisions = decisions(db.session(), district.township_id, [subject])[subject]
    recorded = decided.reduction
    dropped = {
        candidacy.id for candidacy in people if candidacy.status is CandidacyStatus.NOT_RETAINED
    }
    return {
        "way": Way(recorded["way"]) if recorded else (Way.CONSULTATION if too_many else Way.ALL),
        "note": recorded.get("note", ""),
        "participants": recorded.get("participants"),
        "places": recorded.get("places"),
        "decision": recorded.get("decision", ""),
        **{
            f"keep_{candidacy.id}": bool(recorded) and candidacy.id not in dropped
            for candidacy in people
        },
        **{
            f"votes_{candidacy.id}": (decided.votes or {}).get(candidacy.code)
            for candidacy in people
        },
    }


def _read(form: forms.ReductionForm, people: Sequence[Candidacy]) -> Reduction:
    """The reduction as the act takes it."""
    answers = form.data
    return Reduction(
        way=form.way.data,
        chosen=frozenset(candidacy.id for candidacy in people if answers[f"keep_{candidacy.id}"]),
        votes={
            candidacy.id: answers[f"votes_{candidacy.id}"]
            for candidacy in people
            if answers[f"votes_{candidacy.id}"] is not None
        },
        participants=form.participants.data,
        places=form.places.data,
        tie_chosen=frozenset(
            candidacy.id for candidacy in people if answers[f"tie_{candidacy.id}"]
        ),
        decision=(form.decision.data or "").strip(),
        held_on=form.held_on.data,
        note=(form.note.data or "").strip(),
    )


def _cut(
    form: forms.ReductionForm,
    reduction: Reduction,
    people: Sequence[Candidacy],
    district: District,
) -> PrimaryCut | None:
    """How the primary cuts; what cannot be read goes under its field."""
    if reduction.way is not Way.PRIMARY:
        return None
    try:
        return acts.cut_of(reduction, people, district)
    except InputFault as fault:
        form[fault.field].errors = [say(fault.text)]
        return None


def _decided(reduction: Reduction, cut: PrimaryCut) -> bool:
    """Whether people said whom of the tied they chose, and how."""
    chosen = {f"c{key}" for key in reduction.tie_chosen}
    return chosen <= set(cut.tied) and len(chosen) == cut.tied_places and bool(reduction.decision)


def _clean(
    form: forms.ReductionForm, people: Sequence[Candidacy], district: District
) -> tuple[int, ...]:
    """The legal numbers of candidates at which these votes are not tied."""
    votes = {candidacy.code: form.data[f"votes_{candidacy.id}"] for candidacy in people}
    return clean_cuts(votes, district.seats)
