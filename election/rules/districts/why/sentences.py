"""Why a district is as it is, sentence by sentence, for the people who live in it.

Every sentence is a step with its rule and article; what is not known is said not to be known, what
the law leaves open is said to be open, and a plan that could be more equal is told to be so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from election.rules.districts.checks import MOST_SEATS
from election.rules.districts.why.alternatives import Alternative
from election.rules.districts.why.layout import (
    DistrictLayout,
    PlanLayout,
    SeatOption,
    Touch,
    UnitPart,
    deviation,
    groups,
    listed,
    seat_options,
    share,
    ties,
)
from election.rules.districts.why.moves import move_steps
from election.rules.profile import Profile
from election.rules.rounding import count, decimal, percent, rate
from election.rules.terms import Step, Text, step

MOST_TIES = 12  # more borders than this are summed up, not listed
_HOW = {
    Touch.LAND: Text("{a}与{b}陆地相邻", "{a} and {b} border on each other"),
    Touch.FERRY: Text("{a}与{b}有渡船相通", "{a} and {b} are joined by ferry"),
    Touch.PART: Text("{a}与{b}同属一个单元", "{a} and {b} are parts of one unit"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under one question."""

    key: str
    title: Text
    steps: tuple[Step, ...]


def sections(
    area: DistrictLayout, layout: PlanLayout, profile: Profile, moves: Sequence[Alternative]
) -> tuple[Section, ...]:
    """People, seats, units, neighbours and law: what follows from the plan itself.

    moves: all alternatives of this district, as `alternatives` tried them.
    """
    return (
        Section(
            "people",
            Text("人口与应得名额", "People and exact share"),
            tuple(people_steps(area, layout)),
        ),
        Section(
            "seats",
            Text("名额为什么是这个数", "Why this number of seats"),
            tuple(seat_steps(area, layout)),
        ),
        Section(
            "units",
            Text("为什么是这些单元", "Why these units"),
            (*unit_steps(area, layout), *move_steps(area, layout, moves)),
        ),
        Section(
            "average",
            Text("与其他选区相比", "Compared with the other districts"),
            tuple(rank_steps(area, layout)),
        ),
        Section("law", Text("法律怎么规定", "What the law says"), tuple(law_steps(profile))),
    )


def people_steps(area: DistrictLayout, layout: PlanLayout) -> Iterator[Step]:
    """How many people, what their exact share of the seats is."""
    missing = [piece for piece in area.pieces if piece.people is None]
    if not area.pieces:
        yield step("R2.6", "ZJ 23", "本选区还没有划入单元。", "The district has no unit yet.")
        return
    if missing:
        yield step(
            "R2.3",
            "EL 26; ZJ 21",
            "下列单元没有{basis}数：{units}。因此本选区的人口、应得名额和偏差都不能计算。",
            "The {basis} of these units is not known: {units}. So the people, the exact share and "
            "the deviation of this district cannot be computed.",
            basis=layout.basis,
            units=listed([piece.label for piece in missing]),
        )
        return
    yield step(
        "R2.1",
        "EL 15; ZJ 18",
        "本选区有{people}人（{basis}）。",
        "The district has {people} people ({basis}).",
        people=count(area.people or 0),
        basis=layout.basis,
    )
    yield from _share_steps(area, layout)


def _share_steps(area: DistrictLayout, layout: PlanLayout) -> Iterator[Step]:
    """The average of all districts, and the exact share of this one."""
    exact = share(area, layout)
    if exact is None or layout.average is None:
        unknown = sum(piece.people is None for piece in layout.pieces)
        yield step(
            "R2.3",
            "EL 26; ZJ 21",
            "其他选区还有{unknown}个单元人口未知，应得名额和偏差不能计算。",
            "The people of {unknown} units elsewhere are not known: the exact share and the "
            "deviation cannot be computed.",
            unknown=unknown,
        )
        return
    yield step(
        "R2.3",
        "EL 26; ZJ 21",
        "全部选区共{total}人，应选代表{seats}名，平均每一代表所代表的人口数为{average}人。",
        "All districts together have {total} people and {seats} seats: {average} people per "
        "deputy on average.",
        total=count(layout.people or 0),
        seats=layout.seats,
        average=rate(layout.average),
    )
    yield step(
        "R2.1",
        "EL 15; ZJ 18",
        "按人口，本选区应得{people}×{seats}÷{total}＝{fraction}名，约{decimal}名。",
        "By its people the district's exact share is {people} × {seats} ÷ {total} = {fraction} "
        "seats, about {decimal}.",
        people=count(area.people or 0),
        seats=layout.seats,
        total=count(layout.people or 0),
        fraction=str(exact),
        decimal=decimal(exact, 4),
    )


