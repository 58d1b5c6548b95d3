"""Seats by every method, other numbers of seats, charts of a plan, a question of what if."""

import io
import re
from html import unescape
from urllib.parse import unquote

import pytest
from flask_babel import refresh
from werkzeug.test import TestResponse

from election.actions.districts.drafts import renumber
from election.database import db
from election.exchange.spreadsheets import Sheet, read_table, write_xlsx
from election.models import AuditEntry, PopulationBasis
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown, units
from tests.builders import found_office
from tests.client import StrictClient
from tests.reports.test_charts import said
from tests.web.desks import queries_of, text_of


class Desk(DistrictTown):
    """The director's browser."""

    def __init__(self, client: StrictClient, **people: int | None) -> None:
        super().__init__(client.office, units(**people))
        self.client = client.sign_in(Role.DIRECTOR)

    def get(self, path: str, *, status: int = 200, **query: str) -> TestResponse:
        return self.client.get(path, status=status, **query)


@pytest.fixture
def desk(client: StrictClient) -> Desk:
    return Desk(client)


TOWNS = "编码,名称,人口\nA,甲镇,6\nB,乙镇,6\nC,丙乡,2\n合计,,14\n"


def ask(text: str = TOWNS, **more: object) -> dict[str, object]:
    return {"text": text, "seats": "10", "floor": "", "cap": "", "op": "a"} | more


def test_the_table_names_what_each_method_does(desk: Desk) -> None:
    plan = desk.drawn()
    page = text_of(desk.get(f"/plans/{plan}/seats"))
    assert "各种方法须知" in page
    assert "每名代表所代表的人口数，及与平均数1000.0人的偏差" in page
    assert "1050.0" in page  # district 1: 2,100 people, 2 seats
    assert f'href="/plans/{plan}/charts"' in page


def test_a_workbook_of_seats_has_three_sheets_and_csv_the_first(desk: Desk) -> None:
    plan = desk.drawn()
    raw = desk.get(f"/plans/{plan}/seats.xlsx").get_data()
    assert read_table(raw, "x").other_sheets == ("每名代表人口与偏差", "各法须知")
    raw = desk.get(f"/plans/{plan}/seats.csv").get_data()
    assert len(read_table(raw, "x").rows) == 6  # header, three districts, total, tied


def test_what_if_shares_any_table_and_stores_nothing(desk: Desk) -> None:
    before = db.session.query(AuditEntry).count()
    assert 'name="text"' in text_of(desk.get("/seats"))
    page = text_of(desk.client.post("/seats", ask(), status=200))
    assert "总名额由10名增至11名时，C 丙乡反由2名减为1名（亚拉巴马悖论）" in page
    assert "C,丙乡,2" in page  # the table stays in the form
    assert db.session.query(AuditEntry).count() == before


def test_what_if_reads_a_file_and_what_a_spreadsheet_puts_on_the_clipboard(desk: Desk) -> None:
    tabbed = TOWNS.replace(",", "\t")
    book = write_xlsx([Sheet("x", ["code", "population"], [["A", 6], ["B", 6], ["C", 2]])])
    for given in (ask(tabbed), ask("", file=(io.BytesIO(book), "towns.xlsx"))):
        page = text_of(desk.client.post("/seats", given, status=200))
        assert "总名额由10名增至11名时" in page


def test_what_if_answers_as_a_file_too(desk: Desk) -> None:
    for kind in ("xlsx", "csv"):
        raw = desk.client.post(f"/seats.{kind}", ask(), status=200).get_data()
        assert [row[1][:6] for row in read_table(raw, kind).rows[1:4]] == [
            ("A", "甲镇", "6", "30/7", "4.2857", "4"),
            ("B", "乙镇", "6", "30/7", "4.2857", "4"),
            ("C", "丙乡", "2", "10/7", "1.4286", "2"),
        ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ask("编码,人口\nA,\nB,x\n"), ("E.8",)),
        (ask(""), ("E.8",)),
        (ask("编码\nA\n"), ("人口",)),
        (ask("编码,人口\n"), ("E.8",)),
        (ask("编码,人口\n" + "".join(f"A{n},5\n" for n in range(1001))), ("E.809",)),
        (ask("编码,人口\nA,5\nA,6\n"), ("单元编码重复",)),
        (ask("编码,人口\nA,0\n"), ("总人口为0",)),
        (ask(seats="0"), ("field-error",)),
        (ask(seats=""), ("field-error",)),
        (ask(seats="99999"), ("field-error",)),
        (ask(floor="4"), ("名额10名不够",)),
        (ask(cap="2"), ("名额10名放不下",)),
        (ask(floor="3", cap="1"), ("矛盾",)),
    ],
)
def test_bad_input_of_what_if_is_named_and_kept(desk: Desk, given, said) -> None:
    page = text_of(desk.client.post("/seats", given, status=422))
    assert [text for text in said if text not in page] == []
    desk.client.post("/seats.csv", given, status=422)


