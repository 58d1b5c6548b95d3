"""Packages made to kill their verifier: each is refused in words, within 200 MB and 10 s of CPU."""

import io
import json
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from election.exchange.publication.verifier import verify as module
from election.exchange.publication.verifier.verify import MOST_BYTES, MOST_FAULTS, pack, verify
from tests.exchange.publication.published_town import plain_zip, with_manifest
from tests.exchange.publication.small_package import PUBLISHED, small_files, small_package
from tests.exchange.publication.tampering import Files, edited, replaced

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="its peak is read from /proc")
BOTH_LANGUAGES = re.compile("[\u4e00-\u9fff].* / .*[a-z]")
MEMORY_MB, CPU_SECONDS = 200, 10
# the limit of the CPU ends it, whatever else the machine does; the peak is of the child alone
WATCHED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, ({cpu}, {cpu}))
verifier = runpy.run_path(sys.argv[1])
faults = verifier["verify"](sys.stdin.buffer.read())
status = open("/proc/self/status").read()
sys.stderr.write(status.partition("VmHWM:")[2].split()[0])
sys.stdout.buffer.write("\\n".join(faults).encode())
"""


def _text(name: str, text: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name] = text.encode("utf-8", "surrogatepass")

    return change


def _anew(files: Files, encoding: str) -> bytes:
    return files["election.json"].decode().encode(encoding)


def _rule(value: str) -> Callable[[Files], None]:
    return edited("election.json", lambda document: document["rules"].update(win_over=value))


def _many_write_ins(files: Files) -> None:
    rows = "".join(
        f"a-r1,a1,{stage},writein:{n},0\n"
        for n in range(30_000)
        for stage in ("entry1", "entry2", "signed")
    )
    files["counts.csv"] += rows.encode()


def _many_rounds(files: Files) -> None:
    """Thousands of reruns of a void ballot, each as it should be, and many places besides."""
    codes = [f"r{n}" for n in range(2, 3_000)]
    void = dict.fromkeys(("issued", "returned", "void", "blank", "missing", "tied_seats"), 0)
    void |= {"valid": False, "reasons": ["turnout"], "votes": {}, "need": None}
    void |= {"elected": [], "tied": [], "next": "rerun_election", "next_seats": 1}
    rerun = {"district": "a", "kind": "rerun", "counts_as": "first", "seats": 1, "candidates": []}

    def rounds(document: dict[str, list[object]]) -> None:
        document["rounds"][0] |= {"candidates": []}  # type: ignore[operator]
        document["rounds"] += [{**rerun, "round": code} for code in codes]
        document["places"] += [{"id": f"p{n}", "district": "a"} for n in range(50_000)]

    edited("election.json", rounds)(files)
    told = [void, *({**void, "round": code} for code in codes)]
    edited("results.json", lambda d: d["districts"]["a"].update(rounds=told))(files)
    rows = [
        f"{code},a1,{stage},{item},0\n"
        for code in codes
        for stage in ("entry1", "entry2", "signed")
        for item in ("issued", "returned", "void", "blank")
    ]
    files["counts.csv"] += "".join(rows).encode()
    files["turnout.csv"] += "".join(f"{code},a,100,0,0\n" for code in codes).encode()


HOSTILE: dict[str, tuple[Callable[[Files], None], str]] = {
    "a share of a billion digits": (_rule("1e999999999"), "election.json: rules: win_over"),
    "a share of nothing": (_rule("1/0"), "election.json: rules: win_over"),
    "a share of many digits": (_rule(f"1/{'9' * 100_000}"), "election.json: rules: win_over"),
    "a number of a million digits": (
        replaced("election.json", '"registered": 100', f'"registered": {"9" * 1_000_000}'),
        "election.json: 不是规范的 JSON",
    ),
    "a number in powers": (
        replaced("results.json", '"vacant": 0', '"vacant": 1e999999999'),
        "results.json: 不是规范的 JSON",
    ),
    "a figure of many digits": (
        replaced("turnout.csv", ",78,2", f",{'7' * 100_000},2"),
        "turnout.csv: 第2行",
    ),
    "not a number": (
        replaced("results.json", '"vacant": 0', '"vacant": NaN'),
        "results.json: 不是规范的 JSON",
    ),
    "infinity": (
        replaced("results.json", '"vacant": 0', '"vacant": -Infinity'),
        "results.json: 不是规范的 JSON",
    ),
    "a negative number": (
        replaced("results.json", '"vacant": 0', '"vacant": -1'),
        "results.json: districts: a: vacant",
    ),
    "true for one": (
        replaced("results.json", '"vacant": 0', '"vacant": true'),
        "results.json: districts: a: vacant",
    ),
    "lists in lists": (
        _text("election.json", 200_000 * "[" + 200_000 * "]"),
        "election.json: 嵌套过深",
    ),
    "objects in objects": (
        _text("audit.jsonl", 100_000 * '{"a":' + "1" + 100_000 * "}"),
        "audit.jsonl: 第1行 / line 1: 嵌套过深",
    ),
    "a key twice": (
        replaced("results.json", '"version": 1', '"version": 1, "version": 1'),
        "results.json: 不是规范的 JSON",
    ),
    "half a character": (
        replaced("election.json", '"id": "1/town"', '"id": "\\ud800"'),
        "election.json: 不是规范的 JSON",
    ),
    "another encoding": (
        lambda files: files.update(
            {"election.json": files["election.json"].decode().encode("utf-16")}
        ),
        "election.json: 不是 UTF-8",
    ),
    "a byte order mark": (
        lambda files: files.update({"election.json": _anew(files, "utf-8-sig")}),
        "election.json: 不是规范的 JSON",
    ),
    "a million values": (
        _text("election.json", f"[{'{},' * 1_000_000}0]"),
        "election.json: 数据过多",
    ),
    "half a million values": (
        _text("election.json", f'{{"a":[{",".join(250_000 * ["{}"])}]}}'),
        "election.json: 缺少rules",
    ),
    "wide letters": (
        _text("election.json", json.dumps([11_000_000 * "a" + "𠮷"], ensure_ascii=False)),
        "election.json: ",
    ),
    "an open quote": (_text("counts.csv", '"' + 11_000_000 * "a"), "counts.csv: 不是规范的 CSV"),
    "a line of a million cells": (_text("counts.csv", 500_000 * ","), "counts.csv: 第1行"),
    "a million empty lines": (_text("audit.jsonl", 1_000_000 * "\n"), "audit.jsonl: 数据过多"),
    "many names written in": (_many_write_ins, "results.json: a-r1: votes"),
    "many rounds and places": (_many_rounds, "counts.csv: a-r1 places"),
    "a file that is missing": (
        lambda files: files.pop("turnout.csv") and None,
        "turnout.csv: 包内没有",
    ),
}


def _examined(raw: bytes) -> list[str]:
    """The faults as a child within its bounds tells them."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", WATCHED.format(cpu=CPU_SECONDS), module.__file__],
        input=raw,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert int(done.stderr) / 1024 < MEMORY_MB
    faults = done.stdout.decode().split("\n")
    assert [fault for fault in faults if not BOTH_LANGUAGES.search(fault)] == []
    assert [fault for fault in faults if "unreadable" in fault] == []
    return faults


