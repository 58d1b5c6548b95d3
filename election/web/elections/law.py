"""The law in force for an election, and the decisions that use what it leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from election.actions.act import Act
from election.actions.elections import set_up as acts
from election.models import Election
from election.rules.access import Permission
from election.rules.elections.decisions import RecordedDecision, decided_at_set_up
from election.rules.elections.kinds import DecidingBody
from election.rules.profile import profile
from election.rules.profile.parameters import PARAMETERS, Parameter
from election.rules.profile.values import Setting
from election.rules.profile.wording import in_code, in_words
from election.rules.terms import InputFaults, Text
from election.web.access import allowed
from election.web.elections.blueprint import bp
from election.web.elections.forms import ChoiceForm, FreeForm, ParameterForm
from election.web.forms import require_version
from election.web.locale import say
from election.web.operations import get_or_404, perform


@dataclass(frozen=True, slots=True)
class LawLine:
    """One parameter of an election: what the law has, what may be and what was decided instead.

    applies: the value in words; others: what may be in its place; decision: None while the law's
    own value applies; reason: how an earlier version recorded it.
    """

    parameter: Parameter
    setting: Setting
    applies: Text
    by_law: Text
    others: tuple[Text, ...]
    decision: RecordedDecision | None
    reason: str

    @property
    def decided(self) -> bool:
        """Something else than the law's own value was decided."""
        return self.decision is not None or bool(self.reason)

    @property
    def offered(self) -> bool:
        """The office may record a decision on it."""
        return not self.setting.fixed and decided_at_set_up(self.parameter)


def law_lines(election: Election) -> list[LawLine]:
    """Every parameter of an election, in the order of the rulebook."""
    return [_line(election, parameter) for parameter in PARAMETERS]


def _line(election: Election, parameter: Parameter) -> LawLine:
    law, name = election.profile, parameter.name
    setting, row = law.settings[name], election.overrides.get(name, {})
    return LawLine(
        parameter,
        setting,
        applies=in_words(name, law[name]),
        by_law=in_words(name, setting.value),
        others=tuple(
            in_words(name, value)
            for value in (setting.value, *setting.alternatives)
            if value != law[name]
        ),
        decision=_decision(row.get("decision")),
        reason=row.get("reason", ""),
    )


def _decision(stored: dict[str, str] | None) -> RecordedDecision | None:
    if stored is None:
        return None
    body, day = DecidingBody(stored["body"]), date.fromisoformat(stored["day"])
    return RecordedDecision(body, stored["number"], day)


@bp.route("/elections/<int:election_id>/law/<name>", methods=["GET", "POST"])
@allowed(Permission.SET_UP)
def decide_parameter(election_id: int, name: str) -> ResponseReturnValue:
    """Record what the competent body decided where the law leaves room."""
    election = get_or_404(Election, election_id)
    line = next((row for row in law_lines(election) if row.parameter.name == name), None)
    if line is None or not line.offered:
        abort(404)
    form = _form(election, line)
    if not form.validate_on_submit() or not _lawful(election, line, form):
        page = render_template("elections/parameter.html", election=election, line=line, form=form)
        return page, 422 if form.errors else 200

    def do(act: Act) -> None:
        row = require_version(act.session, Election, election_id, form)
        decision = RecordedDecision(form.body.data, form.number.data.strip(), form.day.data)
        acts.set_parameter(act, row, name=name, value=_raw(form.value.data), decision=decision)

    return perform(do, then=url_for(".set_up", election_id=election_id), message=_("Saved."))


def _form(election: Election, line: LawLine) -> ParameterForm:
    """A choice among the law's alternatives, or a field where it sets none."""
    name, current = line.parameter.name, in_code(election.profile[line.parameter.name])
    if line.setting.any_value:
        return FreeForm(obj=election, data={"value": current})
    form = ChoiceForm(obj=election, data={"value": current})
    values = (line.setting.value, *line.setting.alternatives)
    form.value.choices = [
        SelectChoice(value=in_code(value), label=say(in_words(name, value))) for value in values
    ]
    return form


def _lawful(election: Election, line: LawLine, form: ParameterForm) -> bool:
    """Whether the law takes the value; if not, its fault stands at the field."""
    try:
        profile({line.parameter.name: _raw(form.value.data)}, name=election.profile_name)
    except InputFaults as refused:
        form.value.errors = _sentences(refused)
        return False
    return True


def _sentences(refused: InputFaults) -> Sequence[str]:
    return [say(fault.text) for fault in refused.faults]


def _raw(text: str) -> object:
    """The text of a value as JSON would give it; 25% is 25/100."""
    text = text.strip()
    fixed: dict[str, object] = {"true": True, "false": False, "null": None}
    if text.lower() in fixed:
        return fixed[text.lower()]
    number = text.removesuffix("%")
    if not (number.isascii() and number.isdigit()):
        return text
    return f"{number}/100" if number != text else int(number)
