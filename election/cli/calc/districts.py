"""`calc districts`: propose contiguous districts with equal population per deputy."""

import re
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from election.cli.calc.options import UnusableOption, number_option, word_option
from election.cli.calc.unit_rows import UnitRows, basis_option, read_units
from election.cli.calc.wish_options import stop_at_wish, wish_options, wishes_of
from election.cli.common import NO, Fault, echo_json, read_table, stop
from election.exchange.cells import BadCell, voter_groups
from election.jobs import planner
from election.planning.districting import (
    Objective,
    PlannerPhase,
    PlannerProgress,
    PlannerUnit,
    PlanRequest,
    ProposedPlan,
)
from election.rules.districts.checks import MOST_SEATS, check_most_seats
from election.rules.rounding import decimal, percent
from election.rules.terms import InputFaults, RuleViolation

TIME_LIMIT = 60.0  # seconds of the processor, where neither seconds nor steps are given
Rows = list[tuple[int, dict[str, str]]]


def _seconds(text: str) -> float:
    """Read a time limit: a plain decimal number above 0, of at most six digits."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) or float(text) == 0:
        raise UnusableOption(
            str(
                Fault(
                    "--time-limit",
                    f"“{text}”不是大于0的秒数，写作“60”或“2.5”的样子",
                    f'"{text}" is not a number of seconds above 0; write it like 60 or 2.5',
                )
            )
        )
    return float(text)


@click.command("districts")
@click.argument("units", type=click.Path(path_type=Path))
@click.option(
    "--adjacency",
    type=click.Path(path_type=Path),
    required=True,
    help="CSV of neighbouring units: a,b.",
)
@number_option("--seats", "Approved total of seats.", required=True)
@number_option("--max-seats", "Most seats of a district, 1 to 3.", default=MOST_SEATS)
@click.option(
    "--time-limit",
    type=_seconds,
    metavar="SECONDS",
    help="Seconds of the processor after which the best plan so far is the answer. "
    f"[default: {TIME_LIMIT:.0f}; none beside --steps]",
)
@number_option(
    "--steps", "Steps after which the best plan so far is the answer: the same plan every time."
)
@number_option("--seed", "Start of the search; the same seed repeats it.", default=0)
@word_option(
    "--objective",
    Objective,
    "Keep the largest deviation small, or the sum of all.",
    default=Objective.MAX.value,
)
@basis_option
@wish_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    units: Path,
    adjacency: Path,
    seats: int,
    max_seats: int,
    time_limit: float | None,
    steps: int | None,
    seed: int,
    objective: str,
    basis: str | None,
    as_json: bool,
    **wished: Any,  # noqa: ANN401 - the options of wish_options
) -> None:
    """Propose districts for UNITS (CSV: code,name,population[,x,y,groups]) that use all SEATS.

    Units stay whole and districts hang together; a unit too big for one district is split, along
    its voter groups where `groups` names them (一组:120;二组:130). Fixed choices may be repeated.
    UNITS may be the file that `export units` writes, and PATH what `export neighbours` writes.
    """
    try:
        check_most_seats(max_seats)
    except RuleViolation as refused:
        _refuse(refused, as_json=as_json)
    bricks, edges = _read(units, adjacency, basis)
    request = PlanRequest(
        units=tuple(bricks),
        edges=tuple(edges),
        seats=seats,
        max_seats=max_seats,
        time_limit=TIME_LIMIT if time_limit is None and steps is None else time_limit,
        steps=steps,
        seed=seed,
        objective=Objective(objective),
        wishes=wishes_of(wished),
    )
    plan = _plan(request, str(units))
    if as_json:
        echo_json(plan.to_json())
    else:
        _print(plan)


def _plan(request: PlanRequest, file: str) -> ProposedPlan:
    """Run the planner; exits 2 for choices that cannot be kept, and when its process died."""
    try:
        return planner.run(request, report=_Meter() if sys.stderr.isatty() else None)
    except InputFaults as refused:
        stop_at_wish(refused, file)
    except planner.PlannerDied as died:
        zh = "计算意外中断，没有得出方案，请重试"
        stop([Fault(file, zh, f"the planner ended without a plan, try again{died.reason}")])


class _Meter:
    """One line on a terminal that says how far the planner is."""

    def __call__(self, progress: PlannerProgress) -> None:
        """Write over the line before."""
        words = (
            f"{progress.seconds:5.1f} s  {float(progress.value):.4%} >= "
            f"{percent(progress.lower_bound, 4)}  {progress.districts}  {progress.phase.value}"
        )
        end = "\n" if progress.phase is PlannerPhase.DONE else ""
        click.echo(f"\r{words:<70}{end}", nl=False, err=True)


def _refuse(refused: RuleViolation, *, as_json: bool) -> NoReturn:
    """The refusal with its article on stderr and, if asked, as the one document; exit 1."""
    cause, remedy, code = refused.cause, refused.remedy, refused.code
    click.echo(
        f"{code.id} [{code.article}] {cause.zh}；{remedy.zh} / {cause.en}; {remedy.en}", err=True
    )
    if as_json:
        texts = {"cause": cause.to_json(), "remedy": remedy.to_json()}
        echo_json(
            {"refused": {"code": code.id, "rule": code.rule, "article": code.article, **texts}}
        )
    sys.exit(NO)


def _read(
    units: Path, adjacency: Path, basis: str | None
) -> tuple[list[PlannerUnit], list[tuple[str, str]]]:
    """Units and borders; exits 2 with every fault of both files."""
    rows = read_units(units, ("code", "name", "population"), basis)
    misshapen: list[Fault] = []
    borders = list(read_table(adjacency, ("a", "b"), misshapen=misshapen))
    groups, strange = _groups(rows)
    wrong = _border_faults(str(adjacency), borders, rows) if rows.complete else []
    faults = [*rows.faults, *_reserved(rows), *strange]
    faults += sorted([*misshapen, *wrong], key=lambda fault: fault.line or 0)
    if faults:
        stop(faults)
    bricks = [
        PlannerUnit(code, rows.names[code], persons, groups.get(code, ()))
        for code, persons in rows.population.items()
    ]
    return bricks, [(row["a"], row["b"]) for _, row in borders]


def _groups(rows: UnitRows) -> tuple[dict[str, tuple[tuple[str, int], ...]], list[Fault]]:
    """The voter groups of the optional column (一组:120;二组:130), and what is unusable."""
    groups, faults = {}, []
    for code, text in rows.groups.items():
        try:
            groups[code] = tuple((g.name, g.population) for g in voter_groups(text))
        except BadCell:
            faults.append(
                Fault(
                    rows.file,
                    f"选民小组“{text}”应写作“一组:120;二组:130”的样子",
                    f'voter groups "{text}" should be written like 一组:120;二组:130',
                    line=rows.lines.get(code),
                    column="groups",
                )
            )
    return groups, faults


def _reserved(rows: UnitRows) -> list[Fault]:
    """Codes that would be mistaken for the parts of another unit."""
    return [
        Fault(
            rows.file,
            f"单元编码“{code}”会与拆分后的编号混淆",
            f'unit code "{code}" would be mistaken for a part of another unit',
            line=line,
            column="code",
        )
        for code, line in rows.lines.items()
        if "#" in code and code.rpartition("#")[0] in rows.lines
    ]


def _border_faults(file: str, borders: Rows, rows: UnitRows) -> list[Fault]:
    """Borders of unknown units, and of a unit with itself; a border given twice does no harm."""
    faults = []
    for line, row in borders:
        faults += [
            Fault(
                file,
                f"单元“{row[column]}”不在单元表中",
                f'unit "{row[column]}" is not in the list of units',
                line=line,
                column=column,
            )
            for column in ("a", "b")
            if row[column] not in rows.lines
        ]
        if row["a"] == row["b"]:
            faults.append(
                Fault(
                    file,
                    f"单元“{row['a']}”与自身相邻",
                    f'unit "{row["a"]}" cannot touch itself',
                    line=line,
                    column="b",
                )
            )
    return faults


def _print(plan: ProposedPlan) -> None:
    """The plan for reading: one line per district, then how good it is."""
    for district in plan.districts:
        units = "、".join(district.units)
        click.echo(
            f"第{district.number}选区\t{district.seats}名\t{district.population}人\t"
            f"{percent(district.deviation, sign=True)}\t{units}"
        )
    proven = "已证明最优 / proven optimal" if plan.optimal else "未证明最优 / not proven optimal"
    click.echo(
        f"{plan.objective.value}: {decimal(plan.value, 4)} "
        f"(>= {decimal(plan.lower_bound, 4)}) {proven}\t{plan.steps}步 / steps"
    )