@on_linux
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_is_refused_within_bounds(name: str) -> None:
    change, expected = HOSTILE[name]
    files = small_files()
    change(files)
    faults = _examined(plain_zip(tuple(with_manifest(files).items())))
    assert [fault for fault in faults if fault.startswith(expected)] != [], faults[:5]


# --- the zip ------------------------------------------------------------------------------------


def _member(name: str, body: bytes = b"x", **fields: int) -> bytes:
    """The small package with one more member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        for other, content in small_files().items():
            box.writestr(other, content)
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for field, value in fields.items():
            setattr(info, field, value)
        box.writestr(info, body)
    return buffer.getvalue()


def _renamed(old: bytes, new: bytes) -> bytes:
    return _member(old.decode()).replace(old, new)


def _said_size(size: int, *, everywhere: bool) -> bytes:
    """A member of 1,000 bytes that says another size, in the directory alone or in both headers."""
    raw = bytearray(_member("charts/x.svg", 1_000 * b"x"))
    places = [m.start() for m in re.finditer(re.escape(struct.pack("<L", 1_000)), raw)]
    for place in places if everywhere else places[-1:]:
        raw[place : place + 4] = struct.pack("<L", size)
    return bytes(raw)


def _overlapping() -> bytes:
    """Two names in the directory for the bytes of one file."""
    raw = _member("charts/x.svg", b"x")
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        start, count = box.start_dir, len(box.infolist())
    directory, end = raw[start:-22], raw[-22:]
    last = directory[directory.rindex(b"PK\1\2") :]
    again = directory + last.replace(b"charts/x.svg", b"charts/y.svg")
    sizes = struct.pack("<HHLL", count + 1, count + 1, len(again), start)
    return raw[:start] + again + end[:8] + sizes + end[20:]


def _hidden_bytes() -> bytes:
    """A file between two others that the directory does not name."""
    raw = _member("charts/x.svg", b"x")
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        start = box.start_dir
    end = bytearray(raw[-22:])
    end[16:20] = struct.pack("<L", start + 7)
    return raw[:start] + b"hidden!" + raw[start:-22] + bytes(end)


ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "gigabytes of zeros": (lambda: _member("charts/x.svg", 200_000_000 * b"\0"), "zip: 解开后超过"),
    "a package too large": (lambda: bytes(MOST_BYTES + 1), "zip: 超过"),
    "thousands of files": (
        lambda: plain_zip(tuple((f"f{n}", b"") for n in range(2_001))),
        "zip: 超过",
    ),
    "a file above its folder": (lambda: _member("../x"), 'zip: "../x": 文件名不安全'),
    "a file from the root": (lambda: _member("/etc/passwd"), 'zip: "/etc/passwd": 文件名不安全'),
    "a file of a drive": (lambda: _member("C:/x"), 'zip: "C:/x": 文件名不安全'),
    "a backslash": (lambda: _renamed(b"charts/zzz", b"charts\\zzz"), "zip: "),
    "a name cut by a zero": (lambda: _renamed(b"charts/zzz", b"charts/z\0z"), "zip: "),
    "a name in other letters": (lambda: _member("COUNTS.CSV"), 'zip: "COUNTS.CSV": 文件名不安全'),
    "a letter that looks alike": (lambda: _member("сounts.csv"), "zip: "),
    "a link": (
        lambda: _member(
            "charts/x.svg", b"/etc/passwd", external_attr=0o120777 << 16, create_system=3
        ),
        'zip: "charts/x.svg": 不是普通文件',
    ),
    "packed unusually": (
        lambda: _member("charts/x.svg", compress_type=zipfile.ZIP_BZIP2),
        'zip: "charts/x.svg": 加密或压缩',
    ),
    "larger than it says": (lambda: _said_size(10, everywhere=True), "zip: "),
    "smaller than it says": (
        lambda: _said_size(9_999, everywhere=True),
        "zip: charts/x.svg: 大小不实",
    ),
    "other sizes in the directory": (lambda: _said_size(10, everywhere=False), "zip: "),
    "files that overlap": (_overlapping, 'zip: "charts/y.svg": 与别的文件重叠'),
    "bytes that no file owns": (_hidden_bytes, "zip: 文件之后有多余字节"),
    "bytes before the first file": (lambda: b"\0" + _member("x"), "zip: "),
    "no zip": (lambda: b"PK", "zip: 不是完好的 zip"),
}


@on_linux
@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_is_refused_within_bounds(name: str) -> None:
    make, expected = ZIPS[name]
    (fault,) = _examined(make())
    assert fault.startswith(expected), fault


def test_an_encrypted_member_is_refused() -> None:
    raw = bytearray(_member("charts/x.svg"))
    place = raw.rindex(b"PK\1\2")
    raw[place + 8] |= 1
    (fault,) = verify(bytes(raw))
    assert fault.startswith('zip: "charts/x.svg": 加密或压缩')


def test_folders_of_a_zip_packed_anew_are_no_fault() -> None:
    files = {"charts/": b"", **with_manifest({**small_files(), "charts/x.svg": b"x"})}
    faults = verify(plain_zip(tuple(files.items())))
    assert [fault for fault in faults if fault.startswith("zip")] == []


def test_at_most_so_many_faults_are_listed() -> None:
    files = small_files()
    files["counts.csv"] = files["counts.csv"].replace(b",signed,", b",sealed,")
    many = {f"f{n}.txt": b"" for n in range(500)}
    faults = verify(pack({**files, **many}, PUBLISHED))
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1] == f"只列出前{MOST_FAULTS}处 / only the first {MOST_FAULTS} are listed"


def test_what_a_fault_quotes_cannot_steer_a_terminal() -> None:
    files = small_files()
    replaced("results.json", '"alerts": []', '"alerts": ["\\u001b[2J\\u202e\\u009b"]')(files)
    faults = verify(pack(with_manifest(files), PUBLISHED))
    assert faults != []
    assert all(fault.isprintable() for fault in faults)


def test_the_bounds_are_far_above_a_real_package(town: bytes, tmp_path: Path) -> None:
    assert len(town) * 8 < MOST_BYTES
    (tmp_path / "large.zip").write_bytes(bytes(MOST_BYTES + 100))
    assert len(module.read(tmp_path / "large.zip")) == MOST_BYTES + 1
    assert verify(small_package()) == []
