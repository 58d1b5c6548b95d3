"""Where all sheets stand: states, what each wants from whom, codes typed on election night."""

from dataclasses import replace

import pytest

from election.actions import counting
from election.actions.act import Act
from election.database import db, transaction
from election.queries.counting import board, display_names, find_by_code, next_for, sheet_lines
from election.rules.access import Role
from election.rules.counting import SheetState
from election.rules.terms import Level
from tests.actions import small_town as small
from tests.builders import AT, Office


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _line(town: small.Town, code: str):
    (line,) = find_by_code(sheet_lines(db.session(), town.election_id), code)
    return line


def test_sheets_are_listed_by_congress_district_and_place(town: small.Town) -> None:
    codes = [line.code for line in sheet_lines(db.session(), town.election_id)]
    assert codes == [
        "T01-1-M01",
        "T01-1-S01",
        "T02-1-S02",
        "T03-1-S03",
        "C01-1-M01",
        "C01-1-S01",
        "C01-1-S02",
        "C01-1-S03",
    ]


def test_a_sheet_wants_an_entry_from_everybody_but_who_made_one(town: small.Town) -> None:
    ids = town.ids(2)
    one, other = (town.actor(Role.TELLER, n).number for n in (0, 1))
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    sheet_id = town.sheet(2, "S02").id
    assert _line(town, "T02-1-S02").wants(one) == "enter"
    small.enter(town, sheet_id, figures, 0)
    line = _line(town, "T02-1-S02")
    assert (line.wants(one), line.wants(other)) == (None, "enter")
    small.enter(town, sheet_id, figures | {"blank": 0}, 1)
    line = _line(town, "T02-1-S02")
    assert (line.state, line.wants(one), line.wants(other)) == (SheetState.DIFFERING, None, None)
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        counting.send_back(Act(session, town.actor(Role.SCRUTINEER), AT), sheet, slots=[2])
    line = _line(town, "T02-1-S02")
    assert (line.wants(one), line.wants(other)) == (None, "correct")
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        counting.correct(Act(session, town.actor(Role.TELLER, 1), AT), sheet, {"blank": 1})
    assert _line(town, "T02-1-S02").wants(other) is None
    assert _line(town, "T02-1-S02").state is SheetState.AGREED


def test_the_board_counts_states_and_missing_accounts(town: small.Town) -> None:
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.count(town, town.sheet(2, "S02").id, figures)
    small.enter(
        town, town.sheet(3, "S03").id, small.paper(dict.fromkeys(town.ids(3).values(), 9)), 0
    )
    found = board(db.session(), town.election_id)
    assert {state.value: n for state, n in found.states.items() if n} == {
        "awaiting_first": 6,
        "awaiting_second": 1,
        "signed": 1,
    }
    assert found.without_account == 7
    rounds = found.of_level(Level.TOWN).rounds
    assert [(one.head.district_number, one.signed, one.complete) for one in rounds] == [
        (1, 0, False),
        (2, 1, True),
        (3, 0, False),
    ]


def test_namesakes_are_told_apart_by_their_place_on_the_ballot(town: small.Town) -> None:
    people = [row.candidacy for row in town.round(2).candidates]
    people[1].person.name = people[0].person.name
    assert display_names(people) == {
        person.code: f"李四（{place}）" for place, person in enumerate(people, start=1)
    }
    db.session.rollback()


def test_a_short_code_that_fits_two_places_opens_neither(town: small.Town) -> None:
    line = sheet_lines(db.session(), town.election_id)[0]
    far = replace(line, id=99, district_id=99, district_number=11, place_id=98)
    near = replace(line, place_code="1M01")
    assert find_by_code([far, near], "t11m01") == [far, near]
    assert find_by_code([far, near], "t11-1-m01") == [far]


def test_the_latest_round_is_meant_unless_the_code_says_another(town: small.Town) -> None:
    line = sheet_lines(db.session(), town.election_id)[0]
    again = replace(line, id=99, round_number=2)
    assert find_by_code([line, again], "t1m01") == [again]
    assert find_by_code([line, again], "t11m01") == [line]


def test_a_teller_goes_on_with_the_place_then_with_those_after_it(town: small.Town) -> None:
    lines = sheet_lines(db.session(), town.election_id)
    me = town.actor(Role.TELLER).number
    order, after, left = [], lines[2].id, list(lines)
    while (line := next_for(left, me, after)) is not None:
        order.append(line.code)
        left = [replace(x, entered_by=(me,)) if x.id == line.id else x for x in left]
        after = line.id
    assert order == [
        "T02-1-S02",
        "C01-1-S02",
        "C01-1-S03",
        "T03-1-S03",
        "C01-1-M01",
        "T01-1-M01",
        "T01-1-S01",
        "C01-1-S01",
    ]
    assert next_for(lines, me, 10**6) is None
