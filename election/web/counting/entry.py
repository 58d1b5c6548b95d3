"""The entry of a sheet and its correction: judged and stored in one transaction.

No page here holds a figure of another person's entry: forms are filled from what this person typed.
"""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions import counting as acts
from election.actions.act import Act
from election.database import db
from election.models import CountSheet, Entry
from election.queries import counting as queries
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.candidates.lists import fallen_note
from election.rules.counting import WRITEIN, SheetState, item_label
from election.rules.counting.entry import asked_again
from election.web.access import actor, allowed
from election.web.again import FillAgain
from election.web.counting.blueprint import bp
from election.web.counting.entry_form import EntryForm, Reading, read
from election.web.counting.teller import for_teller
from election.web.locale import say
from election.web.operations import get_or_404, perform
from election.web.words import word

_LINES = 4  # blank write-in lines offered at once


@bp.route("/sheets/<int:sheet_id>/entry", methods=["GET", "POST"])
@allowed(Permission.ENTER_COUNT)
def entry(sheet_id: int) -> ResponseReturnValue:
    """Enter a whole sheet from the paper; the server decides which of the two entries it is."""
    form = EntryForm()
    if not form.validate_on_submit() or form.more.data:
        sheet = get_or_404(CountSheet, sheet_id)
        wanted = form.is_submitted() or _takes_entry(sheet)
        return _entry_page(sheet, form) if wanted else _nothing_wanted(sheet)

    def do(act: Act) -> Entry:
        sheet = acts.locked_for_entry(act.session, sheet_id)
        reading = read(form, sheet, queries.shape_of(sheet.round).items())
        reading.require_storable(form)
        return acts.enter(act, sheet, reading.figures, confirmed=form.confirmed.data)

    try:
        return perform(do, then=_after, message=_stored)
    except FillAgain:
        return _entry_page(get_or_404(CountSheet, sheet_id), form)


@bp.route("/sheets/<int:sheet_id>/correction", methods=["GET", "POST"])
@allowed(Permission.ENTER_COUNT)
def correction(sheet_id: int) -> ResponseReturnValue:
    """Read the fields again that were sent back to me; the others stay as I entered them."""
    form = EntryForm()
    if not form.validate_on_submit() or form.more.data:
        sheet = get_or_404(CountSheet, sheet_id)
        wanted = form.is_submitted() or _requested(sheet, actor().number)[1]
        return _correction_page(sheet, form) if wanted else _nothing_wanted(sheet)

    def do(act: Act) -> Entry:
        sheet = acts.locked(act.session, sheet_id)
        entered, requested = _requested(sheet, act.by.number)
        items, _lines = asked_again(queries.shape_of(sheet.round), requested)
        staying = _without(entered, requested)
        reading = read(form, sheet, items, staying) if requested else Reading()
        reading.require_storable(form)
        typed = _typed(items, reading.figures)
        return acts.correct(act, sheet, typed, confirmed=form.confirmed.data)

    try:
        return perform(do, then=_after, message=_stored)
    except FillAgain:
        return _correction_page(get_or_404(CountSheet, sheet_id), form)


def _takes_entry(sheet: CountSheet) -> bool:
    """Whether this sheet wants an entry from me; the act itself says no with its own reason."""
    open_ = sheet.state in (SheetState.AWAITING_FIRST, SheetState.AWAITING_SECOND)
    return open_ and all(row.person != actor().number for row in queries.in_force(sheet).values())


def _nothing_wanted(sheet: CountSheet) -> ResponseReturnValue:
    flash(_("Sheet %(code)s wants nothing from you now.", code=queries.code_of(sheet)), "warning")
    return redirect(url_for(".work", election_id=sheet.round.district.congress.election_id), 303)


def _requested(sheet: CountSheet, me: str) -> tuple[Mapping[str, int], Sequence[str]]:
    """A person's own figures, and what they were asked to read again; nothing when not asked."""
    note = queries.pending(sheet).get(me)
    own_entry = next((row for row in queries.in_force(sheet).values() if row.person == me), None)
    if own_entry is None:
        return {}, ()
    return own_entry.figures, note.details["fields"] if note else ()


