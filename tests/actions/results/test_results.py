"""Certificates and the rounds that follow: tie, shortfall, void election, and who is elected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from election.actions.act import Act
from election.actions.results import certification
from election.database import db, transaction
from election.models import AuditEntry, Candidacy, CandidacyStatus, District, RoundKind
from election.queries.audit import verify
from election.queries.results.districts import district_outcome
from election.queries.results.outcomes import count_round
from election.rules.access import Role
from election.rules.results import Consequence
from election.rules.results.certified import Choice, Decision
from election.rules.terms import RuleViolation
from tests.actions import small_town as small
from tests.builders import AT, Office


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _refused(code: str, act, *args, **more) -> None:
    with pytest.raises(RuleViolation) as refused:
        act(*args, **more)
    assert refused.value.code.id == code


def _outcome(town: small.Town, district: int):
    db.session.expire_all()
    row = db.session.get_one(District, town.districts[district])
    return district_outcome(db.session(), row)


def test_a_majority_is_certified_and_the_district_is_settled(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    result = small.certify(town, 2)
    ids = town.ids(2)
    assert result.outcome_json["elected"] == [ids["李四"]]
    assert result.totals["issued"] == 300
    outcome = _outcome(town, 2)
    assert [(s.id, s.name, s.round, s.votes) for s in outcome.elected] == [
        (ids["李四"], "李四", "town-2-r1", 180)
    ]
    assert (outcome.settled, outcome.open_seats, outcome.vacant) == (True, 0, 0)
    assert verify(db.session()) == []


def test_the_certificate_record_carries_round_outcome_and_totals(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    result = small.certify(town, 2)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "result.certify")).one()
    assert entry.subject == "town-2-r1"
    assert {name: entry.data[name] for name in ("round", "outcome", "totals")} == {
        "round": "town-2-r1",
        "outcome": result.outcome_json,
        "totals": result.totals,
    }


def test_nothing_is_decided_or_certified_while_a_place_has_not_reported(town: small.Town) -> None:
    ids = town.ids(1)
    figures = small.paper({ids["丁一"]: 200, ids["王二"]: 160, ids["张三"]: 90})
    small.count(town, town.sheet(1, "S01").id, figures)
    count = count_round(db.session(), town.round(1))
    assert (count.signed, count.places, count.outcome) == (1, 2, None)
    assert count.totals == figures
    _refused("R.601", small.certify, town, 1)


def test_totals_are_the_sum_of_the_signed_sheets(town: small.Town) -> None:
    ids = town.ids(1)
    one = small.paper({ids["丁一"]: 150, ids["王二"]: 90, ids["张三"]: 20}, issued=180)
    two = small.paper({ids["丁一"]: 40, ids["王二"]: 30, ids["张三"]: 10}, issued=60, blank=2)
    small.count(town, town.sheet(1, "S01").id, one)
    small.count(town, town.sheet(1, "M01").id, two)
    count = count_round(db.session(), town.round(1))
    assert count.totals == {item: one[item] + two[item] for item in one}
    assert count.outcome is not None
    assert count.outcome.elected == (ids["丁一"],)


def test_a_result_is_certified_once_and_only_as_it_was_seen(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})

    def certify_unseen() -> None:
        with transaction() as session:
            round_ = certification.hold(session, town.round(2).id)
            certification.certify(
                Act(session, town.actor(Role.DIRECTOR), AT), round_, digest="0" * 64, decision=""
            )

    _refused("R.604", certify_unseen)
    small.certify(town, 2)
    _refused("R.602", small.certify, town, 2)


def test_a_silent_law_needs_the_committees_written_decision(town: small.Town) -> None:
    """EX-29: another reading of "those who took part" would elect somebody else."""
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 150, ids["赵五"]: 100}, issued=300, returned=298)
    small.count(town, town.sheet(2, "S02").id, figures)
    _refused("R.603", small.certify, town, 2)
    result = small.certify(town, 2, decision="选委会〔2021〕7号")
    assert result.outcome_json["flags"] == ["BASIS_SENSITIVE", "LAW_SILENT"]


def _a_tie(town: small.Town) -> None:
    """Two seats: one elected, two level for the other."""
    small.count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 110}, issued=180, void=0, blank=0)


def test_a_tie_goes_to_a_repeat_vote_among_the_tied_and_elects(town: small.Town) -> None:
    _a_tie(town)
    ids = town.ids(1)
    result = small.certify(town, 1)
    assert result.outcome_json["elected"] == [ids["丁一"]]
    assert result.outcome_json["tied"] == sorted([ids["王二"], ids["张三"]])
    assert _outcome(town, 1).next == "tie_repeat_vote"
    small.open_next(town, 1)
    again = town.round(1, 2)
    assert (again.kind, again.counts_as, again.seats, again.attempt) == (
        RoundKind.TIE_REPEAT,
        "tie_repeat",
        1,
        1,
    )
    assert [row.candidacy.person.name for row in again.candidates] == ["王二", "张三"]
    small.count_whole(town, 1, {"王二": 90, "张三": 80}, number=2, issued=180)
    small.certify(town, 1, 2)
    outcome = _outcome(town, 1)
    assert [(s.name, s.round) for s in outcome.elected] == [
        ("丁一", "town-1-r1"),
        ("王二", "town-1-r2"),
    ]
    assert outcome.settled
    assert verify(db.session()) == []


def test_a_repeat_vote_still_level_is_repeated_and_then_left_to_people(town: small.Town) -> None:
    _a_tie(town)
    small.certify(town, 1)
    for number in (2, 3):
        small.open_next(town, 1, number - 1)
        small.count_whole(town, 1, {"王二": 80, "张三": 80}, number=number, issued=180)
        small.certify(town, 1, number, decision="选委会〔2021〕8号")
    assert [r.attempt for r in _outcome(town, 1).rounds] == [1, 1, 2]
    outcome = _outcome(town, 1)
    assert (outcome.next, outcome.open_seats, outcome.settled) == ("unresolved_tie", 1, False)
    _refused("R.611", small.open_next, town, 1, 3)


DECISION = Decision(
    choice=Choice.VACANT, reference="选委会〔2021〕11号", day=date(2021, 12, 17), reason="两次相等"
)


def _decide(town: small.Town, number: int = 3, **other: object):
    with transaction() as session:
        round_ = certification.hold(session, town.round(1, number).id)
        decision = replace(DECISION, **other)
        return certification.decide_tie(
            Act(session, town.actor(Role.DIRECTOR), AT + timedelta(days=2)), round_, decision
        )


def _a_tie_that_stays(town: small.Town) -> None:
    _a_tie(town)
    small.certify(town, 1)
    for number in (2, 3):
        small.open_next(town, 1, number - 1, day=date(2021, 12, 16))
        small.count_whole(town, 1, {"王二": 80, "张三": 80}, number=number, issued=180)
        small.certify(town, 1, number, decision="选委会〔2021〕8号")


def test_the_committee_leaves_a_seat_vacant_where_a_tie_stays(town: small.Town) -> None:
    _a_tie_that_stays(town)
    result = _decide(town)
    assert (result.outcome_json["next"], result.outcome_json["elected"]) == ("unresolved_tie", [])
    assert result.outcome_json["committee"] == {
        "decides": "vacant",
        "reference": "选委会〔2021〕11号",
        "day": "2021-12-17",
        "reason": "两次相等",
    }
    outcome = _outcome(town, 1)
    assert (outcome.next, outcome.settled, outcome.vacant) == ("vacant", True, 1)
    _refused("R.611", small.open_next, town, 1, 3)
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "result.decide_tie")
    ).one()
    assert (entry.subject, entry.data["outcome"]) == ("town-1-r3", result.outcome_json)
    assert verify(db.session()) == []


def test_the_committee_lets_those_who_are_level_vote_once_more(town: small.Town) -> None:
    _a_tie_that_stays(town)
    _decide(town, choice=Choice.AGAIN)
    assert (_outcome(town, 1).next, _outcome(town, 1).settled) == ("tie_repeat_vote", False)
    small.open_next(town, 1, 3, day=date(2021, 12, 18))
    again = town.round(1, 4)
    assert (again.kind, again.attempt, again.seats) == (RoundKind.TIE_REPEAT, 3, 1)
    assert [row.candidacy.person.name for row in again.candidates] == ["王二", "张三"]
    _refused("R.613", _decide, town)
    small.count_whole(town, 1, {"王二": 90, "张三": 80}, number=4, issued=180)
    small.certify(town, 1, 4)
    assert [s.name for s in _outcome(town, 1).elected] == ["丁一", "王二"]


def test_a_later_decision_on_a_tie_replaces_the_earlier_and_both_stay_on_record(
    town: small.Town,
) -> None:
    _a_tie_that_stays(town)
    steps = len(_decide(town).outcome_json["steps"])
    result = _decide(town, choice=Choice.AGAIN, reference="选委会〔2021〕12号")
    assert result.outcome_json["committee"]["reference"] == "选委会〔2021〕12号"
    assert len(result.outcome_json["steps"]) == steps
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "result.decide_tie"))
    assert [entry.data["outcome"]["committee"]["decides"] for entry in entries] == [
        "vacant",
        "tie_repeat_vote",
    ]


def test_a_decision_on_a_tie_needs_the_tie_and_the_certificate(town: small.Town) -> None:
    _a_tie(town)
    _refused("R.612", _decide, town, 1)
    small.certify(town, 1)
    _refused("R.624", _decide, town, 1)
    assert _outcome(town, 1).next == "tie_repeat_vote"


def test_missing_seats_go_to_a_further_election_with_a_write_in(town: small.Town) -> None:
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 120, ids["赵五"]: 40}, writeins={"钱多": 90})
    small.count(town, town.sheet(2, "S02").id, figures)
    small.certify(town, 2, decision="选委会〔2021〕9号")
    chosen = [ids["李四"], "write-in:钱多"]
    _refused("R.615", small.open_next, town, 2, chosen=[ids["李四"]])
    _refused("R.614", small.open_next, town, 2, chosen=["c999", ids["李四"]])
    _refused("R.616", small.open_next, town, 2, chosen=[ids["李四"], ids["赵五"]])
    _refused("R.617", small.open_next, town, 2, chosen=chosen)
    small.open_next(town, 2, chosen=chosen, decision="选委会〔2021〕9号")
    again = town.round(2, 2)
    assert (again.kind, again.counts_as, again.seats, again.attempt) == (
        RoundKind.FURTHER,
        "further",
        1,
        1,
    )
    written = {row.candidacy.person.name: row.candidacy.status for row in again.candidates}
    assert written == {"李四": CandidacyStatus.FORMAL, "钱多": CandidacyStatus.WRITE_IN}
    small.count_whole(town, 2, {"李四": 80, "钱多": 150}, number=2)
    small.certify(town, 2, 2)
    outcome = _outcome(town, 2)
    assert [(s.name, s.votes) for s in outcome.elected] == [("钱多", 150)]
    assert outcome.settled
    assert verify(db.session()) == []


def test_nobody_certifies_a_vote_that_is_still_to_come(town: small.Town) -> None:
    """R7.16, ZJ 51: a district votes earlier only with the committee's consent."""
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    eve = AT - timedelta(days=1)
    _refused("R.639", small.certify, town, 2, at=eve)
    assert (
        small.certify(town, 2, at=eve, decision="选委会〔2021〕5号").decision == "选委会〔2021〕5号"
    )


