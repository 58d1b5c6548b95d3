"""The verifier accounts for every byte of a package: flipped, added, cut off, packed anew."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.exchange.publication.verifier.verify import verify
from tests.exchange.publication.published_town import packed, plain_zip, unpacked


def test_the_packages_of_a_counted_town_hold(town: bytes, county: bytes) -> None:
    assert verify(town) == []
    assert verify(county) == []


def test_the_printed_code_must_stand_in_the_chain(town: bytes) -> None:
    head = json.loads(unpacked(town)["results.json"])["audit_head"]
    printed = " ".join(head[i : i + 4] for i in range(0, 32, 4))
    assert verify(town, printed.upper()) == []
    assert verify(town, "0" * 32) == ["audit.jsonl: " + "0" * 32 + ": 链中没有 / not in the chain"]
    assert verify(town, head[:8]) != []  # eight digits could be hit by chance


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
    assert verify(doubled) == [
        'zip: "counts.csv": 文件名不安全或出现两次 / an unsafe name, or one twice'
    ]


def test_extra_and_missing_members_are_named(county: bytes) -> None:
    files = unpacked(county)
    extra = verify(packed({**files, "note.txt": b"x"}))
    assert any(fault.startswith("MANIFEST.sha256: note.txt: ") for fault in extra)
    less = {name: body for name, body in files.items() if name != "charts/need.svg"}
    assert any("MANIFEST.sha256: charts/need.svg: " in fault for fault in verify(packed(less)))
