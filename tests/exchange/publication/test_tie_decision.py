"""A tie the committee settled, published: the package holds and a forged decision is found."""

import json
from datetime import date, timedelta

import pytest

from election.actions.act import Act
from election.actions.results import certification
from election.database import db, transaction
from election.exchange.publication.package import open_package
from election.exchange.publication.publishing import draft, publish
from election.exchange.publication.verifier.verify import verify
from election.models import Congress, District, Election
from election.queries.elections import readiness
from election.queries.publication import freeze
from election.reports.documents.result_notice import notice_data
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.rules.publication import missing
from election.rules.results.certified import Choice, Decision
from election.rules.terms import RuleViolation
from tests.actions import small_town as small
from tests.builders import AT, Office
from tests.exchange.publication.published_town import packed, unpacked, with_manifest


@pytest.fixture
def town(office: Office) -> small.Town:
    """Everything counted and certified; in district 1 two repeat votes stayed level."""
    town = small.counting_town(office)
    small.count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 110}, issued=180, void=0, blank=0)
    small.certify(town, 1)
    for number in (2, 3):
        small.open_next(town, 1, number - 1, day=date(2021, 12, 16))
        small.count_whole(town, 1, {"王二": 80, "张三": 80}, number=number, issued=180)
        small.certify(town, 1, number, decision="选委会〔2021〕8号")
    for district, votes in ((2, {"李四": 180, "赵五": 110}), (3, {"马六": 200, "孙七": 90})):
        small.count_whole(town, district, votes)
        small.certify(town, district)
    return town


def _decide(town: small.Town, choice: Choice) -> None:
    decision = Decision(
        choice=choice, reference="选委会〔2021〕11号", day=date(2021, 12, 17), reason="两次相等"
    )
    with transaction() as session:
        one = certification.hold(session, town.round(1, 3).id)
        certification.decide_tie(
            Act(session, town.actor(Role.DIRECTOR), AT + timedelta(days=1)), one, decision
        )


def _congress(town: small.Town) -> Congress:
    db.session.expire_all()
    return db.session.get_one(District, town.districts[1]).congress


def _package(town: small.Town) -> bytes:
    at = AT + timedelta(days=3)
    made = draft(db.session(), _congress(town), reason="", at=at)
    with transaction() as session:
        (row,) = publish(Act(session, town.actor(Role.PUBLISHER), at), [made])
        return bytes(row.package)


def test_nothing_is_published_and_nobody_goes_on_before_the_committee_decides(
    town: small.Town,
) -> None:
    congress = _congress(town)
    frozen = freeze(db.session(), congress)
    (fault,) = missing(frozen, congress.election.profile)
    assert (fault.code.id, fault.facts["next"].zh) == ("E.705", "选举委员会对得票相等作出决定")
    with pytest.raises(RuleViolation):
        draft(db.session(), congress, reason="", at=AT)


def test_a_seat_left_vacant_is_published_with_its_decision_and_the_package_holds(
    town: small.Town,
) -> None:
    _decide(town, Choice.VACANT)
    raw = _package(town)
    assert verify(raw) == []
    opened = open_package(raw)
    district = opened.results["districts"]["town-1"]
    assert (district["elected"], district["vacant"]) == ([town.ids(1)["丁一"]], 1)
    assert district["rounds"][2]["committee"]["decides"] == "vacant"
    told = notice_data(opened.frozen, day=date(2021, 12, 19), version=1, reason="")
    assert told["districts"][0]["ballots"][2]["papers"].endswith(
        "；以得票多的当选；得票仍然相等，选举委员会2021年12月17日决定（选委会〔2021〕11号）："
        "不再投票，名额空缺。"
    )


def test_a_fourth_vote_by_decision_is_published_and_holds(town: small.Town) -> None:
    _decide(town, Choice.AGAIN)
    small.open_next(town, 1, 3, day=date(2021, 12, 18))
    small.count_whole(town, 1, {"王二": 90, "张三": 80}, number=4, issued=180)
    small.certify(town, 1, 4)
    raw = _package(town)
    assert verify(raw) == []
    assert open_package(raw).results["districts"]["town-1"]["vacant"] == 0


@pytest.mark.parametrize("forged", [{"decides": "tie_repeat_vote"}, {"reason": "x"}, None])
def test_a_decision_that_is_not_the_recorded_one_is_found(town: small.Town, forged) -> None:
    _decide(town, Choice.VACANT)
    files = unpacked(_package(town))
    document = json.loads(files["results.json"])
    last = document["districts"]["town-1"]["rounds"][2]
    last["committee"] = {**last["committee"], **forged} if forged else None
    files["results.json"] = json.dumps(document, ensure_ascii=False).encode()
    faults = verify(packed(with_manifest(files)))
    assert any("certified" in fault and "committee" in fault for fault in faults), faults


def test_a_decided_district_no_longer_holds_up_the_close(town: small.Town) -> None:
    def open_districts() -> list[str]:
        election = db.session.get_one(Election, town.election_id)
        db.session.expire_all()
        found = readiness.missing(db.session(), election, Phase.CLOSED)
        return [str(one.facts["district"].en) for one in found if "district" in one.facts]

    assert "Town district 1" in str(open_districts())
    _decide(town, Choice.VACANT)
    assert "Town district 1" not in str(open_districts())
