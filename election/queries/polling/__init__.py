"""Reads of polling places and their accounts."""
