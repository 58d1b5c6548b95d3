"""The result record of a certified round as a paper."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from election.database import db
from election.models import Result, Round
from election.queries import counting
from election.queries.audit.log import people
from election.queries.elections.readiness import district_name, round_title
from election.queries.results import outcomes as queries
from election.rules.access import Permission
from election.rules.citations import cite
from election.web.access import allowed
from election.web.files import download
from election.web.operations import get_or_404
from election.web.results.blueprint import bp


@bp.get("/rounds/<int:round_id>/record.pdf")
@allowed(Permission.SEE_RESULTS)
def record(round_id: int) -> ResponseReturnValue:
    """The result record (计票结果报告单) of a certified round, with its steps and check code."""
    from election.reports.documents.result_sheet import (  # noqa: PLC0415 - heavy
        ResultRecord,
        result_sheet,
    )

    round_ = get_or_404(Round, round_id)
    count = queries.count_round(db.session(), round_)
    if count.result is None:
        abort(404)
    body = result_sheet(ResultRecord(**_figures(count, count.result)))
    name = f"计票结果报告单-{round_title(round_).zh}.pdf"
    return download(body, name=name, mime="application/pdf")


def _bracketed(name: str) -> str:
    return f"（{name}）" if name else ""


def _figures(count: queries.RoundCount, result: Result) -> dict[str, Any]:
    """A certified round in the words and numbers of the paper."""
    round_ = count.round
    congress = round_.district.congress
    lines, outcome = count.candidates(), result.outcome
    return {
        "election": congress.election.title,
        "congress": congress.name,
        "district": district_name(round_.district).zh + _bracketed(round_.district.name),
        "round_kind": round_.kind.value,
        "round_number": round_.number,
        "polling_day": round_.polling_day,
        "seats": round_.seats,
        "registered": round_.district.registered,
        "totals": dict(result.totals),
        "places": count.places,
        "lines": [
            (line.name, line.written_in, line.votes, line.against, line.abstain, line.standing)
            for line in lines
        ],
        "need": outcome.need,
        "elected": count.elected_names(),
        "steps": [(step.text.zh, cite(step.article).zh) for step in outcome.steps],
        "decision": result.decision,
        "certified_at": result.certified_at,
        "certified_by": people(db.session(), round_.township_id).get(
            result.certified_by, result.certified_by
        ),
        "seal": seal(count) or "",
    }


def seal(count: queries.RoundCount) -> str | None:
    """The check code of the record that decided the round; None while it is open."""
    round_ = count.round
    if count.result is None:
        return None
    what = "result.decide_tie" if count.result.outcome.committee else "result.certify"
    return counting.record_code(db.session(), round_.township_id, what, round_.code)
