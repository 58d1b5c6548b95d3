"""Polling: places where ballots are cast."""
