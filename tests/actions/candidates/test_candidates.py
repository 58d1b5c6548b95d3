"""The first list, the joint review and the ways off the list."""

from datetime import date

import pytest
from sqlalchemy import select

from election.actions.candidates import candidacies as acts
from election.database import db
from election.models import AuditEntry, Candidacy, Nomination
from election.queries.audit import verify
from election.queries.candidates import lists as queries
from election.queries.candidates.lists import FIRST_LIST
from election.rules.access import Role
from election.rules.candidates.kinds import Which
from election.rules.candidates.standing import ExitReason
from tests.actions.candidates.listing import act, ids, milestone, refused
from tests.builders import Office
from tests.queries.candidates.office import (
    FIRST,
    Town,
    a_town,
    directly,
    fill,
    fix,
    publish,
    receive,
    stand,
    statuses,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


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
