"""The total number of deputies of a county or town congress (代表名额).

The formula gives a ceiling; the number itself is fixed by the standing committee one level up, so a
fixed number is checked against the formula and never replaced by it.
Source: Electoral Law (EL) 12-14, Zhejiang rules (ZJ) 15-17; rulebook section 1.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from election.rules.elections.codes.quota import (
    ABOVE_CAP,
    ABOVE_FORMULA,
    ABOVE_FORMULA_UNCONFIRMED,
    BELOW_FORMULA,
    EXTRA_NOT_FOR_KIND,
    WITHIN_EXTRA,
)
from election.rules.profile import Profile
from election.rules.terms import (
    Code,
    Finding,
    InputFault,
    Level,
    RuleViolation,
    Step,
    Text,
    finding,
    step,
)


class AreaKind(StrEnum):
    """The kind of area: it decides whether the extra 5 % can be granted."""

    TOWN = "town"  # 镇
    TOWNSHIP = "township"  # 乡
    ETHNIC_TOWNSHIP = "ethnic_township"  # 民族乡
    COUNTY = "county"  # 县
    AUTONOMOUS_COUNTY = "autonomous_county"  # 自治县
    CITY = "city"  # 不设区的市
    CITY_DISTRICT = "city_district"  # 市辖区


KIND_NAMES: dict[AreaKind, Text] = {
    AreaKind.TOWN: Text("镇", "town"),
    AreaKind.TOWNSHIP: Text("乡", "township"),
    AreaKind.ETHNIC_TOWNSHIP: Text("民族乡", "ethnic township"),
    AreaKind.COUNTY: Text("县", "county"),
    AreaKind.AUTONOMOUS_COUNTY: Text("自治县", "autonomous county"),
    AreaKind.CITY: Text("不设区的市", "city without districts"),
    AreaKind.CITY_DISTRICT: Text("市辖区", "city district"),
}


def kind_of(name: str) -> AreaKind:
    """The kind of a town by its name: 鹤浦镇, 晓塘乡, 莪山畲族乡 (every 族乡 is an ethnic one)."""
    if name.endswith("族乡"):
        return AreaKind.ETHNIC_TOWNSHIP
    return AreaKind.TOWNSHIP if name.endswith("乡") else AreaKind.TOWN


_BASIS_NAMES = {
    "HUKOU": Text("户籍人口", "household-registered population"),
    "RESIDENT": Text("常住人口", "resident population"),
    "WEIGHTED": Text("加权人口", "weighted population"),
}
_EXTRA_PERCENT = 5
_EXTRA_KINDS = frozenset(
    {AreaKind.TOWNSHIP, AreaKind.ETHNIC_TOWNSHIP, AreaKind.COUNTY, AreaKind.AUTONOMOUS_COUNTY}
)


@dataclass(frozen=True, slots=True)
class _Law:
    """What the law says of one level; `few` is the population below which fewer are allowed."""

    kinds: tuple[AreaKind, ...]  # the first one is assumed when none is named
    rule: str
    articles: tuple[str, str]
    few: int
    few_rule: str
    fixed_by: Text


_LAW = {
    Level.TOWN: _Law(
        (AreaKind.TOWN, AreaKind.TOWNSHIP, AreaKind.ETHNIC_TOWNSHIP),
        "R1.1",
        ("EL 12(1)(4)", "ZJ 15(2)"),
        2_000,
        "R1.2",
        Text("县级人大常委会", "the county standing committee"),
    ),
    Level.COUNTY: _Law(
        (AreaKind.COUNTY, AreaKind.AUTONOMOUS_COUNTY, AreaKind.CITY, AreaKind.CITY_DISTRICT),
        "R1.3",
        ("EL 12(1)(3)", "ZJ 15(1)"),
        50_000,
        "R1.3",
        Text("省人大常委会", "the provincial standing committee"),
    ),
}


@dataclass(frozen=True, slots=True)
class Quota:
    """The number of deputies by the formula, in whole seats, with its parts and its steps.

    seats = base + increment + extra, but never more than cap. basis is the profile's word for the
    population figure (HUKOU, RESIDENT, WEIGHTED).
    """

    level: Level
    population: int
    base: int
    increment: int
    extra: int
    cap: int
    seats: int
    may_be_fewer: bool
    articles: tuple[str, ...]
    steps: tuple[Step, ...]
    basis: str
    kind: AreaKind

    @property
    def open_extra(self) -> int:
        """What the extra 5 % would add where the law allows it and it is not counted in yet."""
        free = self.kind in _EXTRA_KINDS and not self.extra
        return min(self.seats * _EXTRA_PERCENT // 100, self.cap - self.seats) if free else 0

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc quota`."""
        return {
            "level": self.level.value,
            "population": self.population,
            "base": self.base,
            "increment": self.increment,
            "extra": self.extra,
            "cap": self.cap,
            "seats": self.seats,
            "may_be_fewer": self.may_be_fewer,
            "articles": list(self.articles),
            "steps": [entry.to_json() for entry in self.steps],
        }