def test_a_further_election_without_a_third_leaves_the_seat_vacant(town: small.Town) -> None:
    """EX-45: 211 of 636 is fewer than a third; Zhejiang holds no third round."""
    small.count_whole(town, 2, {"李四": 120, "赵五": 110})
    small.certify(town, 2)
    ids = town.ids(2)
    small.open_next(town, 2, chosen=[ids["李四"], ids["赵五"]])
    small.count_whole(town, 2, {"李四": 99, "赵五": 80}, number=2)
    small.certify(town, 2, 2)
    outcome = _outcome(town, 2)
    assert (outcome.next, outcome.settled, outcome.vacant) == ("vacant", True, 1)
    _refused("R.611", small.open_next, town, 2, 2)


def test_a_void_election_is_held_again_with_the_same_people_by_the_same_rule(
    town: small.Town,
) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)  # half of 400 is not enough
    result = small.certify(town, 2)
    assert result.outcome_json["next"] == Consequence.RERUN_ELECTION.value
    small.open_next(town, 2)
    again = town.round(2, 2)
    assert (again.kind, again.counts_as, again.seats) == (RoundKind.RERUN, "first", 1)
    assert town.ids(2, 2) == town.ids(2)
    small.count_whole(town, 2, {"李四": 180, "赵五": 110}, number=2)
    small.certify(town, 2, 2)
    assert [s.round for s in _outcome(town, 2).elected] == ["town-2-r2"]


