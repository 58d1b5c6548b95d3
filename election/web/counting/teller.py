"""Findings as a teller hears them: the code and where to look again, never how to make it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from election.rules.counting import WRITEIN, item_label
from election.rules.terms import Finding, Text

_ELSEWHERE = ("account.", "registered")


@dataclass(frozen=True, slots=True)
class TellerFinding:
    """A finding as a teller hears it: its code, and what to look at again; no numbers.

    labels: field of the form (an item of the sheet) -> how people call it.
    """

    code: str
    severity: str
    labels: Mapping[str, Text]

    @property
    def fields(self) -> tuple[str, ...]:
        """The items to look at again."""
        return tuple(self.labels)

    @property
    def printed(self) -> tuple[str, ...]:
        """Those of them that have a field of their own: all but lines of write-ins."""
        return tuple(item for item in self.labels if not item.startswith(WRITEIN))


def for_teller(findings: Sequence[Finding], names: Mapping[str, str]) -> list[TellerFinding]:
    """Findings for a teller, one a code, with all the fields of the sheet it names.

    Fields of the ballot account or the roll are left out: they are not on the teller's paper.
    """
    merged: dict[str, dict[str, None]] = {}
    severity: dict[str, str] = {}
    for finding in findings:
        on_paper = (item for item in finding.fields if not item.startswith(_ELSEWHERE))
        merged.setdefault(finding.code.id, {}).update(dict.fromkeys(on_paper))
        severity[finding.code.id] = finding.severity.value
    return [
        TellerFinding(code, severity[code], {item: _field_label(item, names) for item in items})
        for code, items in merged.items()
    ]


def _field_label(item: str, names: Mapping[str, str]) -> Text:
    return Text("另选人", "write-ins") if item == WRITEIN else item_label(item, names)
