"""The tellers' desk: the sheets that want an entry, the entry form, corrections.

No page here holds a figure of another person's entry: forms are filled from what this person typed.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SubmitField

from election.actions import counting as acts
from election.database import db
from election.models import CountSheet, Election, Entry
from election.queries import counting as queries
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.candidates.lists import fallen_note
from election.rules.counting import WRITEIN, SheetState, item_label
from election.rules.counting.codes.figures import MISSING
from election.rules.counting.entry import asked_again, asked_label, read_lines
from election.rules.terms import Finding, Text
from election.web.access import actor, allowed
from election.web.counting.blueprint import bp
from election.web.counting.fields import MapField
from election.web.forms import Form
from election.web.locale import say
from election.web.operations import get_or_404, perform

_LINES = 4  # blank write-in lines offered at once
_ELSEWHERE = ("account.", "registered")


class EntryForm(Form):
    """One count sheet: `figure-<item>`, `writein-<n>-name`, `writein-<n>-votes`."""

    figure = MapField()
    writein = MapField()
    confirmed = BooleanField(_l("I looked again: the paper says so."))
    shown = HiddenField()  # codes of the findings the box was ticked under
    more = SubmitField(_l("More lines"))

    def lines(self) -> list[tuple[str, str]]:
        """(name, votes) of each write-in line as typed, in order."""
        numbers = sorted(
            {int(k.partition("-")[0]) for k in self.writein.data if k.partition("-")[0].isdecimal()}
        )
        return [(self.writein.text(f"{n}-name"), self.writein.text(f"{n}-votes")) for n in numbers]


@dataclass(frozen=True, slots=True)
class TellerFinding:
    """A finding as a teller hears it: its code, and what to look at again; no numbers.

    labels: field of the form (an item of the sheet) -> how people call it.
    """

    code: str
    severity: str
    labels: Mapping[str, Text]

    @property
    def fields(self) -> tuple[str, ...]:
        """The items to look at again."""
        return tuple(self.labels)

    @property
    def printed(self) -> tuple[str, ...]:
        """Those of them that have a field of their own: all but lines of write-ins."""
        return tuple(item for item in self.labels if not item.startswith(WRITEIN))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says: figures; what cannot be read at all; what the rules find in the rest."""

    figures: Mapping[str, int] = field(default_factory=dict)
    unreadable: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """Everything to be told at once."""
        return self.unreadable + self.findings

    def storable(self, form: EntryForm) -> bool:
        """Whether it may be stored: nothing found, or everything found was shown and confirmed."""
        confirmed = set((form.shown.data or "").split(",")) if form.confirmed.data else set()
        return not self.unreadable and {finding.code.id for finding in self.findings} <= confirmed


@bp.get("/elections/<int:election_id>/counting/work")
@allowed(Permission.ENTER_COUNT)
def work(election_id: int) -> ResponseReturnValue:
    """The sheets that want an entry from me; a typed or scanned code opens its sheet."""
    election, me = get_or_404(Election, election_id), actor().number
    lines = queries.sheet_lines(db.session(), election_id)
    typed = request.args.get("code", "").strip()
    sheet_line = queries.find_by_code(lines, typed) if typed else None
    if sheet_line is not None and sheet_line.wants(me):
        return redirect(_page(sheet_line.id, sheet_line.wants(me)), 303)
    if typed:
        flash(_missing(typed, sheet_line), "warning")
    return render_template(
        "counting/work.html",
        election=election,
        todo=[(line, line.wants(me)) for line in lines if line.wants(me)],
        done=[line for line in lines if me in line.entered_by and not line.wants(me)],
        typed=typed,
    )


def _page(sheet_id: int, task: str | None) -> str:
    endpoint = ".correction" if task == "correct" else ".entry"
    return url_for(endpoint, sheet_id=sheet_id)


def _missing(typed: str, line: queries.SheetLine | None) -> str:
    if line is None:
        return str(_("There is no sheet with the code “%(code)s”.", code=typed[:40]))
    return str(_("Sheet %(code)s wants nothing from you now.", code=line.code))


@bp.route("/sheets/<int:sheet_id>/entry", methods=["GET", "POST"])
@allowed(Permission.ENTER_COUNT)
def entry(sheet_id: int) -> ResponseReturnValue:
    """Enter a whole sheet from the paper; the server decides which of the two entries it is."""
    sheet, form = get_or_404(CountSheet, sheet_id), EntryForm()
    election_id = sheet.round.district.congress.election_id
    if not form.is_submitted() and not _takes_entry(sheet):
        return _nothing_wanted(sheet)
    items = queries.shape_of(sheet.round).items()
    valid = form.validate_on_submit()
    reading = _read(form, sheet, items) if valid else Reading()
    if not valid or form.more.data or not reading.storable(form):
        page = _form_page("counting/entry.html", sheet, form, items, reading)
        return page, _status(form, reading)
    return perform(
        lambda act: acts.enter(
            act,
            acts.locked(act.session, sheet_id),
            reading.figures,
            confirmed=form.confirmed.data,
        ),
        then=lambda stored: _after(stored, election_id),
        message=_("The entry is stored."),
    )


