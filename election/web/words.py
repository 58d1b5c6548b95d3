"""Words of the records as a page says them."""

from enum import StrEnum

from wtforms.fields.choices import SelectChoice

from election.rules.words import words_of
from election.web.locale import language


def word(member: StrEnum) -> str:
    """The name of an enum member in the language of the page."""
    return words_of(member).say(language())


def choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """The members of an enum for a select field or check boxes, in the language of the page."""
    return [SelectChoice(value=member.value, label=word(member)) for member in kind]
