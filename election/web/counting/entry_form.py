"""The form of one count sheet: what was typed, what it says, and whether it may be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import abort
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SubmitField

from election.models import CountSheet
from election.queries import counting as queries
from election.rules.counting.codes.figures import MISSING
from election.rules.counting.entry import read_lines
from election.rules.terms import Finding
from election.web.again import FillAgain
from election.web.counting.fields import MapField
from election.web.forms import Form


class EntryForm(Form):
    """One count sheet: `figure-<item>`, `writein-<n>-name`, `writein-<n>-votes`."""

    judged_in_the_act = True

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
class Reading:
    """What a form says: figures; what cannot be read at all; what the rules find in the rest."""

    figures: Mapping[str, int] = field(default_factory=dict)
    unreadable: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """Everything to be told at once."""
        return self.unreadable + self.findings

    def require_storable(self, form: EntryForm) -> None:
        """Raise FillAgain unless nothing was found, or all of it was shown and confirmed."""
        confirmed = set((form.shown.data or "").split(",")) if form.confirmed.data else set()
        if self.unreadable or {finding.code.id for finding in self.findings} - confirmed:
            raise FillAgain


def read(
    form: EntryForm,
    sheet: CountSheet,
    items: Sequence[str],
    staying: Mapping[str, int] | None = None,
) -> Reading:
    """The figures of the form, and everything found about them together with those staying."""
    if set(form.figure.data) - set(items):
        abort(400)  # a field this form does not have
    texts = {item: form.figure.text(item) for item in items}
    figures, unreadable = read_lines(texts, form.lines(), queries.names_of(sheet.round))
    unread = {fault.fields[0] for fault in unreadable}
    findings = queries.findings(sheet, {**(staying or {}), **figures})
    missing = [fault for fault in findings if fault.code is MISSING and fault.fields[0] in unread]
    once = (fault for fault in findings if fault not in missing)  # one fault a field is enough
    return Reading(figures, tuple(unreadable), tuple(once))
