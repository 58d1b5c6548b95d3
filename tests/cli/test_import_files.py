"""`import neighbours`, `import units` with shapes: one line per fault, all or nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from election.cli.calc import command as calc
from election.cli.exports import command as export
from election.cli.imports import command
from election.database import db
from election.exchange.units import borders, shapes
from election.queries.audit import verify
from election.queries.units import table as queries
from election.queries.units.table import UnitRow
from tests.builders import Office, an_election
from tests.exchange.units.test_shapes import collection, feature, square

Run = Callable[..., Result]
UNITS = "编码,名称,户籍人口,相邻单元\nA1,东山村,1200,A2\nA2,西山村,0,\nA3,渔港社区,,\n"


@pytest.fixture
def run(app: Flask, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `import WHAT` on bytes, over the database of the test's application."""
    monkeypatch.setenv("XUANBAN_DATA", app.config["XUANBAN_DATA"])
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def call(what: str, name: str, raw: bytes, *options: str) -> Result:
        db.session.rollback()
        path = tmp_path / name
        path.write_bytes(raw)
        return CliRunner().invoke(command, [what, str(path), *options])

    return call


@pytest.fixture
def election_id(office: Office, run: Run) -> int:
    made = an_election(office)
    assert run("units", "u.csv", UNITS.encode("utf-8-sig")).exit_code == 0
    return made


def rows(election_id: int) -> list[UnitRow]:
    db.session.rollback()
    db.session.expire_all()
    return queries.of_election(db.session(), election_id, outlines=True)


def test_zero_people_are_a_known_zero(election_id: int) -> None:
    assert [row.values.hukou_population for row in rows(election_id)] == [1200, 0, None]


def test_neighbours_are_stored_and_said_pair_by_pair(run: Run, election_id: int) -> None:
    text = "甲,乙,方式\nA1,A2,陆\nA2,A3,轮渡\n".encode("gb18030")
    dry = run("neighbours", "n.csv", text, "--dry-run", "--json")
    document = json.loads(dry.stdout)
    assert (dry.exit_code, document["added"], document["skipped"]) == (0, 1, 1)
    assert rows(election_id)[2].values.ferries == ()
    done = run("neighbours", "n.csv", text)
    assert done.stdout.splitlines() == [
        "2\tA1 — A2\t东山村 — 西山村\t跳过 skip\t与已有数据相同 / the same as stored",
        "3\tA2 — A3\t西山村 — 渔港社区\t新增 add\t轮渡 / ferry",
        "新增1个、修改0个、跳过1个 / add 1, change 0, skip 1",
    ]
    assert rows(election_id)[2].values.ferries == ("A2",)
    assert verify(db.session()) == []


def test_an_export_of_pairs_as_the_whole_list_changes_nothing(run: Run, election_id: int) -> None:
    raw = borders.export_csv(rows(election_id), "zh")
    done = run("neighbours", "n.csv", raw, "--whole", "--json")
    document = json.loads(done.stdout)
    assert (document["added"], document["changed"], document["removed"]) == (0, 0, 0)
    gone = json.loads(run("neighbours", "n.csv", b"a,b\nA2,A3\n", "--whole", "--json").stdout)
    assert (gone["added"], gone["removed"]) == (1, 1)
    assert [row.values.neighbours for row in rows(election_id)] == [(), ("A3",), ("A2",)]


def test_faults_of_pairs_are_lines_and_nothing_is_stored(run: Run, election_id: int) -> None:
    done = run("neighbours", "n.csv", b"a,b\nA2,A3\nA1,Z\nA1,A1\n")
    places = [line.split("n.csv")[1].split(" ")[0] for line in done.stderr.splitlines()]
    assert (done.exit_code, done.stdout, places) == (2, "", [":3:乙:", ":4:乙:"])
    assert rows(election_id)[2].values.neighbours == ()


