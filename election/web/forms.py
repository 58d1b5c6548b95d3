"""Forms that write: an operation id, refused unknown fields, the version a form was made from."""

import json
import secrets
from typing import Any, Self

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import DateField, HiddenField, IntegerField
from wtforms import Form as PlainForm
from wtforms.meta import DefaultMeta
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from election.actions.errors import Stale
from election.clock import today
from election.rules.figures import whole_number
from election.web.locale import language
from election.web.operations import Row, answer_repeat

_HOUSEKEEPING = {"csrf_token", "op", "version", "lang"}


class Form(FlaskForm):
    """A form that writes: carries an operation id and refuses fields it does not know."""

    class Meta(FlaskForm.Meta):
        """Sentences of the library in the language of the page, read from disk once."""

        @property
        def locales(self) -> tuple[str, ...]:
            """As WTForms asks for them."""
            return (language(),)

        def get_translations(self, form: object) -> object:
            """WTForms' own, which are remembered; Flask-WTF reads the file with every form."""
            return DefaultMeta.get_translations(self, form)

    op = HiddenField(default=lambda: secrets.token_urlsafe(16))
    judged_in_the_act = False  # whether everything beyond the fields is judged inside `perform`

    def validate_on_submit(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms'
        """As WTForms, after refusing unknown fields (nobody may slip in role=admin)."""
        if not self.is_submitted():
            return False
        expected = {name.split("-")[0] for name in self._fields} | _HOUSEKEEPING
        unknown = {name.split("-")[0] for name in request.form} - expected
        if unknown:
            abort(400)
        if not self.judged_in_the_act:
            answer_repeat()
        if self.validate(extra_validators):
            return True
        answer_repeat()
        return False


class WholeNumberField(IntegerField):
    """A whole number that a person types: digits alone, of either width; an empty field is None."""

    data: Any  # a number once it was read, as WTForms leaves it open too

    def __init__(
        self,
        label: str,
        longest: int = 15,
        **options: Any,  # noqa: ANN401 - WTForms'
    ) -> None:
        super().__init__(label, **options)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the digits, and say what would be right where there is anything else."""
        text = valuelist[0] if valuelist else ""
        self.data = whole_number(text, self.longest)
        if text.strip() and self.data is None:
            raise ValidationError(_("Write only digits, at most %(n)d of them.", n=self.longest))


def not_in_future(_form: PlainForm, field: DateField) -> None:
    """A day that is recorded as done has come."""
    if field.data and field.data > today():
        raise ValidationError(_("This day has not come yet."))


def decision_day(**options: Any) -> DateField:  # noqa: ANN401 - WTForms'
    """The day on which a committee decided: today is only proposed, and no day to come is taken."""
    return DateField(
        _l("Date of the decision"), default=today, validators=[not_in_future], **options
    )


class VersionedForm(Form):
    """A form over a stored row: remembers the version it was made from; a new row has none."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class RememberingRow(PlainForm):
    """A row of a table that knows what it showed, so that it can tell which cells somebody touched.

    was: the texts of its cells as they were shown, as JSON; empty for a row that showed nothing.
    """

    was = HiddenField(validators=[Length(max=20_000)])
    columns: tuple[str, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """Cell -> what it says now."""
        return {name: str(self[name].data or "") for name in self.columns}

    def remember(self) -> None:
        """Note what the row shows."""
        self.was.data = json.dumps(self.texts, ensure_ascii=False)

    @property
    def touched_cells(self) -> tuple[str, ...]:
        """The cells that say something else than they did; all of them where nobody knows."""
        try:
            before = json.loads(self.was.data or "{}")
        except ValueError:
            before = {}
        known = before if isinstance(before, dict) else {}
        return tuple(name for name, text in self.texts.items() if known.get(name) != text)

    def write_over(self, stored: Self) -> None:
        """Write the cells somebody touched over a row that shows what is stored now."""
        for name in self.touched_cells:
            stored[name].data, stored[name].raw_data = self[name].data, self[name].raw_data


def require_version(session: Session, model: type[Row], key: int, form: VersionedForm) -> Row:
    """The row as it is now; Stale (409) when the form was made from another version."""
    row = session.get_one(model, key)
    if row.version != form.version.data:  # type: ignore[attr-defined]
        raise Stale(row, form.version.data or 0, form)
    return row


def answers(form: FlaskForm, *leave_out: str) -> dict[str, Any]:
    """The form's fields as keyword arguments of an act."""
    skip = {*_HOUSEKEEPING, *leave_out}
    return {name: value for name, value in form.data.items() if name not in skip}
