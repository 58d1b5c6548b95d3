"""A second, naive reading of `calc result`, written from the law and not from the program.

It takes the raw case and answers the raw outcome without its steps. It counts people one by one
instead of sorting, and finds every threshold by trying numbers upwards.
"""

EMPTY = {
    "valid": True,
    "reasons": [],
    "need": None,
    "elected": [],
    "tied": [],
    "tied_seats": 0,
    "missing": 0,
    "next": None,
    "next_seats": 0,
    "next_candidates": None,
    "flags": [],
}
DEFAULTS = {
    "majority_basis": "ISSUED",
    "third_basis": "RETURNED",
    "further_election_rounds": 1,
    "further_include_writeins": True,
    "tie_repeat_max": 2,
    "ruleset_version": "2025+",
    "project.threshold": "MAJORITY_ALL",
}


def answer(case):
    rules = {**DEFAULTS, **case.get("parameters", {})}
    if case["kind"] == "recall":
        need = smallest(lambda n: n + n > case["registered"])
        return {**EMPTY, "need": need, "elected": ["recalled"][: case["votes"]["for"] // need]}
    why = void_because(case, rules)
    if why:
        void = {"valid": False, "next": "rerun_election", "next_seats": case["seats"]}
        return {**EMPTY, **void, "reasons": why, "flags": silent(void_is_silent(case, why))}
    return {"tie_repeat": repeat, "first": first, "further": further}[case["round"]](case, rules)


def smallest(test):
    number = 1
    while not test(number):
        number += 1
    return number


def silent(flag):
    return ["LAW_SILENT"] if flag else []


def void_because(case, rules):
    why = []
    if case["kind"] == "deputies" and not case["issued"] > case["registered"] - case["issued"]:
        why.append("turnout")
    asked = case["kind"] != "deputies" and rules["ruleset_version"] != "2021"
    if asked and case["present"] * 3 < case["all_deputies"] * 2:
        why.append("quorum")
    if case["returned"] > case["issued"]:
        why.append("returned_exceeds_issued")
    return why


def void_is_silent(case, why):
    if case["kind"] != "deputies":
        return "returned_exceeds_issued" in why
    return case["round"] == "tie_repeat" or (case["round"] == "further" and "turnout" in why)


def half_came_back(case):
    """Whether the papers returned would not be the turnout that those issued are."""
    return case["returned"] <= case["registered"] - case["returned"]


def seat(votes, need, seats):
    """Who is certainly in, and who is level for the rest, by counting each one's rivals."""
    elected, tied = [], []
    running = {name: n for name, n in votes.items() if n >= need}
    for name, mine in running.items():
        better = sum(other > mine for other in running.values())
        not_worse = sum(other >= mine for other in running.values())
        if not_worse <= seats:
            elected.append(name)
        elif better < seats:
            tied.append(name)
    return sorted(elected), sorted(tied)


def conclude(case, need, elected, tied, when_missing):
    seats = case["seats"]
    held = seats - len(elected) if tied else 0
    missing = 0 if tied else seats - len(elected)
    following = "tie_repeat_vote" if tied else when_missing if missing else None
    return {
        **EMPTY,
        "need": need,
        "elected": elected,
        "tied": tied,
        "tied_seats": held,
        "missing": missing,
        "next": following,
        "next_seats": held or missing,
    }


def first(case, rules):
    if case["kind"] != "deputies":
        return in_session(case, rules)

    def majority(basis):
        need = smallest(lambda n: 2 * n > case[basis.lower()])
        return need, seat(case["votes"], need, case["seats"])

    need, (elected, tied) = majority(rules["majority_basis"])
    sensitive = majority("ISSUED")[1] != majority("RETURNED")[1]
    out = conclude(case, need, elected, tied, "further_election")
    doubtful = with_candidates(out, case, rules, case["votes"])
    flags = ["BASIS_SENSITIVE"] if sensitive else []
    return {**out, "flags": flags + silent(sensitive or doubtful or half_came_back(case))}


def further(case, rules):
    if case["kind"] != "deputies":
        return in_session(case, rules)
    bases = {
        "ISSUED": case["issued"],
        "RETURNED": case["returned"],
        "VALID": case["returned"] - case["void"],
    }
    needs = {name: smallest(lambda n, base=base: 3 * n >= base) for name, base in bases.items()}
    results = {name: seat(case["votes"], needs[name], case["seats"]) for name in bases}
    elected, tied = results[rules["third_basis"]]
    rounds = rules["further_election_rounds"]
    used_up = rounds is not None and case.get("attempt", 1) >= rounds
    out = conclude(
        case,
        needs[rules["third_basis"]],
        elected,
        tied,
        "vacant" if used_up else "further_election",
    )
    differs = any(result != (elected, tied) for result in results.values())
    again = with_candidates(out, case, rules, case["votes"]) or out["next"] == "further_election"
    return {**out, "flags": silent(differs or tied or again or half_came_back(case))}


def in_session(case, rules):
    majority = smallest(lambda n: 2 * n > case["all_deputies"])
    if case["kind"] == "officers":
        elected, tied = seat(case["votes"], majority, case["seats"])
        return conclude(case, majority, elected, tied, "further_election")
    need = majority if rules["project.threshold"] == "MAJORITY_ALL" else 1
    elected, tied = seat(case["votes"], need, case["seats"])
    out = conclude(case, need, elected, tied, "congress_decides")
    differs = need == 1 and seat(case["votes"], majority, case["seats"]) != (elected, tied)
    return {**out, "flags": silent(differs or out["next"])}


def repeat(case, rules):
    votes, majority = case["votes"], smallest(lambda n: 2 * n > case.get("all_deputies", 0))
    elected, tied = seat(votes, 0, case["seats"])
    elected = [name for name in elected if votes[name]]
    missing_leads_to = {
        "projects": "congress_decides",
        "officers": "further_election",
        # a limit may be used up by now, and the figures do not tell
        "deputies": "unresolved_tie" if rules["further_election_rounds"] else "further_election",
    }[case["kind"]]
    out = conclude(case, 1, elected, tied, missing_leads_to)
    if tied and case.get("attempt", 1) >= rules["tie_repeat_max"]:
        out["next"] = "unresolved_tie"
    if case["kind"] == "deputies":
        with_candidates(out, case, rules, votes)
    poor = case["kind"] == "projects" and any(votes[name] < majority for name in elected)
    doubtful = case["kind"] == "deputies" and half_came_back(case)
    return {**out, "flags": silent(out["next"] or poor or doubtful)}


def with_candidates(out, case, rules, votes):
    """Put the next candidates into the outcome; say whether a silent law is behind them."""
    if out["next"] != "further_election":
        return False
    least, most = {1: (2, 2), 2: (3, 4), 3: (4, 6)}[out["missing"]]
    everybody = sorted(votes, key=str)
    everybody.sort(key=votes.get, reverse=True)  # stable: equal votes stay by name
    everybody = [name for name in everybody if name not in out["elected"]]
    keep = rules["further_include_writeins"]
    order = [name for name in everybody if keep or not name.startswith("write-in:")]
    clean = [
        n
        for n in range(least, most + 1)
        if len(order) <= n or votes[order[n - 1]] > votes[order[n]]
    ]
    out["next_candidates"] = {"order": order, "min": least, "max": most, "cut_tied": not clean}
    written = any(name.startswith("write-in:") for name in everybody[:most])
    return not clean or written or len(order) < least
