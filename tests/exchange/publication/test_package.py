"""The package: exactly the contract's files, one computed source, equal bytes, no personal data."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from election.database import db
from election.exchange.publication.package import Opened, build, commitments, open_package, tables
from election.exchange.publication.package.building import assemble
from election.exchange.publication.package.exports import as_csv, as_json, as_xlsx, stem
from election.exchange.publication.publishing import draft
from election.exchange.publication.verifier.verify import digest, verify
from election.models import Congress, Official
from election.queries.audit import entries
from election.queries.publication import freeze
from election.rules.counting import Papers
from election.rules.id_numbers import check_id_number
from tests.builders import Office
from tests.exchange.publication.counted_town import TOWN as TOWN_DISTRICTS
from tests.exchange.publication.published_town import (
    COUNTY,
    PUBLISHED_AT,
    TOWN,
    app_on,
    counted_town,
    package_of,
    publish_these,
    published_town,
    stored_packages,
    unpacked,
)

PAPERS = tuple(Papers)


@pytest.fixture
def app(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    yield from app_on(counted_town(founded, tmp_path_factory), tmp_path)


@pytest.fixture(scope="session")
def town(founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return stored_packages(published_town(founded, tmp_path_factory))[TOWN]


@pytest.fixture(scope="session")
def opened(town: bytes) -> Opened:
    return open_package(town)


def test_it_holds_exactly_the_files_of_the_contract(town: bytes) -> None:
    charts = {f"charts/{name}.svg" for name in ("turnout", "need", "deputies")}
    charts |= {f"charts/town-{number}.svg" for number in TOWN_DISTRICTS}
    assert set(unpacked(town)) == charts | {
        "MANIFEST.sha256",
        "README.txt",
        "audit.jsonl",
        "counts.csv",
        "documents/result-notice.pdf",
        "election.json",
        "results.json",
        "turnout.csv",
        "verify.py",
    }


def test_the_fields_are_those_of_the_contract(town: bytes) -> None:
    files = unpacked(town)
    election, results = json.loads(files["election.json"]), json.loads(files["results.json"])
    assert {
        "township",
        "congress",
        "term",
        "election_day",
        "profile",
        "rules",
        "districts",
        "places",
        "rounds",
    } <= election.keys()
    assert election["rules"] == {
        "turnout_over": "1/2",
        "win_over": "1/2",
        "win_base": "issued",
        "further_at_least": "1/3",
        "further_base": "returned",
        "tie_repeat_max": 2,
        "further_election_rounds": 1,
    }
    assert election["districts"][2]["candidates"] == [
        {"id": "c8", "name": "吴磊", "sex": "female", "formal": True},
        {"id": "c9", "name": "徐丽", "sex": "female", "formal": True},
    ]
    assert {"id", "number", "name", "seats", "registered"} <= election["districts"][0].keys()
    assert election["places"][1] == {
        "id": "M02",
        "district": "town-2",
        "kind": "mobile_box",
        "name": "村2流动票箱",
    }
    rerun = next(one for one in election["rounds"] if one["round"] == "town-5-r2")
    assert (rerun["kind"], rerun["counts_as"]) == ("rerun", "first")
    assert {"audit_head", "published_at", "version", "alerts", "districts"} <= results.keys()
    assert results["alerts"] == ["M05"]
    third = results["districts"]["town-3"]
    assert (third["elected"], third["vacant"]) == (["write-in:郑和"], 0)
    assert third["rounds"][0]["votes"] == {"c8": 90, "c9": 60, "write-in:郑和": 270}
    outcome = {
        "valid",
        "reasons",
        "need",
        "elected",
        "tied",
        "tied_seats",
        "missing",
        "next",
        "steps",
        "next_seats",
        "next_candidates",
        "flags",
    }
    assert outcome | {*PAPERS} <= third["rounds"][0].keys()
    assert files["counts.csv"].splitlines()[0] == b"round,place,stage,item,value"
    assert files["turnout.csv"].splitlines()[:2] == [
        b"round,district,registered,checked_in,proxy",
        b"town-1-r1,town-1,1000,790,10",
    ]


def test_the_manifest_lists_every_other_file_with_its_digest(town: bytes) -> None:
    files = unpacked(town)
    manifest = files.pop("MANIFEST.sha256").decode()
    assert manifest == "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files))


def test_frozen_values_survive_the_way_through_the_package(app: Flask, office: Office) -> None:
    frozen = freeze(db.session(), db.session.get_one(Congress, TOWN))
    publish_these(office, (TOWN,))
    assert open_package(package_of(TOWN)).frozen == frozen


def test_equal_records_give_equal_bytes(app: Flask) -> None:
    frozen = freeze(db.session(), db.session.get_one(Congress, COUNTY))
    one, two = (build(frozen, version=1, reason="", at=PUBLISHED_AT) for _ in range(2))
    assert commitments(one) == commitments(two)
    chain = [{"seq": 1, "hash": "a" * 64}]
    assert assemble(one, chain) == assemble(two, chain)


# --- the log -----------------------------------------------------------------------------------


def _chain(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unpacked(raw)["audit.jsonl"].splitlines()]


def test_only_counts_results_and_publications_leave_the_house(app: Flask, town: bytes) -> None:
    chain = _chain(town)
    whole = [record for record in chain if record.keys() != {"seq", "prev", "hash"}]
    assert {record["what"].split(".")[0] for record in whole} == {"count", "result", "publication"}
    assert len({record["data"]["salt"] for record in whole}) == len(whole)
    entry = next(record["data"] for record in whole if record["what"] == "count.entry")
    assert {"round", "place", "stage", "sheet"} <= entry.keys()
    stored = {row.what for row in entries(db.session(), 1)} | {"accounts.add", "test.seed"}
    withheld = {what for what in stored if not what.startswith(("count.", "result.", "public"))}
    log = unpacked(town)["audit.jsonl"].decode()
    assert [what for what in withheld if what in log] == []


def test_a_congress_not_published_yet_keeps_its_counts_out_of_the_log(
    app: Flask, office: Office
) -> None:
    publish_these(office, (TOWN,))
    early = package_of(TOWN)
    assert verify(early) == []
    assert b"county" not in unpacked(early)["audit.jsonl"]
    publish_these(office, (COUNTY,))
    late = _chain(package_of(COUNTY))
    assert [r for r in late if r.get("subject") == "county-1-r1/S01" and "data" not in r] == []
    assert [r for r in late if r.get("subject") == "county-1-r1/S01"] != []
    assert verify(package_of(COUNTY)) == []


def test_nothing_in_it_names_an_official_or_gives_an_id_number(app: Flask, town: bytes) -> None:
    everything = b"\n".join(unpacked(town).values()).decode("utf-8", "replace")
    for who in db.session.query(Official).all():
        assert who.username not in everything
    numbers = re.findall(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])", everything)
    assert [number for number in numbers if not check_id_number(number)] == []


# --- one computed source (T9) -------------------------------------------------------------------


def test_package_csv_workbook_and_json_have_the_same_totals(opened: Opened) -> None:
    results = json.loads(as_json(opened))["results"]["districts"]
    right = {
        (district, one["round"]): tuple(one[head] for head in PAPERS)
        for district, told in results.items()
        for one in told["rounds"]
    }
    from_counts: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in csv.DictReader(io.StringIO(opened.files["counts.csv"].decode())):
        key = (row["round"].rsplit("-", 1)[0], row["round"])
        if row["stage"] == "signed" and row["item"] in PAPERS:
            old = from_counts.setdefault(key, (0,) * len(PAPERS))
            place = PAPERS.index(row["item"])
            from_counts[key] = (*old[:place], old[place] + int(row["value"]), *old[place + 1 :])
    assert from_counts == right
    firsts = [right[f"town-{n}", f"town-{n}-r1"] for n in TOWN_DISTRICTS]
    rows = list(csv.reader(io.StringIO(as_csv(opened)["districts"].decode("utf-8-sig"))))
    assert [tuple(map(int, row[8 : 8 + len(PAPERS)])) for row in rows[1:]] == firsts
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(opened)))
    sheet = book.get_sheet_by_name("各选区结果").to_python()
    assert [tuple(map(int, row[8 : 8 + len(PAPERS)])) for row in sheet[1:]] == firsts
    table = tables(opened.frozen)["districts"]
    assert [row[8 : 8 + len(PAPERS)] for row in table.rows] == firsts


def test_votes_are_the_same_in_every_format(opened: Opened) -> None:
    results = json.loads(as_json(opened))["results"]["districts"]
    right = sorted(
        n for d in results.values() for one in d["rounds"] for n in one["votes"].values()
    )
    rows = list(csv.reader(io.StringIO(as_csv(opened)["candidates"].decode("utf-8-sig"))))
    assert sorted(int(row[6]) for row in rows[1:]) == right
    assert [row[10] for row in rows[1:]].count("当选") == 7
    assert stem(opened) == "result-town-v1"


def test_what_is_not_known_is_said_in_words(app: Flask) -> None:
    frozen = freeze(db.session(), db.session.get_one(Congress, TOWN))
    first = frozen.districts[0]
    bare = replace(frozen, districts=(replace(first, population=None, rounds=()),))
    row = tables(bare)["districts"].rows[0]
    assert (row[6], row[8], row[12]) == (None, None, None)


def test_a_draft_stores_nothing(app: Flask) -> None:
    before = db.session.execute(db.text("SELECT count(*) FROM audit_entry")).scalar()
    draft(db.session(), db.session.get_one(Congress, COUNTY), reason="", at=PUBLISHED_AT)
    assert db.session.execute(db.text("SELECT count(*) FROM audit_entry")).scalar() == before
    assert db.session.execute(db.text("SELECT count(*) FROM publication")).scalar() == 0
