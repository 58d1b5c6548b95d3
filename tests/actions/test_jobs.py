"""Acts on jobs, and the worker: one worker takes a job, and every job ends, whatever happens."""

import threading
from datetime import timedelta
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions import accounts, jobs
from election.actions.act import Act
from election.database import db, transaction
from election.jobs import planner
from election.jobs.worker import Worker, bury_dead
from election.models import AuditEntry, Congress, Job, JobState, Official, Plan
from election.planning.districting import Plan as Outcome
from election.planning.districting import PlanRequest, Progress, Wishes
from election.queries import jobs as queries
from election.queries.audit import verify
from election.queries.districts.proposals import Asked
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown, refused, units
from tests.builders import AT, Office, found_office
from tests.working import meanwhile, work

SECOND = timedelta(seconds=1)


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def ask(town: DistrictTown, name: str = "建议", **asked) -> int:
    key = town.congress_id()
    given = Asked(name=name, limit=10, **asked)
    with transaction() as session:
        return jobs.ask(
            Act(session, town.by, AT),
            session.get_one(Congress, key),
            kind=jobs.PLAN,
            title=name,
            asked=given.to_json(),
        ).id


def act(move, *given, **named):
    with transaction() as session:
        return move(session, *given, **named)


def asked(town, move, key):
    """One move of the official who is at the desk."""
    with transaction() as session:
        return move(Act(session, town.by, AT), key)


def claimed(worker: str = "w1", at=AT) -> int | None:
    job = act(jobs.claim, worker=worker, at=at)
    return job.id if job else None


def job(key: int) -> Job:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Job, key)


def fault(key: int) -> str:
    stored = job(key)
    assert stored.state is JobState.FAILED
    return (stored.fault or {})["zh"]


def plans() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Plan.name).order_by(Plan.id)))


def test_jobs_are_claimed_in_the_order_in_which_they_were_asked_for(town: DistrictTown) -> None:
    keys = [ask(town, name) for name in "甲乙丙"]
    assert [claimed() for _ in range(4)] == [*keys, None]
    assert {job(key).worker for key in keys} == {"w1"}


def test_a_fourth_waiting_job_of_one_official_is_refused_until_one_ends(
    town: DistrictTown,
) -> None:
    keys = [ask(town, name) for name in "甲乙丙"]
    assert refused(lambda: ask(town, "丁")) == "R.271"
    asked(town, jobs.cancel, keys[0])
    assert ask(town, "丁") > keys[2]


def test_the_waiting_jobs_of_one_official_do_not_stop_another(town: DistrictTown) -> None:
    for name in "甲乙丙":
        ask(town, name)
    with transaction() as session:
        other = session.get_one(Official, town.office.actor(Role.REGISTRAR).official_id)
        accounts.change_official(
            Act(session, town.office.actor(Role.ADMINISTRATOR), AT),
            other,
            roles=[Role.DIRECTOR],
            active=True,
        )
        town.by = other.as_actor()
    assert job(ask(town, "丁")).state is JobState.WAITING


def test_only_who_may_edit_districts_asks_stops_and_cancels(town: DistrictTown) -> None:
    key = ask(town)
    town.by = town.office.actor(Role.REGISTRAR)
    assert refused(lambda: ask(town)) == "R.901"
    for move in (jobs.stop, jobs.cancel):
        assert refused(lambda: asked(town, move, key)) == "R.901"  # noqa: B023
    assert job(key).state is JobState.WAITING


