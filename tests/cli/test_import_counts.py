"""`import counts`: one teller's entries from a table; two people stay two people."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from election.cli.imports import command
from election.database import db
from election.queries.audit import verify
from election.queries.counting import in_force
from election.rules.access import Role
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.builders import Office

Run = Callable[..., Result]
HEAD = "round,place,stage,item,value\n"


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


@pytest.fixture
def run(app: Flask, town: small.Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("XUANBAN_DATA", app.config["XUANBAN_DATA"])
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def call(text: str, *options: str, role: Role = Role.TELLER, which: int = 0) -> Result:
        db.session.rollback()
        path = tmp_path / "counts.csv"
        path.write_text(text, encoding="utf-8-sig")
        who = town.office.of(role, which).username
        return CliRunner().invoke(command, ["counts", str(path), "--as", who, *options])

    return call


def rows(figures: Mapping[str, object], stage: str = "entry1", place: str = "S02") -> str:
    return "".join(f"town-2-r1,{place},{stage},{item},{n}\n" for item, n in figures.items())


def right(town: small.Town) -> dict[str, int]:
    ids = town.ids(2)
    return small.paper({ids["李四"]: 180, ids["赵五"]: 110})


def entries(town: small.Town) -> dict[int, tuple[str, dict[str, int]]]:
    """Slot -> (person, figures)."""
    db.session.rollback()
    return {n: (one.person, one.figures) for n, one in in_force(town.sheet(2, "S02")).items()}


def codes(done: Result) -> list[str]:
    """row:column and code of each line on stderr."""
    lines = (line.split("counts.csv:")[1] for line in done.stderr.splitlines())
    return [" ".join(line.split(" ")[:2]).replace(": ", " ") for line in lines]


def test_two_tellers_enter_one_sheet_from_a_package_table(run: Run, town: small.Town) -> None:
    figures = right(town)
    both = HEAD + rows(figures) + rows(figures, "entry2") + rows(figures, "signed")
    first = run(both, "--stage", "entry1", "--json")
    assert first.exit_code == 0, first.output
    assert [row["action"] for row in json.loads(first.stdout)["rows"]] == ["add"]
    assert run(both, "--stage", "entry2", which=1).exit_code == 0
    people = [town.actor(Role.TELLER, which).number for which in (0, 1)]
    assert entries(town) == {1: (people[0], figures), 2: (people[1], figures)}
    assert town.sheet(2, "S02").state is SheetState.AGREED
    assert verify(db.session()) == []


def test_one_person_cannot_make_both_entries(run: Run, town: small.Town) -> None:
    figures = right(town)
    done = run(HEAD + rows(figures) + rows(figures, "entry2"))
    assert (done.exit_code, entries(town)) == (2, {})
    assert codes(done) == [f"{len(figures) + 2}:轮次 R.362"]


def test_only_a_teller_enters(run: Run, town: small.Town) -> None:
    done = run(HEAD + rows(right(town)), role=Role.SCRUTINEER)
    assert (done.exit_code, entries(town)) == (2, {})
    nobody = CliRunner().invoke(command, ["counts", __file__, "--as", "nobody"])
    assert (nobody.exit_code, nobody.stderr.split(" ")[1]) == (2, "E.848")


def test_an_entry_that_stands_is_skipped_or_refused_never_replaced(
    run: Run, town: small.Town
) -> None:
    figures = right(town)
    run(HEAD + rows(figures))
    same = run(HEAD + rows(figures))
    assert (same.exit_code, same.stdout.splitlines()[-1]) == (
        0,
        "新增0个、修改0个、跳过1个 / add 0, change 0, skip 1",
    )
    ids = town.ids(2)
    other = small.paper({ids["李四"]: 170, ids["赵五"]: 110})
    assert codes(run(HEAD + rows(other))) == ["2:轮次 R.362"]
    assert codes(run(HEAD + rows(other), which=1)) == ["2:阶段 E.847"]
    assert entries(town)[1][1] == figures


def test_what_the_rules_find_stops_until_it_is_confirmed(run: Run, town: small.Town) -> None:
    figures = right(town) | {"returned": 301}
    done = run(HEAD + rows(figures))
    assert (done.exit_code, entries(town)) == (2, {})
    assert {line.split(" ")[1] for line in codes(done)} == {"W.849"}
    told = run(HEAD + rows(figures), "--confirmed")
    assert (told.exit_code, "W.849" in told.stderr, list(entries(town))) == (0, True, [1])
    assert town.sheet(2, "S02").state is SheetState.AWAITING_SECOND


def test_what_is_no_figure_is_refused_even_when_confirmed(run: Run, town: small.Town) -> None:
    figures = right(town) | {"void": "约12", "writein:王二 ": "3x", "nonsense": 1}
    done = run(HEAD + rows(figures), "--confirmed")
    assert (done.exit_code, entries(town)) == (2, {})
    line = 2 + [*figures].index("void")  # below the header
    assert f"{line}:项目 E.302" in codes(done)


def test_faults_of_the_table_come_together(run: Run, town: small.Town) -> None:
    done = run(
        HEAD + "town-9-r1,S02,entry1,issued,1\ntown-2-r1,S02,third,issued,1\n"
        "town-2-r1,S02,entry2,issued,1\ntown-2-r1,S02,entry2,issued,2\n,S02,entry1,issued,2\n"
    )
    assert (done.exit_code, codes(done)) == (
        2,
        [
            "2:轮次 E.845",
            "3:阶段 E.822",
            "4:阶段 E.847",
            "5:项目 E.846",
            "6:轮次 E.820",
        ],
    )
    short = run("round,place,stage,item\n").stderr
    assert [line.split(" ")[1] for line in short.splitlines()] == ["E.812"]
