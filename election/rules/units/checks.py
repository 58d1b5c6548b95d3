"""The checks of a list of units: codes that name one unit each, neighbours that exist.

A list is checked as a whole and all its faults come back together. Source: EL 25, 26; ZJ 22, 23 (a
district is made of whole villages, communities and workplaces, so each must be told from the rest).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from election.rules.terms import Code, Finding, RuleViolation, finding
from election.rules.units.codes import (
    CODE_SHAPE,
    CODE_TAKEN,
    CODE_TWICE,
    GROUPS_SUM,
    NEIGHBOUR_BOTH_WAYS,
    NEIGHBOUR_SELF,
    NEIGHBOUR_UNKNOWN,
    NO_WORKPLACE,
)

# letters, digits, Han; inside also - _ . ; the sign # is kept for parts of a split unit (CODE#1)
CODE_PATTERN = re.compile(r"[0-9A-Za-z\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff._-]{0,39}")


@dataclass(frozen=True, slots=True)
class VoterGroup:
    """A voter group (选民小组) of a unit and its people: where a big unit may be split (R2.9)."""

    name: str
    population: int

    def to_json(self) -> dict[str, object]:
        """As stored and as the audit chain keeps it."""
        return {"name": self.name, "population": self.population}


def check_groups(
    unit: str, groups: Sequence[VoterGroup], populations: Sequence[int | None], *, row: int
) -> list[Finding]:
    """W.174 when the groups' people together are neither of the unit's known populations."""
    people, figures = sum(group.population for group in groups), [p for p in populations if p]
    if not groups or not figures or people in figures:
        return []
    population_text = "、".join(str(figure) for figure in dict.fromkeys(figures))
    return [
        finding(
            GROUPS_SUM,
            f"rows.{row}.voter_groups",
            row=row,
            column="voter_groups",
            unit=unit,
            people=people,
            population=population_text,
        )
    ]


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One line of a list of units: where it stands, its code, whom it names as neighbours.

    misplaced: it is marked to vote for the county only and is no workplace.
    """

    row: int
    code: str
    land: tuple[str, ...] = ()
    ferry: tuple[str, ...] = ()
    name: str = ""
    misplaced: bool = False


def check_units(listed: Sequence[ListedUnit], other_names: Mapping[str, str]) -> list[Finding]:
    """All faults of a list of units; empty when nothing is wrong.

    other_names: code -> name of the units that exist beside the listed ones.
    Facts of each finding: row (the line), column ("code" | "neighbours" | "ferries" |
    "county_only"), value.
    """
    codes = {line.code for line in listed} | set(other_names)
    return [
        *_codes(listed, other_names),
        *(fault for line in listed for fault in _neighbours(line, codes)),
        *(
            _fault(NO_WORKPLACE, line, "county_only", line.name or line.code)
            for line in listed
            if line.misplaced
        ),
    ]


def require_units(listed: Sequence[ListedUnit], other_names: Mapping[str, str]) -> None:
    """Raise the first fault as a refusal: the last guard of an act whose form was checked."""
    for fault in check_units(listed, other_names):
        raise RuleViolation(fault.code, **fault.facts)


def _codes(listed: Sequence[ListedUnit], other_names: Mapping[str, str]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for line in listed:
        code = line.code
        if not CODE_PATTERN.fullmatch(code):
            yield _fault(CODE_SHAPE, line, "code", code)
        elif code in first:
            yield _fault(CODE_TWICE, line, "code", code, first=first[code])
        elif code in other_names:
            yield _fault(CODE_TAKEN, line, "code", code, name=other_names[code])
        first.setdefault(code, line.row)


def _neighbours(line: ListedUnit, codes: Collection[str]) -> Iterator[Finding]:
    for column, named in (("neighbours", line.land), ("ferries", line.ferry)):
        for code in named:
            if code == line.code:
                yield _fault(NEIGHBOUR_SELF, line, column, code)
            elif code not in codes:
                yield _fault(NEIGHBOUR_UNKNOWN, line, column, code)
    for code in sorted(set(line.land) & set(line.ferry)):
        yield _fault(NEIGHBOUR_BOTH_WAYS, line, "ferries", code)


def _fault(code: Code, line: ListedUnit, column: str, value: str, **facts: int | str) -> Finding:
    return finding(
        code, f"rows.{line.row}.{column}", row=line.row, column=column, value=value[:40], **facts
    )
