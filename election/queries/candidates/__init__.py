"""Reads of candidates: nominations, lists, reduction."""
