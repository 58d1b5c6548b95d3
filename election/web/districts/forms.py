"""Forms over plans: made, proposed, edited as a whole, adopted, released."""

from collections.abc import Callable, Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms import Form as PlainForm
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from election.actions.districts.drafts import DistrictValues, Key
from election.exchange import cells
from election.exchange.cells import BadCell
from election.models import DistrictKind
from election.queries.districts.boards import Brick, DistrictFigures, PlanBoard
from election.rules.districts.codes.plans import PART_ALONE
from election.rules.districts.plans import MOST_PARTS
from election.rules.files.tables import NOT_WHOLE, TOO_GREAT
from election.rules.terms import RuleViolation
from election.web.again import FillAgain
from election.web.forms import (
    Form,
    RememberingRow,
    VersionedForm,
    WholeNumberField,
    decision_day,
)
from election.web.locale import say
from election.web.units.forms import CellField
from election.web.words import word

MOST_NUMBER, MOST_SEATS_TYPED, MOST_ROWS = 999, 99, 2000


def number_up_to(most: int, least: int = 0) -> Callable[[str], int | None]:
    """Reader of a small whole number; None when empty."""

    def read(text: str) -> int | None:
        value = cells.whole_number(text)
        if value is not None and value > most:
            raise BadCell(TOO_GREAT, value=cells.shortened(text), most=most)
        if value is not None and value < least:
            raise BadCell(NOT_WHOLE, value=cells.shortened(text))
        return value

    return read


def refusal(refused: RuleViolation) -> str:
    """A refusal as one line on top of the form that was sent."""
    return f"{refused.code.id} {say(refused.cause)} {say(refused.remedy)}"


def require_free_name(name: CellField, ids: Mapping[str, int], own: int | None = None) -> None:
    """Ask for another name when a plan has it already. ids: of plans by name; own: this plan's."""
    if ids.get(name.value, own) != own:
        name.errors = [_("There is a plan with this name already.")]
        raise FillAgain


class CreateForm(Form):
    """A blank plan, or a copy."""

    name = CellField(
        _l("Name of the plan"), cells.required(cells.line_of_text(120)), id="create-name"
    )
    copy_of = SelectField(_l("Start from"), coerce=int, default=0)


class PlanForm(VersionedForm):
    """One act on a plan without further fields."""


class RenameForm(VersionedForm):
    """Another name."""

    name = CellField(
        _l("Name of the plan"), cells.required(cells.line_of_text(120)), id="rename-name"
    )


class SplitForm(VersionedForm):
    """Divide a unit."""

    unit_id = SelectField(_l("Unit"), coerce=int, id="split-unit")
    parts = WholeNumberField(
        _l("Number of parts"), default=2, validators=[InputRequired(), NumberRange(2, MOST_PARTS)]
    )


class JoinForm(VersionedForm):
    """Make a split unit whole again."""

    unit_id = SelectField(_l("Unit"), coerce=int, id="join-unit")


class MethodForm(VersionedForm):
    """Take over the seats of one method."""

    method = HiddenField(validators=[InputRequired(), Length(max=40)])


class AdoptForm(VersionedForm):
    """The committee's decision, bound to the check list it saw."""

    decision_reference = StringField(
        _l("Meeting and date, or number of the decision"),
        validators=[InputRequired(), Length(max=300)],
    )
    decided_on = decision_day(id="adopt-day")
    acknowledged = BooleanField(_l("The committee has considered the warnings"))
    seen = HiddenField(validators=[Length(max=64)])


class ReleaseForm(VersionedForm):
    """Why the committee takes its adoption back."""

    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])
    decided_on = decision_day(id="release-day")


class NumberForm(PlainForm):
    """One district and its number."""

    id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    number = CellField(_l("New number"), cells.required(number_up_to(MOST_NUMBER, 1)))


class NumbersForm(VersionedForm):
    """Other numbers for the districts."""

    rows = FieldList(FormField(NumberForm), max_entries=MOST_ROWS)

    @property
    def numbers(self) -> dict[int, int]:
        """District id -> number."""
        return {entry.form.id.data: entry.form.number.value for entry in self.rows}

    @classmethod
    def of(cls, board: PlanBoard) -> "NumbersForm":
        """The numbers as they are."""
        rows = [{"id": line.id, "number": str(line.number)} for line in board.districts]
        return cls(formdata=None, version=board.version, rows=rows)


class BrickForm(RememberingRow):
    """One unit or part: the number of its district, and the people of a part."""

    unit = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    part = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    number = CellField(_l("District"), number_up_to(MOST_NUMBER, 1))
    people = CellField(_l("People"), cells.whole_number)
    columns = ("number", "people")

    @property
    def key(self) -> Key:
        """Unit id and part."""
        return self.unit.data or 0, self.part.data or 0


