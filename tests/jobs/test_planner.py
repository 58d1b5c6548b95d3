"""The planner in a process of its own: same answer, faults, cancelled, late, killed."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from election.jobs import planner
from election.planning.districting import (
    Ending,
    Locked,
    Objective,
    Phase,
    PlanRequest,
    Progress,
    Unit,
    Wishes,
    plan,
    wire,
)
from election.rules.terms import InputFaults
from tests.planning.oracle_districting import complaints, grid

UNITS = (
    Unit("A", "东村", 610),
    Unit("B", "西村", 590),
    Unit("C", "南村", 1180),
    Unit("D", "北村", 4100, (("一组", 2000), ("二组", 1100), ("三组", 1000))),
)
EDGES = (("A", "B"), ("B", "C"), ("C", "D"), ("D", "A"))
REQUEST = PlanRequest(units=UNITS, edges=EDGES, seats=11, wishes=Wishes(apart=(("A", "B"),)))


def large(time_limit: float) -> PlanRequest:
    """400 villages: never proven in a few seconds."""
    units, edges = grid([300 + (i * i * 7919) % 2701 for i in range(400)], 20)
    return PlanRequest(units=tuple(units), edges=tuple(edges), seats=73, time_limit=time_limit)


def test_the_child_answers_what_the_planner_answers_here() -> None:
    heard: list[Progress] = []
    found = planner.run(REQUEST, report=heard.append)
    here = plan(UNITS, EDGES, seats=11, wishes=REQUEST.wishes)
    assert (found.districts, found.splits) == (here.districts, here.splits)
    assert (found.value, found.lower_bound, found.ending) == (
        here.value,
        here.lower_bound,
        Ending.OPTIMAL,
    )
    last = heard[-1]
    assert (last.value, last.lower_bound, last.districts, last.phase) == (
        found.value,
        found.lower_bound,
        len(found.districts),
        Phase.DONE,
    )


def test_all_faults_come_back_in_both_languages() -> None:
    request = PlanRequest(
        units=UNITS, edges=EDGES, seats=11, wishes=Wishes(alone=("X",), split=("Y",))
    )
    with pytest.raises(InputFaults) as caught:
        planner.run(request)
    assert [(f.field, f.text.zh) for f in caught.value.faults] == [
        ("wishes.alone", "固定要求中的单元“X”不在单元表中，请改正编码"),
        ("wishes.split", "固定要求中的单元“Y”不在单元表中，请改正编码"),
    ]


@pytest.mark.slow
def test_cancelled_it_answers_with_the_best_plan_within_a_second() -> None:
    request = large(60)
    heard: list[float] = []

    def report(progress: Progress) -> None:
        heard.append(monotonic())

    found = planner.run(request, report=report, cancelled=lambda: bool(heard))
    assert (found.ending, monotonic() - heard[0] < 2) == (Ending.CANCELLED, True)
    assert complaints(found, request.units, request.edges, 73) == []


def test_cancelled_before_any_plan_it_says_so() -> None:
    with pytest.raises(planner.PlannerDied, match="cancelled before the first plan"):
        planner.run(large(60), cancelled=lambda: True)


@pytest.mark.slow
def test_a_child_that_overstays_is_killed_and_its_best_plan_is_the_answer(monkeypatch) -> None:
    monkeypatch.setattr(planner, "GRACE", -3.0)  # the child believes it has three seconds more
    request = large(6)
    started = monotonic()
    found = planner.run(request)
    assert (found.ending, monotonic() - started < 5) == (Ending.TIME_LIMIT, True)
    assert complaints(found, request.units, request.edges, 73) == []


def child_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[], "subprocess.Popen[bytes]"]:
    """The process that the next run starts."""
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def popen(*arguments, **options):
        started.append(begin(*arguments, **options))
        return started[0]

    monkeypatch.setattr(planner.subprocess, "Popen", popen)
    return lambda: started[0]


@pytest.mark.slow
def test_a_child_killed_from_outside_leaves_its_best_plan(monkeypatch) -> None:
    child, request = child_of(monkeypatch), large(60)
    found = planner.run(request, report=lambda _: child().kill())
    assert found.ending is Ending.TIME_LIMIT
    assert complaints(found, request.units, request.edges, 73) == []


def test_a_child_killed_before_its_first_plan_is_a_clear_error(monkeypatch) -> None:
    child = child_of(monkeypatch)

    def kill() -> bool:
        child().kill()
        return False

    with pytest.raises(planner.PlannerDied, match="ended without a plan"):
        planner.run(large(60), cancelled=kill)


def fake_child(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: dict[str, Any]) -> None:
    """Whatever it is asked, the next child says these lines and then nothing more."""
    program = folder / "child"
    said = "".join(json.dumps(line) + "\n" for line in lines)
    program.write_text(
        f"#!{sys.executable}\nimport time\nprint({said!r}, end='', flush=True)\ntime.sleep(60)\n"
    )
    program.chmod(0o700)
    monkeypatch.setattr(planner.sys, "executable", str(program))


@pytest.mark.parametrize(
    ("bound", "expected", "ending"),
    [
        (Fraction(1, 100), Fraction(1, 100), Ending.TIME_LIMIT),
        (Fraction(9), plan(UNITS, EDGES, seats=11).value, Ending.OPTIMAL),
    ],
)
def test_a_killed_childs_last_bound_counts_up_to_its_best_plan(
    monkeypatch, tmp_path, bound, expected, ending
) -> None:
    monkeypatch.setattr(planner, "GRACE", 0.5)
    best = replace(plan(UNITS, EDGES, seats=11), lower_bound=Fraction(), ending=Ending.TIME_LIMIT)
    last = Progress(0.1, best.value, bound, len(best.districts), Phase.PROOF)
    fake_child(
        monkeypatch,
        tmp_path,
        {"plan": wire.plan_to_json(best)},
        {"progress": wire.progress_to_json(last)},
    )
    found = planner.run(replace(REQUEST, time_limit=0.5))
    assert (found.districts, found.lower_bound, found.ending) == (best.districts, expected, ending)


def test_no_plan_in_time_is_said_and_what_would_help(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(planner, "GRACE", 0.2)
    fake_child(monkeypatch, tmp_path)
    with pytest.raises(InputFaults) as caught:
        planner.run(replace(REQUEST, time_limit=0.2))
    assert [str(fault) for fault in caught.value.faults] == [
        "wishes: no plan that keeps all of these was found in time: apart, 11 seats; "
        "loosen one of them or give more time"
    ]


def test_the_child_ends_when_nobody_listens_any_more() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "election.jobs.planner_child"],
        input=b"",
        check=False,
        capture_output=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (3, b"")


def test_neither_numbers_nor_solver_are_loaded_by_who_only_asks() -> None:
    program = (
        "import sys; import election.jobs.planner; "
        "print([m for m in ('numpy', 'highspy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout.strip() == b"[]"


def test_requests_and_plans_travel_without_loss() -> None:
    wishes = Wishes(
        together=(("A", "B"),),
        apart=(("A", "C"),),
        alone=("D",),
        split=("C",),
        locked=(Locked(units=("A",), seats=2),),
        within=(("A", "B"),),
        least=3,
        most=9,
    )
    request = PlanRequest(
        units=UNITS,
        edges=EDGES,
        seats=11,
        max_seats=2,
        time_limit=2.5,
        seed=9,
        objective=Objective.SUM,
        wishes=wishes,
    )
    assert wire.request_from_json(wire.request_to_json(request)) == request
    found = plan(UNITS, EDGES, seats=11)
    assert wire.plan_from_json(wire.plan_to_json(found)) == found
    progress = Progress(1.5, Fraction(1, 3), Fraction(1, 7), 4, Phase.PROOF)
    assert wire.progress_from_json(wire.progress_to_json(progress)) == progress
