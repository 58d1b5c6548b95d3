"""Strokes of characters: what the kept table knows, and what it does not."""

import pytest

from election.planning.strokes import strokes_of


@pytest.mark.parametrize(
    ("char", "count"),
    [
        ("丁", 2),
        ("王", 4),
        ("李", 7),
        ("张", 7),
        ("鹤", 15),
        ("𬭎", 12),
        ("䶮", 20),
        ("𠮷", 6),
        ("〇", 1),
        ("一", 1),
    ],
)
def test_a_chinese_character_has_its_number_of_strokes(char: str, count: int) -> None:
    assert strokes_of(char) == count


@pytest.mark.parametrize("char", ["A", "·", " ", "1", "\U0002ebf0", "\U00033479", "\ue123"])
def test_what_the_table_does_not_know_is_none_not_zero(char: str) -> None:
    assert strokes_of(char) is None


@pytest.mark.parametrize("text", ["", "王伟"])
def test_exactly_one_character_is_counted(text: str) -> None:
    with pytest.raises(ValueError, match="exactly one character"):
        strokes_of(text)
