"""Xuanban (选办): the software of a township election office."""
