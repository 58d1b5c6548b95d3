"""Number of deputies: EL 12-14, ZJ 15-17; worked examples EX-01 to EX-05 of the rulebook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.elections.quota import KIND_NAMES, AreaKind, Quota, check_fixed, kind_of, quota
from election.rules.profile import profile
from election.rules.terms import InputFault, Level, RuleViolation
from tests.rules.laws import imagined

LAW = profile()
TOWN_KINDS = (AreaKind.TOWN, AreaKind.TOWNSHIP, AreaKind.ETHNIC_TOWNSHIP)
COUNTY_KINDS = (AreaKind.COUNTY, AreaKind.AUTONOMOUS_COUNTY, AreaKind.CITY, AreaKind.CITY_DISTRICT)


def town(population: int, **options: object) -> Quota:
    return quota(Level.TOWN, population, profile=LAW, **options)  # type: ignore[arg-type]


def county(population: int, **options: object) -> Quota:
    return quota(Level.COUNTY, population, profile=LAW, **options)  # type: ignore[arg-type]


def codes(drawn: Quota, approved: int, *, confirmed: bool) -> list[object]:
    findings = check_fixed(drawn, approved, basis_confirmed=confirmed)
    return [finding.to_json()["code"] for finding in findings]


@pytest.mark.parametrize(
    ("population", "seats"),
    [
        (42_000, 73),
        (41_999, 72),
        (43_499, 73),
        (43_500, 74),  # EX-01
        (1, 45),
        (1_499, 45),
        (1_500, 46),
        (1_999, 46),
        (2_000, 46),  # EX-02
        (172_499, 159),
        (172_500, 160),
        (180_000, 160),  # EX-03
    ],
)
def test_a_town_has_45_deputies_and_one_more_for_each_full_1500_up_to_160(
    population: int, seats: int
) -> None:
    assert town(population).seats == seats


@pytest.mark.parametrize(
    ("population", "seats"),
    [
        (1, 140),
        (4_999, 140),
        (5_000, 141),
        (49_999, 149),
        (50_000, 150),
        (1_549_999, 449),
        (1_550_000, 450),
        (1_554_999, 450),
        (1_555_000, 450),
        (3_000_000, 450),
    ],
)
def test_a_county_has_140_deputies_and_one_more_for_each_full_5000_up_to_450(
    population: int, seats: int
) -> None:
    assert county(population).seats == seats


@pytest.mark.parametrize(
    ("seats", "least", "most"),
    [
        (65, 30_000, 31_499),  # Luodai, decision of 2021-05-28 quoting the formula
        (81, 54_000, 55_499),  # Hongan, same decision
        (57, 18_000, 19_499),  # Shanquan, same decision
        (86, 61_500, 62_999),  # Simen 2021
        (54, 13_500, 14_999),  # Shangzheng 2021
        (73, 42_000, 43_499),  # Hepu 2021: no published figure lies in this band
    ],
)
def test_published_numbers_of_towns_belong_to_these_populations(
    seats: int, least: int, most: int
) -> None:
    fits = [town(population).seats == seats for population in (least - 1, least, most, most + 1)]
    assert fits == [False, True, True, False]


def test_the_json_of_a_quota_is_the_promised_one() -> None:
    document = town(42_000).to_json()
    steps = document.pop("steps")
    assert document == {
        "level": "town",
        "population": 42_000,
        "base": 45,
        "increment": 28,
        "extra": 0,
        "cap": 160,
        "seats": 73,
        "may_be_fewer": False,
        "articles": ["EL 12(1)(4)", "EL 12(2)", "ZJ 15(2)"],
    }
    assert [step["rule"] for step in steps] == ["R1.1", "R1.9", "R1.4", "R1.6"]  # type: ignore[attr-defined]


def test_a_county_quotes_its_own_articles_and_is_fixed_by_the_province() -> None:
    drawn = county(42_000)
    assert drawn.articles == ("EL 12(1)(3)", "EL 12(2)", "ZJ 15(1)")
    assert [(step.rule, step.text.zh) for step in drawn.steps] == [
        ("R1.3", "县的代表名额基数为140名"),
        ("R1.9", "人口数按户籍人口计算（参数population_basis=HUKOU）；用哪一种人口，法律未作规定"),
        ("R1.4", "户籍人口42000人，每满5000人可以增加1名，增加8名"),
        ("R1.3", "人口不足50000人，代表总名额可以少于140名"),
        ("R1.6", "按公式最多148名；代表名额由省人大常委会确定并备案"),
    ]


def test_the_steps_say_each_sentence_of_the_law_that_was_applied() -> None:
    drawn = town(180_000, kind=AreaKind.ETHNIC_TOWNSHIP, minority_extra=True)
    assert [(step.rule, step.text.zh) for step in drawn.steps] == [
        ("R1.1", "民族乡的代表名额基数为45名"),
        ("R1.9", "人口数按户籍人口计算（参数population_basis=HUKOU）；用哪一种人口，法律未作规定"),
        ("R1.4", "户籍人口180000人，每满1500人可以增加1名，增加120名"),
        ("R1.5", "经省人大常委会决定另加5%，为8名（取整办法法律未作规定，不足1名的部分舍去）"),
        ("R1.1", "合计173名，超过上限，按160名计"),
        ("R1.6", "按公式最多160名；代表名额由县级人大常委会确定并备案"),
    ]
    assert [step.text.en for step in drawn.steps] == [
        "base for this kind of area (ethnic township): 45 deputies",
        "the population counted is the household-registered population (parameter "
        "population_basis=HUKOU); the law is silent on which one to count",
        "household-registered population 180000: one more for each full 1500, which is 120",
        "5 % more by decision of the provincial standing committee: 8 "
        "(the law is silent on rounding; parts of a seat are dropped)",
        "173 in all is over the cap: 160",
        "at most 160 by the formula; the number is fixed by the county standing committee "
        "and filed",
    ]


@pytest.mark.parametrize(
    ("basis", "words"),
    [("HUKOU", "户籍人口"), ("RESIDENT", "常住人口"), ("WEIGHTED", "加权人口")],
)
def test_which_population_counts_is_the_profiles_choice_because_the_law_is_silent(
    basis: str, words: str
) -> None:
    drawn = quota(Level.TOWN, 42_000, profile=profile({"population_basis": basis}))
    (choice,) = [step for step in drawn.steps if step.rule == "R1.9"]
    assert (choice.article, choice.figures["law_silent"]) == ("law silent", True)
    assert choice.text.zh == (
        f"人口数按{words}计算（参数population_basis={basis}）；用哪一种人口，法律未作规定"
    )


@pytest.mark.parametrize(
    ("draw", "population", "fewer"),
    [
        (town, 1_999, True),
        (town, 2_000, False),
        (county, 49_999, True),
        (county, 50_000, False),
    ],
)
def test_very_small_areas_may_have_fewer_deputies(
    draw: object, population: int, fewer: bool
) -> None:
    assert draw(population).may_be_fewer is fewer  # type: ignore[operator]


@pytest.mark.parametrize("kind", [None, AreaKind.TOWN])
def test_a_town_cannot_have_the_extra_five_percent(kind: AreaKind | None) -> None:  # EX-05
    with pytest.raises(RuleViolation) as refused:
        town(25_500, kind=kind, minority_extra=True)
    assert (refused.value.code.id, refused.value.code.article) == ("R.101", "EL 12(3); ZJ 15(3)")
    assert refused.value.cause.zh == "镇不能另加5%的代表名额：法律只列出县、自治县、乡、民族乡"
    assert refused.value.remedy.en == "leave the extra out, or correct the kind of area"


@pytest.mark.parametrize("kind", [AreaKind.CITY, AreaKind.CITY_DISTRICT])
def test_cities_and_city_districts_cannot_have_the_extra_five_percent(kind: AreaKind) -> None:
    with pytest.raises(RuleViolation) as refused:
        county(900_000, kind=kind, minority_extra=True)
    assert refused.value.cause.zh.startswith(KIND_NAMES[kind].zh)


@pytest.mark.parametrize("kind", [AreaKind.TOWNSHIP, AreaKind.ETHNIC_TOWNSHIP])
def test_a_township_of_62_with_a_provincial_decision_has_65(kind: AreaKind) -> None:  # EX-05
    drawn = town(25_500, kind=kind, minority_extra=True)
    assert (drawn.base + drawn.increment, drawn.extra, drawn.seats) == (62, 3, 65)
    assert drawn.articles == ("EL 12(1)(4)", "EL 12(2)", "ZJ 15(2)", "EL 12(3)", "ZJ 15(3)")


@pytest.mark.parametrize("kind", [None, AreaKind.COUNTY, AreaKind.AUTONOMOUS_COUNTY])
def test_a_county_with_a_provincial_decision_has_five_percent_more(kind: AreaKind | None) -> None:
    drawn = county(300_000, kind=kind, minority_extra=True)
    assert (drawn.extra, drawn.seats) == (10, 210)


def test_the_cap_holds_for_the_extra_too_and_says_that_the_law_is_silent() -> None:
    drawn = county(1_500_000, minority_extra=True)
    assert (drawn.base + drawn.increment, drawn.extra, drawn.seats) == (440, 22, 450)
    silent = [step.rule for step in drawn.steps if step.figures.get("law_silent")]
    assert silent == ["R1.9", "R1.5", "R1.3"]


def test_a_total_of_exactly_the_cap_needs_no_capping() -> None:
    assert [step.rule for step in town(172_500).steps] == ["R1.1", "R1.9", "R1.4", "R1.6"]
    capped = town(174_000).steps[3]
    assert (capped.rule, capped.article, capped.figures) == (
        "R1.1",
        "EL 12(1)(4)",
        {"total": 161, "cap": 160, "law_silent": False},
    )


@pytest.mark.parametrize("population", [0, -1])
def test_a_population_below_one_is_a_fault_of_the_input(population: int) -> None:
    with pytest.raises(InputFault) as fault:
        town(population)
    assert fault.value.field == "population"


@pytest.mark.parametrize(
    ("level", "kind"),
    [(Level.TOWN, kind) for kind in COUNTY_KINDS] + [(Level.COUNTY, kind) for kind in TOWN_KINDS],
)
def test_a_kind_of_the_other_level_is_a_fault_of_the_input(level: Level, kind: AreaKind) -> None:
    with pytest.raises(InputFault) as fault:
        quota(level, 42_000, kind=kind, profile=LAW)
    assert fault.value.field == "kind"


def test_base_step_cap_and_basis_come_from_the_profile() -> None:
    rules = imagined(
        quota__town__base=40,
        quota__town__step=2_000,
        quota__town__cap=60,
        population_basis="RESIDENT",
    )
    drawn = quota(Level.TOWN, 42_000, profile=rules)
    assert (drawn.base, drawn.increment, drawn.cap, drawn.seats) == (40, 21, 60, 60)
    assert drawn.steps[2].text.zh == "常住人口42000人，每满2000人可以增加1名，增加21名"


@given(st.integers(1, 400_000), st.integers(0, 3_000))
def test_more_people_never_mean_fewer_deputies(population: int, more: int) -> None:
    assert town(population).seats <= town(population + more).seats


@given(st.integers(1, 400_000), st.sampled_from(TOWN_KINDS[1:]), st.booleans())
def test_the_total_is_the_sum_of_its_parts_or_the_cap(
    population: int, kind: AreaKind, extra: bool
) -> None:
    drawn = town(population, kind=kind, minority_extra=extra)
    assert drawn.seats == min(160, drawn.base + drawn.increment + drawn.extra)
    assert drawn.base <= drawn.seats
    assert (drawn.extra > 0) == extra


@given(st.integers(1, 200_000))
def test_counting_the_blocks_one_by_one_gives_the_same_number(population: int) -> None:
    seats, uncounted = 45, population
    while uncounted >= 1_500 and seats < 160:
        seats, uncounted = seats + 1, uncounted - 1_500
    assert town(population).seats == seats


# --- the number fixed by the standing committee (R1.8) ---


@pytest.mark.parametrize(
    ("population", "approved", "confirmed", "expected"),
    [
        (42_000, 73, True, []),
        (42_000, 74, True, ["E.103"]),
        (42_000, 74, False, ["W.104"]),
        (42_000, 72, True, ["W.105"]),
        (42_000, 72, False, ["W.105"]),
        (35_000, 73, False, ["W.104"]),  # Hepu: 73 approved, 68 by the published figure
        (1_999, 47, True, ["E.103"]),  # EX-02
        (1_999, 46, True, []),
        (1_999, 44, True, []),  # EX-02: any number below 45 is allowed
        (1_999, 1, True, []),
        (2_000, 45, True, ["W.105"]),
        (300_000, 160, True, []),
        (300_000, 161, True, ["E.102"]),
        (42_000, 161, False, ["E.102"]),  # no population allows more than the legal maximum
    ],
)
def test_the_fixed_number_is_compared_with_the_formula(
    population: int, approved: int, confirmed: bool, expected: list[str]
) -> None:
    assert codes(town(population), approved, confirmed=confirmed) == expected


def test_the_warning_names_the_basis_of_the_population_figure() -> None:
    (warning,) = check_fixed(town(35_000), 73, basis_confirmed=False)
    assert warning.cause.zh == "确定的代表名额73名超过公式所得68名（户籍人口35000人，未确认）"
    assert warning.cause.en == (
        "the 73 deputies fixed exceed the formula's 68 "
        "(household-registered population 35000, not confirmed)"
    )
    assert warning.remedy.zh == (
        "以人大常委会确定的名额为准，确定后不再变动；请补记人口数的口径、日期和来源"
    )


@pytest.mark.parametrize(
    ("kind", "approved", "expected"),
    [
        (AreaKind.TOWNSHIP, 65, ["W.106"]),  # EX-05: 62 and 3 more by a provincial decision
        (AreaKind.ETHNIC_TOWNSHIP, 63, ["W.106"]),
        (AreaKind.TOWNSHIP, 66, ["E.103"]),
        (AreaKind.TOWN, 63, ["E.103"]),
    ],
)
def test_up_to_five_percent_more_may_have_been_granted_to_a_township(
    kind: AreaKind, approved: int, expected: list[str]
) -> None:
    assert codes(town(25_500, kind=kind), approved, confirmed=True) == expected


def test_the_extra_is_asked_for_once_and_within_the_legal_maximum() -> None:
    granted = town(25_500, kind=AreaKind.TOWNSHIP, minority_extra=True)
    assert codes(granted, 66, confirmed=True) == ["E.103"]
    assert town(165_000, kind=AreaKind.TOWNSHIP).open_extra == 5
    assert codes(town(165_000, kind=AreaKind.TOWNSHIP), 161, confirmed=True) == ["E.102"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("鹤浦镇", AreaKind.TOWN),
        ("晓塘乡", AreaKind.TOWNSHIP),
        ("莪山畲族乡", AreaKind.ETHNIC_TOWNSHIP),
        ("柳城畲族镇", AreaKind.TOWN),
        ("本镇", AreaKind.TOWN),
    ],
)
def test_the_kind_of_a_town_follows_from_its_name(name: str, kind: AreaKind) -> None:
    assert kind_of(name) is kind


def test_a_fixed_number_below_one_is_a_fault_of_the_input() -> None:
    with pytest.raises(InputFault) as fault:
        check_fixed(town(42_000), 0, basis_confirmed=True)
    assert fault.value.field == "approved"
