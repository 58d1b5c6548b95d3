"""The verifier stands alone: one file, the standard library, packages of other programs."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from election.exchange.publication.verifier import verify as module
from election.exchange.publication.verifier.verify import digest, verify
from tests.builders import head_figures
from tests.exchange.publication.published_town import plain_zip, unpacked, with_manifest
from tests.exchange.publication.small_package import record, sealed

SOURCE = Path(module.__file__)


def test_the_published_verifier_is_this_file_and_short(town: bytes) -> None:
    assert unpacked(town)["verify.py"] == SOURCE.read_bytes()
    assert len(SOURCE.read_text().splitlines()) < 900


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SOURCE.read_text())
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert roots - set(sys.stdlib_module_names) == set()


def test_it_runs_alone_from_the_package(town: bytes, tmp_path: Path) -> None:
    files = unpacked(town)
    (tmp_path / "verify.py").write_bytes(files["verify.py"])
    (tmp_path / "good.zip").write_bytes(town)
    (tmp_path / "bad.zip").write_bytes(town.replace(b"for:c3", b"for:c4", 1))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", "verify.py", *arguments],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )

    good = run("good.zip")
    assert (good.returncode, good.stdout) == (
        0,
        f"成立，包的校验码 / holds, digest of the package: {digest(town)}\n",
    )
    assert run("bad.zip").returncode == 1
    assert run("good.zip", "--head", "0" * 32).returncode == 1
    assert run("absent.zip").returncode == 2
    assert run().returncode == 2


def test_a_package_of_the_contract_alone_holds() -> None:
    """Another program's package, with only the fields the contract names, can be checked too."""
    sheet = {
        **head_figures(issued=60, returned=60, blank=1),
        "for:A": 40,
        "for:B": 15,
        "against:A": 19,
        "against:B": 44,
        "abstain:A": 1,
        "abstain:B": 1,
    }
    rows = [
        f"r1,p1,{stage},{item},{n}"
        for stage in ("entry1", "entry2", "signed")
        for item, n in sheet.items()
    ]
    outcome = {
        "valid": True,
        "reasons": [],
        "need": 31,
        "elected": ["A"],
        "tied": [],
        "missing": 0,
        "tied_seats": 0,
        "next": None,
        "next_seats": 0,
        "next_candidates": None,
        "flags": [],
        "steps": [],
    }
    computed = {**head_figures(issued=60, returned=60, blank=1), "votes": {"A": 40, "B": 15}}
    acts: list[tuple[str, str, dict[str, Any]]] = [
        (who, what, {"round": "r1", "place": "p1", "stage": stage, "sheet": sheet})
        for who, what, stage in (
            ("1", "count.entry", "entry1"),
            ("2", "count.entry", "entry2"),
            ("3", "count.sign", "signed"),
        )
    ]
    acts.append(("4", "result.certify", {"round": "r1", "outcome": outcome}))
    chain = sealed([record(1, number, *act) for number, act in enumerate(acts)])
    people = [{"id": name, "name": name, "formal": True} for name in "AB"]
    election = {
        "township": "T",
        "congress": "C",
        "term": 1,
        "election_day": "2021-12-16",
        "profile": "p",
        "rules": {
            "turnout_over": "1/2",
            "win_over": "1/2",
            "win_base": "issued",
            "further_at_least": "1/3",
            "further_base": "returned",
        },
        "districts": [
            {
                "id": "d",
                "number": 1,
                "name": "D",
                "seats": 1,
                "registered": 100,
                "candidates": people,
            }
        ],
        "places": [{"id": "p1", "district": "d", "kind": "station", "name": "P"}],
        "rounds": [
            {"district": "d", "round": "r1", "kind": "first", "seats": 1, "candidates": ["A", "B"]}
        ],
    }
    district = {"rounds": [{**outcome, **computed}], "elected": ["A"], "vacant": 0}
    results = {
        "audit_head": chain[-1]["hash"],
        "published_at": "2021-12-18T12:00:00Z",
        "version": 1,
        "alerts": [],
        "districts": {"d": district},
    }
    files = {
        "election.json": json.dumps(election).encode(),
        "counts.csv": "\n".join(["round,place,stage,item,value", *rows, ""]).encode(),
        "turnout.csv": b"round,district,registered,checked_in,proxy\nr1,d,100,58,2\n",
        "results.json": json.dumps(results).encode(),
        "audit.jsonl": "".join(json.dumps(row) + "\n" for row in chain).encode(),
    }
    assert verify(plain_zip(tuple(with_manifest(files).items()))) == []
    files["turnout.csv"] = files["turnout.csv"].replace(b"58,2", b"58,3")
    assert len(verify(plain_zip(tuple(with_manifest(files).items())))) == 1
