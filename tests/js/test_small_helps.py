"""The small pure helps of the pages: sentences, typed text, pasted blocks, labels, colours."""

import pytest
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from wtforms import FieldList, Form, FormField, StringField

from election.exchange import cells
from election.exchange.cells import BadCell
from election.rules.candidates.signatures import read_signatures
from election.rules.terms import Text
from tests.js.conftest import Scripts
from tests.js.towns import Draft, Town, a_town, redrawn, typed

_NAMES = st.lists(st.sampled_from(["district", "n", "unit"]), max_size=4)
_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\t\r\n"), max_size=4)


@given(names=_NAMES, facts=st.fixed_dictionaries(dict.fromkeys(("district", "n", "unit"), _CELL)))
def test_a_sentence_is_filled_as_the_rules_fill_it(
    scripts: Scripts, names: list[str], facts: dict[str, str]
) -> None:
    sentence = "第".join(f"{{{name}}}区" for name in names)
    assert scripts.fill(sentence, facts) == Text(sentence, "").filled(facts).zh


def test_a_place_without_its_fact_stays(scripts: Scripts) -> None:
    assert scripts.fill("{n} of {all}", {"n": 0}) == "0 of {all}"


@given(typed=st.text("0123456789１ -.", max_size=6))
@settings(max_examples=200)
def test_a_whole_number_is_what_the_server_reads(scripts: Scripts, typed: str) -> None:
    try:
        expected = cells.whole_number(typed)
    except BadCell:
        expected = None
    assume(expected is None or expected <= cells.MOST_PEOPLE)
    assert scripts.wholeNumber(typed) == expected


@given(lines=st.lists(st.sampled_from(["王小明", "李四，330102", "", "  ", "\t"]), max_size=8))
def test_signatures_are_counted_as_they_are_read(scripts: Scripts, lines: list[str]) -> None:
    text = "\n".join(lines)
    assert scripts.filledLines(text) == len(read_signatures(text))


@given(
    block=st.lists(st.lists(_CELL, min_size=2, max_size=2), min_size=1, max_size=4),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_block_of_cells_is_pasted_as_it_was_copied(
    scripts: Scripts, block: list[list[str]], end: str
) -> None:
    copied = "".join("\t".join(line) + end for line in block)
    assume("\t" in copied.strip() or "\n" in copied.strip())  # else it is a single cell
    assert scripts.pastedBlock(copied) == block


def test_empty_cells_of_a_column_are_pasted_too(scripts: Scripts) -> None:
    assert scripts.pastedBlock("12\n\n13\n\n") == [["12"], [""], ["13"], [""]]


@pytest.mark.parametrize("text", ["", "12", "12\n", "渔港社区\r\n", "12\t"])
def test_a_single_cell_is_pasted_as_any_text(scripts: Scripts, text: str) -> None:
    assert scripts.pastedBlock(text) is None


def test_a_new_row_has_the_next_number_in_its_names(scripts: Scripts) -> None:
    class Row(Form):
        code = StringField()

    class Table(Form):
        rows = FieldList(FormField(Row), min_entries=13)

    names = [entry.form.code.name for entry in Table().rows]
    assert [scripts.rowNumber(name) for name in names] == list(range(13))
    made = [scripts.renumbered(name, scripts.rowNumber(name) + 1) for name in names[:-1]]
    assert made == names[1:]
    assert scripts.rowNumber("code") is None


@given(name=st.text("渔港社区 abcW", max_size=12), width=st.integers(0, 90), most=st.integers(0, 3))
@settings(max_examples=200)
def test_a_name_never_stands_over_the_edge_of_its_cell(
    scripts: Scripts, name: str, width: int, most: int
) -> None:
    lines = scripts.wrapped(name, width, 12, most)
    assert len(lines) <= most
    for line in lines:
        assert scripts.widthOf(line.rstrip("…"), 12) <= width
    whole = "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert whole or lines == [] or lines[-1].endswith("…")


def test_a_label_says_the_number_first_and_leaves_out_what_has_no_room(scripts: Scripts) -> None:
    label = {"number": "3!", "name": "渔港社区", "figure": "+4.2%"}

    def texts(width: int, height: int) -> list[str]:
        rows = scripts.labelRows(label, {"width": width, "height": height})
        return [row["text"] for row in rows]

    assert texts(200, 80) == ["3!", "渔港社区", "+4.2%"]
    assert texts(200, 32) == ["3!", "+4.2%"]
    assert texts(200, 18) == ["3!"]
    assert texts(34, 60) == ["3!", "渔港", "社区"]


@given(case=redrawn())
@settings(max_examples=100)
def test_neighbours_differ_in_colour_and_a_district_keeps_its_own(
    app: Flask, scripts: Scripts, case: tuple[Town, Draft, Draft]
) -> None:
    town, stored, drawn = case
    before, after = scripts.colours(town.data(stored), typed(stored, drawn))
    for picture in (before, after):
        for number, beside in picture["beside"].items():
            assert picture["colours"][number] not in [picture["colours"][str(n)] for n in beside]
    if not any(after["beside"].values()):
        common = before["colours"].keys() & after["colours"].keys()
        assert all(before["colours"][n] == after["colours"][n] for n in common)


def test_of_two_neighbours_with_one_colour_one_gets_another(app: Flask, scripts: Scripts) -> None:
    town = a_town({"A1": 1, "A2": 1, "A3": 1}, seats=3, pairs=(("A1", "A2"),))
    draft = Draft({1: 1, 2: 1, 3: 1}, {"A1": 1, "A2": 2, "A3": 3})
    form = typed(draft, draft)
    picture, _after = scripts.colours(town.data(draft), form, {1: 4, 2: 4, 3: 4})
    assert picture["colours"] == {"1": "fill-4", "2": "fill-1", "3": "fill-4"}


def test_a_district_has_the_colour_of_its_number_on_every_map(app: Flask, scripts: Scripts) -> None:
    town = a_town({"A1": 1, "A2": 1, "A3": 1}, seats=3, pairs=())
    draft = Draft({1: 1, 3: 1, 12: 1}, {"A1": 12, "A2": 1, "A3": 3})
    picture, _after = scripts.colours(town.data(draft), typed(draft, draft))
    assert picture["colours"] == {"1": "fill-0", "3": "fill-2", "12": "fill-1"}


@pytest.mark.parametrize(
    ("band", "over", "step"),
    [
        ("alert", -9, "off-alert-under"),
        ("ok", -1, "off-ok-under"),
        ("ok", 0, "off-zero"),
        ("ok", 1, "off-ok-over"),
        ("warn", 5, "off-warn-over"),
        ("unknown", 0, "off-unknown"),
    ],
)
def test_the_scale_of_deviations_has_zero_in_its_middle(
    scripts: Scripts, band: str, over: int, step: str
) -> None:
    line = {"band": band, "off": {"over": over}}
    assert scripts.fillOf("deviation", line, None, 3) == step


@pytest.mark.parametrize(("seats", "most"), [(0, 3), (1, 3), (3, 3), (4, 3), (3, 2)])
def test_a_cell_of_unlawful_seats_has_a_colour_of_its_own(
    scripts: Scripts, seats: int, most: int
) -> None:
    colour = scripts.fillOf("seats", {"seats": seats}, None, most)
    assert colour == (f"seats-{seats}" if 1 <= seats <= most else "seats-wrong")
