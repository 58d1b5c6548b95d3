"""The planner in a process of its own: same answer, faults, cancelled, late, killed."""

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import count
from multiprocessing import active_children
from multiprocessing.connection import Connection
from time import sleep

import pytest

from election.jobs import planner, planner_child
from election.planning.districting import (
    Ending,
    Locked,
    Objective,
    PlannerPhase,
    PlannerProgress,
    PlanRequest,
    ProposedPlan,
    Wishes,
    plan,
)
from election.rules.terms import InputFaults
from tests.jobs import children
from tests.jobs.towns import SMALL, square
from tests.planning.oracle_districting import complaints

PARENT = """
from multiprocessing import active_children
from election.jobs import planner
from tests.jobs.towns import square
planner.run(square(400, 600), report=lambda _: print(active_children()[0].pid, flush=True))
"""


@pytest.fixture(autouse=True)
def no_child_is_left():
    yield
    assert active_children() == []


def plan_here(request: PlanRequest) -> ProposedPlan:
    return plan(request.units, request.edges, seats=request.seats, wishes=request.wishes)


def test_the_child_answers_what_the_planner_answers_here() -> None:
    reports: list[PlannerProgress] = []
    there, here = planner.run(SMALL, report=reports.append), plan_here(SMALL)
    assert there.ending is Ending.OPTIMAL
    assert replace(there, seconds=0) == replace(here, seconds=0)
    last = replace(reports[-1], seconds=0)
    assert last == PlannerProgress(
        0, there.value, there.lower_bound, len(there.districts), PlannerPhase.DONE
    )


def test_all_faults_come_back_in_both_languages() -> None:
    request = replace(SMALL, wishes=Wishes(alone=("X",), split=("Y",)))
    with pytest.raises(InputFaults) as caught:
        planner.run(request)
    assert [(f.field, f.text.zh) for f in caught.value.faults] == [
        ("wishes.alone", "固定要求中的单元“X”不在单元表中，请改正编码"),
        ("wishes.split", "固定要求中的单元“Y”不在单元表中，请改正编码"),
    ]
    assert caught.value.faults[0].text.en != caught.value.faults[0].text.zh


@pytest.mark.parametrize(
    "asked",
    [
        square(60, 10),
        square(5000, 10),
        replace(
            SMALL,
            max_seats=2,
            time_limit=2.5,
            steps=7,
            seed=9,
            objective=Objective.SUM,
            wishes=Wishes(
                together=(("A", "B"),),
                apart=(("A", "C"),),
                alone=("D",),
                split=("C",),
                locked=(Locked(units=("A",), seats=2),),
                within=(("A", "B"),),
                least=3,
                most=9,
            ),
        ),
    ],
    ids=["60 villages", "5000 villages", "every wish"],
)
def test_a_request_travels_without_loss_whatever_its_size(monkeypatch, asked) -> None:
    monkeypatch.setattr(planner, "answer", children.echo)
    assert planner.run(asked) == asked


@pytest.mark.slow
def test_sixty_villages_are_planned() -> None:
    request = square(60, 3)
    assert complaints(planner.run(request), request.units, request.edges, 73) == []


def test_cancelled_it_answers_with_the_best_plan_so_far() -> None:
    request = square(400, 600)
    reports: list[PlannerProgress] = []
    best = planner.run(request, report=reports.append, cancelled=lambda: bool(reports))
    assert best.ending is Ending.CANCELLED
    assert complaints(best, request.units, request.edges, 73) == []


def test_cancelled_before_the_child_has_even_started_it_says_so() -> None:
    with pytest.raises(planner.PlannerDied, match="cancelled before the first plan") as caught:
        planner.run(square(400, 600), cancelled=lambda: True)
    assert caught.value.reason == ""


