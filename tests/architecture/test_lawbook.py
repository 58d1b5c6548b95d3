"""The generated pages of docs/ are up to date, and every code is one thing."""

import re
from collections import Counter

import pytest

from election.cli.lawbook import _ARTICLE, law_page, pages
from election.rules import codes
from election.settings import ROOT


@pytest.mark.parametrize("name", ["LAW.md", "CODES.md"])
def test_the_generated_page_is_up_to_date(name: str) -> None:
    """`python -m election docs` writes it."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name]


def test_a_rule_cites_articles_and_lists_tests_that_name_or_use_it() -> None:
    """A sentence is no article, and a word like `plan` in a test of the chain is no use."""
    rows = [line.split(" | ") for line in law_page().splitlines() if line.startswith("| R")]
    cited = {row[0].removeprefix("| "): row[1].split("; ") for row in rows}
    wrong = [one for told in cited.values() for one in told if one and not _ARTICLE.fullmatch(one)]
    assert wrong == []
    assert (cited["R2.2"], cited["R9.6"]) == (["EL 25", "ZJ 20"], ["EL 45(5)", "ZJ 49(3)"])
    (tests,) = [row[3] for row in rows if row[0] == "| R1.7"]
    assert "test_the_fixed_number_is_compared_with_the_formula" in tests
    assert [row[0] for row in rows if "test_audit.py" in row[3] and row[0][2:4] == "R2"] == []


def test_no_code_means_two_things() -> None:
    assert [name for name, n in Counter(code.id for code in codes.CODES).items() if n > 1] == []


def test_every_module_with_codes_is_listed() -> None:
    declaring = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "election" / "rules").rglob("*.py")
        if re.search(r"^[A-Z_]+ = declare_code\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert declaring == {module.__name__ for module in codes.MODULES}


# the hundreds of each stage or foundation (see election.rules.terms.Code)
HUNDREDS = {
    "access": "9",
    "accounts": "9",
    "candidates": "4",
    "counting": "3",
    "districts": "2",
    "elections": "1",
    "files": "8",
    "id_numbers": "4",
    "jobs": "2",
    "names": "4",
    "polling": "5",
    "publication": "7",
    "results": "6",
    "units": "12",
}


def test_every_code_stands_in_the_hundred_of_its_stage() -> None:
    misplaced = [
        (module.__name__, code.id)
        for module in codes.MODULES
        for code in codes.codes_of(module)
        if code.id[2] not in HUNDREDS[module.__name__.split(".")[2]]
    ]
    assert misplaced == []


def test_every_sentence_fills_with_its_own_places() -> None:
    """Both languages of a code ask for the same facts."""
    import string  # noqa: PLC0415

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    wrong = [
        code.id
        for code in codes.CODES
        if places(code.cause.zh) - places(code.cause.en)
        or places(code.cause.en) - places(code.cause.zh)
    ]
    assert wrong == []
