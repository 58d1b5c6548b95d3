"""Forms of an election as a whole: title, day and law, number of deputies, phase, days."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from election.models import ElectionKind, PopulationBasis
from election.rules.profile.values import PROFILES
from election.web.forms import Form, VersionedForm, WholeNumberField
from election.web.words import choices


class ElectionForm(VersionedForm):
    """Title, day, kind and law of an election."""

    title = StringField(_l("Title"), validators=[InputRequired(), Length(max=120)])
    election_day = DateField(_l("Election day"), validators=[InputRequired()])
    profile_name = SelectField(
        _l("Law profile"), choices=[SelectChoice(value=name, label=name) for name in PROFILES]
    )
    overrides = TextAreaField(_l("Parameters that differ, one per line: name = value ; reason"))


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