def quota(
    level: Level,
    population: int,
    *,
    kind: AreaKind | None = None,
    minority_extra: bool = False,
    profile: Profile,
) -> Quota:
    """The legal ceiling of deputies for a population (persons, 1 or more).

    kind: defaults to 镇 at town level and 县 at county level. minority_extra: the provincial
    standing committee granted the extra 5 % (of base and increment, rounded down).
    Raises InputFault for a population below 1 or a kind of the other level, and RuleViolation
    R.101 when the extra is asked for a kind the law does not name.
    Source: EL 12; ZJ 15; rules R1.1, R1.2, R1.3, R1.4, R1.5.
    """
    law = _LAW[level]
    kind = law.kinds[0] if kind is None else kind
    _require_usable(law, kind, population)
    if minority_extra and kind not in _EXTRA_KINDS:
        raise RuleViolation(EXTRA_NOT_FOR_KIND, kind=KIND_NAMES[kind])
    drawn = _by_formula(level, kind, population, profile, minority_extra=minority_extra)
    each = profile.whole(f"quota.{level}.step")
    return _explained(drawn, KIND_NAMES[kind], each, minority_extra=minority_extra)


def _by_formula(
    level: Level, kind: AreaKind, population: int, profile: Profile, *, minority_extra: bool
) -> Quota:
    """The figures and articles of a quota, still without its steps."""
    law = _LAW[level]
    base, each, cap = (profile.whole(f"quota.{level}.{part}") for part in ("base", "step", "cap"))
    increment = population // each
    extra = min(base + increment, cap) * _EXTRA_PERCENT // 100 if minority_extra else 0
    articles = (law.articles[0], "EL 12(2)", law.articles[1])
    return Quota(
        level=level,
        population=population,
        base=base,
        increment=increment,
        extra=extra,
        cap=cap,
        seats=min(base + increment + extra, cap),
        may_be_fewer=population < law.few,
        articles=(*articles, "EL 12(3)", "ZJ 15(3)") if minority_extra else articles,
        steps=(),
        basis=profile.word("population_basis"),
        kind=kind,
    )


def _require_usable(law: _Law, kind: AreaKind, population: int) -> None:
    if population < 1:
        raise InputFault(
            "population",
            f"人口数“{population}”不可用，应为1以上的整数",
            f'population "{population}" cannot be used; give a whole number of 1 or more',
        )
    if kind not in law.kinds:
        allowed = " | ".join(law.kinds)
        raise InputFault(
            "kind",
            f"类别“{kind}”不属于这一级；可用的类别：{allowed}",
            f'kind "{kind}" is not of this level; allowed: {allowed}',
        )


def _explained(drawn: Quota, kind: Text, each: int, *, minority_extra: bool) -> Quota:
    """The same quota with one step for each sentence of the law that was applied."""
    steps = list(_formula_steps(drawn, kind, each))
    if minority_extra:
        steps.append(_extra_step(drawn))
    steps.extend(_limit_steps(drawn))
    return replace(drawn, steps=tuple(steps))


def _formula_steps(drawn: Quota, kind: Text, each: int) -> tuple[Step, ...]:
    law, basis = _LAW[drawn.level], _BASIS_NAMES[drawn.basis]
    return (
        step(
            law.rule,
            "; ".join(law.articles),
            "{kind}的代表名额基数为{base}名",
            "base for this kind of area ({kind}): {base} deputies",
            kind=kind,
            base=drawn.base,
        ),
        _basis_step(drawn),
        step(
            "R1.4",
            "EL 12(2)",
            "{basis}{population}人，每满{each}人可以增加1名，增加{increment}名",
            "{basis} {population}: one more for each full {each}, which is {increment}",
            basis=basis,
            population=drawn.population,
            each=each,
            increment=drawn.increment,
        ),
    )


