"""Signatures as typed from the paper: one line one voter, one voter one line (R5.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.candidates.signatures import (
    MAX_LINES,
    Signature,
    read_signature,
    read_signatures,
    require_clear,
    who_is_who,
)
from election.rules.terms import InputFaults

signatures = st.builds(Signature, st.sampled_from("王李"), st.sampled_from(["", "1", "2"]))


def fields(text: str) -> list[str]:
    with pytest.raises(InputFaults) as caught:
        read_signatures(text)
    return [fault.field for fault in caught.value.faults]


def test_a_line_is_a_name_or_a_name_and_a_number() -> None:
    text = "王伟\n\n 李 娜，0012\n马·买买提; A-3\n张三\t77\n"
    assert read_signatures(text) == (
        Signature("王伟"),
        Signature("李娜", "0012"),
        Signature("马·买买提", "A-3"),
        Signature("张三", "77"),
    )


def test_every_line_that_cannot_be_read_is_named_with_its_number() -> None:
    assert fields("王伟\n=cmd\n\n, 12\n李娜, 十二\n张三,") == [
        "signers.2",
        "signers.4",
        "signers.5",
        "signers.6",
    ]


def test_a_flood_of_lines_is_refused() -> None:
    assert len(read_signatures("王伟\n" * MAX_LINES)) == MAX_LINES
    assert fields("王伟\n" * (MAX_LINES + 1)) == [f"signers.{MAX_LINES}"]


@given(signatures)
def test_a_signature_is_read_back_as_it_was_stored(signature: Signature) -> None:
    assert read_signature(str(signature)) == signature


def test_a_name_without_number_is_the_one_numbered_voter_of_that_name() -> None:
    plain, numbered = Signature("王伟"), Signature("王伟", "7")
    assert who_is_who([plain, numbered]) == {plain: numbered, numbered: numbered}


def test_between_two_numbered_voters_nothing_is_guessed() -> None:
    signed = [Signature("王伟"), Signature("王伟", "7"), Signature("王伟", "8")]
    assert who_is_who(signed) == {signature: signature for signature in signed}
    with pytest.raises(InputFaults) as caught:
        require_clear([Signature("李娜"), signed[0]], signed[1:])
    assert [fault.field for fault in caught.value.faults] == ["signers.2"]
    require_clear(signed[1:], signed)


@given(st.lists(signatures, max_size=6))
def test_nobody_becomes_somebody_of_another_name_or_number(sheet: list[Signature]) -> None:
    for signature, voter in who_is_who(sheet).items():
        assert voter.name == signature.name
        assert signature.number in ("", voter.number)