def seat_steps(area: DistrictLayout, layout: PlanLayout) -> Iterator[Step]:
    """Why n seats: what one more or one fewer would do, and which number is nearest."""
    options = seat_options(area, layout)
    if not options:
        yield step(
            "R2.2",
            "EL 25; ZJ 20",
            "本选区应选代表{seats}名；人口未知，不能与其他名额比较。",
            "The district elects {seats}; its people are not known, so other numbers cannot be "
            "compared.",
            seats=area.seats,
        )
        return
    for option in options:
        if abs(option.seats - area.seats) <= 1:
            yield _option(option)
    yield _choice(area.seats, [option.seats for option in options if option.nearest], layout.seats)


def _choice(seats: int, nearest: Sequence[int], total: int) -> Step:
    """Whether the number of seats is the nearest the law allows."""
    if seats not in range(1, MOST_SEATS + 1):
        return step(
            "R2.2",
            "EL 25; ZJ 20",
            "本选区现为{seats}名，法律只允许1至3名；最接近平均数的是{nearest}名。",
            "The district has {seats} seats now; the law allows 1 to 3, and {nearest} is nearest "
            "to the average.",
            seats=seats,
            nearest=_numbers(nearest),
        )
    if seats in nearest:
        return _nearest(seats, nearest)
    return step(
        "R2.1",
        "EL 15, 25",
        "最接近平均数的是{nearest}名。本选区选{seats}名：全部选区的名额合计必须等于{total}名，"
        "一个选区的增减要由别的选区承担；取舍由选举委员会决定。",
        "{nearest} would be nearest to the average. The district elects {seats}: all "
        "districts must add up to {total} seats, so what one gains another gives; the "
        "election committee decides.",
        nearest=_numbers(nearest),
        seats=seats,
        total=total,
    )


def _nearest(seats: int, nearest: Sequence[int]) -> Step:
    """That the number chosen is nearest to the average, alone or with others."""
    if len(nearest) > 1:
        return step(
            "R2.1",
            "EL 15, 25",
            "{nearest}名同样接近平均数，由选举委员会在其中选定{seats}名。",
            "{nearest} seats are equally near to the average; the election committee chose "
            "{seats}.",
            nearest=_numbers(nearest),
            seats=seats,
        )
    return step(
        "R2.1",
        "EL 15, 25",
        "在法律允许的1至3名中，{seats}名最接近平均数。",
        "Of the 1 to 3 seats the law allows, {seats} is nearest to the average.",
        seats=seats,
    )


def _option(option: SeatOption) -> Step:
    words = (
        Text("选{seats}名（本方案）：", "With {seats} (as planned): ")
        if option.chosen
        else Text("如果选{seats}名：", "With {seats} instead: ")
    )
    return step(
        "R2.3",
        "EL 26; ZJ 21",
        f"{words.zh}每一代表所代表的人口数为{{per_seat}}人，与平均数相差{{off}}。",
        f"{words.en}{{per_seat}} people per deputy, {{off}} from the average.",
        seats=option.seats,
        per_seat=rate(option.per_seat),
        off=percent(option.deviation, sign=True),
    )


def unit_steps(area: DistrictLayout, layout: PlanLayout) -> Iterator[Step]:
    """What the district is made of, and whether it hangs together."""
    for piece in area.pieces:
        if piece.part:
            yield step(
                "R2.6",
                "ZJ 23",
                "按规定，大的村可以拆分；{unit}已拆分，本选区只包括其第{part}部分。",
                "A big village may be split; {unit} is split, and this district has its part "
                "{part} only.",
                unit=Text(piece.name, piece.name),
                part=piece.part,
            )
    if len(area.pieces) == 1:
        yield step(
            "R2.6",
            "ZJ 22, 23",
            "本选区只有{unit}，没有与其他单元合并。",
            "The district is {unit} alone: it is joined with no other unit.",
            unit=area.pieces[0].label,
        )
        return
    yield from _contiguity(area, layout)


def _contiguity(area: DistrictLayout, layout: PlanLayout) -> Iterator[Step]:
    silent = [piece.label for piece in area.pieces if piece.code not in layout.links]
    if silent:
        yield step(
            "R2.6",
            "ZJ 22, 23",
            "下列单元没有登记相邻关系，是否相连不能判断：{units}。",
            "No neighbours are recorded of these units, so nothing can be said about whether "
            "they hang together: {units}.",
            units=listed(silent),
        )
        return
    pairs = list(ties(area, layout))
    if pairs:
        yield _ties_step(pairs)
    yield _pieces_step(area, layout)


