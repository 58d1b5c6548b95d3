"""Who is written in is identified; one person holds one seat of a level (R5.17, R8.11, R9.13)."""

import pytest
from sqlalchemy import select

from election.database import db
from election.exchange.publication.package import open_package, tables
from election.exchange.publication.verifier.verify import verify as verify_package
from election.models import AuditEntry, Candidacy, CandidacyStatus, Person
from election.queries.audit import verify
from election.queries.publication import freeze
from election.queries.results.outcomes import count_round
from election.rules.results.certified import Keeps
from election.rules.results.written_in import ANOTHER, Statement
from election.rules.terms import Level, RuleViolation
from tests.actions import small_town as small
from tests.actions.results.test_corrections import ask, decide
from tests.builders import Office, congress_of
from tests.exchange.publication.published_town import package_of, publish_these

DECIDED = "选委会〔2021〕20号"


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _refused(code: str, act, *args, **more) -> None:
    with pytest.raises(RuleViolation) as refused:
        act(*args, **more)
    assert refused.value.code.id == code


def _written(town: small.Town, district: int, name: str, votes: int = 160) -> None:
    names = small.NAMES[district]
    ids = town.ids(district)
    figures = small.paper({ids[names[0]]: 80, ids[names[1]]: 40}, writeins={name: votes})
    for sheet_id in [sheet.id for sheet in town.round(district).sheets]:
        small.count(town, sheet_id, figures)


def _statements(name: str, **more: object) -> dict[str, Statement]:
    return small.identified({f"write-in:{name}": 0}, **more)


def test_an_elected_write_in_is_identified_with_the_certificate(town: small.Town) -> None:
    _written(town, 2, "钱多")
    _refused("R.628", small.certify, town, 2, statements={})
    result = small.certify(town, 2)
    assert result.outcome_json["persons"] == {
        "write-in:钱多": {
            "identity": small.IDENTIFIED.identity,
            "same_as": None,
            "keeps": None,
        }
    }
    assert [s["rule"] for s in result.outcome_json["steps"]][-1] == "R8.11"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "result.certify")).one()
    assert entry.data["outcome"] == result.outcome_json


def test_one_name_in_two_spellings_is_not_certified_without_a_decision(town: small.Town) -> None:
    """T10: 钱多 at one place and 钱 多 at another; apart neither is elected, together they are."""
    ids = town.ids(1)
    votes = {ids["丁一"]: 50, ids["王二"]: 40, ids["张三"]: 30}
    for place, name in (("S01", "钱多"), ("M01", "钱 多")):
        figures = small.paper(votes, issued=180, writeins={name: 85})
        small.count(town, town.sheet(1, place).id, figures)
    alike = count_round(db.session(), town.round(1)).alike
    assert [(alert.code.id, alert.fields, alert.facts["votes"]) for alert in alike] == [
        ("A.640", ("钱 多", "钱多"), 170)
    ]
    _refused("R.603", small.certify, town, 1)
    assert small.certify(town, 1, decision=DECIDED).decision == DECIDED


def test_a_name_that_stands_elsewhere_is_the_committees_to_explain(town: small.Town) -> None:
    """马六 stands in district 3; spelling is unified as names are."""
    _written(town, 2, "马六")
    key = f"town-3/{town.ids(3)['马六']}"
    _refused("R.603", small.certify, town, 2)
    _refused("R.630", small.certify, town, 2, decision=DECIDED)
    _refused(
        "R.630",
        small.certify,
        town,
        2,
        decision=DECIDED,
        statements=_statements("马六", same_as="c999"),
    )
    result = small.certify(town, 2, decision=DECIDED, statements=_statements("马六", same_as=key))
    assert result.outcome_json["persons"]["write-in:马六"]["same_as"] == key
    assert "LAW_SILENT" in result.outcome_json["flags"]


def test_another_person_of_the_name_holds_the_seat_without_more(town: small.Town) -> None:
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    small.certify(town, 3)
    _written(town, 2, "马六")
    result = small.certify(
        town, 2, decision=DECIDED, statements=_statements("马六", same_as=ANOTHER)
    )
    assert result.outcome_json["persons"]["write-in:马六"]["same_as"] is None
    assert _not_taken(town) == {}


def _not_taken(town: small.Town) -> dict[str, tuple[str, ...]]:
    db.session.expire_all()
    frozen = freeze(db.session(), congress_of(town.election_id, Level.TOWN))
    return {one.id: gone for one in frozen.districts if (gone := frozen.not_taken(one))}


