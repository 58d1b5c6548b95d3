"""Acts on jobs: one worker takes a job, and who may ask, stop, cancel and bury."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from election.actions import accounts, jobs
from election.actions.act import Act
from election.database import db, transaction
from election.models import Congress, Job, JobState, Official
from election.queries import jobs as queries
from election.queries.audit import verify
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown, refused
from tests.builders import AT, Office, found_office
from tests.working import act, ask, asked, fault_of, plan_names, stored_job, work

SECOND = timedelta(seconds=1)


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def claimed(worker: str = "w1", at=AT) -> int | None:
    job = act(jobs.claim, worker=worker, at=at)
    return job.id if job else None


def test_jobs_are_claimed_in_the_order_in_which_they_were_asked_for(town: DistrictTown) -> None:
    keys = [ask(town, name) for name in "甲乙丙"]
    assert [claimed() for _ in range(4)] == [*keys, None]
    assert {stored_job(key).worker for key in keys} == {"w1"}


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
    assert stored_job(ask(town, "丁")).state is JobState.WAITING


def test_only_who_may_edit_districts_asks_stops_and_cancels(town: DistrictTown) -> None:
    key = ask(town)
    town.by = town.office.actor(Role.REGISTRAR)
    assert refused(lambda: ask(town)) == "R.901"
    for move in (jobs.stop, jobs.cancel):
        assert refused(lambda: asked(town, move, key)) == "R.901"  # noqa: B023
    assert stored_job(key).state is JobState.WAITING


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
    assert (stored_job(waiting).state, plan_names()) == (JobState.DONE, ["丁"])
    assert verify(db.session()) == []


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
    assert stored_job(key).state is JobState.FAILED


def test_a_clock_that_is_set_back_does_not_keep_a_dead_job_alive(town: DistrictTown) -> None:
    key = ask(town)
    assert claimed() == key
    for seconds, dead in ((-3600, [key]), (-15, [key]), (-14, [])):
        assert queries.dead(db.session(), at=AT + seconds * SECOND) == dead
    act(jobs.bury, key, at=AT - 3600 * SECOND)
    assert fault_of(key) == "计算进程中断，方案未作任何改动，可重新开始。"


def test_jobs_of_another_township_are_not_counted_or_listed(app: Flask, town: DistrictTown) -> None:
    ask(town, "甲")
    other = DistrictTown(found_office(code="330225104", name="石浦镇"))
    for name in "乙丙丁":
        ask(other, name)
    assert refused(lambda: ask(other, "戊")) == "R.271"
    mine = db.session.get_one(Congress, town.congress_id())
    assert [row.job.title for row in queries.recent(db.session(), mine)] == ["甲"]
    last = db.session.scalars(select(Job).where(Job.title == "丁")).one()
    assert queries.before(db.session(), last) == 2
