"""A planned day against its deadline: rulebook section 14, R4.11, R11.1; example EX-09."""

from datetime import date, timedelta

import pytest

from election.rules.elections.calendar import calendar, check_date, session_notice
from election.rules.profile import Profile, profile
from tests.rules.elections.test_calendar import FIRST_DAY_COUNTS, LAW, STRICT, E, code


@pytest.mark.parametrize(
    ("key", "planned", "expected"),
    [
        ("roll_published", date(2021, 11, 25), None),
        ("roll_published", date(2021, 11, 26), "W.123"),
        ("roll_published", date(2021, 11, 27), "E.121"),
        ("late_registration_last", date(2021, 12, 4), "W.123"),  # EX-09: must still be added
        ("late_registration_last", date(2021, 12, 5), "E.121"),  # EX-09: too late
        ("objection_last", date(2021, 12, 2), "E.121"),
        ("court_ruling", date(2021, 12, 14), None),
        ("court_ruling", date(2021, 12, 15), None),  # any day before election day is in time
        ("court_ruling", date(2021, 12, 16), "E.121"),
        ("roll_frozen", date(2021, 12, 14), None),
        ("roll_frozen", date(2021, 12, 15), "W.122"),  # our own default, not the law
        ("further_election_last", date(2022, 1, 1), "W.122"),
        ("first_session_last", date(2022, 2, 17), "E.121"),
        ("election_day", date(2021, 12, 16), None),
        ("election_day", date(2021, 12, 15), "A.124"),
        ("election_day", date(2021, 12, 17), "A.124"),
    ],
)
def test_a_planned_day_is_judged(key: str, planned: date, expected: str | None) -> None:
    assert code(check_date(calendar(E, profile=LAW).item(key), planned)) == expected


@pytest.mark.parametrize("rules", [LAW, STRICT, FIRST_DAY_COUNTS])
def test_a_ruling_on_the_day_before_election_day_is_in_time_under_every_reading(
    rules: Profile,
) -> None:
    ruling = calendar(E, profile=rules).item("court_ruling")
    judged = [code(check_date(ruling, date(2021, 12, day))) for day in (15, 16)]
    assert judged == [None, "E.121"]


@pytest.mark.parametrize(
    ("key", "planned", "article", "cause", "remedy"),
    [
        (
            "first_session_last",
            date(2022, 2, 17),
            "OL 20; ZTC 15",
            "“召开第一次会议”安排在2022年2月17日，晚于法定期限2022年2月16日",
            "将第一次会议提前到2022年2月16日或更早",
        ),
        (
            "objection_last",
            date(2021, 12, 2),
            "EL 29; ZJ 33",
            "“对选民名单提出申诉”安排在2021年12月2日，晚于法定期限2021年12月1日",
            "在2021年12月1日前（含当日）受理申诉；此后发现名单确有错漏的，核实后更正",
        ),
        (
            "court_suit_last",
            date(2021, 12, 12),
            "EL 29; CPL 188",
            "“就选民资格起诉”安排在2021年12月12日，晚于法定期限2021年12月11日",
            "尽早把处理决定送达申诉人，使其能在2021年12月11日前（含当日）起诉",
        ),
        (
            "court_ruling",
            date(2021, 12, 16),
            "EL 29; CPL 189",
            "“法院作出判决”安排在2021年12月16日，晚于法定期限2021年12月15日",
            "请人民法院在2021年12月15日前（含当日）作出判决",
        ),
        (
            "late_registration_last",
            date(2021, 12, 5),
            "ZJ 29",
            "“恢复联系的选民补充登记”安排在2021年12月5日，晚于法定期限2021年12月4日",
            "提前到2021年12月3日或更早；此后要求登记的，本次选举不再补充登记",
        ),
        (
            "roll_published",
            date(2021, 11, 27),
            "EL 28; ZJ 33",
            "“公布选民名单”安排在2021年11月27日，晚于法定期限2021年11月26日",
            "提前到2021年11月25日或更早；来不及的，只能推迟选举日",
        ),
    ],
)
def test_what_is_late_cites_its_own_article_and_a_remedy_that_fits(
    key: str, planned: date, article: str, cause: str, remedy: str
) -> None:
    item = calendar(E, profile=LAW).item(key)
    fault = check_date(item, planned)
    assert fault is not None
    assert (fault.code.id, fault.code.rule, fault.code.article) == ("E.121", item.rule, article)
    assert (fault.cause.zh, fault.remedy.zh) == (cause, remedy)


def test_only_the_steps_before_election_day_are_mended_by_another_election_day() -> None:
    plan = calendar(E, profile=LAW)
    late = [(i.key, check_date(i, date(2023, 1, 1))) for i in plan.items]
    moved = [key for key, fault in late if fault and "推迟选举日" in fault.remedy.zh]
    assert moved == ["roll_published", "first_list_published", "formal_list_published"]


def test_at_the_limit_the_article_is_the_items_own() -> None:
    session = calendar(E, profile=LAW).item("first_session_last")
    warning = check_date(session, session.limit)
    assert warning is not None
    assert (warning.code.id, warning.code.article) == ("W.123", "OL 20; ZTC 15")
    assert warning.cause.zh.startswith("“召开第一次会议”安排在2022年2月16日，已到期限最后一日")


@pytest.mark.parametrize("key", ["nominations_close", "roll_frozen", "further_election_last"])
def test_past_a_default_day_the_law_is_silent_and_the_rule_is_the_items_own(key: str) -> None:
    item = calendar(E, profile=LAW).item(key)
    warning = check_date(item, item.limit + timedelta(days=1))
    assert warning is not None
    assert (warning.code.id, warning.code.rule, warning.code.article) == (
        "W.122",
        item.rule,
        "law silent",
    )


def test_in_2021_the_first_session_follows_the_organic_law_of_2015() -> None:
    old = profile(name="2021-zhejiang")
    articles = [calendar(E, profile=p).item("first_session_last").article for p in (LAW, old)]
    assert articles == ["OL 20; ZTC 15", "OL2015 16; ZTC 15"]
    late = session_notice(date(2022, 2, 17), E, old).findings
    assert [(fault.code.id, fault.code.article) for fault in late] == [
        ("E.130", "OL2015 16; ZTC 15")
    ]
    early = session_notice(E, E, old).findings
    assert [(fault.code.id, fault.code.article) for fault in early] == [
        ("E.129", "OL2015 16; ZTC 15")
    ]


def test_under_the_strict_reading_the_safe_day_is_the_limit() -> None:
    roll = calendar(E, profile=STRICT).item("roll_published")
    judged = [code(check_date(roll, date(2021, 11, day))) for day in (25, 26)]
    assert judged == [None, "E.121"]


def test_a_late_day_is_told_with_the_limit_and_the_safe_day() -> None:
    fault = check_date(calendar(E, profile=LAW).item("formal_list_published"), date(2021, 12, 10))
    assert fault is not None
    assert fault.cause.zh == (
        "“公布正式代表候选人名单”安排在2021年12月10日，晚于法定期限2021年12月9日"
    )
    assert fault.remedy.en == (
        "move it to 2021-12-08 or earlier; if that is impossible, election day must be moved"
    )
