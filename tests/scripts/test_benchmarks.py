"""A benchmark whose peer is not installed is skipped aloud, and hinders no other."""

import sys
from types import SimpleNamespace

import pytest

from scripts.benchmarks import __main__ as bench


def standing_in(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A subject that measures in no time."""
    module = SimpleNamespace(measure=lambda: iter([f"{name} measured"]))
    monkeypatch.setitem(sys.modules, f"scripts.benchmarks.{bench.SUBJECTS[name]}", module)


def without(monkeypatch: pytest.MonkeyPatch, package: str, name: str) -> None:
    """A machine where a package of that subject is missing."""
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"scripts.benchmarks.{bench.SUBJECTS[name]}", raising=False)


def test_a_missing_peer_is_named_and_the_other_subjects_run(monkeypatch, capsys) -> None:
    without(monkeypatch, "numpy", "share-once")
    standing_in(monkeypatch, "pages")
    assert bench.main(["share-once", "pages"]) == 1
    out, err = capsys.readouterr()
    assert "pages measured" in out
    assert "SKIPPED share-once" in err
    assert "numpy" in err


def test_what_is_asked_alone_needs_no_peer_of_another(monkeypatch, capsys) -> None:
    without(monkeypatch, "numpy", "share-once")
    standing_in(monkeypatch, "pages")
    assert bench.main(["pages"]) == 0
    assert capsys.readouterr().err == ""


def test_a_fault_of_our_own_is_no_missing_peer(monkeypatch) -> None:
    without(monkeypatch, "election.cli.sample", "pages")
    with pytest.raises(ImportError):
        bench.main(["pages"])


def test_every_subject_has_its_module() -> None:
    folder = set(bench.SUBJECTS.values())
    assert folder <= {path.stem for path in bench.FOLDER.glob("*.py")}
