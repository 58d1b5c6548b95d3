"""Count sheets of one place, and what is found in them."""

from election.rules.counting import PaperAccount, SheetShape, check_sheet
from election.rules.terms import Finding
from tests.builders import head_figures

ONE = SheetShape(("A",), seats=1, allows_writeins=True)
TWO_SEATS = SheetShape(("A", "B", "C"), seats=2, allows_writeins=True)
REPEAT = SheetShape(("A", "B"), seats=1, allows_writeins=False)


def place(
    issued: int, returned: int, void: int = 0, blank: int = 0, **lines: int
) -> dict[str, int]:
    """A balanced sheet of one candidate A; further items by keyword, "writein_W" as "writein:W"."""
    items = {name.replace("_", ":"): figure for name, figure in lines.items()}
    said = items.get("for:A", 0) + items.get("against:A", 0)
    heads = head_figures(issued=issued, returned=returned, void=void, blank=blank)
    answers = {"for:A": 0, "against:A": 0, "abstain:A": max(returned - void - said, 0)}
    return {**heads, **answers, **items}


def hepu_sheet() -> dict[str, int]:
    """The place of EX-29 with every figure sound: 600 valid papers, 1104 of 1180 votes used."""
    return {
        **head_figures(issued=612, returned=610, void=10, blank=10),
        "for:A": 400,
        "against:A": 100,
        "abstain:A": 100,
        "for:B": 306,
        "against:B": 200,
        "abstain:B": 94,
        "for:C": 298,
        "against:C": 250,
        "abstain:C": 52,
        "writein:D": 100,
    }


def findings_of(
    shape: SheetShape,
    sheet: dict[str, int],
    registered: int | None = None,
    account: PaperAccount | None = None,
    names: dict[str, str] | None = None,
) -> list[Finding]:
    return check_sheet(shape, sheet, registered=registered, account=account, names=names)


def ids(findings: list[Finding]) -> list[str]:
    return [fault.code.id for fault in findings]
