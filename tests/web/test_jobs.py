"""The page of a calculation: asked for once, watched, stopped, cancelled, failed with a remedy."""

from datetime import timedelta
from html import unescape

import pytest
from flask_babel import refresh
from sqlalchemy import func, select

from election.actions import jobs
from election.clock import now
from election.database import db, transaction
from election.models import Job, JobState, Plan
from election.planning.districting import Wishes
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown
from tests.builders import found_office
from tests.client import StrictClient
from tests.web.desks import queries_of
from tests.working import job_at, meanwhile, work


class Desk(DistrictTown):
    """The director's browser on the calculations of a small town."""

    def __init__(self, client: StrictClient) -> None:
        super().__init__(client.office)
        self.client = client.sign_in(Role.DIRECTOR)
        self.app = client.http.application

    def ask(self, *, level: Level = Level.TOWN, status: int = 303, **asked: str):
        path = f"/congresses/{self.congress_id(level)}/propose"
        return self.client.post(
            path, {"name": "建议", "limit": "10", "seed": "0", **asked}, status=status
        )

    def job(self, **asked: str) -> str:
        """The address of a new job's page."""
        return self.ask(**asked).location

    def page(self, path: str) -> str:
        return unescape(self.client.get(path).get_data(as_text=True))

    def index(self, **query: str) -> str:
        path = f"/congresses/{self.congress_id()}/districts"
        return unescape(self.client.get(path, **query).get_data(as_text=True))

    def plans(self) -> list[str]:
        db.session.rollback()
        return list(db.session.scalars(select(Plan.name).order_by(Plan.id)))


@pytest.fixture
def desk(client: StrictClient) -> Desk:
    return Desk(client)


def shown(answer) -> str:
    return unescape(answer.get_data(as_text=True))


def test_asking_answers_with_the_page_of_the_job_and_calculates_nothing(desk: Desk) -> None:
    path = desk.job(name="春季方案", seed="7", objective="sum", together="A1、A2")
    page = desk.page(path)
    assert job_at(path).state is JobState.WAITING
    assert "正在排队，前面还有0项" in page
    for told in ("春季方案", "各选区偏差的总和最小", "10秒", "<dd>7</dd>", "A1 A1村、A2 A2村"):
        assert told in page
    assert ("js/jobs.js" in page, "/cancel" in page, "/stop" in page) == (True, True, False)
    assert desk.plans() == []


def test_a_double_click_is_one_job(desk: Desk) -> None:
    assert desk.job(op="same") == desk.job(op="same")
    assert db.session.scalar(select(func.count()).select_from(Job)) == 1


def test_a_finished_job_says_how_good_the_plan_is_and_leads_to_it(desk: Desk) -> None:
    path = desk.job()
    work(desk.app)
    result = job_at(path).result or {}
    page = desk.page(path)
    value = f"{float(eval_fraction(result['value'])) * 100:.2f}%"
    assert f"最大偏差{value}" in page
    assert ("已证明没有更好的方案" in page) is result["optimal"]
    assert f'href="/plans/{result["plan_id"]}"' in page
    assert ("js/jobs.js" in page, "<progress" in page, "/cancel" in page) == (False, False, False)
    desk.client.language = "en"
    refresh()
    assert f"Largest deviation {value}" in desk.page(path)


def eval_fraction(text: str) -> float:
    over, _sign, under = text.partition("/")
    return int(over) / int(under or 1)


def test_a_plan_deleted_since_is_not_linked(desk: Desk) -> None:
    path = desk.job()
    work(desk.app)
    plan = (job_at(path).result or {})["plan_id"]
    board = desk.board(plan)
    desk.client.post(f"/plans/{plan}/delete", {"version": str(board.version)})
    assert desk.index().count(f'href="/plans/{plan}"') == 0
    assert desk.create("另一方案") > plan
    assert "该方案后来已删除" in desk.page(path)
    assert "另一方案" not in desk.page(path)


