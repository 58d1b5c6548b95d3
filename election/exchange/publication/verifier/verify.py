"""Check a published result package (Python 3.10 or later, standard library only, no network).

    python verify.py PACKAGE.zip [--head CODE]

Every digest, total, need and elected person is computed anew and the audit chain is walked; CODE,
seen on paper (8 groups of 4), must be in it. Exit: 0 holds; 1 a line per fault; 2 no such file.
"""

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import Counter
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

MANIFEST, ELECTION, COUNTS = "MANIFEST.sha256", "election.json", "counts.csv"
TURNOUT, RESULTS, AUDIT = "turnout.csv", "results.json", "audit.jsonl"
COMMENT = b"xuanban result package: its verify.py accounts for every byte of this file"
FREEZE = "publication.freeze"  # the record that commits to every other file of the package
HEADS, STAGES = ("issued", "replaced", "returned", "void", "blank"), ("entry1", "entry2", "signed")
NEXT = {"rerun_election": "rerun", "tie_repeat_vote": "tie_repeat", "further_election": "further"}
Row = dict[str, Any]


def digest(what: object) -> str:
    """SHA-256 of bytes, or of a JSON value in canonical form: sorted keys, no spaces, UTF-8."""
    if not isinstance(what, bytes):
        what = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(what).hexdigest()


def pack(files: dict[str, bytes], moment: str) -> bytes:
    """The one zip of these files: sorted, stored, every header fixed by the ISO moment."""
    year, month, day, hour, minute, second = map(int, re.findall("[0-9]+", moment)[:6])
    with zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_STORED) as box:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            box.writestr(info, files[name])
        box.comment = COMMENT
    return buffer.getvalue()


