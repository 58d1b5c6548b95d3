"""Candidates as acts: the lists and the reduction; EL 31-32, ZJ 35-36; R5.6-R5.21, R6.3."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from election.actions.act import Act
from election.actions.candidates import candidacies as acts
from election.actions.candidates import persons
from election.actions.candidates.reduction import Reduction, formal_of
from election.database import db, transaction
from election.models import AuditEntry, Candidacy, District, Milestone, Nomination, Person
from election.queries.audit import verify
from election.queries.candidates import lists as queries
from election.queries.candidates.lists import FIRST_LIST, FORMAL_LIST
from election.rules.access import Role
from election.rules.candidates.kinds import Way, Which
from election.rules.candidates.standing import ExitReason
from election.rules.elections.phases import Phase
from election.rules.terms import InputFault, Level, RuleViolation
from tests.builders import AT, Office, seed
from tests.queries.candidates.office import (
    FIRST,
    FORMAL,
    Town,
    a_town,
    by_organisation,
    directly,
    fill,
    fix,
    particulars,
    publish,
    receive,
    stand,
    statuses,
    to_formal_list,
    to_phase,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


def refused(code: str):
    return pytest.raises(RuleViolation, match=f"^{code}$".replace(".", r"\."))


def ids(town: Town, number: int = 1) -> dict[str, int]:
    rows = db.session.scalars(
        select(Candidacy).where(Candidacy.district_id == town.districts[Level.TOWN, number])
    )
    return {candidacy.person.name: candidacy.id for candidacy in rows}


def act(town: Town, verb, candidacy_id: int, role: Role = Role.DIRECTOR, **terms) -> None:
    with transaction() as session:
        row = session.get_one(Candidacy, candidacy_id)
        verb(Act(session, town.office.actor(role), AT), row, **terms)


def milestone(town: Town, key: str) -> Milestone | None:
    db.session.expire_all()
    query = select(Milestone).where(
        Milestone.congress_id == town.congress().id, Milestone.key == key
    )
    return db.session.scalar(query)


# --- the first list ---


def test_the_first_list_is_recorded_as_a_day_of_the_calendar(town: Town) -> None:
    fill(town)
    publish(town)
    recorded = milestone(town, FIRST_LIST)
    assert recorded is not None
    assert (recorded.done_on, recorded.note) == (FIRST, "")
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "candidates.publish_first")
    ).one()
    keys = ids(town)
    listed = [f"c{keys[name]}" for name in ("丁一", "马一", "王一")]
    assert entry.data["districts"]["town-1"] == listed
    assert verify(db.session()) == []


def test_a_list_waits_until_every_nomination_is_examined(town: Town) -> None:
    fill(town)
    receive(town, "徐一")
    with refused("R.479"):
        publish(town)


def test_a_late_list_is_recorded_with_its_reason_or_not_at_all(town: Town) -> None:
    fill(town)
    late = date(2021, 12, 2)  # the limit is 1 December
    with refused("R.488"):
        publish(town, done_on=late)
    assert milestone(town, FIRST_LIST) is None
    publish(town, done_on=late, reason="台风停工两天")
    recorded = milestone(town, FIRST_LIST)
    assert recorded is not None
    assert (recorded.done_on, recorded.note) == (late, "台风停工两天")
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "candidates.publish_first")
    ).one()
    assert entry.data["findings"] == ["E.121", "W.466"]


def test_a_list_on_the_limit_itself_needs_no_reason(town: Town) -> None:
    fill(town)
    publish(town, done_on=date(2021, 12, 1))


def test_a_district_with_too_few_nominees_is_published_with_a_reason(town: Town) -> None:
    fill(town, people={2: 1})
    with refused("R.488"):
        publish(town)
    publish(town, reason="第2选区继续推荐")


def test_a_committee_member_on_the_list_stops_it(town: Town) -> None:  # EX-21
    fill(town)
    with refused("E.448"):
        publish(town, no_member_listed=False)


def test_a_nominee_dropped_behind_the_office_s_back_stops_the_list(town: Town) -> None:
    fill(town)
    candidacy_id = ids(town)["丁一"]
    directly(town, lambda session: session.delete(session.get_one(Candidacy, candidacy_id)))
    with refused("E.439"):
        publish(town)


def test_correcting_the_day_needs_a_reason_and_keeps_both_in_the_chain(town: Town) -> None:
    fill(town)
    publish(town)
    with refused("R.488"):
        publish(town, done_on=date(2021, 11, 29))
    publish(town, done_on=date(2021, 11, 29), reason="登记有误")
    days = [
        e.data["done_on"]
        for e in db.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.what == "candidates.publish_first")
            .order_by(AuditEntry.seq)
        )
    ]
    assert days == ["2021-11-30", "2021-11-29"]


# --- reviews and ways off ---


def test_an_opinion_of_the_joint_review_removes_nobody(town: Town) -> None:  # EX-20
    candidacy_id = stand(town, "丁一")
    act(town, acts.review, candidacy_id, Role.REVIEWER, opinion="联审提出不同意见")
    assert statuses(town) == {"丁一": "preliminary"}
    assert db.session.get_one(Candidacy, candidacy_id).reason == "联审提出不同意见"
    for ground in (ExitReason.NEGATIVE_REVIEW, ExitReason.OTHER):
        with refused("R.449"):
            act(town, acts.leave, candidacy_id, ground=ground, reason="联审不合格")
    with refused("R.901"):
        act(town, acts.review, candidacy_id, Role.REGISTRAR, opinion="x")
    with refused("R.476"):
        act(town, acts.review, candidacy_id, Role.REVIEWER, opinion=" ")


def test_who_has_no_vote_leaves_at_any_time_before_the_formal_list(town: Town) -> None:
    fill(town, people={1: 4})
    publish(town)
    act(town, acts.leave, ids(town)["丁一"], ground=ExitReason.NO_VOTING_RIGHT, reason="判决书")
    assert statuses(town)["丁一"] == "withdrawn"
    with refused("R.482"):
        act(town, acts.review, ids(town)["丁一"], Role.REVIEWER, opinion="x")
    with refused("R.450"):
        act(town, acts.leave, ids(town)["马一"], ground=ExitReason.WITHDRAWN, reason="本人来信")


def test_a_nominee_who_declines_before_the_list_takes_all_nominations_along(town: Town) -> None:
    candidacy_id = stand(town, "丁一")
    person = db.session.get_one(Candidacy, candidacy_id).person_id
    receive(town, "丁一", same_as=person)
    act(town, acts.leave, candidacy_id, ground=ExitReason.WITHDRAWN, reason="本人不接受推荐")
    db.session.expire_all()
    states = db.session.scalars(select(Nomination.status)).all()
    assert [state.value for state in states] == ["withdrawn", "withdrawn"]
    assert verify(db.session()) == []


def test_inactive_is_for_after_the_formal_list_only(town: Town) -> None:
    fill(town)
    publish(town)
    for number in (1, 2, 3):
        fix(town, number)
    candidacy_id = ids(town)["丁一"]
    with refused("R.484"):
        act(town, acts.deactivate, candidacy_id, reason="病故")
    publish(town, Which.FORMAL)
    act(town, acts.deactivate, candidacy_id, reason="病故，已公告")
    assert statuses(town)["丁一"] == "inactive"
    line = queries.district_line(db.session(), town.district(1))
    assert [finding.code.id for finding in line.number] == ["E.461"]  # two left for two seats
    on_ballot = [candidacy.person.name for candidacy in line.formal]
    assert on_ballot == ["丁一", "马一", "王一"]
    act(town, acts.reinstate, candidacy_id, reason="登记有误")
    assert statuses(town)["丁一"] == "formal"
    with refused("R.481"):
        act(town, acts.leave, candidacy_id, ground=ExitReason.NO_VOTING_RIGHT, reason="判决书")


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


# --- the formal list ---


def test_the_formal_list_comes_after_the_first_in_every_district_legal(town: Town) -> None:
    with refused("R.485"):
        publish(town, Which.FORMAL)
    fill(town)
    publish(town)
    fix(town, 1)
    with refused("R.487"):
        publish(town, Which.FORMAL)
    fix(town, 2)
    fix(town, 3)
    with refused("R.486"):
        publish(town, Which.FORMAL, done_on=FIRST)
    publish(town, Which.FORMAL)
    recorded = milestone(town, FORMAL_LIST)
    assert recorded is not None
    assert recorded.done_on == FORMAL
    assert verify(db.session()) == []


def test_the_two_congresses_have_their_own_lists(town: Town) -> None:
    to_formal_list(town, Level.COUNTY)
    assert milestone(town, FIRST_LIST) is None
    stand(town, "赵一")


# --- order and particulars ---


def test_equal_strokes_are_confirmed_by_a_person_and_the_strokes_win(town: Town) -> None:
    for name in ("王一", "方一", "丁一"):  # 4, 4 and 2 strokes
        stand(town, name)
    key = town.districts[Level.TOWN, 1]
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["丁一", "方一", "王一"]
    assert [finding.code.id for finding in line.order] == ["W.466"]
    code_of = {name: f"c{number}" for name, number in ids(town).items()}

    def confirm(*names: str) -> None:
        with transaction() as session:
            acts.confirm_order(
                Act(session, town.office.actor(Role.DIRECTOR), AT),
                session.get_one(District, key),
                [code_of[name] for name in names],
            )

    with refused("E.468"):
        confirm("王一", "方一", "丁一")
    with refused("R.490"):
        confirm("丁一", "王一")
    confirm("丁一", "王一", "方一")
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["丁一", "王一", "方一"]
    assert line.order == ()
    stand(town, "毛一")  # four strokes too: the confirmation no longer covers everybody
    line = queries.district_line(db.session(), town.district(1))
    assert [finding.code.id for finding in line.order] == ["W.466", "W.466"]


def change(town: Town, person_id: int, name: str = "丁一", reason: str = "", **more) -> None:
    strokes = more.pop("stroke_override", None)
    with transaction() as session:
        persons.change_person(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            session.get_one(Person, person_id),
            particulars(name, **more),
            stroke_override=strokes,
            reason=reason,
        )


def test_strokes_counted_by_a_person_go_before_the_table(town: Town) -> None:
    for name in ("丁一", "马一"):
        stand(town, name)
    person_id = db.session.scalars(select(Person.id).where(Person.name == "丁一")).one()
    change(town, person_id, stroke_override=5)
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["马一", "丁一"]


def test_particulars_on_a_published_list_change_with_a_reason_only(town: Town) -> None:
    fill(town)
    person_id = db.session.scalars(select(Person.id).where(Person.name == "丁一")).one()
    change(town, person_id, occupation="农民")
    publish(town)
    with refused("R.488"):
        change(town, person_id, occupation="渔民")
    change(town, person_id, occupation="渔民", reason="本人更正")
    entry = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.what == "candidates.change_person")
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).one()
    assert (entry.data["before"]["occupation"], entry.data["after"]["occupation"]) == (
        "农民",
        "渔民",
    )
    assert verify(db.session()) == []


def test_an_identity_number_is_one_persons(town: Town) -> None:
    stand(town, "丁一", id_number="330225198005011229")
    stand(town, "马一")
    second = db.session.scalars(select(Person.id).where(Person.name == "马一")).one()
    with refused("R.480"):
        change(town, second, "马一", id_number="330225198005011229")
    first = db.session.scalars(select(Person.id).where(Person.name == "丁一")).one()
    change(town, first, id_number="330225198005011229", party="群众")
    written = json.dumps([e.data for e in db.session.scalars(select(AuditEntry))])
    assert "19800501" not in written


def test_candidates_are_closed_outside_their_phase(office: Office) -> None:
    town = a_town(office)
    candidacy_id = stand(town, "丁一")
    to_phase(town, Phase.POLLING)
    with refused("R.151"):
        act(town, acts.review, candidacy_id, Role.REVIEWER, opinion="x")
    with refused("R.151"):
        publish(town)
    with refused("R.151"):
        change(town, db.session.scalars(select(Person.id)).one())


def test_only_the_director_fixes_lists(town: Town) -> None:
    candidacy_id = stand(town, "丁一")
    with refused("R.901"):
        act(
            town,
            acts.leave,
            candidacy_id,
            Role.REGISTRAR,
            ground=ExitReason.NO_VOTING_RIGHT,
            reason="x",
        )


def test_a_written_in_person_stands_on_no_list(town: Town, office: Office) -> None:
    fill(town)
    person = Person(township_id=office.township_id, election_id=town.election_id, name="徐一")
    seed(office, [person])
    seed(
        office,
        [
            Candidacy(
                township_id=office.township_id,
                district_id=town.districts[Level.TOWN, 1],
                person_id=person.id,
                status="write_in",
            )
        ],
    )
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["丁一", "马一", "王一"]


def test_no_text_on_record_holds_an_identity_number(town: Town) -> None:
    candidacy_id = stand(town, "徐一")
    number = "330225198005011229"
    with refused("E.497"):
        act(town, acts.review, candidacy_id, Role.REVIEWER, opinion=f"此人{number}")
    with refused("E.497"):
        act(town, acts.leave, candidacy_id, ground=ExitReason.NO_VOTING_RIGHT, reason=number)
    with refused("E.497"):
        receive(town, "钱一", occupation=f"教师{number}")
    with refused("E.497"):
        receive(town, "钱一", nominators=by_organisation(f"镇妇联{number}"))
    with refused("E.497"):
        change(town, db.session.scalars(select(Person.id)).one(), "徐一", reason=number)
    with refused("E.497"):
        publish(town, reason=number)
    fill(town, people={1: 4})
    publish(town)
    with refused("E.497"):
        fix(town, way=Way.CONSULTATION, note=number)
