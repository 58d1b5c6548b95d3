"""Codes of the stage counting, by subject."""
