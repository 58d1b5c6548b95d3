"""Readers of files that misbehave; in a module of their own, so that another process finds them."""

import os
import signal


def process(_raw: bytes) -> int:
    return os.getpid()


def endless(_raw: bytes) -> None:
    while True:
        pass


def greedy(_raw: bytes, size: int) -> int:
    return len(bytearray(size))


def killed(_raw: bytes, number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


def faulty(_raw: bytes) -> float:
    return 1 / 0