def test_shapes_are_stored_and_their_export_changes_nothing(run: Run, election_id: int) -> None:
    raw = collection(feature("A1", square(121.9, 29.1)), feature("A2", None))
    dry = json.loads(run("units", "s.geojson", raw, "--dry-run", "--json").stdout)
    assert (dry["added"], dry["skipped"], dry["without_shape"]) == (1, 1, ["A2", "A3"])
    assert rows(election_id)[0].values.outline is None
    assert run("units", "s.geojson", raw).exit_code == 0
    assert rows(election_id)[0].values.outline
    again = run("units", "s.geojson", shapes.export(rows(election_id), "en"), "--json")
    document = json.loads(again.stdout)
    assert (document["added"], document["changed"], document["skipped"]) == (0, 0, 3)


def test_faults_of_shapes_name_the_feature_and_of_json_the_line(run: Run, election_id: int) -> None:
    raw = collection(feature("A1", square(121.9, 29.1)), feature("Z", square(1, 1)))
    done = run("units", "s.geojson", raw)
    assert (done.exit_code, rows(election_id)[0].values.outline) == (2, None)
    assert done.stderr.split("s.geojson")[1].split(" ")[0] == ":第2个要素:编码:"
    assert run("units", "s.geojson", raw, "--skip-unknown").exit_code == 0
    broken = run("units", "s.json", b'{"type":\n"FeatureCollection",\n')
    assert broken.stderr.split("s.json")[1].split(" ")[0] == ":3:1:"
    other = run(
        "units", "s.json", raw.replace(b'"code"', b'"id"'), "--property", "id", "--skip-unknown"
    )
    assert other.exit_code == 0


def test_what_is_to_be_looked_at_is_said_on_stderr_and_stops_nothing(
    run: Run, election_id: int
) -> None:
    text = "编码,选民小组\nA1,一组 700；二组 400\n".encode()
    done = run("units", "g.csv", text)
    assert (done.exit_code, "W.174" in done.stderr) == (0, True)
    assert "选民小组 —→一组 700；二组 400" in done.stdout


def test_a_hundred_warnings_are_enough(run: Run, election_id: int) -> None:
    text = "编码,名称,户籍人口,选民小组\n" + "".join(f"W{n},村,9,甲 1\n" for n in range(130))
    done = run("units", "g.csv", text.encode(), "--dry-run")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        0,
        "另有30条未列出 / 30 more are not shown",
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_export_comes_back_and_changes_nothing(
    run: Run, election_id: int, tmp_path: Path, language: str
) -> None:
    drawn = collection(
        feature("A1", square(121.9, 29.1)), feature("A3", {"type": "Point", "coordinates": [1, 2]})
    )
    assert run("units", "s.geojson", drawn).exit_code == 0
    before = rows(election_id)
    for what, form in (
        ("units", "csv"),
        ("units", "xlsx"),
        ("units", "geojson"),
        ("neighbours", "csv"),
        ("neighbours", "xlsx"),
    ):
        db.session.rollback()
        options = ["--format", form, "--language", language, "--output", str(tmp_path / "out")]
        done = CliRunner().invoke(export, [what, *options])
        path = tmp_path / "out" / f"{what}.{form}"
        assert (done.exit_code, done.stdout) == (0, f"{path}\n")
        again = run(what, path.name, path.read_bytes(), "--json")
        document = json.loads(again.stdout)
        assert (document["added"], document["changed"]) == (0, 0)
    assert rows(election_id) == before


def test_the_exported_pairs_serve_the_planner(run: Run, election_id: int, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_bytes(borders.export_csv(rows(election_id), "zh"))
    (tmp_path / "u.csv").write_text("code,name,population\nA1,a,9\nA2,b,9\n")
    units, edges = str(tmp_path / "u.csv"), str(tmp_path / "e.csv")
    done = CliRunner().invoke(calc, ["districts", units, "--adjacency", edges, "--seats", "2"])
    assert done.exit_code == 0, done.output
