"""A small election packed by hand as docs/PACKAGE.md says, in either format: quick to change.

Nothing of the program writes it, so it is also the package of another program. District a elects
at once, b after a tie, c after a void ballot by a further election.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from election.exchange.publication.verifier.verify import decide, digest, pack
from tests.exchange.publication.published_town import with_manifest

Document = dict[str, Any]
RULES = {
    "turnout_over": "1/2",
    "win_over": "1/2",
    "win_base": "issued",
    "further_at_least": "1/3",
    "further_base": "returned",
    "tie_repeat_max": 2,
    "further_election_rounds": 1,
}
SEATS = {"a": 1, "b": 2, "c": 1}
PLACES = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}
PUBLISHED = "2021-12-18T12:00:00+00:00"


class Held(NamedTuple):
    """One ballot: (code, kind, rule, attempt, seats), votes of the candidates in each place."""

    code: str
    kind: str
    counts_as: str
    attempt: int
    seats: int
    issued: int
    votes: Mapping[str, Mapping[str, int]]


HELD = (
    Held("a-r1", "first", "first", 1, 1, 40, {"a1": {"A": 20, "B": 9}, "a2": {"A": 25, "B": 8}}),
    Held("b-r1", "first", "first", 1, 2, 60, {"b1": {"C": 40, "D": 35, "E": 35}}),
    Held("b-r2", "tie_repeat", "tie_repeat", 1, 1, 60, {"b1": {"D": 30, "E": 25}}),
    Held("c-r1", "first", "first", 1, 1, 40, {"c1": {"F": 20, "G": 15}}),
    Held("c-r2", "rerun", "first", 1, 1, 60, {"c1": {"F": 28, "G": 27}}),
    Held("c-r3", "further", "further", 1, 1, 60, {"c1": {"F": 30, "G": 25}}),
)


def sheet(issued: int, votes: Mapping[str, int]) -> dict[str, int]:
    """A sheet of so many papers, two of them void and one blank; one voter writes in 李四."""
    papers = {"issued": issued, "returned": issued, "void": 2, "blank": 1}
    for who, n in votes.items():
        answers = {"for": n, "against": issued - 3 - n, "abstain": 1}
        papers |= {f"{answer}:{who}": figure for answer, figure in answers.items()}
    return papers | {"writein:李四": 1}


def election(version: int) -> Document:
    """election.json of a format."""
    people = {"a": "AB", "b": "CDE", "c": "FG"}
    return {
        "format": version,
        "id": "1/town",
        "election": 1,
        "rules": dict(RULES),
        "districts": [
            {
                "id": key,
                "seats": seats,
                "registered": 100,
                "candidates": [{"id": who, "name": who, "formal": True} for who in people[key]],
            }
            for key, seats in SEATS.items()
        ],
        "places": [{"id": place, "district": key} for place, key in PLACES.items()],
        "rounds": [
            {
                "district": held.code[0],
                "round": held.code,
                "kind": held.kind,
                "counts_as": held.counts_as,
                "attempt": held.attempt,
                "seats": held.seats,
                "candidates": list(next(iter(held.votes.values()))),
            }
            for held in HELD
        ],
    }


def outcomes() -> dict[str, Document]:
    """Round -> its outcome as results.json tells it."""
    by_round = {}
    for held in HELD:
        total = totals(held)
        ballot = {**held._asdict(), "candidates": list(next(iter(held.votes.values())))}
        by_round[held.code] = {
            "round": held.code,
            **decide(RULES, ballot, 100, total),
            "next_candidates": None,
            "flags": [],
            "steps": [{"rule": "R8.5"}],
        }
    return by_round


def totals(held: Held) -> Counter[str]:
    """Every figure of a ballot, added over its places."""
    total: Counter[str] = Counter()
    for votes in held.votes.values():
        total.update(sheet(held.issued, votes))
    return total


def results() -> Document:
    """results.json without the head of the chain."""
    by_round = outcomes()
    districts = {}
    for key, seats in SEATS.items():
        rounds = [by_round[held.code] for held in HELD if held.code[0] == key]
        elected = [who for outcome in rounds for who in outcome["elected"]]
        vacant = seats - len(elected)
        districts[key] = {"rounds": rounds, "elected": elected, "vacant": vacant}
    return {"published_at": PUBLISHED, "version": 1, "alerts": [], "districts": districts}


def counts() -> bytes:
    """counts.csv."""
    rows = [
        f"{held.code},{place},{stage},{item},{value}\n"
        for held in HELD
        for place, votes in held.votes.items()
        for stage in ("entry1", "entry2", "signed")
        for item, value in sheet(held.issued, votes).items()
    ]
    return "".join(["round,place,stage,item,value\n", *rows]).encode()


def turnout() -> bytes:
    """turnout.csv."""
    rows = [
        f"{held.code},{held.code[0]},100,{held.issued * len(held.votes) - 2},2\n" for held in HELD
    ]
    return "".join(["round,district,registered,checked_in,proxy\n", *rows]).encode()


def acts() -> Iterator[tuple[str, str, Document]]:
    """(who, what, data) of every record up to the freeze; one of them stays in the house."""
    yield "9", "roll.checked_in", {"person": "张三"}
    by_round = outcomes()
    for held in HELD:
        for place, votes in held.votes.items():
            figures = sheet(held.issued, votes)
            for who, stage in (("1", "entry1"), ("2", "entry2"), ("3", "signed")):
                what = "count.sign" if stage == "signed" else "count.entry"
                data = {"round": held.code, "place": place, "stage": stage, "sheet": figures}
                yield who, what, {"election": 1, **data}
        computed = ("issued", "returned", "void", "blank", "votes", "round")
        outcome = {k: v for k, v in by_round[held.code].items() if k not in computed}
        data = {"election": 1, "round": held.code, "outcome": outcome, "totals": totals(held)}
        yield "4", "result.certify", data


def sealed(records: list[Document]) -> list[Document]:
    """The records, numbered, linked and hashed; those without `what` keep the hash they have."""
    prev = "0" * 64
    for number, record in enumerate(records, start=1):
        record.update(seq=number, prev=prev)
        if "data" in record:
            record["digest"] = digest(record["data"])
        if "what" in record:
            record["hash"] = digest({k: v for k, v in record.items() if k not in ("data", "hash")})
        prev = record["hash"]
    return records


def record(version: int, number: int, who: str, what: str, data: Document) -> Document:
    """One record of the chain, not linked yet."""
    whole = what.startswith(("count.", "result.", "publication."))
    if version == 2 and not whole:
        return {"seq": 0, "prev": "", "hash": digest(what)}
    public = {"at": PUBLISHED, "who": who, "role": "teller", "what": what, "subject": "-"}
    if version == 2:
        data = {**data, "salt": digest(number)[:32]}
    return public | ({"data": data} if whole else {"digest": digest(data)})


def small_files(version: int = 2, edit: Callable[[dict[str, Any]], None] | None = None) -> Any:
    """Name -> bytes of the package in this format.

    edit changes {"election", "results": documents; "counts", "turnout": bytes; "acts": list} first:
    everything that commits to them is then made of what it left.
    """
    parts: dict[str, Any] = {
        "election": election(version),
        "results": results(),
        "counts": counts(),
        "turnout": turnout(),
        "acts": list(acts()),
    }
    if edit:
        edit(parts)
    files = {
        "election.json": json.dumps(parts["election"], ensure_ascii=False).encode(),
        "counts.csv": parts["counts"],
        "turnout.csv": parts["turnout"],
    }
    commits = {name: digest(body) for name, body in files.items()}
    commits["results.json"] = digest(parts["results"])
    frozen = {"congress": "1/town", "version": 1, "files": commits}
    every_act = [*parts["acts"], ("5", "publication.freeze", frozen)]
    chain = sealed([record(version, number, *act) for number, act in enumerate(every_act)])
    files["results.json"] = json.dumps(
        {**parts["results"], "audit_head": chain[-1]["hash"]}, ensure_ascii=False
    ).encode()
    files["audit.jsonl"] = "".join(
        json.dumps(row, ensure_ascii=False) + "\n" for row in chain
    ).encode()
    return with_manifest(files)


def small_package(version: int = 2) -> bytes:
    """The package in this format, packed as the program packs."""
    return pack(small_files(version), PUBLISHED)
