"""Fields for tables of figures: names that grow with the table, figures as the rules read them."""

from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from election.rules.counting import parse_figure
from election.rules.terms import RuleViolation
from election.web.locale import say


class MapField(Field):
    """All inputs named `<name>-<key>` as one mapping key -> text; the view reads the texts.

    It declares the prefix to the form, which refuses every field it does not know.
    """

    data: dict[str, str]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002 - WTForms'
        """Collect the texts; the first one where a name comes twice."""
        self.process_errors: list[str] = []
        self.object_data = self.data = {}
        prefix = f"{self.name}-"
        for name in formdata or ():
            if name.startswith(prefix):
                self.data[name.removeprefix(prefix)] = formdata.getlist(name)[0]

    def text(self, key: str) -> str:
        """What was typed under a key; nothing typed is the empty text."""
        return self.data.get(key, "")


def figure(text: str) -> int:
    """A figure as typed. Raises ValidationError with the sentence of E.302."""
    try:
        return parse_figure(text)
    except RuleViolation as refused:
        raise ValidationError(f"{say(refused.cause)}。{say(refused.remedy)}") from refused


def version_number(text: str) -> int:
    """The version of a record that a hidden field carries; 0 where it is no number."""
    return int(text) if text.isascii() and text.isdigit() else 0
