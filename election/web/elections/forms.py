"""Forms of an election as a whole: title, day, decisions, number of deputies, phase, days."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from election.models import ElectionKind, PopulationBasis
from election.rules.elections.kinds import DecidingBody
from election.rules.profile.days import name_on
from election.rules.terms import InputFault
from election.web.forms import Form, VersionedForm, WholeNumberField
from election.web.locale import say
from election.web.words import choices


def _known_law(_form: FlaskForm, field: DateField) -> None:
    """The law of the day must be known here."""
    try:
        name_on(field.data)
    except InputFault as fault:
        raise ValidationError(say(fault.text)) from fault


class ElectionForm(VersionedForm):
    """Title and day of an election; the law is that of the day."""

    title = StringField(_l("Title"), validators=[InputRequired(), Length(max=120)])
    election_day = DateField(_l("Election day"), validators=[InputRequired(), _known_law])


class ParameterForm(VersionedForm):
    """What was decided on a parameter, and by which decision; `value` is added by its kind."""

    body = SelectField(
        _l("Body that decided"), choices=lambda: choices(DecidingBody), coerce=DecidingBody
    )
    number = StringField(
        _l("Number of the decision or sitting"), validators=[InputRequired(), Length(max=80)]
    )
    day = DateField(_l("Date of the decision"), validators=[InputRequired()])


class ChoiceForm(ParameterForm):
    """One of the alternatives of the law."""

    value = RadioField(_l("What applies"), validators=[InputRequired()])


class FreeForm(ParameterForm):
    """A value of one's own, where the law sets none."""

    value = StringField(_l("What applies"), validators=[InputRequired(), Length(max=20)])


class NewForm(ElectionForm):
    """A new election."""

    kind = SelectField(
        _l("Kind"),
        choices=lambda: choices(ElectionKind),
        coerce=ElectionKind,
    )


class CongressForm(VersionedForm):
    """What was fixed for one congress: the seats elected here, by whom, for how many people."""

    name = StringField(_l("Name of the congress"), validators=[InputRequired(), Length(max=120)])
    term = WholeNumberField(_l("Term"), validators=[InputRequired(), NumberRange(1, 99)])
    approved_seats = WholeNumberField(
        _l("Seats to be elected here"), validators=[InputRequired(), NumberRange(1, 450)]
    )
    decision_reference = StringField(_l("Decision that fixed them"), validators=[Length(max=300)])
    population = WholeNumberField(
        _l("Population of the town"), validators=[Optional(), NumberRange(1, 2_000_000)]
    )
    population_basis = SelectField(
        _l("Population basis"),
        choices=lambda: choices(PopulationBasis),
        coerce=PopulationBasis,
    )
    population_date = DateField(_l("Date of the figure"), validators=[Optional()])
    population_source = StringField(_l("Source of the figure"), validators=[Length(max=300)])
    population_confirmed = BooleanField(_l("Figure and basis are confirmed"))


class PhaseForm(VersionedForm):
    """One phase on or back."""

    reason = StringField(_l("Reason"), validators=[Length(max=300)])
    staff_checked = BooleanField(_l("Candidates and their close relatives do not work here"))


class MilestoneForm(Form):
    """The day something of the calendar was done."""

    done_on = DateField(_l("Done on"), validators=[InputRequired()])
    note = StringField(_l("Note"), validators=[Length(max=300)])