def once(pairs: list[tuple[Any, Any]]) -> Row:
    """A dictionary; a key that stands twice is raised, for two readers may read it differently."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError(f"twice: {[k for k, n in Counter(k for k, _ in pairs).items() if n > 1]}")
    return dict(pairs)


class Package:
    """One package under examination: what its files say, and the faults found so far."""

    def __init__(self, raw: bytes, head: str) -> None:
        self.raw, self.head = raw, "".join(head.split()).lower()
        self.faults, self.files = list[str](), dict[str, bytes]()
        self.sheets: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
        self.turnout, self.outcomes = Row(), Row()

    def expect(self, holds: object, item: str, said: str) -> None:
        """Note a fault unless this holds."""
        if not holds:
            self.faults.append(" ".join(f"{item}: {said}".split()))

    def equal(self, found: Any, right: Any, item: str) -> None:  # noqa: ANN401 - any JSON
        """Note a fault for each part of what was found that is not, as JSON, what it must be."""
        if isinstance(found, dict) and isinstance(right, dict):
            for key in sorted({*found, *right}):
                self.equal(found.get(key), right.get(key), f"{item}: {key}")
            return
        a, b = (json.dumps(v, ensure_ascii=False, sort_keys=True) for v in (found, right))
        self.expect(a == b, item, f"写的是{a}，应为{b} / {a} must be {b}")

    def json(self, name: str, line: bytes | None = None) -> Any:  # noqa: ANN401 - any JSON
        """The JSON value of a file, or of one line of it."""
        try:
            return json.loads(line or self.files[name], object_pairs_hook=once)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error

    def unpack(self) -> None:
        """Every member once, with its digest, and no byte between them but those of the format."""
        with zipfile.ZipFile(io.BytesIO(self.raw)) as box:
            self.files = once([(member.filename, box.read(member)) for member in box.infolist()])
        if self.raw[-22:-18] != b"PK\5\6":  # the zip of another tool ends without a comment
            whole = pack(self.files, self.json(RESULTS)["published_at"]) == self.raw
            self.expect(whole, "zip", "文件以外的字节被改动 / bytes around the files were changed")
        lines = self.files[MANIFEST].decode().splitlines()
        there = {n: f"{digest(b)}  " for n, b in self.files.items() if n != MANIFEST}
        self.equal(there, once([(line[66:], line[:66]) for line in lines]), MANIFEST)

    def read(self) -> None:
        """Parse the data files; an id, a row or a figure that cannot be is raised."""
        self.election, self.results = self.json(ELECTION), self.json(RESULTS)
        self.records = [self.json(AUDIT, line) for line in self.files[AUDIT].splitlines()]
        self.districts = once([(d["id"], d) for d in self.election["districts"]])
        self.places = once([(p["id"], p["district"]) for p in self.election["places"]])
        self.rounds = once([(r["round"], r) for r in self.election["rounds"]])
        people = [c for d in self.districts.values() for c in d["candidates"]]
        names = [(c["id"], c["id"] if c["formal"] else f"write-in:{c['name']}") for c in people]
        self.names = once(names)  # who was written in keeps that name in a later round
        for row in csv.DictReader(io.StringIO(self.files[COUNTS].decode()), strict=True):
            stages = self.sheets.setdefault((row["round"], row["place"]), {})
            sheet, item = stages.setdefault(row["stage"], {}), row["item"]
            if item in sheet or not re.fullmatch("[0-9]{1,9}", row["value"]):
                raise ValueError(f"{COUNTS}: {row}")
            sheet[item] = int(row["value"])
        for row in csv.DictReader(io.StringIO(self.files[TURNOUT].decode()), strict=True):
            issued = int(row["checked_in"]) + int(row["proxy"])
            self.turnout[row["round"]] = [row["district"], int(row["registered"]), issued]

    def count(self) -> None:
        """Each sheet is whole and possible; the sheets of a round are added up and decided."""
        for (code, place), stages in self.sheets.items():
            where, one = f"{COUNTS}: {code} {place}", self.rounds.get(code, {"district": ""})
            whole = sorted(stages) == [*STAGES] and self.places.get(place) == one["district"]
            self.expect(whole, where, "轮次、场所或三组数字不对 / round, place or stage is wrong")
            if whole:
                self.sheet(where, one, *(stages[stage] for stage in STAGES))
        for code, one in self.rounds.items():
            places = [p for p, d in self.places.items() if d == one["district"]]
            counted = [place for place in places if (code, place) in self.sheets]
            if one["kind"] == "first" or not counted:
                self.equal(counted, places, f"{COUNTS}: {code} places")
            signed = [self.sheets[code, place].get("signed", {}) for place in counted]
            registered = self.districts[one["district"]]["registered"]
            self.outcomes[code] = decide(self.election["rules"], one, registered, signed)
            right = [one["district"], registered, self.outcomes[code]["issued"]]
            self.equal(self.turnout.get(code), right, f"{TURNOUT}: {code} registered, issued")
        self.equal(sorted(self.turnout), sorted(self.rounds), f"{TURNOUT}: rounds")

    def sheet(self, where: str, one: Row, *stages: dict[str, int]) -> None:
        """A sheet has its lines, signed is what one of the entries says, the votes fit."""
        signed, needed = stages[2], {*HEADS, *(f"for:{c}" for c in one["candidates"])}
        for name in sorted({*needed, *stages[0], *stages[1], *signed}):
            same = signed.get(name) in (stages[0].get(name), stages[1].get(name))
            self.expect(same, f"{where} {name}", "签字数不是录入数 / signed is neither entry")
        valid, blank = signed.get("returned", 0) - signed.get("void", 0), signed.get("blank", 0)
        votes = [n for name, n in signed.items() if name.startswith(("for:", "writein:"))]
        fits = sum(votes) <= one["seats"] * (valid - blank) and max(votes, default=0) <= valid
        self.expect(fits and needed <= {*signed}, where, "票数不符 / votes do not fit papers")

    def recount(self) -> None:
        """results.json says what the sheets say, and each round follows from the one before."""
        said = self.results["districts"]
        self.equal(sorted(said), sorted(self.districts), f"{RESULTS}: districts")
        signed = [(place, stages["signed"]) for (_, place), stages in self.sheets.items()]
        over = sorted({place for place, s in signed if s["returned"] > s["issued"]})
        self.equal(sorted(self.results["alerts"]), over, f"{RESULTS}: alerts")
        for key, district in self.districts.items():
            rounds, told = [r for r in self.rounds.values() if r["district"] == key], said[key]
            decided = {r.get("round"): r.get("committee") or {} for r in told["rounds"]}
            elected = self.succession(key, rounds, decided)
            for one, outcome in zip(rounds, told["rounds"], strict=False):
                right = self.outcomes[one["round"]]
                self.equal({n: outcome.get(n) for n in right}, right, f"{RESULTS}: {one['round']}")
            found = [len(told["rounds"]), sorted(told["elected"]), told["vacant"]]
            must = [len(rounds), sorted(elected), district["seats"] - len(elected)]
            self.equal(found, must, f"{RESULTS}: {key} rounds, elected, vacant")

    def succession(self, key: str, rounds: list[Row], decided: Row) -> list[str]:
        """Who is elected in a district over its rounds, each of which the one before calls for."""
        due = list[Any](("first", self.districts[key]["seats"], []))
        for one in rounds:
            stand = sorted(self.names.get(c, c) for c in one["candidates"]) if due[2] else []
            found, out = [one["kind"], one["seats"], stand], self.outcomes[one["round"]]
            self.equal(found, due, f"{ELECTION}: {one['round']} kind, seats, candidates")
            tied = sorted(self.names.get(c, c) for c in out["tied"])
            said = {"unresolved_tie": decided.get(one["round"], {}).get("decides")}  # law silent
            due = [NEXT.get(said.get(out["next"], out["next"])), out["next_seats"], tied]
        self.equal(due[0], None, f"{ELECTION}: {key} still due")
        return [who for one in rounds for who in self.outcomes[one["round"]]["elected"]]

    def chain(self) -> None:
        """Records follow each other, hashes and digests are theirs, the last one is the head."""
        prev = "0" * 64
        for number, record in enumerate(self.records, start=1):
            public = {key: record[key] for key in record if key not in ("data", "hash")}
            right = {"seq": number, "prev": prev, "hash": digest(public)}
            right |= {"digest": digest(record["data"])} if "data" in record else {}
            self.equal({key: record[key] for key in right}, right, f"{AUDIT}: seq {number}")
            prev = record["hash"]
        self.equal(self.results["audit_head"], prev, f"{RESULTS}: audit_head")
        known = len(self.head) >= 32 and any(r["hash"].startswith(self.head) for r in self.records)
        self.expect(known or not self.head, f"{AUDIT}: {self.head}", "链中没有 / not in the chain")

    def log(self) -> None:
        """What two people entered, a third signed and the committee certified is published."""
        own, last, certified = self.election.get("election"), dict[Any, Row](), Row()
        for record in self.records:
            data, act = record.get("data") or {}, record["what"]
            mine, two = data.get("election", own) == own, data.get("asked_by") != record["who"]
            if mine and act.startswith("count.") and "sheet" in data:
                last[data["round"], data["place"], data["stage"]] = record
            if mine and act.startswith("result.") and {"outcome", "withdrawn"} & {*data}:
                certified[data["round"]] = data.get("outcome", {"certified": "anew"})  # T1
            self.expect(two, f"{AUDIT}: seq {record['seq']}", "须由第二人决定 / a second decides")
        for one in (r for d in self.results["districts"].values() for r in d["rounds"]):
            right = {"committee": None} | certified.get(one.get("round"), {})
            self.equal({k: one.get(k) for k in right}, right, f"{RESULTS}, {AUDIT}: certified")
        signed = {(code, place) for code, place, stage in last if stage == "signed"}
        hidden = sorted(key for key in signed - {*self.sheets} if key[0] in self.rounds)
        self.equal(hidden, [], f"{COUNTS}: signed, left out")
        for (code, place), stages in self.sheets.items():
            found = [last.get((code, place, stage), {"data": {}}) for stage in STAGES]
            told = dict(zip(STAGES, (record["data"].get("sheet") for record in found), strict=True))
            self.equal(stages, told, f"{COUNTS}, {AUDIT}: {code} {place}")
            people, moments = ([r.get(key, 0) for r in found] for key in ("who", "seq"))
            fair = len({*people}) == 3 and moments[2] == max(moments)
            self.expect(fair, f"{AUDIT}: {code} {place}", "须三人经手 / two enter, a third signs")

    def freeze(self) -> None:
        """The chain's last record commits to every file; earlier versions stand in the chain."""
        own, version, last = self.election.get("id"), self.results["version"], self.records[-1]
        told = [r["data"] for r in self.records if r["what"] == "publication.publish"]
        earlier = [data["version"] for data in told if data["congress"] == own]
        self.equal(earlier, [*range(1, version)] if own else [], f"{AUDIT}: earlier versions")
        if last["what"] != FREEZE and FREEZE.encode() not in self.files.get("verify.py", b""):
            return  # a package of another program, which promises less
        found = {n: digest(b) for n, b in self.files.items() if n not in (MANIFEST, AUDIT)}
        found[RESULTS] = digest({k: v for k, v in self.results.items() if k != "audit_head"})
        said = {"congress": own, "version": version, "files": found}
        self.equal({key: last.get("data", {}).get(key) for key in said}, said, f"{AUDIT}: {FREEZE}")


