"""The order of names, the reduction and the two lists on their pages."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select

from election.database import db
from election.exchange.spreadsheets import read_table
from election.models import Milestone, Person
from election.queries.audit import verify
from election.queries.candidates import lists as queries
from election.queries.candidates.lists import FIRST_LIST
from election.rules.access import Role
from election.rules.candidates.kinds import Which
from tests.builders import Office
from tests.client import StrictClient
from tests.queries.candidates.office import (
    Town,
    a_town,
    fill,
    publish,
    stand,
    statuses,
    to_formal_list,
)
from tests.web.candidates.listing import NUMBER, candidacy_of, key, lists, text


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


# --- order ---


def test_the_director_moves_equal_strokes_and_confirms(client: StrictClient, town: Town) -> None:
    for name in ("王一", "方一"):
        stand(town, name)
    client.sign_in(Role.DIRECTOR)
    page = client.get(f"/districts/{key(town)}/candidates").get_data(as_text=True)
    order = re.findall(r'name="order" value="([c0-9 ]+)"', page)
    assert order[0].split() == list(reversed(order[1].split()))
    client.post(f"/districts/{key(town)}/order", {"order": order[0]})
    line = queries.district_line(db.session(), town.district(1))
    assert ([candidacy.person.name for candidacy in line.nominees], line.order) == (
        ["王一", "方一"],
        (),
    )
    client.post(f"/districts/{key(town)}/order", {"order": "c1 c1"}, status=422)
    stand(town, "丁一")  # two strokes: no arrow may move anybody before her
    page = client.get(f"/districts/{key(town)}/candidates").get_data(as_text=True)
    assert page.count("上移一位") == 1


# --- reduction ---


def reduction(town: Town, **terms: object) -> dict[str, object]:
    db.session.expire_all()
    people = queries.district_line(db.session(), town.district(1)).nominees
    return {"seen": " ".join(f"{candidacy.id}:{candidacy.version}" for candidacy in people)} | terms


def test_a_consultation_is_recorded_on_its_page(client: StrictClient, town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    path = f"/districts/{key(town)}/formal-candidates"
    client.get(path)
    retained = {f"keep_{candidacy_of(town, name).id}": "y" for name in ("丁一", "马一", "王一")}
    fields = reduction(town, way="consultation", note="12月3日讨论", **retained)
    client.post(path, fields)
    assert [n for n, status in statuses(town).items() if status == "formal"] == [
        "丁一",
        "马一",
        "王一",
    ]
    page = client.get(path).get_data(as_text=True)
    assert page.count("checked") == 4  # three kept, and the way
    assert "12月3日讨论" in text(client.get(f"/districts/{key(town)}/candidates"))
    client.post(path, fields | {"op": "again"}, status=409)
    forged = re.sub(r":[0-9]+", ":²", str(fields["seen"]))
    client.post(path, fields | {"op": "forged", "seen": forged}, status=409)


def test_a_tie_of_the_primary_comes_back_with_the_ways_out(
    client: StrictClient, town: Town
) -> None:  # EX-17
    fill(town, people={1: 7})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    path = f"/districts/{key(town)}/formal-candidates"
    people = list(statuses(town))
    votes = {
        f"votes_{candidacy_of(town, name).id}": count
        for name, count in zip(people, (310, 280, 200, 150, 150, 90, 40), strict=True)
    }
    fields = reduction(town, way="primary", participants=900, places=4, **votes)
    page = text(client.post(path, fields, status=422))
    assert "方一、叶一得票相等，争1个名额，程序不作决定" in page
    assert "按此得票不遇并列的候选人名额：3名" in page
    assert set(statuses(town).values()) == {"preliminary"}
    chosen = {f"tie_{candidacy_of(town, '叶一').id}": "y", "decision": "12月6日再次预选"}
    client.post(path, fields | chosen | {"op": "decided"})
    assert statuses(town)["叶一"] == "formal"
    assert "得票相等由人决定：12月6日再次预选" in text(
        client.get(f"/districts/{key(town)}/candidates")
    )


def test_a_vote_that_cannot_be_is_named_under_its_field(client: StrictClient, town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    path = f"/districts/{key(town)}/formal-candidates"
    votes = {f"votes_{candidacy_of(town, name).id}": 901 for name in statuses(town)}
    fields = reduction(town, way="primary", participants=900, places=4, **votes)
    assert "“丁一”的预选得票须填写，且不超过参加人数900" in text(
        client.post(path, fields, status=422)
    )
    fields = reduction(town, way="primary", participants="", places=4)
    assert "请填写参加预选的选民人数" in text(client.post(path, fields, status=422))


def test_an_illegal_number_is_refused_in_the_words_of_the_law(
    client: StrictClient, town: Town
) -> None:
    fill(town, people={1: 5})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    answer = client.post(
        f"/districts/{key(town)}/formal-candidates", reduction(town, way="all"), status=422
    )
    assert "应选2名，正式代表候选人5名，多于法定最多数4名" in text(answer)


# --- lists ---


def test_a_late_list_is_recorded_with_a_reason_and_shows_its_error(
    client: StrictClient, town: Town
) -> None:
    fill(town)
    client.sign_in(Role.DIRECTOR)
    path = f"{lists(town, 'first')}/publish"
    fields = {"done_on": "2021-12-02", "no_member_listed": "y"}
    assert "R.488" in text(client.post(path, fields, status=422))
    client.post(path, fields | {"reason": "台风停工", "op": "b"})
    page = text(client.get(lists(town, "first")))
    assert ("E.121" in page, "已于2021年12月2日公布" in page, "台风停工" in page) == (True,) * 3
    assert db.session.scalars(
        select(Milestone.done_on).where(Milestone.key == FIRST_LIST)
    ).all() == [date(2021, 12, 2)]
    assert verify(db.session()) == []


def test_a_day_that_has_not_come_is_not_recorded(client: StrictClient, town: Town) -> None:
    fill(town)
    client.sign_in(Role.DIRECTOR)
    answer = client.post(
        f"{lists(town, 'first')}/publish",
        {"done_on": "2199-12-02", "no_member_listed": "y"},
        status=422,
    )
    assert "日期不能晚于今天" in text(answer)


def test_the_notice_is_printed_as_the_office_edits_it(client: StrictClient, town: Town) -> None:
    to_formal_list(town)
    client.sign_in(Role.REGISTRAR)
    answer = client.get(
        f"{lists(town, 'formal')}/notice.pdf",
        number="第6号",
        signatory="某选举委员会",
        issuer="",
        day="2021-12-08",
    )
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    client.get(f"{lists(town, 'formal')}/notice.pdf", day="garbage")
    client.get(f"/congresses/{town.congress().id}/candidate-lists/other/notice.pdf", status=404)


def test_a_character_the_font_lacks_is_told_before_printing(
    client: StrictClient, town: Town
) -> None:
    stand(town, "王𠮷")
    client.sign_in(Role.REGISTRAR)
    path = f"{lists(town, 'first')}/notice.pdf"
    page = text(client.get(path, status=422, number="第5号"))
    assert ("U+20BB7" in page, "涉及姓名：王𠮷" in page) == (True, True)
    assert client.get(path, anyway="1").data.startswith(b"%PDF-")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_holds_what_the_notice_prints_and_nothing_private(
    client: StrictClient, town: Town, form: str
) -> None:
    stand(town, "王𬭎", id_number=NUMBER, occupation="=1+1", party="群众")
    stand(town, "马·买买提", 3)
    client.sign_in(Role.REGISTRAR)
    body = client.get(f"{lists(town, 'first')}/list.{form}").data
    rows = [cells for _number, cells in read_table(body, f"list.{form}").rows]
    assert [row[2] for row in rows[1:]] == ["王𬭎", "马·买买提"]
    assert rows[1][:6] == ("第1选区", "2", "王𬭎", "女", "汉族" if rows[1][4] else "", "1980年5月")
    flat = " ".join(cell for row in rows for cell in row)
    assert (NUMBER in flat, "1980-05-01" in flat, "19800501" in flat) == (False, False, False)
    assert io.BytesIO(body).getbuffer().nbytes > 50


def test_particulars_are_corrected_and_the_number_stays_when_left_empty(
    client: StrictClient, town: Town
) -> None:
    stand(town, "丁一", id_number=NUMBER)
    person = candidacy_of(town, "丁一").person
    fields = {
        "name": "丁　一",
        "sex": "female",
        "birth_month": "1980-05",
        "occupation": "农民",
        "version": person.version,
    }
    client.sign_in(Role.REGISTRAR)
    path = f"/persons/{person.id}/edit"
    page = client.get(path).get_data(as_text=True)
    assert ("330225********1229" in page, NUMBER in page) == (True, False)
    client.post(path, fields)
    db.session.expire_all()
    stored = db.session.scalars(select(Person)).one()
    assert (stored.name, stored.occupation, stored.id_number) == ("丁一", "农民", NUMBER)
    client.post(path, fields | {"op": "x"}, status=409)
    for wrong in ({"name": "=丁"}, {"birth_month": "1980-13"}, {"id_number": "1"}, {"sex": "none"}):
        client.post(path, fields | {"version": stored.version, "op": "y"} | wrong, status=422)
    assert Which.FIRST.value == "first"
