"""Candidates: nominations, lists, the formal candidates, and their states."""