def _ties_step(pairs: Sequence[tuple[UnitPart, UnitPart, Touch]]) -> Step:
    """Who touches whom; of many only the first by name."""
    named = [_HOW[how].filled({"a": a.label, "b": b.label}) for a, b, how in pairs[:MOST_TIES]]
    more = len(pairs) - len(named)
    return step(
        "R2.6",
        "ZJ 22, 23",
        "相邻关系：{ties}{rest}。",
        "Neighbours: {ties}{rest}.",
        ties=listed(named, "；", "; "),
        rest=Text(f"；另有{more}处", f"; and {more} more") if more else Text("", ""),
    )


def _pieces_step(area: DistrictLayout, layout: PlanLayout) -> Step:
    """Whether the district hangs together."""
    labels = {piece.code: piece.label for piece in area.pieces}
    pieces = groups(labels, layout.links)
    if len(pieces) < 2:
        return step(
            "R2.6",
            "ZJ 22, 23",
            "{units}个单元连成一片。",
            "The {units} units hang together.",
            units=len(area.pieces),
        )
    named = [listed([labels[code] for code in piece]) for piece in pieces]
    return step(
        "R2.6",
        "ZJ 22, 23",
        "按登记的相邻关系，本选区分成互不相连的{parts}片：{pieces}。保留的理由由选举委员会记录。",
        "By the recorded neighbours the district falls into {parts} parts: {pieces}. The election "
        "committee records why it stays.",
        parts=len(pieces),
        pieces=listed(named, "；", "; "),
    )


def rank_steps(area: DistrictLayout, layout: PlanLayout) -> Iterator[Step]:
    """Where the district stands among all."""
    deviation_here = deviation(area, layout)
    offs = [deviation(district, layout) for district in layout.areas]
    deviations = [off for off in offs if off is not None]
    if deviation_here is None or len(deviations) < len(offs):
        yield step(
            "R2.3",
            "EL 26; ZJ 21",
            "人口或名额不全，不能与其他选区比较。",
            "People or seats are missing: the districts cannot be compared.",
        )
        return
    yield step(
        "R2.3",
        "EL 26; ZJ 21",
        "{districts}个选区的偏差在{low}至{high}之间。本选区为{mine}，"
        "有{nearer}个选区比它更接近平均数，{farther}个选区比它更远。",
        "The deviations of all {districts} districts lie between {low} and {high}. This one has "
        "{mine}; {nearer} districts are nearer to the average, {farther} are farther from it.",
        districts=len(deviations),
        low=percent(min(deviations), sign=True),
        high=percent(max(deviations), sign=True),
        mine=percent(deviation_here, sign=True),
        nearer=sum(abs(off) < abs(deviation_here) for off in deviations),
        farther=sum(abs(off) > abs(deviation_here) for off in deviations),
    )


def law_steps(profile: Profile) -> Iterator[Step]:
    """The articles a district rests on, and what they leave open."""
    yield step(
        "R2.2",
        "EL 25; ZJ 20",
        "选区的大小，按照每一选区选一名至三名代表划分。",
        "Districts are drawn so that each elects one to three deputies.",
    )
    yield step(
        "R2.1",
        "EL 15; ZJ 18",
        "代表名额按各选区的人口数分配，不按选民人数；城乡每一代表所代表的人口数相同。",
        "Seats are shared by the people of each district, not by its voters, with the same number "
        "of people per deputy in town and country.",
    )
    yield step(
        "R2.4",
        "EL 25; ZJ 22, 23",
        "选区可以按居住状况划分，也可以按生产单位、事业单位、工作单位划分；大的村可以拆分。",
        "Districts may follow residence, or production units, institutions and workplaces; a big "
        "village may be split.",
    )
    yield step(
        "R2.3",
        "EL 26; ZJ 21",
        "各选区每一代表所代表的人口数应当大体相等。",
        "The number of people per deputy must be roughly equal in all districts.",
    )
    yield step(
        "R2.3",
        "EL 26; ZJ 21",
        "法律没有规定“大体相等”的具体数值。程序在偏差超过{warn}、{alert}时提示，只作提醒，不是法律界限。",
        'The law gives no number for "roughly equal". The program points out deviations above '
        "{warn} and {alert}: a reminder, not a limit of the law.",
        warn=percent(profile.share("district.deviation_warn"), 0),
        alert=percent(profile.share("district.deviation_alert"), 0),
    )


def _numbers(numbers: Sequence[int]) -> Text:
    return Text("、".join(map(str, numbers)), " or ".join(map(str, numbers)))