def _without(entered: Mapping[str, int], requested: Sequence[str]) -> dict[str, int]:
    return {item: number for item, number in entered.items() if item not in requested}


def _typed(items: Sequence[str], figures: Mapping[str, int]) -> dict[str, int | None]:
    written = {item: votes for item, votes in figures.items() if item.startswith(WRITEIN)}
    return {item: figures.get(item) for item in items} | written


def _after(stored: Entry) -> str:
    """On to the next sheet; where the two entries differ, first to the fields that do."""
    if stored.sheet.state is SheetState.DIFFERING:
        return url_for(".differing", sheet_id=stored.sheet_id)
    election_id = stored.sheet.round.district.congress.election_id
    return url_for(".work", election_id=election_id, after=stored.sheet_id)


def _stored(entry: Entry) -> str:
    """What is stored by now, so that nobody has to trust that it was this paper."""
    sheet, round_ = entry.sheet, entry.sheet.round
    which = _("second entry") if entry.slot > 1 else _("first entry")
    if entry.attempt > 1:
        which = _("%(entry)s, read again", entry=which)
    words: str = _(
        "Stored: %(place)s, sheet %(code)s (%(round)s), %(which)s.",
        place=f"{sheet.place.code} {sheet.place.name}",
        code=queries.code_of(sheet),
        round=word(round_.kind),
        which=which,
    )
    return words


def _entry_page(sheet: CountSheet, form: EntryForm) -> ResponseReturnValue:
    items = queries.shape_of(sheet.round).items()
    reading = read(form, sheet, items) if _is_judged(form) else Reading()
    return _page("counting/entry.html", sheet, form, items, reading)


def _correction_page(sheet: CountSheet, form: EntryForm) -> ResponseReturnValue:
    entered, requested = _requested(sheet, actor().number)
    items, lines = asked_again(queries.shape_of(sheet.round), requested)
    staying = _without(entered, requested)
    reading = read(form, sheet, items, staying) if _is_judged(form) and requested else Reading()
    asked = {"kept": staying, "asks_lines": lines}
    return _page("counting/correction.html", sheet, form, items, reading, **asked)


def _is_judged(form: EntryForm) -> bool:
    """Whether there is anything to find: sent, in order, and not only for more lines."""
    return form.is_submitted() and not form.errors and not form.more.data


def _page(
    template: str,
    sheet: CountSheet,
    form: EntryForm,
    items: Sequence[str],
    reading: Reading,
    **more: Any,  # noqa: ANN401 - values of the template
) -> ResponseReturnValue:
    names, lines = queries.names_of(sheet.round), form.lines()
    blank = sum(not name.strip() and not votes.strip() for name, votes in lines)
    lines += [("", "")] * (_LINES if form.more.data else max(0, _LINES - blank))
    findings = for_teller(reading.all, names)
    wrong = {item for finding in findings for item in finding.fields}
    page = render_template(
        template,
        election=sheet.round.district.congress.election,
        sheet=sheet,
        code=queries.code_of(sheet),
        district_name=district_name,
        form=form,
        shape=queries.shape_of(sheet.round),
        items=items,
        names=names,
        lines=[(name, votes, _is_wrong(name, votes, wrong)) for name, votes in lines],
        told=findings,
        can_confirm=bool(reading.findings) and not reading.unreadable,
        fallen=fallen_note(queries.fallen(db.session(), sheet.round)),
        label=lambda item: say(item_label(item, names)),
        **more,
    )
    return page, 422 if form.errors or reading.all else 200


def _is_wrong(name: str, votes: str, wrong: Set[str]) -> bool:
    """Whether a line of a write-in has a finding; a blank line has none."""
    typed = bool(name.strip() or votes.strip())
    return typed and WRITEIN + name.strip() in wrong
