"""The law of an election on the set-up page, and decisions that use what it leaves open."""

import pytest
from sqlalchemy import update

from election.database import db, transaction
from election.models import AuditEntry, Election
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.profile.parameters import PARAMETERS
from election.rules.profile.values import SETTINGS
from election.web.elections.law import law_lines
from tests.builders import Office, an_election
from tests.client import StrictClient

DECISION = {"body": "town_committee", "number": "鹤选委〔2021〕3号", "day": "2021-11-20"}


def election() -> Election:
    db.session.expire_all()
    return db.session.get_one(Election, 1)


def decide(client: StrictClient, name: str, value: str, status: int = 303, **other: str) -> str:
    form = DECISION | other | {"value": value, "version": str(election().version)}
    return client.post(f"/elections/1/law/{name}", form, status=status).get_data(as_text=True)


@pytest.fixture
def director(client: StrictClient, office: Office) -> StrictClient:
    an_election(office)
    client.sign_in(Role.DIRECTOR)
    return client


def test_the_page_says_what_is_in_force_since_when_and_by_which_article(
    director: StrictClient,
) -> None:
    page = director.get("/elections/1/set-up").get_data(as_text=True)
    assert "2021年12月16日施行的法律" in page
    for words in ("《选举法》第三十条；《浙江省选举实施细则》第三十四条", "2021年3月26日起施行"):
        assert words in page
    for code in ("EL 30", "HUKOU", "INCLUSIVE", "nominators_min ="):
        assert code not in page


def test_only_what_the_law_leaves_open_is_offered(director: StrictClient) -> None:
    page = director.get("/elections/1/set-up").get_data(as_text=True)
    offered = {p.name for p in PARAMETERS if f"/law/{p.name}" in page}
    assert {"majority_basis", "mobile_box_min_staff", "tie_repeat_max"} < offered
    assert not offered & {"nominators_min", "proxy_max", "roll_publish_days", "session_quorum"}
    for parameter in PARAMETERS:
        status = 200 if parameter.name in offered else 404
        director.get(f"/elections/1/law/{parameter.name}", status=status)
    fixed = {name for name, settings in SETTINGS.items() if settings[0].fixed}
    assert not offered & fixed


def test_a_decision_is_recorded_with_its_body_number_and_day(director: StrictClient) -> None:
    decide(director, "majority_basis", "RETURNED")
    assert election().profile.word("majority_basis") == "RETURNED"
    page = director.get("/elections/1/set-up").get_data(as_text=True)
    assert "乡镇选举委员会 · 鹤选委〔2021〕3号 · 2021年11月20日" in page
    line = next(row for row in law_lines(election()) if row.parameter.name == "majority_basis")
    assert (line.applies.zh, [other.zh for other in line.others]) == ("收回选票数", ["发出选票数"])
    entry = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert entry is not None
    recorded = {
        "parameter": "majority_basis",
        "value": "RETURNED",
        "by_law": "ISSUED",
        "article": "EL 44-45; ZJ 47",
        "decision": DECISION,
    }
    assert (entry.what, entry.data) == ("election.parameter", (entry.data or {}) | recorded)
    decide(director, "majority_basis", "ISSUED")
    assert election().overrides == {}
    assert verify(db.session()) == []


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("late_registration_days", "null", None),
        ("mobile_box_min_staff", "3", 3),
        ("party_total_cap", "1/5", "1/5"),
        ("district.deviation_warn", "25%", "1/4"),
        ("tie_repeat_max", "3", 3),
        ("count_first_day", "true", True),
    ],
)
def test_every_kind_of_value_is_stored_and_read_back(
    director: StrictClient, name: str, value: str, stored: object
) -> None:
    decide(director, name, value)
    assert election().overrides[name]["value"] == stored
    assert election().profile.refused == ()
    director.get(f"/elections/1/law/{name}")


@pytest.mark.parametrize(
    ("name", "value"),
    [("majority_basis", "VALID"), ("mobile_box_min_staff", "1"), ("tie_repeat_max", "0")],
)
def test_what_is_no_alternative_is_refused_at_its_field(
    director: StrictClient, name: str, value: str
) -> None:
    page = decide(director, name, value, status=422)
    assert "field-error" in page
    assert election().overrides == {}


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"number": ""}, "field-error"),
        ({"day": ""}, "field-error"),
        ({"body": "mayor"}, "field-error"),
        ({"number": "x"}, "R.191"),
        ({"day": "2999-01-01"}, "R.192"),
    ],
)
def test_no_value_of_ones_own_without_a_decision(
    director: StrictClient, missing: dict[str, str], code: str
) -> None:
    assert code in decide(director, "majority_basis", "RETURNED", status=422, **missing)
    assert election().overrides == {}


def test_another_day_brings_its_law(director: StrictClient) -> None:
    def on(day: str, status: int = 303) -> str:
        form = {"title": "补选", "election_day": day, "version": str(election().version)}
        page = director.post("/elections/1/set-up", form, status=status)
        assert page.status_code == status
        return election().profile_name

    assert election().profile_name == "2021-zhejiang"
    assert on("2024-05-01") == "2024-05-01"
    assert election().profile.settings["session_quorum"].article == "OL 14(4)"
    assert on("2026-12-08") == "2025-zhejiang"
    assert on("2021-03-25", status=422) == "2025-zhejiang"


def test_what_an_older_version_stored_against_the_law_is_said_and_goes(
    director: StrictClient,
) -> None:
    decide(director, "majority_basis", "RETURNED")
    stored = {
        "nominators_min": {"value": 5, "raw": "5", "reason": "x"},
        "third_basis": {"value": "VALID", "raw": "VALID", "reason": "12月1日会议"},
    }
    known = election().overrides
    with transaction() as session:  # as an older version left it: no act of today does
        session.execute(update(Election).values(overrides=known | stored))
    decide(director, "tie_repeat_max", "3")
    page = director.get("/elections/1/set-up").get_data(as_text=True)
    assert "只能是10，不能改为“5”（《选举法》第三十条" in page
    assert "12月1日会议" in page
    assert election().profile.whole("nominators_min") == 10
    form = {"title": "换届", "election_day": "2021-12-16", "version": str(election().version)}
    director.post("/elections/1/set-up", form)
    assert set(election().overrides) == {"majority_basis", "third_basis", "tie_repeat_max"}


def test_who_may_not_set_up_reads_the_law_and_is_offered_nothing(
    client: StrictClient, office: Office
) -> None:
    an_election(office)
    client.sign_in(Role.REGISTRAR)
    page = client.get("/elections/1/set-up").get_data(as_text=True)
    assert "/law/" not in page
    assert "可以另作决定的" in page
