"""The Chinese catalogue is complete, nothing is obsolete, and placeholders agree."""

import re

from babel.messages.extract import extract_from_dir

from election.settings import ROOT
from election.translations import merged, parts

_METHODS = [("election/**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
_PLACE = re.compile(r"%\(\w+\)[sd]")


def _used() -> set[str]:
    found = extract_from_dir(str(ROOT), _METHODS, keywords=_KEYWORDS)
    messages = [message for _file, _line, message, _comments, _context in found]
    return {part for m in messages for part in ((m,) if isinstance(m, str) else m) if part}


def test_every_message_has_a_chinese_sentence() -> None:
    catalogue = merged()
    assert sorted(m for m in _used() if not (catalogue.get(m) and catalogue.get(m).string)) == []


def test_no_translation_is_obsolete() -> None:
    used = _used()
    assert sorted(str(m.id) for m in merged() if m.id and m.id not in used) == []


def test_both_languages_have_the_same_places() -> None:
    wrong = [
        m.id
        for m in merged()
        if m.id and sorted(_PLACE.findall(m.id)) != sorted(_PLACE.findall(str(m.string)))
    ]
    assert wrong == []


def test_no_part_is_fuzzy() -> None:
    assert [p.name for p in parts() if "fuzzy" in p.read_text(encoding="utf-8")] == []
