"""Forms over units: one unit, and the whole table row by row.

Cells are read by the same readers as an imported file, so both say the same about the same fault.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput, TextArea

from election.exchange import cells
from election.exchange.cells import BadCell
from election.exchange.spreadsheets import plain_number
from election.queries.units.table import UnitRow, UnitValues
from election.rules.terms import Finding, Text
from election.rules.units.checks import check_units
from election.rules.units.codes import GONE
from election.rules.units.kinds import UnitKind
from election.web.forms import Form, RememberingRow, VersionedForm
from election.web.locale import say
from election.web.words import word

MOST_ROWS = 2000
FIELDS = (
    "code",
    "name",
    "kind",
    "hukou_population",
    "resident_population",
    "neighbours",
    "ferries",
    "x",
    "y",
)


class CellField(StringField):
    """A text field whose text a cell reader turns into `value`; the text stays as it was typed."""

    def __init__(
        self,
        label: str,
        reader: Callable[[str], Any],
        **options: Any,  # noqa: ANN401 - WTForms'
    ) -> None:
        super().__init__(label, **options)
        self.reader = reader
        self.value: Any = None

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 - WTForms' signature
        """Read the text; its fault becomes the field's error."""
        try:
            self.value = self.reader(self.data or "")
        except BadCell as bad:
            raise ValidationError(say(bad.text)) from bad


class UnitFields:
    """The fields of one unit."""

    code = CellField(_l("Code"), cells.required(cells.code))
    name = CellField(_l("Unit name"), cells.required(cells.line_of_text(120)))
    kind = SelectField(
        _l("Kind"),
        choices=lambda: [(kind.value, word(kind)) for kind in UnitKind],
        coerce=UnitKind,
        default=UnitKind.VILLAGE,
    )
    hukou_population = CellField(_l("Household-registered"), cells.whole_number)
    resident_population = CellField(_l("Resident"), cells.whole_number)
    neighbours = CellField(_l("Neighbours"), cells.several)
    ferries = CellField(_l("By ferry"), cells.several)
    x = CellField("x", cells.decimal)
    y = CellField("y", cells.decimal)


class UnitForm(UnitFields, VersionedForm):
    """One unit; its voter groups are edited here only, its outline nowhere but by import."""

    voter_groups = CellField(_l("Voter groups"), cells.voter_groups, widget=TextArea())
    county_only = BooleanField(_l("County congress only"))


class RemoveForm(VersionedForm):
    """Take one unit out."""


class UploadForm(Form):
    """A file to be looked at, and how it is to be read; nothing is stored by it."""

    file = FileField(_l("File"))
    whole = BooleanField(_l("The file is the whole list: pairs it does not name are removed"))
    key = StringField(_l("Property that holds the code"), validators=[Length(max=80)])
    skip_unknown = BooleanField(_l("Skip features whose code names no unit"))


class ConfirmImportForm(Form):
    """Store what the preview showed; the choices are those it was made with."""

    upload = HiddenField(validators=[Length(max=64)])
    basis = HiddenField(validators=[Length(max=64)])
    whole = BooleanField()
    key = HiddenField(validators=[Length(max=80)])
    skip_unknown = BooleanField()


