"""Check a published result package (Python 3.10 or later, standard library only, no network).

    python verify.py PACKAGE.zip [--head CODE]

Every digest, total, need and elected person is computed anew and the audit chain is walked; CODE,
seen on paper (8 groups of 4), must be in it. Exit: 0 holds; 1 a line per fault; 2 no such file.
Whatever the file is, this ends soon: it reads no more than the bounds below allow.
"""

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

MANIFEST, ELECTION, COUNTS = "MANIFEST.sha256", "election.json", "counts.csv"
TURNOUT, RESULTS, AUDIT = "turnout.csv", "results.json", "audit.jsonl"
COUNT_COLUMNS = ("round", "place", "stage", "item", "value")
TURNOUT_COLUMNS = ("round", "district", "registered", "checked_in", "proxy")
COMMENT = b"xuanban result package: its verify.py accounts for every byte of this file"
CERTIFY, FREEZE = "result.certify", "publication.freeze"  # FREEZE commits to every other file
TOLD = ("count.", "result.", "publication.", "decision.")  # acts that leave the house whole
ENTRY, SIGN, TIE, WITHDRAW = "count.entry", "count.sign", "result.decide_tie", "result.withdraw"
EXAMINED = (ENTRY, SIGN, CERTIFY, TIE, WITHDRAW, FREEZE, "publication.publish")
HEADS, STAGES = ("issued", "returned", "void", "blank"), ("entry1", "entry2", "signed")
ANSWERS = ("for", "against", "abstain")  # a valid paper gives one of them to every candidate
KINDS = ("first", "tie_repeat", "further", "rerun")
NEXT = {"rerun_election": "rerun", "tie_repeat_vote": "tie_repeat", "further_election": "further"}
STEPS = ("open", "read", "tables", "count", "recount", "chain", "log", "freeze")
MOST_BYTES, MOST_MEMBERS = 32_000_000, 2_000  # of the package, packed and unpacked; its files
MOST_DATA, MOST_VALUES = 12_000_000, 600_000  # bytes and values of all data files together
MOST_DIGITS, MOST_FAULTS, MOST_TEXT = 15, 200, 160  # of a number; listed; letters of a value shown
Row = dict[Any, Any]

# --- what the data files look like: unfit() reads these shapes ----------------------------------

HASH, SALT = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{32}")
SHARE = re.compile("[1-9][0-9]{0,2}/[1-9][0-9]{0,2}")
MOMENT = re.compile("20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9](:[0-5][0-9]){2}.{0,16}")
TEXT_OR_NUMBER, PLACE = (str, int), {"id": str, "district": str}
RULES: Row = dict.fromkeys(("turnout_over", "win_over", "further_at_least"), SHARE)
RULES |= {"win_base": HEADS[:2], "further_base": (*HEADS[:2], "valid")}
RULES |= {"?tie_repeat_max": int, "?further_election_rounds": (int, None)}
CANDIDATE = {"id": str, "name": str, "formal": bool}
DISTRICT = {"id": str, "seats": int, "registered": int, "candidates": [CANDIDATE]}
ROUND: Row = {"district": str, "round": str, "kind": KINDS, "seats": int, "candidates": [str]}
ROUND |= {"?counts_as": KINDS[:3], "?attempt": int, "?number": int}
ELECTION_SHAPE: Row = {"?format": (1, 2), "?id": str, "?election": int, "rules": RULES}
ELECTION_SHAPE |= {"districts": [DISTRICT], "places": [PLACE], "rounds": [ROUND]}
PERSON = {"?same_as": (str, None), "?keeps": ("here", "there", None)}
OUTCOME: Row = {"?round": str, "?committee": ({"decides": str}, None), "?persons": {"*": PERSON}}
OUTCOME |= {"votes": {"*": int}, "elected": [str], "tied": [str]}
RESULT = {"rounds": [OUTCOME], "elected": [str], "vacant": int, "?not_taken": [str]}
RESULTS_SHAPE: Row = {"audit_head": HASH, "published_at": MOMENT, "version": int, "alerts": [str]}
RESULTS_SHAPE |= {"districts": {"*": RESULT}}
DATA: Row = dict.fromkeys(("?round", "?place", "?congress"), str)
DATA |= {"?election": int, "?version": int, "?sheet": {"*": int}, "?totals": {"*": int}}
DATA |= {"?outcome": {"*": object}, "?asked_by": TEXT_OR_NUMBER, "?salt": SALT}
WITHHELD = {"seq": int, "prev": HASH, "hash": HASH}  # of a record that stays in the house
RECORD: Row = dict.fromkeys(("at", "role", "what", "subject"), str) | WITHHELD
RECORD |= {"who": TEXT_OR_NUMBER, "digest": HASH}


