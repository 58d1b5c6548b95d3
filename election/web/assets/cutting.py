"""Cutting a style sheet down to what pages can meet.

A rule stays when every class it names may occur: as a word somewhere in the texts that make the
pages, or as a beginning written before a value (`btn-{{ ... }}`) and an end that is a word. What is
kept too much costs bytes; nothing is dropped that a page could ask for by a word of its own.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

_WORD = re.compile(r"[\w-]+")
_BEGINNING = re.compile(r"(?<![\w-])([A-Za-z][\w-]*-)(?:\{|\$\{|[\"'] *[~+])")
_CLASS = re.compile(r"\.((?:[A-Za-z_-])[\w-]*)")
_ATTRIBUTE = re.compile(r"\[([\w-]+)")
_NOT = re.compile(r":not\([^()]*\)")
_DECLARED = re.compile(r"(--bs-[\w-]+):")
_ASKED = re.compile(r"var\((--[\w-]+)")
_OF_FORMS = frozenset({"disabled", "multiple", "size", "type"})  # WTForms writes these itself


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What classes pages may carry."""

    words: Set[str]
    beginnings: Set[str]

    def may_carry(self, name: str) -> bool:
        """Whether a class, or a name of data, can occur."""
        dashes = [place for place, char in enumerate(name, start=1) if char == "-"]
        return name in self.words or any(
            name[:dash] in self.beginnings and name[dash:] in self.words for dash in dashes
        )


def cut(sheet: str, *, used_in: Iterable[str], own_styles: str = "") -> str:
    """The rules of a style sheet that pages made of these texts can meet, in their order.

    own_styles: other style sheets, whose variables are asked for too.
    """
    texts = list(used_in)
    vocabulary = Vocabulary(
        {word for text in texts for word in _WORD.findall(text)},
        {beginning for text in texts for beginning in _BEGINNING.findall(text)},
    )
    return _without_idle_variables("".join(_kept(sheet, vocabulary)), own_styles)


def _kept(sheet: str, vocabulary: Vocabulary) -> Iterator[str]:
    for head, body in _blocks(sheet):
        if body is None:
            yield head
        elif head.startswith("@media"):
            inner = "".join(_kept(body, vocabulary))
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            selectors = [one for one in _selectors(head) if _may_meet(one, vocabulary)]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _blocks(sheet: str) -> Iterator[tuple[str, str | None]]:
    """(head, content) of each block, (text, None) of what ends with a semicolon or a comment."""
    position = 0
    while position < len(sheet):
        if sheet.startswith("/*", position):
            end = sheet.index("*/", position) + 2
            yield sheet[position:end], None
        elif sheet.startswith("@charset", position):
            end = sheet.index(";", position) + 1
            yield sheet[position:end], None
        else:
            opening = sheet.find("{", position)
            if opening < 0:
                return
            end = _end_of_block(sheet, opening)
            yield sheet[position:opening].strip(), sheet[opening + 1 : end - 1]
        position = end


def _end_of_block(sheet: str, opening: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(sheet, opening):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.end()
    raise ValueError("a block of the style sheet does not end")


def _selectors(head: str) -> Iterator[str]:
    """The parts of a list of selectors; a comma in brackets separates nothing."""
    depth, begin = 0, 0
    for place, char in enumerate(head):
        depth += (char in "([") - (char in ")]")
        if char == "," and not depth:
            yield head[begin:place]
            begin = place + 1
    yield head[begin:]


def _may_meet(selector: str, vocabulary: Vocabulary) -> bool:
    positive = _NOT.sub("", selector)
    names = {*_CLASS.findall(positive), *_ATTRIBUTE.findall(positive)} - _OF_FORMS
    return all(vocabulary.may_carry(name) for name in names)


def _without_idle_variables(sheet: str, own_styles: str) -> str:
    """Without the values nobody asks for, nor what only those asked for."""
    while True:
        idle = set(_DECLARED.findall(sheet)) - set(_ASKED.findall(sheet + own_styles))
        if not idle:
            return sheet
        names = "|".join(sorted(idle, key=len, reverse=True))
        sheet = re.sub(rf"(?:{names}):[^;{{}}]*;?", "", sheet)
        sheet = re.sub(r"(?:^|(?<=[{}]))[^{}@]+\{\}", "", sheet)
