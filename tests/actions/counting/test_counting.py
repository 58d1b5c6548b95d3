"""Entries, comparisons and signatures of count sheets."""

import pytest
from sqlalchemy import func, select

from election.actions import counting
from election.actions.act import Act
from election.database import db, transaction
from election.models import (
    AuditEntry,
    Candidacy,
    CandidacyStatus,
    Election,
    Entry,
    Round,
)
from election.queries.audit import verify
from election.queries.counting import pending
from election.rules.access import Role
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.actions.counting.sheets import _by_scrutineer, _differ, _refused, _sheet, _state
from tests.builders import AT, Office


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _correct(town: small.Town, sheet_id: int, which: int, typed: dict, **more) -> None:
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        counting.correct(Act(session, town.actor(Role.TELLER, which), AT), sheet, typed, **more)


def test_moving_to_the_count_opens_one_round_a_district_with_a_sheet_for_every_place(
    town: small.Town,
) -> None:
    rounds = db.session.scalars(select(Round).order_by(Round.id)).all()
    assert [(r.code, r.seats, r.counts_as, r.attempt) for r in rounds] == [
        ("town-1-r1", 2, "first", 1),
        ("town-2-r1", 1, "first", 1),
        ("town-3-r1", 1, "first", 1),
        ("county-1-r1", 1, "first", 1),
    ]
    sheets = {r.code: [s.place.code for s in r.sheets] for r in rounds}
    assert sheets["town-1-r1"] == ["M01", "S01"]
    assert sheets["county-1-r1"] == ["M01", "S01", "S02", "S03"]


def test_candidates_stand_on_the_ballot_in_stroke_order(town: small.Town) -> None:
    names = [row.candidacy.person.name for row in town.round(1).candidates]
    assert names == ["丁一", "王二", "张三"]


def test_opening_the_first_rounds_twice_makes_unused_ones_anew_and_keeps_used_ones(
    town: small.Town,
) -> None:
    kept, _ = _sheet(town)
    small.keep(town, kept, small.paper({}))
    used, unused = town.round(2).id, town.round(1).id
    person = db.session.scalars(
        select(Candidacy).where(Candidacy.district_id == town.districts[1])
    ).first()
    key = person.id
    with transaction() as session:
        session.get_one(Candidacy, key).status = CandidacyStatus.INACTIVE
        election = session.get_one(Election, town.election_id)
        counting.open_first_rounds(Act(session, town.actor(Role.DIRECTOR), AT), election)
    assert town.round(2).id == used
    assert town.round(1).id != unused
    assert len(town.round(1).candidates) == 2
    assert verify(db.session()) == []


def test_two_equal_entries_by_two_people_agree_and_a_third_signs(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.count(town, sheet_id, figures)
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.figures) == (SheetState.SIGNED, figures)
    assert sheet.signed_by == town.actor(Role.SCRUTINEER).number
    assert verify(db.session()) == []


def test_the_records_of_entry_and_signature_commit_to_the_figures(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.count(town, sheet_id, figures)
    records = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.what.in_(("count.entry", "count.sign")))
        .order_by(AuditEntry.seq)
    ).all()
    entries = [{k: v for k, v in r.data.items() if k not in ("rows", "salt")} for r in records]
    assert entries == [
        {
            "election": town.election_id,
            "round": "town-2-r1",
            "place": "S02",
            "stage": stage,
            "sheet": figures,
        }
        for stage in ("entry1", "entry2", "signed")
    ]
    assert len({r.who for r in records}) == 3


def test_the_same_person_may_not_enter_twice(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.enter(town, sheet_id, figures, 0)
    _refused("R.362", small.enter, town, sheet_id, figures, 0)
    assert [e.slot for e in db.session.scalars(select(Entry))] == [1]


def test_an_entry_with_errors_is_stored_only_when_the_teller_says_the_paper_says_so(
    town: small.Town,
) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110}) | {f"for:{ids['李四']}": 181}
    _refused("R.365", small.enter, town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 0, confirmed=True)
    small.enter(town, sheet_id, figures, 1, confirmed=True)
    small.keep(town, sheet_id, figures)
    assert _state(sheet_id) is SheetState.AGREED
    _refused("R.382", small.sign, town, sheet_id)


