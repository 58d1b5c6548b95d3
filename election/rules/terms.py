"""The words every rule speaks: texts, steps, codes, findings and refusals.

A tie is a result, a refusal is raised, the faults of a document are returned all together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """The body elected."""

    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word in both languages; `{name}` places take facts."""

    zh: str
    en: str

    def filled(self, facts: "Facts") -> "Text":
        """Put the facts into the places of the sentence; a Text goes in by its language."""
        zh = {name: fact.zh if isinstance(fact, Text) else fact for name, fact in facts.items()}
        en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(zh=self.zh.format_map(zh), en=self.en.format_map(en))

    def say(self, language: str) -> str:
        """The sentence in "zh..." or "en"."""
        return self.zh if language.startswith("zh") else self.en

    def to_json(self) -> dict[str, str]:
        """{"zh": ..., "en": ...}."""
        return {"zh": self.zh, "en": self.en}


Fact = int | str | bool | Text | None
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a decision: which rule said what, with which figures."""

    rule: str
    article: str
    text: Text
    figures: Facts = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc result`."""
        return {
            "rule": self.rule,
            "article": self.article,
            "text": self.text.to_json(),
            "figures": {
                name: fact.to_json() if isinstance(fact, Text) else fact
                for name, fact in self.figures.items()
            },
        }


def step(rule: str, article: str, zh: str, en: str, **figures: Fact) -> Step:
    """Build a Step whose sentences are filled with its own figures."""
    return Step(rule, article, Text(zh, en).filled(figures), figures)


class Severity(StrEnum):
    """What a finding demands of people."""

    ERROR = "error"  # cannot be: the paper or the entry must be corrected
    ALERT = "alert"  # may be, but blocks until somebody entitled decides in writing
    WARNING = "warning"  # to be looked at and acknowledged
    REFUSAL = "refusal"  # an act the law or the house forbids


_SEVERITY = {
    "E": Severity.ERROR,
    "A": Severity.ALERT,
    "W": Severity.WARNING,
    "R": Severity.REFUSAL,
}


@dataclass(frozen=True, slots=True)
class Code:
    """A stable code of a finding or refusal: E.301, A.302, W.203, R.405.

    cause says what is wrong (with facts), remedy what would be right or what to do next.
    Hundreds: 1 set-up, quota, calendar; 2 units, districts, seats; 3 counting; 4 nominations and
    candidates; 5 polling; 6 results; 7 publication; 8 files; 9 accounts.
    """

    id: str
    rule: str
    article: str
    cause: Text
    remedy: Text

    @property
    def severity(self) -> Severity:
        """Read from the letter before the dot."""
        return _SEVERITY[self.id[0]]


def declare_code(
    id: str,
    *,
    rule: str,
    zh: str,
    en: str,
    remedy_zh: str,
    remedy_en: str,
    article: str = "",
) -> Code:
    """A Code from its sentences: zh, en the cause; remedy_zh, remedy_en what would be right."""
    return Code(id, rule, article, Text(zh, en), Text(remedy_zh, remedy_en))


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a document: which code, which fields, with which figures."""

    code: Code
    fields: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity

    @property
    def cause(self) -> Text:
        """What is wrong, with the figures."""
        return self.code.cause.filled(self.facts)

    @property
    def remedy(self) -> Text:
        """What would be right, or what to do next."""
        return self.code.remedy.filled(self.facts)

    def to_json(self) -> dict[str, object]:
        """Code, severity, fields, rule, article and both sentences."""
        return {
            "code": self.code.id,
            "severity": self.severity.value,
            "fields": list(self.fields),
            "rule": self.code.rule,
            "article": self.code.article,
            "cause": self.cause.to_json(),
            "remedy": self.remedy.to_json(),
        }


def finding(code: Code, *fields: str, **facts: Fact) -> Finding:
    """Build a Finding; its sentences must find every place they name among the facts."""
    return Finding(code, fields, facts)


class RuleViolation(Exception):
    """The law or the house forbids this act: `code` says why, `facts` fill its sentences."""

    def __init__(self, code: Code, **facts: Fact) -> None:
        super().__init__(code.id)
        self.code = code
        self.facts: Facts = facts

    @property
    def cause(self) -> Text:
        """Why it is refused, with the figures."""
        return self.code.cause.filled(self.facts)

    @property
    def remedy(self) -> Text:
        """What may be done instead."""
        return self.code.remedy.filled(self.facts)


class InputFault(ValueError):
    """An input no rule can work with; `field` names the place, `text` says what would be right."""

    def __init__(self, field_name: str, zh: str, en: str) -> None:
        super().__init__(f"{field_name}: {en}")
        self.field = field_name
        self.text = Text(zh, en)


class InputFaults(ValueError):
    """All faults of one input together."""

    def __init__(self, faults: list[InputFault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults
