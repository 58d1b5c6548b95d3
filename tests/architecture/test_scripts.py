"""The shape of the scripts of the pages that their linter does not see: width, one act a line."""

import re

import pytest

from election.settings import ROOT

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
WIDEST = 120
_TEXTS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`")
_COMMENT = re.compile(r"//.*$")
_LOOP = re.compile(r"\bfor \([^;]*;[^;]*;")


def _code(line: str) -> str:
    """The line without texts, comments and the heads of loops."""
    return _LOOP.sub("for (", _COMMENT.sub("", _TEXTS.sub("''", line))).strip()


def several_statements(line: str) -> bool:
    return re.search(r";\s*\S", _code(line)) is not None


def _lines() -> list[tuple[str, str]]:
    return [
        (f"{path.name}:{place}", line)
        for path in SCRIPTS
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def test_no_line_is_wider_than_120_columns() -> None:
    lines = _lines()
    assert len(lines) > 1000
    assert [place for place, line in lines if len(line) > WIDEST] == []


def test_each_statement_has_a_line_of_its_own() -> None:
    assert [place for place, line in _lines() if several_statements(line)] == []


@pytest.mark.parametrize(
    ("line", "several"),
    [
        ("a(); b();", True),
        ("each(() => { a(); });", True),
        ("a();", False),
        ('say("a; b");', False),
        ("a(); // first; then", False),
        ("for (let n = 0; n < 5; n += 1) a();", False),
        ("for (let n = 0; n < 5; n += 1) { a(); }", True),
    ],
)
def test_what_counts_as_several_statements(line: str, several: bool) -> None:
    assert several_statements(line) is several
