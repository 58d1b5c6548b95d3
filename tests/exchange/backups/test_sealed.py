"""The sealed file: what was put in comes out, and nothing that was changed does."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.exchange.backups.lock import Cost, Lock, new_lock
from election.exchange.backups.sealed import (
    MAGIC,
    open_with_key,
    open_with_passphrase,
    read_head,
    seal,
)
from election.rules.backups import DAMAGED, SHORT_PASSPHRASE, WRONG_PASSPHRASE
from election.rules.terms import RuleViolation
from tests.exchange.backups.conftest import PASSPHRASE

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
CHUNK = 65_536 + 16
CONTENT = bytes(range(256)) * 1200  # four whole chunks and a part


@cache
def a_lock() -> Lock:
    return new_lock(PASSPHRASE)


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, lock=a_lock(), made_at=AT, program="0")
    return target.getvalue()


def opened(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    plain = io.BytesIO()
    open_with_passphrase(io.BytesIO(file), plain, passphrase)
    return plain.getvalue()


@cache
def two_files() -> tuple[bytes, bytes]:
    """Two backups of the same office, one after the other."""
    return sealed(CONTENT), sealed(CONTENT)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_was_sealed_opens(size: int) -> None:
    content = CONTENT[:size]
    assert opened(sealed(content)) == content


def test_whoever_made_it_can_check_it_without_the_passphrase() -> None:
    target, plain = io.BytesIO(), io.BytesIO()
    key = seal(io.BytesIO(CONTENT), target, lock=a_lock(), made_at=AT, program="0")
    open_with_key(io.BytesIO(target.getvalue()), plain, key)
    assert plain.getvalue() == CONTENT


def test_nothing_of_the_office_stands_in_the_clear() -> None:
    file = sealed(b"3302251990" * 10_000)
    assert b"3302251990" not in file
    head = read_head(io.BytesIO(file))
    assert head.made_at == "2026-11-30T12:00:00+00:00"
    assert PASSPHRASE.encode() not in file


def test_the_same_words_in_another_width_open_it() -> None:
    wide = PASSPHRASE.replace("a", "ａ").replace(" ", "　")
    assert opened(sealed(b"office"), f" {wide} ") == b"office"


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(RuleViolation) as refused:
        opened(sealed(b"office"), PASSPHRASE + ".")
    assert refused.value.code is WRONG_PASSPHRASE


@pytest.mark.parametrize("passphrase", ["", "short", "aaaaaaaaaaaaaaaa", "abababababab"])
def test_a_passphrase_that_is_guessed_is_refused(passphrase: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        new_lock(passphrase)
    assert refused.value.code is SHORT_PASSPHRASE


Damage = Callable[[bytes, bytes], bytes]


def flipped(position: int) -> Damage:
    def damage(file: bytes, _other: bytes) -> bytes:
        place, bit = divmod(position % (8 * len(file)), 8)
        return file[:place] + bytes([file[place] ^ 1 << bit]) + file[place + 1 :]

    return damage


def cut(length: int) -> Damage:
    return lambda file, _other: file[: length % len(file)]


def lengthened(tail: bytes) -> Damage:
    return lambda file, _other: file + tail


def swapped(places: tuple[int, int]) -> Damage:
    """Two chunks in each other's place; the last one is shorter and counts too."""

    def damage(file: bytes, _other: bytes) -> bytes:
        head, chunks = split(file)
        first, second = places
        chunks[first], chunks[second] = chunks[second], chunks[first]
        return head + b"".join(chunks)

    return damage


def without(place: int) -> Damage:
    def damage(file: bytes, _other: bytes) -> bytes:
        head, chunks = split(file)
        return head + b"".join(chunks[:place] + chunks[place + 1 :])

    return damage


def mixed(at: int) -> Damage:
    """The beginning of one backup and the end of the other."""

    def damage(file: bytes, other: bytes) -> bytes:
        middle = at % (len(file) - 1) + 1
        return file[:middle] + other[middle:]

    return damage


def split(file: bytes) -> tuple[bytes, list[bytes]]:
    start = file.index(b"\n", len(MAGIC)) + 1
    return file[:start], [file[at : at + CHUNK] for at in range(start, len(file), CHUNK)]


PLACE = st.integers(0, 4)
DAMAGE = st.one_of(
    st.integers(0, 10**7).map(flipped),
    st.integers(0, 8 * 700).map(flipped),  # in the head
    st.integers(0, 10**6).map(cut),
    st.binary(min_size=1, max_size=20).map(lengthened),
    st.tuples(PLACE, PLACE).filter(lambda pair: pair[0] != pair[1]).map(swapped),
    PLACE.map(without),
    st.integers(0, 10**6).map(mixed),
)


@settings(max_examples=200)
@given(DAMAGE)
def test_a_damaged_backup_never_opens(damage: Damage) -> None:
    file, other = two_files()
    damaged = damage(file, other)
    if damaged in (file, other):  # mixed behind the last difference
        return
    with pytest.raises(RuleViolation) as refused:
        opened(damaged)
    assert refused.value.code in (DAMAGED, WRONG_PASSPHRASE)


def test_where_a_backup_is_damaged_is_said_in_words() -> None:
    file = two_files()[0]
    for damaged, place in ((b"", "文件开头"), (file[:-1] + bytes([file[-1] ^ 1]), "第")):
        with pytest.raises(RuleViolation) as refused:
            opened(damaged)
        assert f"：{place}" in refused.value.cause.zh


@given(st.binary(max_size=300).map(lambda tail: MAGIC[: len(tail)] + tail))
def test_whatever_is_no_backup_is_refused(file: bytes) -> None:
    with pytest.raises(RuleViolation):
        opened(file)


@pytest.mark.parametrize(
    "cost",
    [Cost(passes=10**6, memory=64, lanes=1), Cost(passes=1, memory=10**9, lanes=1)],
    ids=["hours", "all memory"],
)
def test_a_head_that_asks_for_too_much_is_refused_before_any_guess(cost: Cost) -> None:
    greedy = Lock(a_lock().public, a_lock().salt, cost)
    target = io.BytesIO()
    seal(io.BytesIO(b""), target, lock=greedy, made_at=AT, program="0")
    with pytest.raises(RuleViolation) as refused:
        opened(target.getvalue())
    assert refused.value.code is DAMAGED
