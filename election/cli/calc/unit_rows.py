"""Reading UNITS.csv for the calc commands: every fault of every row, with line and column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

import click

from election.cli.calc.options import word
from election.cli.common import Fault, read_table, stop
from election.exchange.units.columns import LAYOUT
from election.rules.figures import whole_number
from election.rules.terms import InputFaults

_OPTIONS = ("seats", "method", "floor", "cap", "max_seats", "objective", "time_limit")
_MOST_DIGITS = 15  # more people than any place has; a longer figure is a slip of the keyboard


class Basis(StrEnum):
    """Whose figure counts in a file that has both."""

    HOUSEHOLD = "household"
    RESIDENT = "resident"


_FIGURES = {Basis.HOUSEHOLD: "hukou_population", Basis.RESIDENT: "resident_population"}

basis_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--basis",
    type=word("--basis", Basis),
    metavar="|".join(Basis),
    help="Which figure counts in a file that `export units` wrote. "
    f"[default: the column population, else {Basis.HOUSEHOLD}]",
)


@dataclass(slots=True)
class UnitRows:
    """The units of a file in its order, by code: persons, name, voter groups as written, line.

    faults: what was found wrong.
    """

    file: str
    population: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True  # False: rows were left out, so a code may exist that is not known

    def fault(self, line: int | None, column: str | None, zh: str, en: str) -> None:
        """Note one fault of this file."""
        self.faults.append(Fault(self.file, zh, en, line=line, column=column))

    def add(self, line: int, code: str, text: str) -> None:
        """Check one row; a code is known afterwards even when its population is not usable."""
        if not code:
            self.fault(line, "code", "单元编码为空", "the unit code is empty")
        elif code in self.lines:
            first = self.lines[code]
            self.fault(
                line,
                "code",
                f"单元编码“{code}”与第{first}行重复",
                f'unit code "{code}" already stands in line {first}',
            )
        else:
            self.lines[code] = line
        persons = whole_number(text, _MOST_DIGITS)
        if persons is not None:
            self.population[code] = persons
        elif not text:
            self.fault(
                line,
                "population",
                "人口数空着；不知道的人数不能当作0",
                "the population is empty; what is not known is not 0",
            )
        else:
            self.fault(
                line,
                "population",
                f"人口数“{text}”应为0或正整数",
                f'population "{text}" must be a whole number, 0 or more',
            )


def read_units(path: Path, columns: Sequence[str], basis: str | None = None) -> UnitRows:
    """Read `code` and `population` of every row; further columns must exist and are not judged.

    A file that `export units` wrote is read too: basis says which of its figures is the population.
    Exits 2 at once when the file cannot be read or lacks a column; other faults are collected.
    """
    units = UnitRows(str(path))
    misshapen: list[Fault] = []

    def renamed(header: list[str]) -> list[str]:
        return _as_calc_names(header, basis)

    for line, row in read_table(path, tuple(columns), misshapen=misshapen, renamed=renamed):
        units.add(line, row["code"], row["population"])
        units.names[row["code"]] = row.get("name", "")
        units.groups[row["code"]] = row.get("groups", "")
    units.complete = not misshapen
    units.faults = sorted([*misshapen, *units.faults], key=lambda fault: fault.line or 0)
    if not units.lines and not units.faults:
        units.fault(None, None, "没有单元", "there are no units")
    return units


def _as_calc_names(header: Sequence[str], basis: str | None) -> list[str]:
    """The header of an export, in Chinese or English, in the names of these commands.

    A header that has these names already stays, unless a figure is asked for by its basis.
    """
    if {"code", "population"} <= set(header) and basis is None:
        return list(header)
    figure = _FIGURES[Basis(basis or Basis.HOUSEHOLD)]
    keys = {"code": "code", "name": "name", "voter_groups": "groups", figure: "population"}
    names = {name: keys.get(LAYOUT.key_of(name) or "", name) for name in header if name}
    if "population" in names and names["population"] != "population":
        names["population"] = ""  # of the other basis
    return [names.get(name, name) for name in header]


def stop_at(refused: InputFaults, file: str) -> NoReturn:
    """Say the faults of a computation under the option that caused them, or the file; exit 2."""
    places = {name: f"--{name.replace('_', '-')}" for name in _OPTIONS}
    stop([Fault(places.get(f.field, file), f.text.zh, f.text.en) for f in refused.faults])
