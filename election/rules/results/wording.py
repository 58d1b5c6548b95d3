"""Sentences that several ballots share: who got how many votes, and where the law is silent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from election.rules.counting import WRITE_IN
from election.rules.profile import Profile
from election.rules.profile.wording import in_code
from election.rules.results.kinds import is_write_in
from election.rules.results.outcome import Parts
from election.rules.terms import Fact, Step, Text, step

COMMITTEE = Text("选举委员会", "the election committee")
CONGRESS = Text("大会", "the congress")
ELECTION = Text("选举", "election")
PEOPLE = Text("人", "people")


@dataclass(frozen=True, slots=True)
class Law:
    """Where one kind of ballot finds its rules: (rule id, article) of each, and its nouns."""

    reach: tuple[str, str]
    rank: tuple[str, str]
    tie: tuple[str, str]
    body: Text
    unit: Text
    chosen: Text
    act: Text = ELECTION
    among: Text = PEOPLE


def by_votes(votes: Mapping[str, int], names: Iterable[str]) -> list[str]:
    """These names, most votes first; equal votes by name."""
    return sorted(names, key=lambda name: (-votes[name], name))


def people(votes: Mapping[str, int], names: Iterable[str]) -> Text:
    """甲（400票）、另选人乙（12票） / 甲 (400), 乙 (write-in, 12); nobody: 无 / none."""
    ordered = by_votes(votes, names)
    if not ordered:
        return Text("无", "none")
    zh = "、".join(_zh(name, votes[name]) for name in ordered)
    return Text(zh, ", ".join(_en(name, votes[name]) for name in ordered))


def _zh(name: str, votes: int) -> str:
    who = f"另选人{name.removeprefix(WRITE_IN)}" if is_write_in(name) else name
    return f"{who}（{votes}票）"


def _en(name: str, votes: int) -> str:
    if is_write_in(name):
        return f"{name.removeprefix(WRITE_IN)} (write-in, {votes})"
    return f"{name} ({votes})"


def parameter(rules: Profile, name: str) -> Text:
    """参数majority_basis=ISSUED / parameter majority_basis=ISSUED."""
    value = in_code(rules[name])
    return Text(f"参数{name}={value}", f"parameter {name}={value}")


def default_rule(rule: str) -> Text:
    """A default that has no parameter: it is named by its rule."""
    return Text(f"默认规则{rule}", f"default rule {rule}")


def silent(
    cite: tuple[str, str], zh: str, en: str, *, default: Text, body: Text, **figures: Fact
) -> Step:
    """A step that a default decided because the law says nothing; it raises LAW_SILENT."""
    zh += "对此法律未作规定，按{default}处理，须由{body}作出决定并记录。"
    en += " On this the law is silent; {default} was applied, and {body} must decide and record it."
    return step(cite[0], cite[1], zh, en, law_silent=True, default=default, body=body, **figures)


def place_steps(
    votes: Mapping[str, int],
    parts: Parts,
    law: Law,
    *,
    need: int,
    seats: int,
    tie_default: Text | None = None,
) -> list[Step]:
    """Who reached the need and who is elected; and the tie, if one is left.

    tie_default: the default that sends the tie to a repeat vote where no article does.
    """
    over = sum(n >= need for n in votes.values())
    steps = [_reached(votes, parts, law, over=over, need=need, seats=seats)]
    if parts.tied:
        steps.append(_tie(votes, parts, law, tie_default))
    return steps


def _reached(
    votes: Mapping[str, int], parts: Parts, law: Law, *, over: int, need: int, seats: int
) -> Step:
    (rule, article), who = law.reach, people(votes, parts.elected)
    if not over:
        en = "Votes needed: {need}; reached by nobody."
        return step(rule, article, "没有得票达到{need}票的。", en, need=need)
    zh = "得票达到{need}票的有{over}{unit}，应选{seats}{unit}，{chosen}：{who}。"
    en = "Votes needed: {need}; reached by: {over}; places to fill: {seats}; {chosen}: {who}."
    if over > seats:
        rule, article = law.rank
        zh = "得票达到{need}票的有{over}{unit}，多于应选{seats}{unit}，以得票多的{chosen}：{who}。"
        en = "Votes needed: {need}; reached by: {over}, more than the {seats} to fill; the higher"
        en += " count wins; {chosen}: {who}."
    return step(
        rule,
        article,
        zh,
        en,
        need=need,
        over=over,
        seats=seats,
        who=who,
        unit=law.unit,
        chosen=law.chosen,
    )


def _tie(votes: Mapping[str, int], parts: Parts, law: Law, default: Text | None) -> Step:
    zh = "{who}得票相等，余下{left}{unit}无法确定，应当就得票相等的再次投票，以得票多的{chosen}。"
    en = "Level at the last place: {who}; places left: {left}. A repeat vote is held among them"
    en += " only, and the higher count wins."
    figures: dict[str, Fact] = {"who": people(votes, parts.tied), "left": parts.tied_seats}
    figures |= {"unit": law.unit, "chosen": law.chosen}
    if default is None:
        return step(law.tie[0], law.tie[1], zh, en, **figures)
    return silent(law.tie, zh, en, default=default, body=law.body, **figures)
