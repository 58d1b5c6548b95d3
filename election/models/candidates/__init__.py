"""Records of candidates: nominations, lists, reduction."""
