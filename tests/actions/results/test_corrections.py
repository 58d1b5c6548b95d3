"""A wrong certified figure: two people withdraw the certificate, and everything stays on file."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from election.actions import counting
from election.actions.act import Act
from election.actions.elections.set_up import move_phase
from election.actions.results import certification, corrections
from election.database import db, transaction
from election.exchange.publication.verifier.verify import verify as verify_package
from election.models import (
    AuditEntry,
    Candidacy,
    CandidacyStatus,
    Election,
    Publication,
    Result,
    Round,
    Withdrawal,
)
from election.queries.audit import verify
from election.rules.access import Actor, Role
from election.rules.elections.phases import Phase
from election.rules.results.corrections import WithdrawalState
from election.rules.terms import Level, RuleViolation
from tests.actions import small_town as small
from tests.builders import AT, Office, congress_of
from tests.exchange.publication.published_town import packed, publish_these, unpacked, with_manifest

DAY = timedelta(days=1)


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _refused(code: str, act, *args, **more) -> None:
    with pytest.raises(RuleViolation) as refused:
        act(*args, **more)
    assert refused.value.code.id == code


def ask(
    town: small.Town,
    district: int,
    number: int = 1,
    *,
    by: Actor | None = None,
    reason: str = "M01点漏数10票",
    reference: str = "选委会〔2021〕15号",
) -> None:
    key = town.round(district, number).id
    with transaction() as session:
        corrections.ask_withdrawal(
            Act(session, by or town.actor(Role.DIRECTOR), AT),
            certification.hold(session, key),
            reason=reason,
            reference=reference,
        )


def decide(
    town: small.Town,
    district: int,
    number: int = 1,
    *,
    granted: bool = True,
    by: Actor | None = None,
) -> None:
    key = town.round(district, number).id
    with transaction() as session:
        corrections.decide_withdrawal(
            Act(session, by or town.actor(Role.SCRUTINEER), AT),
            certification.hold(session, key),
            granted=granted,
            note="与纸面核对属实",
        )


def _reopen(town: small.Town, district: int, place: str) -> None:
    key = town.sheet(district, place).id
    with transaction() as session:
        counting.reopen(
            Act(session, town.actor(Role.DIRECTOR), AT),
            counting.locked(session, key),
            reason="漏数",
        )


def _phase(town: small.Town) -> Phase:
    db.session.expire_all()
    return db.session.get_one(Election, town.election_id).phase


def _close(town: small.Town) -> None:
    with transaction() as session:
        move_phase(
            Act(session, town.actor(Role.DIRECTOR), AT),
            session.get_one(Election, town.election_id),
            to=Phase.CLOSED,
            reason="",
            faults=0,
            alerts=0,
            records=0,
        )


def test_a_wrong_certified_figure_becomes_a_second_published_version(town: small.Town) -> None:
    """T1, T48: certify, publish, close; withdraw, reopen, correct, sign, certify, publish anew."""
    small.certify_whole(town)
    congress = congress_of(town.election_id, Level.TOWN).id
    publish_these(town.office, (congress,))
    _close(town)
    _refused("R.151", _reopen, town, 2, "S02")

    ask(town, 2)
    _refused("R.634", publish_these, town.office, (congress,), reason="更正", at=AT + DAY)
    decide(town, 2)
    assert _phase(town) is Phase.COUNTING
    _refused("R.711", publish_these, town.office, (congress,), reason="更正", at=AT + DAY)

    _reopen(town, 2, "S02")
    ids = town.ids(2)
    right = small.paper({ids["李四"]: 110, ids["赵五"]: 180})
    key = town.sheet(2, "S02").id
    small.enter(town, key, right, 0, confirmed=True)
    small.enter(town, key, right, 1, confirmed=True)
    small.sign(town, key)
    small.certify(town, 2)
    publish_these(town.office, (congress,), reason="更正第2选区计票", at=AT + DAY)

    rows = db.session.scalars(select(Publication).order_by(Publication.version)).all()
    assert [(row.version, row.reason) for row in rows] == [(1, ""), (2, "更正第2选区计票")]
    assert [verify_package(bytes(row.package)) for row in rows] == [[], []]
    withdrawal = db.session.scalars(select(Withdrawal)).one()
    assert withdrawal.certificate is not None
    assert withdrawal.certificate["outcome"]["elected"] == [ids["李四"]]
    now = db.session.scalars(select(Result).where(Result.round_id == town.round(2).id)).one()
    assert now.outcome_json["elected"] == [ids["赵五"]]
    assert verify(db.session()) == []
    _require_two_people_and_a_new_certificate(unpacked(bytes(rows[1].package)))


def _require_two_people_and_a_new_certificate(files: dict[str, bytes]) -> None:
    """A stranger's verifier sees who withdrew, and whether the round was certified anew."""
    lines = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
    place = next(n for n, one in enumerate(lines) if one.get("what") == "result.withdraw")

    def faults(records: list[dict[str, object]]) -> list[str]:
        text = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records)
        return verify_package(packed(with_manifest({**files, "audit.jsonl": text.encode()})))

    asked_by = lines[place]["data"]["asked_by"]
    alone = [*lines[:place], {**lines[place], "who": asked_by}, *lines[place + 1 :]]
    assert any("须由第二人决定" in fault for fault in faults(alone))
    stale = [
        {name: record[name] for name in ("seq", "prev", "hash")}
        if record.get("what") == "result.certify" and number > place
        else record
        for number, record in enumerate(lines)
    ]
    assert any("没有有效的确认记录" in fault for fault in faults(stale))


