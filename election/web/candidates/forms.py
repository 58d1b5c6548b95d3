"""The forms of the stage: what people type becomes the terms of the acts.

Field ids are set where several forms share a page.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from election.actions.candidates.persons import Particulars
from election.actions.candidates.signatures import Nominators
from election.models import NominationKind, Sex
from election.rules.candidates.kinds import SignerVerdict, Way
from election.rules.candidates.nominations import NomineePapers
from election.rules.candidates.signatures import read_signatures
from election.rules.candidates.standing import ExitReason
from election.rules.id_numbers import check_id_number, check_text, normalise_id_number
from election.rules.names import check_name, normalise_name
from election.rules.terms import InputFaults, Severity
from election.web.forms import Form, VersionedForm, WholeNumberField, not_in_future
from election.web.locale import say
from election.web.words import choices

_MONTH = r"(19|20)\d\d-(0[1-9]|1[0-2])"


def no_id_number(_form: Form, field: StringField) -> None:
    """Free texts are read by more people than identity numbers."""
    for finding in check_text(field.data or ""):
        raise ValidationError(f"{say(finding.cause)}。{say(finding.remedy)}")


def text(label: str, most: int = 300, *more: Any, **options: Any) -> StringField:  # noqa: ANN401
    """A line of free text without identity numbers."""
    return StringField(label, validators=[Length(max=most), no_id_number, *more], **options)


class PersonFields(Form):
    """What the papers say of the person nominated."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=80)])
    sex = RadioField(
        _l("Sex"), choices=lambda: choices(Sex), coerce=Sex, validators=[InputRequired()]
    )
    birth_month = StringField(
        _l("Month of birth"),
        validators=[Optional(), Regexp(f"^{_MONTH}$", message=_l("Write it as 1980-05."))],
    )
    nationality = text(_l("Nationality"), 40, default="汉族")
    education = text(_l("Education"), 40)
    party = text(_l("Party"), 40)
    occupation = text(_l("Workplace and post"))
    id_number = StringField(_l("Identity number (optional)"), validators=[Length(max=40)])

    def validate_name(self, field: StringField) -> None:
        """One spelling; the errors of the rules of names."""
        field.data = normalise_name(field.data)
        for finding in check_name(field.data):
            if finding.severity is Severity.ERROR:
                raise ValidationError(f"{say(finding.cause)}。{say(finding.remedy)}")

    def validate_id_number(self, field: StringField) -> None:
        """Eighteen digits with a good check digit, or nothing."""
        field.data = normalise_id_number(field.data or "")
        for finding in check_id_number(field.data) if field.data else ():
            raise ValidationError(f"{say(finding.cause)}。{say(finding.remedy)}")

    def particulars(self, id_number: str | None = None) -> Particulars:
        """The person as an act takes it; id_number: what is kept when none was typed."""
        return Particulars(
            name=self.name.data,
            sex=self.sex.data,
            birth_month=self.birth_month.data or "",
            nationality=(self.nationality.data or "").strip(),
            education=(self.education.data or "").strip(),
            party=(self.party.data or "").strip(),
            occupation=(self.occupation.data or "").strip(),
            id_number=self.id_number.data or id_number,
        )


class PaperFields(Form):
    """Who nominates, and when it came."""

    kind = RadioField(
        _l("Nominated by"),
        choices=lambda: choices(NominationKind),
        coerce=NominationKind,
        default=NominationKind.ORGANISATION,
    )
    organisations = text(_l("Parties or people's organisations, one or several jointly"))
    signers = TextAreaField(_l("Voters who signed, one per line"), validators=[Length(max=40_000)])
    received_on = DateField(_l("Received on"), validators=[InputRequired(), not_in_future])

    def validate_signers(self, field: TextAreaField) -> None:
        """Every line that cannot be read, at once."""
        try:
            read_signatures(field.data or "")
        except InputFaults as faults:
            raise ValidationError("；".join(say(fault.text) for fault in faults.faults)) from faults

    def nominators(self) -> Nominators:
        """The nominators as an act takes them; what belongs to the other kind is dropped."""
        joint = self.kind.data is NominationKind.JOINT
        names = (self.organisations.data or "").replace(",", "、").replace("，", "、").split("、")
        organisations = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
        return Nominators(
            kind=self.kind.data,
            organisations=() if joint else organisations,
            signatures=read_signatures(self.signers.data or "") if joint else (),
        )


def _key_text(value: object) -> str:
    return "" if value is None else str(value)


class NominationForm(PersonFields, PaperFields):
    """A new nomination: person and nominators from one sheet of paper."""

    same_as = RadioField(
        _l("Somebody of this name is registered already. This is:"),
        coerce=_key_text,
        choices=[],
        validate_choice=False,
        validators=[Optional()],
    )