def test_a_round_is_opened_once_after_its_certificate_and_not_before_the_last_vote(
    town: small.Town,
) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    _refused("R.612", small.open_next, town, 2)
    small.certify(town, 2)
    _refused("R.618", small.open_next, town, 2, day=date(2021, 12, 15))
    small.open_next(town, 2)
    _refused("R.613", small.open_next, town, 2)


def test_figures_that_cannot_be_together_are_not_certified(office: Office) -> None:
    """Each place is possible alone; together they issued more papers than there are voters."""
    town = small.counting_town(office, registered=350)
    ids = town.ids(1)
    figures = small.paper({ids["丁一"]: 100, ids["王二"]: 90, ids["张三"]: 90}, issued=200)
    for place in ("S01", "M01"):
        small.count(town, town.sheet(1, place).id, figures)
    count = count_round(db.session(), town.round(1))
    assert [problem.en for problem in count.problems] == ["400 issued exceed 350 voters"]
    _refused("R.605", small.certify, town, 1)


def test_an_alert_of_a_place_needs_the_committee_even_when_the_district_is_in_order(
    town: small.Town,
) -> None:
    ids = town.ids(1)
    votes = {ids["丁一"]: 60, ids["王二"]: 60, ids["张三"]: 20}
    small.count(town, town.sheet(1, "M01").id, small.paper(votes, issued=100, returned=101))
    more = {ids["丁一"]: 150, ids["王二"]: 140, ids["张三"]: 20}
    small.count(town, town.sheet(1, "S01").id, small.paper(more, issued=200))
    count = count_round(db.session(), town.round(1))
    assert (count.alerts, count.needs_decision) == (("M01",), True)
    _refused("R.603", small.certify, town, 1)
    small.certify(town, 1, decision="选委会〔2021〕10号")


def test_a_write_in_with_the_majority_is_elected(town: small.Town) -> None:
    """EX-41."""
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 80, ids["赵五"]: 40}, writeins={"钱多": 160})
    small.count(town, town.sheet(2, "S02").id, figures)
    result = small.certify(town, 2)
    assert result.outcome_json["elected"] == ["write-in:钱多"]
    assert [(s.id, s.name) for s in _outcome(town, 2).elected] == [("write-in:钱多", "钱多")]
    assert (
        db.session.scalars(
            select(Candidacy).where(Candidacy.status == CandidacyStatus.WRITE_IN)
        ).all()
        == []
    )


def test_without_the_number_of_voters_nothing_is_decided(office: Office) -> None:
    """Unknown is not zero: a rule that needs the roll waits for it."""
    town = small.counting_town(office, registered=None)
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    count = count_round(db.session(), town.round(2))
    assert (count.outcome, count.turnout) == (None, None)
    assert [problem.zh for problem in count.problems] == ["选区的选民人数未知，不能判定结果"]
    _refused("R.607", small.certify, town, 2)
