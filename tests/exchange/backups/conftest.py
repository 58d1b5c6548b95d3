"""Guesses of the passphrase cost next to nothing in tests; an office whose backup can be made."""

import pytest
from flask import Flask

from election.exchange.backups import lock as locks
from election.exchange.backups.lock import Cost, Lock, new_lock, store_lock
from election.settings import Settings, load

PASSPHRASE = "一把别人猜不到的锁 and a horse"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "USUAL", Cost(passes=1, memory=64, lanes=1))


@pytest.fixture
def settings(app: Flask) -> Settings:
    """The settings of the founded office."""
    return load({"XUANBAN_DATA": app.config["XUANBAN_DATA"]})


@pytest.fixture
def lock(settings: Settings) -> Lock:
    """Its lock, stored."""
    made = new_lock(PASSPHRASE)
    store_lock(settings.data, made)
    return made
