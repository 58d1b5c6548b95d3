"""What the entry form of a count sheet shows while one types: as the rules read and add it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from election.rules.counting.balances import candidate_balance, valid_papers
from election.rules.counting.sheet import parse_figure
from election.rules.terms import RuleViolation
from tests.js.conftest import Scripts

_FIGURES = st.one_of(st.none(), st.integers(0, 12))


@given(
    typed=st.one_of(st.text("0123456789１９³٣ 　.+-e", max_size=8), st.integers(0, 10**7).map(str))
)
@settings(max_examples=200)
def test_a_field_is_a_figure_where_the_server_reads_one(scripts: Scripts, typed: str) -> None:
    try:
        expected: int | None = parse_figure(typed)
    except RuleViolation:
        expected = None
    assert scripts.figureOf(typed) == expected


@given(heads=st.tuples(_FIGURES, _FIGURES), answers=st.tuples(_FIGURES, _FIGURES, _FIGURES))
@settings(max_examples=400)
def test_the_running_sum_is_right_where_the_balance_holds(
    scripts: Scripts, heads: tuple[int | None, ...], answers: tuple[int | None, ...]
) -> None:
    items = ("returned", "void", "for:c1", "against:c1", "abstain:c1")
    typed = zip(items, (*heads, *answers), strict=True)
    figures = {item: figure for item, figure in typed if figure is not None}
    valid = scripts.validPapers(*heads)
    assert valid == valid_papers(figures)
    balance = candidate_balance(figures, "c1")
    answer = scripts.runningSum(answers, valid)
    if not balance.complete:
        assert answer == {"state": "incomplete", "sum": None}
    else:
        state = {True: "right", False: "off", None: "open"}[balance.holds()]
        assert answer == {"state": state, "sum": balance.known_sum}