class RowForm(UnitFields, RememberingRow):
    """One row of the table: a stored unit (id and version), or an empty row for a new one.

    A row nobody touched is left alone.
    """

    id = IntegerField(widget=HiddenInput(), validators=[Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    remove = BooleanField(_l("Remove"))
    columns = FIELDS

    @property
    def touched(self) -> bool:
        """Whether the row says something else than it did; for a new row, anything at all."""
        if self.id.data is None:
            return any(self[name].data for name in FIELDS if name != "kind")
        return bool(self.remove.data or self.touched_cells)

    @property
    def goes(self) -> bool:
        """The unit is to be removed."""
        return bool(self.remove.data and self.id.data is not None)

    @property
    def stays_out(self) -> bool:
        """Nothing of this row is to be stored."""
        return bool(self.remove.data) or not self.touched

    def catch_up(self, stored: UnitRow) -> None:
        """Take the values stored now, except where somebody touched a cell."""
        typed = {name: self[name].data for name in self.touched_cells}
        for name, text in texts(stored.values).items():
            self[name].data, self[name].raw_data = text, []
        self.remember()
        for name, text in typed.items():
            self[name].data = text
        self.version.data, self.version.raw_data = stored.version, []

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms'
        """Only a row that is to be stored must be right."""
        return self.stays_out or bool(super().validate(extra_validators))


class TableForm(Form):
    """All units in one form."""

    rows = FieldList(FormField(RowForm), max_entries=MOST_ROWS)

    @classmethod
    def of(cls, stored: Sequence[UnitRow], *, empty: int) -> "TableForm":
        """The stored units, then empty rows."""
        filled = [{"id": row.id, "version": row.version, **texts(row.values)} for row in stored]
        form = cls(rows=[*filled, *[{} for _ in range(empty)]])
        for row in form.lines:
            if row.id.data is not None:
                row.remember()
        return form

    @property
    def lines(self) -> list[RowForm]:
        """The rows as forms, in order; row n is lines[n - 1]."""
        return [entry.form for entry in self.rows]


def texts(values: UnitValues) -> dict[str, object]:
    """The values as the texts of a form."""
    return {name: _text(getattr(values, name)) for name in FIELDS}


def _text(value: object) -> object:
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, float):
        return plain_number(value)
    return value if isinstance(value, UnitKind) else "" if value is None else str(value)


def unit_texts(values: UnitValues) -> dict[str, object]:
    """The values as the texts of the page of one unit."""
    groups = cells.groups_text(values.voter_groups)
    return {**texts(values), "voter_groups": groups, "county_only": values.county_only}


def unit_values(form: UnitForm, before: UnitValues | None = None) -> UnitValues:
    """What the page of one unit says; the outline stays as it was before."""
    groups = form.voter_groups.value or ()
    return replace(values(form, before), voter_groups=groups, county_only=form.county_only.data)


def values(form: UnitForm | RowForm, before: UnitValues | None = None) -> UnitValues:
    """What a form says; a field that could not be read counts as empty.

    before: the values stored now, of which the form does not show all.
    """
    answers = {name: form[name].value for name in FIELDS if name != "kind"}
    for name in ("code", "name"):
        answers[name] = answers[name] or ""
    for name in ("neighbours", "ferries"):
        answers[name] = answers[name] or ()
    if before is None:
        return UnitValues(kind=form.kind.data, **answers)
    return replace(before, kind=form.kind.data, **answers)


def refuse(form: UnitForm | RowForm, fault: Finding) -> None:
    """Write a finding under the field it names; the mark of a unit has none in the table."""
    text = Text(f"{fault.cause.zh}。{fault.remedy.zh}", f"{fault.cause.en}; {fault.remedy.en}")
    column = str(fault.facts["column"])
    target = form[column if column in form else "kind"]
    target.errors = [*target.errors, say(text)]


@dataclass(slots=True)
class TableEdit:
    """What a table that was sent asks for, compared with what is stored now.

    conflicts: row number -> the values stored meanwhile (None: the unit is gone).
    """

    add: list[UnitValues] = field(default_factory=list)
    change: dict[int, UnitValues] = field(default_factory=dict)
    remove: list[int] = field(default_factory=list)
    conflicts: dict[int, UnitValues | None] = field(default_factory=dict)


def read_edit(form: TableForm, stored: Sequence[UnitRow]) -> TableEdit:
    """Sort a table into what is added, changed, removed; faults between rows go to the form.

    Rows with faults of their own are checked against the others as far as they can be read, so that
    everything wrong is said at once; then nothing of the answer may be stored.

    A touched row whose unit was changed by somebody else meanwhile is a conflict: it is brought up
    to date, except for the cells that were touched. Sending it again is a decision made with both
    in view.
    """
    now, edit = {row.id: row for row in stored}, TableEdit()
    lines: list[tuple[int, RowForm]] = []
    for number, line in enumerate(form.lines, start=1):
        if line.touched and not _note_conflict(edit, number, line, now):
            lines.append((number, line))
    for _number, line in lines:
        key = line.id.data
        if line.goes:
            edit.remove.append(key)
        elif not line.stays_out and key is None:
            edit.add.append(values(line))
        elif not line.stays_out:
            edit.change[key] = values(line, now[key].values)
    _follow(edit, now)
    _check(edit, [(n, line) for n, line in lines if not line.stays_out], now)
    return edit


def _note_conflict(edit: TableEdit, number: int, line: RowForm, now: Mapping[int, UnitRow]) -> bool:
    """Whether the unit of a row is no longer the one that was shown."""
    key = line.id.data
    if key is None:
        return False
    if key not in now:
        if not line.goes:
            line.code.errors = [say(GONE.cause.filled({"value": line.code.data or ""}))]
            edit.conflicts[number] = None
        return True
    if line.version.data == now[key].version:
        return False
    edit.conflicts[number] = now[key].values
    line.catch_up(now[key])
    return True


def _follow(edit: TableEdit, now: Mapping[int, UnitRow]) -> None:
    """Neighbours follow a unit that got another code, and lose one that goes."""
    removed_codes = {now[key].values.code for key in edit.remove}
    codes = {now[key].values.code: values.code for key, values in edit.change.items()}
    finals = {*codes.values(), *(values.code for values in edit.add)}

    def moved(named: Sequence[str]) -> tuple[str, ...]:
        codes_after = (
            c if c in finals else codes.get(c, c)
            for c in named
            if c in finals or c not in removed_codes
        )
        return tuple(dict.fromkeys(codes_after))

    def follow(goal: UnitValues) -> UnitValues:
        return replace(goal, neighbours=moved(goal.neighbours), ferries=moved(goal.ferries))

    edit.change = {key: follow(goal) for key, goal in edit.change.items()}
    edit.add = [follow(goal) for goal in edit.add]


def _check(
    edit: TableEdit, lines: Sequence[tuple[int, RowForm]], now: Mapping[int, UnitRow]
) -> None:
    """Faults that show only between rows."""
    other_names = {
        row.values.code: row.values.name
        for row in now.values()
        if row.id not in edit.change and row.id not in edit.remove
    }
    added = iter(edit.add)
    goals = [(n, edit.change[line.id.data] if line.id.data else next(added)) for n, line in lines]
    by_number = dict(lines)
    listed = [goal.listed(number) for number, goal in goals if goal.code]
    unread = {line.code.data or "": "" for _n, line in lines if line.code.errors}
    for fault in check_units(listed, {**unread, **other_names}):
        refuse(by_number[int(str(fault.facts["row"]))], fault)


def summary(form: TableForm) -> str:
    """How many rows are stored when the table is."""
    touched = [line for line in form.lines if line.touched]
    removed = sum(line.goes for line in touched)
    added = sum(line.id.data is None and not line.remove.data for line in touched)
    return str(
        _(
            "Saved: %(added)d added, %(changed)d changed, %(removed)d removed.",
            added=added,
            changed=len(touched) - added - removed,
            removed=removed,
        )
    )