def test_a_figure_that_is_no_figure_is_never_stored(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    for bad in ({"issued": -1}, {"issued": 10**9}, {"nonsense": 3}):
        _refused("R.365", small.enter, town, sheet_id, figures | bad, 0, confirmed=True)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_a_field_left_empty_is_unknown_and_stops_the_signature(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.keep(town, sheet_id, figures)
    del figures["blank"]
    small.enter(town, sheet_id, figures, 0, confirmed=True)
    small.enter(town, sheet_id, figures, 1, confirmed=True)
    assert "blank" not in town.sheet(2, "S02").figures
    _refused("R.382", small.sign, town, sheet_id)


def test_nothing_is_signed_before_the_ballot_account_is_kept(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    _refused("R.382", small.sign, town, sheet_id)
    small.keep(town, sheet_id, figures)
    small.sign(town, sheet_id)
    assert _state(sheet_id) is SheetState.SIGNED


def test_differing_entries_are_sent_back_corrected_and_signed(town: small.Town) -> None:
    sheet_id, ids, right, _ = _differ(town)
    assert _state(sheet_id) is SheetState.DIFFERING
    _by_scrutineer(town, counting.send_back, sheet_id, slots=[1])
    who = town.actor(Role.TELLER, 0).number
    asked = pending(town.sheet(2, "S02"))[who].details["fields"]
    assert sorted(asked) == sorted([f"for:{ids['赵五']}", f"against:{ids['赵五']}"])
    _correct(town, sheet_id, 0, {item: right[item] for item in asked})
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.figures) == (SheetState.AGREED, right)
    assert [(e.slot, e.attempt) for e in sheet.entries] == [(1, 1), (2, 1), (1, 2)]
    small.sign(town, sheet_id)
    assert verify(db.session()) == []


def test_a_correction_answers_exactly_the_fields_that_were_asked(town: small.Town) -> None:
    sheet_id, ids, right, _ = _differ(town)
    _by_scrutineer(town, counting.send_back, sheet_id, slots=[1])
    item = f"for:{ids['赵五']}"
    _refused("R.368", _correct, town, sheet_id, 0, {item: 110}, confirmed=True)
    both = {item: 110, f"against:{ids['赵五']}": right[f"against:{ids['赵五']}"]}
    _refused("R.368", _correct, town, sheet_id, 0, both | {"issued": 299}, confirmed=True)
    _refused("R.367", _correct, town, sheet_id, 1, both)
    _correct(town, sheet_id, 0, both)
    _refused("R.366", _correct, town, sheet_id, 0, both)


def test_a_correction_may_still_differ_and_then_both_may_be_asked(town: small.Town) -> None:
    sheet_id, ids, _right, wrong = _differ(town)
    items = [f"for:{ids['赵五']}", f"against:{ids['赵五']}"]
    _by_scrutineer(town, counting.send_back, sheet_id, slots=[1, 2])
    _refused("R.391", _by_scrutineer, town, counting.send_back, sheet_id, slots=[2])
    _correct(town, sheet_id, 0, {item: wrong[item] for item in items})
    assert _state(sheet_id) is SheetState.DIFFERING
    _correct(town, sheet_id, 1, {item: wrong[item] for item in items})
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.figures) == (SheetState.AGREED, wrong)


def test_an_identity_number_is_no_part_of_a_name_that_is_published(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    votes = {ids["李四"]: 120, ids["赵五"]: 100}
    figures = small.paper(votes, writeins={"钱多11010519491231002X": 5})
    _refused("E.497", small.enter, town, sheet_id, figures, 0, confirmed=True)


def test_a_misread_name_of_a_write_in_is_read_again_without_being_told(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    votes = {ids["李四"]: 120, ids["赵五"]: 100}
    one = small.paper(votes, writeins={"钱多": 5, "吴晓": 7})
    two = small.paper(votes, writeins={"钱多": 5, "吴小": 7})
    small.keep(town, sheet_id, one)
    small.enter(town, sheet_id, one, 0)
    small.enter(town, sheet_id, two, 1)
    _by_scrutineer(town, counting.send_back, sheet_id, slots=[2])
    _refused("R.368", _correct, town, sheet_id, 1, {"writein:吴晓": 7, "writein:钱多": 6})
    _correct(town, sheet_id, 1, {"writein:吴晓": 7})
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.figures) == (SheetState.AGREED, one)