def test_the_page_asks_for_progress_as_json(desk: Desk) -> None:
    path = desk.job()
    told = desk.client.get(f"{path}/progress").get_json()
    assert told == {
        "state": "waiting",
        "ended": False,
        "done": 0.0,
        "of": 10,
        "texts": {
            "sentence": "正在排队，前面还有0项。",
            "phase": "",
            "value": "—",
            "bound": "—",
            "districts": "—",
            "seconds": "0",
        },
    }
    seen = []
    work(desk.app, solve=meanwhile(lambda: seen.append(desk.client.get(f"{path}/progress"))))
    assert (seen[0].get_json()["state"], seen[0].get_json()["ended"]) == ("running", False)
    ended = desk.client.get(f"{path}/progress").get_json()
    assert (ended["state"], ended["ended"]) == ("done", True)
    assert ended["texts"]["districts"] == str((job_at(path).result or {})["districts"])


def test_a_running_job_shows_its_bar_and_both_ways_to_end_it(desk: Desk) -> None:
    path, pages = desk.job(), []
    work(desk.app, solve=meanwhile(lambda: pages.append(desk.page(path))))
    for told in ("<progress", f'action="{path}/stop"', f'action="{path}/cancel"', "正在计算"):
        assert told in pages[0]


def test_stopping_keeps_the_best_and_cancelling_keeps_nothing(desk: Desk) -> None:
    kept, dropped = desk.job(name="留"), desk.job(name="弃")
    pages = []

    def end(path: str, how: str) -> None:
        desk.client.post(f"{path}/{how}")
        pages.append(desk.page(path))

    work(desk.app, solve=meanwhile(lambda: end(kept, "stop")))
    work(desk.app, solve=meanwhile(lambda: end(dropped, "cancel")))
    assert ("将保留目前最好的方案" in pages[0], "正在取消，不保留结果" in pages[1]) == (True, True)
    assert (f"{kept}/stop" in pages[0], f"{dropped}/cancel" in pages[1]) == (False, False)
    assert desk.plans() == ["留"]
    assert "原有方案未作任何改动" in desk.page(dropped)


def test_a_waiting_job_is_cancelled_at_once_and_an_ended_one_is_refused(desk: Desk) -> None:
    path = desk.job()
    assert "R.272" in shown(desk.client.post(f"{path}/stop", status=422))
    desk.client.post(f"{path}/cancel")
    assert job_at(path).state is JobState.CANCELLED
    assert work(desk.app) is False
    assert "R.273" in shown(desk.client.post(f"{path}/cancel", status=422))


def test_a_killed_worker_is_told_on_the_page_and_no_plan_has_changed(desk: Desk) -> None:
    before = desk.drawn()
    shape = desk.board(before)
    path = desk.job()
    with transaction() as session:
        jobs.claim(session, worker="killed", at=now() - timedelta(seconds=20))
    page = desk.page(path)
    assert "计算进程中断，方案未作任何改动，可重新开始" in page
    assert ("按这些要求重新计算" in page, 'class="figures"' in page) == (True, False)
    assert job_at(path).state is JobState.FAILED
    assert "计算进程中断" in desk.index()
    assert (desk.plans(), desk.board(before)) == (["方案一"], shape)


def test_the_list_of_plans_finds_a_dead_job_too(desk: Desk) -> None:
    path = desk.job()
    with transaction() as session:
        jobs.claim(session, worker="killed", at=now() - timedelta(seconds=20))
    assert "计算进程中断" in desk.index()
    assert job_at(path).state is JobState.FAILED


