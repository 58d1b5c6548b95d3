"""The office's fixed choices: kept by every plan, or refused with the units and what would do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.planning.districting import Ending, Locked, PlannerUnit, ProposedPlan, Wishes, plan
from election.planning.districting.checks import broken_wishes
from election.rules.terms import InputFaults
from tests.planning.oracle_districting import complaints, grid
from tests.planning.oracle_districting_wishes import broken, ring

PEOPLE = [300, 310, 290, 320, 305, 295]


def hexagon() -> tuple[list[PlannerUnit], list[tuple[str, str]]]:
    villages, edges = ring(PEOPLE, [])
    return villages, list(edges)


def districts(found: ProposedPlan) -> list[tuple[int, tuple[str, ...]]]:
    return [(d.seats, d.units) for d in found.districts]


def draw(wishes: Wishes, seats: int = 6, **more) -> ProposedPlan:
    villages, edges = hexagon()
    return plan(villages, edges, seats=seats, wishes=wishes, **more)


def locked(*units: str, seats: int) -> Locked:
    return Locked(units=units, seats=seats)


# --- kept -----------------------------------------------------------------------------------------


def test_units_that_stay_together_share_a_district_and_those_between_join_them() -> None:
    found = draw(Wishes(together=(("v0", "v2"),), least=3))
    home = [units for _, units in districts(found) if "v0" in units]
    assert len(home) == 1
    assert {"v0", "v2"} <= set(home[0])


def test_units_apart_never_share_a_district() -> None:
    found = draw(Wishes(apart=(("v0", "v1"), ("v1", "v2"))))
    assert [d.units for d in found.districts if "v1" in d.units and {"v0", "v2"} & {*d.units}] == []


def test_a_workplace_alone_is_a_district_by_itself() -> None:
    assert [d.units for d in draw(Wishes(alone=("v3",))).districts if "v3" in d.units] == [("v3",)]


def test_a_locked_district_stays_with_its_seats_however_bad() -> None:
    found = draw(Wishes(locked=(locked("v0", "v1", seats=1),)))
    assert (1, ("v0", "v1")) in districts(found)
    assert found.optimal


def test_a_village_is_divided_by_choice() -> None:
    found = draw(Wishes(split=("v1",)), seats=12)
    assert [(s.unit, sum(p.population for p in s.parts)) for s in found.splits] == [("v1", 310)]


def test_a_village_divided_along_its_groups_has_two_parts_though_one_would_fit_better() -> None:
    villages = [PlannerUnit("A", "", 200, (("一组", 90), ("二组", 110))), PlannerUnit("B", "", 100)]
    found = plan(villages, [("A", "B")], seats=3, wishes=Wishes(split=("A",)))
    assert [(p.population, p.seats) for p in found.splits[0].parts] == [(90, 1), (110, 1)]


def test_a_locked_part_keeps_its_number_and_seats() -> None:
    found = draw(Wishes(locked=(locked("v1#2", seats=2),)), seats=24)
    parts = {part.code: part.seats for split in found.splits for part in split.parts}
    assert (parts["v1#2"], found.optimal) == (2, True)


def test_no_district_crosses_a_region_and_seats_are_shared_among_regions_jointly() -> None:
    found = draw(Wishes(within=(("v0", "v1", "v2"),)), seats=5)
    inside = [{"v0", "v1", "v2"} >= set(d.units) for d in found.districts]
    assert [
        d.units
        for d, yes in zip(found.districts, inside, strict=True)
        if not yes and {"v0", "v1", "v2"} & {*d.units}
    ] == []
    assert found.optimal


@pytest.mark.parametrize(("least", "most"), [(None, 2), (4, None), (3, 3), (6, 6)])
def test_the_number_of_districts_is_kept(least, most) -> None:
    found = draw(Wishes(least=least, most=most))
    assert (least or 0) <= len(found.districts) <= (most or 6)


def test_a_big_village_that_must_stay_together_with_another_is_not_divided() -> None:
    villages = [PlannerUnit("A", "", 4000), PlannerUnit("B", "", 500), PlannerUnit("C", "", 900)]
    found = plan(villages, [("A", "B"), ("B", "C")], seats=6, wishes=Wishes(together=(("A", "B"),)))
    assert (found.splits, (3, ("A", "B")) in districts(found)) == ((), True)


def test_a_big_unit_that_shall_be_alone_stays_whole_and_that_is_proven() -> None:
    villages = [PlannerUnit("A", "", 4000), PlannerUnit("B", "", 500), PlannerUnit("C", "", 900)]
    path = [("A", "B"), ("B", "C")]
    assert [s.unit for s in plan(villages, path, seats=6).splits] == ["A"]
    proposal = plan(villages, path, seats=6, wishes=Wishes(alone=("A",)))
    assert (proposal.splits, districts(proposal)) == ((), [(3, ("A",)), (3, ("B", "C"))])
    assert proposal.optimal


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (
            Wishes(together=(("v0", "x"),), split=("y",)),
            [
                'wishes.together: unit "x" of the fixed choices is not in the list of units; '
                "correct its code",
                'wishes.split: unit "y" of the fixed choices is not in the list of units; '
                "correct its code",
            ],
        ),
        (
            Wishes(together=(("v0", "v1"), ("v1", "v2")), apart=(("v0", "v2"), ("v3", "v3"))),
            [
                'wishes.apart: units "v0" and "v2" shall be both together and apart; choose one',
                'wishes.apart: unit "v3" cannot be apart from itself; name two units',
            ],
        ),
        (
            Wishes(together=(("v0", "v1"), ("v3", "v5")), apart=(("v4", "v4"),), within=(("v3",),)),
            [
                'wishes.apart: unit "v4" cannot be apart from itself; name two units',
                "wishes.together: units v3, v5 shall be together, but lie in different regions",
            ],
        ),
        (
            Wishes(alone=("v0",), together=(("v0", "v1"),), split=("v0",)),
            [
                'wishes.alone: unit "v0" shall be both alone and with others; choose one',
                'wishes.alone: unit "v0" shall be both one district and divided; choose one',
                'wishes.split: unit "v0" shall be divided: it cannot be locked whole or together '
                "with others",
            ],
        ),
        (
            Wishes(locked=(locked("v0", "v2", seats=4), locked("v0", seats=1))),
            [
                "wishes.locked: units v0, v2 are locked with 4 seats; it should be 1 to 3",
                "wishes.locked: units v0, v2 do not hang together; add a border, or lock other "
                "units",
                'wishes.locked: unit "v0" is locked 2 times; keep one',
            ],
        ),
        (
            Wishes(locked=(locked("v0", seats=3), locked("v1", seats=3), locked("v2", seats=1))),
            [
                "wishes.locked: the locked districts have 7 seats together, more than the 6 there "
                "are; unlock some"
            ],
        ),
        (
            Wishes(locked=(locked("v0", "v1", seats=2),), within=(("v0", "v5"),)),
            ["wishes.locked: units v0, v1 cross the border of a region; change lock or region"],
        ),
        (
            Wishes(locked=(locked("v0#1", "v1", seats=2),)),
            [
                "wishes.locked: units v0#1, v1 cannot be locked together: a part is a district of "
                "its own"
            ],
        ),
        (
            Wishes(locked=(locked("v0#1", seats=3), locked("v0#999", seats=1))),
            [
                'wishes.locked: unit "v0" has 300 people, and with its locked parts it takes 1001 '
                "seats; unlock some"
            ],
        ),
        (
            Wishes(within=(("v0", "v1"), ("v1", "v2"))),
            ['wishes.within: unit "v1" is in 2 regions; keep one'],
        ),
        (
            Wishes(together=(("v0", "v1"),), within=(("v0",),)),
            ["wishes.together: units v0, v1 shall be together, but lie in different regions"],
        ),
        (
            Wishes(together=(("v0", "v3"),), alone=("v1", "v5")),
            [
                "wishes.together: units v0, v3 shall be together, but nothing connects them; "
                "add a border or a ferry link"
            ],
        ),
        (
            Wishes(together=(("v0", "v1"),), locked=(locked("v0", seats=1),)),
            [
                "wishes.together: units v0, v1 shall be together, but some of them are locked "
                "without the others"
            ],
        ),
        (
            Wishes(least=7, most=1),
            [
                "min_districts: at least 7 districts cannot be; with 6 seats it should be 1 to 6",
                "max_districts: 1 districts of at most 3 seats do not hold 6 seats; "
                "it takes 2 at least",
                "min_districts: at least 7 districts are more than at most 1",
            ],
        ),
        (
            Wishes(alone=("v0", "v2", "v4"), most=5),
            [
                "max_districts: at most 5 districts cannot be: units that are unconnected, alone, "
                "locked or divided take 6 at least"
            ],
        ),
        (
            Wishes(together=(("v0", "v1", "v2"),), apart=(("v4", "v5"),), least=5),
            [
                "wishes: no plan keeps all of these at once: together, apart, least districts, "
                "6 seats; loosen one of them"
            ],
        ),
    ],
)
def test_impossible_choices_are_refused_all_at_once(wishes, expected) -> None:
    with pytest.raises(InputFaults) as caught:
        draw(wishes)
    assert [str(fault) for fault in caught.value.faults] == expected


def test_every_fault_of_a_choice_is_said_in_chinese_too() -> None:
    with pytest.raises(InputFaults) as caught:
        draw(Wishes(together=(("v0", "v1"),), apart=(("v0", "v1"),)))
    assert [f.text.zh for f in caught.value.faults] == [
        "单元“v0”和“v1”既要在一起又要分开，只能取其一"
    ]


def test_all_units_locked_with_seats_left_is_refused() -> None:
    everything = tuple(locked(f"v{i}", seats=1) for i in range(6))
    with pytest.raises(InputFaults, match="all units are locked and 2 seats are left"):
        draw(Wishes(locked=everything), seats=8)
    assert draw(Wishes(locked=everything)).optimal


def test_a_unit_of_one_person_cannot_be_divided() -> None:
    villages = [PlannerUnit("A", "", 1), PlannerUnit("B", "", 900)]
    with pytest.raises(InputFaults, match='unit "A" has 1 people and cannot be divided'):
        plan(villages, [("A", "B")], seats=3, wishes=Wishes(split=("A",)))


def test_voter_groups_must_make_up_the_unit() -> None:
    villages = [PlannerUnit("A", "", 90, (("一", 40), ("一", 40))), PlannerUnit("B", "", 50)]
    with pytest.raises(InputFaults) as caught:
        plan(villages, [("A", "B")], seats=3)
    assert [str(fault) for fault in caught.value.faults] == [
        'units.A: the voter groups of unit "A" have 80 people together, the unit has 90',
        'units.A: unit "A" has voter groups of one name',
    ]


@pytest.mark.slow
def test_choices_no_plan_of_many_villages_keeps_are_refused_when_the_steps_are_used_up() -> None:
    villages, edges = grid([300 + (i * i * 7919) % 2701 for i in range(400)], 20)
    foes = tuple((a.code, b.code) for a in villages[:9] for b in villages if a is not b)
    with pytest.raises(InputFaults, match="was found in time: apart, most districts, 73 seats"):
        plan(villages, edges, seats=73, steps=15_000, wishes=Wishes(apart=foes, most=27))


def test_big_units_that_shall_be_alone_are_named_where_the_seats_do_not_fit() -> None:
    villages = [PlannerUnit("A", "", 4000), PlannerUnit("B", "", 500)]
    with pytest.raises(InputFaults) as caught:
        plan(villages, [("A", "B")], seats=9, wishes=Wishes(alone=("A", "B")))
    assert [str(fault) for fault in caught.value.faults] == [
        "wishes.alone: units A shall each be one district, undivided, of at most 3 seats; "
        "9 seats do not fit; let one of them be divided"
    ]


def test_a_unit_alone_has_no_locked_part() -> None:
    wishes = Wishes(alone=("v1",), locked=(locked("v1#1", seats=2),))
    with pytest.raises(InputFaults) as caught:
        draw(wishes, seats=24)
    assert [str(fault) for fault in caught.value.faults] == [
        'wishes.alone: unit "v1" shall be both one district and divided; choose one'
    ]


# --- properties -----------------------------------------------------------------------------------


@st.composite
def towns(draw):
    populations = draw(st.lists(st.integers(40, 900), min_size=6, max_size=14))
    villages, edges = grid(populations, 4)
    codes = [village.code for village in villages]
    mixed = draw(st.permutations(codes))
    regions = draw(st.booleans())
    wishes = Wishes(
        together=((mixed[0], mixed[1]),) if draw(st.booleans()) else (),
        apart=((mixed[2], mixed[3]),) if draw(st.booleans()) else (),
        alone=(mixed[4],) if draw(st.booleans()) else (),
        split=(mixed[5],) if draw(st.booleans()) else (),
        within=(tuple(codes[: len(codes) // 2]),) if regions else (),
        most=draw(st.none() | st.integers(4, 10)),
    )
    return villages, edges, wishes, draw(st.integers(4, 22))


@given(town=towns(), objective=st.sampled_from(["max", "sum"]))
def test_every_plan_keeps_every_wish_and_every_promise(town, objective) -> None:
    villages, edges, wishes, seats = town
    try:
        found = plan(villages, edges, seats=seats, objective=objective, wishes=wishes, steps=30_000)
    except InputFaults:
        return
    said = complaints(found, villages, edges, seats)
    chosen = [f"{code} is split though one district can carry it" for code in wishes.split]
    assert [one for one in said if one not in chosen] == []
    assert not broken([(d.units, d.seats, d.population) for d in found.districts], wishes)
    assert list(broken_wishes(found.districts, wishes)) == []
    region = {code: i for i, codes in enumerate(wishes.within) for code in codes}
    assert {
        len({region.get(u) for u in d.units}) for d in found.districts if "#" not in d.units[0]
    } <= {1}


def test_where_only_the_search_can_find_a_plan_it_goes_on_until_it_has_one() -> None:
    villages, edges = grid([300 + (i * i * 7919) % 2701 for i in range(320)], 20)
    codes = [village.code for village in villages]
    apart = tuple((codes[i], codes[i + 1]) for i in range(0, 318, 6) if (i + 1) % 20)
    wishes = Wishes(apart=apart)
    with pytest.raises(InputFaults, match="was found in time: apart, 160 seats"):
        plan(villages, edges, seats=160, wishes=wishes, time_limit=None, steps=1)
    proposal = plan(villages, edges, seats=160, wishes=wishes, time_limit=None, steps=20_000)
    assert list(broken_wishes(proposal.districts, wishes)) == []


@pytest.mark.slow
def test_five_thousand_units_with_wishes_get_a_plan_that_keeps_them_or_a_clear_no() -> None:
    villages, edges = grid([300 + (i * i * 7919) % 2701 for i in range(5_000)], 71)
    codes = [village.code for village in villages]
    wishes = Wishes(
        together=((codes[0], codes[3]),),
        apart=((codes[100], codes[101]),),
        alone=(codes[2000],),
        within=(tuple(codes[:2500]),),
        split=(codes[4000],),
    )
    try:
        found = plan(villages, edges, seats=2_500, time_limit=6, wishes=wishes)
    except InputFaults as refused:
        assert [fault.field for fault in refused.faults] == ["wishes"]
    else:
        assert found.ending is Ending.OPTIMAL  # no split of that village is better
        assert list(broken_wishes(found.districts, wishes)) == []