def decide(rules: Row, one: Row, registered: int, sheets: list[dict[str, int]]) -> Row:
    """The totals of one round and what the law makes of them (Electoral Law Art. 44, 45)."""
    total: Counter[str] = Counter()
    for sheet in sheets:
        total.update(sheet)
    votes = {candidate: total[f"for:{candidate}"] for candidate in one["candidates"]}
    votes |= {f"write-in:{n[8:]}": v for n, v in total.items() if n.startswith("writein:")}
    rule, seats = str(one.get("counts_as", one["kind"])), one["seats"]
    reasons = ["turnout"] * (total["issued"] <= Fraction(rules["turnout_over"]) * registered)
    reasons += ["returned_exceeds_issued"] * (total["returned"] > total["issued"])
    found: Row = {**{n: total[n] for n in HEADS}, "valid": not reasons, "reasons": reasons}
    found |= {"votes": votes, "need": None, "elected": [], "tied": [], "tied_seats": 0}
    if reasons:
        return found | {"missing": 0, "next": "rerun_election", "next_seats": seats}
    base = {**total, "valid": total["returned"] - total["void"]}
    need = 1
    if rule == "further":
        need = max(1, ceil(Fraction(rules["further_at_least"]) * base[rules["further_base"]]))
    elif rule != "tie_repeat":
        need = int(Fraction(rules["win_over"]) * base[rules["win_base"]]) + 1
    least = 0 if rule == "tie_repeat" else need  # a repeat vote goes to the higher count
    over = {name: n for name, n in votes.items() if n >= least}
    sure = [name for name, n in over.items() if sum(m >= n for m in over.values()) <= seats]
    rest = {name: n for name, n in over.items() if name not in sure and len(sure) < seats}
    tied = sorted(name for name, n in rest.items() if n == max(rest.values()))
    elected = sorted(name for name in sure if over[name] >= need)
    left = seats - len(sure) if tied else 0
    missing = seats - len(elected) - left
    found |= {"need": need, "elected": elected, "tied": tied, "tied_seats": left}
    found |= {"missing": missing, "next_seats": left + missing}
    return found | {"next": following(rules, rule, one.get("attempt", 1), len(tied), missing)}