def test_a_failed_job_can_be_asked_for_again_with_all_its_choices(desk: Desk) -> None:
    path = desk.job(
        name="再试", seed="8", limit="60", together="A1、A2", apart="A3、A5", alone="A6", most="5"
    )
    with transaction() as session:
        jobs.claim(session, worker="killed", at=now() - timedelta(seconds=20))
    number = path.rpartition("/")[2]
    assert f"again={number}#propose" in desk.page(path)
    form = desk.index(again=number)
    for told in (
        'value="再试"',
        'value="8"',
        "A1、A2</textarea>",
        "A3、A5</textarea>",
        'value="A6"',
        '<option selected value="60">',
    ):
        assert told in form
    other = f"/congresses/{desk.congress_id(Level.COUNTY)}/districts"
    foreign = unescape(desk.client.get(other, again=number).get_data(as_text=True))
    assert "再试" not in foreign


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("together", "A1、X9", "没有编码为X9的单元"),
        ("together", "A1", "每行至少写两个单元的编码"),
        ("apart", "A1", "每行至少写两个不同单元的编码"),
        ("alone", "X9", "没有编码为X9的单元"),
        ("split", "X9", "没有编码为X9的单元"),
        ("least", "7", "名额共6名，最多划6个选区"),
        ("most", "1", "至少要划2个选区"),
        ("most", "x", "“x”不是0或正整数"),
        ("seed", "-1", ""),
        ("limit", "11", ""),
        ("source", "town_districts", ""),
        ("source", "county_districts", "县级选区方案尚未通过"),
    ],
)
def test_every_faulty_choice_has_its_sentence_and_nothing_typed_is_lost(
    desk: Desk, field: str, typed: str, sentence: str
) -> None:
    kept = {"split": "A4", "together": "A2、A3", "name": "试一试"}
    page = shown(desk.ask(**{**kept, field: typed}, status=422))
    form = page[page.index('id="propose"') : page.index("</form>", page.index('id="propose"'))]
    assert page.count("没有保存任何内容，您填写的内容仍保留，错误标在相应位置。") == 1
    assert "field-error" in form
    assert sentence in form
    shown_again = {name: text for name, text in kept.items() if name != field}
    assert all(text in form for text in shown_again.values())
    assert field in ("source", "limit") or typed in form
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_locked_districts_are_taken_from_a_plan_that_has_some(desk: Desk) -> None:
    plan = desk.drawn()
    page = shown(desk.ask(locked_from=str(plan), status=422))
    assert "该方案没有锁定的选区" in page


def test_three_waiting_jobs_are_enough_for_one_official(desk: Desk) -> None:
    for name in "甲乙丙":
        desk.ask(name=name)
    page = shown(desk.ask(name="丁", status=422))
    assert ("R.271 您已有3项计算在等待" in page, 'value="丁"' in page) == (True, True)


def test_a_name_in_use_is_refused_beside_the_field(desk: Desk) -> None:
    desk.create("建议")
    assert "已有同名方案" in shown(desk.ask(status=422))


def test_the_workplaces_are_offered_as_districts_of_their_own(desk: Desk) -> None:
    assert "本次登记的单位：A6 A6村" in desk.index()


def test_a_plan_shows_its_choices_and_can_be_improved_with_them(desk: Desk) -> None:
    path = desk.job(together="A1、A2", most="5", objective="sum", seed="3")
    work(desk.app)
    plan = (job_at(path).result or {})["plan_id"]
    page = desk.page(f"/plans/{plan}")
    assert ("A1 A1村、A2 A2村" in page, f"improve={plan}#propose" in page) == (True, True)
    form = desk.index(improve=str(plan))
    for told in (
        "建议（改进）",
        "A1、A2</textarea>",
        '<option selected value="300">',
        '<option selected value="sum">',
        'value="4"',
    ):
        assert told in form
    stored = db.session.get_one(Plan, plan)
    assert Wishes.from_json(stored.wishes) == Wishes(together=(("A1", "A2"),), most=5)


def test_who_may_not_edit_districts_watches_and_a_foreign_office_sees_nothing(desk: Desk) -> None:
    path = desk.job()
    registrar = StrictClient(desk.app, desk.office).sign_in(Role.REGISTRAR)
    page = shown(registrar.get(path))
    assert ("/cancel" in page, "again=" in page) == (False, False)
    registrar.get(f"{path}/progress")
    foreign = StrictClient(desk.app, found_office(code="330225104", name="石浦镇"))
    foreign.sign_in(Role.DIRECTOR)
    for one, status in ((registrar, 403), (foreign, 404)):
        one.post(f"{path}/stop", status=status)
        one.post(f"{path}/cancel", status=status)
    foreign.get(path, status=404)
    foreign.get(f"{path}/progress", status=404)
    assert job_at(path).state is JobState.WAITING


def test_the_list_of_jobs_takes_as_many_queries_for_three_as_for_one(desk: Desk) -> None:
    path, counts = f"/congresses/{desk.congress_id()}/districts", []
    for name in ("甲", "乙", "丙"):
        desk.ask(name=name)
        counts.append(queries_of(lambda: desk.client.get(path)))
    assert counts[0] == counts[1] == counts[2]
    assert [name in desk.index() for name in ("甲", "乙", "丙")] == [True] * 3


def test_without_the_set_up_stage_nothing_is_asked(desk: Desk) -> None:
    desk.adopt(desk.drawn())
    desk.begin_nomination()
    assert "R.151" in shown(desk.ask(status=422))
