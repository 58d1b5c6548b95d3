"""One decision certifies every result that leaves nothing to say; what needs a look stays out."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from election.actions.act import Act
from election.actions.results.together import certify_together
from election.database import db, transaction
from election.models import AuditEntry, Congress, Result
from election.queries.audit import verify
from election.queries.results.outcomes import count_round
from election.queries.results.together import digest_of, without_remark
from election.rules.access import NOT_ALLOWED, Actor, Role
from election.rules.terms import Level, RuleViolation
from tests.actions import small_town as small
from tests.builders import AT, Office, congress_of

DAY = date(2021, 12, 16)


@pytest.fixture
def town(office: Office) -> small.Town:
    town = small.counting_town(office)
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    return town


def _congress(town: small.Town) -> Congress:
    return db.session.get_one(Congress, congress_of(town.election_id, Level.TOWN).id)


def _waiting(town: small.Town, by: str = "") -> list[str]:
    db.session.expire_all()
    counts = without_remark(db.session(), _congress(town), by=by, today=DAY)
    return [count.round.code for count in counts]


def _together(town: small.Town, *, by: Actor | None = None, **more: object) -> list[Result]:
    actor = by or town.actor(Role.DIRECTOR)
    moment = datetime.combine(DAY, AT.timetz())
    with transaction() as session:
        congress = session.get_one(Congress, _congress(town).id)
        seen = digest_of(without_remark(session, congress, by=actor.number, today=DAY))
        words = {"reference": "选委〔2021〕9号", "day": DAY, "digest": seen} | more
        return certify_together(Act(session, actor, moment), congress, **words)


def _refused(code: str, town: small.Town, **more: object) -> None:
    with pytest.raises(RuleViolation) as refused:
        _together(town, **more)
    assert refused.value.code.id == code
    assert db.session.scalars(select(Result)).all() == []


def test_one_decision_certifies_every_district_and_each_keeps_its_certificate(
    town: small.Town,
) -> None:
    assert [result.decision for result in _together(town)] == ["选委〔2021〕9号 2021-12-16"] * 2
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(3)).all()
    assert [(entry.what, entry.subject) for entry in reversed(entries)] == [
        ("result.certify", "town-2-r1"),
        ("result.certify", "town-3-r1"),
        ("result.certify_together", f"{town.election_id}/town"),
    ]
    assert [line["round"] for line in entries[0].data["results"]] == ["town-2-r1", "town-3-r1"]
    assert verify(db.session()) == []
    assert _waiting(town) == []


def test_what_is_not_counted_or_certified_already_is_left_out(town: small.Town) -> None:
    assert _waiting(town) == ["town-2-r1", "town-3-r1"]
    small.certify(town, 2)
    assert _waiting(town) == ["town-3-r1"]


def test_a_tie_is_certified_by_itself(town: small.Town) -> None:
    votes = {"丁一": 130, "王二": 110, "张三": 110}
    small.count_whole(town, 1, votes, issued=180, void=0, blank=0)
    assert count_round(db.session(), town.round(1)).outcome.tied
    assert _waiting(town) == ["town-2-r1", "town-3-r1"]


def test_a_sheet_signed_with_an_explanation_is_looked_at(office: Office) -> None:
    town = small.counting_town(office)
    small.count_whole(town, 2, {"李四": 180, "赵五": 90}, void=20)
    assert [note.code for row in town.round(2).sheets for note in row.notes] == ["W.342"]
    assert _waiting(town) == []


def test_somebody_elected_in_two_districts_is_looked_at(town: small.Town) -> None:
    with transaction() as session:
        two, three = (town.round(n).candidates[0].candidacy.person for n in (2, 3))
        two.name = three.name = "李四"
        session.flush()
        Act(session, town.actor(Role.DIRECTOR), AT).record(
            under=None, what="test.rename", subject="x", data={}
        )
    assert _waiting(town) == []


def test_who_counted_does_not_certify_it_with_the_others(town: small.Town) -> None:
    teller = town.actor(Role.TELLER)
    assert _waiting(town, by=teller.number) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("R.642", {"reference": "  "}),
        ("R.643", {"day": date(2021, 12, 15)}),
        ("R.643", {"day": date(2021, 12, 17)}),
        ("R.604", {"digest": "0" * 64}),
    ],
)
def test_a_decision_without_number_or_of_another_day_or_list_certifies_nothing(
    town: small.Town, code: str, words: dict[str, object]
) -> None:
    _refused(code, town, **words)


def test_nothing_to_certify_is_said(office: Office) -> None:
    _refused("R.641", small.counting_town(office))


def test_only_who_may_certify_does(town: small.Town) -> None:
    with pytest.raises(RuleViolation) as refused:
        _together(town, by=town.actor(Role.PUBLISHER))
    assert refused.value.code == NOT_ALLOWED
