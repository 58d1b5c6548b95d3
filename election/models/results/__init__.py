"""Records of results: rounds, ties, certificates and their correction."""
