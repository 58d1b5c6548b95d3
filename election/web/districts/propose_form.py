"""The form that asks the planner, and what it holds before anything is typed."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import TextArea

from election.database import db
from election.exchange import cells
from election.models import Congress, Job, Plan, UnitKind
from election.planning.districting import Locked, Objective, Wishes
from election.queries import jobs as job_queries
from election.queries.districts import plans as queries
from election.queries.districts import wishes as wish_queries
from election.queries.districts.proposals import (
    COUNTY_DISTRICTS,
    LIMITS,
    TOWN_DISTRICTS,
    UNITS,
    ProposalRequest,
)
from election.queries.units.table import UnitRow
from election.rules.terms import InputFault, Level
from election.web.districts.forms import MOST_NUMBER, number_up_to
from election.web.forms import Form, WholeNumberField
from election.web.jobs import OBJECTIVE_NAMES, SOURCE_NAMES
from election.web.locale import say
from election.web.units.forms import CellField

MOST_SEED, MOST_LINES = 999_999, 200
# the planner's words for a place -> the field of this form
_FIELDS = {
    "locked": "locked_from",
    "within": "source",
    "min_districts": "least",
    "max_districts": "most",
}


def lines_of_codes(text: str) -> tuple[tuple[str, ...], ...]:
    """Codes line by line; empty lines are left out."""
    lines = [cells.several(line) for line in text.splitlines()[:MOST_LINES]]
    return tuple(line for line in lines if line)


class ProposeForm(Form):
    """What the planner is asked: how long, how well, and the office's fixed choices."""

    name = CellField(_l("Name of the plan"), cells.line_of_text(110), id="propose-name")
    source = SelectField(_l("Made of"), default=UNITS)
    objective = SelectField(
        _l("What is to be small"),
        choices=[SelectChoice(key.value, text) for key, text in OBJECTIVE_NAMES.items()],
        coerce=Objective,
        default=Objective.MAX,
    )
    limit = SelectField(
        _l("Time limit"),
        choices=[SelectChoice(n, _l("%(n)d seconds", n=n)) for n in LIMITS],
        coerce=int,
        default=LIMITS[1],
    )
    seed = WholeNumberField(
        _l("Seed"), default=0, validators=[InputRequired(), NumberRange(0, MOST_SEED)]
    )
    least = CellField(_l("Least number of districts"), number_up_to(MOST_NUMBER, 1))
    most = CellField(_l("Most number of districts"), number_up_to(MOST_NUMBER, 1))
    together = CellField(_l("Stay together"), lines_of_codes, widget=TextArea())
    apart = CellField(_l("Stay apart"), lines_of_codes, widget=TextArea())
    alone = CellField(_l("A district by itself"), cells.several)
    split = CellField(_l("To be split"), cells.several)
    locked_from = SelectField(_l("Keep the locked districts of"), coerce=int, default=0)

    @property
    def has_choices(self) -> bool:
        """Whether a fixed choice was made or is at fault: then the part for them stands open."""
        fields = (
            self.together,
            self.apart,
            self.alone,
            self.split,
            self.locked_from,
            self.least,
            self.most,
        )
        return any(field.data or field.errors for field in fields)

    def proposal(self, name: str) -> ProposalRequest:
        """What is asked; call after validation. Locked districts are read from their plan."""
        return ProposalRequest(
            name=name,
            source=self.source.data,
            objective=self.objective.data,
            limit=self.limit.data,
            seed=self.seed.data,
            wishes=Wishes(
                together=self.together.value or (),
                apart=tuple(p for line in self.apart.value or () for p in _pairs(line)),
                alone=self.alone.value or (),
                split=self.split.value or (),
                locked=_locked_in(self.locked_from.data),
                least=self.least.value,
                most=self.most.value,
            ),
        )

    def tell(self, faults: list[InputFault]) -> None:
        """Put each sentence beside its field; those without a field on top."""
        for fault in faults:
            name = fault.field.removeprefix("wishes.")
            name = _FIELDS.get(name, name)
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, say(fault.text)]
            else:
                self.form_errors.append(say(fault.text))


def _pairs(line: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every two units of a line; a single one goes in twice and is refused as too few."""
    return list(combinations(line, 2)) or [(line[0], line[0])]


def _locked_in(plan_id: int) -> tuple[Locked, ...]:
    """The locked districts of a plan; none for no plan."""
    if not plan_id:
        return ()
    board = queries.board(db.session(), db.session.get_one(Plan, plan_id))
    return wish_queries.locked_in(db.session(), board)


def propose_form(body: Congress, *, sent: bool = True) -> ProposeForm:
    """The form as sent; else as an earlier job was asked (?again=), or for a plan (?improve=)."""
    form = ProposeForm() if sent else ProposeForm(formdata=None, data=_before(body))
    form.source.choices = [(UNITS, SOURCE_NAMES[UNITS])]
    nested = TOWN_DISTRICTS if body.level is Level.COUNTY else COUNTY_DISTRICTS
    if len(body.election.congresses) > 1:
        form.source.choices.append((nested, SOURCE_NAMES[nested]))
    names = queries.names_of(db.session(), body.id)
    form.locked_from.choices = [(0, _("no plan")), *((key, name) for name, key in names.items())]
    return form


def workplaces(rows: Sequence[UnitRow]) -> str:
    """The workplaces among the units, offered as districts of their own."""
    units = [r.values for r in rows if r.values.kind is UnitKind.WORKPLACE]
    return "、".join(f"{unit.code} {unit.name}" for unit in units)


def _before(body: Congress) -> dict[str, Any]:
    again = _row_named(Job, body, "again")
    if again is not None:
        proposal = ProposalRequest.from_json(again.asked)
        return {
            "name": proposal.name,
            "source": proposal.source,
            "objective": proposal.objective,
            "limit": proposal.limit,
            "seed": proposal.seed,
            **_typed(proposal.wishes),
        }
    plan = _row_named(Plan, body, "improve")
    if plan is None:
        return {}
    job = job_queries.job_behind(db.session(), plan)
    proposal = ProposalRequest.from_json(job.asked) if job else ProposalRequest(name="", seed=-1)
    return {
        "name": _("%(name)s (improved)", name=plan.name),
        "source": proposal.source,
        "objective": proposal.objective,
        "limit": LIMITS[-1],
        "seed": min(proposal.seed + 1, MOST_SEED),  # another way of searching
        "locked_from": plan.id if any(d.locked for d in plan.districts) else 0,
        **_typed(Wishes.from_json(plan.wishes)),
    }


def _row_named(model: type[Any], body: Congress, name: str) -> Any:  # noqa: ANN401 - a row of the model
    """The row named in the address, when it belongs to this congress."""
    key = request.args.get(name, type=int) if request.method == "GET" else None
    row = db.session.get(model, key) if key else None
    return row if row is not None and row.congress_id == body.id else None


def _typed(wishes: Wishes) -> dict[str, Any]:
    """The choices as somebody would type them."""
    return {
        "together": "\n".join("、".join(group) for group in wishes.together),
        "apart": "\n".join("、".join(pair) for pair in wishes.apart),
        "alone": "、".join(wishes.alone),
        "split": "、".join(wishes.split),
        "least": "" if wishes.least is None else str(wishes.least),
        "most": "" if wishes.most is None else str(wishes.most),
    }
