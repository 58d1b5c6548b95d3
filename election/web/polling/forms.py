"""Forms of polling places, and the reading of many places pasted from a spreadsheet."""

import re
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from election.actions.polling.places import PlaceDraft
from election.models import District, PlaceKind
from election.queries.elections.readiness import district_name
from election.rules.figures import whole_number
from election.rules.polling import places as rules
from election.rules.polling.codes import (
    CODE_SHAPE,
    CODE_TWICE,
    DISTRICT_UNKNOWN,
    KIND_UNKNOWN,
    NAME_EMPTY,
    NOT_A_NUMBER,
    TOO_LONG,
)
from election.rules.terms import Finding, Level, finding
from election.web.counting.fields import MapField
from election.web.forms import Form, VersionedForm, WholeNumberField
from election.web.locale import say
from election.web.words import choices

FOLLOW, NONE = "follow", "none"
_KINDS: Mapping[str, PlaceKind] = {
    "": PlaceKind.STATION,
    "投票站": PlaceKind.STATION,
    "选举大会": PlaceKind.MEETING,
    "流动票箱": PlaceKind.MOBILE_BOX,
    **{kind.value: kind for kind in PlaceKind},
}
_COLUMNS, _STAFF_DIGITS = 8, 4


class PlaceForm(VersionedForm):
    """One place."""

    code = StringField(
        _l("Code"),
        filters=[lambda text: (text or "").strip().upper()],
        validators=[
            InputRequired(),
            Regexp(
                f"^(?:{rules.CODE_PATTERN.pattern})$",
                message=_l("Letters A-Z and digits 0-9, at most 12."),
            ),
        ],
    )
    name = StringField(_l("Name of the place"), validators=[InputRequired(), Length(max=120)])
    kind = SelectField(_l("Kind"), choices=lambda: choices(PlaceKind), coerce=PlaceKind)
    address = StringField(_l("Address"), validators=[Length(max=300)])
    staff = WholeNumberField(_l("Staff"), _STAFF_DIGITS, validators=[Optional()])
    scrutineers = WholeNumberField(
        _l("of whom scrutineers"), _STAFF_DIGITS, validators=[Optional()]
    )
    town = SelectField(_l("Town district"))
    county = SelectField(_l("County district"))

    def offer(self, served: Mapping[Level, list[District]]) -> None:
        """Put the districts of the adopted plans into the choices."""
        nobody = SelectChoice(value=NONE, label=_("serves none"))
        follow = SelectChoice(value=FOLLOW, label=_("as the town district lies"))
        self.town.choices = [nobody, *_offered(served[Level.TOWN])]
        self.county.choices = [follow, nobody, *_offered(served[Level.COUNTY])]

    def draft(self) -> PlaceDraft:
        """The place as written."""
        return PlaceDraft(
            code=self.code.data,
            name=self.name.data.strip(),
            kind=self.kind.data,
            address=(self.address.data or "").strip(),
            staff=self.staff.data,
            scrutineers=self.scrutineers.data,
            town=_chosen(self.town.data),
            county=_chosen(self.county.data),
            follow=self.county.data == FOLLOW,
        )


class ManyForm(Form):
    """Many places, one a line, pasted from a spreadsheet."""

    lines = TextAreaField(
        _l("Places, one a line"), validators=[InputRequired(), Length(max=50_000)]
    )


class RegisteredForm(Form):
    """The voters of every district in one table: `registered-<id>`, `seen-<id>` its version."""

    registered = MapField()
    seen = MapField()


class ActForm(VersionedForm):
    """A button."""


def _offered(rows: Iterable[District]) -> list[SelectChoice]:
    return [
        SelectChoice(value=str(row.id), label=f"{say(district_name(row))} {row.name}".strip())
        for row in rows
    ]


def _chosen(value: str) -> int | None:
    return None if value in (FOLLOW, NONE) else int(value)


def read_places(
    text: str, served: Mapping[Level, list[District]], codes_in_use: Iterable[str]
) -> tuple[list[PlaceDraft], list[Finding]]:
    """The places of a pasted table, and every fault with its line; columns by tab or comma."""
    numbers = {level: {str(row.number): row.id for row in rows} for level, rows in served.items()}
    used, drafts, faults = set(codes_in_use), [], []
    for line, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        cells = [cell.strip() for cell in re.split("\t" if "\t" in raw else "[,，]", raw)]
        cells += [""] * (_COLUMNS - len(cells))
        cells[0] = cells[0].upper()
        wrong = [*_faults(line, cells, used), *_district_faults(line, cells, numbers)]
        used.add(cells[0])
        faults += wrong
        if not wrong:
            drafts.append(_draft(cells, numbers))
    return drafts, faults


def _faults(line: int, cells: list[str], used: set[str]) -> list[Finding]:
    name, kind, address = cells[1], cells[2], cells[5]
    faults = _code_faults(line, cells[0], used)
    if not name:
        faults.append(finding(NAME_EMPTY, "name", line=line))
    if kind not in _KINDS:
        faults.append(finding(KIND_UNKNOWN, "kind", line=line, value=kind[:40]))
    faults += [
        finding(TOO_LONG, "name", line=line, value=text[:20])
        for text, most in ((name, 120), (address, 300))
        if len(text) > most
    ]
    return faults + [
        finding(NOT_A_NUMBER, "staff", line=line, value=text[:20])
        for text in cells[6:8]
        if text and whole_number(text, _STAFF_DIGITS) is None
    ]


def _code_faults(line: int, code: str, used: set[str]) -> list[Finding]:
    if not rules.CODE_PATTERN.fullmatch(code):
        return [finding(CODE_SHAPE, "code", line=line, value=code[:40])]
    return [finding(CODE_TWICE, "code", line=line, value=code)] if code in used else []


def _district_faults(
    line: int, cells: list[str], numbers: Mapping[Level, Mapping[str, int]]
) -> list[Finding]:
    typed = ((Level.TOWN, cells[3]), (Level.COUNTY, cells[4]))
    return [
        finding(DISTRICT_UNKNOWN, "districts", line=line, value=text[:20])
        for level, text in typed
        if text and text not in numbers[level]
    ]


def _draft(cells: list[str], numbers: Mapping[Level, Mapping[str, int]]) -> PlaceDraft:
    return PlaceDraft(
        code=cells[0],
        name=cells[1],
        kind=_KINDS[cells[2]],
        address=cells[5],
        staff=whole_number(cells[6], _STAFF_DIGITS),
        scrutineers=whole_number(cells[7], _STAFF_DIGITS),
        town=numbers[Level.TOWN].get(cells[3]),
        county=numbers[Level.COUNTY].get(cells[4]),
    )
