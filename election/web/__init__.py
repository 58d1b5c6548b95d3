"""Pages: one blueprint per stage."""
