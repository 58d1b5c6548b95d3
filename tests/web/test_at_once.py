"""Two clerks at the same moment: what an act checked still holds when it is stored.

SQLite lets one act in at a time; on PostgreSQL the township's row is the queue.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from election.actions.act import Act
from election.actions.districts import plans
from election.database import db, engine, transaction
from election.models import AuditEntry, District, Plan, PlanStatus
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown
from tests.builders import AT, Office, found_office
from tests.client import StrictClient


class Desks:
    """Two browsers of the director."""

    def __init__(self, app: Flask, office: Office) -> None:
        self.app, self.town = app, DistrictTown(office)
        self.both = [StrictClient(app, office).sign_in(Role.DIRECTOR) for _ in range(2)]

    def form(self, plan: int, **more: str) -> dict[str, str]:
        """What the page of a plan sends along."""
        board = self.town.board(plan)
        return {"version": str(board.version), "seen": board.seen, **more}

    def sending(self, path: str, form: dict[str, str]) -> list[Callable[[], int]]:
        """The same form from either desk: each sends it and tells the status."""
        return [lambda desk=one: desk.http.post(path, data=form).status_code for one in self.both]


@pytest.fixture
def desks(pg: Flask) -> Desks:
    return Desks(pg, found_office())


def together(*acts: Callable[[], int]) -> list[int]:
    """The answers of acts that were all under way before any of them could end."""
    answers: list[int] = []
    db.session.remove()
    threads = [threading.Thread(target=lambda a=act: answers.append(a())) for act in acts]
    with engine().connect() as other:
        other.execute(text("SELECT id FROM township FOR NO KEY UPDATE"))
        for thread in threads:
            thread.start()
        until = monotonic() + 4
        while _waiting() < len(acts) and monotonic() < until:
            sleep(0.02)
        other.rollback()
    for thread in threads:
        thread.join()
    return sorted(answers)


def _waiting() -> int:
    with engine().connect() as watch:
        return (
            watch.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
            )
            or 0
        )


def acts_of(what: str) -> int:
    db.session.rollback()
    said = select(func.count()).select_from(AuditEntry).where(AuditEntry.what == what)
    return db.session.scalar(said) or 0


@pytest.mark.postgresql
@pytest.mark.slow
class TestOnPostgresql:
    def test_of_two_plans_adopted_at_once_one_is_in_force(self, desks: Desks) -> None:
        keys = [desks.town.drawn("甲"), desks.town.drawn("乙")]
        acts = [
            desks.sending(f"/plans/{key}/adopt", desks.form(key, decision_reference="1号"))[desk]
            for desk, key in enumerate(keys)
        ]
        assert together(*acts) == [303, 422]
        adopted = select(func.count()).select_from(Plan).where(Plan.status == PlanStatus.ADOPTED)
        assert db.session.scalar(adopted) == 1
        assert acts_of("districts.adopt") == 1
        assert verify(db.session()) == []

    def test_a_plan_is_not_adopted_while_its_seats_change(self, desks: Desks) -> None:
        plan = desks.town.drawn()
        adopt, _ = desks.sending(f"/plans/{plan}/adopt", desks.form(plan, decision_reference="1号"))
        form = {
            "name": "镇",
            "term": "1",
            "approved_seats": "7",
            "population_basis": "hukou",
            "version": str(db.session.get_one(Plan, plan).congress.version),
        }
        path = f"/elections/{desks.town.election_id}/congresses/{Level.TOWN.value}"
        _, change = desks.sending(path, form)
        assert together(adopt, change) == [303, 422]
        board = desks.town.board(plan)
        assert (board.status is PlanStatus.ADOPTED) == (board.seats == 6)

    def test_the_same_form_from_two_desks_is_stored_once(self, desks: Desks) -> None:
        plan = desks.town.drawn()
        form = desks.form(plan, name="新名")
        del form["seen"]
        assert together(*desks.sending(f"/plans/{plan}/rename", form)) == [303, 409]
        assert acts_of("districts.rename") == 1

    def test_a_double_click_is_one_act_with_two_answers(self, desks: Desks) -> None:
        path = f"/congresses/{desks.town.congress_id()}/plans"
        desk = desks.both[0]
        again = StrictClient(desks.app, desks.town.office).sign_in(Role.DIRECTOR)
        form = {"name": "甲", "copy_of": "0", "op": "click"}
        clicks = [
            lambda one=one: one.http.post(path, data=form).status_code for one in (desk, again)
        ]
        assert together(*clicks) == [303, 303]
        assert acts_of("districts.create") == 1

    def test_a_page_is_read_from_one_moment(self, desks: Desks) -> None:
        """A plan saved between two questions of a page is not half on it."""
        plan = desks.town.drawn()
        mine = db.session.get_one(Plan, plan)
        send, _ = desks.sending(f"/plans/{plan}/delete", {"version": str(mine.version)})
        answers: list[int] = []
        thread = threading.Thread(target=lambda: answers.append(send()))
        thread.start()
        thread.join()
        assert answers == [303]
        rows = db.session.scalars(select(District).where(District.plan_id == plan)).all()
        db.session.rollback()
        assert (len(rows), db.session.get(Plan, plan)) == (3, None)

    def test_who_waits_too_long_is_told_to_try_again(self, desks: Desks) -> None:
        plan = desks.town.drawn()
        form = desks.form(plan, name="新名")
        del form["seen"]
        send, _ = desks.sending(f"/plans/{plan}/rename", form)
        db.session.remove()
        with engine().connect() as other:
            other.execute(text("SELECT id FROM township FOR NO KEY UPDATE"))
            began = monotonic()
            assert send() == 503
            assert 4 < monotonic() - began < 8
        assert (send(), acts_of("districts.rename")) == (303, 1)


@contextmanager
def deleting(town: DistrictTown, plan: int) -> Iterator[None]:
    """A colleague's deletion that is stored after what happens inside has begun."""
    with transaction() as session:
        plans.delete(Act(session, town.by, AT), session.get_one(Plan, plan))
        yield


def test_a_plan_deleted_between_page_and_act_is_gone(app: Flask, office: Office) -> None:
    desks = Desks(app, office)
    plan, answers = desks.town.drawn(), []
    form = desks.form(plan, name="新名")
    del form["seen"]
    send, _ = desks.sending(f"/plans/{plan}/rename", form)
    thread = threading.Thread(target=lambda: answers.append(send()))
    with deleting(desks.town, plan):
        thread.start()
        sleep(0.5)  # it has found the plan by now and waits for its turn
    thread.join()
    assert answers == [404]
