"""The verifier: what holds, what every kind of tampering is called, and that it stands alone."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.exchange.publication.verifier import verify as module
from election.exchange.publication.verifier.verify import (
    decide,
    digest,
    verify,
)
from election.rules.counting import Papers
from election.rules.results import BallotKind, Case, RoundRule
from election.rules.results import decide as decide_by_law
from tests.builders import Office, head_figures
from tests.exchange.publication.published_town import (
    COUNTY,
    TOWN,
    packed,
    plain_zip,
    published_town,
    stored_packages,
    unpacked,
    with_manifest,
)

SOURCE = Path(module.__file__)
Files = dict[str, bytes]


@pytest.fixture(scope="session")
def packages(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory
) -> dict[int, bytes]:
    return stored_packages(published_town(founded, tmp_path_factory))


@pytest.fixture(scope="session")
def town(packages: dict[int, bytes]) -> bytes:
    return packages[TOWN]


@pytest.fixture(scope="session")
def county(packages: dict[int, bytes]) -> bytes:
    return packages[COUNTY]


def test_the_packages_of_a_counted_town_hold(town: bytes, county: bytes) -> None:
    assert verify(town) == []
    assert verify(county) == []


def test_the_printed_code_must_stand_in_the_chain(town: bytes) -> None:
    head = json.loads(unpacked(town)["results.json"])["audit_head"]
    printed = " ".join(head[i : i + 4] for i in range(0, 32, 4))
    assert verify(town, printed.upper()) == []
    assert verify(town, "0" * 32) == ["audit.jsonl: " + "0" * 32 + ": 链中没有 / not in the chain"]
    assert verify(town, head[:8]) != []  # eight digits could be hit by chance


# --- every byte -------------------------------------------------------------------------------


@settings(max_examples=100)
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(county: bytes, place: int, bit: int) -> None:
    damaged = bytearray(county)
    damaged[place % len(damaged)] ^= 1 << bit
    assert verify(bytes(damaged)) != []


def test_every_byte_around_the_files_is_accounted_for(county: bytes) -> None:
    end = len(county)
    for place in (*range(46), *range(end - 230, end)):
        damaged = bytearray(county)
        damaged[place] ^= 1
        assert verify(bytes(damaged)) != [], place


def test_bytes_before_behind_or_cut_off_are_found(county: bytes) -> None:
    assert verify(county + b"\0") != []
    assert verify(b"\0" + county) != []
    assert verify(county[:-1]) != []
    assert verify(b"") != []


@given(st.binary(max_size=300))
def test_no_bytes_make_the_verifier_crash(raw: bytes) -> None:
    assert verify(raw) != []


def test_a_zip_packed_anew_by_another_tool_holds(county: bytes) -> None:
    files = unpacked(county)
    assert verify(plain_zip(tuple(files.items()))) == []


def test_a_member_that_stands_twice_is_refused(county: bytes) -> None:
    files = unpacked(county)
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = plain_zip((*files.items(), ("counts.csv", files["counts.csv"])))
    assert verify(doubled)[0].startswith("unpack: 无法读取 / unreadable: ValueError twice")


def test_extra_and_missing_members_are_named(county: bytes) -> None:
    files = unpacked(county)
    extra = verify(packed({**files, "note.txt": b"x"}))
    assert any(fault.startswith("MANIFEST.sha256: note.txt: ") for fault in extra)
    less = {name: body for name, body in files.items() if name != "charts/need.svg"}
    assert any("MANIFEST.sha256: charts/need.svg: " in fault for fault in verify(packed(less)))


# --- tampered bundles whose manifest fits -------------------------------------------------------


def replaced(name: str, old: str, new: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        text = files[name].decode()
        assert old in text, old
        files[name] = text.replace(old, new, 1).encode()

    return change


def edited(name: str, edit: Callable[[Any], None]) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        document = json.loads(files[name])
        edit(document)
        files[name] = json.dumps(document, ensure_ascii=False).encode()

    return change


def without_lines(name: str, start: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        lines = files[name].decode().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines)
        files[name] = "".join(kept).encode()

    return change


def records(edit: Callable[[list[Any]], None]) -> Callable[[Files], None]:
    """Change the records of the chain; links and hashes stay as they were."""

    def change(files: Files) -> None:
        chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
        edit(chain)
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain)
        files["audit.jsonl"] = "".join(lines).encode()

    return change


def rehashed(edit: Callable[[list[Any]], None]) -> Callable[[Files], None]:
    """Change the records and make the whole chain consistent again, with its new head."""

    def change(files: Files) -> None:
        chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
        edit(chain)
        prev = "0" * 64
        for number, record in enumerate(chain, start=1):
            record.update(seq=number, prev=prev)
            if "data" in record:
                record["digest"] = digest(record["data"])
            record["hash"] = digest({k: v for k, v in record.items() if k not in ("data", "hash")})
            prev = record["hash"]
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain)
        files["audit.jsonl"] = "".join(lines).encode()
        edited("results.json", lambda doc: doc.update(audit_head=prev))(files)

    return change


def _of(chain: list[Any], what: str, place: str, stage: str) -> Any:
    return next(
        one
        for one in chain
        if one["what"] == what
        and (one["data"].get("place"), one["data"]["stage"]) == (place, stage)
    )


def _move_a_vote(files: Files) -> None:
    """Ten votes of 赵敏 go to 李𠮷 at one station, in both entries and the signed figures."""
    text = files["counts.csv"].decode()
    for stage in ("entry1", "entry2", "signed"):
        text = text.replace(
            f"town-1-r1,S01,{stage},for:c3,200", f"town-1-r1,S01,{stage},for:c3,210"
        )
        text = text.replace(f"town-1-r1,S01,{stage},for:c4,50", f"town-1-r1,S01,{stage},for:c4,40")
    files["counts.csv"] = text.encode()

    def edit(document: Any) -> None:
        votes = document["districts"]["town-1"]["rounds"][0]["votes"]
        votes["c3"], votes["c4"] = 240, 40

    edited("results.json", edit)(files)


def _drop_a_place(files: Files) -> None:
    """A mobile box disappears from every file but the chain."""
    without_lines("counts.csv", "town-4-r2,M04,")(files)
    replaced("turnout.csv", "town-4-r2,town-4,700,420,0", "town-4-r2,town-4,700,400,0")(files)

    def edit(document: Any) -> None:
        told = document["districts"]["town-4"]["rounds"][1]
        told.update(issued=400, returned=400, blank=150, need=134)
        told["votes"] = {"c11": 130, "c12": 110}

    edited("results.json", edit)(files)


def _drop_last_round(files: Files) -> None:
    """The further election of town-4 is left out: its seat is simply vacant."""
    for name in ("counts.csv", "turnout.csv"):
        without_lines(name, "town-4-r2,")(files)
    edited(
        "election.json",
        lambda d: d.update(rounds=[r for r in d["rounds"] if r["round"] != "town-4-r2"]),
    )(files)
    edited("results.json", lambda d: d["districts"]["town-4"]["rounds"].pop())(files)


def _rename(document: Any) -> None:
    document["districts"][0]["candidates"][0]["name"] = "另一人"


def _one_more(document: Any) -> None:
    document["districts"]["town-1"]["elected"].append("c3")


def _result(**changed: object) -> Callable[[Files], None]:
    def edit(document: Any) -> None:
        document["districts"]["town-1"]["rounds"][0].update(changed)

    return edited("results.json", edit)


def _rule(**changed: object) -> Callable[[Files], None]:
    return edited("election.json", lambda document: document["rules"].update(changed))


def _steps(document: Any) -> None:
    document["districts"]["town-1"]["rounds"][0]["steps"][0]["text"]["zh"] = "没有说明"


def _double_key(files: Files) -> None:
    text = files["results.json"].decode()
    files["results.json"] = text.replace('"version": 1', '"version": 1, "version": 1', 1).encode()


def _same_teller(chain: list[Any]) -> None:
    _of(chain, "count.entry", "S01", "entry2")["who"] = _of(chain, "count.entry", "S01", "entry1")[
        "who"
    ]


def _signed_first(chain: list[Any]) -> None:
    """The signature of a sheet stands before its entries."""
    signed = _of(chain, "count.sign", "S01", "signed")
    chain.remove(signed)
    chain.insert(chain.index(_of(chain, "count.entry", "S01", "entry1")), signed)


def _other_figures(chain: list[Any]) -> None:
    _of(chain, "count.sign", "S01", "signed")["data"]["sheet"]["for:c3"] = 210


def _certified_otherwise(chain: list[Any]) -> None:
    one = next(r for r in chain if r["what"] == "result.certify")
    one["data"]["outcome"]["need"] += 1


TAMPERED: dict[str, tuple[Callable[[Files], None], str]] = {
    "a vote in counts.csv": (
        replaced("counts.csv", "r1,S01,signed,for:c3,200", "r1,S01,signed,for:c3,201"),
        "counts.csv: town-1-r1 S01 for:c3",
    ),
    "votes moved everywhere but in the log": (
        _move_a_vote,
        "counts.csv, audit.jsonl: town-1-r1 S01: signed: for:c3",
    ),
    "an entry that was never made": (
        replaced("counts.csv", "town-1-r1,S01,entry2,blank,5", "town-1-r1,S01,entry2,blank,6"),
        "counts.csv, audit.jsonl: town-1-r1 S01: entry2: blank",
    ),
    "a negative figure": (
        replaced("counts.csv", "town-1-r1,S01,signed,blank,5", "town-1-r1,S01,signed,blank,-5"),
        "read: 无法读取 / unreadable: ValueError counts.csv",
    ),
    "full-width digits": (
        replaced("counts.csv", "town-1-r1,S01,signed,blank,5", "town-1-r1,S01,signed,blank,５"),
        "read: 无法读取 / unreadable: ValueError counts.csv",
    ),
    "a row twice": (
        replaced(
            "counts.csv",
            "town-1-r1,S01,signed,blank,5\n",
            "town-1-r1,S01,signed,blank,5\ntown-1-r1,S01,signed,blank,5\n",
        ),
        "read: 无法读取 / unreadable: ValueError counts.csv",
    ),
    "a missing signature": (
        without_lines("counts.csv", "town-1-r1,S01,signed"),
        "counts.csv: town-1-r1 S01: 轮次",
    ),
    "a place left out": (
        without_lines("counts.csv", "town-1-r1,M01,"),
        "counts.csv: town-1-r1 places",
    ),
    "a box of a later round left out": (_drop_a_place, "counts.csv: signed, left out"),
    "a sheet of another district": (
        replaced("counts.csv", "town-1-r1,M01,entry1,issued", "town-1-r1,M02,entry1,issued"),
        "counts.csv: town-1-r1 M02: 轮次",
    ),
    "more people took part": (
        replaced("turnout.csv", "town-1-r1,town-1,1000,790,10", "town-1-r1,town-1,1000,791,10"),
        "turnout.csv: town-1-r1 registered, issued",
    ),
    "another roll": (
        replaced("turnout.csv", "town-1-r1,town-1,1000", "town-1-r1,town-1,1001"),
        "turnout.csv: town-1-r1 registered, issued",
    ),
    "a round missing in turnout.csv": (
        without_lines("turnout.csv", "town-5-r2"),
        "turnout.csv: rounds",
    ),
    "another winner": (_result(elected=["c1", "c3"]), "results.json: town-1-r1: elected"),
    "one more elected": (edited("results.json", _one_more), "results.json: town-1 rounds, elected"),
    "another need": (_result(need=400), "results.json: town-1-r1: need"),
    "another total": (_result(void=9), "results.json: town-1-r1: void"),
    "a hidden tie": (
        edited("results.json", lambda d: d["districts"]["town-2"]["rounds"][0].update(tied=[])),
        "results.json: town-2-r1: tied",
    ),
    "a hidden vacancy": (
        edited("results.json", lambda d: d["districts"]["town-4"].update(vacant=0)),
        "results.json: town-4 rounds, elected, vacant",
    ),
    "a hidden alert": (
        edited("results.json", lambda d: d.update(alerts=[])),
        "results.json: alerts",
    ),
    "a void ballot declared valid": (
        edited("results.json", lambda d: d["districts"]["town-5"]["rounds"][0].update(valid=True)),
        "results.json: town-5-r1: valid",
    ),
    "a round left out": (_drop_last_round, "election.json: town-4 still due"),
    "an easier majority": (_rule(win_over="1/3"), "results.json: town-1-r1: need"),
    "another base": (_rule(win_base="returned"), "results.json: town-1-r1: need"),
    "an easier further election": (_rule(further_at_least="1/4"), "results.json: town-4-r2: need"),
    "a candidate renamed": (
        edited("election.json", _rename),
        "audit.jsonl: publication.freeze: files: election.json",
    ),
    "more registered voters": (
        edited("election.json", lambda d: d["districts"][0].update(registered=2000)),
        "turnout.csv: town-1-r1 registered, issued",
    ),
    "one seat less": (
        edited("election.json", lambda d: d["districts"][0].update(seats=1)),
        "election.json: town-1-r1 kind, seats, candidates",
    ),
    "another reason told": (
        edited("results.json", _steps),
        "results.json, audit.jsonl: certified: steps",
    ),
    "a key twice": (_double_key, "unpack: 无法读取 / unreadable: ValueError results.json: twice"),
    "a fraction": (_result(issued=800.5), "results.json: town-1-r1: issued"),
    "a chart exchanged": (
        lambda files: files.update({"charts/turnout.svg": files["charts/need.svg"]}),
        "audit.jsonl: publication.freeze: files: charts/turnout.svg",
    ),
    "a chart left out": (
        lambda files: files.pop("charts/town-1.svg") and None,
        "audit.jsonl: publication.freeze: files: charts/town-1.svg",
    ),
    "a verifier that always agrees": (
        replaced("verify.py", "return p.faults", "return []  # publication.freeze"),
        "audit.jsonl: publication.freeze: files: verify.py",
    ),
    "the date of publication": (
        replaced("results.json", "2021-12-26T12:00:00", "2021-12-25T12:00:00"),
        "audit.jsonl: publication.freeze: files: results.json",
    ),
    "a record left out": (records(lambda chain: chain.pop(5) and None), "audit.jsonl: seq 6: seq"),
    "two records exchanged": (
        records(lambda chain: chain.insert(5, chain.pop(6))),
        "audit.jsonl: seq 6: prev",
    ),
    "who entered": (records(_same_teller), "audit.jsonl: seq"),
    "the figures in the log": (records(_other_figures), "audit.jsonl: seq"),
    "the end of the log cut off": (
        rehashed(lambda chain: chain.pop() and None),
        "audit.jsonl: publication.freeze",
    ),
    "one teller made both entries": (rehashed(_same_teller), "audit.jsonl: town-1-r1 S01: 须三人"),
    "signed before it was entered": (rehashed(_signed_first), "audit.jsonl: town-1-r1 S01: 须三人"),
    "other figures logged": (
        rehashed(_other_figures),
        "counts.csv, audit.jsonl: town-1-r1 S01: signed: for:c3",
    ),
    "another outcome certified": (
        rehashed(_certified_otherwise),
        "results.json, audit.jsonl: certified: need",
    ),
    "the head": (
        edited("results.json", lambda d: d.update(audit_head="f" * 64)),
        "results.json: audit_head",
    ),
    "version 2 without version 1": (
        edited("results.json", lambda d: d.update(version=2)),
        "audit.jsonl: earlier versions",
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_bundle_is_refused_and_the_fault_named(town: bytes, name: str) -> None:
    change, expected = TAMPERED[name]
    files = unpacked(town)
    change(files)
    faults = verify(packed(with_manifest(files)))
    assert [fault for fault in faults if fault.startswith(expected)] != [], faults[:8]


def test_a_wholly_rewritten_chain_has_another_code(town: bytes) -> None:
    """Who rewrites log, counts and results consistently cannot keep the code that was printed."""
    files = unpacked(town)
    head = json.loads(files["results.json"])["audit_head"]
    edited("election.json", _rename)(files)

    def commit_anew(chain: list[Any]) -> None:
        chain[-1]["data"]["files"]["election.json"] = digest(files["election.json"])

    rehashed(commit_anew)(files)
    forged = packed(with_manifest(files))
    assert verify(forged) == []
    assert verify(forged, head[:32]) != []


# --- the law, a second time ---------------------------------------------------------------------


@st.composite
def ballots(draw: st.DrawFn) -> dict[str, Any]:
    seats = draw(st.integers(1, 3))
    returned = draw(st.integers(0, 60))
    void = draw(st.integers(0, returned))
    names = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True))
    written = draw(st.lists(st.sampled_from(["write-in:X", "write-in:Y"]), unique=True))
    left, votes = seats * (returned - void), {}
    for name in (*names, *written):
        votes[name] = draw(st.integers(0, min(left, returned)))
        left -= votes[name]
    issued = draw(st.integers(0, 80))
    return {
        "seats": seats,
        "returned": returned,
        "void": void,
        "votes": votes,
        "issued": issued,
        "registered": draw(st.integers(issued, 120)),
        "round": draw(st.sampled_from(list(RoundRule))),
        "attempt": draw(st.integers(1, 3)),
        "parameters": {
            "majority_basis": draw(st.sampled_from(["ISSUED", "RETURNED"])),
            "third_basis": draw(st.sampled_from(["ISSUED", "RETURNED", "VALID"])),
            "further_election_rounds": draw(st.sampled_from([1, 2, None])),
        },
    }


@settings(max_examples=300)
@given(ballots())
def test_the_verifier_decides_as_the_rules_do(ballot: dict[str, Any]) -> None:
    case = Case.from_document(
        {"kind": BallotKind.DEPUTIES.value, **ballot, "round": ballot["round"].value}
    )
    rules = {
        "turnout_over": "1/2",
        "win_over": "1/2",
        "further_at_least": "1/3",
        "tie_repeat_max": 2,
        "win_base": case.profile.word("majority_basis").lower(),
        "further_base": case.profile.word("third_basis").lower(),
        "further_election_rounds": case.profile["further_election_rounds"],
    }
    votes = ballot["votes"]
    sheet = head_figures(**{name: ballot[name] for name in ("issued", "returned", "void")})
    sheet |= {f"for:{n}": v for n, v in votes.items() if not n.startswith("write-in:")}
    sheet |= {f"writein:{n[9:]}": v for n, v in votes.items() if n.startswith("write-in:")}
    one = {
        "kind": ballot["round"].value,
        "seats": ballot["seats"],
        "attempt": ballot["attempt"],
        "candidates": [n for n in votes if not n.startswith("write-in:")],
    }
    found = decide(rules, one, ballot["registered"], [sheet])
    right = decide_by_law(case).to_json()
    same = (
        "valid",
        "reasons",
        "need",
        "elected",
        "tied",
        "tied_seats",
        "missing",
        "next",
        "next_seats",
    )
    assert {name: found[name] for name in same} == {name: right[name] for name in same}


# --- alone --------------------------------------------------------------------------------------


def test_the_published_verifier_is_this_file_and_short(town: bytes) -> None:
    assert unpacked(town)["verify.py"] == SOURCE.read_bytes()
    assert len(SOURCE.read_text().splitlines()) < 300


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


def test_the_verifier_asks_for_the_figures_that_stand_in_the_head_of_a_sheet() -> None:
    assert tuple(Papers) == module.HEADS


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
    chain: list[dict[str, Any]] = []
    for who, what, stage in (
        ("1", "count.entry", "entry1"),
        ("2", "count.entry", "entry2"),
        ("3", "count.sign", "signed"),
    ):
        data = {"round": "r1", "place": "p1", "stage": stage, "sheet": sheet}
        record: dict[str, Any] = {
            "seq": len(chain) + 1,
            "at": "2021-12-16T12:00:00Z",
            "who": who,
            "role": "teller",
            "what": what,
            "subject": "r1/p1",
            "digest": digest(data),
            "prev": chain[-1]["hash"] if chain else "0" * 64,
        }
        chain.append({**record, "hash": digest(record), "data": data})
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
        **head_figures(issued=60, returned=60, blank=1),
        "votes": {"A": 40, "B": 15},
    }
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
    district = {"rounds": [outcome], "elected": ["A"], "vacant": 0}
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
        "audit.jsonl": "".join(json.dumps(one) + "\n" for one in chain).encode(),
    }
    assert verify(plain_zip(tuple(with_manifest(files).items()))) == []
    files["turnout.csv"] = files["turnout.csv"].replace(b"58,2", b"58,3")
    assert len(verify(plain_zip(tuple(with_manifest(files).items())))) == 1