def test_the_curve_says_that_the_number_is_fixed_elsewhere(desk: Desk) -> None:
    key = desk.congress_id()
    page = text_of(desk.get(f"/congresses/{key}/seats/fairness", method="sainte-lague"))
    assert "代表名额6名已依法确定（《选举法》第十三条" in page
    assert "按确定的6名，最大偏差为20.00%。" in page
    desk.client.language = "en"
    refresh()
    page = text_of(desk.get(f"/congresses/{key}/seats/fairness"))
    assert "fixed by decision (Electoral Law Art. 13, 15" in page


def test_the_curve_over_the_districts_of_a_plan_keeps_one_to_three_seats(desk: Desk) -> None:
    plan = desk.drawn()
    page = text_of(desk.get(f"/congresses/{desk.congress_id()}/seats/fairness", plan=str(plan)))
    assert "此时没有名额的" not in page
    assert "在3至9名之间" in page  # three districts
    rows = re.findall(r'<td[^>]*class="num">(\d+)</td><td[^>]*class="num">([\d.]+%)</td>', page)
    assert [int(number) for number, _value in rows] == [3, 4, 5, 6, 7, 8, 9]
    assert rows[3] == ("6", "10.00%")  # 1,050, 1,050 and 900 against 1,000


def test_a_figure_not_known_stays_unknown_and_names_its_units(desk: Desk) -> None:
    page = text_of(desk.get(f"/congresses/{desk.congress_id()}/seats/fairness"))
    assert "常住人口：有6个单元未知，不能计算：A1 A1村、A2 A2村" in page
    assert "个单元按常住人口" not in page
    known = desk.congress_id()
    desk.congress(Level.TOWN, 6, PopulationBasis.RESIDENT)
    page = text_of(desk.get(f"/congresses/{known}/seats/fairness"))
    assert "下列单元没有常住人口数" in page
    desk.get(f"/congresses/{known}/seats/fairness.svg", status=404)
    desk.get(f"/congresses/{known}/seats/basis.svg")


def test_who_would_have_no_seat_is_named(client: StrictClient) -> None:
    desk = Desk(client, A2=20)
    page = text_of(desk.get(f"/congresses/{desk.congress_id()}/seats/fairness"))
    assert "此时没有名额的：A2 A2村。" in page
    table = text_of(desk.get(f"/congresses/{desk.congress_id()}/seats"))
    assert table.count("1个没有名额") == 3  # all but Adams, Dean and Huntington-Hill


def test_what_the_address_gets_wrong_falls_back_or_is_not_there(desk: Desk) -> None:
    key, county = desk.congress_id(), desk.drawn("县", Level.COUNTY)
    page = desk.get(f"/congresses/{key}/seats/fairness", method="lots", floor="-3", cap="x")
    assert '<option value="largest-remainder" selected>' in text_of(page)
    desk.get(f"/congresses/{key}/seats/fairness", plan=str(county), status=404)
    low = desk.get(f"/congresses/{key}/seats/fairness", floor="999")
    assert "不够" in text_of(low)


def test_every_chart_of_a_plan_has_its_table_and_both_files(desk: Desk) -> None:
    plan = desk.drawn()
    for order in ("number", "deviation", "else"):
        page = text_of(desk.get(f"/plans/{plan}/charts", order=order))
        assert (page.count("<figure>"), page.count("<table")) == (3, 3)
    for name in ("deviation", "seats", "people"):
        svg = desk.get(f"/plans/{plan}/charts/{name}.svg")
        assert (svg.mimetype, svg.get_data()[:5]) == ("image/svg+xml", b"<?xml")
        png = desk.get(f"/plans/{plan}/charts/{name}.png")
        assert (png.mimetype, png.get_data()[:4]) == ("image/png", b"\x89PNG")
    desk.get(f"/plans/{plan}/charts/other.svg", status=404)
    empty = desk.create("空")
    assert "没有可画的图" in text_of(desk.get(f"/plans/{empty}/charts"))
    desk.get(f"/plans/{empty}/charts/deviation.svg")


def test_rows_by_deviation_begin_with_the_largest_above(desk: Desk) -> None:
    plan = desk.drawn()
    desk.save(plan, {}, {1: 3, 2: 1, 3: 2})
    page = text_of(desk.get(f"/plans/{plan}/charts", order="deviation"))
    first = page.split("<figure>")[1]
    assert re.findall(r"<tr><td>(\d)</td>", first) == ["2", "3", "1"]


def test_a_chart_is_drawn_anew_only_when_its_data_or_language_change(desk: Desk) -> None:
    plan = desk.drawn()
    path = f"/plans/{plan}/charts/deviation.svg"
    first = desk.get(path)
    etag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = desk.client.http.get(f"{path}?lang=zh_Hans_CN", headers={"If-None-Match": etag})
    assert (again.status_code, again.get_data()) == (304, b"")
    refresh()
    english = desk.client.http.get(f"{path}?lang=en", headers={"If-None-Match": etag})
    assert (english.status_code, english.headers["ETag"] == etag) == (200, False)
    refresh()
    desk.save(plan, {"A2": 2})
    moved = desk.client.http.get(f"{path}?lang=zh_Hans_CN", headers={"If-None-Match": etag})
    assert moved.status_code == 200
    refresh()
    desk.save(plan, {"A2": 1})
    assert desk.get(path).headers["ETag"] == etag
    assert desk.get(path).get_data() == first.get_data()