class NotExaminable(Exception):
    """What ends the examination because nothing can be read beyond it; its text is the fault."""


def unfit(value: Any, shape: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """A fault for each part of a JSON value without its shape.

    {name: shape}, "?" before a name that may be absent, "*" for every name; [shape of each]; (one
    of these); a pattern; int: from 0 to 999999999; str, bool, object; or the value itself.
    """
    if isinstance(shape, dict) and isinstance(value, dict):
        for key, part in shape.items():
            name = key.lstrip("?")
            if key not in ("*", f"?{name}") and name not in value:
                yield f"{where}: 缺少{name} / {name} is missing"
            for present in value if key == "*" else {name} & {*value}:
                yield from unfit(value[present], part, f"{where}: {present}")
    elif isinstance(shape, list) and isinstance(value, list):
        for number, part in enumerate(value, start=1):
            yield from unfit(part, shape[0], f"{where} {number}")
    elif not fits(value, shape):
        yield f"{where}: {shown(value)}不是该项的值 / {shown(value)} cannot stand here"


def fits(value: Any, shape: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether a value that is no list or object where the shape is one is what it must be."""
    if isinstance(shape, tuple):
        return any(next(unfit(value, part, ""), None) is None for part in shape)
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if shape is int:
        return type(value) is int and 0 <= value < 10**9
    if isinstance(shape, type):
        return isinstance(value, shape)
    return type(value) is type(shape) and not isinstance(shape, (dict, list)) and value == shape


# --- bytes, zip, JSON ---------------------------------------------------------------------------


def canonical(value: object) -> str:
    """A JSON value in canonical form: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(what: object) -> str:
    """SHA-256 of bytes, or of a JSON value in canonical form, UTF-8."""
    return hashlib.sha256(what if isinstance(what, bytes) else canonical(what).encode()).hexdigest()


def shown(value: object) -> str:
    """A value as a fault names it: as JSON, cut where it is long."""
    text = canonical(value)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def read(path: Path) -> bytes:
    """The bytes of a package; of one too large only so many that this is seen. OSError."""
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


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


def unpack(raw: bytes) -> dict[str, bytes]:
    """Name -> bytes of every file of a zip that hides nothing and is no larger than it may be."""
    if len(raw) > MOST_BYTES or raw.count(b"PK\1\2") > MOST_MEMBERS:
        raise NotExaminable(
            f"zip: 超过{MOST_BYTES}字节或{MOST_MEMBERS}个文件 / more than {MOST_BYTES} bytes or "
            f"{MOST_MEMBERS} files"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as box:
            members = sorted(box.infolist(), key=lambda member: member.header_offset)
            require_plain(raw, members, box.start_dir)
            return {m.filename: content(box, m) for m in members if not m.is_dir()}
    except NotExaminable:
        raise
    except Exception as error:  # damaged bytes make a zip fail in many ways
        raise NotExaminable(f"zip: 不是完好的 zip 文件 / no whole zip file ({error})") from error


def require_plain(raw: bytes, members: list[zipfile.ZipInfo], end: int) -> None:
    """Raise for what two programs may read differently, what unpacks too far, bytes of no file."""
    free, gaps, seen = 0, [0], set[str]()
    for member in members:
        name, kind = member.orig_filename, member.external_attr >> 28
        where = f"zip: {shown(name)}"
        plain = re.fullmatch(r"(\w[\w.-]{0,60}/){0,3}(\w[\w.-]{0,60})?", name, re.ASCII)
        if not plain or name.lower() in seen:
            raise NotExaminable(f"{where}: 文件名不安全或出现两次 / an unsafe name, or one twice")
        seen.add(name.lower())
        sorts = (0, 0o4) if member.is_dir() and not member.file_size else (0, 0o10)
        if member.flag_bits & 1 or member.compress_type not in (0, 8):
            raise NotExaminable(f"{where}: 加密或压缩方式不支持 / encrypted or packed unusually")
        if kind not in sorts:
            raise NotExaminable(f"{where}: 不是普通文件 / a link or another special file")
        if member.header_offset - free not in gaps:
            raise NotExaminable(
                f"{where}: 与别的文件重叠，或其前有多余字节 / overlaps, or bytes before it"
            )
        lengths = raw[member.header_offset + 26 :][:4]
        free = member.header_offset + 30 + member.compress_size
        free += int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        gaps = [0, 12, 16, 20, 24] if member.flag_bits & 8 else [0]  # a descriptor may follow
    if end - free not in gaps:
        raise NotExaminable("zip: 文件之后有多余字节 / bytes behind the files")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise NotExaminable(
            f"zip: 解开后超过{MOST_BYTES}字节 / unpacks to more than {MOST_BYTES} bytes"
        )


def content(box: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a file, which are as many as the zip says."""
    with box.open(member) as stream:
        body = stream.read(member.file_size + 1)
    if len(body) != member.file_size:
        raise NotExaminable(f"zip: {member.filename}: 大小不实 / not as large as it says")
    return body


def once(pairs: list[tuple[Any, Any]]) -> Row:
    """A dictionary; a key that stands twice is raised, for two readers may read it differently."""
    counts = Counter(key for key, _ in pairs)
    if len(counts) < len(pairs):
        twice = shown(sorted(str(key) for key, n in counts.items() if n > 1))
        raise ValueError(f"{twice}出现两次 / {twice} stands twice")
    return dict(pairs)


def whole(figure: str) -> int:
    """A number of JSON that is whole and of a length that people write."""
    if not re.fullmatch("-?[0-9]+", figure) or len(figure) > MOST_DIGITS:
        raise ValueError(f"{figure[:20]}不是整数或过长 / {figure[:20]} is not whole or too long")
    return int(figure)


def parsed(text: str, where: str) -> Any:  # noqa: ANN401 - any JSON
    """The value of a JSON text that every reader reads alike."""
    try:
        value = json.loads(
            text, object_pairs_hook=once, parse_int=whole, parse_float=whole, parse_constant=whole
        )
        canonical(value).encode()  # half a surrogate pair is no text
    except ValueError as error:
        raise NotExaminable(f"{where}: 不是规范的 JSON / no proper JSON: {error}") from error
    except RecursionError as error:
        raise NotExaminable(f"{where}: 嵌套过深 / nested too deeply") from error
    return value


# --- the examination ----------------------------------------------------------------------------


class Package:
    """One package under examination: what its files say, and the faults found so far."""

    def __init__(self, raw: bytes, head: str) -> None:
        self.raw, self.head = raw, "".join(head.split()).lower()
        self.faults, self.files = list[str](), dict[str, bytes]()
        self.bytes_left, self.values_left = MOST_DATA, MOST_VALUES
        self.sheets: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
        self.turnout, self.counted, self.totals = Row(), Row(), Row()
        self.outcomes, self.published = Row(), Row()

    def expect(self, holds: object, item: str, sentence: str) -> None:
        """Note a fault unless this holds; after many of them the examination ends."""
        if holds:
            return
        text = " ".join(f"{item}: {sentence}".split())
        self.faults.append("".join(c if c.isprintable() else "?" for c in text[:700]))
        if len(self.faults) >= MOST_FAULTS:
            raise NotExaminable(
                f"只列出前{MOST_FAULTS}处 / only the first {MOST_FAULTS} are listed"
            )

    def equal(self, actual: Any, right: Any, item: str) -> None:  # noqa: ANN401 - any JSON
        """Note a fault for each part of what is there that is not, as JSON, what it must be."""
        if isinstance(actual, dict) and isinstance(right, dict):
            for key in sorted({*actual, *right}):
                self.equal(actual.get(key), right.get(key), f"{item}: {key}")
        elif canonical(actual) != canonical(right):
            a, b = shown(actual), shown(right)
            self.expect(False, item, f"写的是{a}，应为{b} / {a} must be {b}")

    def open(self) -> None:
        """Every file, with the digest that the manifest says."""
        self.files = unpack(self.raw)
        lines = self.text(MANIFEST).splitlines()
        there = {n: f"{digest(body)}  " for n, body in self.files.items() if n != MANIFEST}
        try:
            self.equal(there, once([(line[66:], line[:66]) for line in lines]), MANIFEST)
        except ValueError as error:
            raise NotExaminable(f"{MANIFEST}: {error}") from error

    def text(self, name: str) -> str:
        """A data file as text; all of them together stay within the bounds."""
        raw = self.files.get(name)
        if raw is None:
            raise NotExaminable(f"{name}: 包内没有此文件 / not in the package")
        self.bytes_left -= len(raw)
        self.values_left -= sum(raw.count(mark) for mark in b",[{\n")
        if self.bytes_left < 0 or self.values_left < 0:
            raise NotExaminable(f"{name}: 数据过多 / more data than a package may hold")
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise NotExaminable(f"{name}: 不是 UTF-8 文本 / no UTF-8 text") from error

    def shaped(self, value: Any, shape: Any, where: str) -> Any:  # noqa: ANN401 - any JSON
        """The value, every part of which without its shape is noted."""
        for fault in unfit(value, shape, where):
            self.expect(False, *fault.split(": ", 1))
        return value

    def table(self, name: str, *columns: str) -> Iterator[tuple[str, list[str]]]:
        """Where it stands, and the cells, of each row of a CSV file with these columns."""
        try:
            rows = list(csv.reader(io.StringIO(self.text(name), newline=""), strict=True))
        except csv.Error as error:
            raise NotExaminable(f"{name}: 不是规范的 CSV / no proper CSV: {error}") from error
        for number, cells in enumerate(rows, start=1):
            where = f"{name}: 第{number}行 / line {number}"
            if len(cells) != len(columns) or (number == 1) != (cells == [*columns]):
                raise NotExaminable(f"{where}: 列不对 / has not the columns {','.join(columns)}")
            if number > 1:
                yield where, cells

    def figure(self, where: str, cell: str) -> int:
        """A figure of a CSV file."""
        if not re.fullmatch("0|[1-9][0-9]{0,8}", cell):
            raise NotExaminable(f"{where}: {shown(cell)}不是数字 / {shown(cell)} is not a figure")
        return int(cell)

    def index(self, rows: list[Row], key: str, where: str) -> Row:
        """The rows by an id that each has for itself."""
        try:
            return once([(row[key], row) for row in rows])
        except ValueError as error:
            raise NotExaminable(f"{where}: {error}") from error

    def read(self) -> None:
        """The JSON files and the records, each of its shape, and what refers to what."""
        before = len(self.faults)
        self.election = self.document(ELECTION, ELECTION_SHAPE)
        self.results = self.document(RESULTS, RESULTS_SHAPE)
        if len(self.faults) > before:
            raise NotExaminable
        self.format = self.election.get("format", 1)
        lines = self.text(AUDIT).removesuffix("\n").split("\n")
        self.records = [self.record(number, line) for number, line in enumerate(lines, start=1)]
        if len(self.faults) == before:
            self.salts()
            self.relate()
        if len(self.faults) > before:
            raise NotExaminable
        if self.raw[-22:-18] != b"PK\5\6":  # the zip of another tool ends without a comment
            same = pack(self.files, self.results["published_at"]) == self.raw
            self.expect(same, "zip", "文件以外的字节被改动 / bytes around the files were changed")

    def document(self, name: str, shape: Row) -> Any:  # noqa: ANN401 - any JSON
        """The JSON of a file, every part of which without its shape is noted."""
        return self.shaped(parsed(self.text(name), name), shape, name)

    def record(self, number: int, line: str) -> Row:
        """A record of the chain: whole, or in format 2 withheld but for its place in the chain."""
        where = f"{AUDIT}: 第{number}行 / line {number}"
        record: Row = parsed(line, where)
        if isinstance(record, dict) and {*record} == {*WITHHELD} and self.format == 2:
            self.shaped(record, WITHHELD, where)
            return record
        what = record.get("what") if isinstance(record, dict) else None
        data = DATA if what in EXAMINED else {"*": object}
        self.shaped(record, RECORD | {"data" if self.format == 2 else "?data": data}, where)
        public = self.format == 1 or str(what).startswith(TOLD)
        self.expect(public, where, "此类记录不得公布内容 / a record of this kind must be withheld")
        return record

    def salts(self) -> None:
        """In format 2 the last record is salted, and all after the first that is: older are not."""
        salted = False
        for record in (record for record in self.records if self.format == 2 and "data" in record):
            salt = "salt" in record["data"]
            salted = salted or salt or record is self.records[-1]
            self.expect(salt or not salted, f"{AUDIT}: seq {record['seq']}", "缺少随机盐 / no salt")

    def relate(self) -> None:
        """Find districts, places, rounds and candidates by their ids, which are unique."""
        districts, places = self.election["districts"], self.election["places"]
        self.districts = self.index(districts, "id", f"{ELECTION}: districts")
        self.places = self.index(places, "id", f"{ELECTION}: places")
        self.rounds = self.index(self.election["rounds"], "round", f"{ELECTION}: rounds")
        self.names, self.places_of, self.rounds_of = Row(), Row(), Row()
        for key, district in self.districts.items():
            people = self.index(district["candidates"], "id", f"{ELECTION}: {key}")
            called = {i: i if p["formal"] else f"write-in:{p['name']}" for i, p in people.items()}
            self.names[key], self.places_of[key], self.rounds_of[key] = called, [], []
        for rows, of in ((self.places, self.places_of), (self.rounds, self.rounds_of)):
            for key, row in rows.items():
                known = row["district"] in self.districts
                self.expect(known, f"{ELECTION}: {key}", "没有此选区 / no such district")
                of.setdefault(row["district"], []).append(key)
        for code, ballot in self.rounds.items():
            standing, of = ballot["candidates"], self.names.get(ballot["district"], {})
            sound = {*standing} <= {*of} and len({*standing}) == len(standing)
            if ballot["kind"] == "first":  # the formal candidates, whom nobody wrote in
                sound = sound and all(of[who] == who for who in standing)
            self.expect(sound, f"{ELECTION}: {code}", "候选人不对 / its candidates are not right")
        keys = sorted(self.results["districts"])
        self.equal(keys, sorted(self.districts), f"{RESULTS}: districts")

    def tables(self) -> None:
        """The figures of every sheet, and who took part in every round."""
        for where, (code, place, stage, item, value) in self.table(COUNTS, *COUNT_COLUMNS):
            sheet = self.sheets.setdefault((code, place), {}).setdefault(stage, {})
            if item in sheet:
                raise NotExaminable(f"{where}: 同一栏出现两次 / the same figure a second time")
            sheet[item] = self.figure(where, value)
        for where, (code, district, *cells) in self.table(TURNOUT, *TURNOUT_COLUMNS):
            registered, checked_in, proxy = (self.figure(where, cell) for cell in cells)
            if code in self.turnout:
                raise NotExaminable(f"{where}: 同一轮次出现两次 / the same round a second time")
            self.turnout[code] = [district, registered, checked_in + proxy]

    def count(self) -> None:
        """Each sheet is whole and possible; each round is added up, decided and followed."""
        for (code, place), stages in self.sheets.items():
            where, ballot = f"{COUNTS}: {code} {place}", self.rounds.get(code, {"district": ""})
            entire = sorted(stages) == [*STAGES] and place in self.places
            entire = entire and self.places[place]["district"] == ballot["district"]
            self.expect(entire, where, "轮次、场所或三组数字不对 / round, place or stage is wrong")
            if entire:
                self.sheet(where, ballot, *(stages[stage] for stage in STAGES))
                self.counted.setdefault(code, {})[place] = stages
        for key in self.districts:
            self.succession(key)
        self.equal(sorted(self.turnout), sorted(self.rounds), f"{TURNOUT}: rounds")

    def sheet(self, where: str, ballot: Row, *stages: dict[str, int]) -> None:
        """Signed is what one of the entries says; the marks make the papers (Art. 44)."""
        signed = stages[2]
        for name in sorted({*stages[0], *stages[1], *signed}):
            same = signed.get(name) in (stages[0].get(name), stages[1].get(name))
            self.expect(same, f"{where} {name}", "签字数不是录入数 / signed is neither entry")
        answers = {who: [f"{a}:{who}" for a in ANSWERS] for who in ballot["candidates"]}
        lines = sorted(name for name in signed if not re.match("writein:.", name))
        needed = sorted((*HEADS, *(line for three in answers.values() for line in three)))
        self.equal(lines, needed, f"{where}: lines")
        if lines != needed:
            return
        valid = signed["returned"] - signed["void"]
        marked = valid - signed["blank"]
        too_few = f"有选择的票只有{marked}张 / only {marked} papers choose anybody"
        for who, three in answers.items():
            sums = [signed[line] for line in three]
            unlike = f"{sums}之和不等于有效票{valid} / {sums} do not make {valid} valid papers"
            self.expect(sum(sums) == valid, f"{where} {who}", unlike)
            self.expect(signed["blank"] <= sums[2], f"{where} {who}", too_few)
        chosen = [n for name, n in signed.items() if name.startswith(("for:", "writein:"))]
        possible = marked >= 0 and max(chosen, default=0) <= marked
        self.expect(possible and sum(chosen) <= ballot["seats"] * marked, where, too_few)

    def add_up(self, code: str, ballot: Row) -> Row:
        """What the signed sheets of a round make, as the law decides it."""
        key = ballot["district"]
        registered = self.districts[key]["registered"]
        counted = self.counted.get(code, {})
        if ballot["kind"] == "first" or not counted:
            self.equal(sorted(counted), sorted(self.places_of[key]), f"{COUNTS}: {code} places")
        signed = [stages.get("signed", {}) for stages in counted.values()]
        total = self.totals[code] = added(signed)
        outcome = decide(self.election["rules"], ballot, registered, total)
        right = [key, registered, outcome["issued"]]
        self.equal(self.turnout.get(code), right, f"{TURNOUT}: {code} registered, issued")
        many = f"发出{right[2]}，登记{registered} / {right[2]} issued to {registered} registered"
        self.expect(right[2] <= registered, f"{TURNOUT}: {code}", many)
        return outcome

    def succession(self, key: str) -> None:
        """Each round of a district is the one before, or the committee on its tie, calls for."""
        seats, names, furthers = self.districts[key]["seats"], self.names[key], 0
        due: Row = {
            "kind": "first",
            "counts_as": "first",
            "attempt": 1,
            "seats": seats,
            "number": 1,
        }
        stand: list[str] | None = None
        outcomes = self.results["districts"][key]["rounds"]
        for code, published in zip(self.rounds_of[key], outcomes, strict=False):
            ballot, self.published[code] = self.rounds[code], published
            stated = {name: ballot.get(name, due[name]) for name in due}
            self.equal(stated, due, f"{ELECTION}: {code}")
            standing = sorted(names[who] for who in ballot["candidates"])
            self.equal(standing, stand or standing, f"{ELECTION}: {code} candidates")
            out = self.outcomes[code] = self.add_up(code, ballot | due)
            furthers += due["counts_as"] == "further" and out["valid"]
            decided = {"unresolved_tie": (published.get("committee") or {}).get("decides")}
            kind = NEXT.get(str(decided.get(out["next"], out["next"])))  # the law is silent
            due |= {"kind": kind, "seats": out["next_seats"], "number": due["number"] + 1}
            if kind != "rerun":
                again = due["counts_as"] == kind == "tie_repeat"
                attempt = furthers + 1 if kind == "further" else due["attempt"] * again + 1
                due |= {"counts_as": kind, "attempt": attempt}
            tied = sorted(names.get(who, who) for who in out["tied"])
            stand = tied if kind == "tie_repeat" else None
        self.equal(len(outcomes), len(self.rounds_of[key]), f"{RESULTS}: {key} rounds")
        self.equal(due["kind"], None, f"{ELECTION}: {key} still due")

    def recount(self) -> None:
        """results.json says what the sheets say."""
        signed = [(place, stages.get("signed", {})) for (_, place), stages in self.sheets.items()]
        over = {place for place, s in signed if s.get("returned", 0) > s.get("issued", 0)}
        self.equal(sorted(self.results["alerts"]), sorted(over), f"{RESULTS}: alerts")
        for code, outcome in self.outcomes.items():
            right, stated = {"round": code} | outcome, {"round": code} | self.published[code]
            self.equal({name: stated.get(name) for name in right}, right, f"{RESULTS}: {code}")
        won = {key: dict(self.elected(key)) for key in self.districts}
        given_up = elsewhere(won)
        for key, people in won.items():
            result = self.results["districts"][key]
            gone = [who for who in people if f"{key}/{who}" in given_up]
            stated = [
                sorted(result["elected"]),
                result["vacant"],
                sorted(result.get("not_taken", [])),
            ]
            must = [sorted(people), self.districts[key]["seats"] - len(people), sorted(gone)]
            self.equal(stated, must, f"{RESULTS}: {key} elected, vacant, not taken")

    def elected(self, key: str) -> Iterator[tuple[str, Row]]:
        """Who is elected in a district, and what the committee recorded of the person."""
        for code in self.rounds_of[key]:
            recorded = self.published.get(code, {}).get("persons") or {}
            for who in self.outcomes.get(code, {"elected": []})["elected"]:
                yield who, recorded.get(who, {})

    def chain(self) -> None:
        """Records follow each other, hashes and digests are theirs, the last one is the head."""
        prev = "0" * 64
        for number, record in enumerate(self.records, start=1):
            right = {"seq": number, "prev": prev}
            if "digest" in record:
                public = {key: record[key] for key in record if key not in ("data", "hash")}
                right |= {"hash": digest(public)}
            right |= {"digest": digest(record["data"])} if "data" in record else {}
            self.equal({key: record[key] for key in right}, right, f"{AUDIT}: seq {number}")
            prev = record["hash"]
        self.equal(self.results["audit_head"], prev, f"{RESULTS}: audit_head")
        known = len(self.head) >= 32 and any(r["hash"].startswith(self.head) for r in self.records)
        self.expect(known or not self.head, f"{AUDIT}: {self.head}", "链中没有 / not in the chain")

    def log(self) -> None:
        """What two people entered, a third signed and the committee certified is published."""
        sheets, certified = self.acts()
        signed = {key[:2]: record["seq"] for key, record in sheets.items() if key[2] == "signed"}
        for code, outcome in self.published.items():
            self.certificate(code, outcome, certified.get(code))
        for (code, place), seq in signed.items():
            where = f"{AUDIT}: {code} {place}"
            there = code not in self.rounds or (code, place) in self.sheets
            self.expect(there, f"{COUNTS}, {where}", "签字后没有公布 / signed, but left out")
            before = code not in certified or seq < certified[code]["seq"]
            self.expect(before, where, "确认之后又签字 / signed after it was certified")
        for code, place in self.sheets:
            self.hands(code, place, [sheets.get((code, place, s), {"data": {}}) for s in STAGES])

    def acts(self) -> tuple[Row, Row]:
        """The last record of each stage of a sheet, and the certificate in force of each round."""
        own, sheets, certified = self.election.get("election"), Row(), Row()
        for record in self.records:
            data, act = record.get("data") or {}, record.get("what")
            code, mine = data.get("round"), data.get("election", own) == own
            stages = {ENTRY: STAGES[:2], SIGN: STAGES[2:]}.get(str(act), ())
            if mine and data.get("stage") in stages:
                sheets[code, data.get("place"), data["stage"]] = record
            if mine and (act == CERTIFY or (act == TIE and code in certified)):
                certified[code] = {"totals": certified.get(code, {}).get("totals"), **data}
                certified[code]["seq"] = record["seq"]
            if mine and act == WITHDRAW:
                certified.pop(code, None)
            second = "asked_by" not in data or data["asked_by"] != record["who"]
            self.expect(
                second, f"{AUDIT}: seq {record['seq']}", "须由第二人决定 / a second decides"
            )
        return sheets, certified

    def certificate(self, code: str, outcome: Row, certified: Row | None) -> None:
        """The outcome of a round is the one certified last, and so are the totals behind it."""
        where = f"{RESULTS}, {AUDIT}: {code} certified"
        if certified is None:
            self.expect(False, where, f"没有有效的确认记录 / no certificate ({CERTIFY}) in force")
            return
        decided = {n: value for n, value in outcome.items() if n not in (*HEADS, "votes", "round")}
        self.equal(decided, certified.get("outcome"), where)
        totals = self.totals.get(code, {})
        self.equal(certified["totals"] or totals, totals, f"{where}: totals")

    def hands(self, code: str, place: str, records: list[Row]) -> None:
        """A sheet is what the log says that two people entered and then a third one signed."""
        logged = [record["data"].get("sheet") for record in records]
        stages = self.sheets[code, place]
        self.equal(
            stages, dict(zip(STAGES, logged, strict=True)), f"{COUNTS}, {AUDIT}: {code} {place}"
        )
        people, moments = ([record.get(key, 0) for record in records] for key in ("who", "seq"))
        fair = len({*people}) == 3 and moments[2] == max(moments)
        self.expect(fair, f"{AUDIT}: {code} {place}", "须三人经手 / two enter, a third signs")

    def freeze(self) -> None:
        """The chain's last record commits to every file; earlier versions stand in the chain."""
        own, version, last = self.election.get("id"), self.results["version"], self.records[-1]
        published = [
            r.get("data", {}) for r in self.records if r.get("what") == "publication.publish"
        ]
        earlier = [data.get("version") for data in published if data.get("congress") == own]
        self.equal(earlier, [*range(1, version)] if own else [], f"{AUDIT}: earlier versions")
        if last.get("what") != FREEZE and FREEZE.encode() not in self.files.get("verify.py", b""):
            return  # a package of another program, which promises less
        digests = {n: digest(b) for n, b in self.files.items() if n not in (MANIFEST, AUDIT)}
        digests[RESULTS] = digest({k: v for k, v in self.results.items() if k != "audit_head"})
        right = {"congress": own, "version": version, "files": digests}
        committed = {key: last.get("data", {}).get(key) for key in right}
        self.equal(committed, right, f"{AUDIT}: {FREEZE}")


# --- the law ------------------------------------------------------------------------------------


def elsewhere(won: dict[str, Row]) -> set[str]:
    """The seats ("town-3/c12") of people who, as the committee recorded, take another one."""
    people = {
        f"{key}/{who}": person for key, elected in won.items() for who, person in elected.items()
    }
    both = {seat: p for seat, p in people.items() if p.get("keeps") and p.get("same_as") in people}
    return {p["same_as"] if p["keeps"] == "here" else seat for seat, p in both.items()}


def added(sheets: list[dict[str, int]]) -> Counter[str]:
    """The sheets of a round as one."""
    total: Counter[str] = Counter()
    for sheet in sheets:
        total.update(sheet)
    return total


def decide(rules: Row, ballot: Row, registered: int, total: Counter[str]) -> Row:
    """What the law makes of the totals of one round (Electoral Law Art. 44, 45)."""
    votes = {candidate: total[f"for:{candidate}"] for candidate in ballot["candidates"]}
    votes |= {f"write-in:{n[8:]}": v for n, v in total.items() if n.startswith("writein:")}
    rule, seats = str(ballot.get("counts_as", ballot["kind"])), ballot["seats"]
    reasons = ["turnout"] * (total["issued"] <= Fraction(rules["turnout_over"]) * registered)
    reasons += ["returned_exceeds_issued"] * (total["returned"] > total["issued"])
    outcome: Row = {**{n: total[n] for n in HEADS}, "valid": not reasons, "reasons": reasons}
    outcome |= {"votes": votes, "need": None, "elected": [], "tied": [], "tied_seats": 0}
    if reasons:
        return outcome | {"missing": 0, "next": "rerun_election", "next_seats": seats}
    need = needed(rules, rule, total)
    least = 0 if rule == "tie_repeat" else need  # a repeat vote goes to the higher count
    over = {name: n for name, n in votes.items() if n >= least}
    line = [*sorted(over.values(), reverse=True), *[-1] * (seats + 1)][seats]
    sure = [name for name, n in over.items() if n > line]  # no more than there are seats
    tied = sorted(name for name, n in over.items() if n == line and len(sure) < seats)
    elected = sorted(name for name in sure if over[name] >= need)
    left = seats - len(sure) if tied else 0
    missing = seats - len(elected) - left
    outcome |= {"need": need, "elected": elected, "tied": tied, "tied_seats": left}
    outcome |= {"missing": missing, "next_seats": left + missing}
    return outcome | {"next": following(rules, rule, ballot.get("attempt", 1), len(tied), missing)}


def needed(rules: Row, rule: str, total: Counter[str]) -> int:
    """The fewest votes that elect; in a repeat vote one."""
    if rule == "tie_repeat":
        return 1
    base = {**total, "valid": total["returned"] - total["void"]}
    if rule == "further":
        return max(1, ceil(Fraction(rules["further_at_least"]) * base[rules["further_base"]]))
    return int(Fraction(rules["win_over"]) * base[rules["win_base"]]) + 1


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
        for part in STEPS:
            getattr(p, part)()
    except NotExaminable as end:
        p.faults += [str(end)] if str(end) else []
    except Exception as error:  # noqa: BLE001 - what nobody thought of must not pass as sound
        p.faults.append(f"{part}: 无法读取 / unreadable: {type(error).__name__} {error}"[:300])
    return p.faults


def main(path: str = "", flag: str = "--head", head: str = "", *more: str) -> int:
    """The command."""
    if not Path(path).is_file() or flag != "--head" or more:
        sys.stderr.write(f"{path}: 没有此文件 / no such file\n{__doc__}")
        return 2
    faults = verify(raw := read(Path(path)), head)
    lines = faults or [f"成立，包的校验码 / holds, digest of the package: {digest(raw)}"]
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