@pytest.mark.parametrize("keeps", list(Keeps))
def test_who_is_elected_twice_takes_the_seat_the_committee_decided(
    town: small.Town, keeps: Keeps
) -> None:
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    small.certify(town, 3)
    _written(town, 2, "马六")
    mine = town.ids(3)["马六"]
    key = f"town-3/{mine}"
    _refused(
        "R.631",
        small.certify,
        town,
        2,
        decision=DECIDED,
        statements=_statements("马六", same_as=key),
    )
    statements = _statements("马六", same_as=key, keeps=keeps)
    result = small.certify(town, 2, decision=DECIDED, statements=statements)
    assert result.outcome_json["elected"] == ["write-in:马六"]
    given_up = {"town-3": (mine,)} if keeps is Keeps.HERE else {"town-2": ("write-in:马六",)}
    assert _not_taken(town) == given_up
    assert verify(db.session()) == []


def test_a_seat_that_is_not_taken_is_published_as_vacant_and_the_package_holds(
    town: small.Town,
) -> None:
    small.count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 20}, issued=180, void=0, blank=0)
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    _written(town, 2, "马六")
    for district in (1, 3):
        small.certify(town, district)
    statements = _statements("马六", same_as=f"town-3/{town.ids(3)['马六']}", keeps=Keeps.THERE)
    small.certify(town, 2, decision=DECIDED, statements=statements)
    congress = congress_of(town.election_id, Level.TOWN).id
    publish_these(town.office, (congress,))
    raw = package_of(congress)
    assert verify_package(raw) == []
    opened = open_package(raw)
    assert opened.results["districts"]["town-2"]["not_taken"] == ["write-in:马六"]
    assert "not_taken" not in opened.results["districts"]["town-3"]
    assert (opened.frozen.elected, opened.frozen.vacant) == (4, 1)
    fates = [row[-1].en for row in tables(opened.frozen)["candidates"].rows if row[3] == "马六"]
    assert sorted(fates) == ["elected", "elected, sits for another district"]


def test_the_order_of_certificates_does_not_matter(town: small.Town) -> None:
    _written(town, 2, "马六")
    key = f"town-3/{town.ids(3)['马六']}"
    small.certify(town, 2, decision=DECIDED, statements=_statements("马六", same_as=key))
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    _refused("R.603", small.certify, town, 3)
    _refused("R.631", small.certify, town, 3, decision=DECIDED)
    mine = town.ids(3)["马六"]
    small.certify(town, 3, decision=DECIDED, statements={mine: Statement(keeps=Keeps.HERE)})
    assert _not_taken(town) == {"town-2": ("write-in:马六",)}


def test_a_seat_given_up_counts_again_once_the_other_is_withdrawn(town: small.Town) -> None:
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    small.certify(town, 3)
    _written(town, 2, "马六")
    key = f"town-3/{town.ids(3)['马六']}"
    statements = _statements("马六", same_as=key, keeps=Keeps.THERE)
    small.certify(town, 2, decision=DECIDED, statements=statements)
    ask(town, 3)
    decide(town, 3)
    assert _not_taken(town) == {}


def test_a_write_in_of_a_further_election_is_the_person_known_elsewhere(town: small.Town) -> None:
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 120, ids["赵五"]: 40}, writeins={"马六": 90})
    small.count(town, town.sheet(2, "S02").id, figures)
    small.certify(town, 2, decision=DECIDED)
    key = f"town-3/{town.ids(3)['马六']}"
    more = {"chosen": [ids["李四"], "write-in:马六"], "decision": DECIDED}
    _refused("R.628", small.open_next, town, 2, **more, statements={})
    _refused("R.630", small.open_next, town, 2, **more)
    small.open_next(town, 2, **more, statements=_statements("马六", same_as=key))
    assert len(db.session.scalars(select(Person).where(Person.name == "马六")).all()) == 1
    row = db.session.scalars(
        select(Candidacy).where(Candidacy.status == CandidacyStatus.WRITE_IN)
    ).one()
    assert row.person.name == "马六"
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    small.certify(town, 3)
    small.count_whole(town, 2, {"李四": 80, "马六": 150}, number=2)
    _refused("R.631", small.certify, town, 2, 2, decision=DECIDED)


def test_who_is_elected_elsewhere_does_not_stand_in_a_further_election(town: small.Town) -> None:
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    small.certify(town, 3)
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 120, ids["赵五"]: 40}, writeins={"马六": 90})
    small.count(town, town.sheet(2, "S02").id, figures)
    small.certify(town, 2, decision=DECIDED)
    key = f"town-3/{town.ids(3)['马六']}"
    chosen = [ids["李四"], "write-in:马六"]
    _refused(
        "R.638",
        small.open_next,
        town,
        2,
        chosen=chosen,
        decision=DECIDED,
        statements=_statements("马六", same_as=key),
    )
    small.open_next(town, 2, chosen=[ids["李四"], ids["赵五"]], decision=DECIDED)