def test_two_plans_of_one_congress_are_compared_in_a_chart(desk: Desk) -> None:
    one, other = desk.drawn(), desk.drawn("方案二")
    county = desk.drawn("县", Level.COUNTY)
    path = f"/congresses/{desk.congress_id()}/compare"
    page = text_of(desk.get(path, a=str(one), b=str(other)))
    for kind in ("svg", "png"):
        assert f'href="{path}.{kind}?a={one}&amp;b={other}" download' in page
        desk.get(f"{path}.{kind}", a=str(one), b=str(other))
    for a, b in ((str(one), str(county)), (str(one), "999")):
        desk.get(f"{path}.svg", a=a, b=b, status=404)
    desk.client.get(f"/congresses/{desk.congress_id(Level.COUNTY)}/compare.svg", status=404)


def test_the_page_of_two_plans_shows_their_chart_matched_as_the_page_is(desk: Desk) -> None:
    one = desk.drawn("方案一")
    other = desk.create("方案二", copy=one)
    ids = {line.number: line.id for line in desk.board(other).districts}
    desk.act(renumber, other, numbers={ids[1]: 3, ids[3]: 1})
    path = f"/congresses/{desk.congress_id()}/compare"
    page = unescape(text_of(desk.get(path, a=str(one), b=str(other))))
    links = re.findall(rf'(?:src|href)="({path}\.(?:svg|png)[^"]*)"', page)
    assert links == [f"{path}.{form}?a={one}&b={other}" for form in ("svg", "svg", "png")]
    chart = desk.get(f"{path}.svg", a=str(one), b=str(other))
    assert saved_as(chart) == "方案一-方案二-两方案各选区人口偏差.svg"
    labels = [text for text in said(chart.get_data()) if text.startswith("第")]
    assert labels == ["第1→3选区", "第2选区", "第3→1选区"]


def test_a_chart_is_shown_in_the_page_and_saved_under_a_name(desk: Desk) -> None:
    plan, body = desk.drawn("方案一"), desk.congress_id()
    names = {
        f"/plans/{plan}/charts/deviation.svg": "方案一-各选区人口偏差.svg",
        f"/plans/{plan}/charts/seats.png": "方案一-各选区应选代表名额.png",
        f"/plans/{plan}/charts/people.png": "方案一-每名代表所代表的人口数.png",
        f"/congresses/{body}/seats/fairness.svg": "town-不同名额数下的最大偏差（最大余数法）.svg",
        f"/congresses/{body}/seats/basis.png": "town-按户籍人口与按常住人口所得名额.png",
    }
    assert {path: saved_as(desk.get(path)) for path in names} == names


def saved_as(answer: TestResponse) -> str:
    """The name under which a browser saves a file it also shows."""
    kind, _semicolon, rest = answer.headers["Content-Disposition"].partition("; ")
    assert kind == "inline"
    return unquote(rest.rpartition("''")[2])


def test_who_may_see_the_office_may_look_and_another_office_sees_nothing(desk: Desk) -> None:
    plan, key = desk.drawn(), desk.congress_id()
    paths = [
        f"/congresses/{key}/seats/fairness",
        f"/congresses/{key}/seats/fairness.svg",
        f"/congresses/{key}/seats/basis.png",
        f"/plans/{plan}/charts",
        f"/plans/{plan}/charts/seats.svg",
        f"/congresses/{key}/compare.svg?a={plan}&b={plan}",
    ]
    application = desk.client.http.application
    registrar = StrictClient(application, desk.client.office).sign_in(Role.REGISTRAR)
    foreign = StrictClient(application, found_office(code="330225104", name="石浦镇"))
    foreign.sign_in(Role.DIRECTOR)
    for path in paths:
        assert registrar.http.get(path).status_code == 200
        assert foreign.http.get(path).status_code == 404
    registrar.get("/seats")
    assert desk.client.http.application.test_client().get("/seats").status_code in (302, 303)


def test_more_districts_cost_no_more_queries(desk: Desk) -> None:
    plan = desk.create()
    desk.save(plan, {"A1": 1})
    desk.save(plan, {}, {1: 2})
    key = desk.congress_id()
    paths = [
        f"/plans/{plan}/charts",
        f"/plans/{plan}/seats",
        f"/congresses/{key}/seats/fairness",
        f"/congresses/{key}/seats/fairness?plan={plan}",
        f"/plans/{plan}/charts/deviation.svg",
    ]
    few = [queries_of(lambda path=path: desk.client.http.get(path)) for path in paths]
    desk.save(plan, {"A2": 2, "A3": 3, "A4": 3, "A5": 2, "A6": 1})
    many = [queries_of(lambda path=path: desk.client.http.get(path)) for path in paths]
    assert few == many
