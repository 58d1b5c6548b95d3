"""Codes of the stage candidates, by subject."""
