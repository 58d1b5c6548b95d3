"""The calendar: every deadline of the law on its day, under both readings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.elections.calendar import ObjectionDue, calendar, objection_due, session_notice
from election.rules.elections.calendar_items import ACTORS, ItemKind
from election.rules.profile import Profile, profile
from election.rules.terms import Finding, InputFault
from tests.rules.laws import imagined

E = date(2021, 12, 16)  # a Thursday; the seed case's last day of elections


LAW = profile()


STRICT = profile({"deadline_mode": "STRICT"})


FIRST_DAY_COUNTS = profile({"count_first_day": True})


BACKWARD = (
    "roll_published",
    "first_list_published",
    "late_registration_last",
    "formal_list_published",
    "court_suit_last",
)


days = st.dates(date(1960, 1, 1), date(2200, 12, 31))


profiles = st.builds(
    lambda mode, first: profile({"deadline_mode": mode, "count_first_day": first}),
    st.sampled_from(["INCLUSIVE", "STRICT"]),
    st.booleans(),
)


def table(rules: Profile, *, by_election: bool = False) -> dict[str, tuple[int, str, str]]:
    plan = calendar(E, by_election=by_election, profile=rules)
    return {i.key: (i.t, i.limit.isoformat(), i.safe.isoformat()) for i in plan.items}


def code(finding: Finding | None) -> object:
    return None if finding is None else finding.to_json()["code"]


def codes(findings: tuple[Finding, ...]) -> list[object]:
    return [code(finding) for finding in findings]


def test_the_calendar_of_the_seed_case() -> None:
    assert table(LAW) == {
        "roll_published": (-20, "2021-11-26", "2021-11-25"),
        "objection_last": (-15, "2021-12-01", "2021-11-30"),
        "nominations_close": (-16, "2021-11-30", "2021-11-29"),
        "first_list_published": (-15, "2021-12-01", "2021-11-30"),
        "late_registration_last": (-12, "2021-12-04", "2021-12-03"),
        "formal_list_published": (-7, "2021-12-09", "2021-12-08"),
        "court_suit_last": (-5, "2021-12-11", "2021-12-10"),
        "roll_frozen": (-2, "2021-12-14", "2021-12-13"),
        "court_ruling": (-1, "2021-12-15", "2021-12-14"),
        "election_day": (0, "2021-12-16", "2021-12-16"),
        "further_election_last": (15, "2021-12-31", "2021-12-30"),
        "first_session_last": (62, "2022-02-16", "2022-02-15"),
    }


def test_the_strict_reading_takes_a_day_off_every_backward_deadline_of_the_law() -> None:
    assert table(STRICT) == table(LAW) | {
        "roll_published": (-20, "2021-11-25", "2021-11-25"),
        "objection_last": (-15, "2021-11-30", "2021-11-30"),
        "nominations_close": (-16, "2021-11-29", "2021-11-29"),
        "first_list_published": (-15, "2021-11-30", "2021-11-30"),
        "late_registration_last": (-12, "2021-12-03", "2021-12-03"),
        "formal_list_published": (-7, "2021-12-08", "2021-12-08"),
        "court_suit_last": (-5, "2021-12-10", "2021-12-10"),
    }


def test_counting_the_first_day_ends_every_forward_period_a_day_sooner() -> None:
    assert table(FIRST_DAY_COUNTS) == table(LAW) | {
        "objection_last": (-15, "2021-11-30", "2021-11-30"),
        "further_election_last": (15, "2021-12-30", "2021-12-30"),
        "first_session_last": (62, "2022-02-15", "2022-02-15"),
    }


def test_both_strict_readings_together_shorten_the_time_to_object_by_two_days() -> None:
    both = profile({"deadline_mode": "STRICT", "count_first_day": True})
    assert table(both)["objection_last"] == (-15, "2021-11-29", "2021-11-29")


def test_a_by_election_has_a_roll_of_twelve_days_and_one_list() -> None:
    general = table(LAW)
    unchanged = (
        "court_suit_last",
        "roll_frozen",
        "court_ruling",
        "election_day",
        "further_election_last",
    )
    assert table(LAW, by_election=True) == {
        "roll_published": (-12, "2021-12-04", "2021-12-03"),
        "objection_last": (-7, "2021-12-09", "2021-12-08"),
        "nominations_close": (-8, "2021-12-08", "2021-12-07"),
        "first_list_published": (-7, "2021-12-09", "2021-12-08"),
        "formal_list_published": (-7, "2021-12-09", "2021-12-08"),
        **{key: general[key] for key in unchanged},
    }


def test_a_by_election_names_its_own_law_and_its_presiding_body() -> None:
    items = {i.key: i for i in calendar(E, by_election=True, profile=LAW).items}
    roll, objection = items["roll_published"], items["objection_last"]
    assert (roll.rule, roll.article, roll.actor) == ("R10.10", "EL 57; ZJ 59(1)", "presiding_body")
    assert (objection.rule, objection.article, objection.actor) == (
        "R4.11",
        "EL 29; ZJ 33",
        "anyone",
    )


def test_every_item_has_a_kind_an_article_a_rule_and_a_known_actor() -> None:
    items = {i.key: (i.kind, i.article, i.rule, i.actor) for i in calendar(E, profile=LAW).items}
    assert items == {
        "roll_published": (ItemKind.AT_LEAST_BEFORE, "EL 28; ZJ 33", "R4.10", "committee"),
        "objection_last": (ItemKind.WITHIN_AFTER, "EL 29; ZJ 33", "R4.11", "anyone"),
        "nominations_close": (ItemKind.DEFAULT, "EL 32; ZJ 35", "R5.7", "nominators"),
        "first_list_published": (ItemKind.AT_LEAST_BEFORE, "EL 32; ZJ 35", "R5.7", "committee"),
        "late_registration_last": (ItemKind.AT_LEAST_BEFORE, "ZJ 29", "R4.7", "committee"),
        "formal_list_published": (ItemKind.AT_LEAST_BEFORE, "EL 32; ZJ 36", "R5.11", "committee"),
        "court_suit_last": (ItemKind.AT_LEAST_BEFORE, "EL 29; CPL 188", "R4.11", "objector"),
        "roll_frozen": (ItemKind.DEFAULT, "SH 25", "R4.13", "committee"),
        "court_ruling": (ItemKind.BEFORE, "EL 29; CPL 189", "R4.11", "court"),
        "election_day": (ItemKind.ON, "EL 11; ZJ 13", "R3.5", "committee"),
        "further_election_last": (ItemKind.DEFAULT, "EL 45; ZJ 49", "R9.9", "committee"),
        "first_session_last": (
            ItemKind.WITHIN_AFTER,
            "OL 20; ZTC 15",
            "R11.1",
            "previous_presidium",
        ),
    }
    actors = {
        i.actor for by in (True, False) for i in calendar(E, by_election=by, profile=LAW).items
    }
    assert actors == set(ACTORS)


def test_the_json_of_a_calendar_is_the_promised_one() -> None:
    document = calendar(E, profile=LAW).to_json()
    assert {key: document[key] for key in ("election_day", "mode", "by_election")} == {
        "election_day": "2021-12-16",
        "mode": "inclusive",
        "by_election": False,
    }
    assert document["items"][0] == {  # type: ignore[index]
        "key": "roll_published",
        "t": -20,
        "limit": "2021-11-26",
        "safe": "2021-11-25",
        "kind": "at_least_before",
        "article": "EL 28; ZJ 33",
        "actor": "committee",
        "rule": "R4.10",
        "name": {"zh": "公布选民名单", "en": "publish the roll"},
    }
    assert calendar(E, profile=STRICT).to_json()["mode"] == "strict"


def test_every_number_of_days_comes_from_the_profile() -> None:
    rules = imagined(
        roll_publish_days=30,
        first_list_days=16,
        formal_list_days=8,
        late_registration_days=10,
        roll_freeze_days=0,
        further_election_max_days=3,
    )
    changed = {key: t for key, (t, _, _) in table(rules).items()}
    assert changed == {
        "roll_published": -30,
        "objection_last": -25,
        "nominations_close": -17,
        "first_list_published": -16,
        "late_registration_last": -10,
        "formal_list_published": -8,
        "court_suit_last": -5,
        "roll_frozen": 0,
        "court_ruling": -1,
        "election_day": 0,
        "further_election_last": 3,
        "first_session_last": 62,
    }
    beijing = profile({"by_election_roll_publish_days": 15})
    assert table(beijing, by_election=True)["roll_published"] == (-15, "2021-12-01", "2021-11-30")


def test_where_late_registration_is_off_it_has_no_deadline() -> None:
    plan = calendar(E, profile=profile({"late_registration_days": None}))
    assert "late_registration_last" not in [i.key for i in plan.items]
    assert plan.findings == ()
    with pytest.raises(KeyError):
        plan.item("late_registration_last")


def test_deadlines_before_election_day_do_not_move_for_a_weekend() -> None:
    sunday = calendar(date(2021, 12, 12), profile=LAW)
    assert sunday.item("formal_list_published").limit == date(2021, 12, 5)  # a Sunday


def test_the_first_session_limit_is_clipped_at_the_end_of_a_month() -> None:
    assert calendar(date(2021, 12, 31), profile=LAW).item("first_session_last").limit == (
        date(2022, 2, 28)
    )


@pytest.mark.parametrize("year", [1952, 3000])
def test_a_year_no_election_can_lie_in_is_a_fault_of_the_input(year: int) -> None:
    with pytest.raises(InputFault) as fault:
        calendar(date(year, 6, 1), profile=LAW)
    assert fault.value.field == "election_day"


@pytest.mark.parametrize("year", [1953, 2999])
def test_the_first_and_the_last_year_can_be_counted(year: int) -> None:
    assert len(calendar(date(year, 12, 31), profile=LAW).items) == 12


@given(days, profiles, st.booleans())
def test_a_safe_day_is_never_after_the_limit_and_holds_under_every_reading(
    election_day: date, rules: Profile, by_election: bool
) -> None:
    plan = calendar(election_day, by_election=by_election, profile=rules)
    for item in plan.items:
        assert item.safe <= item.limit
        loosest = calendar(election_day, by_election=by_election, profile=LAW).item(item.key)
        assert item.limit <= loosest.limit == election_day + timedelta(days=item.t)
        if item.key in BACKWARD:
            assert item.safe == election_day + timedelta(days=item.t - 1)


# --- objections (R4.11, R10.13) ---


def test_a_by_election_warns_of_the_objections_that_need_a_faster_decision() -> None:
    (warning,) = calendar(E, by_election=True, profile=LAW).findings
    assert code(warning) == "W.127"
    assert warning.cause.zh == (
        "选民名单公布后，2021年12月7日之后提出的申诉不能用满3日，一律须在2021年12月10日前（含当日）决定"
    )


def test_a_general_election_warns_of_objections_to_the_supplementary_roll_only() -> None:
    (warning,) = calendar(E, profile=LAW).findings
    assert warning.cause.en == (
        "after the supplementary roll, objections lodged later than 2021-12-07 cannot have the "
        "full 3 days: all must be decided by 2021-12-10"
    )


@pytest.mark.parametrize(
    ("first_day_counts", "days_before", "last_full"),
    [
        # Published on T-14, objections end on T-9 and are decided by T-6: the three days fit.
        (False, 14, None),
        (False, 13, "2021-12-07"),
        (False, 12, "2021-12-07"),
        (True, 12, None),
        (True, 11, "2021-12-08"),
    ],
)
def test_counting_the_first_day_shortens_objection_and_decision_alike(
    first_day_counts: bool, days_before: int, last_full: str | None
) -> None:
    rules = imagined(late_registration_days=days_before, count_first_day=first_day_counts)
    sentences = [warning.cause.en for warning in calendar(E, profile=rules).findings]
    expected = (
        f"after the supplementary roll, objections lodged later than {last_full} cannot have the "
        "full 3 days: all must be decided by 2021-12-10"
    )
    assert sentences == ([] if last_full is None else [expected])


def test_a_roll_published_early_enough_leaves_time_for_every_objection() -> None:
    early = imagined(by_election_roll_publish_days=14)  # objections until T-9
    late = imagined(by_election_roll_publish_days=13)  # objections until T-8
    assert calendar(E, by_election=True, profile=early).findings == ()
    assert codes(calendar(E, by_election=True, profile=late).findings) == ["W.127"]


@pytest.mark.parametrize(
    ("lodged", "due", "squeezed", "expected"),
    [
        (date(2021, 12, 1), date(2021, 12, 4), False, []),
        (date(2021, 12, 7), date(2021, 12, 10), False, []),  # T-9: the three days just fit
        (date(2021, 12, 8), date(2021, 12, 10), True, ["W.125"]),
        (date(2021, 12, 10), date(2021, 12, 10), True, ["W.125"]),  # T-6: on the same day
        (date(2021, 12, 11), date(2021, 12, 11), True, ["W.126"]),  # T-5: the day to sue itself
        (date(2021, 12, 14), date(2021, 12, 14), True, ["W.126"]),
    ],
)
def test_an_objection_is_decided_in_three_days_but_in_time_to_sue(
    lodged: date, due: date, squeezed: bool, expected: list[str]
) -> None:
    answer = objection_due(lodged, E, LAW)
    assert (answer.due, answer.squeezed, codes(answer.findings)) == (due, squeezed, expected)


def test_the_strict_readings_leave_less_time_to_decide() -> None:
    assert objection_due(date(2021, 12, 7), E, STRICT).due == date(2021, 12, 9)
    assert objection_due(date(2021, 12, 1), E, FIRST_DAY_COUNTS) == ObjectionDue(
        date(2021, 12, 3), date(2021, 12, 3), squeezed=False, findings=()
    )


@given(st.integers(-30, 0), profiles)
def test_a_decision_is_never_due_before_the_objection_nor_too_late_to_sue(
    t: int, rules: Profile
) -> None:
    lodged = E + timedelta(days=t)
    answer = objection_due(lodged, E, rules)
    suit = calendar(E, profile=rules).item("court_suit_last").limit
    assert lodged <= answer.due <= max(answer.regular, lodged)
    assert answer.due < suit or answer.due == lodged
    assert answer.squeezed == bool(answer.findings) == (answer.due < answer.regular)


# --- first session ---


def test_the_notice_of_the_seed_case_is_tight_but_no_error() -> None:
    notice = session_notice(date(2021, 12, 23), E, LAW)
    assert (notice.notice_due, notice.papers_due, notice.session_last) == (
        date(2021, 12, 16),
        date(2021, 12, 22),
        date(2022, 2, 16),
    )
    assert codes(notice.findings) == ["W.128"]


@pytest.mark.parametrize(
    ("session", "rules", "expected"),
    [
        (date(2021, 12, 24), LAW, []),
        (date(2021, 12, 24), STRICT, ["W.128"]),
        (date(2021, 12, 25), STRICT, []),
        (date(2021, 12, 17), LAW, ["W.128"]),
        (date(2021, 12, 16), LAW, ["E.129"]),
        (date(2022, 2, 16), LAW, []),
        (date(2022, 2, 17), LAW, ["E.130"]),
        (date(2022, 2, 16), FIRST_DAY_COUNTS, ["E.130"]),
    ],
)
def test_the_first_session_lies_after_the_elections_and_within_two_months(
    session: date, rules: Profile, expected: list[str]
) -> None:
    assert codes(session_notice(session, E, rules).findings) == expected
