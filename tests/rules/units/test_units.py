"""The checks of a list of units that need no file: who may vote for the county only."""

from election.rules.units.checks import ListedUnit, check_units


def test_the_mark_county_only_of_what_is_no_workplace_is_named_with_its_row() -> None:
    listed = [
        ListedUnit(2, "A1", name="东山村", misplaced=True),
        ListedUnit(3, "W1", name="某研究所"),
    ]
    assert [(f.code.id, f.fields, f.facts["value"]) for f in check_units(listed, {})] == [
        ("E.184", ("rows.2.county_only",), "东山村")
    ]