def following(rules: Row, rule: str, attempt: int, tied: int, missing: int) -> str | None:
    """What has to follow a valid round."""
    most, repeats = rules.get("further_election_rounds", 1), rules.get("tie_repeat_max", 2)
    if rule == "tie_repeat" and (attempt >= repeats if tied else missing and most):
        return "unresolved_tie"  # for the committee; null: further elections as long as it takes
    if tied:
        return "tie_repeat_vote"
    last = rule == "further" and attempt >= (most or 10**9)
    return ("vacant" if last else "further_election") if missing else None


def verify(raw: bytes, head: str = "") -> list[str]:
    """Every fault of a package, [] when it holds; never raises, whatever the bytes are."""
    p, part = Package(raw, head), ""
    try:
        for part in ("unpack", "read", "count", "recount", "chain", "log", "freeze"):
            getattr(p, part)()
    except Exception as error:  # noqa: BLE001 - damaged bytes make anything fail anywhere
        p.expect(False, part, f"无法读取 / unreadable: {type(error).__name__} {error}"[:300])
    return p.faults


def main(path: str = "", flag: str = "--head", head: str = "", *more: str) -> int:
    """The command."""
    if not Path(path).is_file() or flag != "--head" or more:
        sys.stderr.write(f"{path}: 没有此文件 / no such file\n{__doc__}")
        return 2
    faults = verify(raw := Path(path).read_bytes(), head)
    lines = faults or [f"成立，包的校验码 / holds, digest of the package: {digest(raw)}"]
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
