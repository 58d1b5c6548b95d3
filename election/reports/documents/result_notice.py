"""The notice of the result (选举结果公告): who is elected in each district, with which votes.

The committee of the level decides on validity and publishes the elected (EL 46; ZJ 50; R9.14). A
character the font lacks is printed as 〓 and named by its code point at the end.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from election.reports.documents import missing_glyphs, render
from election.reports.documents.candidates import day_text, term_name
from election.rules.counting import WRITE_IN, Papers
from election.rules.publication import Frozen, FrozenDistrict, FrozenRound
from election.rules.results.kinds import BallotStanding, RoundKind
from election.rules.results.ties import CHOICES
from election.rules.rounding import percent
from election.rules.words import round_words, words_of

UNPRINTABLE = "〓"
_LAW = (
    "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》第四十六条和"
    "《浙江省县、乡两级人民代表大会代表选举实施细则》第五十条的规定，"
)
_VOID = {
    "turnout": "参加投票的选民未过全体选民的半数",
    "returned_exceeds_issued": "收回的选票多于发出的选票",
}


def result_notice(frozen: Frozen, *, day: date, version: int, reason: str) -> bytes:
    """The notice as a PDF; a correction says which version it is, and why."""
    data = notice_data(frozen, day=day, version=version, reason=reason)
    rare = missing_glyphs(data)
    if rare:
        points = "、".join(f"U+{ord(sign):04X}" for sign in rare)
        printable = _without(data, rare)
        notes = [f"注：“{UNPRINTABLE}”为字库缺字，字符编码为{points}，以成果包数据文件为准。"]
        data = {**printable, "notes": [*_strings(printable["notes"]), *notes]}
    return render("result_notice", data)


def notice_data(frozen: Frozen, *, day: date, version: int, reason: str) -> dict[str, object]:
    """Every text the notice prints."""
    body = term_name(frozen.congress, frozen.term)
    town = f"（{frozen.township}选区）" if frozen.level == "county" else ""
    notes = [f"本公告为第{version}版，更正理由：{reason}"] if version > 1 else []
    notes += [
        f"第{d.number}选区{'、'.join(d.fallen)}在正式代表候选人名单公布后不再参选，得票不计"
        for d in frozen.districts
        if d.fallen
    ]
    return {
        "issuer": f"{frozen.county if frozen.level == 'county' else frozen.township}选举委员会",
        "number": "",
        "subject": f"{body}代表选举结果{town}",
        "opening": f"{_LAW}现将{body}代表{town}的选举结果公布如下：",
        "summary": list(_summary(frozen)),
        "districts": [
            _district(district, frozen.not_taken_names(district)) for district in frozen.districts
        ],
        "notes": ["样本数据：人名、地名和票数均为生成，不是真实选举。", *notes]
        if frozen.is_sample
        else notes,
        "day": day_text(day),
    }


def _summary(frozen: Frozen) -> Iterator[str]:
    voted = day_text(date.fromisoformat(frozen.election_day))
    vacant = f"，空缺{frozen.vacant}名" if frozen.vacant else ""
    if double := sum(len(frozen.not_taken(district)) for district in frozen.districts):
        vacant += f"（含当选人保留其他选区名额而空缺的{double}名）"
    seats = sum(district.seats for district in frozen.districts)
    yield (
        f"选举日为{voted}，共划分选区{len(frozen.districts)}个，"
        f"应选代表{seats}名，当选{frozen.elected}名{vacant}。"
    )
    totals = [d.rounds[0].totals for d in frozen.districts if d.rounds]
    registered = [d.registered for d in frozen.districts]
    if None in totals or None in registered or len(totals) < len(registered):
        return  # unknown is not zero: then no sum is printed
    people = sum(number or 0 for number in registered)
    issued = sum((figures or {})[Papers.ISSUED] for figures in totals)
    turnout = percent(Fraction(issued, people))
    yield f"登记选民{people}人，第一次投票参加{issued}人，投票率{turnout}。"


def _district(district: FrozenDistrict, elsewhere: tuple[str, ...]) -> dict[str, object]:
    """elsewhere: who is elected here and keeps the seat of another district (R5.17)."""
    vacant = f"，空缺{district.vacant}名" if district.vacant else ""
    if elsewhere:
        vacant += f"；{'、'.join(elsewhere)}保留其他选区的代表名额，本选区该名额空缺"
    elected = f"当选{len(district.elected)}名{_names(district)}"
    return {
        "title": f"第{district.number}选区",
        "seats": f"应选代表{district.seats}名，{elected}{vacant}",
        "ballots": [_ballot(district, ballot) for ballot in district.rounds],
    }


def _names(district: FrozenDistrict) -> str:
    """Who is elected, and in which order the names stand."""
    if not district.elected:
        return ""
    order = "按投票先后、得票多少排列" if len(district.rounds) > 1 else "按得票多少排列"
    return f"（{order}：{'、'.join(district.elected_names())}）"


def _ballot(district: FrozenDistrict, ballot: FrozenRound) -> dict[str, object]:
    voted = day_text(date.fromisoformat(ballot.polling_day))
    kind = round_words(RoundKind(ballot.kind), ballot.number).zh
    return {
        "title": f"{kind}（{voted}，应选{ballot.seats}名）",
        "people": [_person(district, ballot, who) for who in ballot.votes or ()],
        "papers": _papers(district, ballot),
    }


def _person(district: FrozenDistrict, ballot: FrozenRound, who: str) -> list[str]:
    written = "（另选人）" if who.startswith(WRITE_IN) else ""
    answers = ["—" if figure is None else str(figure) for figure in ballot.answers(who)]
    return [district.names[who] + written, *answers, _standing(ballot, who)]


def _standing(ballot: FrozenRound, who: str) -> str:
    """Elected or tied; nothing is printed beside the others."""
    standing = ballot.standing(who)
    return (
        words_of(standing).zh if standing in (BallotStanding.ELECTED, BallotStanding.TIED) else ""
    )


def _papers(district: FrozenDistrict, ballot: FrozenRound) -> str:
    if ballot.totals is None or ballot.outcome is None:
        return "未计票"
    figures = ballot.totals
    text = (
        f"登记选民{district.registered}人，发出选票{figures[Papers.ISSUED]}张，"
        f"收回选票{figures[Papers.RETURNED]}张，其中废票{figures[Papers.VOID]}张、空白票{figures[Papers.BLANK]}张"
    )
    if not ballot.outcome.valid:
        why = "；".join(_VOID[reason] for reason in ballot.outcome.reasons)
        return f"{text}；选举无效（{why}）。"
    if ballot.counts_as == "tie_repeat":
        return f"{text}；以得票多的当选{_decided(ballot)}。"
    return f"{text}；当选须得{ballot.outcome.need}票以上（含）。"


def _decided(ballot: FrozenRound) -> str:
    """The committee's decision on a tie that stayed (R9.4)."""
    decision = ballot.settled_by
    if decision is None:
        return ""
    choice = CHOICES[decision.choice].zh
    day = day_text(decision.day)
    return f"；得票仍然相等，选举委员会{day}决定（{decision.reference}）：{choice}"


def _without(data: dict[str, object], rare: tuple[str, ...]) -> dict[str, object]:
    """The same texts with 〓 for every character the font lacks."""
    table = str.maketrans(dict.fromkeys(rare, UNPRINTABLE))

    def replaced(value: object) -> object:
        if isinstance(value, str):
            return value.translate(table)
        if isinstance(value, list):
            return [replaced(item) for item in value]
        return {k: replaced(v) for k, v in value.items()} if isinstance(value, dict) else value

    return {name: replaced(value) for name, value in data.items()}


def _strings(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list | tuple) else []
