"""Files of candidates: nominations, lists, reduction."""
