"""How a preview and a table show what a unit says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from election.exchange.cells import groups_text
from election.exchange.spreadsheets import plain_number
from election.exchange.units.table import Doing, ImportLine
from election.rules.terms import Finding
from election.rules.units.checks import VoterGroup
from election.rules.units.kinds import UnitKind
from election.web.words import word

MOST_LINES = 500
_DONE = (Doing.FAULT, Doing.REMOVE, Doing.CHANGE, Doing.ADD, Doing.SKIP)


def show(value: object) -> str:
    """A value of a unit as a preview shows it; what is not known is said so."""
    if value is None or value == ():
        return str(_("not known") if value is None else _("none"))
    if isinstance(value, UnitKind):
        return word(value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, tuple):
        groups = [group for group in value if isinstance(group, VoterGroup)]
        return groups_text(groups) if groups else "、".join(value)
    if isinstance(value, float):
        return plain_number(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What a page shows of a preview: at most 500 lines and faults, and how many more there are."""

    lines: Sequence[ImportLine]
    more_lines: int
    findings: Sequence[Finding]
    more_findings: int


def bounded(preview: Any) -> PreviewView:  # noqa: ANN401 - any of the three previews
    """The lines that matter most, in the order of the file."""
    ranked = sorted(preview.lines, key=lambda line: _DONE.index(line.doing))[:MOST_LINES]
    lines = sorted(ranked, key=lambda line: (not line.row, line.row))  # what is in no row: last
    return PreviewView(
        lines,
        len(preview.lines) - len(lines),
        preview.findings[:MOST_LINES],
        max(0, len(preview.findings) - MOST_LINES),
    )