def test_the_best_plan_of_a_child_that_overstays_is_the_answer(monkeypatch) -> None:
    best = replace(plan_here(SMALL), lower_bound=Fraction(), ending=Ending.TIME_LIMIT, seconds=1.0)
    last = PlannerProgress(0.1, best.value, Fraction(), len(best.districts), PlannerPhase.PROOF)
    messages = (("plan", best), ("progress", last), ("beat", 62.5), ("late", None))
    monkeypatch.setattr(planner, "answer", partial(children.say, messages))
    assert planner.run(SMALL) == replace(best, seconds=62.5)


class ListeningEnd:
    """What a child says, instead of a connection."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, object]] = []

    def send(self, message: tuple[str, object]) -> None:
        self.heard.append(message)


class ProcessLeft(BaseException):
    """Instead of the end of this process."""


@pytest.mark.parametrize(("limit", "beats"), [(2.0, 3), (0.4, 1), (None, 9)])
def test_a_child_counts_its_seconds_of_the_processor_and_leaves_when_they_are_long_used_up(
    monkeypatch, limit, beats
) -> None:
    def leave(status: int) -> None:
        assert status == planner_child.LATE
        raise ProcessLeft

    def pause(_seconds: float) -> None:
        if len(end.heard) == 9:
            raise ProcessLeft

    monkeypatch.setattr(planner_child.os, "_exit", leave)
    end, looks = ListeningEnd(), count()
    with pytest.raises(ProcessLeft):
        planner_child.watch_time(
            planner_child.Voice(end), limit, stopwatch=lambda: float(next(looks)), pause=pause
        )
    late = [] if limit is None else [("late", None)]
    assert end.heard == [("beat", float(beat)) for beat in range(1, beats + 1)] + late


@pytest.mark.slow
def test_a_child_killed_from_outside_leaves_its_best_plan() -> None:
    request = square(400, 60)
    best = planner.run(request, report=lambda _: active_children()[0].kill())
    assert best.ending is Ending.TIME_LIMIT
    assert complaints(best, request.units, request.edges, 73) == []


def test_a_child_killed_before_its_first_plan_is_an_error_that_names_its_status() -> None:
    def kill() -> bool:
        for child in active_children():
            child.kill()
        return False

    with pytest.raises(planner.PlannerDied, match=r"ended without a plan \(status -9\)$"):
        planner.run(square(400, 60), cancelled=kill)


@pytest.mark.parametrize(
    ("behaviour", "status"), [(children.exit_with_7, 7), (children.hang_up_on_request, 0)]
)
def test_a_child_that_ends_without_a_word_is_an_error(monkeypatch, behaviour, status) -> None:
    monkeypatch.setattr(planner, "answer", behaviour)
    with pytest.raises(planner.PlannerDied, match=rf"\(status {status}\)$") as caught:
        planner.run(square(5000, 60))
    assert caught.value.reason == ""


def test_a_dead_child_is_heard_although_its_end_of_the_connection_is_still_open(
    monkeypatch,
) -> None:
    copies: list[int] = []
    pipe = planner._SPAWN.Pipe

    def leaky_pipe() -> tuple[Connection, Connection]:
        ours, childs_end = pipe()
        copies.append(os.dup(childs_end.fileno()))
        return ours, childs_end

    monkeypatch.setattr(planner._SPAWN, "Pipe", leaky_pipe)
    monkeypatch.setattr(planner, "answer", children.exit_with_7)
    with pytest.raises(planner.PlannerDied, match=r"\(status 7\)$"):
        planner.run(SMALL)
    os.close(copies[0])


def test_a_fault_of_the_program_in_the_child_comes_back_with_its_traceback(
    monkeypatch, capfd
) -> None:
    monkeypatch.setattr(planner, "answer", children.crash)
    with pytest.raises(planner.PlannerDied, match=r"\(status 1\): Traceback") as caught:
        planner.run(SMALL)
    assert "in faulty_plan" in caught.value.traceback
    assert caught.value.reason == " (KeyError: 'no such village')"
    assert capfd.readouterr() == ("", "")


def test_what_the_solver_prints_stays_out_of_our_output(monkeypatch, capfd) -> None:
    monkeypatch.setattr(planner, "answer", children.print_much)
    assert planner.run(SMALL).districts == plan_here(SMALL).districts
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("bound", "expected", "ending"),
    [
        (Fraction(1, 100), Fraction(1, 100), Ending.TIME_LIMIT),
        (Fraction(9), plan_here(SMALL).value, Ending.OPTIMAL),
    ],
)
def test_a_killed_childs_last_bound_counts_up_to_its_best_plan(
    monkeypatch, bound, expected, ending
) -> None:
    best = replace(plan_here(SMALL), lower_bound=Fraction(), ending=Ending.TIME_LIMIT)
    last = PlannerProgress(0.1, best.value, bound, len(best.districts), PlannerPhase.PROOF)
    messages = (("plan", best), ("progress", last), ("late", None))
    monkeypatch.setattr(planner, "answer", partial(children.say, messages))
    answer = planner.run(SMALL)
    assert (answer.districts, answer.lower_bound, answer.ending) == (
        best.districts,
        expected,
        ending,
    )


def test_with_each_beat_of_the_child_its_last_progress_is_reported_again(monkeypatch) -> None:
    last = PlannerProgress(0.1, Fraction(1, 3), Fraction(1, 7), 4, PlannerPhase.PROOF)
    messages = [("beat", 0.05), ("progress", last), ("beat", 1.5), ("beat", 2.5)]
    monkeypatch.setattr(planner, "answer", partial(children.say, messages))
    reports: list[PlannerProgress] = []
    with pytest.raises(planner.PlannerDied):
        planner.run(SMALL, report=reports.append, cancelled=lambda: len(reports) == 3)
    assert reports == [last, replace(last, seconds=1.5), replace(last, seconds=2.5)]


def test_a_child_that_never_begins_is_an_interruption_not_a_matter_of_wishes(monkeypatch) -> None:
    monkeypatch.setattr(planner, "START", 0.2)
    monkeypatch.setattr(planner, "answer", partial(children.say, ()))
    with pytest.raises(planner.PlannerDied, match="did not begin"):
        planner.run(SMALL)


def test_no_plan_in_time_is_said_and_what_would_help(monkeypatch) -> None:
    monkeypatch.setattr(planner, "answer", partial(children.say, [("late", None)]))
    with pytest.raises(InputFaults) as caught:
        planner.run(SMALL)
    assert [str(fault) for fault in caught.value.faults] == [
        "wishes: no plan that keeps all of these was found in time: apart, 11 seats; "
        "loosen one of them or give more time"
    ]


def test_so_many_steps_are_the_same_plan_in_the_child() -> None:
    request = replace(square(60, 600), time_limit=None, steps=300)
    there = planner.run(request)
    here = plan(request.units, request.edges, seats=73, time_limit=None, steps=300)
    assert (there.districts, there.steps, there.ending) == (
        here.districts,
        here.steps,
        Ending.STEP_LIMIT,
    )


@pytest.mark.slow
def test_when_who_asked_is_killed_the_child_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = parent.stdout.readline().strip()
        assert is_alive(child)
        parent.kill()
    while is_alive(child):  # a child that stays is a test that never ends
        sleep(0.05)


def test_of_a_child_that_was_killed_nothing_is_left() -> None:
    process_ids: list[str] = []
    planner.run(
        square(60, 60),
        report=lambda _: process_ids.append(str(active_children()[0].pid)),
        cancelled=lambda: bool(process_ids),
    )
    assert state_of(process_ids[0]) == ""


def is_alive(process_id: str) -> bool:
    """Whether it runs; a zombie does not."""
    return state_of(process_id)[:1] not in ("", "Z")


def state_of(process_id: str) -> str:
    """The letters of `ps`; nothing when there is no such process."""
    command = ["ps", "-o", "stat=", "-p", process_id]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def test_neither_numbers_nor_solver_are_loaded_by_who_only_asks() -> None:
    program = (
        "import sys; import election.jobs.planner; "
        "print([m for m in ('numpy', 'highspy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout.strip() == b"[]"
