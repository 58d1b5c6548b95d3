"""What a page does with what was typed into a form that came after the sign-in had run out."""

import pytest

from tests.js.conftest import Scripts

_TYPED = [["csrf_token", "x"], ["op", "y"], ["version", "3"], ["figure-issued", "612"]]


def test_a_draft_holds_neither_tokens_nor_the_confirmation_nor_files(scripts: Scripts) -> None:
    more = [["confirmed", "y"], ["shown", "E.315"], ["file", {}]]
    assert scripts.keptFields([*_TYPED, *more]) == [["version", "3"], ["figure-issued", "612"]]


@pytest.mark.parametrize(
    ("present", "same"),
    [
        ([["version", "3"], ["figure-issued", ""]], True),
        ([["version", "4"], ["figure-issued", ""]], False),
        ([["figure-issued", ""]], False),
    ],
)
def test_a_draft_fits_the_version_it_was_typed_over(
    scripts: Scripts, present: list[list[str]], same: bool
) -> None:
    assert scripts.sameStamp(scripts.keptFields(_TYPED), present) is same


def test_an_account_fits_while_none_of_its_rows_changed(scripts: Scripts) -> None:
    typed = [["seen-7", "0"], ["seen-8", "2"], ["account-7-printed", "615"]]
    assert scripts.sameStamp(typed, [["seen-7", "0"], ["seen-8", "2"], ["account-7-printed", ""]])
    assert not scripts.sameStamp(typed, [["seen-7", "1"], ["seen-8", "2"]])


@pytest.mark.parametrize(
    ("late", "person", "path", "page_late", "fate"),
    [
        (False, None, "/sheets/7/entry", True, "late"),  # the answer: please sign in first
        (True, None, "/login", False, "keep"),
        (True, "5", "/sheets/7/entry", False, "put back"),
        (True, "5", "/elections", False, "keep"),
        (True, "6", "/sheets/7/entry", False, "forget"),  # nobody sees another teller's figures
        (False, "5", "/sheets/7/entry", False, "forget"),  # it was stored, or is shown with faults
    ],
)
def test_only_the_same_person_finds_it_again(
    scripts: Scripts, late: bool, person: str | None, path: str, page_late: bool, fate: str
) -> None:
    draft = {"person": "5", "path": "/sheets/7/entry", "late": late}
    page = {"person": person, "path": path, "late": page_late}
    assert scripts.fateOf(draft, page) == fate
