"""What somebody is told whose form was made from an older version: who, when, and both values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import inspect
from wtforms import Field, Form
from wtforms.fields.choices import SelectFieldBase

from election.database import db
from election.queries.audit import last_change
from election.queries.audit.log import LogLine, lines
from election.web.filters import day


def changed_by(row: Any) -> LogLine | None:  # noqa: ANN401 - any audited row
    """The act that changed the row last, in words; None where the chain knows of none."""
    session = db.session()
    entry = last_change(session, row)
    return lines(session, row.township_id, [entry])[0] if entry else None


def both_values(row: Any, form: Form) -> list[tuple[str, str, str]]:  # noqa: ANN401 - any row
    """(label, stored now, sent) of every field that says something else than its column.

    A column that is stored encrypted is left out.
    """
    columns = inspect(type(row)).columns
    pairs = []
    for field in form:
        name = field.short_name
        if name == "version" or name not in columns or hasattr(columns[name].type, "committed"):
            continue
        stored, sent = getattr(row, name), _sent(field)
        if (stored or None) != (sent or None):
            words = _choices(field)
            pairs.append((str(field.label.text), _in_words(stored, words), _in_words(sent, words)))
    return pairs


def _sent(field: Field) -> object:
    """What a field says: as its reader understood it, where it has one."""
    value = getattr(field, "value", None)
    return field.data if value is None else value


def _choices(field: Field) -> Mapping[str, str]:
    """What the field calls each of its choices."""
    if not isinstance(field, SelectFieldBase):
        return {}
    return {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}


def _in_words(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return "、".join(_in_words(part, words) for part in value) or "—"
    return "—" if value in (None, "") else words.get(str(value), str(value))