def test_after_the_set_up_nothing_is_asked_for(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    town.begin_nomination()
    assert refused(lambda: ask(town)) == "R.151"


def race(app: Flask, keys: list[int]) -> list[int]:
    """What four workers claim when they begin at the same moment and go on until nothing waits."""
    gate, taken = threading.Barrier(4), []

    def run(name: str) -> None:
        with app.app_context():
            gate.wait()
            while (key := claimed(name)) is not None:
                taken.append(key)

    db.session.remove()
    threads = [threading.Thread(target=run, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(taken)


def test_workers_at_the_same_moment_never_take_one_job(app: Flask, town: DistrictTown) -> None:
    keys = [ask(town, name) for name in "甲乙丙"]
    assert race(app, keys) == keys


@pytest.mark.postgresql
@pytest.mark.slow
def test_on_postgresql_too(pg: Flask) -> None:
    town = DistrictTown(found_office())
    keys = [ask(town, name) for name in "甲乙丙"]
    assert race(pg, keys) == keys
    waiting = ask(town, "丁")
    assert work(pg) is True
    assert (job(waiting).state, plans()) == (JobState.DONE, ["丁"])
    assert verify(db.session()) == []


def test_a_finished_job_has_stored_a_plan_and_how_it_was_found(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town, seed=4)
    assert (work(app), work(app)) == (True, False)
    stored = job(key)
    assert (stored.state, plans()) == (JobState.DONE, ["建议"])
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "districts.propose")
    ).one()
    found = entry.data["found"]
    assert (found["job"], found["seed"], found["time_limit"], found["objective"]) == (
        key,
        4,
        "10",
        "max",
    )
    assert {"value", "lower_bound", "optimal", "seconds", "wishes"} <= found.keys()
    assert entry.who == town.by.number
    assert (stored.result or {})["value"] == found["value"]
    assert verify(db.session()) == []


def test_units_changed_during_the_calculation_leave_nothing_behind(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)
    changed = [values for values in units(A1=1001) if values.code == "A1"]
    work(app, solve=meanwhile(lambda: town.change_units(changed)))
    assert fault(key).startswith("计算期间选区单元有改动")
    assert plans() == []


def test_a_job_cancelled_while_it_runs_keeps_nothing(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    work(app, solve=meanwhile(lambda: asked(town, jobs.cancel, key)))
    assert (job(key).state, plans()) == (JobState.CANCELLED, [])


def patient(stop, *, after: float = 5.0):
    """A planner that goes on until it is told to end, at most some seconds."""

    def solve(request: PlanRequest, *, report=None, cancelled=None) -> Outcome:
        stop()
        end = monotonic() + after
        while not cancelled() and monotonic() < end:
            sleep(0.05)
        assert cancelled()
        return planner.run(request, report=report)

    return solve


def test_a_running_planner_hears_of_both_ways_to_end_it(app: Flask, town: DistrictTown) -> None:
    kept, dropped = ask(town, "留"), ask(town, "弃")
    work(app, solve=patient(lambda: asked(town, jobs.stop, kept)))
    work(app, solve=patient(lambda: asked(town, jobs.cancel, dropped)))
    assert (job(kept).state, job(dropped).state) == (JobState.DONE, JobState.CANCELLED)
    assert plans() == ["留"]


def test_progress_is_stored_while_the_planner_works(app: Flask, town: DistrictTown) -> None:
    key, seen = ask(town), []

    def solve(request: PlanRequest, *, report=None, cancelled=None) -> Outcome:
        found = planner.run(request)
        report(Progress(1.0, found.value, found.lower_bound, len(found.districts)))
        end = monotonic() + 5
        while "value" not in (job(key).progress or {}) and monotonic() < end:
            sleep(0.05)
        seen.append(job(key).progress)
        return found

    work(app, solve=solve)
    result = job(key).result or {}
    assert {name: seen[0][name] for name in ("value", "lower_bound", "districts")} == {
        name: result[name] for name in ("value", "lower_bound", "districts")
    }


def test_a_dead_worker_is_found_and_its_late_result_is_not_stored(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)

    def die() -> None:
        with transaction() as session:  # no sign of life for a minute
            stored = session.get_one(Job, key)
            assert stored.beat_at is not None
            stored.beat_at -= timedelta(minutes=1)
        bury_dead()

    work(app, solve=meanwhile(die))
    assert fault(key) == "计算进程中断，方案未作任何改动，可重新开始。"
    assert plans() == []


def test_a_job_is_dead_after_fifteen_seconds_and_for_its_own_server_after_three(
    town: DistrictTown,
) -> None:
    key = ask(town)
    assert claimed("host:5000") == key

    def dead(seconds: int, worker: str | None = None) -> list[int]:
        return queries.dead(db.session(), at=AT + seconds * SECOND, worker=worker)

    assert (dead(14), dead(15)) == ([], [key])
    assert (dead(2, "host:5000"), dead(3, "host:5000"), dead(3, "other")) == ([], [key], [])
    assert refused(lambda: act(jobs.bury, key, at=AT + 14 * SECOND)) == "R.279"
    assert refused(lambda: act(jobs.bury, key, at=AT + 3 * SECOND, worker="other")) == "R.279"
    act(jobs.bury, key, at=AT + 3 * SECOND, worker="host:5000")
    assert job(key).state is JobState.FAILED


def test_a_clock_that_is_set_back_does_not_keep_a_dead_job_alive(town: DistrictTown) -> None:
    key = ask(town)
    assert claimed() == key
    for seconds, found in ((-3600, [key]), (-15, [key]), (-14, [])):
        assert queries.dead(db.session(), at=AT + seconds * SECOND) == found
    act(jobs.bury, key, at=AT - 3600 * SECOND)
    assert fault(key) == "计算进程中断，方案未作任何改动，可重新开始。"


def test_a_fault_of_the_program_ends_the_job_and_names_its_kind(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)
    work(app, solve=meanwhile(lambda: {}["no such key"]))
    assert "KeyError" in fault(key)
    later = ask(town)
    work(app)
    assert job(later).state is JobState.DONE


def test_a_planner_that_ends_without_a_plan_is_an_interruption(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)

    def die() -> None:
        raise RuntimeError("killed")

    work(app, solve=meanwhile(die))
    assert fault(key) == "计算进程中断，方案未作任何改动，可重新开始。"


def test_a_planner_stopped_before_its_first_plan_says_so(app: Flask, town: DistrictTown) -> None:
    key = ask(town)

    def solve(request: PlanRequest, *, cancelled=None, **_how) -> Outcome:
        asked(town, jobs.stop, key)
        end = monotonic() + 5
        while not cancelled() and monotonic() < end:
            sleep(0.05)
        raise RuntimeError("cancelled before the first plan was found")

    work(app, solve=solve)
    assert fault(key).startswith("停止时尚未得出任何方案")


@pytest.mark.parametrize(("role", "active"), [(Role.REGISTRAR, True), (Role.DIRECTOR, False)])
def test_what_became_forbidden_meanwhile_is_said_and_not_done(
    app: Flask, town: DistrictTown, role: Role, active: bool
) -> None:
    def leave() -> None:
        with transaction() as session:
            who = session.get_one(Official, town.by.official_id)
            accounts.change_official(
                Act(session, town.office.actor(Role.ADMINISTRATOR), AT),
                who,
                roles=[role],
                active=active,
            )

    closed, unfit = ask(town, "甲"), ask(town, "乙")
    town.adopt(town.drawn())
    work(app, solve=meanwhile(leave))
    assert fault(closed).startswith("R.901")
    town.begin_nomination()
    work(app)
    assert fault(unfit).startswith("R.151")
    assert plans() == ["方案一"]
    assert verify(db.session()) == []


@pytest.mark.parametrize(("name", "instead"), [("建议", "建议 2"), ("长" * 120, "长" * 115 + " 2")])
def test_a_name_taken_meanwhile_costs_nobody_the_result(
    app: Flask, town: DistrictTown, name: str, instead: str
) -> None:
    ask(town, name)
    work(app, solve=meanwhile(lambda: town.create(name)))
    assert plans() == [name, instead]


def test_units_without_people_fail_the_job_with_their_names(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    town.change_units([values for values in units(A3=None) if values.code == "A3"])
    work(app)
    assert (fault(key)[:5], "A3 A3村" in fault(key)) == ("R.243", True)


def test_a_plan_keeps_the_choices_it_was_made_with(app: Flask, town: DistrictTown) -> None:
    ask(town, wishes=Wishes(together=(("A1", "A2"),), most=4))
    work(app)
    stored = db.session.scalars(select(Plan)).one()
    assert stored.wishes == {"together": [["A1", "A2"]], "most": 4}
    assert verify(db.session()) == []


def test_a_worker_in_its_own_thread_does_what_waits_and_ends_when_told(
    app: Flask, town: DistrictTown
) -> None:
    key = ask(town)
    db.session.remove()
    worker = Worker(app, name="thread")
    worker.start()
    worker.start()
    end = monotonic() + 20
    while job(key).state is not JobState.DONE and monotonic() < end:
        sleep(0.1)
    worker.stop()
    assert (job(key).state, job(key).worker) == (JobState.DONE, "thread")
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 1


def test_a_server_that_goes_down_says_so(app: Flask, town: DistrictTown) -> None:
    key = ask(town)
    db.session.remove()
    worker = Worker(app, name="down")
    worker.solve = patient(worker.stop)
    worker.run_one()
    assert fault(key) == "计算进程中断，方案未作任何改动，可重新开始。"
    assert plans() == []


def test_jobs_of_another_township_are_not_counted_or_listed(app: Flask, town: DistrictTown) -> None:
    ask(town, "甲")
    other = DistrictTown(found_office(code="330225104", name="石浦镇"))
    for name in "乙丙丁":
        ask(other, name)
    assert refused(lambda: ask(other, "戊")) == "R.271"
    mine = db.session.get_one(Congress, town.congress_id())
    assert [row.job.title for row in queries.recent(db.session(), mine)] == ["甲"]
    assert (
        queries.before(db.session(), db.session.scalars(select(Job).where(Job.title == "丁")).one())
        == 2
    )
