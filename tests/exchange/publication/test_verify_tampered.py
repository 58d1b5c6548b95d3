"""What every kind of tampering is called in a package whose manifest fits."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from election.exchange.publication.verifier.verify import digest, verify
from tests.exchange.publication.published_town import packed, unpacked, with_manifest
from tests.exchange.publication.tampering import (
    Files,
    edited,
    records,
    rehashed,
    replaced,
    without_lines,
)


def _of(chain: list[Any], what: str, place: str, stage: str) -> Any:
    return next(
        one
        for one in chain
        if one.get("what") == what
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
    one = next(r for r in chain if r.get("what") == "result.certify")
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
        "counts.csv: 第",
    ),
    "full-width digits": (
        replaced("counts.csv", "town-1-r1,S01,signed,blank,5", "town-1-r1,S01,signed,blank,５"),
        "counts.csv: 第",
    ),
    "a row twice": (
        replaced(
            "counts.csv",
            "town-1-r1,S01,signed,blank,5\n",
            "town-1-r1,S01,signed,blank,5\ntown-1-r1,S01,signed,blank,5\n",
        ),
        "counts.csv: 第",
    ),
    "a missing signature": (
        without_lines("counts.csv", "town-1-r1,S01,signed"),
        "counts.csv: town-1-r1 S01: 轮次",
    ),
    "a place left out": (
        without_lines("counts.csv", "town-1-r1,M01,"),
        "counts.csv: town-1-r1 places",
    ),
    "a box of a later round left out": (
        _drop_a_place,
        "counts.csv, audit.jsonl: town-4-r2 M04: 签字后没有公布",
    ),
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
    "one more elected": (
        edited("results.json", _one_more),
        "results.json: town-1 elected, vacant, not taken",
    ),
    "another need": (_result(need=400), "results.json: town-1-r1: need"),
    "another total": (_result(void=9), "results.json: town-1-r1: void"),
    "a hidden tie": (
        edited("results.json", lambda d: d["districts"]["town-2"]["rounds"][0].update(tied=[])),
        "results.json: town-2-r1: tied",
    ),
    "a hidden vacancy": (
        edited("results.json", lambda d: d["districts"]["town-4"].update(vacant=0)),
        "results.json: town-4 elected, vacant, not taken",
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
        "election.json: town-1-r1: seats",
    ),
    "another reason told": (
        edited("results.json", _steps),
        "results.json, audit.jsonl: town-1-r1 certified: steps",
    ),
    "a key twice": (
        _double_key,
        'results.json: 不是规范的 JSON / no proper JSON: ["version"]出现两次',
    ),
    "a fraction": (
        _result(issued=800.5),
        "results.json: 不是规范的 JSON / no proper JSON: 800.5不是整数",
    ),
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
        "results.json, audit.jsonl: town-1-r1 certified: need",
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
