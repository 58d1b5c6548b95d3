"""What the verifier asks of a package whose digests all fit: certificates, marks, salts, rounds."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from election.exchange.publication.verifier.verify import digest, pack, verify
from tests.exchange.publication.published_town import with_manifest
from tests.exchange.publication.small_package import PUBLISHED, sealed, small_files, small_package
from tests.exchange.publication.tampering import rehashed

Parts = dict[str, Any]


@pytest.mark.parametrize("version", [1, 2])
def test_a_package_of_either_format_holds(version: int) -> None:
    assert verify(small_package(version)) == []


def _without_certificate(parts: Parts) -> None:
    parts["acts"] = [a for a in parts["acts"] if a[1:] != _certificate(parts, "b-r1")[1:]]


def _certificate(parts: Parts, code: str) -> tuple[str, str, Any]:
    return next(a for a in parts["acts"] if a[1] == "result.certify" and a[2]["round"] == code)


def _withdrawn(parts: Parts) -> None:
    data = {"election": 1, "round": "a-r1", "asked_by": "4"}
    parts["acts"].append(("6", "result.withdraw", data))


def _signed_afterwards(parts: Parts) -> None:
    acts = parts["acts"]
    signature = next(a for a in acts if a[1] == "count.sign" and a[2]["round"] == "a-r1")
    acts.append(signature)


def _certified_by_another_total(parts: Parts) -> None:
    _certificate(parts, "a-r1")[2]["totals"]["for:A"] += 1


def _tie_decided_only(parts: Parts) -> None:
    place = parts["acts"].index(_certificate(parts, "a-r1"))
    who, _, data = parts["acts"][place]
    parts["acts"][place] = (who, "result.decide_tie", data)


def _figure(item: str, change: int, *others: tuple[str, int]) -> Callable[[Parts], None]:
    """Change figures of sheet a1 of a-r1 in every file that tells them."""

    def edit(parts: Parts) -> None:
        for name, by in ((item, change), *others):
            for stage in ("entry1", "entry2", "signed"):
                start = f"a-r1,a1,{stage},{name},"
                lines = parts["counts"].decode().splitlines(keepends=True)
                row = next(line for line in lines if line.startswith(start))
                value = int(row.rpartition(",")[2]) + by
                lines[lines.index(row)] = f"{start}{value}\n"
                parts["counts"] = "".join(lines).encode()
            for _, _, data in parts["acts"]:
                if data.get("place") == "a1":
                    data["sheet"][name] += by
            _certificate(parts, "a-r1")[2]["totals"][name] += by

    return edit


def _round(code: str, **changed: object) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        next(r for r in parts["election"]["rounds"] if r["round"] == code).update(changed)

    return edit


def _not_enough_voters(parts: Parts) -> None:
    parts["election"]["districts"][0]["registered"] = 79
    parts["turnout"] = parts["turnout"].replace(b"a-r1,a,100", b"a-r1,a,79")


def _strange_item(parts: Parts) -> None:
    parts["counts"] += b"a-r1,a1,signed,for:Z,0\na-r1,a1,entry1,for:Z,0\n"


def _drop_answers(parts: Parts) -> None:
    lines = parts["counts"].decode().splitlines(keepends=True)
    parts["counts"] = "".join(line for line in lines if ",against:A," not in line).encode()


def _seat_given_up(parts: Parts) -> None:
    parts["results"]["districts"]["a"]["not_taken"] = ["A"]


FORGED: dict[str, tuple[Callable[[Parts], None], str]] = {
    "a round without a certificate": (
        _without_certificate,
        "results.json, audit.jsonl: b-r1 certified: 没有有效的确认记录",
    ),
    "a certificate that was withdrawn": (
        _withdrawn,
        "results.json, audit.jsonl: a-r1 certified: 没有有效的确认记录",
    ),
    "a tie decided where nothing was certified": (
        _tie_decided_only,
        "results.json, audit.jsonl: a-r1 certified: 没有有效的确认记录",
    ),
    "signed after it was certified": (
        _signed_afterwards,
        "audit.jsonl: a-r1 a1: 确认之后又签字",
    ),
    "certified by other totals": (
        _certified_by_another_total,
        "results.json, audit.jsonl: a-r1 certified: totals: for:A",
    ),
    "marks that are fewer than the valid papers": (
        _figure("against:A", -1),
        "counts.csv: a-r1 a1 A: [20, 16, 1]之和不等于有效票38",
    ),
    "marks that are more than the valid papers": (
        _figure("abstain:B", 3),
        "counts.csv: a-r1 a1 B: [9, 28, 4]之和不等于有效票38",
    ),
    "a blank paper that says something": (
        _figure("blank", 1),
        "counts.csv: a-r1 a1 A: 有选择的票只有36张",
    ),
    "more write-ins than papers": (
        _figure("writein:李四", 40),
        "counts.csv: a-r1 a1: 有选择的票只有37张",
    ),
    "more void papers than returned": (
        _figure("void", 60),
        "counts.csv: a-r1 a1 A: [20, 17, 1]之和不等于有效票-22",
    ),
    "a line for nobody": (_strange_item, "counts.csv: a-r1 a1: lines"),
    "a line missing on every sheet": (_drop_answers, "counts.csv: a-r1 a1: lines"),
    "more papers than voters": (_not_enough_voters, "turnout.csv: a-r1: 发出80，登记79"),
    "a first ballot decided as a repeat vote": (
        _round("a-r1", counts_as="tie_repeat"),
        "election.json: a-r1: counts_as",
    ),
    "a repeat vote said to be the second": (
        _round("b-r2", attempt=2),
        "election.json: b-r2: attempt",
    ),
    "another person in the repeat vote": (
        _round("b-r2", candidates=["C", "E"]),
        "election.json: b-r2 candidates",
    ),
    "a candidate of another district": (
        _round("b-r2", candidates=["D", "A"]),
        "election.json: b-r2: 候选人不对",
    ),
    "a candidate twice": (
        _round("b-r2", candidates=["D", "D"]),
        "election.json: b-r2: 候选人不对",
    ),
    "a round of no district": (_round("b-r2", district="z"), "election.json: b-r2: 没有此选区"),
    "a seat nobody gave up": (_seat_given_up, "results.json: a elected, vacant, not taken"),
}


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("name", FORGED)
def test_a_forged_package_whose_digests_fit_is_refused(name: str, version: int) -> None:
    edit, expected = FORGED[name]
    faults = verify(pack(small_files(version, edit), PUBLISHED))
    assert [fault for fault in faults if fault.startswith(expected)] != [], faults[:5]


# --- format 2: what leaves the house ------------------------------------------------------------


def _of(chain: list[Any], what: str) -> Any:
    return next(record for record in chain if record.get("what") == what)


def _tell_everything(chain: list[Any]) -> None:
    chain[0].update(at="", who="9", role="station", what="roll.checked_in", subject="张三")
    chain[0].update(digest=digest(1), data={"salt": "0" * 32})


def _tell_subject(chain: list[Any]) -> None:
    chain[0]["subject"] = "张三"


def _no_salt(chain: list[Any]) -> None:
    del _of(chain, "count.sign")["data"]["salt"]


def _never_salted(chain: list[Any]) -> None:
    for record in chain[1:]:
        del record["data"]["salt"]


def _short_salt(chain: list[Any]) -> None:
    _of(chain, "count.sign")["data"]["salt"] = "0" * 31


def _no_data(chain: list[Any]) -> None:
    del _of(chain, "count.sign")["data"]


def _withheld_signature(chain: list[Any]) -> None:
    place = chain.index(_of(chain, "count.sign"))
    chain[place] = {key: chain[place][key] for key in ("seq", "prev", "hash")}


LEAKING: dict[str, tuple[Callable[[list[Any]], None], str]] = {
    "a record that must stay in the house": (
        _tell_everything,
        "audit.jsonl: 第1行 / line 1: 此类记录",
    ),
    "the subject of a withheld record": (_tell_subject, "audit.jsonl: 第1行 / line 1: 缺少"),
    "data without salt behind one with": (_no_salt, "audit.jsonl: seq 4: 缺少随机盐"),
    "a last record without salt": (_never_salted, "audit.jsonl: seq 29: 缺少随机盐"),
    "a salt too short": (_short_salt, "audit.jsonl: 第4行 / line 4: data: salt"),
    "a count without its data": (_no_data, "audit.jsonl: 第4行 / line 4: 缺少data"),
    "a signature kept back": (_withheld_signature, "counts.csv, audit.jsonl: a-r1 a1: signed"),
}


@pytest.mark.parametrize("name", LEAKING)
def test_records_of_format_2_say_what_they_must_and_no_more(name: str) -> None:
    edit, expected = LEAKING[name]
    files = small_files(2)
    rehashed(edit)(files)
    faults = verify(pack(with_manifest(files), PUBLISHED))
    assert [fault for fault in faults if fault.startswith(expected)] != [], faults[:5]


def test_records_from_before_there_were_salts_are_no_fault() -> None:
    files = small_files(2)

    def edit(chain: list[Any]) -> None:
        for record in chain[1:4]:
            del record["data"]["salt"]

    rehashed(edit)(files)
    assert verify(pack(with_manifest(files), PUBLISHED)) == []


def test_a_withheld_record_keeps_its_place_in_the_chain() -> None:
    """Nobody outside can compute its hash, but the record behind it commits to it."""
    files = small_files(2)
    chain = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
    chain[0]["hash"] = "0" * 64
    files["audit.jsonl"] = "".join(f"{json.dumps(row)}\n" for row in chain).encode()
    (fault,) = verify(pack(with_manifest(files), PUBLISHED))
    assert fault.startswith("audit.jsonl: seq 2: prev")


def test_a_whole_record_may_not_pose_as_one_of_format_1() -> None:
    """Without its format a package of format 2 has records that are no records."""
    files = small_files(2, lambda parts: parts["election"].pop("format"))
    assert verify(pack(files, PUBLISHED))[0].startswith("audit.jsonl: 第1行 / line 1: 缺少")


def test_the_chain_of_the_small_package_is_sealed_once() -> None:
    chain = [json.loads(line) for line in small_files(2)["audit.jsonl"].splitlines()]
    assert sealed([dict(row) for row in chain]) == chain
