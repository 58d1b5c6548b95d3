"""The tellers' desk: the sheets that want an entry, in their order, and the way to the next."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.database import db
from election.models import CountSheet, Election
from election.queries import counting as queries
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.counting import SheetState
from election.rules.counting.entry import asked_label
from election.rules.terms import Text
from election.web.access import actor, allowed
from election.web.counting.blueprint import bp
from election.web.locale import language
from election.web.operations import get_or_404


@bp.get("/elections/<int:election_id>/counting/work")
@allowed(Permission.ENTER_COUNT)
def work(election_id: int) -> ResponseReturnValue:
    """The sheets that want an entry from me; a typed or scanned code opens its sheet.

    after: the sheet just stored, from which it goes on to the next one.
    """
    election, me = get_or_404(Election, election_id), actor().number
    lines = queries.sheet_lines(db.session(), election_id)
    typed = request.args.get("code", "").strip()
    opened = _opened(lines, typed)
    if opened is not None:
        return redirect(_page(opened, me), 303)
    if typed:
        flash(_missing(queries.find_by_code(lines, typed), typed), "warning")
    return render_template(
        "counting/work.html",
        election=election,
        todo=[(line, line.wants(me)) for line in lines if line.wants(me)],
        done=[line for line in lines if me in line.entered_by and not line.wants(me)],
        typed=typed,
    )


def _opened(lines: Sequence[queries.SheetLine], typed: str) -> queries.SheetLine | None:
    """The sheet a typed code opens, or the one that follows the one just stored."""
    me = actor().number
    if typed:
        named = queries.find_by_code(lines, typed)
        return named[0] if len(named) == 1 and named[0].wants(me) else None
    return queries.next_for(lines, me, request.args.get("after", 0, type=int))


def _page(line: queries.SheetLine, me: str) -> str:
    endpoint = ".correction" if line.wants(me) == "correct" else ".entry"
    return url_for(endpoint, sheet_id=line.id)


def _missing(named: Sequence[queries.SheetLine], typed: str) -> str:
    if not named:
        return str(_("There is no sheet with the code “%(code)s”.", code=typed[:40]))
    codes = ("、" if language().startswith("zh") else ", ").join(line.code for line in named)
    if len(named) > 1:
        return str(_("The code fits several sheets: %(codes)s. Type it whole.", codes=codes))
    return str(_("Sheet %(code)s wants nothing from you now.", code=codes))


@bp.get("/sheets/<int:sheet_id>/differing")
@allowed(Permission.ENTER_COUNT)
def differing(sheet_id: int) -> ResponseReturnValue:
    """To those who entered it: which fields differ, by name only."""
    sheet, me = get_or_404(CountSheet, sheet_id), actor().number
    election, entries = sheet.round.district.congress.election, queries.in_force(sheet)
    own_entry = next((row for row in entries.values() if row.person == me), None)
    if own_entry is None or sheet.state is not SheetState.DIFFERING:
        return redirect(url_for(".work", election_id=election.id), 303)
    return render_template(
        "counting/differing.html",
        election=election,
        sheet=sheet,
        code=queries.code_of(sheet),
        district_name=district_name,
        labels=_labels(sheet, queries.differing(sheet), own_entry.figures),
        asked=me in queries.pending(sheet),
    )


def _labels(sheet: CountSheet, items: Sequence[str], entered: Mapping[str, int]) -> list[Text]:
    names = queries.names_of(sheet.round)
    return list(dict.fromkeys(asked_label(item, names, entered) for item in items))
