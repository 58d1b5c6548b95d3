"""Every single change of a package is found, or proven to change nothing that is decided in it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.exchange.publication.verifier.verify import pack, verify
from tests.exchange.publication.published_town import packed, plain_zip, unpacked, with_manifest
from tests.exchange.publication.small_package import PUBLISHED, SEATS, small_files
from tests.exchange.publication.tampering import Files, each_change, rehashed

BOTH_LANGUAGES = re.compile("[\u4e00-\u9fff].* / .*[a-z]")
JSON_FILES = ("election.json", "results.json", "audit.jsonl")
TABLES = ("counts.csv", "turnout.csv")


def parsed(files: Files, name: str) -> Any:
    """The value of a data file: JSON, records, or rows of cells."""
    text = files[name].decode()
    if name.endswith(".csv"):
        return list(csv.reader(io.StringIO(text)))
    return [json.loads(row) for row in text.splitlines()] if "jsonl" in name else json.loads(text)


def written(name: str, value: Any) -> bytes:
    """A data file with this value."""
    if name.endswith(".csv"):
        return "".join(f"{','.join(row)}\n" for row in value).encode()
    if "jsonl" in name:
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in value).encode()
    return json.dumps(value, ensure_ascii=False).encode()


def changed(files: Files) -> Iterator[tuple[str, Files]]:
    """Every single change of every data file, named, in a package whose manifest fits."""
    for name in (*JSON_FILES, *TABLES):
        value = parsed(files, name)
        for path in each_change(value):
            yield f"{name} {path}", with_manifest({**files, name: written(name, value)})


@pytest.mark.slow
@pytest.mark.parametrize("version", [1, 2])
def test_every_single_change_is_found(version: int) -> None:
    files = small_files(version)
    alive = [where for where, mutant in changed(files) if not verify(pack(mutant, PUBLISHED))]
    assert alive == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_single_changes_of_a_counted_town_are_found(town: bytes, data: st.DataObject) -> None:
    files = unpacked(town)
    name = data.draw(st.sampled_from(sorted({*files} - {"MANIFEST.sha256"})))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    flipped = bytearray(files[name])
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    assert verify(packed(with_manifest({**files, name: bytes(flipped)}))) != []


# why a change of these decides nothing, although every digest was made anew
HARMLESS = {
    "told only: nothing follows from it": {
        ("election", "districts", "candidates", "name"),
        ("results", "published_at"),
    },
    "a limit that no round reached": {
        ("election", "rules", "tie_repeat_max"),
        ("election", "rules", "further_election_rounds"),
    },
    "absent says the same: the verifier works it out": {
        ("election", "rounds", "counts_as"),
        ("election", "rounds", "attempt"),
        ("results", "districts", "rounds", "round"),
    },
    "absent says the same: null": {
        ("results", "districts", "rounds", "need"),
        ("results", "districts", "rounds", "next"),
        ("results", "districts", "rounds", "next_candidates"),
    },
}


def _kind(path: tuple[Any, ...]) -> tuple[str, ...]:
    """A path without the numbers of a list and the ids of a district."""
    return tuple(str(part) for part in path if part not in SEATS and not isinstance(part, int))


def test_a_change_that_everything_commits_to_touches_no_figure() -> None:
    """Somebody makes every digest anew: what survives decides nothing, and has another code."""
    head = json.loads(small_files()["results.json"])["audit_head"]
    alive = set[tuple[str, ...]]()
    for part in ("election", "results"):
        for path, mutant in _committed(part):
            package = plain_zip.__wrapped__(tuple(mutant.items()))
            if not verify(package):
                alive.add(_kind((part, *path)))
                assert verify(package, head) != []
    assert alive == set().union(*HARMLESS.values())


def _committed(part: str) -> Iterator[tuple[tuple[Any, ...], Files]]:
    """Every single change of a document, in a package whose chain commits to it."""
    holder: dict[str, Any] = {}
    small_files(2, lambda parts: holder.update(parts))
    value = holder[part]
    for path in each_change(value):
        yield path, small_files(2, lambda parts: parts.update({part: value}))


# --- anything at all ----------------------------------------------------------------------------

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(data=st.data(), name=st.sampled_from(JSON_FILES))
def test_any_value_anywhere_is_answered_in_both_languages(data: st.DataObject, name: str) -> None:
    files = small_files()
    value = parsed(files, name)
    holder, key = value, data.draw(st.sampled_from(_keys(value)))
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(st.sampled_from(_keys(holder)))
    holder[key] = data.draw(ANY_JSON)
    try:
        files[name] = written(name, value)
    except UnicodeEncodeError:
        files[name] = json.dumps(value).encode()
    _answered(plain_zip.__wrapped__(tuple(with_manifest(files).items())))
    if name == "audit.jsonl" and all(isinstance(row, dict) for row in value):
        try:
            rehashed(list)(files)
        except (KeyError, ValueError, TypeError):
            return
        _answered(plain_zip.__wrapped__(tuple(with_manifest(files).items())))


def _keys(value: Any) -> list[Any]:
    return list(value) if isinstance(value, dict) else list(range(len(value)))


@settings(max_examples=300, deadline=None)
@given(data=st.data(), name=st.sampled_from(("audit.jsonl", *TABLES, "MANIFEST.sha256")))
def test_any_text_anywhere_is_answered_in_both_languages(data: st.DataObject, name: str) -> None:
    files = small_files()
    body = files[name]
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 60)))
    files[name] = body[:start] + data.draw(st.binary(max_size=40)) + body[end:]
    whole = files if name == "MANIFEST.sha256" else with_manifest(files)
    _answered(plain_zip.__wrapped__(tuple(whole.items())))


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_any_zip_is_answered_in_both_languages(data: st.DataObject) -> None:
    raw = bytearray(plain_zip(tuple(small_files().items())))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, 40) | st.integers(len(raw) - 420, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    _answered(bytes(raw))


def _answered(raw: bytes) -> None:
    faults = verify(raw)
    assert [fault for fault in faults if not BOTH_LANGUAGES.search(fault)] == []
    assert [fault for fault in faults if "unreadable" in fault] == []
