"""Acts on candidates: nominations, lists, reduction."""
