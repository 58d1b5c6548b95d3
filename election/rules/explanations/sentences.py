"""Why a district is as it is, sentence by sentence, for the people who live in it.

Every sentence is a step with its rule and article; what is not known is said not to be known, what
the law leaves open is said to be open, and a plan that could be more equal is told to be so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from election.rules.districts import MOST_SEATS
from election.rules.explanations.alternatives import Alternative, Verdict, neighbours
from election.rules.explanations.layout import (
    Area,
    Layout,
    SeatOption,
    Touch,
    deviation,
    groups,
    largest,
    seat_options,
    share,
    ties,
)
from election.rules.figures import count, decimal, percent, rate
from election.rules.profile import Profile
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
    area: Area, layout: Layout, profile: Profile, moves: Sequence[Alternative]
) -> tuple[Section, ...]:
    """People, seats, units, neighbours and law: what follows from the plan itself.

    moves: all alternatives of this district, as `alternatives` tried them.
    """
    return (
        Section("people", Text("人口与应得名额", "People and exact share"),
                tuple(people_steps(area, layout))),
        Section("seats", Text("名额为什么是这个数", "Why this number of seats"),
                tuple(seat_steps(area, layout))),
        Section("units", Text("为什么是这些单元", "Why these units"),
                (*unit_steps(area, layout), *move_steps(area, layout, moves))),
        Section("average", Text("与其他选区相比", "Compared with the other districts"),
                tuple(rank_steps(area, layout))),
        Section("law", Text("法律怎么规定", "What the law says"), tuple(law_steps(profile))),
    )  # fmt: skip


def people_steps(area: Area, layout: Layout) -> Iterator[Step]:
    """How many people, what their exact share of the seats is."""
    missing = [piece for piece in area.pieces if piece.people is None]
    if not area.pieces:
        yield step("R2.6", "ZJ 23", "本选区还没有划入单元。", "The district has no unit yet.")
        return
    if missing:
        yield step(
            "R2.3", "EL 26; ZJ 21",
            "下列单元没有{basis}数：{units}。因此本选区的人口、应得名额和偏差都不能计算。",
            "The {basis} of these units is not known: {units}. So the people, the exact share and "
            "the deviation of this district cannot be computed.",
            basis=layout.basis, units=_listed([piece.label for piece in missing]),
        )  # fmt: skip
        return
    yield step(
        "R2.1", "EL 15; ZJ 18", "本选区有{people}人（{basis}）。",
        "The district has {people} people ({basis}).",
        people=count(area.people or 0), basis=layout.basis,
    )  # fmt: skip
    exact = share(area, layout)
    if exact is None or layout.average is None:
        unknown = sum(piece.people is None for piece in layout.pieces)
        yield step(
            "R2.3", "EL 26; ZJ 21",
            "其他选区还有{unknown}个单元人口未知，应得名额和偏差不能计算。",
            "The people of {unknown} units elsewhere are not known: the exact share and the "
            "deviation cannot be computed.", unknown=unknown,
        )  # fmt: skip
        return
    yield step(
        "R2.3", "EL 26; ZJ 21",
        "全部选区共{total}人，应选代表{seats}名，平均每一代表所代表的人口数为{average}人。",
        "All districts together have {total} people and {seats} seats: {average} people per "
        "deputy on average.",
        total=count(layout.people or 0), seats=layout.seats, average=rate(layout.average),
    )  # fmt: skip
    yield step(
        "R2.1", "EL 15; ZJ 18",
        "按人口，本选区应得{people}×{seats}÷{total}＝{fraction}名，约{decimal}名。",
        "By its people the district's exact share is {people} × {seats} ÷ {total} = {fraction} "
        "seats, about {decimal}.",
        people=count(area.people or 0), seats=layout.seats, total=count(layout.people or 0),
        fraction=str(exact), decimal=decimal(exact, 4),
    )  # fmt: skip


def seat_steps(area: Area, layout: Layout) -> Iterator[Step]:
    """Why n seats: what one more or one fewer would do, and which number is nearest."""
    options = seat_options(area, layout)
    if not options:
        yield step(
            "R2.2", "EL 25; ZJ 20", "本选区应选代表{seats}名；人口未知，不能与其他名额比较。",
            "The district elects {seats}; its people are not known, so other numbers cannot be "
            "compared.", seats=area.seats,
        )  # fmt: skip
        return
    for option in options:
        if abs(option.seats - area.seats) <= 1:
            yield _option(option)
    yield _choice(area.seats, [option.seats for option in options if option.nearest], layout.seats)


def _choice(seats: int, nearest: Sequence[int], total: int) -> Step:
    """Whether the number of seats is the nearest the law allows."""
    if seats not in range(1, MOST_SEATS + 1):
        return step(
            "R2.2", "EL 25; ZJ 20",
            "本选区现为{seats}名，法律只允许1至3名；最接近平均数的是{nearest}名。",
            "The district has {seats} seats now; the law allows 1 to 3, and {nearest} is nearest "
            "to the average.", seats=seats, nearest=_numbers(nearest),
        )  # fmt: skip
    if seats not in nearest:
        return step(
            "R2.1", "EL 15, 25",
            "最接近平均数的是{nearest}名。本选区选{seats}名：全部选区的名额合计必须等于{total}名，"
            "一个选区的增减要由别的选区承担；取舍由选举委员会决定。",
            "{nearest} would be nearest to the average. The district elects {seats}: all "
            "districts must add up to {total} seats, so what one gains another gives; the "
            "election committee decides.",
            nearest=_numbers(nearest), seats=seats, total=total,
        )  # fmt: skip
    if len(nearest) > 1:
        return step(
            "R2.1", "EL 15, 25", "{nearest}名同样接近平均数，由选举委员会在其中选定{seats}名。",
            "{nearest} seats are equally near to the average; the election committee chose "
            "{seats}.", nearest=_numbers(nearest), seats=seats,
        )  # fmt: skip
    return step(
        "R2.1", "EL 15, 25", "在法律允许的1至3名中，{seats}名最接近平均数。",
        "Of the 1 to 3 seats the law allows, {seats} is nearest to the average.",
        seats=seats,
    )  # fmt: skip


def _option(option: SeatOption) -> Step:
    words = (
        Text("选{seats}名（本方案）：", "With {seats} (as planned): ")
        if option.chosen
        else Text("如果选{seats}名：", "With {seats} instead: ")
    )
    return step(
        "R2.3", "EL 26; ZJ 21",
        f"{words.zh}每一代表所代表的人口数为{{per_seat}}人，与平均数相差{{off}}。",
        f"{words.en}{{per_seat}} people per deputy, {{off}} from the average.",
        seats=option.seats, per_seat=rate(option.per_seat),
        off=percent(option.deviation, sign=True),
    )  # fmt: skip


def unit_steps(area: Area, layout: Layout) -> Iterator[Step]:
    """What the district is made of, and whether it hangs together."""
    for piece in area.pieces:
        if piece.part:
            yield step(
                "R2.6", "ZJ 23",
                "按规定，大的村可以拆分；{unit}已拆分，本选区只包括其第{part}部分。",
                "A big village may be split; {unit} is split, and this district has its part "
                "{part} only.", unit=Text(piece.name, piece.name), part=piece.part,
            )  # fmt: skip
    if len(area.pieces) == 1:
        yield step(
            "R2.6", "ZJ 22, 23", "本选区只有{unit}，没有与其他单元合并。",
            "The district is {unit} alone: it is joined with no other unit.",
            unit=area.pieces[0].label,
        )  # fmt: skip
        return
    yield from _contiguity(area, layout)


def _contiguity(area: Area, layout: Layout) -> Iterator[Step]:
    links = layout.links
    silent = [piece.label for piece in area.pieces if piece.code not in links]
    if silent:
        yield step(
            "R2.6", "ZJ 22, 23", "下列单元没有登记相邻关系，是否相连不能判断：{units}。",
            "No neighbours are recorded of these units, so nothing can be said about whether "
            "they hang together: {units}.", units=_listed(silent),
        )  # fmt: skip
        return
    found = list(ties(area, layout))
    if found:
        shown = [_HOW[how].filled({"a": a.label, "b": b.label}) for a, b, how in found[:MOST_TIES]]
        more = len(found) - len(shown)
        rest = Text(f"；另有{more}处", f"; and {more} more") if more else Text("", "")
        yield step(
            "R2.6", "ZJ 22, 23", "相邻关系：{ties}{rest}。", "Neighbours: {ties}{rest}.",
            ties=_listed(shown, "；", "; "), rest=rest,
        )  # fmt: skip
    labels = {piece.code: piece.label for piece in area.pieces}
    pieces = groups([piece.code for piece in area.pieces], links)
    if len(pieces) < 2:
        yield step(
            "R2.6", "ZJ 22, 23", "{units}个单元连成一片。", "The {units} units hang together.",
            units=len(area.pieces),
        )  # fmt: skip
        return
    named = [_listed([labels[code] for code in piece]) for piece in pieces]
    yield step(
        "R2.6", "ZJ 22, 23",
        "按登记的相邻关系，本选区分成互不相连的{parts}片：{pieces}。保留的理由由选举委员会记录。",
        "By the recorded neighbours the district falls into {parts} parts: {pieces}. The election "
        "committee records why it stays.",
        parts=len(pieces), pieces=_listed(named, "；", "; "),
    )  # fmt: skip


def move_steps(area: Area, layout: Layout, moves: Sequence[Alternative]) -> Iterator[Step]:
    """What other borders would do, in one or two sentences; the moves stand in a table beside."""
    around = neighbours(area, layout)
    if not around:
        yield step(
            "R2.6", "ZJ 22, 23", "按登记的相邻关系，本选区与其他选区不相邻，没有可以调整的边界。",
            "By the recorded neighbours no other district touches this one: there is no border to "
            "move.",
        )  # fmt: skip
        return
    yield step(
        "R2.3", "EL 26; ZJ 21",
        "本选区与第{around}选区相邻。把边界上的单元逐个改划到邻近选区、或从邻近选区划入，"
        "共试算{moves}种（两个选区的名额合计不变，按最均等的办法分配）。",
        "The district touches {around}. Every unit on a border was tried in the next district, "
        "and every one of the next district in this one: {moves} ways (the two districts keep "
        "their seats together, shared as equally as possible).",
        around=Text(
            "、".join(map(str, around)),
            f"district{'s' if len(around) > 1 else ''} {', '.join(map(str, around))}",
        ),
        moves=len(moves),
    )  # fmt: skip
    yield from _outcomes(layout, moves)


def _outcomes(layout: Layout, moves: Sequence[Alternative]) -> Iterator[Step]:
    tally = {verdict: sum(move.verdict is verdict for move in moves) for verdict in Verdict}
    if tally[Verdict.UNKNOWN]:
        yield step(
            "R2.3", "EL 26; ZJ 21", "人口或名额不全，其中{n}种不能计算。",
            "With people or seats missing, {n} of them cannot be computed.",
            n=tally[Verdict.UNKNOWN],
        )  # fmt: skip
        return
    counted = (
        (tally[Verdict.EMPTY] + tally[Verdict.BROKEN],
         Text("{n}种会使选区断开或没有单元", "{n} would break a district or leave it empty")),
        (tally[Verdict.FIXED],
         Text("{n}种不符合事先确定的条件", "{n} would break a choice fixed beforehand")),
        (tally[Verdict.WORSE],
         Text("{n}种会使人口更不均等", "{n} would make people per deputy less equal")),
        (tally[Verdict.SAME], Text("{n}种没有变化", "{n} would change nothing")),
        (tally[Verdict.BETTER], Text("{n}种会更均等", "{n} would be more equal")),
    )  # fmt: skip
    yield step(
        "R2.3", "EL 26; ZJ 21", "其中{outcomes}。", "Of these {outcomes}.",
        outcomes=_listed([text.filled({"n": n}) for n, text in counted if n], "，"),
    )  # fmt: skip
    now = largest(layout)
    if not tally[Verdict.BETTER]:
        yield step(
            "R2.3", "EL 26; ZJ 21",
            "因此，{if_kept}单独改划一个单元，不能使本选区与邻近选区更均等（全部选区最大偏差现为{now}）。",
            "So no single unit put elsewhere{if_kept} makes this district and its neighbours more "
            "equal (the largest deviation of all districts is {now}).",
            if_kept=_if_kept(tally), now=_percent(now),
        )  # fmt: skip
        return
    best = min((m for m in moves if m.verdict is Verdict.BETTER), key=lambda m: (m.largest, m.pair))
    yield step(
        "R2.3", "EL 26; ZJ 21",
        "最均等的一种是把{unit}由第{source}选区改划第{target}选区（名额{first}名、{second}名）："
        "两个选区中较大的偏差{pair}，全部选区最大偏差{all}。不这样划的理由由选举委员会说明。",
        "The most equal of them puts {unit} from district {source} into district {target} (seats "
        "{first} and {second}): the larger deviation of the two {pair}, the largest of all "
        "districts {all}. Why it is not drawn so is for the election committee to say.",
        unit=best.piece.label, source=best.source, target=best.target, first=best.seats[0],
        second=best.seats[1], pair=_change(best.pair_before, best.pair),
        all=_change(best.largest_before, best.largest),
    )  # fmt: skip


def _if_kept(tally: Mapping[Verdict, int]) -> Text:
    """Under which conditions no move helps: those that moves were set aside for."""
    asked = [
        text
        for verdict, text in (
            (Verdict.BROKEN, Text("选区不断开", "with no district broken")),
            (Verdict.EMPTY, Text("选区不减少", "with no district given up")),
            (Verdict.FIXED, Text("符合事先确定的条件", "with the fixed choices kept")),
        )
        if tally[verdict]
    ]
    if not asked:
        return Text("", "")
    said = _listed(asked, "、", " and ")
    return Text(f"在{said.zh}的前提下，", f", {said.en},")


def rank_steps(area: Area, layout: Layout) -> Iterator[Step]:
    """Where the district stands among all."""
    mine = deviation(area, layout)
    offs = [deviation(one, layout) for one in layout.areas]
    known = [off for off in offs if off is not None]
    if mine is None or len(known) < len(offs):
        yield step(
            "R2.3", "EL 26; ZJ 21", "人口或名额不全，不能与其他选区比较。",
            "People or seats are missing: the districts cannot be compared.",
        )  # fmt: skip
        return
    yield step(
        "R2.3", "EL 26; ZJ 21",
        "{districts}个选区的偏差在{low}至{high}之间。本选区为{mine}，"
        "有{nearer}个选区比它更接近平均数，{farther}个选区比它更远。",
        "The deviations of all {districts} districts lie between {low} and {high}. This one has "
        "{mine}; {nearer} districts are nearer to the average, {farther} are farther from it.",
        districts=len(known), low=percent(min(known), sign=True),
        high=percent(max(known), sign=True), mine=percent(mine, sign=True),
        nearer=sum(abs(off) < abs(mine) for off in known),
        farther=sum(abs(off) > abs(mine) for off in known),
    )  # fmt: skip


def law_steps(profile: Profile) -> Iterator[Step]:
    """The articles a district rests on, and what they leave open."""
    yield step(
        "R2.2", "EL 25; ZJ 20", "选区的大小，按照每一选区选一名至三名代表划分。",
        "Districts are drawn so that each elects one to three deputies.",
    )  # fmt: skip
    yield step(
        "R2.4", "EL 25; ZJ 22, 23",
        "选区可以按居住状况划分，也可以按生产单位、事业单位、工作单位划分；大的村可以拆分。",
        "Districts may follow residence, or production units, institutions and workplaces; a big "
        "village may be split.",
    )  # fmt: skip
    yield step(
        "R2.3", "EL 26; ZJ 21", "各选区每一代表所代表的人口数应当大体相等。",
        "The number of people per deputy must be roughly equal in all districts.",
    )  # fmt: skip
    yield step(
        "R2.3", "EL 26; ZJ 21",
        "法律没有规定“大体相等”的具体数值。程序在偏差超过{warn}、{alert}时提示，只作提醒，不是法律界限。",
        'The law gives no number for "roughly equal". The program points out deviations above '
        "{warn} and {alert}: a reminder, not a limit of the law.",
        warn=percent(profile.share("district.deviation_warn"), 0),
        alert=percent(profile.share("district.deviation_alert"), 0),
    )  # fmt: skip


def verdict_text(move: Alternative) -> Text:
    """What a move does, in a few words for the table."""
    return {
        Verdict.EMPTY: Text("选区变空", "a district is left empty"),
        Verdict.BROKEN: Text("选区断开", "a district falls apart"),
        Verdict.UNKNOWN: Text("不能计算", "cannot be computed"),
        Verdict.FIXED: Text("不符合事先确定的条件", "against a fixed choice"),
        Verdict.WORSE: Text("更不均等", "less equal"),
        Verdict.SAME: Text("不变", "no change"),
        Verdict.BETTER: Text("更均等", "more equal"),
    }[move.verdict]


def _change(before: Fraction | None, after: Fraction | None) -> Text:
    """From one deviation to another, or that it stays."""
    one, other = _percent(before), _percent(after)
    if before == after:
        return Text(f"仍为{one}", f"stays at {one}")
    return Text(f"由{one}变为{other}", f"goes from {one} to {other}")


def _percent(value: Fraction | None) -> str:
    return "—" if value is None else percent(value)


def _listed(texts: Sequence[Text], zh: str = "、", en: str = ", ") -> Text:
    return Text(zh.join(text.zh for text in texts), en.join(text.en for text in texts))


def _numbers(numbers: Sequence[int]) -> Text:
    return Text("、".join(map(str, numbers)), " or ".join(map(str, numbers)))