def _basis_step(drawn: Quota) -> Step:
    return step(
        "R1.9",
        "law silent",
        "人口数按{basis}计算（参数population_basis={word}）；用哪一种人口，法律未作规定",
        "the population counted is the {basis} (parameter population_basis={word}); the law "
        "is silent on which one to count",
        basis=_BASIS_NAMES[drawn.basis],
        word=drawn.basis,
        law_silent=True,
    )


def _extra_step(drawn: Quota) -> Step:
    return step(
        "R1.5",
        "EL 12(3); ZJ 15(3)",
        "经省人大常委会决定另加5%，为{extra}名（取整办法法律未作规定，不足1名的部分舍去）",
        "5 % more by decision of the provincial standing committee: {extra} "
        "(the law is silent on rounding; parts of a seat are dropped)",
        extra=drawn.extra,
        law_silent=True,
    )


def _limit_steps(drawn: Quota) -> list[Step]:
    steps = []
    if drawn.base + drawn.increment + drawn.extra > drawn.cap:
        steps.append(_capped_step(drawn))
    if drawn.may_be_fewer:
        steps.append(_fewer_step(drawn))
    fixed = step(
        "R1.6",
        "EL 13; ZJ 16",
        "按公式最多{seats}名；代表名额由{by}确定并备案",
        "at most {seats} by the formula; the number is fixed by {by} and filed",
        seats=drawn.seats,
        by=_LAW[drawn.level].fixed_by,
    )
    return [*steps, fixed]


def _capped_step(drawn: Quota) -> Step:
    """The cap holds; that it also holds for the extra is our reading: the law is silent."""
    law = _LAW[drawn.level]
    return step(
        law.rule,
        law.articles[0],
        "合计{total}名，超过上限，按{cap}名计",
        "{total} in all is over the cap: {cap}",
        total=drawn.base + drawn.increment + drawn.extra,
        cap=drawn.cap,
        law_silent=drawn.extra > 0,
    )


def _fewer_step(drawn: Quota) -> Step:
    law = _LAW[drawn.level]
    return step(
        law.few_rule,
        "; ".join(law.articles),
        "人口不足{few}人，代表总名额可以少于{base}名",
        "with fewer than {few} inhabitants the total may be below {base}",
        few=law.few,
        base=drawn.base,
    )


def check_fixed(drawn: Quota, approved: int, *, basis_confirmed: bool) -> list[Finding]:
    """Compare the number fixed by the standing committee (approved, whole seats) with the formula.

    Above the legal maximum is always an error; above the formula is one only when a person has
    confirmed the population figure and its basis, otherwise a warning. Within the extra 5 % of a
    township it is a warning too: whether the province granted it is not known here. Below is a
    warning, except in areas so small that the law allows fewer.
    Raises InputFault for fewer than one seat.
    Source: EL 12-14; ZJ 17; rules R1.5, R1.7, R1.8.
    """
    if approved < 1:
        raise InputFault(
            "approved",
            f"确定的代表名额“{approved}”不可用，应为1以上的整数",
            f'fixed number "{approved}" cannot be used; give a whole number of 1 or more',
        )
    code = _verdict(drawn, approved, basis_confirmed=basis_confirmed)
    if code is None:
        return []
    return [
        finding(
            code,
            "approved",
            approved=approved,
            formula=drawn.seats,
            cap=drawn.cap,
            population=drawn.population,
            basis=_BASIS_NAMES[drawn.basis],
            extra=drawn.open_extra,
            kind=KIND_NAMES[drawn.kind],
        )
    ]


def _verdict(drawn: Quota, approved: int, *, basis_confirmed: bool) -> Code | None:
    if approved > drawn.cap:
        return ABOVE_CAP
    if drawn.seats < approved <= drawn.seats + drawn.open_extra:
        return WITHIN_EXTRA
    if approved > drawn.seats:
        return ABOVE_FORMULA if basis_confirmed else ABOVE_FORMULA_UNCONFIRMED
    if approved < drawn.seats and not drawn.may_be_fewer:
        return BELOW_FORMULA
    return None
