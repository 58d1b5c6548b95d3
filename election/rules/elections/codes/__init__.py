"""Codes of the stage elections, by subject."""
