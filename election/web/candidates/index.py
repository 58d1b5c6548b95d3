"""The overview of all districts, the page of one district, and its confirmed order."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from election.actions.act import Act
from election.actions.candidates import candidacies as acts
from election.database import db
from election.models import Candidacy, District, Election, NominationStatus
from election.planning.strokes import strokes_of
from election.queries.candidates import lists as queries
from election.queries.candidates import nominations
from election.queries.candidates.decisions import decisions
from election.queries.candidates.order import listed
from election.queries.elections.progress import calendar_of
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.candidates.kinds import NextAct, Which
from election.rules.candidates.lists import check_stroke_order
from election.rules.terms import Level
from election.web.access import allowed
from election.web.candidates import common
from election.web.candidates.blueprint import bp
from election.web.forms import Form
from election.web.operations import get_or_404, perform


class OrderForm(Form):
    """Codes in the order somebody confirmed, moved one step at a time or taken as they stand."""

    order = HiddenField(validators=[InputRequired(), Length(max=2000)])


@bp.get("/elections/<int:election_id>/candidates")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """All districts of both congresses: nominated, valid, formal, what is wrong, what next."""
    election = get_or_404(Election, election_id)
    chosen_level = request.args.get("level", "")
    lines = [
        queries.congress_line(db.session(), congress)
        for congress in election.congresses
        if chosen_level not in set(Level) or congress.level == chosen_level
    ]
    return render_template(
        "candidates/index.html",
        election=election,
        lines=lines,
        counts={
            line.congress.id: Counter(progress.next for progress in line.districts)
            for line in lines
        },
        items={item.key: item for item in calendar_of(election).items},
        chosen_level=chosen_level,
        which=Which,
        statuses=NominationStatus,
        next=NextAct,
        keys={Which.FIRST: queries.FIRST_LIST, Which.FORMAL: queries.FORMAL_LIST},
        open=common.is_open(election),
    )


@bp.get("/districts/<int:district_id>/candidates")
@allowed(Permission.SEE_OFFICE)
def district(district_id: int) -> ResponseReturnValue:
    """One district: its candidates in order, its nominations, what is wrong, what next."""
    row = common.district_or_404(district_id)
    session, election = db.session(), nominations.election_of(row)
    line = queries.district_line(session, row)
    checks = nominations.check_district(session, row)
    private = common.sees_personal_data()
    return render_template(
        "candidates/district.html",
        election=election,
        district=row,
        name=district_name(row),
        line=line,
        checks=checks,
        problems={
            key: list(check.findings) if private else common.without_signers(check.findings)
            for key, check in checks.items()
        },
        least_signers=election.profile.whole("nominators_min"),
        moves=_moves(line.nominees),
        order_form=OrderForm(),
        facts_of_lists=queries.list_facts(session, row),
        reduction=decisions(session, row.township_id, [queries.subject(row)])[
            queries.subject(row)
        ].reduction,
        next=NextAct,
        open=common.is_open(election),
    )


def _moves(people: Sequence[Candidacy]) -> dict[str, str]:
    """Code -> the order with this one a place earlier, where the strokes leave it to people."""
    rows, moves = [listed(candidacy) for candidacy in people], {}
    for place, (first, second) in enumerate(pairwise(rows)):
        if not check_stroke_order([second, first], strokes_of):
            codes = [person.id for person in rows]
            codes[place : place + 2] = [second.id, first.id]
            moves[second.id] = " ".join(codes)
    return moves


@bp.post("/districts/<int:district_id>/order")
@allowed(Permission.FIX_LISTS)
def confirm_order(district_id: int) -> ResponseReturnValue:
    """Confirm the order of people the strokes alone cannot separate."""
    common.district_or_404(district_id)
    form, district_page = OrderForm(), url_for(".district", district_id=district_id)
    order = (form.order.data or "").split() if form.validate_on_submit() else []

    def do(act: Act) -> None:
        row = act.session.get_one(District, district_id)
        acts.confirm_order(act, row, order)

    return perform(do, then=district_page, message=_("The order is confirmed."))
