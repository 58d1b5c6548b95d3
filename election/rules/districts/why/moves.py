"""What other borders would do: every move of one unit that was tried, and the best of them."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from election.rules.districts.why.alternatives import Alternative, MoveVerdict, neighbours
from election.rules.districts.why.layout import DistrictLayout, PlanLayout, largest, listed
from election.rules.rounding import percent
from election.rules.terms import Step, Text, step


def move_steps(
    area: DistrictLayout, layout: PlanLayout, moves: Sequence[Alternative]
) -> Iterator[Step]:
    """What other borders would do, in one or two sentences; the moves stand in a table beside."""
    around = neighbours(area, layout)
    if not around:
        yield step(
            "R2.6",
            "ZJ 22, 23",
            "按登记的相邻关系，本选区与其他选区不相邻，没有可以调整的边界。",
            "By the recorded neighbours no other district touches this one: there is no border to "
            "move.",
        )
        return
    yield step(
        "R2.3",
        "EL 26; ZJ 21",
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
    )
    yield from _outcomes(layout, moves)


def _outcomes(layout: PlanLayout, moves: Sequence[Alternative]) -> Iterator[Step]:
    tally = {verdict: sum(move.verdict is verdict for move in moves) for verdict in MoveVerdict}
    if tally[MoveVerdict.UNKNOWN]:
        yield step(
            "R2.3",
            "EL 26; ZJ 21",
            "人口或名额不全，其中{n}种不能计算。",
            "With people or seats missing, {n} of them cannot be computed.",
            n=tally[MoveVerdict.UNKNOWN],
        )
        return
    yield step(
        "R2.3",
        "EL 26; ZJ 21",
        "其中{outcomes}。",
        "Of these {outcomes}.",
        outcomes=listed(_counted(tally), "，"),
    )
    better = [move for move in moves if move.verdict is MoveVerdict.BETTER]
    if better:
        yield _best(min(better, key=lambda move: (move.largest, move.pair)))
    else:
        yield _none_better(tally, largest(layout))


def _counted(tally: Mapping[MoveVerdict, int]) -> list[Text]:
    """How many moves come to what, for every outcome there is."""
    apart = tally[MoveVerdict.EMPTY] + tally[MoveVerdict.BROKEN]
    counted = (
        (
            apart,
            Text("{n}种会使选区断开或没有单元", "{n} would break a district or leave it empty"),
        ),
        (
            tally[MoveVerdict.FIXED],
            Text("{n}种不符合事先确定的条件", "{n} would break a choice fixed beforehand"),
        ),
        (
            tally[MoveVerdict.WORSE],
            Text("{n}种会使人口更不均等", "{n} would make people per deputy less equal"),
        ),
        (tally[MoveVerdict.SAME], Text("{n}种没有变化", "{n} would change nothing")),
        (tally[MoveVerdict.BETTER], Text("{n}种会更均等", "{n} would be more equal")),
    )
    return [text.filled({"n": n}) for n, text in counted if n]


def _none_better(tally: Mapping[MoveVerdict, int], now: Fraction | None) -> Step:
    return step(
        "R2.3",
        "EL 26; ZJ 21",
        "因此，{if_kept}单独改划一个单元，不能使本选区与邻近选区更均等（全部选区最大偏差现为{now}）。",
        "So no single unit put elsewhere{if_kept} makes this district and its neighbours more "
        "equal (the largest deviation of all districts is {now}).",
        if_kept=_if_kept(tally),
        now=_percent(now),
    )


def _best(move: Alternative) -> Step:
    """The most equal move there is, and that somebody else has to say why it is not made."""
    return step(
        "R2.3",
        "EL 26; ZJ 21",
        "最均等的一种是把{unit}由第{source}选区改划第{target}选区（名额{first}名、{second}名）："
        "两个选区中较大的偏差{pair}，全部选区最大偏差{all}。不这样划的理由由选举委员会说明。",
        "The most equal of them puts {unit} from district {source} into district {target} (seats "
        "{first} and {second}): the larger deviation of the two {pair}, the largest of all "
        "districts {all}. Why it is not drawn so is for the election committee to say.",
        unit=move.piece.label,
        source=move.source,
        target=move.target,
        first=move.seats[0],
        second=move.seats[1],
        pair=_change(move.pair_before, move.pair),
        all=_change(move.largest_before, move.largest),
    )


def _if_kept(tally: Mapping[MoveVerdict, int]) -> Text:
    """Under which conditions no move helps: those that moves were set aside for."""
    conditions = [
        text
        for verdict, text in (
            (MoveVerdict.BROKEN, Text("选区不断开", "with no district broken")),
            (MoveVerdict.EMPTY, Text("选区不减少", "with no district given up")),
            (MoveVerdict.FIXED, Text("符合事先确定的条件", "with the fixed choices kept")),
        )
        if tally[verdict]
    ]
    if not conditions:
        return Text("", "")
    sentence = listed(conditions, "、", " and ")
    return Text(f"在{sentence.zh}的前提下，", f", {sentence.en},")


def verdict_text(move: Alternative) -> Text:
    """What a move does, in a few words for the table."""
    return {
        MoveVerdict.EMPTY: Text("选区变空", "a district is left empty"),
        MoveVerdict.BROKEN: Text("选区断开", "a district falls apart"),
        MoveVerdict.UNKNOWN: Text("不能计算", "cannot be computed"),
        MoveVerdict.FIXED: Text("不符合事先确定的条件", "against a fixed choice"),
        MoveVerdict.WORSE: Text("更不均等", "less equal"),
        MoveVerdict.SAME: Text("不变", "no change"),
        MoveVerdict.BETTER: Text("更均等", "more equal"),
    }[move.verdict]


def _change(before: Fraction | None, after: Fraction | None) -> Text:
    """From one deviation to another, or that it stays."""
    was, becomes = _percent(before), _percent(after)
    if before == after:
        return Text(f"仍为{was}", f"stays at {was}")
    return Text(f"由{was}变为{becomes}", f"goes from {was} to {becomes}")


def _percent(value: Fraction | None) -> str:
    return "—" if value is None else percent(value)