class AmendForm(PaperFields, VersionedForm):
    """The papers of a nomination that is not accepted."""


class PersonForm(PersonFields, VersionedForm):
    """Corrections of the particulars, and the strokes of the surname as counted by a person."""

    stroke_override = WholeNumberField(
        _l("Strokes of the surname, if the program is wrong"),
        validators=[Optional(), NumberRange(1, 64)],
    )
    reason = text(_l("Reason"), id="person-reason")


class AcceptForm(VersionedForm):
    """What lies before the committee."""

    introduction = BooleanField(_l("introduction by the nominators"))
    acceptance = BooleanField(_l("signed acceptance of the nominee"))
    identity = BooleanField(_l("proof of identity"))
    resume = BooleanField(_l("CV"))
    residence_abroad_stated = BooleanField(_l("word on permanent residence abroad"))
    found_false = BooleanField(_l("particulars were found to be untrue (voters are told)"))
    note = text(_l("Note"), id="accept-note")

    def papers(self) -> NomineePapers:
        """The papers as the rule takes them."""
        return NomineePapers(
            introduction=self.introduction.data,
            acceptance=self.acceptance.data,
            identity=self.identity.data,
            resume=self.resume.data,
            residence_abroad_stated=self.residence_abroad_stated.data,
            found_false=self.found_false.data,
        )


class ReturnNominationForm(VersionedForm):
    """Why a nomination goes back."""

    reason = text(_l("What is to be completed"), 300, InputRequired(), id="send-back-reason")


class WithdrawForm(VersionedForm):
    """Who took it back, and why."""

    reason = text(
        _l("Who withdraws, in what paper of which day"), 300, InputRequired(), id="withdraw-reason"
    )


class VerdictForm(VersionedForm):
    """What the roll says of one signer."""

    verdict = SelectField(choices=lambda: choices(SignerVerdict), coerce=SignerVerdict)


class ReviewForm(VersionedForm):
    """An opinion; it removes nobody."""

    opinion = TextAreaField(
        _l("Opinion of the joint review"),
        validators=[InputRequired(), Length(max=300), no_id_number],
    )


class LeaveForm(VersionedForm):
    """A ground for taking somebody off; all are offered, the law answers."""

    ground = SelectField(_l("Ground"), choices=lambda: choices(ExitReason), coerce=ExitReason)
    reason = text(_l("Facts and documents"), 300, InputRequired(), id="leave-reason")


class InactiveForm(VersionedForm):
    """Why a formal candidate no longer stands."""

    reason = text(
        _l("What happened, and the public notice"), 300, InputRequired(), id="inactive-reason"
    )


class ListDayForm(Form):
    """The day a list was published."""

    done_on = DateField(_l("Published on"), validators=[InputRequired(), not_in_future])
    no_member_listed = BooleanField(
        _l("Nobody on this list is still a member of the election committee")
    )
    reason = text(_l("Explanation, where something is wrong or corrected"), id="publish-reason")


class ListNoticeForm(Form):
    """What the office edits on a notice; sent by GET, nothing is stored."""

    number = StringField(_l("Number of the notice"), validators=[Length(max=40)])
    issuer = StringField(_l("Heading"), validators=[Length(max=80)])
    signatory = StringField(_l("Signatory"), validators=[Length(max=80)])
    day = DateField(_l("Day of the notice"), validators=[Optional()], id="notice-day")


class ReductionForm(Form):
    """How the formal candidates came about; fields per candidate are added by for_people()."""

    seen = StringField(validators=[Length(max=4000)])
    way = RadioField(_l("In which way"), choices=lambda: choices(Way), coerce=Way, default=Way.ALL)
    held_on = DateField(_l("Held on"), validators=[Optional(), not_in_future])
    note = TextAreaField(_l("What the record says"), validators=[Length(max=1000), no_id_number])
    participants = WholeNumberField(
        _l("Voters who took part in the primary"), validators=[Optional(), NumberRange(0, 10**6)]
    )
    places = WholeNumberField(
        _l("Number of formal candidates"), validators=[Optional(), NumberRange(1, 6)]
    )
    decision = text(_l("How the tie was decided (a second primary, of which day)"))


def reduction_form(people: dict[int, str]) -> type[ReductionForm]:
    """The form with three fields per candidate: retained, votes, chosen among the tied."""

    class Fields(ReductionForm):
        """One district's form."""

    for key, name in people.items():
        setattr(Fields, f"keep_{key}", BooleanField(name))
        setattr(
            Fields,
            f"votes_{key}",
            WholeNumberField(name, validators=[Optional(), NumberRange(0, 10**6)]),
        )
        setattr(Fields, f"tie_{key}", BooleanField(name))
    return Fields
