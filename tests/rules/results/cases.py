"""Random ballots that could happen: every figure possible, small enough for ties to be common."""

from hypothesis import strategies as st

NAMES = ("A", "B", "C", "D", "E", "甲", "write-in:W", "write-in:甲")
_SESSION = {"tie_repeat_max": (1, 2, 3), "ruleset_version": ("2021", "2025+")}
PARAMETERS = {
    "deputies": {
        "majority_basis": ("ISSUED", "RETURNED"),
        "third_basis": ("RETURNED", "ISSUED", "VALID"),
        "further_election_rounds": (1, None),
        "further_include_writeins": (True, False),
        "tie_repeat_max": (1, 2, 3),
    },
    "officers": _SESSION,
    "projects": {
        **_SESSION,
        "project.method": ("APPROVE_UP_TO_N", "RANK", "YES_NO"),
        "project.threshold": ("MAJORITY_ALL", "PLURALITY"),
    },
}
KINDS = ("deputies", "officers", "projects", "recall")
ROUNDS = ("first", "further", "tie_repeat")


class Dice:
    """A small repeatable generator (Knuth's MMIX) with the methods of random.Random used here."""

    def __init__(self, seed):
        self.state = seed

    def randint(self, least, most):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return least + (self.state >> 33) % (most - least + 1)

    def random(self):
        return self.randint(0, 999) / 1000

    def choice(self, options):
        return options[self.randint(0, len(options) - 1)]

    def sample(self, options, size):
        rest = list(options)
        return [rest.pop(self.randint(0, len(rest) - 1)) for _ in range(size)]


def random_case(dice, kinds=KINDS, rounds=ROUNDS):
    """One possible case as JSON; hypothesis or a Dice may throw the `dice`."""
    kind = dice.choice(kinds)
    size = dice.choice((6, 20, 100))
    if kind == "recall":
        registered = dice.randint(0, size)
        votes = {"for": dice.randint(registered // 3, registered)}
        return {"kind": "recall", "seats": 1, "registered": registered, "votes": votes}
    case = {"kind": kind, "round": dice.choice(rounds), "seats": dice.randint(1, 3)}
    names = [name for name in PARAMETERS[kind] if dice.random() < 0.4]
    case["parameters"] = {name: dice.choice(PARAMETERS[kind][name]) for name in names}
    case["attempt"] = dice.randint(1, 3)
    most = size
    if kind == "deputies":
        case["registered"] = size
    else:
        case["all_deputies"] = size
        case["present"] = most = dice.randint(size // 2, size)
    case["issued"] = dice.randint(most * 4 // 10, most)
    case["returned"] = max(0, case["issued"] - dice.choice((0, 0, 0, 1, 2, -1)))
    case["void"] = dice.choice((0, 0, dice.randint(0, case["returned"] // 2)))
    case["votes"] = random_votes(dice, case)
    return case


def random_votes(dice, case):
    """Votes within the papers; every second time several people are set level on purpose."""
    names = dice.sample(NAMES, dice.randint(1, len(NAMES)))
    left = case["seats"] * (case["returned"] - case["void"])
    if case["kind"] == "projects" and case["parameters"].get("project.method") == "YES_NO":
        left = len(names) * (case["returned"] - case["void"])
    least = dice.choice((0, case["returned"] // 3, case["returned"] // 2))
    votes, level = {}, dice.randint(least, case["returned"])
    for name in names:
        wish = level if dice.random() < 0.5 else dice.randint(0, case["returned"])
        votes[name] = min(wish, left)
        left -= votes[name]
    return votes


@st.composite
def cases(draw, kinds=KINDS, rounds=ROUNDS):
    return random_case(draw(st.randoms(use_true_random=False)), kinds, rounds)
