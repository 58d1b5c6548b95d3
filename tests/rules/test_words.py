"""Every member of an enum that people read has its own words, whatever others spell alike."""

import ast
from collections.abc import Iterator
from enum import StrEnum

import pytest

from election.rules.candidates.kinds import CandidacyStatus, NominationStatus
from election.rules.candidates.standing import ExitReason
from election.rules.counting import Papers, Vote
from election.rules.words import WORDS, words_by_value, words_of
from election.settings import ROOT

# the items of a count sheet are one list of names, of papers and of answers together
ITEMS = ROOT / "election" / "rules" / "counting" / "sheet.py"


@pytest.mark.parametrize("kind", WORDS)
def test_no_member_is_without_words(kind: type[StrEnum]) -> None:
    assert set(WORDS[kind]) == set(kind)
    assert {type(member) for member in WORDS[kind]} == {kind}
    texts = [text for member in kind for text in (words_of(member).zh, words_of(member).en)]
    assert len(set(texts)) == 2 * len(kind) == 2 * len(words_by_value(kind))


def test_withdrawn_is_said_of_a_paper_and_of_a_person_in_their_own_words() -> None:
    members = (NominationStatus.WITHDRAWN, CandidacyStatus.WITHDRAWN, ExitReason.WITHDRAWN)
    assert len(set(members)) == 1  # they are equal as text: one dict over them keeps one word
    words = [words_of(member).zh for member in members]
    assert words == ["已撤回", "退出", "推荐人或者本人撤回"]


def _mixed(tree: ast.AST) -> Iterator[int]:
    """Lines of dicts whose keys are members of several enums: of two spelled alike one is lost."""
    for node in ast.walk(tree):
        keys = node.keys if isinstance(node, ast.Dict) else ()
        members = [key for key in keys if isinstance(key, ast.Attribute) and key.attr.isupper()]
        if len({ast.unparse(key.value) for key in members}) > 1:
            yield keys[0].lineno if keys[0] else 0


def test_the_search_sees_a_dict_over_two_enums() -> None:
    assert list(_mixed(ast.parse("x = {A.ONE: 1, 'two': 2, B.ONE: 3}"))) == [1]
    assert list(_mixed(ast.parse("x = {A.ONE: 1, A.TWO: B.ONE}"))) == []


def test_no_dict_is_keyed_by_members_of_two_enums() -> None:
    mixed = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "election").rglob("*.py"))
        for line in _mixed(ast.parse(path.read_text(encoding="utf-8")))
        if path != ITEMS
    ]
    assert mixed == []
    assert set(Papers).isdisjoint(Vote)
