"""Forms of the stage results: certify, open the next round, decide a tie."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from election.rules.results.certified import Choice
from election.web.counting.fields import MapField
from election.web.forms import Form, decision_day

CHOICE_WORDS: dict[Choice, str] = {
    Choice.AGAIN: _l("One more repeat vote among those who are level"),
    Choice.VACANT: _l("No more votes; the seats stay vacant"),
}


class CertifyForm(Form):
    """The digest of the result seen, and the committee's decision."""

    digest = HiddenField()
    decision = StringField(_l("Decision of the committee"), validators=[Length(max=280)])
    day = decision_day()
    identity, same, keeps = MapField(), MapField(), MapField()  # one each for a question's number


class TogetherForm(Form):
    """The digest of the list seen, and the one decision that certifies it."""

    digest = HiddenField()
    reference = StringField(
        _l("Number of the written decision"), validators=[InputRequired(), Length(max=280)]
    )
    day = decision_day()


class NextForm(Form):
    """The round that follows: its day, who stands (`stand-<n>`), and the decision behind it."""

    polling_day = DateField(_l("Polling day"), validators=[InputRequired()])
    stand = MapField()
    identity, same = MapField(), MapField()  # of the write-ins among them, by the same number
    decision = StringField(_l("Decision of the committee"), validators=[Length(max=300)])
    confirmed = BooleanField(_l("The day is right."))


class TieForm(Form):
    """The committee's written decision on a tie that no repeat vote resolved."""

    choice = RadioField(
        _l("The committee decided"),
        choices=[
            SelectChoice(value=choice.value, label=words) for choice, words in CHOICE_WORDS.items()
        ],
        validators=[InputRequired()],
    )
    reference = StringField(
        _l("Number of the written decision"), validators=[InputRequired(), Length(max=300)]
    )
    day = decision_day()
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=1000)])