@bp.route("/sheets/<int:sheet_id>/correction", methods=["GET", "POST"])
@allowed(Permission.ENTER_COUNT)
def correction(sheet_id: int) -> ResponseReturnValue:
    """Read the fields again that were sent back to me; the others stay as I entered them."""
    sheet, form = get_or_404(CountSheet, sheet_id), EntryForm()
    election_id = sheet.round.district.congress.election_id
    entered, requested = _requested(sheet)
    if not requested and not form.is_submitted():
        return _nothing_wanted(sheet)
    items, lines = asked_again(queries.shape_of(sheet.round), requested)
    staying = {item: number for item, number in entered.items() if item not in requested}
    valid = form.validate_on_submit()
    reading = _read(form, sheet, items, staying) if valid and requested else Reading()
    if not valid or form.more.data or not reading.storable(form):
        page = _form_page(
            "counting/correction.html", sheet, form, items, reading, kept=staying, asks_lines=lines
        )
        return page, _status(form, reading)
    typed = _typed(items, reading.figures)
    return perform(
        lambda act: acts.correct(
            act,
            acts.locked(act.session, sheet_id),
            typed,
            confirmed=form.confirmed.data,
        ),
        then=lambda stored: _after(stored, election_id),
        message=_("The correction is stored."),
    )


def _takes_entry(sheet: CountSheet) -> bool:
    """Whether this sheet wants an entry from me; the act itself says no with its own reason."""
    open_ = sheet.state in (SheetState.AWAITING_FIRST, SheetState.AWAITING_SECOND)
    return open_ and all(row.person != actor().number for row in queries.in_force(sheet).values())


def _nothing_wanted(sheet: CountSheet) -> ResponseReturnValue:
    flash(_("Sheet %(code)s wants nothing from you now.", code=queries.code_of(sheet)), "warning")
    return redirect(url_for(".work", election_id=sheet.round.district.congress.election_id), 303)


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


def _requested(sheet: CountSheet) -> tuple[Mapping[str, int], Sequence[str]]:
    """My own figures, and what I was asked to read again; nothing when I was not asked."""
    me = actor().number
    note = queries.pending(sheet).get(me)
    own_entry = next((row for row in queries.in_force(sheet).values() if row.person == me), None)
    if own_entry is None:
        return {}, ()
    return own_entry.figures, note.details["fields"] if note else ()


def _read(
    form: EntryForm,
    sheet: CountSheet,
    items: Sequence[str],
    staying: Mapping[str, int] | None = None,
) -> Reading:
    """The figures of the form, and everything found about them together with those kept."""
    if set(form.figure.data) - set(items):
        abort(400)  # a field this form does not have
    texts = {item: form.figure.text(item) for item in items}
    figures, unreadable = read_lines(texts, form.lines(), queries.names_of(sheet.round))
    unread = {fault.fields[0] for fault in unreadable}
    findings = queries.findings(sheet, {**(staying or {}), **figures})
    missing = [fault for fault in findings if fault.code is MISSING and fault.fields[0] in unread]
    once = (fault for fault in findings if fault not in missing)  # one fault a field is enough
    return Reading(figures, tuple(unreadable), tuple(once))


def _typed(items: Sequence[str], figures: Mapping[str, int]) -> dict[str, int | None]:
    written = {item: votes for item, votes in figures.items() if item.startswith(WRITEIN)}
    return {item: figures.get(item) for item in items} | written


def _status(form: EntryForm, reading: Reading) -> int:
    return 422 if form.errors or (reading.all and not form.more.data) else 200


def _form_page(
    template: str,
    sheet: CountSheet,
    form: EntryForm,
    items: Sequence[str],
    reading: Reading,
    **more: Any,  # noqa: ANN401 - values of the template
) -> str:
    names, lines = queries.names_of(sheet.round), form.lines()
    blank = sum(not name.strip() and not votes.strip() for name, votes in lines)
    lines += [("", "")] * (_LINES if form.more.data else max(0, _LINES - blank))
    findings = [] if form.more.data else for_teller(reading.all, names)
    wrong = {item for finding in findings for item in finding.fields}
    return render_template(
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


def _is_wrong(name: str, votes: str, wrong: Set[str]) -> bool:
    """Whether a line of a write-in has a finding; a blank line has none."""
    typed = bool(name.strip() or votes.strip())
    return typed and WRITEIN + name.strip() in wrong


def for_teller(findings: Sequence[Finding], names: Mapping[str, str]) -> list[TellerFinding]:
    """Findings for a teller, one a code, with all the fields of the sheet it names.

    Fields of the ballot account or the roll are left out: they are not on the teller's paper.
    """
    merged: dict[str, dict[str, None]] = {}
    severity: dict[str, str] = {}
    for finding in findings:
        on_paper = (item for item in finding.fields if not item.startswith(_ELSEWHERE))
        merged.setdefault(finding.code.id, {}).update(dict.fromkeys(on_paper))
        severity[finding.code.id] = finding.severity.value
    return [
        TellerFinding(code, severity[code], {item: _field_label(item, names) for item in items})
        for code, items in merged.items()
    ]


def _field_label(item: str, names: Mapping[str, str]) -> Text:
    return Text("另选人", "write-ins") if item == WRITEIN else item_label(item, names)


def _labels(sheet: CountSheet, items: Sequence[str], entered: Mapping[str, int]) -> list[Text]:
    names = queries.names_of(sheet.round)
    return list(dict.fromkeys(asked_label(item, names, entered) for item in items))


def _after(stored: Entry, election_id: int) -> str:
    """On to the next sheet; where the two entries differ, first to the fields that do."""
    if stored.sheet.state is SheetState.DIFFERING:
        return url_for(".differing", sheet_id=stored.sheet_id)
    return url_for(".work", election_id=election_id)