class DistrictForm(RememberingRow):
    """One district of the plan."""

    id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    name = CellField(_l("District name"), cells.line_of_text(120))
    kind = SelectField(
        _l("Kind"),
        choices=lambda: [(kind.value, word(kind)) for kind in DistrictKind],
        coerce=DistrictKind,
        default=DistrictKind.RESIDENCE,
    )
    seats = CellField(_l("Seats"), cells.required(number_up_to(MOST_SEATS_TYPED)))
    remove = BooleanField(_l("Remove"))
    columns = ("name", "kind", "seats", "remove")


class FreshForm(PlainForm):
    """A district the map made that is not stored yet: its number and its seats."""

    number = CellField(_l("Number"), cells.required(number_up_to(MOST_NUMBER, 1)))
    seats = CellField(_l("Seats"), cells.required(number_up_to(MOST_SEATS_TYPED)))


class LockForm(VersionedForm):
    """Lock or unlock the district with this id; where to go on."""

    lock = IntegerField(validators=[Optional()])
    unlock = IntegerField(validators=[Optional()])
    back = HiddenField(default="plan", validators=[AnyOf(("plan", "map", "map_data"))])


class BoardForm(VersionedForm):
    """A whole draft: every unit with its district, every district with its seats."""

    bricks = FieldList(FormField(BrickForm), max_entries=MOST_ROWS)
    districts = FieldList(FormField(DistrictForm), max_entries=MOST_ROWS)
    fresh = FieldList(FormField(FreshForm), max_entries=MOST_ROWS)

    @classmethod
    def of(cls, board: PlanBoard) -> "BoardForm":
        """The draft as it is stored."""
        form = cls(
            formdata=None,
            version=board.version,
            bricks=[_brick(brick) for brick in board.bricks],
            districts=[_district(line) for line in board.districts],
        )
        for row in (*form.brick_rows.values(), *form.district_rows.values()):
            row.remember()
        return form

    @property
    def brick_rows(self) -> dict[Key, BrickForm]:
        """Unit id and part -> row."""
        return {entry.form.key: entry.form for entry in self.bricks}

    @property
    def district_rows(self) -> dict[int, DistrictForm]:
        """District id -> row."""
        return {entry.form.id.data: entry.form for entry in self.districts}

    def fits(self, board: PlanBoard) -> bool:
        """Whether the form has the very rows the draft has now."""
        return self.brick_rows.keys() == {b.key for b in board.bricks} and (
            self.district_rows.keys() == {line.id for line in board.districts}
        )

    def carried_onto(self, board: PlanBoard) -> "BoardForm":
        """The draft as it is now with its version, and over it the cells that somebody touched."""
        fresh = BoardForm.of(board)
        for key, row in fresh.brick_rows.items():
            if key in self.brick_rows:
                self.brick_rows[key].write_over(row)
        for district_id, line in fresh.district_rows.items():
            if district_id in self.district_rows:
                self.district_rows[district_id].write_over(line)
        stored = {line.number for line in board.districts}
        for entry in self.fresh:
            if entry.form.number.value not in stored:
                fresh.fresh.append_entry(entry.form.data)
        return fresh

    def refuse_lone_parts(self, removed: Iterable[int]) -> bool:
        """Whether a part of a split unit would be left without a district; its cell says so."""
        without, alone = set(removed), False
        for entry in self.bricks:
            row = entry.form
            if row.part.data and row.number.value in {None, *without}:
                text = PART_ALONE.remedy
                row.number.errors = [*row.number.errors, say(text)]
                alone = True
        return alone

    @property
    def places(self) -> dict[Key, int | None]:
        """Brick -> number of its district."""
        return {key: row.number.value for key, row in self.brick_rows.items()}

    @property
    def people(self) -> dict[Key, int]:
        """Part -> people typed for it."""
        rows = self.brick_rows.items()
        return {k: row.people.value for k, row in rows if k[1] and row.people.value is not None}

    @property
    def values(self) -> dict[int, DistrictValues]:
        """District id -> what the form says of it."""
        return {
            key: DistrictValues(row.name.value, row.kind.data, row.seats.value)
            for key, row in self.district_rows.items()
            if not row.remove.data
        }

    @property
    def fresh_seats(self) -> dict[int, int]:
        """Number -> seats of the districts that are to be made."""
        return {entry.form.number.value: entry.form.seats.value for entry in self.fresh}

    @property
    def removed(self) -> list[int]:
        """Ids of the districts that go."""
        return [key for key, row in self.district_rows.items() if row.remove.data]


def _brick(brick: Brick) -> dict[str, object]:
    return {
        "unit": brick.unit_id,
        "part": brick.part,
        "number": "" if brick.district is None else str(brick.district),
        "people": "" if brick.population is None else str(brick.population),
    }


def _district(line: DistrictFigures) -> dict[str, object]:
    return {"id": line.id, "name": line.name, "kind": line.kind, "seats": str(line.seats)}
