"""Words of the records and names of the stages as a page says them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from election.rules.words import words_of
from election.web.locale import language

STAGE_NAMES: dict[str, str] = {
    "set_up": _l("Set-up"),
    "units": _l("Units"),
    "districts": _l("Districts and seats"),
    "candidates": _l("Candidates"),
    "polling": _l("Polling places"),
    "counting": _l("Counting"),
    "results": _l("Results"),
    "publication": _l("Publication"),
}
STAGE_PAGES: dict[str, str] = {
    "set_up": "elections.set_up",
    "units": "units.index",
    "districts": "districts.index",
    "candidates": "candidates.index",
    "polling": "polling.index",
    "counting": "counting.index",
    "results": "results.index",
    "publication": "publication.desk",
}


def word(member: StrEnum) -> str:
    """The name of an enum member in the language of the page."""
    return words_of(member).say(language())


def choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """The members of an enum for a select field or check boxes, in the language of the page."""
    return [SelectChoice(value=member.value, label=word(member)) for member in kind]
