"""The worker: every job ends, whatever happens, and only a whole result is stored."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions import accounts, jobs
from election.actions.act import Act
from election.actions.districts import plans
from election.database import Busy, db, transaction
from election.jobs import claim, planner
from election.jobs.proposal import Solve
from election.jobs.worker import Worker, bury_dead
from election.models import AuditEntry, Job, JobState, Official, Plan
from election.planning.districting import PlannerProgress, PlanRequest, Wishes
from election.planning.districting import ProposedPlan as Outcome
from election.queries.audit import verify
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown, units
from tests.builders import AT, Office
from tests.jobs import children
from tests.working import ask, asked, fault_of, meanwhile, plan_names, stored_job, work


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def test_a_finished_job_has_stored_a_plan_and_how_it_was_found(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town, seed=4)
    assert (work(app), work(app)) == (True, False)
    job = stored_job(key)
    assert (job.state, plan_names()) == (JobState.DONE, ["建议"])
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "districts.propose")
    ).one()
    origin = entry.data["found"]
    asked = {"job": key, "seed": 4, "time_limit": "10", "objective": "max"}
    assert asked.items() <= origin.items()
    assert {"value", "lower_bound", "optimal", "seconds", "wishes"} <= origin.keys()
    assert entry.who == town.by.number
    assert (job.result or {})["value"] == origin["value"]
    assert verify(db.session()) == []


def test_units_changed_during_the_calculation_leave_nothing_behind(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)
    changed = [values for values in units(A1=1001) if values.code == "A1"]
    work(app, solve=meanwhile(lambda: town.change_units(changed)))
    assert fault_of(key).startswith("计算期间选区单元有改动")
    assert plan_names() == []


def test_a_job_cancelled_while_it_runs_keeps_nothing(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    work(app, solve=meanwhile(lambda: asked(town, jobs.cancel, key)))
    assert (stored_job(key).state, plan_names()) == (JobState.CANCELLED, [])


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = monotonic() + seconds
    while not condition() and monotonic() < deadline:
        sleep(0.05)
    assert condition()


def patient(stop: Callable[[], object]) -> Solve:
    """A planner that goes on until it is told to end, at most some seconds."""

    def solve(request: PlanRequest, *, report=None, cancelled=None) -> Outcome:
        stop()
        wait_until(cancelled)
        return planner.run(request, report=report)

    return solve


def test_a_running_planner_hears_of_both_ways_to_end_it(app: Flask, town: DistrictTown) -> None:
    stopped, cancelled = ask(town, "留"), ask(town, "弃")
    work(app, solve=patient(lambda: asked(town, jobs.stop, stopped)))
    work(app, solve=patient(lambda: asked(town, jobs.cancel, cancelled)))
    assert stored_job(stopped).state is JobState.DONE
    assert stored_job(cancelled).state is JobState.CANCELLED
    assert plan_names() == ["留"]


def test_progress_is_stored_while_the_planner_works(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    progress: dict[str, object] = {}

    def solve(request: PlanRequest, *, report=None, cancelled=None) -> Outcome:
        plan = planner.run(request)
        report(PlannerProgress(1.0, plan.value, plan.lower_bound, len(plan.districts)))
        wait_until(lambda: "value" in (stored_job(key).progress or {}))
        progress.update(stored_job(key).progress or {})
        return plan

    work(app, solve=solve)
    result = stored_job(key).result or {}
    for name in ("value", "lower_bound", "districts"):
        assert progress[name] == result[name]


def test_a_dead_worker_is_found_and_its_late_result_is_not_stored(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)

    def die() -> None:
        with transaction() as session:  # no sign of life for a minute
            job = session.get_one(Job, key)
            assert job.beat_at is not None
            job.beat_at -= timedelta(minutes=1)
        bury_dead()

    work(app, solve=meanwhile(die))
    assert fault_of(key) == "计算进程中断，方案未作任何改动，可重新开始。"
    assert plan_names() == []


def test_a_fault_of_the_program_ends_the_job_and_names_its_kind(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)
    work(app, solve=meanwhile(lambda: {}["no such key"]))
    assert "KeyError" in fault_of(key)
    later = ask(town)
    work(app)
    assert stored_job(later).state is JobState.DONE


def test_a_planner_that_ends_without_a_plan_is_an_interruption(
    app: Flask, town: DistrictTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ask(town)
    monkeypatch.setattr(planner, "answer", children.exit_with_7)
    work(app)
    assert fault_of(key) == "计算进程中断，方案未作任何改动，可重新开始。"


def test_a_planner_stopped_before_its_first_plan_says_so(
    app: Flask, town: DistrictTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ask(town)
    monkeypatch.setattr(planner, "answer", partial(children.say, ()))

    def solve(request: PlanRequest, **how) -> Outcome:
        asked(town, jobs.stop, key)
        return planner.run(request, **how)

    work(app, solve=solve)
    assert fault_of(key).startswith("停止时尚未得出任何方案")


@pytest.mark.parametrize(("role", "active"), [(Role.REGISTRAR, True), (Role.DIRECTOR, False)])
def test_what_became_forbidden_meanwhile_is_said_and_not_done(
    app: Flask, town: DistrictTown, role: Role, active: bool
) -> None:
    def leave() -> None:
        with transaction() as session:
            official = session.get_one(Official, town.by.official_id)
            accounts.change_official(
                Act(session, town.office.actor(Role.ADMINISTRATOR), AT),
                official,
                roles=[role],
                active=active,
            )

    closed, unfit = ask(town, "甲"), ask(town, "乙")
    town.adopt(town.drawn())
    work(app, solve=meanwhile(leave))
    assert fault_of(closed).startswith("R.901")
    town.begin_nomination()
    work(app)
    assert fault_of(unfit).startswith("R.151")
    assert plan_names() == ["方案一"]
    assert verify(db.session()) == []


@pytest.mark.parametrize(("name", "instead"), [("建议", "建议 2"), ("长" * 120, "长" * 115 + " 2")])
def test_a_name_taken_meanwhile_costs_nobody_the_result(
    app: Flask, town: DistrictTown, name: str, instead: str
) -> None:
    ask(town, name)
    work(app, solve=meanwhile(lambda: town.create(name)))
    assert plan_names() == [name, instead]


def test_units_without_people_fail_the_job_with_their_names(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    town.change_units([values for values in units(A3=None) if values.code == "A3"])
    work(app)
    assert (fault_of(key)[:5], "A3 A3村" in fault_of(key)) == ("R.243", True)


def test_a_plan_keeps_the_choices_it_was_made_with(app: Flask, town: DistrictTown) -> None:
    ask(town, wishes=Wishes(together=(("A1", "A2"),), most=4))
    work(app)
    plan = db.session.scalars(select(Plan)).one()
    assert plan.wishes == {"together": [["A1", "A2"]], "most": 4}
    assert verify(db.session()) == []


def test_a_worker_in_its_own_thread_does_what_waits_and_ends_when_told(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)
    db.session.remove()
    worker = Worker(app, name="thread")
    worker.start()
    worker.start()
    wait_until(lambda: stored_job(key).state is JobState.DONE, seconds=20)
    worker.stop()
    assert (stored_job(key).state, stored_job(key).worker) == (JobState.DONE, "thread")
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 1


def test_a_server_that_goes_down_says_so(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    db.session.remove()
    worker = Worker(app, name="down")
    worker.solve = patient(worker.stop)
    worker.run_one()
    assert fault_of(key) == "计算进程中断，方案未作任何改动，可重新开始。"
    assert plan_names() == []


def writing_elsewhere(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """So many attempts to store a plan meet somebody else's writing."""
    store, refusals = plans.store_proposal, [Busy] * times

    def store_or_refuse(*arguments, **named):
        if refusals:
            raise refusals.pop()
        return store(*arguments, **named)

    monkeypatch.setattr(claim, "PAUSE", 0.0)
    monkeypatch.setattr(plans, "store_proposal", store_or_refuse)


def test_a_plan_waits_until_others_have_written(
    app: Flask, town: DistrictTown, monkeypatch
) -> None:
    key = ask(town)
    writing_elsewhere(monkeypatch, times=claim.ATTEMPTS - 1)
    work(app)
    assert (stored_job(key).state, plan_names()) == (JobState.DONE, ["建议"])


def test_a_plan_that_can_never_be_written_fails_the_job(
    app: Flask, town: DistrictTown, monkeypatch
) -> None:
    key = ask(town)
    writing_elsewhere(monkeypatch, times=claim.ATTEMPTS)
    work(app)
    assert ("Busy" in fault_of(key), plan_names()) == (True, [])
