"""Signatures of a joint nomination as typed from the paper: who is who on one sheet and the next.

One line is one signature: a name, or a name and the number on the roll. The same name without a
number is the same voter, unless the district knows two voters of that name by their numbers: then
the line must say which.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from election.rules.names import check_name, normalise_name
from election.rules.terms import InputFault, InputFaults, Severity

MAX_LINES = 500
_SEPARATORS = re.compile(r"[,，、;；\t]")
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """A voter as the paper names them; number "" when the paper gives none."""

    name: str
    number: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {self.number}" if self.number else self.name


def read_signatures(text: str) -> tuple[Signature, ...]:
    """The signatures of a sheet, one per line, blank lines skipped.

    Raises InputFaults naming every line that cannot be read: no name, a name with errors, a number
    of other than letters and digits, or more than 500 lines.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MAX_LINES:
        raise InputFaults([_fault(MAX_LINES, f"超过{MAX_LINES}行", f"more than {MAX_LINES} lines")])
    signatures: list[Signature] = []
    faults: list[InputFault] = []
    for number, line in lines:
        try:
            signatures.append(_read_line(number, line))
        except InputFault as fault:
            faults.append(fault)
    if faults:
        raise InputFaults(faults)
    return tuple(signatures)


def read_signature(stored: str) -> Signature:
    """A signature as it was stored by str()."""
    name, _comma, number = stored.partition(", ")
    return Signature(name, number)


def _read_line(place: int, line: str) -> Signature:
    raw_name, *after_name = _SEPARATORS.split(line.strip(), maxsplit=1)
    name, number = normalise_name(raw_name), "".join(after_name).strip()
    errors = [finding for finding in check_name(name) if finding.severity is Severity.ERROR]
    if errors:
        raise _fault(place, errors[0].cause.zh, errors[0].cause.en)
    if after_name and not _NUMBER.fullmatch(number):
        raise _fault(
            place, "名单编号只用数字、字母和连字符", "a roll number has letters and digits"
        )
    return Signature(name, number)


def _fault(place: int, zh: str, en: str) -> InputFault:
    return InputFault(f"signers.{place}", f"第{place}行：{zh}", f"line {place}: {en}")


def require_clear(sheet: Sequence[Signature], elsewhere: Iterable[Signature]) -> None:
    """Raise InputFaults for names without number of which the district knows several voters.

    Counting such a signature for one of them, or for none, would be a guess.
    """
    numbered = _numbered({*sheet, *elsewhere})
    faults = [
        _fault(
            place,
            f"本选区有多名“{signature.name}”联名，请在姓名后注明选民名单编号",
            f"several voters called {signature.name} have signed in this district: "
            "add the roll number",
        )
        for place, signature in enumerate(sheet, start=1)
        if not signature.number and len(numbered.get(signature.name, ())) > 1
    ]
    if faults:
        raise InputFaults(faults)


def who_is_who(signatures: Iterable[Signature]) -> Mapping[Signature, Signature]:
    """Every signature of a district -> the voter it stands for.

    A name without number is the one numbered voter of that name; where there is none, or several,
    it stays a voter of its own.
    """
    signed = set(signatures)
    numbered = _numbered(signed)
    voters = {}
    for signature in signed:
        namesakes = numbered.get(signature.name, [])
        voters[signature] = (
            namesakes[0] if not signature.number and len(namesakes) == 1 else signature
        )
    return voters


def _numbered(signatures: set[Signature]) -> dict[str, list[Signature]]:
    """Name -> its signatures with a roll number."""
    by_name: dict[str, list[Signature]] = {}
    for signature in sorted(signatures):
        if signature.number:
            by_name.setdefault(signature.name, []).append(signature)
    return by_name