def test_figures_of_a_correction_under_way_are_in_no_other_congress_s_package(
    town: small.Town,
) -> None:
    """T44: the county's package ends with a chain that tells of the town's new count as well."""
    small.certify_whole(town)
    small.count_whole(town, 0, {"周八": 60, "郑九": 20}, issued=90)
    small.certify(town, 0)
    town_id = congress_of(town.election_id, Level.TOWN).id
    county_id = congress_of(town.election_id, Level.COUNTY).id
    publish_these(town.office, (town_id,))
    ask(town, 2)
    decide(town, 2)
    _reopen(town, 2, "S02")
    ids = town.ids(2)
    small.enter(
        town,
        town.sheet(2, "S02").id,
        small.paper({ids["李四"]: 110, ids["赵五"]: 180}),
        0,
        confirmed=True,
    )
    publish_these(town.office, (county_id,), at=AT + DAY)
    raw = bytes(
        db.session.scalars(select(Publication).where(Publication.congress_id == county_id))
        .one()
        .package
    )
    assert verify_package(raw) == []
    lines = [json.loads(line) for line in unpacked(raw)["audit.jsonl"].splitlines()]
    entries = [one["what"] for one in lines if one.get("subject", "").startswith("town-2")]
    assert entries == [
        "count.account",
        "count.entry",
        "count.entry",
        "count.sign",
        "result.certify",
    ]


def test_the_record_tells_who_asked_who_granted_and_what_stood(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    outcome = small.certify(town, 2).outcome_json
    ask(town, 2)
    decide(town, 2)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "result.withdraw")).one()
    entries = {n: entry.data[n] for n in ("round", "reason", "reference", "asked_by", "removed")}
    assert entries == {
        "round": "town-2-r1",
        "reason": "M01点漏数10票",
        "reference": "选委会〔2021〕15号",
        "asked_by": town.actor(Role.DIRECTOR).number,
        "removed": None,
    }
    assert entry.who == town.actor(Role.SCRUTINEER).number
    assert entry.data["withdrawn"]["outcome"] == outcome


def test_a_withdrawal_needs_a_certificate_a_reason_and_a_decision_once(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    _refused("R.632", ask, town, 2)
    small.certify(town, 2)
    _refused("R.633", ask, town, 2, reason=" ")
    _refused("R.633", ask, town, 2, reference="")
    _refused("R.637", decide, town, 2)
    ask(town, 2)
    _refused("R.634", ask, town, 2)
    assert len(db.session.scalars(select(Result)).all()) == 1


def test_two_people_withdraw_and_neither_alone(town: small.Town) -> None:
    """Whoever holds both roles still cannot grant what they asked for."""
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.certify(town, 2)
    one = town.actor(Role.DIRECTOR)
    both = Actor(
        one.township_id, one.official_id, one.number, frozenset({Role.DIRECTOR, Role.SCRUTINEER})
    )
    _refused("R.901", ask, town, 2, by=town.actor(Role.SCRUTINEER))
    ask(town, 2, by=both)
    _refused("R.635", decide, town, 2, by=both)
    _refused("R.901", decide, town, 2, by=town.actor(Role.PUBLISHER))
    _refused("R.621", _reopen, town, 2, "S02")


def test_a_declined_withdrawal_leaves_the_certificate_and_may_be_asked_again(
    town: small.Town,
) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.certify(town, 2)
    ask(town, 2)
    decide(town, 2, granted=False)
    _refused("R.621", _reopen, town, 2, "S02")
    ask(town, 2)
    decide(town, 2)
    states = [row.state for row in db.session.scalars(select(Withdrawal).order_by(Withdrawal.id))]
    assert states == [WithdrawalState.DECLINED, WithdrawalState.GRANTED]
    assert verify(db.session()) == []


def test_a_later_round_without_records_goes_with_the_certificate(town: small.Town) -> None:
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 120, ids["赵五"]: 40}, writeins={"钱多": 90})
    small.count(town, town.sheet(2, "S02").id, figures)
    small.certify(town, 2, decision="选委会〔2021〕9号")
    chosen = [ids["李四"], "write-in:钱多"]
    more = {"chosen": chosen, "decision": "选委会〔2021〕9号"}
    small.open_next(town, 2, **more)
    ask(town, 2)
    decide(town, 2)
    codes = [one.code for one in db.session.scalars(select(Round)) if one.code.startswith("town-2")]
    assert codes == ["town-2-r1"]
    written = db.session.scalars(select(Candidacy).where(Candidacy.reason == "town-2-r1")).one()
    assert written.status is CandidacyStatus.WITHDRAWN
    small.certify(town, 2, decision="选委会〔2021〕16号")
    small.open_next(town, 2, **more)
    db.session.expire_all()
    again = db.session.scalars(select(Candidacy).where(Candidacy.reason == "town-2-r1")).one()
    assert (again.id, again.status) == (written.id, CandidacyStatus.WRITE_IN)
    assert verify(db.session()) == []


def test_a_certificate_stands_once_a_later_round_is_counted(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    small.certify(town, 2)
    small.open_next(town, 2, day=date(2021, 12, 20))
    ids = town.ids(2, 2)
    ask(town, 2)
    small.count(town, town.sheet(2, "S02", 2).id, small.paper({ids["李四"]: 180, ids["赵五"]: 110}))
    _refused("R.636", decide, town, 2)
    decide(town, 2, granted=False)
    _refused("R.636", ask, town, 2)
    assert verify(db.session()) == []


def test_nothing_is_built_on_a_certificate_under_withdrawal(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    small.certify(town, 2)
    ask(town, 2)
    _refused("R.634", small.open_next, town, 2)
