"""The reduction to formal candidates: by consultation or by primary."""

import pytest
from sqlalchemy import select

from election.actions.candidates.reduction import Reduction, formal_of
from election.database import db
from election.models import AuditEntry, Candidacy, District
from election.queries.audit import verify
from election.queries.candidates import lists as queries
from election.rules.candidates.kinds import Way, Which
from election.rules.terms import InputFault, Level
from tests.actions.candidates.listing import ids, refused
from tests.builders import Office
from tests.queries.candidates.office import (
    Town,
    a_town,
    directly,
    fill,
    fix,
    publish,
    statuses,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


# --- the reduction ---


def test_formal_candidates_are_fixed_between_the_lists_only(town: Town) -> None:
    fill(town)
    with refused("R.485"):
        fix(town)
    publish(town)
    fix(town)
    for number in (2, 3):
        fix(town, number)
    publish(town, Which.FORMAL)
    with refused("R.483"):
        fix(town)


@pytest.mark.parametrize(
    ("number", "nominees", "code"),
    [(2, 3, "E.462"), (1, 5, "E.462"), (3, 7, "E.462"), (2, 2, None), (1, 4, None), (3, 6, None)],
)
def test_one_seat_has_two_two_seats_three_or_four_three_seats_four_to_six(
    town: Town, number: int, nominees: int, code: str | None
) -> None:  # EX-16, EX-18
    fill(town, people={number: nominees})
    publish(town)
    if code is None:
        fix(town, number)
        assert set(statuses(town, number).values()) == {"formal"}
        return
    with refused(code):
        fix(town, number)


def test_too_few_formal_candidates_are_refused(town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    keys = ids(town)
    with refused("E.461"):
        fix(town, way=Way.CONSULTATION, chosen=frozenset([keys["丁一"], keys["马一"]]), note="记录")


@pytest.mark.parametrize(("number", "nominees"), [(2, 2), (1, 4), (1, 3), (3, 5), (3, 6)])
def test_nobody_is_dropped_while_the_law_takes_all_nominees_r5_6_r5_9(
    town: Town, number: int, nominees: int
) -> None:
    fill(town, people={number: nominees})
    publish(town)
    people = list(ids(town, number).values())
    with refused("R.492"):
        fix(town, number, way=Way.CONSULTATION, chosen=frozenset(people[:-1]), note="记录")
    with refused("R.492"):
        votes = dict.fromkeys(people, 9)
        fix(town, number, way=Way.PRIMARY, votes=votes, places=nominees, participants=90)
    fix(town, number)
    assert list(statuses(town, number).values()) == ["formal"] * nominees


def test_a_consultation_is_recorded_and_may_be_held_anew(town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    keys = ids(town)
    three = frozenset([keys["丁一"], keys["马一"], keys["方一"]])
    with refused("R.476"):
        fix(town, way=Way.CONSULTATION, chosen=three)
    fix(town, way=Way.CONSULTATION, chosen=three, note="12月3日各小组讨论")
    assert statuses(town) == {
        "丁一": "formal",
        "马一": "formal",
        "王一": "not_retained",
        "方一": "formal",
        "叶一": "not_retained",
    }
    anew = frozenset([keys["王一"], keys["叶一"], keys["丁一"]])
    fix(town, way=Way.CONSULTATION, chosen=anew, note="12月4日再次讨论")
    assert {name for name, status in statuses(town).items() if status == "formal"} == {
        "王一",
        "叶一",
        "丁一",
    }
    assert db.session.get_one(Candidacy, keys["王一"]).reason == ""
    assert verify(db.session()) == []


def test_nobody_from_another_district_becomes_formal_here(town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    foreign = frozenset(ids(town, 3).values())
    with pytest.raises(InputFault):
        fix(town, way=Way.CONSULTATION, chosen=foreign, note="x")


def primary(town: Town, *votes: int, places: int, **more: object) -> None:
    keys = list(ids(town).values())
    fix(
        town,
        way=Way.PRIMARY,
        votes=dict(zip(keys, votes, strict=True)),
        places=places,
        participants=900,
        **more,
    )


def test_a_primary_cuts_by_votes_and_its_votes_are_kept(town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    primary(town, 90, 310, 280, 150, 200, places=4)
    assert statuses(town)["丁一"] == "not_retained"
    assert db.session.get_one(Candidacy, ids(town)["丁一"]).reason == (
        "预选得票90票，未列为正式代表候选人"
    )
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "candidates.fix_formal")
    ).one()
    keys = ids(town)
    assert entry.data["votes"] == {
        f"c{keys[name]}": votes
        for name, votes in zip(
            ("丁一", "马一", "王一", "方一", "叶一"), (90, 310, 280, 150, 200), strict=True
        )
    }
    assert entry.data["law_silent"] is False


def test_a_tie_at_the_cut_is_decided_by_people_never_by_the_program(town: Town) -> None:  # EX-17
    fill(town, people={1: 7})
    publish(town)
    votes = (310, 280, 200, 150, 150, 90, 40)
    keys = ids(town)
    with refused("R.489"):
        primary(town, *votes, places=4)
    with refused("R.489"):  # chosen, but nobody says how
        primary(town, *votes, places=4, tie_chosen=frozenset([keys["方一"]]))
    with refused("R.489"):  # not one of the tied
        primary(
            town, *votes, places=4, tie_chosen=frozenset([keys["朱一"]]), decision="12月6日再次预选"
        )
    primary(
        town, *votes, places=4, tie_chosen=frozenset([keys["叶一"]]), decision="12月6日再次预选"
    )
    formal = {name for name, status in statuses(town).items() if status == "formal"}
    assert formal == {"丁一", "马一", "王一", "叶一"}
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "candidates.fix_formal")
    ).one()
    assert (entry.data["law_silent"], entry.data["decision"]) == (True, "12月6日再次预选")
    primary(town, *votes, places=3)  # the clean way: one place fewer
    assert {n for n, status in statuses(town).items() if status == "formal"} == {
        "丁一",
        "马一",
        "王一",
    }


@pytest.mark.parametrize(
    "faulty", [{"participants": None}, {"places": None}, {"participants": 100}]
)
def test_a_primary_that_cannot_be_is_a_fault_of_the_input(town: Town, faulty) -> None:
    fill(town, people={1: 5})
    publish(town)
    people = queries.district_line(db.session(), town.district(1)).nominees
    votes = {candidacy.id: 120 for candidacy in people}
    how = {"way": Way.PRIMARY, "votes": votes, "participants": 900, "places": 4} | faulty
    with pytest.raises(InputFault):
        formal_of(Reduction(**how), people, town.district(1))


def test_votes_of_everybody_are_needed_unknown_is_not_zero(town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    keys = list(ids(town).values())
    with pytest.raises(InputFault) as caught:
        fix(town, way=Way.PRIMARY, votes=dict.fromkeys(keys[1:], 9), places=4, participants=900)
    assert caught.value.field == f"votes_{keys[0]}"


def test_a_profile_with_a_quorum_refuses_a_small_primary(office: Office) -> None:
    town = a_town(office, overrides={"primary.min_turnout": "1/3"})
    fill(town, people={1: 5})
    publish(town)
    with pytest.raises(InputFault):  # the number of voters is unknown
        primary(town, 5, 4, 3, 2, 1, places=4)
    key = town.districts[Level.TOWN, 1]
    directly(town, lambda session: setattr(session.get_one(District, key), "registered", 3000))
    with refused("E.465"):
        primary(town, 5, 4, 3, 2, 1, places=4)
